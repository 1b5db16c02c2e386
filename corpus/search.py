"""Dated retrieval: the passages that answer a question, rendered for a day, or the news that none does.

The lexical index leads. The vectors in Chroma are asked only where the words leave it unsure: offline they were
measured to add nothing to a sure answer (facts: retrieval baselines).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus import glossary
from corpus.briefs_reader import Brief, Section, shipped_briefs
from corpus.index import IndexStore, OpenIndex, fingerprint
from tools.errors import DataError
from tools.law.bindings import render
from tools.law.models import Certainty, Lang
from tools.law.store import law
from tools.text.normalise import normalise, to_traditional
from tools.text.places import find_places
from tools.text.tokens import tokens

#: share of a question's weight that a passage must carry to count as its answer: of a short question, of a long one
COVERAGE_FLOOR = (0.42, 0.20)
_SHORT, _LONG = 5, 15  # words; three Chinese tokens make about one
#: above this the words are sure and the vectors are not asked
SURE = 0.6
_OTHER_LANGUAGE = 0.72  # weight of a passage that is not in the language of the answer
_BRIDGE_WEIGHT = 0.45
_BRIDGE_CREDIT = 0.8
_IDENTIFIER_WEIGHT = 1.6
_HOME = ("TW", "US")
_OTHER_SIDE = 0.6
_OTHER_PLACE = 0.5  # coverage kept by a passage that is silent on the country a question names


class BoundFigure(BaseModel):
    """A figure of a passage that was rendered from law, and where it stands in the text."""

    model_config = ConfigDict(frozen=True)
    start: int
    end: int
    parameter: str
    unit: str
    value: str | None
    effective_from: date | None
    effective_to: date | None
    pinned: bool


class Passage(BaseModel):
    """A passage as found for a question and rendered for a day."""

    model_config = ConfigDict(frozen=True)
    id: str
    document_id: str
    title: str
    section: str
    text: str
    language: Lang
    score: float
    coverage: float
    effective_from: date | None
    effective_to: date | None
    status: str
    authority: str
    kind: str
    certainty: Certainty
    jurisdiction: str
    publisher: str
    citation: str
    url: str | None
    document: str | None
    known_as: tuple[str, ...]
    bound: tuple[BoundFigure, ...]

    def in_force(self, as_of: date) -> bool:
        return (self.effective_from or date.min) <= as_of <= (self.effective_to or date.max)


class SearchResult(BaseModel):
    """Passages for a question, best first, and whether any of them answers it."""

    model_config = ConfigDict(frozen=True)
    query: str
    as_of: date
    passages: tuple[Passage, ...]
    covered: bool


class Library:
    """The briefs with their index.

    Args:
        briefs: what can be found.
        index: an opened index of exactly these briefs.
        mend: gives a fresh index when damage shows at a search.
    """

    def __init__(self, briefs: Sequence[Brief], index: OpenIndex, mend: Callable[[], OpenIndex] | None = None) -> None:
        self._sections: dict[str, tuple[Brief, Section]] = {
            section.id: (brief, section) for brief in briefs for section in brief.sections
        }
        self._tokens: dict[str, frozenset[str]] = {}
        self._index = index
        self._mend = mend

    def search(
        self, question: str, *, as_of: date, lang: Lang, limit: int = 5, jurisdictions: Sequence[str] = ()
    ) -> SearchResult:
        """Passages that answer a question.

        Args:
            question: in either language, typos and all.
            as_of: the day figures of the law are rendered for.
            lang: language of the answer; passages in it are preferred.
            limit: most passages wanted.
            jurisdictions: TW, US, APEC, INTL; empty for all.

        Raises:
            DataError: the index is damaged and cannot be mended.
        """
        try:
            return self._search(question, as_of, lang, limit, jurisdictions)
        except DataError:
            if self._mend is None:
                raise
            self._index, self._mend = self._mend(), None
            return self._search(question, as_of, lang, limit, jurisdictions)

    def _search(self, question: str, as_of: date, lang: Lang, limit: int, jurisdictions: Sequence[str]) -> SearchResult:
        asked = self._weights(question)
        bridges = {t: w * _BRIDGE_WEIGHT for t, w in self._weights(" ".join(glossary.bridged(question))).items()}
        weighted = bridges | asked
        scored: dict[str, float] = {}
        for name, score in self._index.lexical(weighted, 40):
            brief, section = self._sections[name]
            if jurisdictions and brief.front.jurisdiction not in jurisdictions:
                continue
            scored[name] = score * (1.0 if section.language == lang else _OTHER_LANGUAGE)
        means = [(set(tokens(b.said)), [set(tokens(o)) for o in b.others]) for b in glossary.bridges(question)]
        coverage = {name: self._coverage(name, asked, means) for name in scored}
        named = {p.code for p in find_places(to_traditional(normalise(question).text))} & set(_HOME)
        if len(named) == 1:  # a question about one of the two corridors is not answered from the other
            other = "US" if named == {"TW"} else "TW"
            scored = {
                n: s * (_OTHER_SIDE if self._sections[n][0].front.jurisdiction == other else 1)
                for n, s in scored.items()
            }
        if places := {p.text for p in find_places(to_traditional(normalise(question).text)) if p.code not in _HOME}:
            coverage = {n: c if self._names_place(n, places) else c * _OTHER_PLACE for n, c in coverage.items()}
        scored = {name: score * (0.5 + coverage[name]) for name, score in scored.items()}
        best = max(coverage.values(), default=0.0)
        floor = _floor(sum(1.0 if t.isascii() else 1 / 3 for t in asked))
        if floor <= best < SURE:
            self._ask_vectors(question, scored)
        scored, coverage = self._told_in(lang, scored), self._told_in(lang, coverage)
        ranked = sorted(scored, key=lambda n: (-scored[n], n))[:limit]
        passages = tuple(self._passage(n, scored[n], coverage[n], as_of) for n in ranked)
        covered = bool(passages) and max(p.coverage for p in passages[:3]) >= floor
        return SearchResult(query=question, as_of=as_of, passages=passages, covered=covered)

    def passage(self, name: str, as_of: date) -> Passage:
        """One passage by id, rendered for a day."""
        return self._passage(name, 0.0, 1.0, as_of)

    def _weights(self, text: str) -> dict[str, float]:
        """Tokens of a text with their rarity.

        Identifiers count for more; single Chinese characters, and pairs that only straddle two words (both neighbours
        far more common), for little.
        """
        manifest = self._index.manifest
        ordered = tokens(glossary.without_stopwords(text))
        pairs = [t for t in ordered if len(t) == 2 and not t.isascii()]
        out: dict[str, float] = {}
        for token in ordered:
            seen = manifest.frequencies.get(token, 0)
            weight = math.log(1 + manifest.size / (seen + 0.5))
            if not token.isascii():
                weight *= 0.35 if len(token) == 1 else 0.2 if self._straddles(token, pairs) else 1.0
            elif any(c.isdigit() for c in token):
                weight *= _IDENTIFIER_WEIGHT
            out[token] = max(out.get(token, 0.0), weight)
        return out

    def _straddles(self, pair: str, pairs: list[str]) -> bool:
        at, seen = pairs.index(pair), self._index.manifest.frequencies
        if not 0 < at < len(pairs) - 1 or pairs[at - 1][1] != pair[0] or pairs[at + 1][0] != pair[1]:
            return False
        return min(seen.get(pairs[at - 1], 0), seen.get(pairs[at + 1], 0)) > 3 * seen.get(pair, 0) + 1

    def _words_of(self, name: str) -> frozenset[str]:
        if name not in self._tokens:
            brief, section = self._sections[name]
            rendered = render(section.body, law(), brief.front.reviewed, section.language)[0]
            names = " ".join((*brief.front.known_as.all(), brief.front.title.zh_TW, brief.front.title.en))
            self._tokens[name] = frozenset(tokens(f"{section.heading} {rendered} {names}"))
        return self._tokens[name]

    def _coverage(
        self, name: str, asked: dict[str, float], bridges: Sequence[tuple[set[str], list[set[str]]]]
    ) -> float:
        """Share of the question's weight that stands in a passage; a bridged word counts for the word it bridges."""
        total = sum(asked.values())
        if not total:
            return 0.0
        words = self._words_of(name)
        covered = {token for token in asked if token in words}
        by_bridge: set[str] = set()
        for said, others in bridges:
            if not said <= covered and any(other <= words for other in others):
                by_bridge |= said - covered
        credit = sum(asked[t] for t in covered) + _BRIDGE_CREDIT * sum(asked.get(t, 0.0) for t in by_bridge)
        return min(1.0, credit / total)

    def _told_in(self, lang: Lang, scored: dict[str, float]) -> dict[str, float]:
        """The same passages in the language of the answer wherever a brief has them in both."""
        told: dict[str, float] = {}
        for name, score in scored.items():
            brief, section = self._sections[name]
            twin = f"{brief.front.id}#{lang}-{section.number}"
            whole = 2 * sum(s.language == lang for s in brief.sections) == len(brief.sections)
            kept = twin if whole and twin in self._sections else name
            told[kept] = max(score, told.get(kept, score))
        return told

    def _names_place(self, name: str, places: set[str]) -> bool:
        """Whether a passage speaks of one of the places a question names."""
        section = self._sections[name][1]
        text = f"{section.heading} {section.body}".lower()
        return any(place in text for place in places)

    def _ask_vectors(self, question: str, scored: dict[str, float]) -> None:
        top = max(scored.values())
        for name, similarity in self._index.similar(glossary.without_stopwords(question), 10):
            if name in scored:
                scored[name] += 0.15 * top * max(0.0, similarity)

    def _passage(self, name: str, score: float, coverage: float, as_of: date) -> Passage:
        brief, section = self._sections[name]
        front, lang = brief.front, section.language
        text, bound = render(section.body, law(), as_of, lang)
        source = front.sources[0]
        return Passage(
            id=section.id, document_id=front.id, title=front.title[lang], section=section.heading, text=text,
            language=lang, score=round(score, 4), coverage=round(coverage, 4), effective_from=front.effective_from,
            effective_to=front.effective_to, status=front.status, authority="brief", kind=front.kind,
            certainty=front.certainty, jurisdiction=front.jurisdiction, publisher=source.publisher,
            citation="；".join(s.citation for s in front.sources[:3]), url=source.url,
            document=front.document.title if front.document else None, known_as=front.known_as.all(),
            bound=tuple(
                BoundFigure(
                    start=b.start, end=b.end, parameter=b.id, unit=b.unit,
                    value=None if b.value is None else str(b.value.value),
                    effective_from=b.value.first_day if b.value else None,
                    effective_to=b.value.effective_to if b.value else None, pinned=b.pinned,
                )
                for b in bound
            ),
        )  # fmt: skip


