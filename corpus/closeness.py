"""How closely a passage says what a question asks: one sentence of it, read with the headings over it, and of that kind.

Weights were fitted pairwise on the questions of `evals/retrieval` that are not held out; they multiply a lexical score.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from pathlib import Path

from corpus.saying import Hit
from corpus.weights import Reading
from tools.text.normalise import normalise, to_traditional

#: a sentence read with the headings over it, and alone: weight of the share of the question it carries
_UNDER_HEADINGS, _ALONE = 1.35, 0.25
#: a question for a day, and for a figure: weight of whether the closest sentences have one
_KINDS = {"day": ("#day", 0.3), "figure": ("#", 0.2)}


@cache
def _asks() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(Path(__file__).with_name("scope.toml").read_text("utf-8"))["asks"]
    return {name: re.compile("|".join((*said["zh-TW"], *said["en"])), re.IGNORECASE) for name, said in raw.items()}


def kinds_asked(question: str) -> frozenset[str]:
    """Whether a question asks for a day or for a figure.

    >>> sorted(kinds_asked("第2次會議是幾月幾號開的"))
    ['day', 'figure']
    """
    folded = to_traditional(normalise(question).text)
    return frozenset(name for name, pattern in _asks().items() if pattern.search(folded))


def closeness(hit: Hit, reading: Reading, kinds: frozenset[str]) -> float:
    """What a lexical score is multiplied by.

    Args:
        hit: a passage with the words of its sentences.
        reading: the question.
        kinds: what it asks for, of `kinds_asked`.
    """
    over, sentences = hit.over & reading.telling, [s & reading.telling for s in hit.sentences]
    shares = [reading.share(sentence) for sentence in sentences]
    alone = max(shares)
    at = shares.index(alone)
    under = max(reading.share(sentence | over) for sentence in sentences)
    near = frozenset[str]().union(*hit.sentences[max(0, at - 1) : at + 2])
    total = _UNDER_HEADINGS * under + _ALONE * alone
    for kind in kinds:
        mark, weight = _KINDS[kind]
        total += weight if mark in near else -weight
    return math.exp(total)
