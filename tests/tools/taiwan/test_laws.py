"""Laws that hold for every Taiwan express quote."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import example, given
from hypothesis import strategies as st

from tests.tools.arithmetic import half_up
from tests.tools.taiwan.strategies import CHARGES, PRICES, RATES, SMALL, Raw, goods, known, maybe_open
from tools.inputs import read_input
from tools.result import Line, Result
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)
#: days on which every value that a quote reads is the same
VINTAGE = (date(2025, 1, 1), date(2027, 12, 31))


def run(raw: Raw, day: date = DAY) -> Result:
    return quote(read_input(TaiwanQuoteInput, raw), as_of=day)


def _taxed(price: str, rate: str, freight: str = "0") -> Raw:
    return {
        "route": "express",
        "freight": freight,
        "insurance": "0",
        "decline_low_value_exemption": True,
        "goods": [{"price": price, "rate": rate}],
    }


def _amounts(result: Result) -> list[Decimal]:
    lines: list[Line] = [*result.lines, *(line for a in result.alternatives for line in a.lines)]
    totals = [result.totals, *(a.totals for a in result.alternatives)]
    found = [line.amount for line in lines]
    found += [
        v for t in totals for v in (t.customs_value, t.duty, t.taxes, t.fees, t.total, t.landed_cost) if v is not None
    ]
    if result.range:
        found += [v for v in (result.range.low, result.range.high) if v is not None]
    return found


@given(maybe_open())
def test_no_amount_is_negative_or_has_a_fraction(raw: Raw) -> None:
    assert all(v >= 0 and v == v.to_integral_value() for v in _amounts(run(raw)))


@given(known())
def test_the_lines_add_up_to_the_total(raw: Raw) -> None:
    result = run(raw)
    totals = result.totals
    assert result.complete
    assert sum(line.amount for line in result.lines) == totals.total
    assert (totals.duty or 0) + (totals.taxes or 0) + (totals.fees or 0) == totals.total
    assert (totals.customs_value or 0) + (totals.total or 0) == totals.landed_cost


@given(known())
def test_a_quote_agrees_with_the_rules_worked_apart(raw: Raw) -> None:
    prices = [Fraction(g["price"]) for g in raw["goods"]]
    rates = [Fraction(g["rate"].rstrip("%")) / 100 for g in raw["goods"]]
    charges = Fraction(raw["freight"]) + Fraction(raw["insurance"])
    exchange = Fraction(raw.get("exchange_rate", "1"))
    whole = sum(prices)
    shares = [charges * p / whole if whole else charges / len(prices) for p in prices]
    values = [half_up((p + s) * exchange) for p, s in zip(prices, shares, strict=True)]
    value = sum(values)
    exempt = value <= 2000 and raw["exempt_imports_this_half_year"] < 6 and not raw["decline_low_value_exemption"]
    duty = 0 if exempt else floor(sum(v * r for v, r in zip(values, rates, strict=True)))
    tax = 0 if exempt else floor((value + duty) / 20)
    fee = floor(value * 4 / 10_000) if value * 4 / 10_000 > 100 else 0
    totals = run(raw).totals
    got = [Fraction(v) for v in (totals.customs_value, totals.duty, totals.taxes, totals.fees) if v is not None]
    assert got == [value, duty, tax, fee]


@given(PRICES, PRICES, RATES, CHARGES)
def test_the_total_does_not_fall_as_the_price_rises(one: Decimal, other: Decimal, rate: str, freight: Decimal) -> None:
    low, high = sorted((one, other))
    below, above = (run(_taxed(str(p), rate, str(freight))).totals.total for p in (low, high))
    assert below is not None
    assert above is not None
    assert below <= above


@given(PRICES, RATES, RATES)
def test_the_total_does_not_fall_as_the_rate_rises(price: Decimal, one: str, other: str) -> None:
    low, high = sorted((one, other), key=lambda r: Decimal(r.rstrip("%")))
    below, above = (run(_taxed(str(price), r)).totals.total for r in (low, high))
    assert below is not None
    assert above is not None
    assert below <= above


@given(PRICES)
def test_duty_is_zero_at_rate_zero(price: Decimal) -> None:
    assert run(_taxed(str(price), "0%")).totals.duty == 0


@given(known(), st.randoms(use_true_random=False))
def test_the_order_of_the_goods_does_not_matter(raw: Raw, random: st.DataObject) -> None:
    shuffled = list(raw["goods"])
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(raw | {"goods": shuffled}).totals == run(raw).totals


@given(PRICES, RATES)
def test_splitting_a_line_moves_the_value_by_at_most_a_dollar(price: Decimal, rate: str) -> None:
    half = (price / 2).quantize(Decimal("0.01"))
    whole = run(_taxed(str(price), rate)).totals
    parts = run(_taxed(str(price), rate) | {"goods": [{"price": str(p), "rate": rate} for p in (half, price - half)]})
    assert whole.customs_value is not None
    assert parts.totals.customs_value is not None
    assert abs(parts.totals.customs_value - whole.customs_value) <= 1


@given(known(), st.integers(0, (VINTAGE[1] - VINTAGE[0]).days), st.integers(0, (VINTAGE[1] - VINTAGE[0]).days))
def test_two_days_of_one_vintage_agree(raw: Raw, one: int, other: int) -> None:
    first, second = (run(raw, VINTAGE[0] + timedelta(days=n)) for n in (one, other))
    assert (first.complete, first.totals) == (second.complete, second.totals)
    assert [(x.key, x.amount, x.rate) for x in first.lines] == [(x.key, x.amount, x.rate) for x in second.lines]


@given(maybe_open())
def test_a_range_holds_every_alternative(raw: Raw) -> None:
    result = run(raw)
    totals = [a.totals.total for a in result.alternatives if a.totals.total is not None]
    if result.complete:
        assert result.range is None
        return
    if result.range is None or result.range.low is None:
        assert not totals
        return
    assert all(result.range.low <= total for total in totals)
    if result.range.high is not None:
        assert result.range.low <= result.range.high
        assert all(total <= result.range.high for total in totals)


@given(maybe_open())
def test_open_is_open_all_through(raw: Raw) -> None:
    result = run(raw)
    assert result.complete == (result.totals.total is not None)
    assert result.complete == (result.totals.landed_cost is not None)
    assert result.complete == (not result.missing)


@given(goods(SMALL, 3), st.integers(0, 5))
@example([{"price": "587.92", "rate": "5%"}, {"price": "473.83", "rate": "5%"}, {"price": "467.08", "rate": "5%"}], 0)
def test_where_freight_could_lift_the_value_over_the_limit_the_taxed_side_is_shown(lines: list[Raw], used: int) -> None:
    result = run({"route": "express", "exempt_imports_this_half_year": used, "goods": lines})
    values = [a.totals.customs_value for a in result.alternatives]
    assert any(v is not None and v > 2000 for v in values)


@given(known())
def test_the_same_input_has_the_same_receipt(raw: Raw) -> None:
    first, second = run(raw), run(dict(raw))
    assert first == second
    assert first.receipt.startswith("sha256:")
    assert run(raw | {"id": "q-1"}).receipt == first.receipt


@given(known())
def test_another_price_has_another_receipt(raw: Raw) -> None:
    line = raw["goods"][0]
    dearer = [line | {"price": str(Decimal(line["price"]) + Decimal("0.01"))}, *raw["goods"][1:]]
    assert run(raw | {"goods": dearer}).receipt != run(raw).receipt


@given(maybe_open())
def test_the_recorded_input_replays_to_the_same_receipt(raw: Raw) -> None:
    first = run(raw)
    again = quote(read_input(TaiwanQuoteInput, first.input), as_of=date(2017, 1, 1))
    assert (again.receipt, again.as_of, again.totals) == (first.receipt, first.as_of, first.totals)
