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
def learnt() -> dict[str, tuple[float, ...]]:
    """What each run known from training weighs, and what more where it is missing: by words alone, and beside the meaning."""
    lines = (line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("# "))
    return {run: tuple(map(float, told)) for run, *told in lines}


def worded(folded: str, said: str) -> tuple[float, float]:
    """How much the wording speaks for an answer being held, by words alone and beside the meaning.

    Questions for training are of one sentence, so each is weighed as one; of several that which speaks most for it counts.

    Args:
        folded: half-width, Traditional.
        said: all that the passages found first say, `plain`.
    """
    told = [_worded(sentence, said) for sentence in _END.split(folded) if sentence.strip()]
    return (max(alone for alone, _ in told), max(beside for _, beside in told)) if told else (0.0, 0.0)


def _worded(sentence: str, said: str) -> tuple[float, float]:
    known = [(learnt()[run], run not in said) for run in wording(sentence) if run in learnt()]
    size = math.sqrt(len(known) or 1)
    alone, beside = (math.fsum(told[at] + told[at + 1] * lacks for told, lacks in known) / size for at in (0, 2))
    return alone, beside
