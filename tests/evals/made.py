"""Answers made by hand for the tests of the evals: what tools gave stands here, typed off the facts, not computed."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.answer import Answer, Citation, CitationSource, FollowUp, Grounding, Number, ToolCall
from evals.cases import Case

DAY = date(2026, 11, 21)

#: tw-facts E25: 3,000 + 200 + 50 at 5 %
TAIWAN: dict[str, Any] = {
    "jurisdiction": "tw", "as_of": "2026-11-21", "complete": True,
    "input": {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%", "ccc_code": "9102.11.00.00-6"}]},
    "lines": [
        {"key": "duty", "amount": "162", "currency": "TWD", "base": "3250", "rate": "5%", "formula": "3,250 × 5% = 162.5 → 162", "legal_basis": "關稅法第 29 條"},
        {"key": "business_tax", "amount": "170", "currency": "TWD", "base": "3412", "rate": "5%", "formula": "(3,250 + 162) × 5% = 170.6 → 170", "legal_basis": "營業稅法第 20 條"},
        {"key": "trade_promotion_fee", "amount": "0", "currency": "TWD", "rate": "0.04%", "formula": "3,250 × 0.04% = 1.3 ≤ 100 → 0", "legal_basis": "貿易法第 21 條"},
    ],
    "totals": {"customs_value": "3250", "duty": "162", "taxes": "170", "fees": "0", "total": "332", "landed_cost": "3582"},
    "regime": {"class": "X3", "limit": {"id": "tw.low_value.limit", "value": "2000", "unit": "TWD", "effective_from": "2018-01-01"}},
}  # fmt: skip
#: us-facts 2.1
FEE: dict[str, Any] = {
    "name": "us.mpf", "on": "2026-11-21",
    "entries": [
        {"in_force": {"id": "us.mpf.rate", "value": "0.003464", "unit": "ratio", "effective_from": "2018-01-01", "effective_to": None}},
        {"in_force": {"id": "us.mpf.minimum", "value": "34.58", "unit": "USD", "effective_from": "2026-10-01", "effective_to": "2027-09-30"},
         "others": [{"id": "us.mpf.minimum", "value": "33.58", "unit": "USD", "effective_from": "2025-10-01", "effective_to": "2026-09-30"}]},
        {"in_force": {"id": "us.mpf.maximum", "value": "670.86", "unit": "USD", "effective_from": "2026-10-01", "effective_to": "2027-09-30"}},
    ],
}  # fmt: skip
PASSAGE = (
    "報告指出，臺灣自 1995 年起辦理空運快遞通關，2024 年快遞報單每年已超過 3,500 萬筆；C1 貨物出倉約需 2 分鐘。"
    "研究舉的簡化稅率為 20%、15%、10%、8%、5%、3% 或免稅。會議於 2024 年 8 月 15 日至 16 日在秘魯舉行。"
)
CITED = Citation(
    marker="[1]", document_id="apec-taiwan-express-experience", title="APEC 會議報告", section="快遞通關", passage=PASSAGE,
    source=CitationSource(publisher="財政部關務署", citation="113 年 11 月 8 日出國報告", url=None), authority="brief",
    effective_from=None, effective_to=None, status="in_force",
)  # fmt: skip

QUESTIONS = {
    "taiwan": "從日本買 3,000 元的石英錶，運費 200、保險 50，快遞要繳多少稅？",
    "fee": "MPF 最低 27.75 美元、最高 538.40 美元，這還對嗎？",
    "report": "APEC 報告說臺灣的快遞報單有多少？",
}
_RESULTS = {"taiwan": ("taiwan_quote", TAIWAN), "fee": ("law_lookup", FEE)}


def answer(
    scene: str, text: str, *, status: Any = "answered", language: Any = "zh-TW", citations: tuple[Citation, ...] = (),
    numbers: tuple[Number, ...] = (), slots: tuple[str, ...] = (), elapsed_ms: int = 12, **more: Any,
) -> Answer:  # fmt: skip
    """An answer with the trace of its scene."""
    calls: tuple[ToolCall, ...] = ()
    if scene in _RESULTS:
        name, result = _RESULTS[scene]
        calls = (ToolCall(id="1", name=name, arguments=result.get("input", {}), result=result),)
    if scene == "report":
        found = {"passages": [{"text": PASSAGE}]}
        calls = (ToolCall(id="1", name="policy_search", arguments={"question": "APEC"}, result=found),)
        citations = citations or (CITED,)
    return Answer(
        id="a", conversation_id="c", question=QUESTIONS.get(scene, "?"), language=language, as_of=DAY, model="offline",
        composed_by="offline", status=status, answer=text, citations=citations, numbers=numbers, tool_calls=calls,
        follow_up=tuple(FollowUp(slot=s, question="?", matters="") for s in slots), elapsed_ms=elapsed_ms, **more,
    )  # fmt: skip


def number(text: str, value: str, unit: str, of: str, kind: Any = "tool") -> Number:
    """A figure as the product lists it."""
    return Number(text=text, value=value, unit=unit, of=of, grounding=Grounding(kind=kind, ref="1"))


def case(**more: Any) -> Case:
    """A case that wants the total of the watch."""
    row = {
        "id": "a-case", "question": QUESTIONS["taiwan"], "lang": "zh-TW", "as_of": DAY, "status": "answered",
        "figures": [{"value": "332", "unit": "TWD", "of": "total"}], "source": "tw-facts E25", "reason": "a test",
        "tags": ["t"], "difficulty": "easy", "author": "tests",
    }  # fmt: skip
    return Case.model_validate(row | more)
