"""Laws that hold for every route and every internal tax: nothing negative, sums add up, order does not matter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.taiwan.strategies import PRICES, RATES, SMALL, Raw
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)
_FEW = settings(max_examples=30, deadline=None)
_EXTRAS: list[Raw] = [
    {},
    {"commodity_tax": "refrigerator"},
    {"commodity_tax": "car", "engine_cc": "1800", "powertrain": "petrol"},
    {"commodity_tax": "car", "powertrain": "electric", "motor_kw": "150"},
    {"commodity_tax": "oil:diesel", "volume_litres": "120.5"},
    {"alcohol_class": "brewed", "alcohol_percent": "13", "volume_litres": "4.5"},
    {"alcohol_class": "beer", "volume_litres": "3.96"},
    {"sticks": 400},
]


@st.composite
def consignments(draw: st.DrawFn, routes: tuple[str, ...] = ("express", "post", "traveller", "cargo")) -> Raw:
    """A consignment with every fact known."""
    goods = [
        {
            "price": str(draw(PRICES | SMALL)),
            "rate": draw(RATES),
            "description": f"goods {n}",
            **draw(st.sampled_from(_EXTRAS)),
        }
        for n in range(draw(st.integers(1, 4)))
    ]
    route = draw(st.sampled_from(routes))
    raw: Raw = {"route": route, "goods": goods, "freight": str(draw(SMALL)), "insurance": "0",
                "exempt_imports_this_half_year": draw(st.integers(0, 8))}  # fmt: skip
    return raw | ({"traveller": {"age": draw(st.integers(10, 70))}} if route == "traveller" else {})


def run(raw: Raw) -> Result:
    return quote(read_input(TaiwanQuoteInput, raw), as_of=DAY)


def _all_totals(result: Result) -> list[Decimal]:
    found = [result.totals.total, *(a.totals.total for a in result.alternatives)]
    return [t for t in found if t is not None]


@_FEW
@given(consignments())
def test_nothing_is_negative_and_everything_is_whole(raw: Raw) -> None:
    result = run(raw)
    amounts = [x.amount for x in result.lines] + _all_totals(result)
    assert all(a >= 0 and a == a.to_integral_value() for a in amounts)


@_FEW
@given(consignments())
def test_the_lines_add_up(raw: Raw) -> None:
    result = run(raw)
    if not result.complete:
        assert result.range is not None
        totals = [a.totals.total for a in result.alternatives if a.totals.total is not None]
        assert totals
        low = result.range.low
        assert low is not None or "usd_exchange_rate" in {
            m.fact for m in result.missing
        }  # a cap in dollars, rate not known
        assert all((low or 0) <= t for t in totals)
        assert result.range.high is None or max(totals) <= result.range.high
        return
    totals_ = result.totals
    assert sum((x.amount for x in result.lines), Decimal(0)) == totals_.total
    assert (totals_.duty or 0) + (totals_.taxes or 0) + (totals_.fees or 0) == totals_.total
    assert (totals_.customs_value or 0) + (totals_.total or 0) == totals_.landed_cost


@_FEW
@given(consignments(), st.randoms(use_true_random=False))
def test_the_order_of_the_goods_does_not_matter(raw: Raw, random: Any) -> None:
    shuffled = list(raw["goods"])
    random.shuffle(shuffled)
    other = run(raw | {"goods": shuffled})
    mine = run(raw)
    assert (mine.complete, mine.totals) == (other.complete, other.totals)
    assert sorted(_all_totals(mine)) == sorted(_all_totals(other))


@_FEW
@given(PRICES, PRICES, RATES, st.sampled_from(_EXTRAS))
def test_the_total_does_not_fall_as_the_value_rises(one: Decimal, other: Decimal, rate: str, extra: Raw) -> None:
    low, high = sorted((one, other))
    raw = {"route": "cargo", "freight": "0", "insurance": "0", "decline_low_value_exemption": True}
    below, above = (run(raw | {"goods": [{"price": str(p), "rate": rate, **extra}]}).totals.total for p in (low, high))
    assert below is not None
    assert above is not None
    assert below <= above


@_FEW
@given(st.lists(PRICES, min_size=1, max_size=6), SMALL)
def test_the_allocation_of_freight_moves_less_than_a_dollar_a_line(prices: list[Decimal], freight: Decimal) -> None:
    goods = [{"price": str(p), "rate": "5%"} for p in prices]
    result = run(
        {
            "route": "cargo",
            "freight": str(freight),
            "insurance": "0",
            "exempt_imports_this_half_year": 0,
            "goods": goods,
        }
    )
    exact = Fraction(freight) + sum(map(Fraction, prices))
    assert result.totals.customs_value is not None
    assert abs(Fraction(result.totals.customs_value) - exact) <= Fraction(len(prices), 2)


@_FEW
@given(PRICES, PRICES)
def test_a_traveller_owes_nothing_within_the_allowance_and_more_beyond(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    below, above = (
        run({"route": "traveller", "goods": [{"price": str(p), "description": "a thing", "quantity": "1"}]}).totals
        for p in (low, high)
    )
    assert below.total is not None
    assert above.total is not None
    assert below.total <= above.total
    if high <= 35_000:
        assert above.total == 0
        assert above.customs_value == 0


@_FEW
@given(consignments(("express", "cargo", "post")))
def test_the_recorded_input_replays(raw: Raw) -> None:
    first = run(raw)
    again = quote(read_input(TaiwanQuoteInput, first.input), as_of=date(2024, 7, 1))
    assert again.receipt == first.receipt
    assert (
        Result.model_validate(
            first.model_dump(mode="json", exclude={"missing", "alternatives", "lines", "assumptions", "warnings"})
        ).id
        == first.id
    )
