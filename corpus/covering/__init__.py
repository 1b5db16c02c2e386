"""Whether what is held answers a question: one decision over the question and the passages found first.

Signs of both, and how the question is worded, are weighed by a logistic rule; where these leave it open, what the question
means is weighed too. Its weights stand in `weights.toml`, `wording.txt` and `meaning.npz`, fitted by
`python -m evals.retrieval.train` on questions that no measurement uses.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.covering.meant import by_meaning
from corpus.covering.signs import signs
from corpus.covering.wording import worded
from corpus.relevance import Question
from corpus.saying import Hit
from tools.text.normalise import normalise, to_traditional

if TYPE_CHECKING:
    from corpus.index import Near


@dataclass(frozen=True, slots=True)
class Weights:
    """A rule: what is always added, and what each sign weighs."""

    bias: float
    each: dict[str, float]


@dataclass(frozen=True, slots=True)
class Words:
    """How much the words speak for an answer being held, against: above 0 they do.

    Args:
        alone: by the rule of words alone.
        beside: by the rule that weighs the meaning too, without it.
    """

    alone: float
    beside: float


@cache
def rules() -> tuple[Weights, Weights, float]:
    """The rule of words alone, that beside the meaning, and how near to its border the first leaves it open."""
    raw = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    alone, beside = (Weights(raw[name]["bias"], raw[name]["weight"]) for name in ("alone", "beside"))
    return alone, beside, raw["open"]


def by_words(text: str, question: Question, hits: Sequence[Hit], weight: float, said: str) -> Words:
    """What the words say.

    Args:
        text: the question as asked.
        question: as read.
        hits: the passages found, best first.
        weight: of all the question's words, by which lexical scores are told apart.
        said: all that the first of them say and answer, `plain`.
    """
    if not hits:
        return Words(-math.inf, -math.inf)
    told = signs(text, question, hits, weight)
    heard = worded(to_traditional(normalise(text).text), said)
    alone, beside = (
        rule.bias + heard_by + math.fsum(rule.each[name] * told[name] for name in sorted(told))
        for rule, heard_by in zip(rules()[:2], heard, strict=True)
    )
    return Words(alone, beside)


def sure(words: Words) -> bool:
    """Whether the words do not leave it open."""
    return abs(words.alone) >= rules()[2]


def covers(words: Words, near: Near | None) -> bool:
    """Whether what is held answers.

    Args:
        words: what the words say.
        near: the question's vector beside those of the passages found first; None where the words decide alone.
    """
    return words.alone > 0.0 if near is None or sure(words) else words.beside + by_meaning(near) > 0.0
