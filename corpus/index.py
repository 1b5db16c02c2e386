"""The index: passages in a lexical index and in Chroma, built aside, swapped in whole, rebuilt when stale.

An index is a cache of the briefs and of the documents on the shelf. Where only documents came or went since the
generation in use, the new one is a copy of it with these put in and taken out (`corpus.extending`). Layout under the state directory:
`index/<generation>/{manifest.json, lexical/, chroma/}` and `index/current`, which names the generation in use.
A reader sees the old generation or the new one, never a half of either.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.briefs_reader import Brief
from corpus.embedding import Vector
from corpus.extending import extend
from corpus.saying import Hit, read_hit
from corpus.stores import DEFAULT, Stores, answering, client, collection_name, sweep
from corpus.writing import FIELDS, FILTERS, Manifest, fingerprint, remove, replace_text, write
from tools.errors import DataError, InputError, ServiceError

__all__ = ["FILTERS", "IndexStore", "Manifest", "Near", "OpenIndex", "fingerprint"]

_TIE = 0.3  # what the other words of a bridge count for beside the best of them
#: what a field's words weigh in the lexical ranking
_BOOSTS = {"names": 0.3, "heading": 0.8, "body": 1.0, "asks": 0.5}


@dataclass(frozen=True, slots=True)
class Near:
    """A question's vector, and a row for each passage that it is held against."""

    question: Vector
    passages: Vector

    @property
    def likeness(self) -> Vector:
        """Cosine of the question with each passage."""
        return self.passages @ self.question


