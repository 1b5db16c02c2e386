"""The library as its readers have it: opened, searched, and opened again when documents came or went."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.briefs_reader import Brief, shipped_briefs
from corpus.documents.shelf import Shelf
from corpus.index import IndexStore, OpenIndex, fingerprint
from corpus.passage import BoundFigure, Conflict, Passage, SearchResult
from corpus.ranking import Collection, Wanted
from corpus.sentences import best_sentences, question_words, split_sentences, words_of
from corpus.stores import DEFAULT, Stores
from tools.errors import DataError, ServiceError
from tools.law.models import Lang

__all__ = [
    "BoundFigure", "Conflict", "Library", "Passage", "SearchResult", "best_sentences", "open_library", "question_words",
    "split_sentences", "words_of",
]  # fmt: skip

logger = logging.getLogger("customs.library")

Opened = Callable[[], tuple[Sequence[Brief], OpenIndex]]


@dataclass(slots=True)
class Watch:
    """Whether the shelves are what they were: their stamp, how they are opened anew, and the stamp last seen."""

    stamp: Callable[[], tuple[int, ...]]
    opened: Opened
    seen: tuple[int, ...]


class Library:
    """The briefs and the documents of users with their index; may be searched by many threads.

    Args:
        briefs: what can be found.
        index: an opened index of exactly these briefs.
        mend: gives a fresh index when damage shows at a search.
        watch: tells when another process changed the documents.
    """

    def __init__(
        self, briefs: Sequence[Brief], index: OpenIndex, mend: Opened | None = None, watch: Watch | None = None
    ) -> None:
        self._mend, self._watch, self._mending = mend, watch, threading.Lock()
        self._collection = Collection(briefs, index)

    @property
    def size(self) -> int:
        """Number of passages."""
        return self._collection.size

    def texts(self, authority: str) -> list[str]:
        """Headings with bodies, as written, of every passage of one authority."""
        return self._collection.texts(authority)

    def passage(self, name: str, as_of: date) -> Passage:
        """One passage by id, rendered for a day."""
        return self._collection.passage(name, as_of)

    def _renew(self) -> None:
        """Hold what is on the shelves now, when it is not what was there at the last look.

        While a configured store cannot be reached what was held goes on being read.
        """
        watch = self._watch
        if watch is not None and (stamp := watch.stamp()) != watch.seen:
            try:
                self._collection = Collection(*watch.opened())
            except ServiceError as error:
                logger.warning("documents that changed are not read yet: %s", error)
                return
            watch.seen = stamp

    def vectors_answer(self) -> bool:
        """Whether the vectors can be asked now; searches go on by words where they cannot."""
        return self._collection.vectors_answer()

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
        narrowed = {"jurisdiction": jurisdictions, "topic": topics, "authority": authorities}
        wanted = Wanted(question, as_of, lang, limit, narrowed, in_force_only)
        self._renew()
        damaged = self._collection
        try:
            return damaged.search(wanted)
        except DataError:
            if self._mend is None:
                raise
            with self._mending:
                if self._collection is damaged:
                    self._collection = Collection(*self._mend())
            return self._collection.search(wanted)


def open_library(home: Path, stores: Stores = DEFAULT, *, fresh: bool = False, beside: Sequence[Shelf] = ()) -> Library:
    """The library over the shipped briefs and the documents on the shelf.

    Opens the index, builds it when there is none that fits, mends it once, and opens it anew when another process
    changed the shelf.

    Args:
        home: the state directory.
        stores: where vectors are kept, and what makes them.
        fresh: build the index anew even if one is there that fits.
        beside: shelves of others, read together with the one of this directory.

    Raises:
        InputError: the state directory cannot be written and no index is there.
        ServiceError: a configured store or embedding cannot be reached.
        DataError: the briefs are broken, or a fresh index does not open.
    """
    shelves, store = (*beside, Shelf(home)), IndexStore(home, stores)

    def briefs() -> tuple[Brief, ...]:
        return (*shipped_briefs(), *(brief for shelf in shelves for brief in shelf.briefs()))

    def stamp() -> tuple[int, ...]:
        return tuple(part for shelf in shelves for part in (*shelf.stamp(), -1))

    def opened() -> tuple[Sequence[Brief], OpenIndex]:
        held = briefs()
        wanted = fingerprint(held, stores)
        generation = store.current(wanted) or store.build(held, wanted)
        try:
            return held, OpenIndex(generation, stores)
        except DataError:
            store.discard()
            return held, OpenIndex(store.build(held, wanted), stores)

    def mend() -> tuple[Sequence[Brief], OpenIndex]:
        store.discard()
        return opened()

    seen = stamp()
    if fresh:
        held = briefs()
        store.build(held, fingerprint(held, stores), fresh=True)
    return Library(*opened(), mend, Watch(stamp, opened, seen))
