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
from tools.paperwork.bill_lines import kind_of
from tools.paperwork.bill_models import BillCheck, BillInput
from tools.paperwork.bill_text import read_bill_text, split_bill
from tools.paperwork.tax_memo import TaxMemo, check_tax_memo
from tools.text.normalise import normalise

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


TEXTS = [
    ("快遞帳單：日本石英錶 3,000 元、運費 200、保險 50，進口稅 162、營業稅 170、報關費 300，合計 632，對嗎？",
     "tw_courier", [("duty", "162"), ("business_tax", "170"), ("brokerage", "300")], "632"),
    ("FedEx Duty/Tax Invoice\nInvoice number 1-234-56789\nCustoms Duty   314.30\nMerchandise Processing Fee  $1.38\nDisbursement Fee 15.00\nTotal  $330.68\n",
     "fedex", [("duty", "314.30"), ("mpf", "1.38"), ("disbursement", "15.00")], "330.68"),
    ("DHL\n進口稅\t162\n營業稅 170 元\n報關費：1,300\n合計 NT$1,632",
     "dhl", [("duty", "162"), ("business_tax", "170"), ("brokerage", "1300")], "1632"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "carrier", "lines", "total"), TEXTS, ids=[t[1] for t in TEXTS])
def test_a_bill_is_read_from_text(text: str, carrier: str, lines: list[tuple[str, str]], total: str) -> None:
    found = read_bill_text(text)
    known = [(line.kind, str(line.amount)) for line in found.lines if line.kind and line.kind != "delivery"]
    assert (found.carrier, known, found.total) == (carrier, lines, Decimal(total))
    rows = [normalise(row).text.strip() for row in text.splitlines()]
    assert [line.evidence for line in found.lines] == [rows[line.line - 1] for line in found.lines]


def test_what_is_not_sure_is_marked() -> None:
    found = read_bill_text("Customs Duty 70.00\nSomething odd 4.00\n")
    assert [(line.label, line.sure) for line in found.lines] == [("Customs Duty", True), ("Something odd", False)]
    assert found.to_confirm == ("Something odd 4.00",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "關稅 162 元是多少",
        "bill: customs value NT$12,345, duty rate 7.5%, ordinary goods",
        "a bill of lading",
        "9" * 3000,
        "帳單\n" * 50,
    ],
)
def test_what_is_no_bill_gives_no_lines_of_government(text: str) -> None:
    assert split_bill(text) == ((), None, text)


@pytest.mark.parametrize("rate", ["關稅率 10.5", "關稅率 10.5%", "稅率是 10.5"])
def test_a_rate_is_no_line_of_a_bill(rate: str) -> None:
    lines, _, rest = split_bill(f"我的帳單 關稅 324 營業稅 170 貨價 3086 {rate} 棉T 快遞 對不對")
    assert [line.amount for line in lines] == [324, 170] and "10.5" in rest


@pytest.mark.parametrize(("label", "kind"), [
    ("Duty Tax Paid", "disbursement"), ("Advance Payment Fee", "disbursement"), ("Duties & Taxes", "duties_and_taxes"),
    ("Import Duty", "duty"), ("MPF", "mpf"), ("Harbor Maintenance Fee", "hmf"), ("推廣貿易服務費", "trade_promotion_fee"),
    ("代墊稅款手續費", "disbursement"), ("營業稅", "business_tax"), ("倉租", "storage"), ("Peak surcharge", None),
])  # fmt: skip
def test_government_money_is_told_from_the_carriers_own(label: str, kind: str | None) -> None:
    assert kind_of(label) == kind


def test_a_bill_of_the_wrong_side_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_input(BillInput, {"destination": "us", "lines": [{"label": "Duty", "amount": "1"}]})
    assert refused.value.field == "us"
    with pytest.raises(InputError) as refused:
        checked({"bill": {**RIGHT[0]["bill"], "lines": [{"label": "x", "amount": "1", "kind": "bribe"}]}})
    assert refused.value.field == "lines.0.kind"


def test_below_a_range_without_an_end_only_the_least_is_told() -> None:
    open_freight = {"route": "express", "goods": [{"price": "9000", "rate": "5%"}]}
    found = checked(
        {"bill": {"destination": "tw", "tw": open_freight, "lines": [{"label": "進口稅", "amount": "300"}]}}
    )
    assert found.verdict == "differs"
    assert found.causes[0].message.render("en").endswith("at least NT$922; the bill says NT$300")  # 450 and 472 of tax


def test_the_periods_end_on_days() -> None:
    bill = {**WRONG[3]["bill"], "bill_date": "2026-10-20", "window_days": 30, "liquidation_date": "2026-10-06"}
    days = [f.value for m in checked({"bill": bill}).clocks for f in m.figures.values() if f.unit == "date"]
    assert days == [date(2027, 4, 4), date(2026, 11, 19)]


MEMOS: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"customs_value": "3250", "duty": "162", "duty_rate": "5%", "business_tax": "170", "total": "332"}, []),
    ({"customs_value": "572763", "duty": "0", "alcohol_tax": "5234", "business_tax": "28899"}, []),
    ({"customs_value": "3250", "duty": "162", "business_tax": "185", "total": "347"}, [("business_tax", "base")]),
    ({"customs_value": "3250", "duty": "195", "duty_rate": "5%", "business_tax": "172"}, [("duty", "rate")]),
    ({"customs_value": "3250", "duty": "163", "duty_rate": "5%", "business_tax": "170"}, [("duty", "rounding")]),
    ({"customs_value": "150000", "duty": "0", "business_tax": "7500", "trade_promotion_fee": "60"}, [("trade_promotion_fee", "waived")]),
    ({"customs_value": "3250", "duty": "162", "business_tax": "170", "total": "323"}, [("total", "sum")]),
]  # fmt: skip


@pytest.mark.parametrize(("memo", "found"), MEMOS)
def test_the_lines_of_a_tax_bill_follow_from_each_other(memo: dict[str, str], found: list[tuple[str, str]]) -> None:
    done = check_tax_memo(read_input(TaxMemo, memo), as_of=DAY)
    assert [(f.field, f.rule) for f in done.findings] == found
    assert done.clean == (not found)
