"""Later turns that hold something of the result before: claims, differences, edits of the sum. Totals by hand."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor

DAY = date(2026, 11, 28)
BAG = "Leather bag from Italy, NT$9,000 + 800 shipping, no insurance, courier to Taiwan, duty 6.6%. Total?"
HAT = "毛帽 1,950 含運保 快遞 稅率5% 這半年第一次"
THREE = "一包三樣:鋼筆 1200(5%)、筆記本 500(0%)、墨水 800(3.5%),都含運費保險,快遞"
#: what is said turn by turn, how the last answer begins, what else it holds
ANSWERS: list[tuple[list[str], str, str]] = [
    # 646 + 522 = 1,168 of 9,800
    ([BAG, "So about 12% all told?"], "Yes", "11.92%"),
    ([BAG, "Isn't VAT just 5% of 9,800, i.e. 490?"], "No", "NT$522"),
    ([BAG, "so 1,168 right?"], "Yes", "NT$1,168"),
    (["馬克杯組 完稅價格 8,000 快遞 關稅 5%", "關稅5%營業稅5%,所以直接乘10%就好?"], "不對", "10.25%"),
    (["泰國買藤編包 完稅價格 4000,關稅 6.6%,快遞", "那就是 472 對吧"], "不對", "477 元"),
    (["Sneakers to Taiwan by courier, customs value NT$2,400, duty 7.5%", "shouldn't it be only the part above 2,000?"], "No", "whole"),
    ([HAT, "那 2,050 呢", "才多一百塊 怎麼稅就要兩百多"], "比原來多 209 元", "不是只課超過的部分"),
    (["洗髮精 完稅價格 3,000 快遞 稅率5%", "如果是 3,800", "這樣多繳多少"], "比原來多 82 元", "40 元"),
    (["日本買書包 貨價 1,900 運費 300 沒保險 快遞 稅率 6.6%", "那要壓到多少以下才不用繳"], "完稅價格", "1,700 元"),
    # 6,800: 816 + 380
    (["買一件羽絨外套 6800 從韓國寄 快遞 稅率 12% 運費 450 沒保險", "那如果不算運費呢"], "**應繳 1,196 元**", "CIF"),
    # 2,100 at nothing: 105
    (["美國買耳機 2 副,每副 1800,運費 300,沒有保險,快遞,稅率 0%", "如果只留一副呢,運費一樣"], "**應繳 105 元**", "2,100"),
    # 3,300: 100 + 28 of duty, 171
    ([THREE, "鋼筆改成 2000"], "**應繳 299 元**", "3,300"),
    ([THREE, "那墨水不買了"], "**看", "1,700"),
    # 5,000 + 3,000 at 6.6%: 528 + 426
    (["義大利皮包 完稅價格 5000 快遞 6.6%", "皮帶 完稅價格 3000 6.6%", "兩個一起買一起寄呢"], "**應繳 954 元**", "8,000"),
    (["從日本買毛線帽 1,800 含運費保險 快遞 稅率10%", "三次", "那六次都用完了呢"], "**應繳 279 元**", "1,800"),
    # 190 × 32 = 6,080: 729 + 340, the dollars of the first message
    (["Two jackets at $80 each, shipping $30 total, no insurance, FedEx to Taiwan from the US, rate 32, duty 12%", "And by post?"], "**To pay: NT$1,069**", "× 32"),
    # 450 + 7 × 14 × 4.5 litres + 269
    (["3 bottles of wine 750 ml 14% to Taiwan by courier, CIF NT$4,500", "They're magnums, 1.5 L each."], "**To pay: NT$1,160**", "4.5 L"),
    (["Brass bookends made in Taiwan, HTS 8306.29.00, Free, $2,400, air, informal entry electronically filed, not express. Total?", "Customer adds another $300 worth. Now?"], "**To pay", "2,700"),
    (["20 ceramic mugs at $15 each, made in Taiwan, HTS 6912.00.39 4.5%, air, to the US", "the buyer wants only half of them"], "**To pay", "US$150"),
    (["球鞋 完稅價格 2,600 快遞 7.5% 這半年還沒用過", "賣家可以打折 折 700", "那這樣省了多少"], "比原來少 334 元", "1,900"),
    (["我公司從中國進口行動電源 完稅價格 4萬 快遞 5%", "如果附 ECFA 產證變 0% 可以省多少"], "比原來少 2,100 元", "4,100"),
    # 1,100 + 350: 290 + 7 × 15 × 0.72 litres + 90
    (["日本清酒 720ml 15度 兩瓶 一瓶 1,100 運費 500 沒保險 快遞", "少買一瓶 運費 350"], "**應繳 455 元**", "1,450"),
    (["Mexican tequila 0.75 L 40% 2 bottles CIF NT$3,600 courier taiwan", "actually they're 1 litre bottles"], "**To pay: NT$390**", "2 L"),
    (["帽子 1,200 含運保快遞 稅率 10% 今年下半年第三件", "同一天又到一包 1,100 的 同一個賣家"], "**要合併計算**", "2,300"),
    (["一包三樣東西:鋼筆 1200、筆記本 500、墨水 800,都含運費保險,快遞,多少稅", "稅率鋼筆 5%、筆記本 0%、墨水 3.5%"], "**應繳 217 元**", "2,500"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "begins", "holds"), ANSWERS, ids=[a[0][-1][:24] for a in ANSWERS])
def test_the_sum_before_is_checked_held_against_and_edited(
    offline: Advisor, asked: list[str], begins: str, holds: str
) -> None:
    turns: list[tuple[str, str]] = []
    for question in asked:
        answer = offline.ask(question, as_of=DAY, history=turns)
        turns.append((question, answer.answer))
    assert answer.composed_by == "offline"
    assert answer.answer.startswith(begins)
    assert holds in answer.answer


def test_every_figure_of_a_difference_has_its_ground(offline: Advisor) -> None:
    """The difference itself, both totals and both workings: none passes for being the tool's sentence."""
    first = offline.ask("快遞買一台關稅率 4% 的電風扇到台灣，5,000 元，運費 400、保險 50，要繳多少？", as_of=DAY)
    changed = offline.ask("運費改 700", as_of=DAY, conversation_id=first.conversation_id)
    answer = offline.ask("為什麼差這麼多", as_of=DAY, conversation_id=changed.conversation_id)
    grounds = {n.text: n.grounding.ref for n in answer.numbers}
    # 5,450: 218 + 283 = 501; 5,750: 230 + 299 = 529
    assert {"28 元", "501 元", "529 元", "5,450 元", "5,750 元", "218 元", "230 元"} <= grounds.keys(), grounds
    assert grounds["501 元"] != grounds["529 元"]
