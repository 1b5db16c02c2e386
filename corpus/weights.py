"""What a question weighs: its words by rarity, their bridges, and the share of it that a passage carries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import glossary
from tools.text.tokens import tokens

#: what a bridge counts for beside the word itself: an English word has no other way to a Chinese passage
BRIDGE_WEIGHT = {True: 0.75, False: 0.8}
_BRIDGE_CREDIT = 0.9
_IDENTIFIER_WEIGHT = 2.2
_NAME_WEIGHT = 1.6  # of a Latin word among Chinese ones: it is a name, or what is asked about
_SINGLE = 0.6


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages there are, and in how many of them each word stands."""

    frequencies: Mapping[str, int]
    size: int


def weights(text: str, counts: Counts) -> dict[str, float]:
    """Tokens of a text with their rarity.

    Identifiers, and names in Latin letters among Chinese words, count for more, single Chinese characters for less.
    """
    asked = tokens(glossary.without_stopwords(text))
    chinese = any(not token.isascii() for token in asked)
    out: dict[str, float] = {}
    for token in asked:
        weight = math.log(1 + counts.size / (counts.frequencies.get(token, 0) + 0.5))
        if not token.isascii():
            weight *= _SINGLE if len(token) == 1 else 1.0
        elif any(c.isdigit() for c in token):
            weight *= _IDENTIFIER_WEIGHT
        elif chinese:
            weight *= _NAME_WEIGHT
        out[token] = max(out.get(token, 0.0), weight)
    return out


def scaled(weighted: Mapping[str, float], by: float) -> dict[str, float]:
    """The same weights, all of them by a factor."""
    return {token: weight * by for token, weight in weighted.items()}


@dataclass(frozen=True, slots=True)
class Means:
    """A word of the question as tokens, and the tokens of each word that means the same."""

    said: frozenset[str]
    others: tuple[frozenset[str], ...]


def means(bridges: Iterable[glossary.Bridge]) -> list[Means]:
    """Bridges as tokens."""
    return [_means(bridge) for bridge in bridges]


@lru_cache(maxsize=2048)
def _means(bridge: glossary.Bridge) -> Means:
    return Means(frozenset(tokens(bridge.said)), tuple(frozenset(tokens(other)) for other in bridge.others))


class Reading:
    """A question held against passages: what share of its weight stands in one.

    Args:
        asked: its words by weight.
        bridges: words of it that mean the same as others; such a word counts for the word it bridges.
    """

    def __init__(self, asked: Mapping[str, float], bridges: Sequence[Means]) -> None:
        self.asked, self._bridges = asked, bridges
        self._total = sum(asked.values())
        #: all words that can matter; of a passage the others need not be looked at
        self.telling = frozenset(asked).union(*(other for bridge in bridges for other in bridge.others))

    def bridged(self, words: frozenset[str]) -> set[str]:
        """Words of the question that these words say only in other words."""
        covered, by_bridge = self.asked.keys() & words, set[str]()
        for bridge in self._bridges:
            if not bridge.said <= covered and any(other <= words for other in bridge.others):
                by_bridge |= bridge.said
        return by_bridge

    def share(self, words: frozenset[str]) -> float:
        """Share of the question that stands in these words."""
        if not self._total:
            return 0.0
        covered = self.asked.keys() & words
        by_bridge = self.bridged(words) - covered
        weight = self.asked
        # in one order whatever the order of a set, so that the same question always scores the same
        credit = math.fsum(weight[t] for t in covered) + _BRIDGE_CREDIT * math.fsum(
            weight.get(t, 0.0) for t in by_bridge
        )
        return min(1.0, credit / self._total)
