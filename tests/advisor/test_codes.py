"""Questions about a code: the verdict first, what it stands on, and nothing the guard must take out."""

from __future__ import annotations

import logging

import pytest

from advisor import Advisor, Settings
from corpus import Library


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        ("稅則號碼 8517.12 還能用嗎？", "8517.12", ("8517.12：沒有這個號列",)),
        ("8517.12 這個號列還能用嗎？", "8517.12", ("8517.12：沒有這個號列", "8517.13, 8517.14")),
        ("Does HS code 8517.12 exist?", "8517.12", ("No, 8517.12 is not in", "8517.13, 8517.14")),
        ("is 8517.13 a valid hs code", "8517.13", ("Yes, 8517.13 is in",)),
        ("Is 6109.10.00.00-7 a valid CCC code?", "6109.10.00.00-7", ("No, 6109.10.00.00-7", "6109.10.00.00-6")),
        ("6109.10.00.00-6 的稅率", "6109.10.00.00-6", ("有這個號列", "第一欄稅率：10.5%")),
        ("Is HTS number 9903.99.99 valid?", "9903.99.99", ("cannot be verified",)),
        ("6109.10.00.12 這個稅號有效嗎", "6109.10.00.12", ("有這個號列", "16.5%", "9903.88.15")),
    ],
)
def test_a_question_about_a_code_is_answered_from_the_schedule(
    question: str,
    code: str,
    said: tuple[str, ...],
    settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = Advisor(settings, library=library).ask(question)
    assert answer.status == "answered"
    assert [(c.name, c.arguments) for c in answer.tool_calls] == [("tariff_code", {"code": code})]
    assert not [words for words in said if words not in answer.answer], answer.answer
    assert not caplog.records
