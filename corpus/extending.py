"""A generation made from the one in use: documents that came put in, those that went taken out, nothing else done again.

Files of the lexical index never change once written, so the new generation shares them; those of Chroma are copied.
Not done, and the index built anew, where the briefs or the way of indexing changed, where a Chroma server holds the
vectors, or where so much changed since the last building that its counts no longer describe the collection.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.briefs_reader import Brief
from corpus.stores import Stores, client
from corpus.writing import (
    Manifest,
    base_of,
    change,
    count_file,
    counted,
    documents_of,
    rows_of,
    store,
    write_counts,
    write_manifest,
)
from tools.errors import DataError

_MOST = 2  # a generation is built anew when more than one passage in this many changed since the last building


def extend(before: Path, aside: Path, briefs: Sequence[Brief], wanted: str, stores: Stores) -> bool:
    """Make a generation from the one in use; whether it was made. When it was not, the directory is empty again.

    Args:
        before: the generation in use.
        aside: an empty directory for the new one.
        briefs: what it is to hold.
        wanted: their fingerprint.
        stores: where vectors are kept, and what makes them.
    """
    from chromadb.errors import ChromaError

    if stores.chroma_url:
        return False
    try:
        manifest = Manifest.model_validate_json((before / "manifest.json").read_bytes())
        if manifest.base != base_of(briefs, stores):
            return False
        _extend(manifest, before, aside, briefs, wanted, stores)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        DataError,
        ChromaError,
        sqlite3.Error,
    ):  # the one in use is damaged
        shutil.rmtree(aside)
        aside.mkdir()
        return False
    return True


def _extend(
    manifest: Manifest, before: Path, aside: Path, briefs: Sequence[Brief], wanted: str, stores: Stores
) -> None:
    now = documents_of(briefs)
    came = {name for name, mark in now.items() if manifest.documents.get(name) != mark}
    left = [name for name, mark in manifest.documents.items() if now.get(name) != mark]
    kept = [json.loads(count_file(before, name).read_bytes()) for name in left]
    gone = [passage for each in kept for passage in each["ids"]]
    rows = rows_of(brief for brief in briefs if brief.front.id in came)
    changed = manifest.changed + len(rows) + len(gone)
    size = manifest.size + len(rows) - len(gone)
    if changed * _MOST > manifest.embedded_size:
        raise DataError("index", "too much changed since it was built")
    frequencies = Counter(manifest.frequencies)
    for each in kept:
        frequencies.subtract(each["frequencies"])
    frequencies.update(fresh := counted(rows))
    frequencies += Counter()  # those of nought go
    embedded = manifest.embedded_with()
    # a token nobody had seen gets the count it comes with: no vector before holds it
    embedded = {**embedded, **{token: count for token, count in fresh.items() if token not in embedded}}
    _share(before / "lexical", aside / "lexical")
    _share(before / "counts", aside / "counts")
    shutil.copytree(before / "chroma", aside / "chroma")
    _looked_at(aside / "chroma" / "chroma.sqlite3")
    for name in left:
        count_file(aside, name).unlink()
    _change_lexical(aside / "lexical", rows, gone, size)
    collection = client(aside / "chroma", None).get_collection(manifest.collection, embedding_function=None)
    if gone:
        collection.delete(ids=gone)
    store(collection, rows, stores.embed(embedded, manifest.embedded_size))
    if collection.count() != size:
        raise DataError("index", f"{collection.count()} vectors of {size}")
    write_counts(aside, rows)
    update = {
        "fingerprint": wanted, "size": size, "frequencies": dict(sorted(frequencies.items())), "documents": now,
        "drifted": _others(embedded, frequencies), "changed": changed,
    }  # fmt: skip
    write_manifest(aside, manifest.model_copy(update=update))


def _looked_at(path: Path) -> None:
    """Chroma itself fails in no orderly way over a file that is no database.

    Raises:
        sqlite3.Error: it is none.
    """
    database = sqlite3.connect(path)
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        database.close()


def _others(embedded: Mapping[str, int], frequencies: Mapping[str, int]) -> dict[str, int]:
    """Counts the vectors were made with that are not those of the collection."""
    return {token: count for token, count in embedded.items() if frequencies.get(token) != count}


def _share(source: Path, target: Path) -> None:
    """The same files under a new directory; those that are written again, or whose kind is not known, as copies."""
    target.mkdir()
    for file in source.iterdir():
        if file.name.endswith(".lock"):
            continue
        if file.suffix == ".json" and source.name == "lexical":
            shutil.copyfile(file, target / file.name)
            continue
        try:
            os.link(file, target / file.name)
        except OSError:  # not every file system has links
            shutil.copyfile(file, target / file.name)


def _change_lexical(directory: Path, rows: Sequence[Any], gone: Sequence[str], size: int) -> None:
    import tantivy

    index = tantivy.Index.open(str(directory))
    change(index, rows, gone)
    index.reload()
    if index.searcher().num_docs != size:
        raise DataError("index", f"{index.searcher().num_docs} passages of {size}")
