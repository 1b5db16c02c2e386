"""Mistakes in bills for goods imported into Taiwan, each as a calculation of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from tools.errors import NotFound
from tools.inputs import read_input
from tools.law.store import LawStore
from tools.paperwork.bill_causes import Case, Hypothesis, text, tried
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote
from tools.taiwan.exchange import exchange_rates
from tools.taiwan.rounding import to_whole_dollars
from tools.tariff.codes import compact
from tools.tariff.notation import RateRefused, parse_rate
from tools.tariff.schedule import schedule

_BACK = timedelta(days=730)  # how far back an ended rule is thought of
_NEAR = timedelta(days=40)  # how far another exchange period may lie
_TAXES = ("commodity_tax", "alcohol_tax", "tobacco_tax", "health_surcharge")


def shipment(case: Case) -> TaiwanQuoteInput:
    """The shipment of the bill."""
    assert case.given.tw is not None
    return case.given.tw


def run(case: Case, **changes: object) -> Result:
    """The shipment computed with some facts changed."""
    raw = shipment(case).model_dump() | {"as_of": case.on} | changes
    kept = {name: value for name, value in raw.items() if value is not None and value != ()}
    return quote(read_input(TaiwanQuoteInput, kept), as_of=case.on, store=case.store)


def with_goods(case: Case, **changes: object) -> tuple[dict[str, Any], ...]:
    """The goods of the shipment, each with some facts changed."""
    return tuple(goods.model_dump() | changes for goods in shipment(case).goods)


def hypotheses(case: Case) -> Iterator[Hypothesis]:
    """Every mistake thought of, the most telling first."""
    yield from chain(
        _exemptions(case), _codes(case), _rates(case), _values(case), _periods(case), _business_tax(case), _small(case),
        _ended(case),
    )  # fmt: skip


def _exemptions(case: Case) -> Iterator[Hypothesis]:
    given = shipment(case)
    if not case.right.total:
        changes: dict[str, Any] = {"decline_low_value_exemption": True, "exempt_imports_this_half_year": None}
        yield from tried("low_value_ignored", lambda: run(case, **changes))
    if any(goods.preference_proof for goods in given.goods):
        yield from tried("preference_ignored", lambda: run(case, goods=with_goods(case, preference_proof=False)))
    if given.route == "post":
        changes = {"route": "express", "decline_low_value_exemption": True, "exempt_imports_this_half_year": None}
        yield from tried("flat_rate_ignored", lambda: run(case, **changes))


def _codes(case: Case) -> Iterator[Hypothesis]:
    code = case.given.stated.ccc_code
    if code is None or len(shipment(case).goods) != 1:
        return
    if compact(code) not in {compact(goods.ccc_code or "") for goods in shipment(case).goods}:
        changed = with_goods(case, ccc_code=code, candidate_codes=(), rate=None)
        yield from tried("wrong_code", lambda: run(case, goods=changed), {"code": text(code)})


def _rates(case: Case) -> Iterator[Hypothesis]:
    """The rate of another column of the same code."""
    goods = shipment(case).goods
    if len(goods) != 1 or not goods[0].ccc_code:
        return
    try:
        line = schedule("tw").line(goods[0].ccc_code, case.on)
    except NotFound:
        return
    for column in ("column_1", "column_3"):
        rate = _percentage(line.rates.get(column, ""))
        if rate is not None:
            words = {"column": text(column[-1]), "rate": text(line.rates[column])}
            yield from tried("wrong_column", lambda r=rate: run(case, goods=with_goods(case, rate=r)), words)  # type: ignore[misc]


def _percentage(cell: str) -> Decimal | None:
    try:
        ratio = parse_rate(cell, "tw").ad_valorem if cell else None
    except RateRefused:
        return None
    return None if ratio is None else Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _values(case: Case) -> Iterator[Hypothesis]:
    """Freight counted twice, charges of the carrier in the value, money taken for another."""
    given = shipment(case)
    again = [a for a in (case.given.stated.freight, given.freight) if a]
    for freight in dict.fromkeys(again):
        doubled = (given.freight or Decimal(0)) + freight
        yield from tried("freight_twice", lambda f=doubled: run(case, freight=f))  # type: ignore[misc]
    if len(given.goods) == 1 and given.currency == "TWD":
        price = given.goods[0].amount
        for charge in dict.fromkeys([sum(case.private, Decimal(0)), *case.private]):
            if charge:
                changed = with_goods(case, price=price + charge, unit_price=None)
                yield from tried("charge_in_value", lambda x=changed: run(case, goods=x))  # type: ignore[misc]
        if (stated := case.given.stated.value) is not None and stated != price:
            changed = with_goods(case, price=stated, unit_price=None)
            yield from tried("wrong_value", lambda: run(case, goods=changed), {"value": text(f"{stated:,f}")})
    if given.currency != "TWD":
        words = {"currency": text(given.currency)}
        yield from tried("currency_not_converted", lambda: run(case, currency="TWD", exchange_rate=None), words)


def _periods(case: Case) -> Iterator[Hypothesis]:
    """The customs rate of another ten days, and the rate that the bill names."""
    given = shipment(case)
    if given.currency == "TWD":
        return
    if (rate := case.given.stated.exchange_rate) is not None:
        yield from tried("exchange_rate", lambda: run(case, exchange_rate=rate), {"rate": text(f"{rate:f}")})
    held = exchange_rates()
    day = case.on - _NEAR
    seen = set()
    while day <= case.on + _NEAR:
        found = held.rate(given.currency, day)
        if found is not None and found.start not in seen and not found.start <= case.on <= found.end:
            seen.add(found.start)
            words = {"start": text(found.start), "end": text(found.end), "rate": text(f"{found.sell:f}")}
            yield from tried("exchange_period", lambda r=found.sell: run(case, exchange_rate=r), words)  # type: ignore[misc]
        day += timedelta(days=1)


def _business_tax(case: Case) -> Iterator[Hypothesis]:
    """Business tax on another base: charges of the carrier with it, or duty left out."""
    value, right = case.result.totals.customs_value, case.right
    rate = case.store.number("tw.business_tax.rate", case.on)
    if value is None or not right.amounts.get("business_tax"):
        return
    base = value + sum((right.amounts.get(kind, Decimal(0)) for kind in ("duty", *_TAXES)), Decimal(0))
    others = [base + charge for charge in dict.fromkeys([sum(case.private, Decimal(0)), *case.private]) if charge]
    others += [value, base + right.amounts.get("trade_promotion_fee", Decimal(0))]
    for other in others:
        tax = _whole(case, other * rate)
        if tax != right.amounts["business_tax"]:
            words = {"base": text(f"{other:,f}"), "right": text(f"{base:,f}")}
            yield Hypothesis("vat_base", right.put("business_tax", tax), words=words)


def _small(case: Case) -> Iterator[Hypothesis]:
    """A trade promotion fee too small to be collected, and halves rounded up."""
    value, right = case.result.totals.customs_value, case.right
    if value is None:
        return
    rate = case.store.number("tw.trade_promotion_fee.rate", case.on)
    fee = _whole(case, value * rate)
    if fee and "trade_promotion_fee" not in right.amounts:
        yield Hypothesis("trade_fee_exempt", right.plus("trade_promotion_fee", fee))
    yield from _rounded_up(case, value)


def _whole(case: Case, tax: Decimal) -> Decimal:
    """A tax in whole dollars, as the law rounds it on the day."""
    return to_whole_dollars(tax, str(case.store.value("tw.duty.rounding", case.on).value))


def _rounded_up(case: Case, value: Decimal) -> Iterator[Hypothesis]:
    duty_line = next((line for line in case.result.lines if line.key == "duty"), None)
    rate = _percentage(duty_line.rate or "") if duty_line is not None else None
    if rate is None or "business_tax" not in case.right.amounts:
        return
    duty = (value * rate).to_integral_value(rounding=ROUND_HALF_UP)
    others = sum((case.right.amounts.get(kind, Decimal(0)) for kind in _TAXES), Decimal(0))
    tax_rate = case.store.number("tw.business_tax.rate", case.on)
    tax = ((value + duty + others) * tax_rate).to_integral_value(rounding=ROUND_HALF_UP)
    yield Hypothesis("rounded_up", case.right.put("duty", duty).put("business_tax", tax))


def _ended(case: Case) -> Iterator[Hypothesis]:
    """Rules and taxes that had ended."""
    given = shipment(case)
    for day in _last_days(case.store, case.on):
        rate = given.exchange_rate
        if given.currency != "TWD" and rate is None:
            held = exchange_rates().rate(given.currency, case.on)
            rate = held.sell if held else None
        words = {"day": text(day)}
        yield from (
            Hypothesis("ended_measure", h.vector, h.result, {**words, "measure": _gone(case, h.result)})
            for h in tried("ended_measure", lambda d=day, r=rate: run(case, as_of=d, exchange_rate=r))  # type: ignore[misc]
        )


def _gone(case: Case, then: Result | None) -> Any:
    """The name of the tax that is no more, or that came out otherwise."""
    now = {line.key: line.amount for line in case.result.lines if line.applies == "yes"}
    lines = [*then.lines, *(line for a in then.alternatives for line in a.lines)] if then else []
    changed = [line for line in lines if line.applies == "yes" and now.get(line.key, Decimal(0)) != line.amount]
    first = next((line for line in changed if line.key not in now), changed[0] if changed else None)
    return first.label if first is not None else text("—")


@lru_cache(maxsize=256)
def _last_days(store: LawStore, day: date) -> tuple[date, ...]:
    """Last days of Taiwan's values that ended before a day, the latest first."""
    ends = {
        value.effective_to
        for parameter in store.all()
        if parameter.id.startswith("tw.")
        for value in parameter.values
        if value.effective_to is not None and day - _BACK <= value.effective_to < day
    }
    return tuple(sorted(ends, reverse=True)[:12])
