"""The merchandise processing fee and its companions, on the first and the last day of each fiscal year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from tests.tools.tables import MpfTable, MpfYear, load
from tools.errors import NotInForce
from tools.law import law

TABLE = load("united_states/mpf.yaml", MpfTable)
FEES = tuple(TABLE.base)
EDGES = [
    pytest.param(year, fee, day, id=f"{year.year}-{fee}-{day}")
    for year in TABLE.years
    for fee in FEES
    for day in sorted({year.first, year.last})
]


@pytest.mark.parametrize(("year", "fee", "day"), EDGES)
def test_fee_on_the_edges_of_its_year(year: MpfYear, fee: str, day: date) -> None:
    amount = getattr(year, fee)
    if amount is None:
        with pytest.raises(NotInForce):
            law().value(f"us.mpf.{fee}", day)
        return
    assert law().number(f"us.mpf.{fee}", day) == Decimal(amount)


@pytest.mark.parametrize("year", [pytest.param(y, id=y.year) for y in TABLE.years[1:]])
def test_rate_is_the_same_every_year_since_the_first_adjustment(year: MpfYear) -> None:
    for day in (year.first, year.last):
        assert law().number("us.mpf.rate", day) == Decimal(TABLE.rate)


@pytest.mark.parametrize("fee", FEES)
def test_fee_after_the_last_year_is_not_held(fee: str) -> None:
    with pytest.raises(NotInForce, match=r"no value is held for 2027-10-01; held: .*2026-10-01 to 2027-09-30"):
        law().value(f"us.mpf.{fee}", date(2027, 10, 1))


@pytest.mark.parametrize("fee", FEES)
def test_fee_before_the_first_day_evidenced_is_not_held(fee: str) -> None:
    with pytest.raises(NotInForce):
        law().value(f"us.mpf.{fee}", date(2017, 12, 30))


@pytest.mark.parametrize("year", [pytest.param(y, id=y.year) for y in TABLE.years])
def test_the_table_follows_the_published_factor(year: MpfYear) -> None:
    factor = Decimal(year.maximum) / Decimal(TABLE.base["maximum"])
    for fee in FEES:
        amount = getattr(year, fee)
        if amount is not None:
            adjusted = (Decimal(TABLE.base[fee]) * factor).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            assert (fee, Decimal(amount)) == (fee, adjusted)


def test_the_years_follow_each_other() -> None:
    for one, other in pairwise(TABLE.years):
        assert other.first - one.last == timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "minimum_binds_below", "maximum_binds_above"),
    [
        (date(2026, 11, 21), "9982.68", "193666.28"),
        (date(2026, 9, 30), "9694.00", "188077.37"),
        (date(2025, 9, 30), "9442.84", "183204.39"),
    ],
)
def test_break_even_values(day: date, minimum_binds_below: str, maximum_binds_above: str) -> None:
    rate = law().number("us.mpf.rate", day)
    edges = [(law().number(f"us.mpf.{n}", day) / rate).quantize(Decimal("0.01")) for n in ("minimum", "maximum")]
    assert edges == [Decimal(minimum_binds_below), Decimal(maximum_binds_above)]
