"""Goods by everyday name: the lines whose names stand in a text, longest name first, small typos allowed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from tools.tariff.schedule import Schedule, TariffLine
from tools.text.normalise import normalise, to_traditional
from tools.text.tokens import stem

_FUZZY_FLOOR = 85.0  # similarity out of 100 below which a misspelling is not taken for the name


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A line found by one of its names."""

    line: TariffLine
    name: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class _Index:
    names: dict[str, tuple[tuple[TariffLine, bool], ...]]
    longest_first: tuple[str, ...]


def fold(text: str) -> str:
    """Text as names are compared: half-width, Traditional, lower case, English words in the singular."""
    folded = to_traditional(normalise(text).text).lower().replace("揹", "背").replace("表", "錶")
    return " ".join(stem(w) if w.isascii() else w for w in folded.replace("-", " ").split())


@lru_cache(maxsize=4)
def _index(held: Schedule) -> _Index:
    names: dict[str, list[tuple[TariffLine, bool]]] = {}
    for line in held.lines.values():
        preferred = {fold(n) for n in line.default_for.all()}
        own = {fold(n) for n in (*line.aliases.all(), *line.default_for.all(), line.name.zh_TW, line.name.en)}
        for name in own:
            names.setdefault(name, []).append((line, name in preferred))
    frozen = {n: tuple(sorted(rows, key=lambda r: not r[1])) for n, rows in names.items()}
    return _Index(frozen, tuple(sorted(names, key=len, reverse=True)))


def find_lines(text: str, held: Schedule, *, fuzzy: bool = True) -> list[NameMatch]:
    """Lines named in a text, those of the longest name first.

    Args:
        text: a description or a whole question.
        held: the schedule whose names are searched.
        fuzzy: whether a misspelt name may be taken where none is spelt right.
    """
    index = _index(held)
    folded = f" {fold(text)} "
    for name in index.longest_first:
        if (f" {name} " in folded) if name.isascii() else (len(name) > 1 and name in folded):
            return [NameMatch(line, name, preferred) for line, preferred in index.names[name]]
    return _misspelt(folded.strip(), index) if fuzzy else []


def _misspelt(folded: str, index: _Index) -> list[NameMatch]:
    words = folded.split()
    ascii_names = [n for n in index.longest_first if n.isascii() and len(n) > 4]
    grams = {" ".join(words[i : i + k]) for k in (1, 2, 3) for i in range(len(words) - k + 1)}
    best: tuple[str, float] | None = None
    for gram in (g for g in grams if g.isascii() and len(g) > 4):
        hit = process.extractOne(gram, ascii_names, scorer=fuzz.ratio, score_cutoff=_FUZZY_FLOOR)
        if hit and (best is None or hit[1] > best[1]):
            best = (hit[0], hit[1])
    if best is None:
        present = set(folded)
        for name in index.longest_first:
            if len(name) >= 3 and not name.isascii() and len(set(name) - present) == 1 and _one_off(name, folded):
                best = (name, 0.0)
                break
    return [NameMatch(line, best[0], p) for line, p in index.names[best[0]]] if best else []


def _one_off(name: str, text: str) -> bool:
    """Whether a Chinese name stands in the text with exactly one character wrong."""
    size = len(name)
    windows = (text[i : i + size] for i in range(len(text) - size + 1))
    return any(sum(a != b for a, b in zip(name, window, strict=True)) == 1 for window in windows)
