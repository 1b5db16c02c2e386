"""One generation of the index written whole: its manifest, the lexical index, the vectors."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from corpus.briefs_reader import Brief, Section
from corpus.saying import indexed_text, meant, written
from corpus.stores import DEFAULT, Embed, Stores, answering, client, create
from tools.errors import DataError
from tools.text.tokens import VERSION as TOKENS
from tools.text.tokens import tokens

if TYPE_CHECKING:
    import tantivy

_FORMAT = "11"
FIELDS = ("names", "heading", "body", "asks")
_BATCH = 512  # passages embedded and stored at a time
#: what passages may be narrowed by inside the index; a topic field holds every topic of its document
FILTERS = ("authority", "jurisdiction", "topic")
_HEAP = 30_000_000  # bytes the writer of the lexical index may use
#: a passage with the tokens of each of its fields
Row = tuple[Brief, Section, dict[str, list[str]]]


class Manifest(BaseModel):
    """What an index was built from, and the token counts that searching needs.

    Vectors put in later are made with the counts of the last building (`drifted` has those that were others then), so
    that all vectors of a generation are of one kind.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
    fingerprint: str
    #: what cannot be put in or taken out one by one: the briefs, the tokens, the embedding, the layout
    base: str
    size: int
    embedding: str
    collection: str
    frequencies: dict[str, int]
    #: documents of users, and the mark of the text each was indexed with
    documents: dict[str, str]
    embedded_size: int
    drifted: dict[str, int]
    #: passages put in or taken out since the last building
    changed: int

    def embedded_with(self) -> dict[str, int]:
        """The counts that the vectors were made with."""
        return {**self.frequencies, **self.drifted} if self.drifted else self.frequencies


def fingerprint(briefs: Sequence[Brief], stores: Stores = DEFAULT) -> str:
    """Changes whenever the briefs, the tokens, the embedding, Chroma or the layout do."""
    return _digest([_FORMAT, TOKENS, stores.name, version("chromadb")], briefs)


def base_of(briefs: Sequence[Brief], stores: Stores) -> str:
    """The fingerprint of everything beside the documents of users."""
    return fingerprint([brief for brief in briefs if brief.authority != "user"], stores)


def documents_of(briefs: Iterable[Brief]) -> dict[str, str]:
    """Documents of users with the marks of their texts."""
    return {brief.front.id: brief.digest for brief in briefs if brief.authority == "user"}


def _digest(parts: list[str], briefs: Sequence[Brief]) -> str:
    digest = hashlib.sha256("\n".join(parts).encode())
    for brief in briefs:
        digest.update((brief.digest or brief.model_dump_json()).encode())
    return digest.hexdigest()


def remove(path: Path) -> None:
    """Take away a file or a directory, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Put a text in a file's place in one step."""
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    aside.write_text(text, "utf-8")
    if path.is_dir():  # not ours: a file's name
        remove(path)
    os.replace(aside, path)


def rows_of(briefs: Iterable[Brief]) -> list[Row]:
    """Passages with their tokens."""
    return [
        (brief, section, {f: tokens(text) for f, text in indexed_text(brief, section).items()})
        for brief in briefs
        for section in brief.sections
    ]


def counted(rows: Iterable[Row]) -> Counter[str]:
    """In how many passages each token stands."""
    frequencies: Counter[str] = Counter()
    for _, _, words in rows:
        frequencies.update({*words["heading"], *words["body"], *words["asks"]})
    return frequencies


def count_file(directory: Path, document: str) -> Path:
    """Where the passages and token counts of a document are kept, for taking it out again."""
    return directory / "counts" / f"{hashlib.sha256(document.encode()).hexdigest()[:24]}.json"


def write_counts(directory: Path, rows: Sequence[Row]) -> None:
    """Keep passages and counts of every document of users among some passages."""
    (directory / "counts").mkdir(exist_ok=True)
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        if row[0].authority == "user":
            by_document.setdefault(row[0].front.id, []).append(row)
    for document, own in by_document.items():
        kept = {"ids": [section.id for _, section, _ in own], "frequencies": counted(own)}
        count_file(directory, document).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Put the manifest in its place; a generation without one is none."""
    replace_text(directory / "manifest.json", json.dumps(manifest.model_dump(), ensure_ascii=False))


def write(directory: Path, briefs: Sequence[Brief], wanted: str, stores: Stores, collection: str) -> None:
    """Write a generation from nothing.

    Raises:
        DataError: there are no passages.
    """
    rows = rows_of(briefs)
    if not rows:
        raise DataError("briefs", "there are none to index")
    frequencies = counted(rows)
    _write_lexical(directory / "lexical", rows)
    with answering(stores.chroma_url):
        chroma = create(client(directory / "chroma", stores.chroma_url), collection, stores.name)
        store(chroma, rows, stores.embed(frequencies, len(rows)))
    write_counts(directory, rows)
    write_manifest(
        directory,
        Manifest(
            fingerprint=wanted, base=base_of(briefs, stores), size=len(rows), embedding=stores.name, collection=collection,
            frequencies=dict(sorted(frequencies.items())), documents=documents_of(briefs), embedded_size=len(rows),
            drifted={}, changed=0,
        ),
    )  # fmt: skip


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_bytes_field("words", stored=True)
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    return builder.build()


def _write_lexical(directory: Path, rows: Sequence[Row]) -> None:
    import tantivy

    directory.mkdir()
    change(tantivy.Index(_schema(), path=str(directory)), rows, ())


def change(index: Any, rows: Sequence[Row], gone: Iterable[str]) -> None:
    """Take passages out of a lexical index, and put others in.

    Args:
        index: the index.
        rows: passages put in.
        gone: ids of passages taken out.
    """
    import tantivy

    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for name in gone:
        writer.delete_documents_by_term("id", name)
    for brief, section, words in rows:
        document = tantivy.Document(
            id=section.id,
            words=written(brief, section).encode(),
            authority=brief.authority,
            jurisdiction=brief.front.jurisdiction,
            **{name: " ".join(words[name]) for name in FIELDS},
        )
        for topic in brief.front.topics:
            document.add_text("topic", topic)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def store(collection: Any, rows: Sequence[Row], embed: Embed) -> None:
    """Put passages with their vectors in a collection of Chroma."""
    for at in range(0, len(rows), _BATCH):
        batch = rows[at : at + _BATCH]
        texts = [meant(brief, section) for brief, section, _ in batch]
        collection.add(
                ids=[section.id for _, section, _ in batch],
                embeddings=embed(texts),
                documents=[section.body for _, section, _ in batch],
                metadatas=[
                    {"document": section.document_id, "language": section.language, "jurisdiction": brief.front.jurisdiction,
                     "authority": brief.authority}
                    for brief, section, _ in batch
                ],
            )  # fmt: skip
