"""Two quotes side by side, and claims held against one: expected amounts by hand from the facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tools.difference import Difference
from tools.difference_tool import TOOL

DAY = date(2026, 11, 28)


def parcel(price: str, rate: str = "0.05", **more: Any) -> dict[str, Any]:
    return {
        "route": "express", "freight": "0", "insurance": "0", "exempt_imports_this_half_year": 0,
        "goods": [{"price": price, "rate": rate}], **more,
    }  # fmt: skip


def said(**given: Any) -> list[str]:
    found = TOOL.call(given, DAY)
    assert isinstance(found, Difference)
    return [m.render("en") for m in found.said]


@pytest.mark.parametrize(
    ("before", "now", "first", "cause"),
    [
        ("3000", "3800", "NT$82 more", "The customs value was NT$3,000 and is NT$3,800 now."),
        ("3800", "3000", "NT$82 less", "The customs value was NT$3,800 and is NT$3,000 now."),
        ("1950", "2050", "NT$209 more", "not only the excess"),
        ("2050", "1950", "NT$209 less", "now it is not passed"),
    ],
)
def test_the_difference_first_and_then_what_made_it(before: str, now: str, first: str, cause: str) -> None:
    told = said(destination="tw", tw=parcel(now), tw_before=parcel(before))
    assert told[0].startswith(first)
    assert any(cause in text for text in told)


def test_the_count_of_exemptions_is_what_decides_below_the_limit() -> None:
    used = parcel("1900", exempt_imports_this_half_year=6)
    told = said(destination="tw", tw=used, tw_before=parcel("1900"))
    assert told[0].startswith("NT$194 more")
    assert "used up" in told[1]


def test_a_fee_that_is_new_is_told_as_new() -> None:
    air = {"mode": "air", "lines": [{"hts_code": "9617.00.10", "country_of_origin": "TW", "value": "3000"}]}
    told = said(destination="us", us=air | {"mode": "ocean"}, us_before=air)
    assert told[0].startswith("US$3.75 more")
    assert told[1].startswith("harbor maintenance fee: none before, US$3.75 now.")


def test_over_the_limit_of_informal_entry_the_fee_is_counted_otherwise() -> None:
    line = {"hts_code": "8306.29.00", "country_of_origin": "TW"}
    small, large = ({"mode": "air", "lines": [line | {"value": v}]} for v in ("2400", "2700"))
    told = said(destination="us", us=large, us_before=small)
    assert any("formal entry" in text and "US$2,500" in text for text in told)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"claimed_amount": "307"}, "Yes, that is right: the total is NT$307."),
        ({"claimed_amount": "300"}, "No, it is not NT$300: the total is NT$307."),
        ({"claimed_amount": "150"}, "NT$150 is right for the customs duty"),
        ({"claimed_amount": "150", "claimed_of": "business_tax"}, "No, the business tax is not NT$150 but NT$157"),
        ({"claimed_percent": "10"}, "Yes, about that: the total duties, taxes and fees of NT$307 is 10.23%"),
        ({"claimed_percent": "10", "exactly": True}, "No, not 10%"),
        ({"claimed_percent": "12"}, "No, not 12%"),
        ({"only_excess": True}, "No: the customs value of NT$3,000 is over the low-value limit of NT$2,000"),
    ],
)
def test_a_claim_gets_its_verdict_first(claim: dict[str, Any], verdict: str) -> None:
    assert said(destination="tw", tw=parcel("3000"), **claim)[0].startswith(verdict)


def test_up_to_what_price_it_is_free_with_its_charges() -> None:
    given = parcel("1900") | {"freight": "300"}
    assert "NT$1,700" in said(destination="tw", tw=given, room=True)[1]


def test_of_luggage_only_the_excess_is_taxed() -> None:
    bag = {"route": "traveller", "goods": [{"price": "52000", "rate": "0.066"}]}
    assert said(destination="tw", tw=bag, only_excess=True)[0].startswith("Yes")


def test_nothing_is_said_while_open_facts_decide() -> None:
    unknown = parcel("1900")
    del unknown["exempt_imports_this_half_year"]
    assert said(destination="tw", tw=unknown, claimed_amount="100") == []
