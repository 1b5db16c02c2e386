"""The index: passages in a lexical index and in Chroma, built aside, swapped in whole, rebuilt when stale.

An index is a cache of the briefs. Layout under the state directory:
`index/<generation>/{manifest.json, lexical/, chroma/}` and `index/current`, which names the generation in use.
A reader sees the old generation or the new one, never a half of either.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from corpus.briefs_reader import Brief, Section
from corpus.embedding import NAME as EMBEDDING
from corpus.embedding import HashedEmbedding
from tools.errors import DataError, InputError
from tools.law.bindings import BINDING
from tools.law.models import Lang
from tools.law.store import law
from tools.text.tokens import VERSION as TOKENS
from tools.text.tokens import tokens

if TYPE_CHECKING:
    import tantivy

_FORMAT = "3"
_COLLECTION = "passages"
_FIELDS = ("names", "heading", "body")


class Manifest(BaseModel):
    """What an index was built from, and the token counts that searching needs."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
    fingerprint: str
    size: int
    embedding: str
    frequencies: dict[str, int]


def fingerprint(briefs: Sequence[Brief]) -> str:
    """Changes whenever the briefs, the tokens, the embedding, Chroma or the layout do."""
    return _digest([_FORMAT, TOKENS, EMBEDDING, version("chromadb")], briefs)


def _digest(parts: list[str], briefs: Sequence[Brief]) -> str:
    digest = hashlib.sha256("\n".join(parts).encode())
    for brief in briefs:
        digest.update(brief.model_dump_json().encode())
    return digest.hexdigest()


def indexed_text(brief: Brief, section: Section) -> dict[str, str]:
    """The words a passage is found by: names of its document, its heading, its body with law in words."""
    front = brief.front
    lang: Lang = section.language
    names = [front.title[lang], *front.known_as.all(), *front.topics, front.id.replace("-", " ")]
    if front.document:
        names.append(front.document.title)

    def in_words(match: Any) -> str:
        parameter = law().parameter(match["id"])
        return f" {parameter.label[lang]} "

    return {"names": " ".join(names), "heading": section.heading, "body": BINDING.sub(in_words, section.body)}


class IndexStore:
    """Generations of the index under one directory."""

    def __init__(self, home: Path) -> None:
        self.root = home / "index"

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

    def build(self, briefs: Sequence[Brief], wanted: str) -> Path:
        """Build a generation aside and swap it in. Waits for another builder, and uses what it built.

        Raises:
            InputError: the state directory cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with self._locked():
                if (ready := self.current(wanted)) is not None:
                    return ready
                name = f"g-{uuid.uuid4().hex[:12]}"
                aside = self.root / f".{name}"
                aside.mkdir()
                _write(aside, briefs, wanted)
                final = self.root / name
                os.replace(aside, final)
                before = self._named()
                _replace_text(self.root / "current", name)
                self._sweep(keep={name, before})  # a reader may still be opening the one before
                return final
        except OSError as error:
            raise InputError(
                "CUSTOMS_HOME", f"{self.root} cannot be written ({error.strerror})", "a writable directory"
            ) from error

    def discard(self) -> None:
        """Forget the generation in use; the next opening rebuilds it."""
        _remove(self.root / "current")

    def _named(self) -> str:
        current = self.root / "current"
        return current.read_text("utf-8", errors="replace").strip() if current.is_file() else ""

    def _sweep(self, keep: set[str]) -> None:
        for entry in self.root.iterdir():
            if entry.is_dir() and entry.name not in keep:
                shutil.rmtree(entry, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.root / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def _replace_text(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    aside.write_text(text, "utf-8")
    if path.is_dir():  # not ours: a file's name
        _remove(path)
    os.replace(aside, path)


def _write(directory: Path, briefs: Sequence[Brief], wanted: str) -> None:
    rows = [(brief, section, indexed_text(brief, section)) for brief in briefs for section in brief.sections]
    if not rows:
        raise DataError("briefs", "there are none to index")
    frequencies: Counter[str] = Counter()
    for _, _, text in rows:
        frequencies.update(set(tokens(f"{text['heading']} {text['body']}")))
    _write_lexical(directory / "lexical", rows)
    _write_chroma(directory / "chroma", rows, HashedEmbedding(frequencies, len(rows)))
    manifest = {
        "fingerprint": wanted, "size": len(rows), "embedding": EMBEDDING, "frequencies": dict(sorted(frequencies.items())),
    }  # fmt: skip
    _replace_text(directory / "manifest.json", json.dumps(manifest, ensure_ascii=False))


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("language", stored=True, tokenizer_name="raw")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    return builder.build()


def _write_lexical(directory: Path, rows: Sequence[tuple[Brief, Section, dict[str, str]]]) -> None:
    import tantivy

    directory.mkdir()
    index = tantivy.Index(_schema(), path=str(directory))
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for _, section, text in rows:
        fields = {name: " ".join(tokens(text[name])) for name in _FIELDS}
        writer.add_document(tantivy.Document(id=section.id, language=section.language, **fields))
    writer.commit()
    writer.wait_merging_threads()


def _chroma(directory: Path) -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))


def _write_chroma(
    directory: Path, rows: Sequence[tuple[Brief, Section, dict[str, str]]], embed: HashedEmbedding
) -> None:
    client = _chroma(directory)
    collection = client.create_collection(
        _COLLECTION, embedding_function=None, metadata={"embedding": EMBEDDING, "hnsw:space": "cosine"}
    )
    vectors = embed([" ".join(text.values()) for _, _, text in rows])
    collection.upsert(
        ids=[section.id for _, section, _ in rows],
        embeddings=vectors,
        documents=[section.body for _, section, _ in rows],
        metadatas=[
            {"document": brief.front.id, "language": section.language, "jurisdiction": brief.front.jurisdiction,
             "status": brief.front.status}
            for brief, section, _ in rows
        ],
    )  # fmt: skip


class OpenIndex:
    """One generation, opened for reading.

    Raises:
        DataError: when the generation is not whole; damage may show at the opening or at a search.
    """

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        try:
            self.manifest = Manifest.model_validate_json((generation / "manifest.json").read_bytes())
            self._embed = HashedEmbedding(self.manifest.frequencies, self.manifest.size)
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

    def lexical(self, weighted: dict[str, float], limit: int) -> list[tuple[str, float]]:
        """Passage ids with BM25 scores for weighted tokens, best first."""
        import tantivy

        query, occur, searcher = tantivy.Query, tantivy.Occur, self._lexical.searcher()
        boosts = {"names": 0.1, "heading": 1.2, "body": 1.0}
        clauses = [
            (occur.Should, query.boost_query(query.term_query(self._lexical.schema, f, token), weight * boosts[f]))
            for token, weight in weighted.items()
            for f in _FIELDS
        ]
        if not clauses:
            return []
        try:
            hits = searcher.search(query.boolean_query(clauses), limit).hits
            return [(searcher.doc(address)["id"][0], float(score)) for score, address in hits]
        except (OSError, ValueError) as error:
            raise DataError("index", str(error)) from error

    def similar(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first, from Chroma."""
        from chromadb.errors import ChromaError

        try:
            if self._collection is None:
                client = _chroma(self.generation / "chroma")
                self._collection = client.get_collection(_COLLECTION, embedding_function=None)
            wanted = min(limit, self.manifest.size)
            found = self._collection.query(query_embeddings=self._embed([text]), n_results=wanted)
        except (ChromaError, OSError, ValueError) as error:
            raise DataError("index", str(error)) from error
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]
