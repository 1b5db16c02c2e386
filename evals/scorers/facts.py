"""Whether every required fact is said; patterns are searched without regard to case."""

import re

from advisor.answer import Answer
from evals.cases import Case
from evals.reader import plain
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    said = plain(answer.answer)
    missing = [f"does not say /{p}/" for p in case.facts if not re.search(p, said, re.IGNORECASE)]
    return judged(missing, len(case.facts))
