"""The Taiwan calculator: only what goods and route need, computed as it is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

from tools.inputs import read_input
from tools.labels import label
from tools.law.history import days_of_change
from tools.law.store import law
from tools.result import Result
from tools.taiwan import TaiwanGoods, TaiwanQuoteInput, quote
from tools.taiwan.compare import TaiwanCompareInput, TaiwanComparison, Variant, compare
from tools.taiwan.inputs import Traveller
from ui.web import charts, held
from ui.web.calc_shared import Fields, Given, Side, acts_view, calculate, filled, period, varied
from ui.web.conditions import ORIGINS
from ui.web.fields import amount, beside, choice, code, country, money_of, origin, several, switch
from ui.web.goods_lines import further
from ui.web.result_view import span
from ui.web.words import Words, begun, table

_ROUTES = ("express", "post", "traveller", "cargo")
_MOST_DAYS = 40


def calculator(words: Words) -> None:
    """Fields, the result, and what would be if."""
    calculate(_SIDE, _fields, _compare, _dates, words)


def _quoted(raw: Given, day: date) -> Result:
    return quote(read_input(TaiwanQuoteInput, raw), as_of=day)


_SIDE = Side(
    "tw", "taiwan_quote", "calc.begin", "goods", TaiwanQuoteInput, TaiwanGoods, (TaiwanGoods, TaiwanQuoteInput, Traveller), _quoted,
)  # fmt: skip


def _line(words: Words, added: str, number: int) -> Given:
    """A line of goods after the first."""
    ccc, made_in = beside(
        partial(code, words, "tw", f"tw_goods{added}"), partial(origin, words, f"tw_origin{added}", unknown=True)
    )
    price, quantity = beside(
        partial(amount, words, "calc.price", f"tw_price{added}"),
        partial(amount, words, "calc.quantity", f"tw_quantity{added}", none="calc.one"),
    )
    rate = amount(words, "calc.rate", f"tw_rate{added}", none="calc.unknown")
    _, told = _SIDE.told(number)
    return {"ccc_code": ccc, "price": price, "quantity": quantity, "rate": rate, "country_of_origin": made_in, **told}


def _fields(words: Words) -> Fields:
    """The input so far; nothing while not even a price is there."""
    today = held.settings().today("tw")
    route = switch(words, "bar.route", "tw_route", _ROUTES, "route")
    ccc, made_in = beside(partial(code, words, "tw", "tw_goods"), partial(origin, words, "tw_origin", unknown=True))
    price, money = beside(
        partial(amount, words, "calc.price", "tw_price"), partial(money_of, words, "tw_currency", "TWD")
    )
    freight = insurance = ""
    if route != "traveller":
        freight, insurance = beside(
            partial(amount, words, "calc.freight", "tw_freight", none="calc.unknown"),
            partial(amount, words, "calc.insurance", "tw_insurance", none="calc.unknown"),
        )
    quantity, on = beside(
        partial(amount, words, "calc.quantity", "tw_quantity", none="calc.one"),
        partial(st.date_input, words("calc.day"), value=today, key="tw_day", bind="query-params"),
    )
    with st.expander(words("calc.more")):
        rate = amount(words, "calc.rate", "tw_rate", none="calc.unknown")
        importer = choice(words, "calc.importer", "tw_importer", ("person", "company"), "importer")
        proof = st.checkbox(words("calc.proof"), key="tw_proof", bind="query-params")
        declined = route in ("express", "post") and st.checkbox(
            words("calc.decline"), key="tw_decline", bind="query-params"
        )
    others = further(words, "tw_lines", "price", lambda added, number: _line(words, added, number))
    if not price:
        return {}, [], on
    whole, line = _SIDE.told()
    if route != "traveller":
        whole.pop("traveller", None)
    goods = {
        "ccc_code": ccc, "price": price, "quantity": quantity, "rate": rate, "country_of_origin": made_in,
        "preference_proof": proof or None, **line,
    }  # fmt: skip
    raw = {
        "route": route, "importer": importer, "currency": money, "freight": freight, "insurance": insurance,
        "as_of": on.isoformat(), "decline_low_value_exemption": declined or None, **whole,
        "goods": [filled(goods), *(other for _, other in others)],
    }  # fmt: skip
    return filled(raw), [1, *(number for number, _ in others)], on


def _compare(raw: Given, day: date, words: Words) -> None:
    """The same goods by other routes and of other origins."""
    routes = several(words, "calc.routes", "tw_routes", _ROUTES, ["express", "post"], lambda v: words(f"route.{v}"))
    origins = several(words, "calc.origins", "tw_origins", ORIGINS, [], lambda v: country(v, words))
    if len(routes) * max(1, len(origins)) < 2:
        st.caption(words("calc.two"))
        return
    found = varied(TaiwanCompareInput, {"base": raw, "routes": routes, "origins": origins}, compare, day, words)
    if found is None:
        return
    names = [_named(v, words, origins=bool(origins)) for v in found.variants]
    _table(found, names, words)
    bars = [b for v, n in zip(found.variants, names, strict=True) for b in _bars(v, n, words)]
    if bars:
        st.altair_chart(charts.by_origin(bars, "TWD", names), alt=words("chart.origins"))


def _dates(raw: Given, day: date, words: Words) -> None:
    """The same goods on other days: the days on which law that it reads moved."""
    first, last = period(words, "tw", date(day.year - 2, 1, 1), date(day.year + 1, 7, 31))
    moved = days_of_change(law(), "tw", first, last)
    dates = sorted({first, last, *(c.day for c in moved)})[-_MOST_DAYS:]
    found = varied(TaiwanCompareInput, {"base": raw, "dates": [d.isoformat() for d in dates]}, compare, day, words)
    if found is None:
        return
    points = [charts.Point(v.as_of, words("calc.total"), *_bounds(v)) for v in found.variants if v.error is None]
    if points:
        acts_view(points, moved, "TWD", words)
    _table(found, [str(v.as_of) for v in found.variants], words)


def _named(variant: Variant, words: Words, *, origins: bool) -> str:
    route = words(f"route.{variant.route}")
    return f"{country(variant.country_of_origin, words)} · {route}" if origins and variant.country_of_origin else route


def _bars(variant: Variant, name: str, words: Words) -> list[charts.Bar]:
    totals = variant.totals
    if totals is None:
        return []
    return [
        charts.Bar(name, begun(label(key)[words.lang]), part)
        for key in ("duty", "taxes", "fees")
        if (part := getattr(totals, key)) is not None
    ]


def _bounds(variant: Variant) -> tuple[Decimal | None, Decimal | None]:
    if variant.totals is not None and variant.totals.total is not None:
        return variant.totals.total, variant.totals.total
    return (variant.range.low, variant.range.high) if variant.range else (None, None)


def _table(found: TaiwanComparison, names: list[str], words: Words) -> None:
    rows = [
        (name, variant.error or span(*_bounds(variant), "tw", words))
        for variant, name in zip(found.variants, names, strict=True)
    ]
    st.markdown(table([words("calc.case"), words("calc.total")], rows, {1}))
