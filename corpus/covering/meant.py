"""What a question means, weighed: its vector, how like it is to the passages found first, and it with the first of them.

The weights stand in `meaning.npz`: of the likenesses, of the vector, and of each product of one of its parts with one of
the first passage's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from corpus.embedding import Vector
    from corpus.index import Near

FILE = Path(__file__).with_name("meaning.npz")
_FIRST = 5


def likenesses(near: Near) -> list[float]:
    """Likeness of the first passage, of the most like of the first five and of all compared, and of all in the mean."""
    each = near.likeness
    return [float(each[0]), float(each[:_FIRST].max()), float(each.max()), float(each.mean())]


@cache
def learnt() -> dict[str, Vector]:
    """The weights, and the middles they are counted from."""
    with np.load(FILE) as file:
        return {name: file[name].astype(np.float32) for name in file.files}


def by_meaning(near: Near) -> float:
    """How much the meaning speaks for an answer being held, against."""
    known = learnt()
    question, first = near.question - known["question_middle"], near.passages[0] - known["passage_middle"]
    like = (np.array(likenesses(near), dtype=np.float32) - known["like_middle"]) @ known["like"]
    return float(like + question @ known["question"] + question @ known["both"] @ first)
