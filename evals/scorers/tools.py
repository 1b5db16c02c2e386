"""Whether the wanted tools were called, with the wanted arguments."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, judged, measure


def score(case: Case, answer: Answer) -> Score:
    if not case.tools:
        return measure(float(len(answer.tool_calls)), f"{len(answer.tool_calls)} calls, none demanded")
    wrong = []
    for wanted in case.tools:
        called = [c.arguments for c in answer.tool_calls if c.name == wanted.name]
        if not called:
            wrong.append(f"{wanted.name} was not called, but {sorted({c.name for c in answer.tool_calls})}")
        elif not any(_holds(arguments, wanted.arguments) for arguments in called):
            wrong.append(f"{wanted.name} was called with {called}, wanted {wanted.arguments}")
    return judged(wrong, len(case.tools))


def _holds(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(k in given and _holds(given[k], v) for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(given, list) and len(given) == len(wanted) and all(map(_holds, given, wanted))
    try:
        return Decimal(str(given)) == Decimal(str(wanted))
    except InvalidOperation:
        return str(given) == str(wanted)
