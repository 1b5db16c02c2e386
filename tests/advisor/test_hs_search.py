"""Questions for the code of goods, for a heading or chapter: what is called, what is said, nothing taken out by the guard."""

from __future__ import annotations

import logging

import pytest

from advisor import Advisor, Settings
from advisor.offline.codes import codes_asked, goods_asked
from corpus import Library


@pytest.mark.parametrize(
    ("question", "tool", "said"),
    [
        ("HS code for bamboo chopsticks?", "hs_search", ("**4419.12**", "not a classification")),
        ("竹筷的號列是什麼？", "hs_search", ("**4419.12**", "不是歸類決定")),
        ("HS 第 64 章是什麼？", "tariff_code", ("第 64 章鞋靴", "6309")),
        ("What is HS heading 9503?", "tariff_code", ("toys and models", "pets")),
        ("HS 6404.11 是什麼貨品？", "tariff_code", ("6404.11", "第 64 章鞋靴")),
    ],
)
def test_the_nomenclature_answers(
    question: str,
    tool: str,
    said: tuple[str, ...],
    settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = Advisor(settings, library=library).ask(question)
    assert answer.status == "answered"
    assert [call.name for call in answer.tool_calls] == [tool]
    assert not [words for words in said if words not in answer.answer], answer.answer
    assert not caplog.records


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("第 64 章是什麼 HS", ("64",)),
        ("HS chapters 61 and 62, the difference?", ("61", "62")),
        ("9102.11.00.00-6 的稅率", ("9102.11.00.00-6",)),
        ("4202 這一節是什麼", ("4202",)),
        ("報告第 3 章寫什麼", None),
        ("7501 的申報價值要不要加運費", None),
        ("2024 年的報告", None),
    ],
)
def test_codes_asked_about(text: str, codes: tuple[str, ...] | None) -> None:
    found = codes_asked(text)
    assert (found.codes if found else None) == codes


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("What is the HS code for a wooden picture frame?", "wooden picture frame"),
        ("貓跳台的號列是什麼？", "貓跳台"),
        ("矽膠手機殼要歸在哪一節", "矽膠手機殼"),
        ("準則三乙怎麼歸類", None),
        ("How much duty on jeans?", None),
    ],
)
def test_goods_whose_code_is_asked_for(text: str, goods: str | None) -> None:
    assert goods_asked(text) == goods
