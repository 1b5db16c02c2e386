"""Plain questions that were once passed by: what a traveller may bring, an act named by its number alone."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Advisor

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Can I bring 3 bottles of whisky from Tokyo? I'm 45", "1 L"),
        ("我可以從東京帶三瓶威士忌嗎", "1 公升"),
        ("能帶兩條菸回來嗎", "200"),
        ("美國 232 鋼鐵現在幾 %", "50%"),
        ("What's the Section 232 rate on steel right now?", "50%"),
    ],
)
def test_a_plain_question_is_answered(question: str, said: str, offline: Advisor) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert said in answer.answer
