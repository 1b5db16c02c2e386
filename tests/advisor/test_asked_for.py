"""What a question asks a passage for: the kind of thing, of which place, of which text, and how many parts ask."""

from __future__ import annotations

import pytest

from advisor.offline.compose.asked_for import (
    asks_of_text,
    asks_several,
    of_others,
    parts_of,
    telling_sentences,
    tells,
    weights,
)
from corpus.search import Passage


def _passage(section: str, text: str, kind: str = "document", coverage: float = 0.5) -> Passage:
    return Passage(
        id="x#1", document_id="x", title="x", section=section, text=text, language="zh-TW", score=1.0,
        coverage=coverage, relevance=0.9, effective_from=None, effective_to=None, status="historical",
        authority="brief", kind=kind, certainty="confirmed", jurisdiction="APEC", publisher="x", citation="x", url=None,
        document=None, known_as=(), bound=(),
    )  # fmt: skip


#: question; what a passage says; whether that is the kind of thing asked for
KINDS = [
    ("秘魯有幾成的人口？", "大約七成人口在非正規經濟。", True),
    ("秘魯有幾成的人口？", "原因有偏鄉沒有網路。", False),
    ("What share of firms is micro?", "Micro firms are 95% of all.", True),
    ("What share of firms is micro?", "Many firms are micro.", False),
    ("哪一年開始？", "自 1995 年起。", True),
    ("哪一年開始？", "分成 3 類。", False),
    ("出國幾天？", "共 11 天。", True),
    ("出國幾天？", "由四位人員提出。", False),
    ("第 84 章屬於第幾類？", "機械在第 16 類。", True),
    ("第 84 章屬於第幾類？", "電腦在第 84 章。", False),
    ("誰介紹？", "由 UNODC 介紹。", True),
]


@pytest.mark.parametrize(("question", "said", "told"), KINDS)
def test_a_passage_tells_the_kind_of_thing_asked_for(question: str, said: str, told: bool) -> None:
    assert tells(_passage("", said), question) is told


def test_a_passage_without_it_counts_less_where_another_has_it() -> None:
    having, without = _passage("", "97% 的企業"), _passage("", "許多企業")
    more, less = weights([having, without], "佔比是多少？")
    assert more > less
    alone, other = weights([without, without], "佔比是多少？")
    assert alone == other == more


def test_the_text_asked_about_counts_more_than_the_law() -> None:
    text, law = weights([_passage("", "文章說", "document"), _passage("", "法律", "law")], "文章說運費要不要算？")
    assert text > law
    text, law = weights([_passage("", "文章說", "document"), _passage("", "法律", "law")], "運費要不要算？")
    assert text == law


#: question; what a passage says; whether it is of other places only
PLACES = [
    ("What share of Mexico's GDP?", "Peru and Korea gave figures.", True),
    ("What share of Mexico's GDP?", "Mexico and Peru gave figures.", False),
    ("What share of Mexico's GDP?", "A speaker gave figures.", False),
    ("What share of GDP?", "Peru gave figures.", False),
]


@pytest.mark.parametrize(("question", "said", "others"), PLACES)
def test_a_passage_of_other_places_is_told_from_one_of_the_place_asked(question: str, said: str, others: bool) -> None:
    assert of_others(_passage("", said), question) is others


#: question; its parts; whether more than one asks
PARTS = [
    ("報告說是哪一年創立？每件都要過 X 光嗎？", 2, True),
    ("Roughly what share works informally, said the broker", 2, False),
    ("智利的門檻是多少？", 0, False),
]


@pytest.mark.parametrize(("question", "parts", "several"), PARTS)
def test_parts_that_ask_are_counted(question: str, parts: int, several: bool) -> None:
    assert (len(parts_of(question)), asks_several(question)) == (parts, several)


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [("文章說 465 元怎麼來的？", True), ("According to the 7501 guide, who files?", True), ("運費要算嗎？", False)],
)
def test_a_question_of_a_text_is_told(question: str, is_asked: bool) -> None:
    assert asks_of_text(question) is is_asked


def test_the_sentences_of_a_document_that_tell_most_are_quoted_in_their_order() -> None:
    text = "3. 疫情期間的挑戰很多。企業要有彈性。2020 年至 2022 年有三分之二的企業暫時停業。其次，運輸要多樣。"
    said = telling_sentences(_passage("", text), "疫情期間有多少企業停業？", 2)
    assert said == ["3. 疫情期間的挑戰很多。", "2020 年至 2022 年有三分之二的企業暫時停業。"]
