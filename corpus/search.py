"""Dated retrieval: the passages that answer a question, rendered for a day, or the news that none does.

The lexical index leads. The vectors in Chroma are asked only where the words leave it unsure: offline they were
measured to add nothing to a sure answer (facts: retrieval baselines).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus import glossary
from corpus.briefs_reader import Brief, Section, shipped_briefs
from corpus.documents.shelf import Shelf
from corpus.index import IndexStore, OpenIndex, fingerprint
from corpus.passage import BoundFigure, Passage, SearchResult
from corpus.sentences import best_sentences, question_words, split_sentences, words_of
from corpus.stores import DEFAULT, Stores
from corpus.weights import BRIDGE_WEIGHT, Counts, means, weights
from corpus.weights import coverage as share_of
from tools.errors import DataError
from tools.law.bindings import render
from tools.law.models import Lang
from tools.law.store import law
from tools.text.normalise import normalise, to_traditional
from tools.text.places import find_places

__all__ = [
    "BoundFigure", "Library", "Passage", "SearchResult", "best_sentences", "open_library", "question_words",
    "split_sentences", "words_of",
]  # fmt: skip

#: share of a question's weight that a passage must carry to count as its answer: of a short question, of a long one
COVERAGE_FLOOR = (0.42, 0.20)
_SHORT, _LONG = 5, 15  # words; three Chinese tokens make about one
#: above this the words are sure and the vectors are not asked
SURE = 0.6
_OTHER_LANGUAGE = 0.72  # weight of a passage that is not in the language of the answer
_COMPARED = 10  # passages whose vectors are looked at
_HOME = ("TW", "US")
_OTHER_SIDE = 0.6
_OTHER_PLACE = 0.5  # coverage kept by a passage that is silent on the country a question names


Opened = Callable[[], tuple[Sequence[Brief], OpenIndex]]


@dataclass(slots=True)
class Watch:
    """Whether the shelf is what it was: its stamp, how it is opened anew, and the stamp last seen."""

    stamp: Callable[[], tuple[int, ...]]
    opened: Opened
    seen: tuple[int, ...]


class Library:
    """The briefs and the documents of users with their index.

    Args:
        briefs: what can be found.
        index: an opened index of exactly these briefs.
        mend: gives a fresh index when damage shows at a search.
        watch: tells when another process changed the documents.
    """

    def __init__(
        self, briefs: Sequence[Brief], index: OpenIndex, mend: Opened | None = None, watch: Watch | None = None
    ) -> None:
        self._mend, self._watch = mend, watch
        self._hold(briefs, index)

    def _hold(self, briefs: Sequence[Brief], index: OpenIndex) -> None:
        self._sections: dict[str, tuple[Brief, Section]] = {
            section.id: (brief, section) for brief in briefs for section in brief.sections
        }
        self._index = index

    @property
    def size(self) -> int:
        """Number of passages."""
        return len(self._sections)

    def _renew(self) -> None:
        """Hold what is on the shelf now, when it is not what was there at the last look."""
        watch = self._watch
        if watch is not None and (stamp := watch.stamp()) != watch.seen:
            watch.seen = stamp
            self._hold(*watch.opened())

    def search(
        self,
        question: str,
        *,
        as_of: date,
        lang: Lang,
        limit: int = 5,
        jurisdictions: Sequence[str] = (),
        topics: Sequence[str] = (),
        authorities: Sequence[str] = (),
        in_force_only: bool = False,
    ) -> SearchResult:
        """Passages that answer a question.

        Args:
            question: in either language, typos and all.
            as_of: the day figures of the law are rendered for.
            lang: language of the answer; passages in it are preferred.
            limit: most passages wanted.
            jurisdictions: TW, US, APEC, INTL; empty for all.
            topics: topics of briefs; empty for all, and documents of users.
            authorities: brief, user; empty for all.
            in_force_only: leave out documents whose interval does not hold the day.

        Raises:
            DataError: the index is damaged and cannot be mended.
        """

        def admitted(brief: Brief) -> bool:
            front = brief.front
            holds = (front.effective_from or date.min) <= as_of <= (front.effective_to or date.max)
            return (
                (not jurisdictions or front.jurisdiction in jurisdictions)
                and (not topics or bool(set(topics) & set(front.topics)))
                and (not authorities or brief.authority in authorities)
                and (holds or not in_force_only)
            )

        self._renew()
        try:
            return self._search(question, as_of, lang, limit, admitted)
        except DataError:
            if self._mend is None:
                raise
            mend, self._mend = self._mend, None
            self._hold(*mend())
            return self._search(question, as_of, lang, limit, admitted)

    def _search(
        self, question: str, as_of: date, lang: Lang, limit: int, admitted: Callable[[Brief], bool]
    ) -> SearchResult:
        counts = Counts(self._index.manifest.frequencies, self._index.manifest.size)
        asked = weights(question, counts)
        bridges = {t: w * BRIDGE_WEIGHT for t, w in weights(" ".join(glossary.bridged(question)), counts).items()}
        weighted = bridges | asked
        scored: dict[str, float] = {}
        said: dict[str, frozenset[str]] = {}
        for name, score, words in self._index.lexical(weighted, 40):
            brief, section = self._sections[name]
            if not admitted(brief):
                continue
            scored[name], said[name] = score * (1.0 if section.language == lang else _OTHER_LANGUAGE), words
        bridged = means(glossary.bridges(question))
        coverage = {name: share_of(said[name], asked, bridged) for name in scored}
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
        near = sorted(scored, key=lambda n: (-scored[n], n))[:_COMPARED]
        for name, similarity in self._index.similarity(glossary.without_stopwords(question), near).items():
            scored[name] += 0.15 * top * max(0.0, similarity)

    def _passage(self, name: str, score: float, coverage: float, as_of: date) -> Passage:
        brief, section = self._sections[name]
        front, lang = brief.front, section.language
        text, bound = (section.body, []) if brief.authority == "user" else render(section.body, law(), as_of, lang)
        source = front.sources[0]
        return Passage(
            id=section.id, document_id=front.id, title=front.title[lang], section=section.heading, text=text,
            language=lang, score=round(score, 4), coverage=round(coverage, 4), relevance=round(min(1.0, coverage), 4), effective_from=front.effective_from,
            effective_to=front.effective_to, status=front.status, authority=brief.authority, kind=front.kind,
            certainty=front.certainty, jurisdiction=front.jurisdiction, publisher=source.publisher,
            citation="；".join(s.citation for s in front.sources[:3]), url=source.url,
            document=front.document.title if front.document else None, known_as=front.known_as.all(),
            page=section.page, line=section.line, start=section.start, end=section.end,
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


def open_library(home: Path, stores: Stores = DEFAULT, *, fresh: bool = False) -> Library:
    """The library over the shipped briefs and the documents on the shelf.

    Opens the index, builds it when there is none that fits, mends it once, and opens it anew when another process
    changed the shelf.

    Args:
        home: the state directory.
        stores: where vectors are kept, and what makes them.
        fresh: build the index anew even if one is there that fits.

    Raises:
        InputError: the state directory cannot be written and no index is there.
        ServiceError: a configured store or embedding cannot be reached.
        DataError: the briefs are broken, or a fresh index does not open.
    """
    shelf, store = Shelf(home), IndexStore(home, stores)

    def opened() -> tuple[Sequence[Brief], OpenIndex]:
        briefs = (*shipped_briefs(), *shelf.briefs())
        wanted = fingerprint(briefs, stores)
        generation = store.current(wanted) or store.build(briefs, wanted)
        try:
            return briefs, OpenIndex(generation, stores)
        except DataError:
            store.discard()
            return briefs, OpenIndex(store.build(briefs, wanted), stores)

    def mend() -> tuple[Sequence[Brief], OpenIndex]:
        store.discard()
        return opened()

    stamp = shelf.stamp()
    if fresh:
        briefs = (*shipped_briefs(), *shelf.briefs())
        store.build(briefs, fingerprint(briefs, stores), fresh=True)
    return Library(*opened(), mend, Watch(shelf.stamp, opened, stamp))
