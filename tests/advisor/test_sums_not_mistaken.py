"""Figures that were once taken for something else: a sum of several goods, a product, a count of the year, freight of 232, VAT, limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor import Advisor
from tests.advisor.heard import heard

DAY = date(2026, 11, 28)
SHIRT = "從日本買一件 3,500 元的棉質 T 恤，運費 250、保險 0，快遞到台灣要繳多少稅？"
DOLLARS = "從美國寄一件棉質 T 恤到台灣，120 美元，運費 0 保險 0，快遞要多少稅？"
CHEAP = "從日本買一件 1,500 元的棉質 T 恤快遞到台灣，運費 0 保險 0，"
GIFTS = "從日本郵寄一包禮物到台灣，皮夾 2,300 元、餅乾 400 元，運費 0、保險 0，稅多少？"


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("從日本寄一盒餅乾和一件外套到台灣，共 8,000 元，快遞要繳多少稅？", True),
        ("從日本買餅乾和外套，總共 8,000 元，快遞寄台灣", True),
        ("A coat and a box of biscuits from Japan to Taiwan by courier, together 8,000 TWD, how much tax?", True),
        ("從日本買兩件棉質 T 恤和一雙皮鞋共 8,000 元寄到台灣", True),
        ("一件紅色棉質 T 恤和一件藍色棉質 T 恤共 3,000 元，從日本快遞到台灣", False),
        ("跟朋友從日本買一件棉質 T 恤 3,000 元，快遞到台灣要多少稅", False),
        ("從日本買一件棉質 T 恤和運費共 3,000 元，快遞到台灣要多少稅", False),
        ("從日本買餅乾 3,000 元和皮鞋 5,000 元寄到台灣", False),
    ],
)
def test_one_sum_of_several_goods_is_known_as_such(text: str, several: bool) -> None:
    assert heard(DAY, text).one_sum is several


def test_no_rate_of_one_of_the_goods_is_applied_to_the_sum_of_all(offline: Advisor) -> None:
    told = offline.ask("從日本寄一盒餅乾和一件外套到台灣，共 8,000 元，運費 0、保險 0，快遞要繳多少稅？", as_of=DAY)
    assert told.status == "needs_input" and [f.slot for f in told.follow_up] == ["shares"]
    assert "25%" not in told.answer and "8,000 元" in told.answer


def test_what_each_cost_takes_the_place_of_the_sum() -> None:
    sum_ = "A box of biscuits and a coat from Japan to Taiwan by courier, together 8,000 yen"
    told = heard(DAY, sum_, "biscuits 3,000 yen and the coat 5,000 yen")
    assert [i.amounts.price for i in told.items] == [3000, 5000] and not told.one_sum
    year = heard(DAY, "我從韓國買兩盒面膜和一雙鞋總共 3600 元 快遞 稅多少", "面膜 1600，鞋子 2000")
    assert [i.amounts.price for i in year.items] == [1600, 2000]
    other = heard(DAY, "我從韓國買兩盒面膜和一雙鞋總共 3600 元 快遞 稅多少", "面膜 1600，鞋子 2001")
    assert other.one_sum and not other.items  # it does not come to the sum
    for named in ("面膜是 2020 年買的，鞋子 2000", "面膜是 2020 年買的", "鞋子 2000", "鞋子的稅率是多少"):  # no price
        told = heard(DAY, "我從韓國買兩盒面膜和一雙鞋總共 3600 元 快遞 稅多少", named)
        assert told.one_sum and told.price == 3600
    bag = heard(DAY, sum_, "What if it's a leather bag instead?")
    assert not bag.one_sum and bag.price == 8000
    part = heard(DAY, sum_, "the biscuits are 3,000 yen")
    assert part.one_sum and part.price == 8000


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("匯率 31.5 應該是 3,780 吧", "31.5"),
        ("at 31.5 that should be 3,780 right?", "31.5"),
        ("匯率 31.5，所以是 3,780 元", "31.5"),
        ("匯率 31.5，稅應該是 606 吧", "31.5"),
    ],
)
def test_what_a_price_comes_to_at_a_rate_of_exchange_is_no_new_price(said: str, rate: str) -> None:
    amounts = heard(DAY, DOLLARS, said).amounts
    assert (amounts.price, amounts.exchange_rate, amounts.currency) == (120, Decimal(rate), "USD")


def test_a_new_price_beside_a_rate_of_exchange_stays_one() -> None:
    assert heard(DAY, DOLLARS, "那 150 美元，匯率 32 呢？").amounts.price == 150


def test_the_product_told_is_held_against_the_customs_value(offline: Advisor) -> None:
    right = _last(offline, DOLLARS, "匯率 31.5 應該是 3,780 吧")
    assert right.startswith("對，") and "604 元" in right  # 396 + 208
    with_freight = DOLLARS.replace("運費 0", "運費 20 美元")
    assert _last(offline, with_freight, "匯率 31.5 應該是 3,780 吧").startswith("不對，不是只看 3,780 元")
    assert _last(offline, DOLLARS, "匯率 31.5 應該是 3,800 吧").startswith("不對，不是 3,800 元")


BAG = "快遞買一個皮包到台灣 15,000 元，運費 600，沒有保險，要繳多少？"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("應該是 3,780 吧", "不對，不是 3,780 元"),
        ("應該是 1,860 元吧？", "對，"),
        ("價格應該是 3,780 吧", "**應繳 522 元**"),  # 289 + 233 of 4,380
        ("打錯了，應該是 3,780 吧", "**應繳 522 元**"),
        ("不對，應該是 3,780 元", "**應繳 522 元**"),
    ],
)
def test_a_guess_at_the_result_is_no_new_price(offline: Advisor, said: str, verdict: str) -> None:
    assert _last(offline, BAG, said).startswith(verdict)


def test_a_guess_at_a_sum_without_its_rate_of_exchange_leaves_the_price(offline: Advisor) -> None:
    assert heard(DAY, DOLLARS, "應該是 3,780 吧").price == 120
    assert "合計 120 美元" in _last(offline, DOLLARS, "應該是 3,780 吧")


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ("今年第八件", None),
        ("今年已經用了 8 次免稅", None),
        ("今年第三件", 2),  # no more than three in either half
        ("今年下半年第八件", 7),
        ("這半年第八件", 7),
        ("今年第八件、下半年第三件", 2),
    ],
)
def test_a_count_of_the_year_is_none_of_its_second_half(told: str, used: int | None) -> None:
    assert heard(DAY, f"{CHEAP}{told}，要繳稅嗎？").used_exemptions == used


def test_until_june_the_year_is_the_half_year() -> None:
    assert heard(date(2026, 5, 2), f"{CHEAP}今年第八件，要繳稅嗎？").used_exemptions == 7


@pytest.mark.parametrize(
    ("said", "freight", "insurance"),
    [("那運費 232 呢？", 232, 0), ("And freight of 232?", 232, 0), ("那保險 301 呢？", 250, 301)],
)
def test_a_charge_with_the_number_of_an_act_is_a_charge(said: str, freight: int, insurance: int) -> None:
    amounts = heard(DAY, SHIRT, said).amounts
    assert (amounts.freight, amounts.insurance) == (freight, insurance)


@pytest.mark.parametrize(
    ("said", "freight"),
    [
        ("運費 200，232 要加嗎", 200),
        ("運費 150，232、301 都要加嗎", 150),
        ("運費 200,232 條款適用嗎", 200),
        ("運費 12，301 還能加嗎", 12),
        ("運費 12，301", 12301),  # typed with the comma of the input method
        ("運費 1，232 要加嗎", 1232),
        ("運費 12,301 要加嗎", 12301),
        ("運費 12，301 要加上去嗎", 12),
        ("運費 12，301 美元要加嗎", 12301),
    ],
)
def test_a_comma_before_the_number_of_an_act_is_no_separator(said: str, freight: int) -> None:
    assert heard(DAY, "中國的鋼螺絲 5,000 美元海運到美國", said).amounts.freight == freight


def test_the_number_of_an_act_is_no_charge() -> None:
    assert heard(DAY, "中國的鋼螺絲 5,000 美元空運到美國，運費 200 美元", "那 232 呢？").amounts.freight is None


@pytest.mark.parametrize(
    "said", ["VAT rate is 5%", "營業稅率是 5%", "加值稅率 5%，對吧？", "The VAT rate is 5%, so tax is 5% of 3,750?"]
)
def test_the_rate_of_business_tax_is_no_rate_of_duty(said: str) -> None:
    told = heard(DAY, SHIRT, said)
    assert told.amounts.rate is None and told.check is None


def test_a_rate_of_duty_beside_that_of_business_tax_counts() -> None:
    assert heard(DAY, SHIRT, "duty rate is 8% and VAT rate is 5%").amounts.rate == Decimal("0.08")
    assert heard(DAY, SHIRT.replace("運費", "關稅 5%、營業稅率 5%、運費")).amounts.rate == Decimal("0.05")


def test_the_limit_is_of_the_parcel_and_no_price_of_one_of_its_goods(offline: Advisor) -> None:
    said = _last(offline, GIFTS, "餅乾沒超過 2,000 應該免稅吧？")
    assert "整個包裹" in said and "314 元" in said  # 171 + 143 of 2,700
    assert "273 元" in _last(offline, GIFTS, "餅乾不要了，這樣免稅嗎")  # 151 + 122 of 2,300
    wallet = "郵局寄來一個皮夾 完稅價格2,600，5% 算對吧？"
    assert "309 元" in _last(offline, wallet, "可是單件超過兩千會不會不一樣？那要繳多少")  # 171 + 138


def _last(offline: Advisor, *turns: str) -> str:
    told: list[tuple[str, str]] = []
    for turn in turns:
        told.append((turn, offline.ask(turn, as_of=DAY, history=told).answer))
    return told[-1][1]
