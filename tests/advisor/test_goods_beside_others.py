"""Several goods of which a schedule holds one by name: the others count too, each at its own price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor import Advisor
from tests.advisor.heard import heard

DAY = date(2026, 11, 28)
COAT_AND_WALLET = "韓國 外套 3500元、皮夾 2200元 運費500 快遞 無保險"


@pytest.mark.parametrize(
    ("said", "prices"),
    [
        (COAT_AND_WALLET, [3500, 2200]),
        ("韓國 外套 3500 鞋子 2200 運費共500 快遞 無保險", [3500, 2200]),
        ("買了三千五的外套跟兩千二的鞋子 韓國 快遞 運費五百 保險沒有", [3500, 2200]),
        ("從日本買一件外套 3,500 元和一雙皮鞋 2,200 元，快遞，運費 500", [3500, 2200]),
        ("外套 3500、皮夾 2200、T恤 1200 日本快遞", [3500, 2200, 1200]),
        ("A coat for $300 and a leather wallet for $80 from Taiwan to the US by courier, how much duty?", [300, 80]),
        ("從日本買一件 3,500 元的棉質 T 恤，運費 250，朋友說要 500 元", []),
        ("從日本買皮夾 2,200 元，訂金 500 元，尾款 1,700 元，快遞", []),
        ("A leather wallet for $80 from Taiwan to the US, discount $20, how much duty?", []),
        ("皮夾 2200 元 日本快遞 關稅 500 元 合理嗎", []),
        ("日本瓷器茶杯 1,990，運費60，沒保險，快遞到台灣，稅率10%。超過兩千要課稅齁？", []),
        ("外套 1,500 日本快遞 運費 100，未滿 2,000 不用課吧", []),
    ],
)
def test_each_of_several_goods_has_its_price(said: str, prices: list[int]) -> None:
    assert [item.amounts.price for item in heard(DAY, said).items] == [Decimal(p) for p in prices]


def test_the_goods_held_do_not_take_the_price_of_the_others(offline: Advisor) -> None:
    told = offline.ask(COAT_AND_WALLET, as_of=DAY).answer
    # 3,500 and 2,200 with their shares of 500: 3,807 at 12% (or 10.5%) and 2,393 at 6.6%
    assert "954 元" in told and "894 元" in told and "4,000" not in told


@pytest.mark.parametrize(
    ("said", "freight"), [("公仔 30000円 送料3000円", 3000), ("公仔 30000 円，運費 3000 円", 3000)]
)
def test_yen_are_yen_as_japanese_shops_write_them(offline: Advisor, said: str, freight: int) -> None:
    amounts = heard(DAY, f"日本寄來 {said} 匯率0.2236 快遞 沒保險").amounts
    assert (amounts.price, amounts.freight, amounts.currency) == (30000, freight, "JPY")
    told = offline.ask(f"日本寄來 {said} 匯率0.2236 快遞 沒保險，稅多少？", as_of=DAY)
    assert "368 元" in told.answer  # 33,000 at 0.2236 are 7,379


@pytest.mark.parametrize(
    "said",
    [
        "A parcel by mail from Taiwan worth $60 entered 2026-10-05, duty?",
        "US entry dated 2026-03-01, value 3,000 from Taiwan by air, how much duty?",
        "包裹 60 美元 台灣寄美國 2026-10-05 入境 關稅多少",
    ],
)
def test_words_of_the_entry_are_no_goods(said: str) -> None:
    told = heard(DAY, said)
    assert told.subheading is None and not any(told.goods.values())
