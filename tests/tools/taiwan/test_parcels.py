"""Several parcels: one consignment when of one sender and day, else each by itself with the exemptions counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)


def parcel(price: str, **more: object) -> dict[str, Any]:
    return {"goods": [{"price": price, "rate": "5%"}], "freight": "0", "insurance": "0", **more}


def run(*parcels: dict[str, Any], **more: object) -> Result:
    raw = {"route": "express", "parcels": list(parcels), **more}
    return quote(read_input(TaiwanQuoteInput, raw), as_of=DAY)


def test_parcels_of_one_sender_and_day_are_added_and_the_other_way_is_shown() -> None:
    result = run(parcel("1500"), parcel("1500"), exempt_imports_this_half_year=0)
    assert (result.totals.customs_value, result.totals.total) == (3000, 307)
    assert [a.totals.total for a in result.alternatives] == [0]
    assert "parcels_taken_together" in [w.code for w in result.warnings]


@pytest.mark.parametrize(("used", "total"), [(0, 0), (3, 0), (4, 153), (5, 306), (6, 459), (9, 459)])
def test_each_exemption_counts_for_the_next_parcel(used: int, total: int) -> None:
    rows = [parcel("1500", arrives=f"2026-11-2{n}") for n in (1, 2, 3)]
    result = run(*rows, exempt_imports_this_half_year=used)
    assert result.complete
    assert result.totals.total == total  # 1,500 at 5%: 75 + floor(1,575 x 5%) = 153 each
    assert sum((line.amount for line in result.lines), Decimal(0)) == total


def test_a_new_half_year_begins_the_count_anew() -> None:
    rows = [parcel("1500", arrives="2026-12-31"), parcel("1500", arrives="2027-01-01")]
    assert run(*rows, exempt_imports_this_half_year=6).totals.total == 153


def test_a_count_that_is_not_known_gives_the_range() -> None:
    result = run(parcel("1500", sender="a"), parcel("1500", sender="b"))
    assert not result.complete
    assert result.range is not None
    assert (result.range.low, result.range.high) == (0, 306)


def test_a_freight_that_is_not_known_stays_open() -> None:
    result = run(
        {"goods": [{"price": "3000", "rate": "5%"}], "insurance": "0"}, parcel("100"), exempt_imports_this_half_year=0
    )
    assert not result.complete
    assert "freight" in [m.fact for m in result.missing]
    assert result.range is not None
    assert result.range.high is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goods": [{"price": "1", "rate": "5%"}]}, "goods"),
        ({"freight": "1"}, "freight"),
        ({"route": "traveller"}, "parcels"),
    ],
)
def test_parcels_stand_for_goods(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=f"^{field}: "):
        run(parcel("1500"), **change)
