"""Whether what is held answers a question: one decision over the question and the passages found first.

Signs of both, and how the question is worded, are weighed by a logistic rule. Its weights stand in `weights.toml` and
`wording.txt`, fitted by `python -m evals.retrieval.train` on questions that no measurement uses; above nought counts as covered.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.covering.signs import signs
from corpus.covering.wording import worded
from corpus.relevance import Question
from corpus.saying import Hit
from tools.text.normalise import normalise, to_traditional


@cache
def weights() -> tuple[float, dict[str, float]]:
    """The bias, and what each sign weighs."""
    raw = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    return raw["bias"], raw["weight"]


def covering(text: str, question: Question, hits: Sequence[Hit], weight: float, said: str) -> float:
    """How much speaks for an answer being held, against: above 0 it is.

    Args:
        text: the question as asked.
        question: as read.
        hits: the passages found, best first.
        weight: of all the question's words, by which lexical scores are told apart.
        said: all that the first of them say and answer, `plain`.
    """
    if not hits:
        return -math.inf
    bias, each = weights()
    told = signs(text, question, hits, weight)
    heard = worded(to_traditional(normalise(text).text), said)
    return bias + heard + math.fsum(each[name] * told[name] for name in sorted(each))
