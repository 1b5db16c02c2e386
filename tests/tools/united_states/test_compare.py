"""The time machine: one shipment over days and origins, against the worked example that spans ten regimes (E5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.united_states.compare import CompareInput, Comparison, compare

DAY = date(2026, 11, 21)
SHIRTS: dict[str, Any] = {
    "mode": "ocean", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "CN", "value": "10000"}],
}  # fmt: skip
E5 = {
    "2025-01-15": "2447.14", "2025-02-20": "3447.14", "2025-03-15": "4447.14", "2025-04-06": "5447.14",
    "2025-04-09": "12847.14", "2025-04-12": "16947.14", "2025-05-20": "5447.14", "2025-11-15": "4447.14",
    "2026-03-15": "3447.14", "2026-10-05": "3697.14",
}  # fmt: skip


def made(**given: Any) -> Comparison:
    return compare(read_input(CompareInput, given), as_of=DAY)


def test_one_order_over_ten_regimes() -> None:
    found = made(shipment=SHIRTS, dates=list(E5))
    assert found.dates == tuple(map(date.fromisoformat, sorted(E5)))
    assert found.series[0].totals == tuple(Decimal(E5[day]) for day in sorted(E5))
    assert found.origins == ("CN",)


def test_the_same_shipment_from_three_origins() -> None:
    found = made(shipment=SHIRTS, dates=["2026-10-05"], origins=["TW", "CN", "VN"])
    # column 1 16.5 % in each; Taiwan's floor adds nothing, China 7.5 % and 12.5 %, Viet Nam 12.5 %; MPF 34.64, HMF 12.50
    assert [c.total for c in found.cells] == [Decimal("1697.14"), Decimal("3697.14"), Decimal("2947.14")]
    assert found.cells[1].by_key["section_301_china"] == Decimal("750.00")


def test_an_open_cell_keeps_its_range_and_has_no_total() -> None:
    honey = {"mode": "land", "lines": [{"hts_code": "8306.29.00", "country_of_origin": "CA", "value": "10000"}]}
    found = made(shipment=honey, dates=["2026-08-21", "2026-08-22"])
    first, second = found.cells
    assert (first.complete, second.complete) == (True, False)
    assert (second.total, second.low, second.high) == (None, Decimal("1034.64"), Decimal("6034.64"))
    assert second.open_facts == ("facts.section_338_listed",)
    assert found.series[0].totals == (first.total, None)


def test_without_days_and_origins_it_is_the_quote() -> None:
    found = made(shipment=SHIRTS | {"entry_date": "2026-10-05"})
    assert [c.total for c in found.cells] == [Decimal("3697.14")]


def test_a_day_before_the_law_is_named() -> None:
    with pytest.raises(InputError, match="entry_date"):
        made(shipment=SHIRTS, dates=["1999-01-01"])
