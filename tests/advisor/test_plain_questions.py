"""Plain questions that were once passed by: what a traveller may bring, an act named by its number alone."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor
from advisor.offline.understand import understand

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Can I bring 3 bottles of whisky from Tokyo? I'm 45", "1 L"),
        ("i bought 3 bottls of whisky 0.7L at Narita can i bring them all to Taiwan", "Over the free quantity"),
        ("我可以從東京帶三瓶威士忌嗎", "1 公升"),
        ("能帶兩條菸回來嗎", "200"),
        ("美國 232 鋼鐵現在幾 %", "50%"),
        ("What's the Section 232 rate on steel right now?", "50%"),
    ],
)
def test_a_plain_question_is_answered(question: str, said: str, offline: Advisor) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert said in answer.answer


@pytest.mark.parametrize(
    ("first", "then", "value"),
    [
        ("Wooden furniture from Taiwan, $45,000, HTS 9403.50.90, ocean, formal. Total?", "Does the wood 232 apply to it?", 45000),
        ("台灣木製家具 45,000 美元海運到美國 9403.50.90 要多少", "木製品那個 232 要加嗎", 45000),
        ("Taiwan mugs 6912.00.44 $3,000 by air to the US, formal, total?", "does 301 apply too?", 3000),
    ],
)  # fmt: skip
def test_the_number_of_an_act_is_no_price(first: str, then: str, value: int) -> None:
    later = understand(then, DAY, understand(first, DAY))
    held = later if later.intent == "us_quote" else later.held
    assert held is not None
    assert held.amounts.price == value


def test_goods_with_a_hyphen_are_counted() -> None:
    told = understand("200 T-shirts from Vietnam to the US, $8 each, HTS 6109.10.00, ocean. Duty?", DAY)
    assert told.amounts.each
    assert told.amounts.count == 200
    assert told.amounts.price == 8


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("木椅 800 美元從越南海運到美國，要付哪些？", "us_quote"),
        ("從越南寄 900 美元的東西到美國，要付哪些稅？", "us_quote"),
        ("皮包 12,000 元快遞到台灣，要付哪些？", "taiwan_quote"),
        ("木椅 12,000 元從越南寄來，要付哪些稅？", "taiwan_quote"),
        ("木椅 800 美元從越南海運到美國，還免稅嗎？", "us_de_minimis"),
        ("美國小額免稅 800 美元以下要付哪些？", "us_de_minimis"),
        ("進口要付哪些文件費？", "policy"),
        ("Which taxes do I pay on imports to Taiwan?", "policy"),
    ],
)
def test_which_taxes_goods_pay_is_their_sum(question: str, intent: str) -> None:
    assert understand(question, DAY).intent == intent


@pytest.mark.parametrize("then", ["and for the US?", "那美國呢"])
def test_the_exemption_of_the_other_side_is_told(then: str) -> None:
    assert understand(then, DAY, understand("What is the de minimis for Taiwan?", DAY)).intent == "us_de_minimis"


def test_the_day_of_an_entry_stays_though_a_ruling_is_spoken_of() -> None:
    entered = understand(
        "After the court ruling, what duty applies to T-shirts from Vietnam 6109.10.00 $10,000 entered on 15 September "
        "2025 by air, and can we get it back?",
        DAY,
    )
    assert entered.days == (date(2025, 9, 15),)
    ruled = understand(
        "Since the Supreme Court struck down the IEEPA tariffs this February, are my $200 courier parcels from Hong Kong "
        "duty free again?",
        DAY,
    )
    assert ruled.days == ()


@pytest.mark.parametrize(
    "text", ["棉襪 price 338 shipping 122 by courier to Taiwan, is it taxed?", "襪子 338，運費 122，快遞到台灣要課稅嗎"]
)
def test_an_amount_told_as_one_is_no_act(text: str) -> None:
    told = understand(text, DAY).amounts
    assert told.price == 338
    assert told.freight == 122


def test_who_is_too_young_has_no_quantity_free(offline: Advisor) -> None:
    young = offline.ask("我兒子 17 歲可以帶一瓶 0.7 公升的酒回台灣嗎", as_of=DAY).answer
    assert "酒不行" in young
    assert "在免稅量以內" not in young
    over = offline.ask("Flying into Taipei with 2 litres of whisky, I am 30. Allowed duty free?", as_of=DAY).answer
    assert "Over the free quantity" in over


@pytest.mark.parametrize(
    ("text", "price", "freight"),
    [
        ("手錶 3,000 元 UPS 寄台灣稅多少", 3000, None),
        ("台灣馬克杯寄到美國 500 美元 DHL 要繳多少", 500, None),
        ("鞋 3,000 元，450 EMS，台灣要稅嗎", 3000, 450),
        ("watch 3,000 with 450 DHL to Taiwan, tax?", 3000, 450),
    ],
)
def test_a_carrier_behind_the_one_amount_carries_the_goods(text: str, price: int, freight: int | None) -> None:
    told = understand(text, DAY).amounts
    assert told.price == price
    assert told.freight == freight


@pytest.mark.parametrize(
    "text", ["快遞公司說我的包裹 C2 是什麼意思", "C2 是什麼", "my parcel was drawn for C2, what does it mean"]
)
def test_a_channel_of_clearance_is_told(text: str, offline: Advisor) -> None:
    answer = offline.ask(text, as_of=DAY).answer
    assert "C3" in answer
    assert "A2C2" not in answer


def test_a_country_with_a_slip_of_the_pen_is_the_country() -> None:
    shirts = "200 T-shirts from Vietnam to the US, $8 each, HTS 6109.10.00, ocean. Duty?"
    assert understand("and if it was made in Tiawan instead", DAY, understand(shirts, DAY)).origin == "TW"
