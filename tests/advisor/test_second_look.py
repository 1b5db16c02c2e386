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
