"""Time of the last turn: a measure, never a judgement."""

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, measure


def score(_: Case, answer: Answer) -> Score:
    return measure(float(answer.elapsed_ms), f"{answer.elapsed_ms} ms")
