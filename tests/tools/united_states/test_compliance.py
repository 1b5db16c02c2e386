"""Bonds, penalty ceilings, liquidation and protest: the worked figures of the facts (6.1, 6.2, 6.5), and bad input."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.united_states.compliance import BondInput, ClocksInput, PenaltyInput, bond, clocks, penalty

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(("paid", "amount"), [
    ("123456", "50000"), ("500000", "50000"), ("500001", "60000"), ("612000", "70000"), ("999999", "100000"),
    ("1000000", "100000"), ("1000001", "200000"), ("1234567", "200000"), ("0", "50000"),
])  # fmt: skip
def test_a_continuous_bond_is_a_tenth_of_a_year_rounded_up(paid: str, amount: str) -> None:
    result = bond(read_input(BondInput, {"kind": "continuous", "paid_last_year": paid}), as_of=DAY)
    assert result.lines[0].amount == Decimal(amount)


@pytest.mark.parametrize(("given", "amount"), [
    ({"kind": "single", "entered_value": "10000", "duties": "1084.64"}, "11084.64"),
    ({"kind": "single", "entered_value": "10000", "agency_or_quota": True}, "30000"),
    ({"kind": "temporary", "duties": "1000"}, "2000"),
])  # fmt: skip
def test_other_bonds(given: dict[str, Any], amount: str) -> None:
    assert bond(read_input(BondInput, given), as_of=DAY).lines[0].amount == Decimal(amount)


@pytest.mark.parametrize(("given", "field"), [
    ({"kind": "continuous"}, "paid_last_year"), ({"kind": "single", "entered_value": "1"}, "duties"),
    ({"kind": "temporary"}, "duties"), ({"kind": "forever"}, "kind"),
])  # fmt: skip
def test_a_bond_names_what_is_missing(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=field):
        bond(read_input(BondInput, given), as_of=DAY)


#: culpability, lost duty, disclosed, ceiling: domestic value 90,000, dutiable value 60,000
CEILINGS = [
    ("negligence", "10000", False, "20000"),
    ("gross_negligence", "10000", False, "40000"),
    ("fraud", "10000", False, "90000"),
    ("negligence", "0", False, "12000"),
    ("gross_negligence", "0", False, "24000"),
    ("fraud", "0", False, "90000"),
    ("negligence", "50000", False, "90000"),  # the lesser of domestic value and twice the loss
    ("gross_negligence", "30000", False, "90000"),
    ("negligence", "10000", True, "0"),
    ("fraud", "10000", True, "10000"),
    ("fraud", "0", True, "6000"),
]


@pytest.mark.parametrize(("culpability", "lost", "disclosed", "ceiling"), CEILINGS)
def test_the_ceiling_of_a_penalty(culpability: str, lost: str, disclosed: bool, ceiling: str) -> None:
    given = {"culpability": culpability, "lost_duty": lost, "domestic_value": "90000", "dutiable_value": "60000",
             "prior_disclosure": disclosed}  # fmt: skip
    result = penalty(read_input(PenaltyInput, given), as_of=DAY)
    assert result.lines[0].amount == Decimal(ceiling)
    assert result.lines[0].legal_basis == "19 USC 1592(c)"


@pytest.mark.parametrize(
    ("given", "ceiling"),
    [  # without the domestic value the multiple of the loss stands, and that it may be less is said
        ({"culpability": "negligence", "lost_duty": "9900"}, "19800"),
        ({"culpability": "gross_negligence", "lost_duty": "9900", "domestic_value": "90000"}, "39600"),
        ({"culpability": "negligence", "lost_duty": "0", "dutiable_value": "60000"}, "12000"),
        ({"culpability": "fraud", "lost_duty": "0", "domestic_value": "90000"}, "90000"),
    ],
)
def test_a_ceiling_asks_only_for_what_it_is_made_from(given: dict[str, str], ceiling: str) -> None:
    result = penalty(read_input(PenaltyInput, given), as_of=DAY)
    assert result.lines[0].amount == Decimal(ceiling)
    open_value = "domestic_value" not in given and given["lost_duty"] != "0"
    assert ("us_penalty_domestic_unknown" in [m.code for m in result.assumptions]) == open_value


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"culpability": "fraud", "lost_duty": "9900"}, "domestic_value"),
        ({"culpability": "negligence", "lost_duty": "0"}, "dutiable_value"),
        ({"culpability": "negligence"}, "lost_duty"),
    ],
)
def test_a_ceiling_names_what_it_lacks(given: dict[str, str], field: str) -> None:
    with pytest.raises(InputError, match=field):
        penalty(read_input(PenaltyInput, given), as_of=DAY)


def days(**given: Any) -> dict[str, object]:
    result = clocks(read_input(ClocksInput, given), as_of=DAY)
    return {f.of: f.value for m in result.assumptions for f in m.figures.values() if f.unit == "date"}


def test_liquidation_and_protest() -> None:
    found = days(entry_date="2026-01-15")
    # 314 days after 2026-01-15 is 2026-11-25; a year and four years by the calendar
    assert found["us.liquidation.usual_days"] == date(2026, 11, 25)
    assert found["us.liquidation.limit_years"] == date(2027, 1, 15)
    assert found["us.liquidation.extended_years"] == date(2030, 1, 15)
    # 180 days after 2026-05-01 is 2026-10-28
    assert days(entry_date="2025-06-20", liquidation_date="2026-05-01") == {
        "us.liquidation.protest_days": date(2026, 10, 28)
    }
    assert days(entry_date="2026-01-15", informal=True) == {}
    assert days(entry_date="2024-02-29")["us.liquidation.limit_years"] == date(2025, 2, 28)


def test_liquidation_before_entry_is_refused() -> None:
    with pytest.raises(InputError, match="liquidation_date"):
        days(entry_date="2026-01-15", liquidation_date="2026-01-14")
