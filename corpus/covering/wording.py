"""How a question is worded: runs of one to four characters, each weighed by what was learnt from questions for training.

Weights stand in `wording.txt`: what a run counts for, and what besides when the two passages found first have it nowhere,
not even in the questions that they answer. A run counts by how rare it is, and all of a question's together count alike
however long it is, so that neither a long question nor a rare word decides alone.
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("wording.txt")
LONGEST = 4
_END = re.compile(r"(?<=[?!。\n])|(?<=[a-z0-9][a-z0-9]\.)\s+(?=[A-Z])")


def plain(folded: str) -> str:
    """A text in small letters, a single blank for white space.

    Args:
        folded: half-width, Traditional.
    """
    return " ".join(folded.lower().split())


def wording(folded: str) -> frozenset[str]:
    """Runs of one to four characters of a question.

    Args:
        folded: half-width, Traditional.

    >>> sorted(wording("誰是?"))
    ['?', '是', '是?', '誰', '誰是', '誰是?']
    """
    low = plain(folded)
    return frozenset(low[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(low) - size + 1))


@cache
def learnt() -> dict[str, tuple[float, float]]:
    """What each run known from training weighs, and what more where it is missing."""
    lines = (line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("# "))
    return {run: (float(weight), float(missing)) for run, weight, missing in lines}


def worded(folded: str, said: str) -> float:
    """How much the wording speaks for an answer being held: of several sentences, that which speaks most for it.

    Questions for training are of one sentence, so each is weighed as one.

    Args:
        folded: half-width, Traditional.
        said: all that the passages found first say, `plain`.
    """
    return max((_worded(sentence, said) for sentence in _END.split(folded) if sentence.strip()), default=0.0)


def _worded(sentence: str, said: str) -> float:
    known = [(run, learnt()[run]) for run in wording(sentence) if run in learnt()]
    weights = [weight if run in said else weight + missing for run, (weight, missing) in known]
    return math.fsum(weights) / math.sqrt(len(weights) or 1)
