"""Each scorer on answers made by hand: what passes, what does not, and what is left unscored."""

from __future__ import annotations

from typing import Any

import pytest

from evals.scorers import JUDGES, MEASURES, score
from tests.evals.made import CITED, answer, case, number

TOTAL = number("332 元", "332", "TWD", "total")


@pytest.mark.parametrize(
    ("scorer", "wanted", "said", "passed"),
    [
        ("status", {}, {"text": "應繳 332 元。"}, True),
        ("status", {}, {"text": "?", "status": "not_covered"}, False),
        ("money", {}, {"text": "應繳 332 元。", "numbers": (TOTAL,)}, True),
        ("money", {}, {"text": "應繳。", "numbers": (TOTAL,)}, False),
        ("money", {}, {"text": "應繳 332 元。", "numbers": (number("332 元", "332", "TWD", "total", "question"),)}, False),
        ("money", {}, {"text": "應繳 332 元。", "numbers": (number("332 元", "332", "USD", "total"),)}, False),
        ("money", {}, {"text": "應繳 332 元。", "numbers": (number("332 元", "332", "TWD", "duty"),)}, False),
        ("facts", {"facts": ["低價應稅|X3"]}, {"text": "屬 Ｘ３。"}, True),
        ("facts", {"facts": ["低價應稅|X3"]}, {"text": "屬 X2。"}, False),
        ("forbidden", {"forbidden": ["免稅"]}, {"text": "要課稅。"}, True),
        ("forbidden", {"forbidden": ["免稅"]}, {"text": "**免稅**。"}, False),
        ("citations", {"citations": ["apec-taiwan-express-experience"]}, {"scene": "report", "text": "見報告 [1]。"}, True),
        ("citations", {"citations": ["tw-express-classes"]}, {"scene": "report", "text": "見報告 [1]。"}, False),
        ("citations", {}, {"scene": "report", "text": "見報告 [2]。"}, False),
        ("citations", {}, {"text": "見報告 [1]。", "citations": (CITED,)}, False),
        ("grounding", {}, {"text": "應繳 332 元。"}, True),
        ("grounding", {}, {"text": "應繳 333 元。"}, False),
        ("tools", {"tools": [{"name": "taiwan_quote", "arguments": {"goods": [{"price": 3000.0}]}}]}, {"text": "?"}, True),
        ("tools", {"tools": [{"name": "taiwan_quote", "arguments": {"freight": "201"}}]}, {"text": "?"}, False),
        ("tools", {"tools": [{"name": "law_lookup"}]}, {"text": "?"}, False),
        ("questions", {"asks": ["price"]}, {"text": "?", "slots": ("price",)}, True),
        ("questions", {"asks": ["price"]}, {"text": "?", "slots": ("price", "goods")}, False),
        ("questions", {"asks": ["price"], "may_ask": ["goods"]}, {"text": "?", "slots": ("price", "goods")}, True),
        ("questions", {}, {"text": "?", "slots": ("a", "b", "c")}, False),
        ("language", {}, {"text": "應繳 332 元。"}, True),
        ("language", {}, {"text": "应缴 332 元。"}, False),
        ("language", {}, {"text": "根據網絡資料，應繳 332 元。"}, False),
        ("language", {}, {"text": "You pay NT$332 to customs."}, False),
        ("language", {"lang": "en"}, {"text": "You pay NT$332 (應繳合計).", "language": "en"}, True),
        ("language", {"lang": "en"}, {"text": "應繳 332 元", "language": "en"}, False),
        ("brevity", {"max_characters": 5}, {"text": "應繳 332 元。"}, False),
    ],
)  # fmt: skip
def test_a_scorer(scorer: str, wanted: dict[str, Any], said: dict[str, Any], passed: bool) -> None:
    made = {"scene": "taiwan", **said}
    found = JUDGES[scorer](case(**wanted), answer(**made))
    assert found.passed is passed
    assert bool(found.reason) is not passed or scorer == "brevity"


def test_what_is_measured_is_not_judged() -> None:
    scores = score(case(), answer("taiwan", "應繳 332 元。", numbers=(TOTAL,)))
    assert {name: (s.value, s.passed) for name, s in scores.items() if name in MEASURES} == {
        "latency": (12.0, None), "tokens": (0.0, None), "cost": (0.0, None),
    }  # fmt: skip
    assert scores["brevity"].passed is None
    assert all(s.passed is not False for s in scores.values())


def test_tokens_nobody_told_are_unscored() -> None:
    hosted = answer("taiwan", "?").model_copy(update={"model": "openai:x"})
    assert MEASURES["tokens"](case(), hosted).value is None
    assert MEASURES["cost"](case(), hosted).value is None
