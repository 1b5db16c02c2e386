"""Amounts told by the unit, in parts and beside other money: what is the price, how many, and what a later message makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor import Advisor
from advisor.offline.amounts import Amounts, read_amounts
from advisor.offline.understand import understand
from tests.advisor.heard import heard
from tools.text.quantities import find_quantities

DAY = date(2026, 11, 28)
#: what is told, the amount of one, how many
BY_UNIT: list[tuple[str, str, str]] = [
    ("咖啡豆每公斤 450 元買 30 公斤", "450", "30"),
    ("coffee beans, 30 kg at $12 per kg", "12", "30"),
    ("茶葉一包 400 元買 10 包", "400", "10"),
    ("3 packs of green tea at NT$900 a pack", "900", "3"),
    ("一打襪子 360 元，買 10 打", "360", "10"),
    ("香皂每盒 25 美元 40 盒", "25", "40"),
    ("12 pcs @ $9.50 from Japan", "9.50", "12"),
    ("12 enamel mugs at $9.50", "9.50", "12"),
    ("啤酒 2 箱，每箱 24 瓶，一瓶 30 元", "30", "48"),
    ("soap: 5 cartons of 24 bottles, $3 per bottle", "3", "120"),
]
#: amounts of all, whatever is counted beside them
OF_ALL = [
    "一件 1,980 元的 T 恤，這是我這半年第3件",
    "帽子 20 頂一共 5000 元",
    "two shirts at $60 in total",
    "兩個郵包，一個是保養品 1,500 元",
    "分兩包寄，另一包太陽眼鏡 1,200",
]


def read(text: str) -> Amounts:
    return read_amounts(text, find_quantities(text))


@pytest.mark.parametrize(("text", "each", "count"), BY_UNIT)
def test_the_price_of_one_unit_is_multiplied_by_the_units(text: str, each: str, count: str) -> None:
    amounts = read(text)
    assert (amounts.price, amounts.each, amounts.count) == (Decimal(each), True, Decimal(count))


@pytest.mark.parametrize("text", OF_ALL)
def test_an_amount_of_all_is_of_no_unit(text: str) -> None:
    assert not read(text).each


def test_amounts_that_are_neither_freight_nor_a_rate() -> None:
    assert read("Ship 20,000 USD of cookware by ocean").freight is None
    assert read("寄 USD 1800 空運快遞").price == Decimal(1800)
    insured = read("貨價 16,000 元，保險 0.3%，關稅率 7.5%")
    assert (insured.insurance, insured.rate) == (None, Decimal("0.075"))
    inside = read("運費改成含在 24,000 裡面")
    assert (inside.price, inside.freight) == (Decimal(24000), Decimal(0))
    assert understand("Seller says parcels by post are always 5% duty. Wallet NT$2,800. Is 5% right?", DAY).amounts.rate is None  # fmt: skip


#: one of several told, then what each of the others costs; the price of all by hand
OTHERS: list[tuple[tuple[str, ...], str]] = [
    (("Three T-shirts by courier to Taiwan: one is NT$900, the other two 300 each",), "1500"),
    (("Three T-shirts by courier to Taiwan: one is NT$900, the other two 300 each. Duty rate 12%",), "1500"),
    (("4 mugs by courier to Taiwan: one costs $50, the other three $20 each, freight $10",), "110"),
    (("三件 T 恤快遞到台灣，一件 900 元，另外兩件各 300，運費 100",), "1500"),
    (("三件 T 恤快遞到台灣，一件 900 元，其他兩件都是 300 元",), "1500"),
    (("三件 T 恤快遞到台灣，一件 900 元", "另外兩件各 300"), "1500"),
    (("兩件 T 恤快遞到台灣，每件 500 元", "另外兩件各 300"), "1600"),
]


@pytest.mark.parametrize(("messages", "price"), OTHERS, ids=[" ".join(told) for told, _ in OTHERS])
def test_what_each_of_the_others_costs_is_counted_for_each(messages: tuple[str, ...], price: str) -> None:
    amounts = heard(DAY, *messages).amounts
    assert (amounts.price, amounts.each) == (Decimal(price), False)


def test_others_that_are_goods_of_another_kind_are_counted_under_their_own_rate() -> None:
    told = heard(DAY, "Courier to Taiwan: a leather bag NT$1,500, sneakers NT$800, the other two mugs NT$300 each")
    assert [(i.amounts.price, i.amounts.count if i.amounts.each else 1) for i in told.items] == [
        (1500, 1), (800, 1), (300, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Ship 3 bags to Taiwan by courier, NT$900 each, the other two parcels 300 each freight", "3 T-shirts by courier to Taiwan, NT$900 each"],
)  # fmt: skip
def test_what_other_parcels_cost_is_no_price_of_others(text: str) -> None:
    amounts = read(text)
    assert (amounts.price, amounts.each, amounts.count) == (900, True, 3)


FAN = "快遞買一台關稅率 4% 的電風扇到台灣，5,000 元，運費 400、保險 50，要繳多少？"
LAMP = "Courier to Taiwan: a lamp at NT$5,000, duty rate 4%, freight 400, insurance 50. What do I pay?"
PARTS = "機器零件 CIF 300,000 元，其中保險 2,500，關稅率 3%，海運，多少稅？"
BRASS = "Brass statuettes made in Taiwan (HTS 8306.29.00, Free), air freight to the US, $2,500. Total?"
SHIRTS = "棉T恤 CIF 200,000 台幣，從中國海運進口，關稅營業稅共多少"
#: what is told, what is changed, the total by hand
LATER: list[tuple[str, str, str]] = [
    (FAN, "後來賣家又退我 500 元", "455"),  # 4,950: 198 + 257
    (LAMP, "A coupon took off NT$500", "455"),
    (FAN, "快遞說還要收報關費 300", "501"),  # 5,450: 218 + 283
    (LAMP, "the courier also wants a NT$350 handling fee", "501"),
    (FAN, "分成兩次寄會比較省嗎", "501"),
    (LAMP, "would it be cheaper to send it as two parcels?", "501"),
    (LAMP, "Insurance came to 250 in the end. What is the total now?", "519"),  # 5,650: 226 + 293
    (BRASS, "And at $2,501? Why does it jump?", "284.68"),  # 250.10 + 34.58
    (SHIRTS, "改成化纖的會差多少", "35200"),  # 24,000 + 11,200
    (PARTS, "保險最後是 4,000", "24692"),  # 301,500: 9,045 + 15,527 + 120
]


@pytest.mark.parametrize(("told", "changed", "total"), LATER, ids=[changed for _, changed, _ in LATER])
def test_what_a_later_message_makes_of_the_sum(offline: Advisor, told: str, changed: str, total: str) -> None:
    first = offline.ask(told, as_of=DAY)
    answer = offline.ask(changed, as_of=DAY, conversation_id=first.conversation_id)
    assert total in {n.value for n in answer.numbers if n.of == "total"}, answer.answer


#: what is told first, what is said next, and the total by hand
NEXT: list[tuple[str, str, str]] = [
    (  # 3,000 × 7.5% = 225; (3,000 + 225) × 5% = 161.25
        "express parcel to taiwan, running shoes with textile upper made in Vietnam, NT$3,600 plus NT$400 shipping, no insurance. total tax?",
        "sorry typed the price wrong, it was NT$2,600. shipping the same",
        "386",
    ),
    (  # 1,500 + 400 + 400 = 2,300, free of duty; 2,300 × 5% = 115
        "跟日本網站買一盒積木玩具 1,500，運費 350，沒保險，快遞，下半年我還沒用過免稅，會被課稅嗎？",
        "那我多加一盒 400 的積木一起寄，運費變 400，要繳多少？",
        "115",
    ),
    (  # 180 × 31.5 = 5,670; × 10.5% = 595.35; (5,670 + 595) × 5% = 313.25
        "I bought cotton knit T-shirts for US$150 plus US$30 shipping, no insurance, courier to Taipei. Take 32 as the customs rate. What do I owe?",
        "and if the rate that ten-day period is 31.5 instead?",
        "908",
    ),
    (  # 12,600 × 6.6% = 831.6; (12,600 + 831) × 5% = 671.55
        "Leather handbag from an Italian shop by DHL to Taipei: price NT$15,000, shipping NT$600, no insurance. What will customs charge me?",
        "I found it in a sale for 12,000, same shipping. What would I pay then?",
        "1502",
    ),
]


@pytest.mark.parametrize(("first", "then", "total"), NEXT)
def test_what_is_said_next_takes_the_place_of_what_was_told(
    offline: Advisor, first: str, then: str, total: str
) -> None:
    told = offline.ask(first, as_of=DAY)
    answer = offline.ask(then, as_of=DAY, conversation_id=told.conversation_id)
    quotes = [call.result for call in answer.tool_calls if call.name == "taiwan_quote"]
    assert [quote["totals"]["total"] for quote in quotes] == [total]


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("客訴單：完稅價格 6,500 的純棉針織T恤，快遞，帳單關稅 682、營業稅 359，數字對嗎？", "客人又問，那帳單上多的 250 元『報關手續費』也是海關收的稅嗎？", "不是"),
        ("CBP 7501 的 Box 6 Port Code 要填幾碼？有教學說三碼", "那西雅圖是填 5301 嗎", "3001"),
    ],
)  # fmt: skip
def test_a_message_after_a_tool_that_cannot_be_called_is_answered_from_passages(
    offline: Advisor, first: str, then: str, said: str
) -> None:
    told = offline.ask(first, as_of=DAY)
    assert said in offline.ask(then, as_of=DAY, conversation_id=told.conversation_id).answer


@pytest.mark.parametrize(
    "text",
    ["我的順豐單號 SF1029384756 現在卡在海關哪裡？", "My parents (both over 60) fly home to Taipei. How much whisky can each bring?"],
)  # fmt: skip
def test_numbers_of_shipments_and_ages_are_no_price(text: str) -> None:
    frame = understand(text, DAY)
    assert (frame.price, frame.codes) == (None, ())
