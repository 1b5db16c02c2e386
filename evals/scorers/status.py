"""Whether the status is the wanted one."""

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    return judged([] if answer.status == case.status else [f"status {answer.status}, wanted {case.status}"])
