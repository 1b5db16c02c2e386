"""Whether a forbidden claim is made."""

import re

from advisor.answer import Answer
from evals.cases import Case
from evals.reader import plain
from evals.scorers.base import Score, judged


def score(case: Case, answer: Answer) -> Score:
    said = plain(answer.answer)
    found = [(p, re.search(p, said, re.IGNORECASE)) for p in case.forbidden]
    return judged([f"says {m[0]!r}, forbidden by /{p}/" for p, m in found if m], len(case.forbidden))
