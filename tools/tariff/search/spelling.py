"""Words near a word that is not held: a slip of the pen, two words written as one, one written as two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG = 8  # letters from which two slips still leave the word
_SHORT = 4  # letters below which a slip makes another word too easily
_HALF = 3  # letters of the shorter half of a joined word


class Speller:
    """The words of a vocabulary by their first letter.

    Args:
        vocabulary: terms held.
    """

    def __init__(self, vocabulary: Mapping[str, bytes]) -> None:
        self._held = vocabulary
        self._by_letter: dict[str, list[str]] = {}
        for term in vocabulary:
            if term.isascii() and "_" not in term and len(term) >= _SHORT:
                self._by_letter.setdefault(term[0], []).append(term)
        self.near = lru_cache(maxsize=4096)(self._near)

    def _near(self, term: str) -> tuple[str, ...]:
        """Terms held that a word may stand for; none for Chinese and for pairs of words."""
        if not term.isascii() or not term.isalpha():
            return self._joined(term) if term.isascii() and "_" in term else ()
        for cut in range(_HALF, len(term) - _HALF + 1):
            first, second = term[:cut], term[cut:]
            if first in self._held and second in self._held and f"{first}_{second}" in self._held:
                return f"{first}_{second}", first, second
        for cut in range(len(term) - _HALF, _HALF, -1):
            if term[:cut] in self._held and term[cut:] in self._held and cut > _HALF and len(term) - cut > _HALF:
                return term[:cut], term[cut:]
        if len(term) < _SHORT:
            return ()
        slips = 2 if len(term) >= _LONG else 1
        hits = process.extract(term, self._by_letter.get(term[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=2)
        return tuple(hit[0] for hit in hits)

    def _joined(self, pair: str) -> tuple[str, ...]:
        whole = pair.replace("_", "")
        return (whole,) if whole in self._held else ()
