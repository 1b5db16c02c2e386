"""The United States calculator: a line of goods, the duties that stack on it, origins and days compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import streamlit as st

from tools.errors import CustomsError
from tools.inputs import read_input
from tools.labels import label
from tools.law.history import Coming, days_of_change
from tools.law.store import law
from tools.result import Result
from tools.united_states import UsLine, UsQuoteInput, quote
from tools.united_states.compare import Cell, CompareInput, Comparison, compare
from ui.web import charts, held
from ui.web.calc_taiwan import acts_view
from ui.web.conditions import ORIGINS
from ui.web.fields import (
    amount,
    choice,
    code,
    country,
    extras_of,
    given_extras,
    money_of,
    origin,
    placed,
    several,
    switch,
)
from ui.web.goods_lines import ask_missing, further
from ui.web.result_view import result_view, span
from ui.web.words import Words, escaped

_TOOL, _MODES = "us_quote", ("ocean", "air", "express", "post", "land")
_MODELS = (UsLine, UsQuoteInput)
_COMPARED = ("TW", "CN", "VN", "JP", "KR", "MX")
_MOST_DAYS = 60


def calculator(words: Words) -> None:
    """Fields, the result, and what would be if."""
    raw, numbers, day = _fields(words)
    extras = st.container()
    result: Result | None = None
    try:
        if raw:
            result = quote(read_input(UsQuoteInput, raw), as_of=day)
    except CustomsError as error:
        st.error(escaped(str(error)))
    with extras:
        ask_missing(result, numbers, lambda at: _alone(raw, at, day), _TOOL, _MODELS, words)
    if result is None:
        st.info(words("calc.begin_us"))
        return
    shown, others, days = st.tabs([words("calc.result"), words("calc.compare"), words("calc.dates")])
    with shown:
        result_view(result, words, "us")
    with others:
        _origins(raw, day, words)
    with days:
        _dates(raw, day, words)


def _alone(raw: dict[str, Any], at: int, day: date) -> Result:
    """One line of the entry by itself."""
    return quote(read_input(UsQuoteInput, raw | {"lines": [raw["lines"][at]]}), as_of=day)


def _line(words: Words, added: str, number: int) -> dict[str, Any]:
    """A line of the entry after the first."""
    left, right = st.columns(2)
    with left:
        hts = code(words, "us", f"us_goods{added}")
        value = amount(words, "calc.value", f"us_value{added}")
    with right:
        made_in = origin(words, f"us_origin{added}", unknown=False)
        rate = amount(words, "calc.general_rate", f"us_rate{added}", none="calc.unknown")
    program = st.text_input(words("calc.program"), key=f"us_program{added}", bind="query-params", max_chars=20).strip()
    _, told = placed(given_extras(extras_of(_TOOL, number)), UsQuoteInput, UsLine)
    return {
        "hts_code": hts, "value": value, "country_of_origin": made_in, "general_rate": rate, "program": program, **told,
    }  # fmt: skip


def _fields(words: Words) -> tuple[dict[str, Any], list[int], date]:
    """The input so far, with the numbers of its lines; empty while no value is there."""
    today = held.settings().today("us")
    mode = switch(words, "bar.route", "us_mode", _MODES, "route")
    left, right = st.columns(2)
    with left:
        hts = code(words, "us", "us_goods")
    with right:
        made_in = origin(words, "us_origin", unknown=False)
    left, right = st.columns(2)
    with left:
        value = amount(words, "calc.value", "us_value")
    with right:
        currency = money_of(words, "us_currency", "USD")
    left, right = st.columns(2)
    with left:
        freight = amount(words, "calc.freight", "us_freight", none="calc.unknown")
    with right:
        insurance = amount(words, "calc.insurance", "us_insurance", none="calc.unknown")
    left, right = st.columns(2)
    with left:
        basis = choice(words, "calc.basis", "us_basis", ("fob", "cif", "ddp"), "basis")
    with right:
        on = st.date_input(words("calc.entry_day"), value=today, key="us_day", bind="query-params")
    with st.expander(words("calc.more")):
        rate = amount(words, "calc.general_rate", "us_rate", none="calc.unknown")
        program = st.text_input(words("calc.program"), key="us_program", bind="query-params", max_chars=20).strip()
        declared = st.text_input(words("calc.chapter_99"), key="us_ch99", bind="query-params", max_chars=200)
        gift = st.checkbox(words("calc.gift"), key="us_gift", bind="query-params")
    others = further(words, "us_lines", "value", lambda added, number: _line(words, added, number))
    if not value:
        return {}, [], on
    whole, line = placed(given_extras(_TOOL), UsQuoteInput, UsLine)
    given = {
        "hts_code": hts, "general_rate": rate, "country_of_origin": made_in, "value": value, "program": program,
        "chapter_99": [h.strip() for h in declared.replace("，", ",").split(",") if h.strip()] or None,
    }  # fmt: skip
    raw = {
        "mode": mode, "currency": currency, "value_basis": basis, "freight": freight, "insurance": insurance,
        "entry_date": on.isoformat(), "gift": gift or None, **whole,
        "lines": [{k: v for k, v in (given | line).items() if v not in ("", None)}, *(other for _, other in others)],
    }  # fmt: skip
    return {k: v for k, v in raw.items() if v not in ("", None)}, [1, *(number for number, _ in others)], on


def _origins(raw: dict[str, Any], day: date, words: Words) -> None:
    """The same goods of other origins, stacked by duty."""
    origins = several(words, "calc.origins", "us_origins", ORIGINS, _COMPARED, lambda v: country(v, words))
    if len(origins) < 2:
        st.caption(words("calc.two"))
        return
    found = _compared(raw, {"origins": origins}, day)
    if found is None:
        return
    names = [country(cell.origin, words) for cell in found.cells]
    bars = [
        charts.Bar(name, label(key)[words.lang], part)
        for cell, name in zip(found.cells, names, strict=True)
        for key, part in cell.by_key.items()
    ]
    if bars:
        st.altair_chart(charts.by_origin(bars, "USD", names), alt=words("chart.origins"))
    if any(not c.complete for c in found.cells):
        st.caption(words("calc.sure_only"))
    _table(found.cells, names, words)


def _dates(raw: dict[str, Any], day: date, words: Words) -> None:
    """The same entry on every day on which the law moved."""
    left, right = st.columns(2)
    first = left.date_input(words("calc.from"), value=date(day.year - 1, 1, 1), key="us_from", bind="query-params")
    last = right.date_input(words("calc.to"), value=date(day.year, 12, 31), key="us_to", bind="query-params")
    first, last = min(first, last), max(first, last)
    moved = _moved({line["country_of_origin"] for line in raw["lines"]}, first, last)
    dates = sorted({first, last, *(c.day for c in moved)})[-_MOST_DAYS:]
    found = _compared(raw, {"dates": [d.isoformat() for d in dates]}, day)
    if found is None:
        return
    points = [
        charts.Point(
            c.entry_date, country(c.origin, words), c.total if c.complete else c.low, c.total if c.complete else c.high
        )
        for c in found.cells
    ]
    moves = [c for before, c in pairwise(found.cells) if (c.by_key, c.total) != (before.by_key, before.total)]
    changed = {c.entry_date for c in moves}
    acts = [
        (c.day, f"{words(f'timeline.{c.event}')}: {c.held.parameter.label[words.lang]}")
        for c in moved
        if c.day in changed
    ]
    acts_view(points, acts, "USD", words)
    st.caption(words("calc.moves"))
    _table((found.cells[0], *moves), [str(c.entry_date) for c in (found.cells[0], *moves)], words)


def _moved(origins: set[str], first: date, last: date) -> list[Coming]:
    """What began or ended for any of the origins, each once, in order of days."""
    found = (c for o in sorted(origins) for c in days_of_change(law(), "us", first, last, origin=o, measures_only=True))
    return sorted({(c.day, c.event, c.held.parameter.id): c for c in found}.values(), key=lambda c: c.day)


def _compared(raw: dict[str, Any], varied: dict[str, Any], day: date) -> Comparison | None:
    try:
        return compare(read_input(CompareInput, {"shipment": raw, **varied}), as_of=day)
    except CustomsError as error:
        st.error(escaped(str(error)))
        return None


def _table(cells: Sequence[Cell], names: list[str], words: Words) -> None:
    head = f"| {words('calc.case')} | {words('calc.total')} | {words('calc.made_of')} |\n|---|---:|---|\n"
    st.markdown(head + "\n".join(_row(cell, name, words) for cell, name in zip(cells, names, strict=True)))


def _row(cell: Cell, name: str, words: Words) -> str:
    said = span(cell.total, cell.total, "us", words) if cell.complete else span(cell.low, cell.high, "us", words)
    parts = ", ".join(f"{label(key)[words.lang]} {amount:,f}" for key, amount in cell.by_key.items())
    return f"| {escaped(name)} | {escaped(said)} | {escaped(parts)} |"
