"""Exact money: every wanted figure is in `numbers`, of the right thing, grounded in a tool, and in the prose."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from advisor.answer import Answer
from evals.cases import Case, WantedFigure
from evals.reader import plain
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    wrong = [f"no {f.of} {f.value} {f.unit}{_instead(f, answer)}" for f in case.figures if not _has(f, answer)]
    return judged(wrong, len(case.figures))


def _has(wanted: WantedFigure, answer: Answer) -> bool:
    return any(
        n.of == wanted.of
        and n.grounding.kind == "tool"
        and _same(n.value, n.unit, wanted)
        and plain(n.text) in plain(answer.answer)
        for n in answer.numbers
    )


def _same(text: str, unit: str, wanted: WantedFigure) -> bool:
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return False
    if wanted.unit == "ratio" and unit == "percent":
        value /= 100
    return value == wanted.value and {unit, wanted.unit} != {"TWD", "USD"}


def _instead(wanted: WantedFigure, answer: Answer) -> str:
    said = sorted({f"{n.value} {n.unit}" for n in answer.numbers if n.of == wanted.of})
    return f" (says {', '.join(said)})" if said else ""
