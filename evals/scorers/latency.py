"""How long did the last turn take? A measure; never a judgement."""

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, measure


def score(case: Case, answer: Answer) -> Score:
    return measure(float(answer.elapsed_ms), f"{answer.elapsed_ms} ms")
