"""What a question weighs: its words by rarity, their bridges, and the share of it that a passage carries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import glossary
from tools.text.tokens import tokens

#: what a bridge counts for beside the word itself: an English word has no other way to a Chinese passage
BRIDGE_WEIGHT = {True: 0.75, False: 0.8}
_BRIDGE_CREDIT = 0.9
_IDENTIFIER_WEIGHT = 2.2
_SINGLE, _STRADDLING = 0.6, 1.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages there are, and in how many of them each word stands."""

    frequencies: Mapping[str, int]
    size: int


def weights(text: str, counts: Counts) -> dict[str, float]:
    """Tokens of a text with their rarity.

    Identifiers count for more; single Chinese characters, and pairs that only straddle two words (both neighbours
    far more common), for little.
    """
    ordered = tokens(glossary.without_stopwords(text))
    pairs = [t for t in ordered if len(t) == 2 and not t.isascii()]
    out: dict[str, float] = {}
    for token in ordered:
        weight = math.log(1 + counts.size / (counts.frequencies.get(token, 0) + 0.5))
        if not token.isascii():
            weight *= _SINGLE if len(token) == 1 else _STRADDLING if _straddles(token, pairs, counts) else 1.0
        elif any(c.isdigit() for c in token):
            weight *= _IDENTIFIER_WEIGHT
        out[token] = max(out.get(token, 0.0), weight)
    return out


def _straddles(pair: str, pairs: list[str], counts: Counts) -> bool:
    at, seen = pairs.index(pair), counts.frequencies
    if not 0 < at < len(pairs) - 1 or pairs[at - 1][1] != pair[0] or pairs[at + 1][0] != pair[1]:
        return False
    return min(seen.get(pairs[at - 1], 0), seen.get(pairs[at + 1], 0)) > 3 * seen.get(pair, 0) + 1


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
    return [Means(frozenset(tokens(b.said)), tuple(frozenset(tokens(o)) for o in b.others)) for b in bridges]


def coverage(words: frozenset[str], asked: Mapping[str, float], bridges: Sequence[Means]) -> float:
    """Share of the question's weight that stands in a passage; a bridged word counts for the word it bridges."""
    total = sum(asked.values())
    if not total:
        return 0.0
    covered = {token for token in asked if token in words}
    by_bridge: set[str] = set()
    for bridge in bridges:
        if not bridge.said <= covered and any(other <= words for other in bridge.others):
            by_bridge |= bridge.said - covered
    credit = sum(asked[t] for t in covered) + _BRIDGE_CREDIT * sum(asked.get(t, 0.0) for t in by_bridge)
    return min(1.0, credit / total)
