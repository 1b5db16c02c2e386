"""What a document says and what the law is today: told side by side, each with its source, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from langchain_core.messages import AIMessage

from advisor import Advisor, Settings
from corpus import Library, open_library
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf
from tests.advisor.scripted import calls, play, says

TODAY = date(2026, 11, 27)
MANUAL = """# 斑馬快運作業手冊

## 斑馬快運寄美國

斑馬快運代辦寄到美國的貨，商品處理費（MPF）最低 USD 27.75，最高 USD 538.40。

## 斑馬快運收件

斑馬快運寄到台灣的包裹，免稅門檻是 3,000 元。碼頭收件到週三下午四點。
"""
GUIDE = """# Zebra desk guide

Zebra desk: the merchandise processing fee has a minimum of $27.75. The zebra desk closes on Wednesday.
"""
BRIEFS = ("us-merchandise-processing-fee", "tw-low-value-exemption")


@pytest.fixture(scope="module")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    home = tmp_path_factory.mktemp("documents")
    Shelf(home).put("manual.md", MANUAL.encode(), TODAY)
    Shelf(home).put("guide.md", GUIDE.encode(), TODAY)
    few = tuple(b for b in shipped_briefs() if b.front.id in BRIEFS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.search.shipped_briefs", lambda: few)
        return Advisor(Settings(home=home, today_override=TODAY), library=open_library(home))


#: question; what the answer says, in its order; documents cited. Figures: facts of both packs
ASKED = [
    ("斑馬快運手冊怎麼說寄美國的商品處理費最低和最高", ["34.58 美元", "670.86 美元", "和現行規定不同", "27.75"], {"user"}),
    ("斑馬快運手冊說收件到幾點、免稅門檻多少", ["2,000 元", "和現行規定不同", "3,000 元", "下午四點"], {"user"}),
    ("斑馬快運 手冊怎麼說", ["和現行規定不同", "27.75", "現行規定：", "34.58 美元"], {"user", "brief"}),
    ("Which day of the week does the zebra desk close?", ["The document says", "Wednesday"], {"user"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "says", "sources"), ASKED, ids=[q for q, _, _ in ASKED])
def test_a_document_and_the_law_are_told_apart(
    advisor: Advisor, question: str, says: list[str], sources: set[str]
) -> None:
    answer = advisor.ask(question, as_of=TODAY)
    places = [answer.answer.find(words) for words in says]
    assert -1 not in places and places == sorted(places), answer.answer
    assert sources <= {c.authority for c in answer.citations}


def test_a_claim_of_its_own_time_is_no_conflict(advisor: Advisor) -> None:
    """FY2022 ran to 2022-09-30: on a day of it the manual was right."""
    on = date(2022, 3, 1)
    found = advisor.library.search("斑馬快運手冊 商品處理費", as_of=on, lang="zh-TW")
    assert [c.claim for c in found.conflicts if c.parameter == "us.mpf.minimum"] == []


def test_a_search_brings_both_figures_with_which_governs_and_why(advisor: Advisor) -> None:
    found = advisor.library.search("斑馬快運 碼頭收件", as_of=TODAY, lang="zh-TW", limit=1)
    (conflict,) = [c for c in found.conflicts if c.parameter == "tw.low_value.limit"]
    assert (conflict.claim, conflict.current, conflict.governs) == ("3,000 元", "2,000 元", "law")
    assert conflict.effective_from == date(2018, 1, 1) and "關稅法" in conflict.citation
    assert "效力高於文件" in conflict.why
    beside = [p for p in found.passages if p.authority == "brief"]
    assert any(b.parameter == "tw.low_value.limit" and b.value == "2000" for p in beside for b in p.bound)


SCAN = calls(("document_scan", {"text": "寄到台灣的包裹，免稅門檻是 3,000 元。"}))
RIGHT = says("文件寫的 3,000 元不正確：臺灣的低價免稅限額為 2,000 元（2018年1月1日起）。")
WRONG = says("文件寫的 3,000 元不正確：臺灣的低價免稅限額為 2,500 元。")


@pytest.mark.parametrize(("replies", "by"), [((RIGHT,), "model"), ((WRONG, WRONG), "fallback")])
def test_a_model_scans_a_text_and_its_figures_are_checked(
    settings: Settings, library: Library, replies: tuple[AIMessage, ...], by: str
) -> None:
    turn = play(settings, library, "幫我看這段文字有沒有寫錯", (SCAN, *replies), lang="zh-TW", as_of=TODAY)
    assert turn.answer.composed_by == by, turn.blocked
    assert "2,000 元" in turn.answer.answer and "2,500" not in turn.answer.answer
    assert [c.name for c in turn.answer.tool_calls] == ["document_scan"]
