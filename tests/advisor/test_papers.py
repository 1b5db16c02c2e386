"""Questions about papers: boxes by any numbering and what the online guide has wrong, entry numbers."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

import pytest
import yaml

from advisor import Advisor
from advisor.evidence import build_ledger
from advisor.guard.review import review
from advisor.offline.compose.papers import compose_papers
from advisor.offline.papers import boxes_asked, numbering_of
from advisor.offline.plan import plan
from advisor.offline.understand import understand
from tests.tools.tables import CASES
from tools.law.models import Lang
from tools.registry import published

DAY = date(2026, 11, 21)
ERRORS = yaml.safe_load((CASES / "paperwork" / "guide.yaml").read_text("utf-8"))["errors"]
ASKED: list[tuple[dict[str, Any], Lang]] = [(case, lang) for case in ERRORS for lang in ("zh-TW", "en")]  # type: ignore[misc]


@pytest.mark.parametrize(("case", "lang"), ASKED, ids=[f"error-{c['error']}-{lang}" for c, lang in ASKED])
def test_the_guide_is_set_right_by_its_own_numbers(case: dict[str, Any], lang: Lang) -> None:
    question = case["zh" if lang == "zh-TW" else "en"]
    frame = understand(question, DAY)
    calls = [call for call in plan(frame) if call[0] == "form_7501_box"]
    papers = [published()[name].call(arguments, DAY) for name, arguments in calls]
    text = compose_papers(papers, frame, lang).text
    assert re.search(case["says"][lang], text, re.IGNORECASE), text
    if case["official"]:
        assert re.search(rf"(?:第|box) ?{case['official'][0]}\b", text), text
        assert re.search(rf"(?:第|box) ?{case['official'][1]}\b", text), text
    checked = review(text, build_ledger(question, DAY, [("call_1", paper) for paper in papers]), lang)
    assert not checked.violations


@pytest.mark.parametrize(("text", "boxes"), [
    ("第 4 欄是什麼", ("4",)),
    ("box 29", ("29",)),
    ("欄位 21", ("21",)),
    ("7501 第 10 欄跟第 14 欄差在哪", ("10", "14")),
    ("2024 年版 7501 第 21 到 24 欄", ("21", "22", "23", "24")),
    ("7501 boxes 41-43", ("41", "42", "43")),
    ("What goes into box 36C?", ("36C",)),
    ("第 2 欄稅率怎麼適用", ()),
    ("第 1 欄跟第 2 欄差在哪", ()),
    ("column 2 duty", ()),
    ("買 3 個盒子 box of 12", ()),
])  # fmt: skip
def test_boxes_are_told_from_columns_of_the_tariff(text: str, boxes: tuple[str, ...]) -> None:
    assert boxes_asked(text) == boxes


def test_the_numbering_is_the_one_that_is_named() -> None:
    named = {"指南的欄位 8": "guide", "舊版第 27 欄": "before", "2024 新版第 33 欄": "2024", "第 4 欄": None}
    assert {text: numbering_of(text) for text in named} == named


@pytest.mark.parametrize(("question", "said"), [
    ("第 4 欄是什麼", "保證公司"),
    ("What goes into box 29 of CBP Form 7501?", "HTSUS"),
    ("報單號碼 ABC-1234567-5 的檢查碼對嗎？", "應為 6"),
    ("DHL 帳單：日本石英錶 3,000 元、運費 200、保險 50，進口稅 162、營業稅 185、報關費 300，這樣對嗎？", "帳單多 15 元"),
    (("FedEx bill: Taiwan handbags (HTS 4202.22.40), value $700 by express to the US, entered 2026-10-05. Duty $314.30, "
     "Merchandise Processing Fee $1.38, Disbursement Fee $15.00. Is it right?"), "US$244.30 higher"),
])  # fmt: skip
def test_a_paper_is_answered_and_nothing_is_taken_out(
    question: str, said: str, offline: Advisor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = offline.ask(question, as_of=DAY)
    assert (answer.status, said in answer.answer) == ("answered", True)
    assert not caplog.records
