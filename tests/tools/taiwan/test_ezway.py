"""Before one taps 申報相符: match or mismatch, the tax, what either answer does, and words to the seller."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.inputs import read_input
from tools.taiwan.ezway import EzWayCheck, EzWayInput, check_notice

DAY = date(2026, 11, 21)
WATCH = {"goods": "石英錶", "quantity": "1", "amount": "3000"}
KNOWN = {"freight": "200", "insurance": "50", "rate": "5%", "country_of_origin": "JP"}


def check(notice: dict[str, Any], ordered: dict[str, Any] | None, **more: object) -> EzWayCheck:
    raw: dict[str, Any] = {"notice": notice, **more}
    if ordered is not None:
        raw["ordered"] = ordered
    return check_notice(read_input(EzWayInput, raw), as_of=DAY)


@pytest.mark.parametrize("amount", ["3000", "3250"])
def test_the_price_with_or_without_freight_is_a_match(amount: str) -> None:
    found = check(WATCH | {"amount": amount}, WATCH, **KNOWN)
    assert (found.verdict, found.differences) == ("match", ())
    assert found.tax is not None
    assert found.tax.totals.total == 332
    assert found.tax_as_declared is None


def test_too_low_an_amount_is_a_mismatch_with_what_it_does() -> None:
    found = check(WATCH | {"amount": "1200"}, WATCH, **KNOWN, exempt_imports_this_half_year=0)
    assert found.verdict == "mismatch"
    assert [d.field for d in found.differences] == ["amount"]
    assert found.more_or_less == -332  # declared: exempt; paid: 3,250 at 5% is 162 + 170
    assert "5" in found.confirming[0].render("en")
    assert "3000 TWD" in found.words_to_seller.render("zh-TW")
    assert "不會確認" in found.words_to_seller.render("zh-TW")


@pytest.mark.parametrize(
    ("change", "field", "verdict"),
    [
        ({"goods": "棉T恤"}, "goods", "mismatch"),
        ({"goods": "accessories"}, "goods", "unclear"),
        ({"quantity": "3"}, "quantity", "mismatch"),
        ({"sender": "ABC Forwarding"}, "sender", "unclear"),
        ({"amount": "90", "currency": "USD"}, "amount", "unclear"),
    ],
)
def test_each_field_is_told_apart(change: dict[str, Any], field: str, verdict: str) -> None:
    found = check(WATCH | change, WATCH | {"sender": "東京錶店"}, **KNOWN)
    assert found.verdict == verdict
    assert [d.field for d in found.differences] == [field]
    assert all(d.message.text["zh-TW"] and d.message.text["en"] for d in found.differences)


@pytest.mark.parametrize(("amount", "verdict"), [("90.88", "match"), ("90", "match"), ("60", "mismatch")])
def test_amounts_in_two_currencies_are_compared_at_the_customs_rate(amount: str, verdict: str) -> None:
    found = check(WATCH | {"amount": amount, "currency": "USD"}, WATCH, **KNOWN, as_of="2025-03-25")  # 33.01
    assert found.verdict == verdict


def test_what_nobody_ordered_is_not_confirmed() -> None:
    found = check(WATCH, None)
    assert found.verdict == "not_ordered"
    assert found.tax is None
    assert "不要" in found.confirming[0].render("zh-TW")


@pytest.mark.parametrize(("day", "needed"), [("2026-02-28", False), ("2026-03-01", True)])
def test_confirmation_is_needed_from_its_day(day: str, needed: bool) -> None:
    found = check(WATCH, WATCH, **KNOWN, as_of=day)
    assert found.confirmation_needed is needed
    assert ("7" in found.refusing[0].render("en")) is needed


def test_a_shortfall_in_facts_leaves_the_tax_open() -> None:
    found = check(WATCH, WATCH, rate="5%")
    assert found.tax is not None
    assert not found.tax.complete
    assert found.more_or_less is None


def test_more_or_less_is_exact() -> None:
    found = check(WATCH | {"amount": "6000"}, WATCH, **KNOWN)
    assert found.more_or_less == Decimal(300 + 315 - 332)


def test_the_letter_is_the_buyer_s_and_names_every_difference() -> None:
    found = check(
        WATCH | {"goods": "棉T恤", "quantity": "3", "amount": "900", "sender": "ABC Forwarding"},
        WATCH | {"sender": "東京錶店"}, **KNOWN,
    )  # fmt: skip
    letter = found.words_to_seller.text
    for lang, told in (
        (
            "zh-TW",
            ("我訂的是「石英錶」", "申報 3，我訂的是 1", "申報 900 TWD，我實付 3000 TWD", "我的賣家是「東京錶店」"),
        ),
        ("en", ('I ordered "石英錶"', "declared 3, I ordered 1", "I paid 3000 TWD", 'I bought from "東京錶店"')),
    ):
        assert all(part in letter[lang] for part in told)
    assert "您訂" not in letter["zh-TW"]  # who reads it is the seller


def test_what_is_unclear_is_asked_of_the_seller() -> None:
    found = check(WATCH | {"sender": "ABC Forwarding"}, WATCH | {"sender": "東京錶店"}, **KNOWN)
    assert found.verdict == "unclear"
    assert "東京錶店" in found.words_to_seller.render("zh-TW")
    assert "invoice" in found.words_to_seller.render("en")


@pytest.mark.parametrize(
    ("notice", "ordered", "blanks", "verdict"),
    [
        ({"amount": "3000"}, {"goods": "石英錶"}, ("goods", "quantity", "amount", "sender"), "unclear"),
        ({"goods": "石英錶", "amount": "3000"}, {"goods": "石英錶"}, ("quantity", "amount", "sender"), "unclear"),
        ({"goods": "石英錶", "quantity": "1"}, {"goods": "石英錶", "quantity": "1"}, ("amount", "sender"), "match"),
        ({"amount": "3000"}, {"amount": "3000"}, ("goods", "quantity", "sender"), "match"),
    ],
)
def test_what_was_not_compared_is_no_match(
    notice: dict[str, Any], ordered: dict[str, Any], blanks: tuple[str, ...], verdict: str
) -> None:
    found = check(notice, ordered, **KNOWN)
    assert (found.verdict, found.not_compared) == (verdict, blanks)
    assert ("金額與幣別" in found.words_to_seller.render("zh-TW")) is (verdict == "unclear")
