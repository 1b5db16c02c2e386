"""Several parcels told in one message, and answers that hold no name of ours."""

from __future__ import annotations

import re
from datetime import date

import pytest

from advisor.offline.evasion import help_refused
from advisor.offline.plan import plan
from advisor.offline.understand import Frame, understand

DAY = date(2026, 11, 21)


def _frame(*turns: str) -> Frame:
    frame: Frame | None = None
    for turn in turns:
        frame = understand(turn, DAY, frame)
    assert frame is not None
    return frame


@pytest.mark.parametrize(
    ("turns", "values", "senders"),
    [
        (("同一賣家兩個郵包同一天到，一個 1,500 一個 1,200，會合併課稅嗎",), ["1500", "1200"], [None, None]),
        (("兩個包裹同天到，1,500 跟 1,200，會合併課稅嗎", "如果是不同賣家呢？"), ["1500", "1200"], ["1", "2"]),
        (("Two parcels from different sellers on the same day, NT$900 and NT$1,300, is tax due?",), ["900", "1300"], ["1", "2"]),
    ],
)  # fmt: skip
def test_parcels_and_their_senders(turns: tuple[str, ...], values: list[str], senders: list[str | None]) -> None:
    ((tool, arguments), *_) = plan(_frame(*turns))
    assert tool == "taiwan_quote" and "goods" not in arguments
    assert [p["goods"][0]["price"] for p in arguments["parcels"]] == values
    assert [p.get("sender") for p in arguments["parcels"]] == senders


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("T恤貨價1,800、運費200、沒保險，快遞，要稅嗎？", "運費其實是201，差一塊"), ("1800", "201")),
        (("台灣製手提包 4202.22.40，CIF 10,850美元，其中空運800、保險50，美國關稅多少？",), ("10850", "800")),
    ],
)
def test_a_difference_is_no_price_and_a_part_is_freight(turns: tuple[str, ...], told: tuple[str, str]) -> None:
    amounts = _frame(*turns).amounts
    price = amounts.customs_value or amounts.price
    assert (str(price), str(amounts.freight)) == told


def test_a_stated_rate_goes_to_the_tool_as_the_schedule_writes_it() -> None:
    (_, arguments), *_ = plan(_frame("台灣鋼螺絲 7318.15.80（8.5%），8,000美元FOB，海運，美國要多少稅費？"))
    assert re.fullmatch(r"8\.50*%", arguments["lines"][0]["general_rate"])


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("發票開一半，申報6,000，省多少", True),
        ("Invoice it for half, how much do I save?", True),
        ("賣家自己把發票開一半，怎麼更正？", False),
        ("價格打八折，稅多少？", False),
    ],
)
def test_a_false_value_is_not_computed(text: str, refused: bool) -> None:
    assert (help_refused(text) == "evasion") is refused
