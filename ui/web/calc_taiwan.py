"""The Taiwan calculator: only what goods and route need, computed as it is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from tools.errors import CustomsError
from tools.inputs import read_input
from tools.labels import label
from tools.law.history import days_of_change
from tools.law.store import law
from tools.result import Result
from tools.taiwan import TaiwanGoods, TaiwanQuoteInput, quote
from tools.taiwan.compare import TaiwanCompareInput, TaiwanComparison, Variant, compare
from tools.taiwan.inputs import Traveller
from ui.web import charts, held
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

_TOOL, _ROUTES = "taiwan_quote", ("express", "post", "traveller", "cargo")
_MODELS = (TaiwanGoods, TaiwanQuoteInput, Traveller)
_MOST_DAYS = 40


def calculator(words: Words) -> None:
    """Fields, the result, and what would be if."""
    raw, numbers, day = _fields(words)
    extras = st.container()
    result: Result | None = None
    try:
        if raw:
            result = quote(read_input(TaiwanQuoteInput, raw), as_of=day)
    except CustomsError as error:
        st.error(escaped(str(error)))
    with extras:
        ask_missing(result, numbers, lambda at: _alone(raw, at, day), _TOOL, _MODELS, words)
    if result is None:
        st.info(words("calc.begin"))
        return
    shown, others, days = st.tabs([words("calc.result"), words("calc.compare"), words("calc.dates")])
    with shown:
        result_view(result, words, "tw")
    with others:
        _compare(raw, day, words)
    with days:
        _dates(raw, day, words)


def _alone(raw: dict[str, Any], at: int, day: date) -> Result:
    """One line of goods by itself."""
    return quote(read_input(TaiwanQuoteInput, raw | {"goods": [raw["goods"][at]]}), as_of=day)


def _line(words: Words, added: str, number: int) -> dict[str, Any]:
    """A line of goods after the first."""
    left, right = st.columns(2)
    with left:
        ccc = code(words, "tw", f"tw_goods{added}")
        price = amount(words, "calc.price", f"tw_price{added}")
    with right:
        made_in = origin(words, f"tw_origin{added}", unknown=True)
        quantity = amount(words, "calc.quantity", f"tw_quantity{added}", none="calc.one")
    rate = amount(words, "calc.rate", f"tw_rate{added}", none="calc.unknown")
    _, told = placed(given_extras(extras_of(_TOOL, number)), TaiwanQuoteInput, TaiwanGoods)
    return {"ccc_code": ccc, "price": price, "quantity": quantity, "rate": rate, "country_of_origin": made_in, **told}


def _fields(words: Words) -> tuple[dict[str, Any], list[int], date]:
    """The input so far, with the numbers of its lines; empty while not even a price is there."""
    today = held.settings().today("tw")
    route = switch(words, "bar.route", "tw_route", _ROUTES, "route")
    left, right = st.columns(2)
    with left:
        ccc = code(words, "tw", "tw_goods")
    with right:
        made_in = origin(words, "tw_origin", unknown=True)
    left, right = st.columns(2)
    with left:
        price = amount(words, "calc.price", "tw_price")
    with right:
        currency = money_of(words, "tw_currency", "TWD")
    freight = insurance = ""
    if route != "traveller":
        left, right = st.columns(2)
        with left:
            freight = amount(words, "calc.freight", "tw_freight", none="calc.unknown")
        with right:
            insurance = amount(words, "calc.insurance", "tw_insurance", none="calc.unknown")
    left, right = st.columns(2)
    with left:
        quantity = amount(words, "calc.quantity", "tw_quantity", none="calc.one")
    with right:
        on = st.date_input(words("calc.day"), value=today, key="tw_day", bind="query-params")
    with st.expander(words("calc.more")):
        rate = amount(words, "calc.rate", "tw_rate", none="calc.unknown")
        importer = choice(words, "calc.importer", "tw_importer", ("person", "company"), "importer")
        proof = st.checkbox(words("calc.proof"), key="tw_proof", bind="query-params")
        declined = (
            st.checkbox(words("calc.decline"), key="tw_decline", bind="query-params")
            if route in ("express", "post")
            else False
        )
    others = further(words, "tw_lines", "price", lambda added, number: _line(words, added, number))
    if not price:
        return {}, [], on
    whole, line = placed(given_extras(_TOOL), TaiwanQuoteInput, TaiwanGoods)
    if route != "traveller":
        whole.pop("traveller", None)
    goods = {
        "ccc_code": ccc, "price": price, "quantity": quantity, "rate": rate, "country_of_origin": made_in,
        "preference_proof": proof or None,
    }  # fmt: skip
    raw = {
        "route": route, "importer": importer, "currency": currency, "freight": freight, "insurance": insurance,
        "as_of": on.isoformat(), "decline_low_value_exemption": declined or None, **whole,
        "goods": [{k: v for k, v in (goods | line).items() if v not in ("", None)}, *(other for _, other in others)],
    }  # fmt: skip
    return {k: v for k, v in raw.items() if v not in ("", None)}, [1, *(number for number, _ in others)], on


def _compare(raw: dict[str, Any], day: date, words: Words) -> None:
    """The same goods by other routes and of other origins."""
    routes = several(words, "calc.routes", "tw_routes", _ROUTES, ["express", "post"], lambda v: words(f"route.{v}"))
    origins = several(words, "calc.origins", "tw_origins", ORIGINS, [], lambda v: country(v, words))
    if len(routes) * max(1, len(origins)) < 2:
        st.caption(words("calc.two"))
        return
    found = _compared(raw, {"routes": routes, "origins": origins}, day)
    if found is None:
        return
    names = [_named(v, words, origins=bool(origins)) for v in found.variants]
    _table(found, names, words)
    bars = [b for v, n in zip(found.variants, names, strict=True) for b in _bars(v, n, words)]
    if bars:
        st.altair_chart(charts.by_origin(bars, "TWD", names), alt=words("chart.origins"))


def _dates(raw: dict[str, Any], day: date, words: Words) -> None:
    """The same goods on other days: the days on which law that it reads moved."""
    first, last = _period(words, "tw", day)
    moved = days_of_change(law(), "tw", first, last)
    dates = sorted({first, last, *(c.day for c in moved)})[-_MOST_DAYS:]
    found = _compared(raw, {"dates": [d.isoformat() for d in dates]}, day)
    if found is None:
        return
    points = [charts.Point(v.as_of, words("calc.total"), *_bounds(v)) for v in found.variants if v.error is None]
    if points:
        acts = [(c.day, f"{words(f'timeline.{c.event}')}: {c.held.parameter.label[words.lang]}") for c in moved]
        acts_view(points, acts, "TWD", words)
    _table(found, [str(v.as_of) for v in found.variants], words)


def acts_view(points: list[charts.Point], acts: list[tuple[date, str]], unit: str, words: Words) -> None:
    """The chart over the days, and below it what its numbers stand for; one number a day."""
    by_day: dict[date, list[str]] = {}
    for on, said in acts:
        by_day.setdefault(on, []).append(said)
    told = [(on, "；".join(dict.fromkeys(texts))) for on, texts in sorted(by_day.items())]
    st.altair_chart(charts.over_time(points, told, unit), alt=words("chart.dates"))
    if told:
        with st.expander(words("calc.acts", count=str(len(told))), expanded=len(told) <= 6):
            for number, (on, text) in enumerate(told, start=1):
                st.markdown(f"**{number}** {on}: {escaped(text)}")


def _period(words: Words, key: str, day: date) -> tuple[date, date]:
    left, right = st.columns(2)
    first = left.date_input(words("calc.from"), value=date(day.year - 2, 1, 1), key=f"{key}_from", bind="query-params")
    last = right.date_input(words("calc.to"), value=date(day.year + 1, 7, 31), key=f"{key}_to", bind="query-params")
    return min(first, last), max(first, last)


def _compared(raw: dict[str, Any], varied: dict[str, Any], day: date) -> TaiwanComparison | None:
    try:
        return compare(read_input(TaiwanCompareInput, {"base": raw, **varied}), day)
    except CustomsError as error:
        st.error(escaped(str(error)))
        return None


def _named(variant: Variant, words: Words, *, origins: bool) -> str:
    route = words(f"route.{variant.route}")
    return f"{country(variant.country_of_origin, words)} · {route}" if origins and variant.country_of_origin else route


def _bars(variant: Variant, name: str, words: Words) -> list[charts.Bar]:
    totals = variant.totals
    if totals is None:
        return []
    return [
        charts.Bar(name, label(key)[words.lang], part)
        for key in ("duty", "taxes", "fees")
        if (part := getattr(totals, key)) is not None
    ]


def _bounds(variant: Variant) -> tuple[Decimal | None, Decimal | None]:
    if variant.totals is not None and variant.totals.total is not None:
        return variant.totals.total, variant.totals.total
    return (variant.range.low, variant.range.high) if variant.range else (None, None)


def _table(found: TaiwanComparison, names: list[str], words: Words) -> None:
    rows = []
    for variant, name in zip(found.variants, names, strict=True):
        low, high = _bounds(variant)
        said = span(low, high, "tw", words)
        rows.append(f"| {escaped(name)} | {escaped(variant.error or said)} |")
    st.markdown(f"| {words('calc.case')} | {words('calc.total')} |\n|---|---:|\n" + "\n".join(rows))
