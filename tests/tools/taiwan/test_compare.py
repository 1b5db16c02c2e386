"""What if: routes, origins and days side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.taiwan.compare import TaiwanCompareInput, TaiwanComparison, compare

DAY = date(2026, 11, 21)
BAG = {"route": "express", "freight": "0", "insurance": "0", "goods": [{"price": "1900", "ccc_code": "42022100003"}],
       "exempt_imports_this_half_year": 6}  # fmt: skip


def run(base: dict[str, Any], **more: object) -> TaiwanComparison:
    return compare(read_input(TaiwanCompareInput, {"base": base, **more}), DAY)


def test_routes_side_by_side() -> None:
    found = run(BAG, routes=["express", "post", "traveller"])
    totals = [v.totals.total for v in found.variants if v.totals]
    assert totals == [226, 194, 0]  # 125 + 101; 95 + 99; within the allowance
    assert (found.lowest, found.highest) == (0, 226)


def test_origins_side_by_side() -> None:
    base = BAG | {"goods": [{"price": "3000", "ccc_code": "85076000107", "preference_proof": True}]}
    found = run(base, origins=["CN", "JP", "HN"])
    assert [v.totals.total for v in found.variants if v.totals] == [150, 228, 228]


def test_days_side_by_side() -> None:
    base = {"route": "cargo", "freight": "0", "insurance": "0",
            "goods": [{"price": "20000", "rate": "10%", "commodity_tax": "television"}]}  # fmt: skip
    found = run(base, dates=["2025-12-31", "2026-01-01"])
    assert [v.totals.total for v in found.variants if v.totals] == [6103, 3100]


def test_a_variant_that_cannot_be_quoted_says_why() -> None:
    base = {"route": "express", "parcels": [{"goods": [{"price": "1", "rate": "5%"}], "freight": "0", "insurance": "0"}],
            "exempt_imports_this_half_year": 0}  # fmt: skip
    found = run(base, routes=["express", "traveller"])
    assert [v.error is None for v in found.variants] == [True, False]


@pytest.mark.parametrize(
    "more", [{}, {"routes": ["express"]}, {"routes": ["express", "post"], "dates": ["2026-01-01"] * 40}]
)
def test_nothing_or_too_much_to_compare_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        run(BAG, **more)
