"""A later message changes how many there are, the rate of each of several goods, the day, or the papers; the rest stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor import Advisor
from advisor.offline.goods import find_items
from advisor.offline.slots import read_slots
from advisor.offline.used import used_exemptions
from advisor.offline.when import absolute
from tools.text.quantities import find_quantities

NOVEMBER, FEBRUARY = date(2026, 11, 21), date(2026, 2, 10)
#: day, what is said turn by turn, totals the last answer holds; by hand: duty cut to the dollar, then business tax on both
CHANGES: list[tuple[date, list[str], list[str]]] = [
    # (150 × 2 + 45) × 32.5 = 11,213 by half up; 5% is 560, 5% of 11,773 is 588
    (NOVEMBER, ["Tennis racket US$150 plus US$30 shipping, no insurance, FedEx from the US to Taiwan. Customs rate 32.5, duty 5%. Tax?", "My brother wants one too: two rackets, shipping US$45 in total. Now?"], ["1148"]),
    # 10,000 of five, 6,000 of three: 6.6% is 396, 5% of 6,396 is 319
    (NOVEMBER, ["5 leather wallets CIF NT$10,000 by DHL to Taiwan, tax?", "actually only 3 wallets"], ["715"]),
    (NOVEMBER, ["日本 皮夾 5 個 完稅價格 10,000 快遞 多少稅", "喔其實只有 3 個"], ["715"]),
    # 2.5 × 40 × 1.4 litres is 140, 5% of 6,140 is 307
    (NOVEMBER, ["One bottle of Scotch, 0.7 L at 40%, CIF NT$3,000, courier to Taiwan. How much tax?", "We take two bottles"], ["447"]),
    # 26 × 3.96 litres is 102, 5% of 1,302 is 65
    (NOVEMBER, ["6 cans of beer 330 ml 5% CIF NT$600 by courier to Taiwan, tax?", "make it 12 cans"], ["167"]),
    # 3 × 20,000: duty free, 5% of 60,000
    (NOVEMBER, ["手機 完稅價格 20000 快遞 香港 多少稅", "兩支呢", "再加一支呢"], ["3000"]),
    # exemptions used are no goods: 5% of 2,500 is 125, 5% of 2,625 is 131
    (NOVEMBER, ["日本買石英錶 完稅價格 2500 快遞 多少稅", "我這半年已經用了 2 件免稅"], ["256"]),
    # two of them: 6,000 at 5% is 300, 5% of 6,300 is 315
    (NOVEMBER, ["hair dryer from Japan by DHL to Taiwan, CIF NT$3,000, two of them. Tax?"], ["615"]),
    # by post 5% of 3,900 is 195; by courier 170 + 130 + 59.4 is 359
    (NOVEMBER, ["郵局一個包裹三樣:針織棉帽 1,700、瓷杯 1,300、皮夾 900,都已含運費保險,同一個寄件人,要繳多少?", "同一包改走 DHL 呢(帽子 10%、瓷杯 10%、皮夾 6.6%)?哪個划算"], ["399", "571"]),
    # commodity tax of 13% on 26,400 until the end of 2025
    (FEBRUARY, ["我要從日本進口一台彩色電視,走空運一般貨運,完稅價格 24,000,進口稅多少?", "如果是去年 12 月 15 號就進口的,會差多少?為什麼"], ["3720", "7323"]),
    (NOVEMBER, ["電視 日本 空運 完稅價格 24000 2025年12月15日進口 多少稅", "今年進口會差多少"], ["3720", "7323"]),
    # tyres of bicycles bear no commodity tax
    (NOVEMBER, ["泰國買汽車輪胎四條,快遞,完稅價格共 16,000,多少稅?", "換成腳踏車外胎,關稅 5%,一樣 16,000,還要貨物稅嗎"], ["1640"]),
    # column 1 2.5%, column 2 free with the proof
    (NOVEMBER, ["大陸製行動電源 快遞 完稅價格4000 沒有ECFA原產地證明 多少稅", "如果能提供ECFA原產地證明書呢?可以省多少"], ["305", "200"]),
    (NOVEMBER, ["行動電源 大陸製 完稅價格 4000 快遞 有 ECFA 產證 多少稅", "結果產證拿不到"], ["305"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "turns", "totals"), CHANGES, ids=[turns[-1][:24] for _, turns, _ in CHANGES])
def test_one_thing_changes_and_the_rest_stays(offline: Advisor, day: date, turns: list[str], totals: list[str]) -> None:
    known = None
    for turn in turns:
        answer = offline.ask(turn, as_of=day, conversation_id=known)
        known = answer.conversation_id
    found = {n.value for n in answer.numbers if n.of == "total"}
    assert set(totals) <= found, answer.answer


USED = [
    ("I've had 6 parcels since July", NOVEMBER, 6),
    ("I used the exemption twice since July", NOVEMBER, 2),
    ("七月到現在已經用了六次免稅", NOVEMBER, 6),
    ("我上半年快遞已經用掉六次免稅了,這件是七月的第一件", date(2026, 7, 10), 0),
    ("我上半年已經用掉六次免稅了", date(2026, 5, 10), 6),
    ("6 parcels since March", NOVEMBER, None),
]


@pytest.mark.parametrize(("text", "day", "used"), USED)
def test_exemptions_are_those_of_the_half_year(text: str, day: date, used: int | None) -> None:
    said = absolute(text, day)
    assert used_exemptions(said, find_quantities(said), day) == used


@pytest.mark.parametrize(
    "text",
    ["沒有ECFA原產地證明", "賣家開不出產證", "產證拿不到", "without an ECFA certificate of origin", "they can't provide a certificate of origin"],
)  # fmt: skip
def test_a_paper_that_is_wanting_is_not_held(text: str) -> None:
    assert "preference_proof" not in read_slots(text, "taiwan_quote").values


TWO_KINDS = [
    "香檳 0.75 公升 12 度 1,500 元威士忌 0.7 公升 40 度 2,000 元快遞到台灣",
    "one champagne 0.75 L 12% NT$1,500 one whisky 0.7 L 40% NT$2,000 by courier to Taiwan",
    "champagne and whisky by courier to Taiwan, CIF NT$1,500 and NT$2,000, 0.75 L 12% and 0.7 L 40%",
]


@pytest.mark.parametrize("text", TWO_KINDS)
def test_two_kinds_are_told_apart_without_commas(text: str) -> None:
    items = find_items(text, date(2026, 11, 27))
    prices = [i.amounts.customs_value or i.amounts.price for i in items]
    assert prices == [Decimal(1500), Decimal(2000)]
    told = [i.slots["taiwan_quote"] for i in items]
    assert [(t["volume_litres"], t["alcohol_percent"]) for t in told] == [(Decimal("0.75"), 12), (Decimal("0.7"), 40)]
