"""Talk about the talk: thanks, words that say nothing, answers that say nothing is known, and answers wanted again."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.offline.hear import hear
from advisor.offline.several import split_questions
from advisor.offline.talk import bare, small_talk, wanted_language

DAY = date(2026, 11, 28)
WATCH = "從日本買一支 3,000 元的石英錶，運費 200，快遞，要繳多少稅？"


@pytest.mark.parametrize(
    ("text", "talk"),
    [("謝謝您，解釋得很清楚！", "thanks"), ("ok thanks a lot, bye", "thanks"), ("您好", "greeting"), ("hello there?", None),
     ("不是", "unclear"), ("yes", "unclear"), ("謝謝，那關稅呢", None), ("thanks, and by post?", None)],
)  # fmt: skip
def test_courtesy_is_told_from_questions(text: str, talk: str | None) -> None:
    assert small_talk(text) == talk


@pytest.mark.parametrize(
    ("text", "telling"),
    [("剛剛你說的稅率是多少？", "recall"), ("how much did I say the freight was?", "recall"), ("幫我寫成給客人的回覆", "reply"),
     ("put that into an email to my customer", "reply"), ("幫我整理重點", "summary"), ("can you say that in English", "again"),
     ("再說一次", "again"), ("為什麼是 170？", None), ("那郵寄呢？", None), ("改成 4,000 元", None)],
)  # fmt: skip
def test_an_answer_is_wanted_again(text: str, telling: str | None) -> None:
    assert hear(text, DAY, hear(WATCH, DAY)).telling == telling


def test_what_is_asked_next_goes_on_from_before_the_retelling() -> None:
    told = hear("幫我整理重點", DAY, hear(WATCH, DAY))
    assert hear("那郵寄呢？", DAY, told).route == "post"
    assert hear("那郵寄呢？", DAY, hear("謝謝", DAY, told)).route == "post"


@pytest.mark.parametrize(("text", "insurance"), [("沒有", 0), ("none", 0), ("不知道", None), ("not sure", None)])
def test_nothing_is_an_amount_and_not_knowing_is_none(text: str, insurance: int | None) -> None:
    frame = hear(text, DAY, hear(WATCH, DAY))
    assert (frame.intent, frame.amounts.insurance, frame.unknown) == ("taiwan_quote", insurance, insurance is None)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("1. 免稅額多少 2. 可以用幾次", 2), ("What is X3? And what is the MPF minimum?", 2), ("稅率是 1.5% 嗎？", 0),
     ("用快遞嗎？還是郵寄？", 0), ("X3 是什麼\n要不要按 EZ WAY\n營業稅幾 %", 3), ("①X3 是什麼 ②營業稅多少", 2)],
)  # fmt: skip
def test_questions_of_one_message_are_told_apart(text: str, pieces: int) -> None:
    assert len(split_questions(text)[2]) == pieces


def test_facts_told_once_hold_for_every_question() -> None:
    frame = hear("我從日本買石英錶 3,000 元，運費 200，快遞。1. 要繳多少稅？ 2. 要不要按 EZ WAY？ 3. 改郵寄呢？", DAY)
    assert [part.intent for part in frame.parts] == ["taiwan_quote", "policy", "taiwan_quote"]
    assert frame.parts[2].route == "post" and frame.parts[2].price == 3000


def test_a_request_for_a_language_is_no_part_of_what_is_searched() -> None:
    assert wanted_language("請用英文說") == "en" and wanted_language("英文書要繳稅嗎") is None
    assert bare("您好，請問什麼是完稅價格？謝謝") == "什麼是完稅價格？"
