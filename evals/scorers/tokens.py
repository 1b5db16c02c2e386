"""Tokens of a hosted model, where the answer tells them; the offline model uses none."""

from __future__ import annotations

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, measure


def used(answer: Answer) -> tuple[int, int] | None:
    """Tokens read and written; None where the answer does not tell."""
    if answer.model == "offline":
        return 0, 0
    usage = answer.model_dump(mode="json").get("usage")
    if not isinstance(usage, dict) or not usage.get("calls") or usage.get("untold"):
        return None
    return int(usage["input_tokens"]), int(usage["output_tokens"])


def score(_: Case, answer: Answer) -> Score:
    counted = used(answer)
    if counted is None:
        return measure(None, "unscored: the answer does not tell its tokens")
    return measure(float(sum(counted)), f"{counted[0]} read, {counted[1]} written")
