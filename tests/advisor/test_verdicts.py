"""A question for a yes or a no gets one, from the result; a figure that is asked about is no fact of the case."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.advisor import Advisor
from advisor.offline.whether import doubts, is_billed, points_asked, questions

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("低於 2000 應該免稅吧? 運費多少?", ["低於 2000 應該免稅吧"]),
        ("冷氣 18,000，要不要貨物稅，總共多少", ["要不要貨物稅"]),
        ("He says 39%. Is that right?", ["He says 39%"]),
        ("How much is the duty?", []),
    ],
)
def test_the_clauses_that_want_a_yes_or_a_no(text: str, clauses: list[str]) -> None:
    assert [q.clause for q in questions(text)] == clauses


def test_what_is_asked_about_is_told_from_what_is_given() -> None:
    assert doubts("does the 20% tariff still apply?", 9)
    assert not doubts("duty rate 5%, is it free?", 10)
    assert is_billed("海關要我繳 1,500 元，他算對嗎?", 6)
    assert not is_billed("海關要我繳 1,500 元，怎麼繳?", 6)
    assert [p.name for p in points_asked("tw", "要不要貨物稅?")] == ["commodity_tax"]


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("完稅價格 49,500 的塑膠盒，快遞，可以走簡易申報吧?", "**可以用簡易申報**"),
        ("完稅價格 50,001 的塑膠盒，快遞，可以走簡易申報吧?", "**不能用簡易申報**"),
        ("韓國冷氣 18,000 含運含保，快遞，要不要貨物稅?", "**要課貨物稅 20%**"),
        ("我從大阪帶兩條菸回來，我 25 歲，可以嗎?", "**超過免稅量"),
        ("Copper pipe from Chile HTS 7411.10.10, $8,000 by sea, is section 232 on it?", "**Yes, Section 232"),
    ],
)
def test_the_verdict_comes_first(offline: Advisor, asked: str, begins: str) -> None:
    assert offline.ask(asked, as_of=DAY).answer.startswith(begins)


def test_a_part_of_the_calculation_is_asked_about_later(offline: Advisor) -> None:
    first = offline.ask(
        "Cotton shirts from Bangladesh HTS 6205.20.20, column 1 19.7%, $3,000 formal entry by sea. total?", as_of=DAY
    )
    later = offline.ask("Is the 122 surcharge in there?", as_of=DAY, conversation_id=first.conversation_id)
    assert later.answer.startswith("**No, that one is not charged**")
    assert "US$3,000" in later.answer  # the value stays: the number of a section is no amount