class IndexStore:
    """Generations of the index under one directory.

    Args:
        home: the state directory.
        stores: where vectors are kept, and what makes them.
    """

    def __init__(self, home: Path, stores: Stores = DEFAULT) -> None:
        self.root = home / "index"
        self.stores = stores

    def current(self, wanted: str) -> Path | None:
        """The generation in use, when it is whole and was built from what is wanted."""
        try:
            name = (self.root / "current").read_text("utf-8").strip()
            generation = self.root / name
            manifest = json.loads((generation / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        ok = (
            name
            and isinstance(manifest, dict)
            and manifest.get("fingerprint") == wanted
            and (generation / "lexical").is_dir()
        )
        return generation if ok else None

    def build(self, briefs: Sequence[Brief], wanted: str, *, fresh: bool = False) -> Path:
        """Build a generation aside and swap it in. Waits for another builder, and uses what it built.

        Raises:
            InputError: the state directory cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with self._locked():
                if not fresh and (ready := self.current(wanted)) is not None:
                    return ready
                name = f"g-{uuid.uuid4().hex[:12]}"
                aside = self.root / f".{name}"
                aside.mkdir()
                collection = collection_name(name, self.root, self.stores.chroma_url)
                before = self._named()
                if fresh or not extend(self.root / before, aside, briefs, wanted, self.stores):
                    write(aside, briefs, wanted, self.stores, collection)
                final = self.root / name
                os.replace(aside, final)
                replace_text(self.root / "current", name)
                self._sweep(keep={name, before})  # a reader may still be opening the one before
                return final
        except OSError as error:
            raise InputError(
                "CUSTOMS_HOME", f"{self.root} cannot be written ({error.strerror})", "a writable directory"
            ) from error

    def discard(self) -> None:
        """Forget the generation in use; the next opening rebuilds it."""
        remove(self.root / "current")

    def _named(self) -> str:
        current = self.root / "current"
        return current.read_text("utf-8", errors="replace").strip() if current.is_file() else ""

    def _sweep(self, keep: set[str]) -> None:
        for entry in self.root.iterdir():
            if entry.is_dir() and entry.name not in keep:
                shutil.rmtree(entry, ignore_errors=True)
        if self.stores.chroma_url:
            sweep(self.root, self.stores.chroma_url, keep)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.root / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


class OpenIndex:
    """One generation, opened for reading.

    Raises:
        DataError: when the generation is not whole; damage may show at the opening or at a search.
    """

    def __init__(self, generation: Path, stores: Stores = DEFAULT) -> None:
        self.generation, self.stores = generation, stores
        try:
            self.manifest = Manifest.model_validate_json((generation / "manifest.json").read_bytes())
            self._embed = stores.embed(self.manifest.embedded_with(), self.manifest.embedded_size)
            self._lexical = self._open_lexical()
        except (OSError, ValueError) as error:  # a ValidationError is a ValueError
            raise DataError("index", str(error)) from error
        self._collection: Any = None

    def _open_lexical(self) -> Any:
        import tantivy

        index = tantivy.Index.open(str(self.generation / "lexical"))
        index.reload()
        searcher = index.searcher()
        if searcher.num_docs != self.manifest.size:
            raise ValueError(f"{searcher.num_docs} passages of {self.manifest.size}")
        return index

    def lexical(
        self,
        asked: Mapping[str, float],
        bridges: Sequence[Sequence[Mapping[str, float]]],
        limit: int,
        narrowed: Mapping[str, Sequence[str]],
    ) -> list[Hit]:
        """Passages with BM25 scores, best first, and the words each says.

        Args:
            asked: weight of each token of the question.
            bridges: for each word that means the same as others, those others as weighted tokens; the one that fits a
                passage best counts.
            limit: most passages wanted.
            narrowed: for fields of FILTERS, the values one of which a passage must have; empty for any.
        """
        import tantivy

        query, occur, searcher = tantivy.Query, tantivy.Occur, self._lexical.searcher()
        schema = self._lexical.schema

        def either(weighted: Mapping[str, float], fields: Sequence[str]) -> Any:
            return query.boolean_query([
                (occur.Should, query.boost_query(query.term_query(schema, field, token), weight * _BOOSTS[field]))
                for token, weight in weighted.items()
                for field in fields
            ])  # fmt: skip

        clauses = [(occur.Should, either(asked, FIELDS))] if asked else []
        clauses += [
            (occur.Should, query.disjunction_max_query([either(o, FIELDS[1:]) for o in others], _TIE))
            for others in bridges
            if others
        ]
        if not clauses:
            return []
        clauses = [(occur.Must, query.boolean_query(clauses))]
        clauses += [
            (occur.Must, query.const_score_query(query.term_set_query(schema, field, list(values)), 0.0))
            for field, values in narrowed.items()
            if values
        ]
        try:
            hits = searcher.search(query.boolean_query(clauses), limit).hits
            found = [(searcher.doc(address), float(score)) for score, address in hits]
            return [read_hit(doc["id"][0], score, doc["words"][0].decode()) for doc, score in found]
        except (OSError, ValueError) as error:
            raise DataError("index", str(error)) from error

    def near(self, question: str, names: Sequence[str]) -> Near:
        """A question's vector beside those of named passages, exactly: no neighbourhood graph is asked.

        Raises:
            DataError: a passage has no vector, or the vectors are damaged.
            ServiceError: a configured store or embedding cannot be reached.
        """
        found = self._asked(lambda c: c.get(ids=list(names), include=["embeddings"]))
        at = {name: row for row, name in enumerate(found["ids"])}
        if lost := [name for name in names if name not in at]:
            raise DataError("index", f"no vector of {lost[0]}")
        rows = np.asarray(found["embeddings"], dtype=np.float32)[[at[name] for name in names]]
        return Near(self._embed.asked(question), rows)

    def vectors_answer(self) -> bool:
        """Whether the vectors can be asked now."""
        try:
            self._asked(lambda c: c.count())
        except (DataError, ServiceError):
            return False
        return True

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        from chromadb.errors import ChromaError

        try:
            with answering(self.stores.chroma_url):
                if self._collection is None:
                    chroma = client(self.generation / "chroma", self.stores.chroma_url)
                    self._collection = chroma.get_collection(self.manifest.collection, embedding_function=None)
                return ask(self._collection)
        except (ChromaError, OSError, ValueError) as error:
            raise DataError("index", str(error)) from error
