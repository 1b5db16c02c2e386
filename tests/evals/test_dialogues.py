"""The dialogues of docs/dialogues.md: current, and each answer holds what was worked by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor import Advisor, Answer, Settings
from corpus.search import Library
from evals.dialogues import DOCUMENT, Dialogue, held, missed, read_dialogues, render

AS_OF, DIALOGUES = read_dialogues()


def test_there_are_twenty_and_both_languages_speak() -> None:
    chinese = [d for d in DIALOGUES if re.search("[\u4e00-\u9fff]", d.turns[0])]
    assert (len(DIALOGUES), 8 < len(chinese) < 20) == (20, True)


@pytest.fixture(scope="module")
def answers(home: Path, library: Library) -> dict[str, list[Answer]]:
    advisor = Advisor(Settings(home=home, today_override=AS_OF), library=library)
    return {d.title: held(advisor, d, AS_OF) for d in DIALOGUES}


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[d.title for d in DIALOGUES])
def test_each_answer_holds_what_it_must(answers: dict[str, list[Answer]], dialogue: Dialogue) -> None:
    assert not missed(dialogue, answers[dialogue.title])


def test_the_document_is_what_the_program_says(answers: dict[str, list[Answer]]) -> None:
    text = render(AS_OF, [(d, answers[d.title]) for d in DIALOGUES])
    assert DOCUMENT.read_text("utf-8") == text, "write it anew: ./customs eval dialogues --write"
