"""Long conversations: a turn late in one does no more than an early one, and knows what was said at the beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

import advisor.advisor
from advisor import Advisor, Answer, Settings
from advisor.agent import run_turn
from advisor.desk import Asked, Desk
from advisor.offline import model
from advisor.offline.hear import hear
from corpus.search import Library
from tests.advisor.scenes import SCENES
from tests.advisor.scripted import ScriptedModel, says

_SUM = "{price:,} 元的石英錶，運費 200、保險 50，從日本快遞到台灣，稅多少？"
_LATER = ("那運費 {freight} 呢？", "為什麼？", "X3 是什麼？", "那郵寄呢？", "那快遞呢？")
_TURNS = 31
Say = Callable[[str], Answer]


def _by_name(offline: Advisor) -> Say:
    return lambda question: offline.ask(question, conversation_id="long")


def _by_history(offline: Advisor) -> Say:
    turns: list[tuple[str, str]] = []

    def say(question: str) -> Answer:
        answer = offline.ask(question, history=turns)
        turns.append((question, answer.answer))
        return answer

    return say


def _at_the_desk(offline: Advisor) -> Say:
    desk = Desk(offline.settings, advisor=offline)
    return lambda question: desk.ask("shop", Asked(question, conversation_id="long"))


@pytest.mark.parametrize(("price", "door"), [(3_001, _by_name), (3_002, _by_history), (3_003, _at_the_desk)])
def test_a_late_turn_hears_and_moves_no_more_messages_than_an_early_one(
    offline: Advisor, monkeypatch: pytest.MonkeyPatch, price: int, door: Callable[[Advisor], Say]
) -> None:
    heard, moved = 0, 0

    def hearing(*given: Any) -> Any:
        nonlocal heard
        heard += 1
        return hear(*given)

    def moving(*given: Any) -> Iterator[list[BaseMessage]]:
        nonlocal moved
        for messages in run_turn(*given):
            moved += len(messages)
            yield messages

    monkeypatch.setattr(model, "hear", hearing)
    monkeypatch.setattr(advisor.advisor, "run_turn", moving)
    say, work, told = door(offline), [], []
    for turn in range(_TURNS):
        question = _LATER[(turn - 1) % len(_LATER)] if turn else _SUM
        heard, moved = 0, 0
        told.append(say(question.format(price=price, freight=205 + turn)).answer)
        work.append((heard, moved))
    assert work[1:11] == work[11:21] == work[21:31]
    assert [heard for heard, _ in work] == [1] * _TURNS
    assert f"{price + 205 + 26 + 50:,}" in told[27], "the sum of the first turn, with the freight of the 27th"


def test_a_hosted_model_reads_the_last_turns_whole_and_the_rules_know_the_first(
    settings: Settings, library: Library
) -> None:
    scripted = ScriptedModel([says("應繳 12,345 元。")])  # nothing bears it: the rules answer
    asking = Advisor(settings, model=scripted, library=library)
    turns = [
        (SCENES["watch_zh"].question, "應繳 332 元。"),
        *((f"X{1 + n % 4} 是什麼？", f"第 {n} 類") for n in range(24)),
    ]
    answer = asking.ask("那運費 300 呢？", history=turns)
    read = [message for message in scripted.seen[0] if message.type != "system"]
    assert [m.text for m in read] == [text for turn in turns[10:] for text in turn] + ["那運費 300 呢？"]
    assert isinstance(read[0], HumanMessage)
    assert answer.composed_by == "fallback"
    assert "342 元" in answer.answer
