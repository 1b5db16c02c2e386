"""The check of a carrier's bill as a tool."""

from __future__ import annotations

from tools.paperwork.bill_check import check_bill
from tools.paperwork.bill_models import BillInput
from tools.registry import Tool

_BAGS = {"mode": "express", "entry_date": "2026-10-05",
         "lines": [{"hts_code": "42022240", "country_of_origin": "TW", "value": "700"}]}  # fmt: skip
_WATCH = {"route": "express", "as_of": "2026-11-21", "freight": "200", "insurance": "50",
          "goods": [{"ccc_code": "9102.11.00.00-6", "price": "3000", "country_of_origin": "JP"}]}  # fmt: skip

TOOL = Tool(
    name="bill_check",
    use_when=(
        "Checks a courier's or the post's bill for an import into Taiwan or the United States: which lines are government "
        "money and which the carrier's own, what was owed, what explains a difference, until when to dispute, and a letter."
    ),
    not_for="the price of a carrier's services; promising a refund.",
    next_step="give the verdict, then what explains it; offer the letter.",
    input_model=BillInput,
    run=lambda given, as_of: check_bill(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("快遞帳單", "稅單對嗎", "帳單對嗎", "代墊稅金帳單"),
        "en": ("courier bill", "duty invoice", "duties bill", "customs bill"),
    },
    examples=(
        {"destination": "us", "carrier": "fedex", "us": _BAGS,
         "lines": [{"label": "Duty", "amount": "70.00"}, {"label": "Merchandise Processing Fee", "amount": "1.38"}]},
        {"destination": "us", "carrier": "dhl", "us": _BAGS,
         "lines": [{"label": "Duty", "amount": "314.30"}, {"label": "MPF", "amount": "1.38"}], "total": "315.68"},
        {"destination": "tw", "carrier": "tw_courier", "tw": _WATCH,
         "lines": [{"label": "進口稅", "amount": "162"}, {"label": "營業稅", "amount": "170"}, {"label": "報關費", "amount": "300"}]},
        {"destination": "tw", "carrier": "dhl", "tw": _WATCH, "tax_memo_date": "2026-11-20",
         "lines": [{"label": "進口稅", "amount": "162"}, {"label": "營業稅", "amount": "185"}, {"label": "報關費", "amount": "300"}]},
        {"destination": "tw", "carrier": "tw_post", "tw": {"route": "post", "goods": [{"price": "1800"}]},
         "lines": [{"label": "進口稅", "amount": "90"}]},
    ),
)  # fmt: skip
