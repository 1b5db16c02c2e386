"""The index of the search: terms to subheadings, headings and chapters with their counts, and terms to phrases.

Built in memory from the corpus in about a second; kept as one file under the state directory and read back faster.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.tariff.bundled import LINES
from tools.tariff.interpretation import NOMENCLATURE
from tools.tariff.search.corpus import Phrase, codes, names_above, phrases
from tools.tariff.search.lexicon import LEXICON
from tools.tariff.search.words import _DATA as WORDS
from tools.tariff.search.words import spelt, terms_of

_HERE = Path(__file__).parent
_LEVELS = (2, 4, 6)
#: how often a phrase of each kind counts, in halves
_COUNT = {"name": 4, "phrase": 2, "line": 2, "alias": 2}
FILE = "hs-search.index"


@dataclass(slots=True)
class Level:
    """Terms of one level of the nomenclature.

    Args:
        codes: its codes; a posting names one by its place here.
        postings: term -> places and counts, one after the other.
        sizes: counts of all terms of each code.
    """

    codes: list[str]
    postings: dict[str, bytes]
    sizes: list[int]
    _read: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _totals: dict[str, int] = field(default_factory=dict)

    def total(self, term: str) -> int:
        """How often a term is said at the level in all."""
        found = self._totals.get(term)
        if found is None:
            found = self._totals[term] = sum(count for _, count in self.of(term))
        return found

    def of(self, term: str) -> list[tuple[int, int]]:
        """Where a term stands, with its count."""
        found = self._read.get(term)
        if found is None:
            flat = array("H", self.postings.get(term, b""))
            found = self._read[term] = list(zip(flat[::2], flat[1::2], strict=True))
        return found


@dataclass(slots=True)
class Index:
    """Everything a search reads."""

    chapters: Level
    headings: Level
    subheadings: Level
    phrase_texts: list[str]
    phrase_codes: list[int]
    phrase_terms: list[int]
    phrase_postings: dict[str, bytes]
    names: dict[str, frozenset[str]]
    _phrases_read: dict[str, array[int]] = field(default_factory=dict)
    _long: dict[str, int] = field(default_factory=dict)

    def long_names(self, code: str) -> int:
        """Terms of more than one character among the names of a subheading."""
        if code not in self._long:
            self._long[code] = sum(len(term) > 1 for term in self.names.get(code, ()))
        return self._long[code]

    def phrases_with(self, term: str) -> array[int]:
        """Phrases that hold a term."""
        found = self._phrases_read.get(term)
        if found is None:
            found = self._phrases_read[term] = array("I", self.phrase_postings.get(term, b""))
        return found

    @property
    def vocabulary(self) -> dict[str, bytes]:
        """Every term of the headings and below."""
        return self.headings.postings


def build(corpus: Iterable[Phrase], said: Callable[[str], None] = lambda _: None) -> Index:
    """The index of some phrases.

    Args:
        corpus: phrases with their codes.
        said: told how far it is.
    """
    all_codes = codes()
    place = {code: number for number, code in enumerate(all_codes)}
    counts: list[dict[str, Counter[str]]] = [{}, {}, {}]
    texts: list[str] = []
    owners: list[int] = []
    lengths: list[int] = []
    postings: dict[str, list[int]] = {}
    named: dict[str, set[str]] = {}
    for number, phrase in enumerate(corpus):
        if number % 16_384 == 0:
            said(f"hs search: {number} phrases read")
        terms = terms_of(spelt(phrase.text))
        weight = _COUNT[phrase.kind]
        for level, digits in enumerate(_LEVELS):
            bag = counts[level].setdefault(phrase.code[:digits], Counter())
            for term in terms:
                bag[term] += weight
        if phrase.kind in ("name", "line"):
            named.setdefault(phrase.code, set()).update(terms)
        distinct = set(terms)
        for term in distinct:
            postings.setdefault(term, []).append(len(texts))
        texts.append(phrase.text)
        owners.append(place[phrase.code])
        lengths.append(len(distinct))
    for code, names in names_above().items():
        bag = counts[0 if len(code) == _LEVELS[0] else 1].setdefault(code, Counter())
        for name in names:
            for term in terms_of(spelt(name)):
                bag[term] += _COUNT["name"]
    above = [sorted({code[:digits] for code in all_codes}) for digits in _LEVELS]
    levels = [_level(listed, bags) for listed, bags in zip(above, counts, strict=True)]
    kept = {term: array("I", where).tobytes() for term, where in postings.items()}
    return Index(
        levels[0], levels[1], levels[2], texts, owners, lengths, kept, {c: frozenset(n) for c, n in named.items()}
    )


def _level(listed: list[str], bags: dict[str, Counter[str]]) -> Level:
    flat: dict[str, array[int]] = {}
    sizes = []
    for number, code in enumerate(listed):
        bag = bags.get(code, Counter())
        for term, count in bag.items():
            flat.setdefault(term, array("H")).extend((number, min(count, 65_535)))
        sizes.append(bag.total())
    return Level(listed, {term: where.tobytes() for term, where in flat.items()}, sizes)


# ------------------------------------------------------------------------------------------------- kept on disk


def fingerprint() -> str:
    """Of everything the index is made from: data and the code that cuts words; sizes and days of change stand for the files."""
    files = [
        *sorted(LEXICON.glob("*.jsonl")),
        *sorted(LINES.glob("*.jsonl")),
        *sorted(NOMENCLATURE.glob("*.jsonl")),
        WORDS,
    ]
    files += [_HERE / name for name in ("words.py", "index.py", "corpus.py")]
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()


def save(index: Index, directory: Path, of: str) -> None:
    """Write an index aside and put it in its place at once."""
    plain: Any = [
        [[level.codes, level.postings, level.sizes] for level in (index.chapters, index.headings, index.subheadings)],
        index.phrase_texts, index.phrase_codes, index.phrase_terms, index.phrase_postings,
        {code: list(names) for code, names in index.names.items()},
    ]  # fmt: skip
    directory.mkdir(parents=True, exist_ok=True)
    aside = directory / f".{FILE}.{os.getpid()}"
    body = marshal.dumps(plain)
    aside.write_bytes(b"\n".join((of.encode(), hashlib.sha256(body).hexdigest().encode(), body)))
    aside.replace(directory / FILE)


def load(directory: Path, of: str) -> Index | None:
    """The index kept in a directory, if it is of the same data and whole."""
    try:
        head, digest, body = (directory / FILE).read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        return None
    if head.decode("ascii", "replace") != of or hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    levels, texts, owners, lengths, kept, names = marshal.loads(body)  # noqa: S302 -- of our own making, its sum checked
    made = [Level(*level) for level in levels]
    return Index(made[0], made[1], made[2], texts, owners, lengths, kept, {c: frozenset(n) for c, n in names.items()})


_opened: dict[str, Index] = {}


def open_index(directory: Path | None, said: Callable[[str], None] = lambda _: None) -> Index:
    """The index of what is held now, from the directory where it is kept, built where it is not."""
    of = fingerprint()
    if of not in _opened:
        index = load(directory, of) if directory else None
        if index is None:
            index = build(phrases(), said)
            if directory:
                _keep(index, directory, of, said)
        _opened.clear()
        _opened[of] = index
    return _opened[of]


def _keep(index: Index, directory: Path, of: str, said: Callable[[str], None]) -> None:
    try:
        save(index, directory, of)
    except OSError as error:
        said(f"hs search: the index is not kept: {error.strerror}")
