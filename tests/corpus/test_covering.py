"""Whether what is held answers: words of other subjects are told, and the rule weighs every sign there is."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Library, covering, ranking
from corpus.covering.areas import areas_of, goods
from corpus.covering.signs import signs
from corpus.covering.wording import wording
from corpus.relevance import Question
from corpus.saying import Hit

DAY = date(2026, 11, 27)

#: words, and the subjects beside customs that they tell
SUBJECTS: list[tuple[str, set[str]]] = [
    ("明天會下雨嗎", {"weather"}),
    ("公司登記要多少資本額", {"company"}),
    ("綜合所得稅的扶養", {"income_tax"}),
    ("How do I renew my passport?", {"immigration"}),
    ("Do you think mortgage rates are fair?", {"opinion", "bank"}),
    ("Sales taxes in Oregon", {"income_tax", "place", "state"}),
    ("TradeWaltz 的執行長是誰", {"attribute"}),
    ("單一窗口忘記密碼", {"account", "tech"}),
    ("How do I price my products for Amazon?", {"shop"}),
    ("完稅價格要不要加運費", set()),
    ("What is the merchandise processing fee?", set()),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_words_of_other_subjects_are_told(text: str, subjects: set[str]) -> None:
    assert set(areas_of(text)) == subjects


def test_words_of_goods_are_those_of_goods_and_not_of_customs() -> None:
    assert {"釣竿", "saxophon"} <= goods()
    assert not {"關稅", "報關", "包裹", "duti", "import", "custom"} & goods()


def test_a_question_is_read_as_it_is_worded() -> None:
    assert {"誰", "是誰", "是誰$", "^報關"} <= wording("報關行的老闆是誰？")
    assert {"how", "how_many", "^how", "0", "days$"} <= wording("How many in 30 days?")


def test_the_rule_weighs_every_sign_and_no_other(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[set[str]] = []

    def catch(text: str, question: Question, hits: list[Hit], weight: float) -> float:
        caught.append(set(signs(text, question, hits, weight)))
        return 0.0

    monkeypatch.setattr(ranking, "covering", catch)
    library.search("X3 是什麼", as_of=DAY, lang="zh-TW")
    assert caught == [set(covering.weights()[1])]


#: two questions that differ in one thing: the first is answered here, the second nowhere
PAIRS = [
    ("寄到台灣的包裹多少錢以下免稅", "寄到德國的包裹多少錢以下免稅"),
    ("台灣進口營業稅怎麼算", "台灣的綜合所得稅怎麼算"),
    ("What is the merchandise processing fee?", "What is the courier's storage fee per day?"),
]


@pytest.mark.parametrize(("held", "strange"), PAIRS, ids=[strange for _, strange in PAIRS])
def test_a_question_like_it_that_nothing_answers_is_told_apart(library: Library, held: str, strange: str) -> None:
    def covered(question: str) -> bool:
        lang = "en" if question.isascii() else "zh-TW"
        return library.search(question, as_of=DAY, lang=lang).covered  # type: ignore[arg-type]

    assert (covered(held), covered(strange)) == (True, False)
