"""The United States calculator: a line of goods, the duties that stack on it, origins and days compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

import streamlit as st

from tools.inputs import read_input
from tools.labels import label
from tools.law.history import Coming, days_of_change
from tools.law.store import law
from tools.result import Result
from tools.united_states import UsLine, UsQuoteInput, quote
from tools.united_states.compare import Cell, CompareInput, Comparison, compare
from ui.web import charts, held
from ui.web.calc_shared import Fields, Given, Side, acts_view, calculate, filled, period, varied
from ui.web.conditions import ORIGINS
from ui.web.fields import amount, beside, choice, code, country, money_of, origin, several, switch
from ui.web.goods_lines import further
from ui.web.result_view import span
from ui.web.words import Words, begun, table

_MODES = ("ocean", "air", "express", "post", "land")
_COMPARED = ("TW", "CN", "VN", "JP", "KR", "MX")
_MOST_DAYS = 60


def calculator(words: Words) -> None:
    """Fields, the result, and what would be if."""
    calculate(_SIDE, _fields, _origins, _dates, words)


def _quoted(raw: Given, day: date) -> Result:
    return quote(read_input(UsQuoteInput, raw), as_of=day)


_SIDE = Side("us", "us_quote", "calc.begin_us", "lines", UsQuoteInput, UsLine, (UsLine, UsQuoteInput), _quoted)


def _line(words: Words, added: str, number: int) -> Given:
    """A line of the entry after the first."""
    hts, made_in = beside(
        partial(code, words, "us", f"us_goods{added}"), partial(origin, words, f"us_origin{added}", unknown=False)
    )
    value, rate = beside(
        partial(amount, words, "calc.value", f"us_value{added}"),
        partial(amount, words, "calc.general_rate", f"us_rate{added}", none="calc.unknown"),
    )
    program = _program(words, f"us_program{added}")
    _, told = _SIDE.told(number)
    return {
        "hts_code": hts, "value": value, "country_of_origin": made_in, "general_rate": rate, "program": program, **told,
    }  # fmt: skip


def _program(words: Words, key: str) -> str:
    return st.text_input(words("calc.program"), key=key, bind="query-params", max_chars=20).strip()


def _fields(words: Words) -> Fields:
    """The input so far; nothing while no value is there."""
    today = held.settings().today("us")
    mode = switch(words, "bar.route", "us_mode", _MODES, "route")
    hts, made_in = beside(partial(code, words, "us", "us_goods"), partial(origin, words, "us_origin", unknown=False))
    value, money = beside(
        partial(amount, words, "calc.value", "us_value"), partial(money_of, words, "us_currency", "USD")
    )
    freight, insurance = beside(
        partial(amount, words, "calc.freight", "us_freight", none="calc.unknown"),
        partial(amount, words, "calc.insurance", "us_insurance", none="calc.unknown"),
    )
    basis, on = beside(
        partial(choice, words, "calc.basis", "us_basis", ("fob", "cif", "ddp"), "basis"),
        partial(st.date_input, words("calc.entry_day"), value=today, key="us_day", bind="query-params"),
    )
    with st.expander(words("calc.more")):
        rate = amount(words, "calc.general_rate", "us_rate", none="calc.unknown")
        program = _program(words, "us_program")
        declared = st.text_input(words("calc.chapter_99"), key="us_ch99", bind="query-params", max_chars=200)
        gift = st.checkbox(words("calc.gift"), key="us_gift", bind="query-params")
    others = further(words, "us_lines", "value", lambda added, number: _line(words, added, number))
    if not value:
        return {}, [], on
    whole, line = _SIDE.told()
    given = {
        "hts_code": hts, "general_rate": rate, "country_of_origin": made_in, "value": value, "program": program,
        "chapter_99": [h.strip() for h in declared.replace("，", ",").split(",") if h.strip()] or None, **line,
    }  # fmt: skip
    raw = {
        "mode": mode, "currency": money, "value_basis": basis, "freight": freight, "insurance": insurance,
        "entry_date": on.isoformat(), "gift": gift or None, **whole,
        "lines": [filled(given), *(other for _, other in others)],
    }  # fmt: skip
    return filled(raw), [1, *(number for number, _ in others)], on


def _origins(raw: Given, day: date, words: Words) -> None:
    """The same goods of other origins, stacked by duty."""
    origins = several(words, "calc.origins", "us_origins", ORIGINS, _COMPARED, lambda v: country(v, words))
    if len(origins) < 2:
        st.caption(words("calc.two"))
        return
    found = _compared(raw, {"origins": origins}, day, words)
    if found is None:
        return
    names = [country(cell.origin, words) for cell in found.cells]
    bars = [
        charts.Bar(name, begun(label(key)[words.lang]), part)
        for cell, name in zip(found.cells, names, strict=True)
        for key, part in cell.by_key.items()
    ]
    if bars:
        st.altair_chart(charts.by_origin(bars, "USD", names), alt=words("chart.origins"))
    if any(not c.complete for c in found.cells):
        st.caption(words("calc.sure_only"))
    _table(found.cells, names, words)


def _dates(raw: Given, day: date, words: Words) -> None:
    """The same entry on every day on which the law moved."""
    first, last = period(words, "us", date(day.year - 1, 1, 1), date(day.year, 12, 31))
    moved = _moved({line["country_of_origin"] for line in raw["lines"]}, first, last)
    dates = sorted({first, last, *(c.day for c in moved)})[-_MOST_DAYS:]
    found = _compared(raw, {"dates": [d.isoformat() for d in dates]}, day, words)
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
    acts_view(points, [c for c in moved if c.day in changed], "USD", words)
    st.caption(words("calc.moves"))
    _table((found.cells[0], *moves), [str(c.entry_date) for c in (found.cells[0], *moves)], words)


def _moved(origins: set[str], first: date, last: date) -> list[Coming]:
    """What began or ended for any of the origins, each once, in order of days."""
    found = (c for o in sorted(origins) for c in days_of_change(law(), "us", first, last, origin=o, measures_only=True))
    return sorted({(c.day, c.event, c.held.parameter.id): c for c in found}.values(), key=lambda c: c.day)


def _compared(raw: Given, cases: Given, day: date, words: Words) -> Comparison | None:
    return varied(CompareInput, {"shipment": raw, **cases}, lambda given, on: compare(given, as_of=on), day, words)


def _table(cells: Sequence[Cell], names: list[str], words: Words) -> None:
    rows = [_row(cell, name, words) for cell, name in zip(cells, names, strict=True)]
    st.markdown(table([words("calc.case"), words("calc.total"), words("calc.made_of")], rows, {1}))


def _row(cell: Cell, name: str, words: Words) -> tuple[str, str, str]:
    low, high = (cell.total, cell.total) if cell.complete else (cell.low, cell.high)
    parts = (f"{label(key)[words.lang]} {part:,f}" for key, part in cell.by_key.items())
    return name, span(low, high, "us", words), ("、" if words.lang == "zh-TW" else ", ").join(parts)
