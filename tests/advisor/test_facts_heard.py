"""Facts that were said and once not heard: a price of one package, a certificate, a country, goods added, an electric bicycle."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor
from tests.advisor.heard import heard

DAY = date(2026, 11, 28)
POWER_BANK = "從中國買行動電源 3000元 運費0 保險0 快遞 有 ECFA 產地證"
WALLET = "郵包一個皮夾 2,300元 日本 運費0 保險0"


@pytest.mark.parametrize(
    ("said", "each", "count"),
    [
        ("香菸兩條 一條200支 1200元 日本 快遞", True, 2),
        ("香菸一條200支 1200元 日本 快遞", True, 1),
        ("啤酒 3 箱 一箱24罐 800元 日本 快遞 每罐330ml", True, 3),
        ("面膜 5盒，一盒10片 300元 韓國快遞", True, 5),
        ("香菸2條 每條200支 共1200元 日本 快遞", False, 200),
    ],
)
def test_the_price_of_one_package_with_what_it_holds(said: str, each: bool, count: int) -> None:
    amounts = heard(DAY, said).amounts
    assert (amounts.each, amounts.count) == (each, count)


def test_two_cartons_cost_twice_as_much(offline: Advisor) -> None:
    first = offline.ask("香菸一條200支 1200元 從日本快遞 運費0 保險0，稅多少？", as_of=DAY)
    told = offline.ask("如果是兩條呢", as_of=DAY, conversation_id=first.conversation_id)
    assert "944 元" in first.answer and "1,888 元" in told.answer  # 648 + 636 + 400 + 204 of 2,400


def test_a_certificate_in_short_words(offline: Advisor) -> None:
    first = offline.ask(POWER_BANK, as_of=DAY)
    told = offline.ask("沒有產地證的話", as_of=DAY, conversation_id=first.conversation_id)
    assert "150 元" in first.answer and "228 元" in told.answer  # at 0%, at 2.5%


@pytest.mark.parametrize(
    ("said", "origin"),
    [("巴拉圭", "PY"), ("衣索比亞", "ET"), ("古巴", "CU"), ("印度", "IN"), ("印尼", "ID"), ("不知道哪裡", None)],
)
def test_countries_with_which_taiwan_trades(said: str, origin: str | None) -> None:
    assert heard(DAY, f"蜂蜜 2公斤 {said} 3000元 快遞").origin == origin


@pytest.mark.parametrize(
    ("said", "prices"),
    [
        ("加一件 1500 元的棉 T 恤", [2300, 1500]),
        ("加個 1500 元的棉 T 恤", [2300, 1500]),
        ("改買一件 1500 元的棉 T 恤", []),
        ("附加一件 1500 元的棉 T 恤？我是說改成這個", []),
    ],
)
def test_goods_added_are_beside_those_told(said: str, prices: list[int]) -> None:
    assert [item.amounts.price for item in heard(DAY, WALLET, said).items] == prices


@pytest.mark.parametrize("said", ["電動自行車", "電動腳踏車", "ebike"])
def test_an_electric_bicycle_owes_no_tax_of_motorcycles_with_engines(offline: Advisor, said: str) -> None:
    told = offline.ask(f"日本買 {said} 60000 元 空運 運費 5000 保險 0 稅多少", as_of=DAY).answer
    assert "16,900 元" in told and "30,823" not in told  # 13,000 + 3,900 of 65,000


@pytest.mark.parametrize(
    ("said", "mode", "insurance"),
    [
        ("handbags 4202.22.40 Taiwan to US, CIF US$10,850, freight 800, insurance 50 air 2026-10-05", None, 50),
        ("handbags 4202.22.40 Taiwan to US, US$10,000, air, entry 2026-10-05", "air", None),
        ("50 air purifiers worth US$5,000 from Taiwan to US", None, None),
    ],
)
def test_a_way_of_carriage_is_nothing_that_is_counted(said: str, mode: str | None, insurance: int | None) -> None:
    told = heard(DAY, said)
    assert (told.mode, told.amounts.insurance) == (mode, insurance)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("is $800 de minimis still valid for Taiwan?", "us_de_minimis"),
        ("台灣現在還有800美元免稅嗎", "us_de_minimis"),
        ("800美元免稅對台灣還有效嗎", "us_de_minimis"),
        ("寄到台灣 800美元免稅嗎", "taiwan_quote"),
    ],
)
def test_whose_exemption_is_asked_about(said: str, intent: str) -> None:
    assert heard(DAY, said).intent == intent


@pytest.mark.parametrize(
    ("said", "parameters"),
    [
        ("帶 2 萬美元入境要申報嗎", ("tw.traveller_cash.foreign_usd",)),
        ("帶 3 萬人民幣入境會怎樣", ("tw.traveller_cash.cny",)),
        ("帶 2 萬美元的手錶入境要申報嗎", ()),
    ],
)
def test_money_is_carried_whether_called_cash_or_not(said: str, parameters: tuple[str, ...]) -> None:
    assert heard(DAY, said).parameters == parameters
