"""Parameters of the law that a question describes without naming them: the words it shares with their names decide."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from advisor.offline.cues import cues
from corpus import glossary
from tools.law.store import law
from tools.text.tokens import tokens

_COVERED = 0.305  # share of a question's weight that the names must carry
_NEAR = 0.8  # score of a further parameter against the best
_MOST = 3
_FEWEST = 2  # words that must meet
_FIGURES = ("ratio", "TWD", "USD", "count", "days", "kilograms", "litres", "date")


@dataclass(frozen=True, slots=True)
class _Index:
    documents: dict[str, frozenset[str]]
    weights: dict[str, float]
    unknown: float


@cache
def _index() -> _Index:
    documents: dict[str, frozenset[str]] = {}
    for parameter in law().all():
        if parameter.unit not in _FIGURES or parameter.measure is not None:
            continue
        title = law().title(".".join(parameter.id.split(".")[:2]))
        names = [parameter.label.zh_TW, parameter.label.en, *parameter.aliases.all(), title.zh_TW, title.en]
        documents[parameter.id] = frozenset(w for name in names for w in _words(name))
    frequency = Counter(w for words in documents.values() for w in words)
    weights = {w: math.log(1 + len(documents) / n) for w, n in frequency.items()}
    return _Index(documents, weights, math.log(1 + len(documents)))


def _words(text: str) -> set[str]:
    """Pairs of Chinese characters and Latin words; a lone character says too little."""
    return {t for t in tokens(glossary.without_stopwords(text)) if len(t) > 1 and not t.isdigit()} - _anywhere()


@cache
def _anywhere() -> frozenset[str]:
    """Words that tell no parameter from another: the two countries, and the words every question of money has."""
    return frozenset(t for w in cues()["law_search"]["anywhere"] for t in tokens(w))


def described_parameters(text: str, jurisdiction: str | None) -> tuple[str, ...]:
    """Ids of the parameters a question describes, most likely first; none where its words are about something else.

    Args:
        text: a folded question.
        jurisdiction: `tw` or `us` where the question tells, which limits what is looked at.
    """
    index, asked = _index(), _words(text)
    if not asked:
        return ()
    whole = sum(index.weights.get(w, index.unknown) for w in asked)
    scores: dict[str, float] = {}
    for name, words in index.documents.items():
        if jurisdiction is not None and not name.startswith(f"{jurisdiction}."):
            continue
        met = asked & words
        if len(met) >= _FEWEST:
            scores[name] = sum(index.weights[w] for w in met)
    best = max(scores.values(), default=0.0)
    if best < _COVERED * whole:
        return ()
    ranked = sorted((n for n, s in scores.items() if s >= _NEAR * best), key=lambda n: (-scores[n], n))
    topic = ranked[0].rpartition(".")[0]
    return tuple(n for n in ranked if n.rpartition(".")[0] == topic)[:_MOST]
