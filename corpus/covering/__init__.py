"""Whether what is held answers a question: one decision over the question and the passages found first.

Signs of both, and how the question is worded, are weighed by a logistic rule. Its weights stand in `weights.toml`, fitted
by `python -m evals.retrieval.train` on questions that no measurement uses; above nought counts as covered.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.covering.signs import signs
from corpus.covering.wording import wording
from corpus.relevance import Question
from corpus.saying import Hit
from tools.text.normalise import normalise, to_traditional

#: signs that together tell that the very thing is held, and what they add: one document has most of the passages and a
#: heading says a good part of the question; one sentence says half of it with its rarest word. Chosen on the questions for
#: training, cross-validated, where they give back a quarter of the false refusals for one in a hundred recognised.
#: A country that no passage names is not held, whatever else is.
GIVEN_BACK = (
    ({"heading": 0.3, "one_document": 0.6}, 1.2),
    ({"sentence_alone": 0.5, "rarest": 0.5}, 2.4),
)


@cache
def weights() -> tuple[float, dict[str, float], dict[str, float]]:
    """The bias, what each sign weighs, and what each word of a question does."""
    raw = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    return raw["bias"], raw["weight"], raw["word"]


def covering(text: str, question: Question, hits: Sequence[Hit], weight: float) -> float:
    """How much speaks for an answer being held, against: above 0 it is.

    Args:
        text: the question as asked.
        question: as read.
        hits: the passages found, best first.
        weight: of all the question's words, by which lexical scores are told apart.
    """
    if not hits:
        return -math.inf
    bias, each, words = weights()
    told = signs(text, question, hits, weight)
    met = [0.0, *(worth for asks, worth in GIVEN_BACK if all(told[n] >= x for n, x in asks.items()))]
    near = 0.0 if told["abroad_missing"] else max(met)
    worded = sorted(wording(to_traditional(normalise(text).text)))
    return near + bias + math.fsum((*(each[n] * told[n] for n in sorted(each)), *(words.get(w, 0.0) for w in worded)))
