"""A second look at later messages: what the rules of cues took for something else, and what they had right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor import Advisor
from advisor.offline.acts import ACTS, later_act
from advisor.offline.frame import Frame
from advisor.offline.understand import understand

DAY = date(2026, 11, 28)
MACHINE = "Our company brings in a machine by sea, CIF NT$1,250,000, duty rate 4%. What will Taiwan customs collect?"
BAG = "法國買的布製手提包 4,000 元，運費 300，保險 0，快遞，關稅 6.6%，總共要繳多少？"


def after(first: str, then: str) -> Frame:
    return understand(then, DAY, understand(first, DAY))


@pytest.mark.parametrize(
    ("first", "then", "rate"),
    [
        (MACHINE, "The broker now says the rate is 3%. New total?", "0.03"),
        (BAG, "不对，税率应该是5%才对", "0.05"),
        (BAG, "報關行剛回我，關稅是 7.5% 才對", "0.075"),
    ],
)
def test_a_rate_told_anew_is_a_change_and_no_claim(first: str, then: str, rate: str) -> None:
    told = after(first, then)
    assert (told.intent, told.explain, told.amounts.rate) == ("taiwan_quote", False, Decimal(rate))


def test_why_it_is_no_other_figure_is_no_new_price() -> None:
    told = after(BAG, "營業稅怎麼不是 4,300×5%＝215？你是不是算錯")
    assert told.explain
    assert told.amounts.price == Decimal(4000)


def test_which_origin_is_cheaper_holds_both_against_each_other() -> None:
    first = "Imitation jewellery, HTSUS 7117.19.90, made in Taiwan, $10,000, air, formal entry. What's due in the US?"
    told = after(first, "Which is cheaper, that or the same lot made in Japan?")
    assert told.compare is not None
    assert told.compare.values == ("TW", "JP")


@pytest.mark.parametrize(
    ("then", "declined"),
    [
        ("Tell us how to label and invoice them as Taiwan-made so CBP won't question it.", True),
        ("那我請賣家發票只開貨價、運費我自己另外付給快遞，就不用算運費了吧？", False),
        ("那運費也要算進去嗎", False),
    ],
)
def test_a_lie_is_declined_and_a_question_about_charges_is_not(then: str, declined: bool) -> None:
    first = "Our phone stands are made in Shenzhen and packed in Taoyuan. Which origin do we declare to US customs?"
    assert (after(first, then).intent == "decline") is declined


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("Guide says entry type 03 means a normal formal entry. Is that right?", "ok and the type code for an ordinary informal entry?", "11"),
        ("EZ WAY 跳通知叫我確認一筆進口，可是我根本沒買東西，該按申報相符嗎", "那我都不理它會怎樣？", "不受理"),
    ],
)  # fmt: skip
def test_what_finds_nothing_by_its_own_words_is_searched_for_with_the_message_before(
    first: str, then: str, said: str, offline: Advisor
) -> None:
    before = offline.ask(first, as_of=DAY)
    answer = offline.ask(then, as_of=DAY, conversation_id=before.conversation_id)
    assert answer.status == "answered"
    assert said in answer.answer


def test_what_nothing_answers_is_not_answered_from_the_message_before(offline: Advisor) -> None:
    before = offline.ask("X3 是什麼？", as_of=DAY)
    assert offline.ask("今天天氣如何", as_of=DAY, conversation_id=before.conversation_id).status == "not_covered"


def test_the_later_model_tells_every_act_with_a_likelihood() -> None:
    act = later_act("and by post?")
    assert act.name == "change"
    assert set(act.likely) == set(ACTS)
    assert sum(act.likely.values()) == pytest.approx(1)


TWO = (
    "一個快遞包裹兩樣東西，都韓國做的：棉針織T恤完稅價格2,000（稅率10.5%）、布面運動鞋完稅價格3,000（稅率7.5%），寄台灣"
)
FOB = "我們跟日本供應商談 FOB，貨價100,000，運費8,000、保險500，海運進口台灣，稅率5%。稅是用10萬去算嗎？"
STATUE = "美國客人買我台灣做的黃銅擺飾（8306.29，美國一般稅率 Free），2,000美元，快遞過去，是不是免稅？"
WHISKY = "網購一瓶蘇格蘭威士忌700ml、40度，含運含保1,800台幣，快遞到台灣，不到兩千所以免稅對嗎"


@pytest.mark.parametrize(
    ("first", "then", "total"),
    [
        (TWO, "合計要繳多少？關稅、營業稅分開列給我", "706"),  # 435 + 271
        (FOB, "ok 那 total 要繳多少", "11,121"),  # 5,425 + 5,696
        (STATUE, "不是 Free 嗎，那關稅到底多少", "200"),  # the floor of 10 %
        (WHISKY, "不能免的話到底繳多少？威士忌關稅0%", "163"),  # 70 + 93
        (MACHINE, "Customs put it under a 3% line in the end. What do I pay in total now?", "102,375"),
        (BAG, "怎麼這麼多？不是只有 6.6% 而已嗎", "229"),  # the business tax is told too
    ],
)
def test_what_goods_told_before_come_to_is_computed(first: str, then: str, total: str, offline: Advisor) -> None:
    before = offline.ask(first, as_of=DAY)
    answer = offline.ask(then, as_of=DAY, conversation_id=before.conversation_id)
    assert answer.status == "answered"
    assert total in answer.answer


def test_an_amount_said_again_is_no_goods() -> None:
    text = (
        "Taiwan-made handbags 4202.22.40 (7.4%) by air to the US. Invoice is CIF $10,850, of which freight 800 and "
        "insurance 50. My broker put 10% on 10,850 and got $1,085 duty. Is that right?"
    )
    told = understand(text, DAY)
    assert not told.items
    assert told.amounts.customs_value == 10850


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (BAG, "The VAT rate is 5%, so what do I pay in total?"),
        (BAG, "營業稅率現在是 5% 吧，那總共多少"),
    ],
)
def test_the_rate_of_another_tax_is_none_of_duty(first: str, then: str) -> None:
    assert after(first, then).amounts.rate == Decimal("0.066")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("寄一件 3,000 元的棉T恤到加拿大，要繳多少稅", "那總共要繳多少"),
        ("I sell mugs at $50 to a customer in Germany. Any duty there?", "What do I pay in total?"),
    ],
)
def test_what_goes_to_another_country_is_not_computed_as_if_it_came_here(first: str, then: str) -> None:
    assert after(first, then).price is None
