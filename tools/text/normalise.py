"""Folding of text to one spelling, with a way back to the original positions.

Full-width forms become half-width, a figure in one character stays apart from its neighbours, Simplified becomes Traditional where asked, dashes and quotes become plain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, cast

from tools.text.numerals import VULGAR

_PLAIN = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "﹣": "-", "“": '"', "”": '"', "‘": "'",
    "’": "'", "\u00a0": " ", "\u3000": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
}  # fmt: skip
#: characters that are kept as they are: punctuation of ours, and fractions, which are figures of their own
_KEPT = frozenset("。、「」『』《》〈〉²³℃™…·↉" + VULGAR)

_CLEARLY = 2  # Simplified characters that make the whole text Simplified
#: characters the table lists as Simplified that are also correct in Taiwan
_BOTH = "台群里后干余范准制布丑云胡采周沈曲谷占厘峰床秘恒晒庵洒涌痴皂粽虱霉苧"


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text and, for each of its characters, the offset in the original."""

    text: str
    offsets: Sequence[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Span in the original text of `text[start:end]`."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Fold `text` character by character (NFKC, plain dashes, no zero-width characters).

    >>> normalise("ＮＴ＄３，０００").text
    'NT$3,000'
    """
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and _PLAIN.keys().isdisjoint(text)):
        return Normalised(text, range(len(text)))
    single = "".join(map(_single, text))
    if len(single) == len(text):
        return Normalised(single, range(len(text)))
    out: list[str] = []
    offsets: list[int] = []
    open_figure = closed_figure = False  # a plain digit, or a figure of its own such as ①, stands just before
    for index, char in enumerate(text):
        folded, whole = _folded(char)
        if folded[:1].isdigit() and (closed_figure or (open_figure and whole)):
            folded = f" {folded}"  # ①③ are two figures, not thirteen
        if folded:
            open_figure = folded[-1].isdigit()
            closed_figure = open_figure and whole
        out.append(folded)
        offsets.extend([index] * len(folded))
    return Normalised("".join(out), tuple(offsets))


@lru_cache(maxsize=8192)
def _folded(char: str) -> tuple[str, bool]:
    """A character as it is folded by itself, and whether it is a figure of its own such as ①."""
    folded = _PLAIN[char] if char in _PLAIN else char if char in _KEPT else unicodedata.normalize("NFKC", char)
    return folded, folded != char and unicodedata.category(char) in ("No", "So")


@lru_cache(maxsize=8192)
def _single(char: str) -> str:
    """A character as it is folded where that is one character and no figure of its own; empty where it is not."""
    folded, whole = _folded(char)
    return folded if len(folded) == 1 and not whole else ""


@cache
def _simplified() -> frozenset[str]:
    """Characters that exist only in Simplified spelling, from the conversion library's own table."""
    import opencc

    table = Path(opencc.__file__).parent / "dictionary" / "STCharacters.txt"
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines() if "\t" in line)
    return frozenset(key for key, values in rows if key not in values.split())


@cache
def _converter(config: str) -> _Converter:
    from opencc import OpenCC

    made = cast("_Converter", OpenCC(config))
    made.convert("關")  # it reads its tables at the first use, and not for several threads at once
    return made


def to_traditional(text: str) -> str:
    """Text with Simplified characters written the Taiwanese way; the length is kept.

    >>> to_traditional("关税")
    '關稅'
    """
    if text.isascii() or _simplified().isdisjoint(text):
        return text
    converted = _converter("s2tw").convert(text)
    if len(converted) != len(text):  # a phrase table changed the length: go character by character
        converted = "".join(_converter("s2tw").convert(c)[:1] or c for c in text)
    # a character that also exists in Traditional is changed only where its neighbours are Simplified too
    throughout = sum(char in _simplified() for char in text) >= _CLEARLY
    return "".join(
        b if a in _simplified() or throughout or _near_simplified(text, i) else a
        for i, (a, b) in enumerate(zip(text, converted, strict=True))
    )


def _near_simplified(text: str, at: int) -> bool:
    """Whether a place stands beside a Simplified character."""
    return any(char in _simplified() for char in text[max(0, at - 2) : at + 3])


def simplified_characters(text: str) -> list[str]:
    """Characters of `text` that exist only in Simplified spelling (for the register check).

    >>> simplified_characters("關稅与运費")
    ['与', '运']
    """
    return [char for char in text if char in _simplified() and char not in _BOTH]
