"""Turns share graphs one after the other: what a turn was told, none after or beside it knows."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from langchain_core.language_models import FakeListChatModel

from advisor import Advisor
from advisor.agent import _idle
from tools.law.models import Lang

#: the same question on two sides of a change of the law, in two languages
ASKED: list[tuple[str, date, Lang]] = [
    ("MPF minimum?", date(2025, 11, 21), "en"),
    ("MPF minimum?", date(2023, 11, 21), "zh-TW"),
    ("從深圳寄包裹到美國還免稅嗎？", date(2025, 4, 1), "zh-TW"),
    ("從深圳寄包裹到美國還免稅嗎？", date(2026, 11, 21), "en"),
]


def test_turns_at_the_same_time_keep_their_day_and_their_language(offline: Advisor) -> None:
    alone = [offline.ask(question, as_of=day, lang=lang).answer for question, day, lang in ASKED]
    assert len(set(alone)) == len(ASKED)
    before = len(_idle[False])
    with ThreadPoolExecutor(4) as pool:
        wanted = [pool.submit(offline.ask, q, as_of=day, lang=lang) for q, day, lang in ASKED * 4]
    assert [found.result().answer for found in wanted] == alone * 4
    assert len(_idle[False]) <= max(before, 4)


def test_a_turn_left_by_its_reader_or_ended_by_its_model_spoils_none(offline: Advisor) -> None:
    question, day, lang = ASKED[0]
    right = offline.ask(question, as_of=day, lang=lang).answer
    left = offline.stream(ASKED[2][0], as_of=ASKED[2][1], lang=ASKED[2][2])
    next(left)
    assert offline.ask(question, as_of=day, lang=lang).answer == right
    left.close()
    broken = Advisor(offline.settings, model=FakeListChatModel(responses=[]), library=offline.library)
    assert broken.ask(question, as_of=day, lang=lang).composed_by == "fallback"
    assert offline.ask(question, as_of=day, lang=lang).answer == right


def test_a_turn_that_is_over_is_forgotten(offline: Advisor) -> None:
    model = FakeListChatModel(responses=["x"])
    told = weakref.ref(model)
    Advisor(offline.settings, model=model, library=offline.library).ask("MPF minimum?")
    del model
    gc.collect()
    assert told() is None
