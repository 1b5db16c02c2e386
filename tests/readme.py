"""The answers that both READMEs print, made again: `.venv/bin/python -m tests.readme` writes them, test_readme.py compares."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from advisor import Advisor
from advisor.answer import Answer
from tools.inputs import read_input
from tools.taiwan import TaiwanQuoteInput, quote
from ui.cli.asking import as_text

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.zh-TW.md")
DAY = date(2026, 11, 21)
TERM = "Is a US$600 parcel from Shenzhen still duty free in the US? And on 2025-03-01?"
WATCH = "從日本買一支 3,000 元的石英錶，運費 200，保險 50，快遞進口台灣要繳多少稅？"
_QUOTED = {
    "route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}],
}  # fmt: skip
_ASKED = re.compile(
    r'(?<=^\$ \./customs ask ")(?P<question>[^\n]*)" --as-of 2026-11-21\n.*?(?=^```)', re.DOTALL | re.MULTILINE
)
_TRACE = re.compile(r"^status answered.*?(?=^```)", re.DOTALL | re.MULTILINE)
_REPLAYED = re.compile(r"(?<=identical )sha256:[0-9a-f]{64}")


def renewed(page: str, advisor: Advisor) -> str:
    """A README with its answers, trace and receipt as the program gives them now."""
    answers = {asked: advisor.ask(asked, as_of=DAY) for asked in (TERM, WATCH)}

    def shown(match: re.Match[str]) -> str:
        asked = match["question"]
        text = as_text(answers[asked.replace("\\$", "$")])
        return f'{asked}" --as-of {DAY}\n{text}\n'

    page = _ASKED.sub(shown, page)
    page = _TRACE.sub(lambda _: trace(answers[WATCH]), page)
    receipt = quote(read_input(TaiwanQuoteInput, _QUOTED), as_of=DAY).receipt
    return _REPLAYED.sub(receipt, page)


def trace(answer: Answer) -> str:
    """What an answer rests on: its calls, and each of its figures once; days and arithmetic left out."""
    rows = [f"status {answer.status}, as_of {answer.as_of}, model {answer.model}, composed_by {answer.composed_by}"]
    for call in answer.tool_calls:
        rows.append(f"{call.id}  {call.name}  {json.dumps(call.arguments, ensure_ascii=False)}")
        rows.append(f"        {call.result['receipt']}")
    first = {n.of: n for n in reversed(answer.numbers) if n.unit and n.unit != "date"}
    for number in answer.numbers:
        if first.get(number.of or "") is number:
            wide = sum(ord(c) > 0x2E80 for c in number.text)
            rows.append(f"{number.text:<{11 - wide}}{number.of:<34}{number.grounding.kind:<10}{number.grounding.ref}")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    from advisor import Settings

    made = Advisor(Settings.from_environment())
    for name in PAGES:
        file = ROOT / name
        file.write_text(renewed(file.read_text("utf-8"), made), "utf-8")
