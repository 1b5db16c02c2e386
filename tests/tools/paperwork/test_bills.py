"""Forty bills: the ten that are right are accused of nothing, the thirty others are explained, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from tests.tools.arithmetic import evaluate
from tests.tools.paperwork.entry_cases import PAPERWORK
from tools.errors import InputError
from tools.inputs import read_input
from tools.paperwork.bill_check import check_bill
from tools.paperwork.bill_models import BillCheck, BillInput

DAY = date(2026, 11, 21)
BILLS: list[dict[str, Any]] = yaml.safe_load((PAPERWORK / "bills.yaml").read_text("utf-8"))["bills"]
RIGHT = [b for b in BILLS if b["id"].startswith("k")]
WRONG = [b for b in BILLS if not b["id"].startswith("k")]


def checked(bill: dict[str, Any]) -> BillCheck:
    return check_bill(read_input(BillInput, bill["bill"]), as_of=DAY)


def test_there_are_ten_right_bills_and_thirty_wrong_ones() -> None:
    assert (len(RIGHT), len(WRONG)) == (10, 30)
    assert {b["bill"]["carrier"] for b in BILLS} >= {"ups", "fedex", "dhl", "usps", "ems", "tw_post", "tw_courier"}


@pytest.mark.parametrize("bill", RIGHT, ids=lambda b: b["id"])
def test_a_right_bill_is_accused_of_nothing(bill: dict[str, Any]) -> None:
    found = checked(bill)
    assert (found.verdict, found.causes, found.letter) == (bill["expect"]["verdict"], (), None)
    assert found.private == Decimal(bill["expect"]["private"])
    if "overpaid" in bill["expect"]:
        assert found.overpaid == Decimal(bill["expect"]["overpaid"])


@pytest.mark.parametrize("bill", WRONG, ids=lambda b: b["id"])
def test_a_wrong_bill_is_found_and_explained(bill: dict[str, Any]) -> None:
    found, expect = checked(bill), bill["expect"]
    assert found.verdict == "differs"
    assert found.causes[0].code == expect["cause"], [c.code for c in found.causes]
    assert found.overpaid == Decimal(expect["overpaid"])
    for lang in ("zh-TW", "en"):
        assert found.causes[0].message.render(lang)
    assert found.letter is not None
    receipts = [r.receipt for r in found.letter.receipts]
    for text in (found.letter.text.zh_TW, found.letter.text.en):
        assert all(receipt in text for receipt in receipts)
        assert "{" not in text


@pytest.mark.parametrize("bill", BILLS, ids=lambda b: b["id"])
def test_the_arithmetic_of_a_bill_holds(bill: dict[str, Any]) -> None:
    worked = evaluate(bill["arithmetic"], {})
    expect = bill["expect"]
    if "overpaid" in worked:
        assert worked["overpaid"] == Decimal(expect["overpaid"])
    if "billed" in worked:
        assert worked["billed"] == Decimal(bill["bill"]["total"])
