"""Length of the prose, judged only where the case says how long it may be."""

from advisor.answer import Answer
from evals.cases import Case
from evals.reader import plain
from evals.scorers.base import Score, measure


def score(case: Case, answer: Answer) -> Score:
    length = len(plain(answer.answer))
    if case.max_characters is None:
        return measure(float(length), f"{length} characters")
    return Score(
        value=float(length),
        passed=length <= case.max_characters,
        reason=f"{length} characters, at most {case.max_characters}",
    )
