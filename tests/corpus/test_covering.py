"""Whether what is held answers: words of other subjects are told, and the rule weighs every sign there is."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Library, covering, ranking
from corpus.covering.areas import areas_of, goods
from corpus.covering.signs import signs
from corpus.covering.wording import worded, wording
from corpus.relevance import Question, read_question
from corpus.saying import Hit
from corpus.weights import Counts
from tools.text.tokens import tokens

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
    assert {"誰", "是誰", "老闆是誰", "誰?"} <= wording("報關行的老闆是誰?")
    assert {"h", "how ", "w ma", "30 d"} <= wording("How  many in 30 days?")


@pytest.mark.parametrize("rule", [0, 1], ids=["words alone", "beside the meaning"])
def test_wording_weighs_alike_however_long_a_question_is_and_not_where_nothing_of_it_is_known(rule: int) -> None:
    held = "完稅價格怎麼算"
    once = worded(held, held)[rule]
    who = "承辦人叫什麼名字"
    alone, twice = (worded(text, held)[rule] for text in (who, f"{who} {who}"))
    assert alone < once
    assert abs(twice - alone) < abs(alone)
    assert worded(f"{who}?{held}", held)[rule] == once
    asked = "How is the value computed?"
    assert worded(f"I called Acme Ltd. on Monday. {asked}", "")[rule] >= worded(asked, "")[rule]
    assert worded("ㄅㄆㄇㄈ", "")[rule] == worded("", "")[rule] == 0.0


def test_what_the_passages_found_first_lack_of_a_question_is_weighed_besides() -> None:
    asked = "關務署署長叫什麼名字"
    lacking, said = worded(asked, ""), worded(asked, asked)
    assert lacking[0] < said[0]
    assert lacking[1] < said[1]


def test_a_question_like_those_that_a_passage_answers_is_near_it() -> None:
    held = Hit(
        "a#zh-TW-1", 1.0, frozenset(), (frozenset({"x"}),), frozenset({"x"}), (f"{' '.join(tokens('郵包 上限'))}\t",)
    )
    question = read_question("郵包上限", {"郵包": 2.0, "上限": 2.0}, (), Counts({}, 1))
    told = signs("郵包 上限", question, [held], 4.0)
    assert (told["ask_nearest"], told["asks_together"]) == (1.0, 1.0)
    other = signs("手錶 稅率", read_question("手錶稅率", {"手錶": 2.0, "稅率": 2.0}, (), Counts({}, 1)), [held], 4.0)
    assert (other["ask_nearest"], other["asks_together"]) == (0.0, 0.0)


def test_both_rules_weigh_every_sign_and_no_other(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[set[str]] = []

    def catch(text: str, question: Question, hits: list[Hit], weight: float, _said: str) -> covering.Words:
        caught.append(set(signs(text, question, hits, weight)))
        return covering.Words(0.0, 0.0)

    monkeypatch.setattr(ranking, "by_words", catch)
    library.search("X3 是什麼", as_of=DAY, lang="zh-TW")
    alone, beside, _ = covering.rules()
    assert caught == [set(alone.each)] == [set(beside.each)]


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