def _floor(size: float) -> float:
    """Coverage wanted of a question of so many words: a story told at length holds more that no passage repeats."""
    short, long = COVERAGE_FLOOR
    share = min(1.0, max(0.0, (size - _SHORT) / (_LONG - _SHORT)))
    return short - share * (short - long)


def question_words(question: str) -> set[str]:
    """What a question is about: its words without courtesies, and their bridges; Chinese in pairs."""
    text = f"{glossary.without_stopwords(question)} {' '.join(glossary.bridged(question))}"
    return {t for t in tokens(text) if t.isascii() or len(t) > 1}


def words_of(passage: Passage) -> set[str]:
    """The words a passage says."""
    return set(tokens(f"{passage.section} {passage.text}"))


def best_sentences(passage: Passage, question: str, most: int = 4) -> list[str]:
    """Sentences of a passage, in order: all of a short one, the most telling of a long one."""
    sentences = split_sentences(passage.text)
    if len(sentences) <= most:
        return sentences
    asked = set(tokens(glossary.without_stopwords(question))) | set(tokens(" ".join(glossary.bridged(question))))
    ranked = sorted(range(len(sentences)), key=lambda i: (-len(asked & set(tokens(sentences[i]))), i))
    keep = sorted({0, *ranked[: most - 1]})
    return [sentences[i] for i in keep]


def split_sentences(text: str) -> list[str]:
    """Sentences of a text in either language; lists keep their lines."""
    parts = re.split(r"(?<=[。！？])\s*|(?<=[.!?])\s+(?=[A-Z\"'(])|\n+", text)
    return [p.strip() for p in parts if p.strip()]


def open_library(home: Path) -> Library:
    """The library over the shipped briefs: opens the index, builds it when there is none that fits, mends it once.

    Args:
        home: the state directory.

    Raises:
        InputError: the state directory cannot be written and no index is there.
        DataError: the briefs are broken, or a fresh index does not open.
    """
    briefs = shipped_briefs()
    store, wanted = IndexStore(home), fingerprint(briefs)

    def mend() -> OpenIndex:
        store.discard()
        return OpenIndex(store.build(briefs, wanted))

    generation = store.current(wanted) or store.build(briefs, wanted)
    try:
        return Library(briefs, OpenIndex(generation), mend)
    except DataError:
        return Library(briefs, mend())
