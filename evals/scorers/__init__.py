"""Scorers, one a file: each gives a value, whether it passes, and the reason. No model judges whether an answer is right.

`JUDGES` decide whether a case passes; `MEASURES` are reported beside them.
"""

from __future__ import annotations

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers import (
    brevity,
    citations,
    cost,
    facts,
    forbidden,
    grounding,
    language,
    latency,
    money,
    questions,
    status,
    tokens,
    tools,
)
from evals.scorers.base import Score, Scorer

JUDGES: dict[str, Scorer] = {
    "status": status.score, "money": money.score, "facts": facts.score, "forbidden": forbidden.score,
    "citations": citations.score, "grounding": grounding.score, "tools": tools.score, "questions": questions.score,
    "language": language.score, "brevity": brevity.score,
}  # fmt: skip
MEASURES: dict[str, Scorer] = {"latency": latency.score, "tokens": tokens.score, "cost": cost.score}

__all__ = ["JUDGES", "MEASURES", "Score", "Scorer", "score"]


def score(case: Case, answer: Answer) -> dict[str, Score]:
    """Every score of an answer, by scorer."""
    return {name: scorer(case, answer) for name, scorer in (JUDGES | MEASURES).items()}
