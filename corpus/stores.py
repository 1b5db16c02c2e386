"""Where vectors are kept and what makes them.

By default Chroma embedded and the bundled model; by settings a Chroma server, an OpenAI-compatible endpoint, or words alone.
"""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from corpus import embedding, meaning
from corpus.embedding import HashedEmbedding, Vector
from corpus.meaning import MeaningEmbedding
from tools.errors import ServiceError

_BATCH = 64
_OPENING = threading.Lock()
_PATIENCE = 15  # seconds a Chroma server may take for one request
#: measured: enough for exact-looking neighbours of sparse vectors, and four times faster to build than the defaults
_GRAPH = {"hnsw:space": "cosine", "hnsw:construction_ef": 20, "hnsw:M": 6}


@dataclass(frozen=True, slots=True)
class Stores:
    """What an operator chose.

    Args:
        chroma_url: address of a Chroma server; embedded when there is none.
        embedding: `e5`, the model bundled; `hashed`, words alone; or `openai:NAME` for a compatible endpoint.
        base_url, api_key: of that endpoint.
    """

    chroma_url: str | None = None
    embedding: str = "e5"
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)

    @property
    def hosted(self) -> bool:
        return self.embedding.startswith("openai:")

    @property
    def bundled(self) -> bool:
        """Whether vectors are those of the bundled model."""
        return self.embedding == "e5" and meaning.held()

    @property
    def name(self) -> str:
        """What an index has to remember it was built with."""
        kept = f" @ {self.chroma_url}" if self.chroma_url else ""
        made_by = self.embedding if self.hosted else meaning.NAME if self.bundled else embedding.NAME
        return f"{made_by}{kept}"

    def embed(self, frequencies: Mapping[str, int], size: int) -> Embed:
        """The embedding over a collection with these token counts."""
        if self.hosted:
            return HostedEmbedding(self)
        return MeaningEmbedding() if self.bundled else HashedEmbedding(frequencies, size)


#: nothing configured
DEFAULT = Stores()


class Embed(Protocol):
    def __call__(self, texts: Sequence[str]) -> Vector: ...
    def asked(self, question: str) -> Vector: ...


class HostedEmbedding:
    """Vectors of an OpenAI-compatible endpoint."""

    def __init__(self, stores: Stores) -> None:
        self.stores = stores

    def __call__(self, texts: Sequence[str]) -> Vector:
        """One row a text.

        Raises:
            ServiceError: the endpoint cannot be reached or answers something else.
        """
        import httpx

        base = (self.stores.base_url or "https://api.openai.com/v1").rstrip("/")
        headers = {"Authorization": f"Bearer {self.stores.api_key}"} if self.stores.api_key else {}
        rows: list[Any] = []
        try:
            for at in range(0, len(texts), _BATCH):
                body = {"model": self.stores.embedding.removeprefix("openai:"), "input": list(texts[at : at + _BATCH])}
                answer = httpx.post(f"{base}/embeddings", json=body, headers=headers, timeout=60).raise_for_status()
                rows.extend(item["embedding"] for item in sorted(answer.json()["data"], key=lambda d: d["index"]))
            return np.asarray(rows, dtype=np.float32).reshape(len(texts), -1)
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise ServiceError(
                f"CUSTOMS_EMBEDDING: {self.stores.embedding} at {base} gave no vectors ({type(error).__name__})"
            ) from error

    def asked(self, question: str) -> Vector:
        """The vector of a question.

        Raises:
            ServiceError: as above.
        """
        row: Vector = self([question])[0]
        return row


def client(directory: Path, url: str | None) -> Any:
    """Chroma over a directory, or at an address; opened by one thread at a time, for Chroma itself does not see to that.

    Raises:
        ServiceError: a configured server cannot be reached.
    """
    with _OPENING:
        return _client(directory, url)


def _client(directory: Path, url: str | None) -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    if url is None:
        return chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
    return _at(url)


@lru_cache(maxsize=4)
def _at(url: str) -> Any:
    """One line to a server for the whole process: each has its own pool of connections."""
    import chromadb
    import httpx
    from chromadb.config import Settings

    parts = urlsplit(url)
    try:
        made = chromadb.HttpClient(
            host=parts.hostname or "localhost", port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https", settings=Settings(anonymized_telemetry=False),
        )  # fmt: skip
    except (ValueError, httpx.HTTPError) as error:  # what the client raises when nothing answers, or only half
        raise ServiceError(f"CUSTOMS_CHROMA_URL: no Chroma server answers at {parts.hostname}:{parts.port}") from error
    session = getattr(getattr(made, "_server", None), "_session", None)
    if session is not None:  # the client itself waits for ever
        session.timeout = _PATIENCE
    return made


@contextmanager
def answering(url: str | None) -> Iterator[None]:
    """A Chroma server that stops answering in the middle is a service that is not reached.

    Raises:
        ServiceError: the server cannot be reached, takes too long, or fails.
    """
    import httpx

    try:
        yield
    except httpx.HTTPError as error:
        raise ServiceError(f"CUSTOMS_CHROMA_URL: {url} does not answer ({type(error).__name__})") from error


def collection_name(generation: str, root: Path, url: str | None) -> str:
    """`passages` in a directory of its own; on a server a name that says whose and which generation."""
    return "passages" if url is None else f"{_owner(root)}{generation}"


def _owner(root: Path) -> str:
    """The beginning of the names of one index directory: by a mark of its own, for two machines may use the same path."""
    mark = root / ".owner"
    if not mark.is_file():
        mark.write_text(uuid.uuid4().hex, "utf-8")
    return f"customs-{hashlib.sha256(mark.read_bytes()).hexdigest()[:10]}-"


def create(chroma: Any, name: str, embedding: str) -> Any:
    """A fresh collection."""
    return chroma.create_collection(name, embedding_function=None, metadata={"embedding": embedding, **_GRAPH})


def sweep(root: Path, url: str, keep: set[str]) -> None:
    """Take collections of older generations off a server."""
    chroma, owner = client(root, url), _owner(root)
    for found in chroma.list_collections():
        name = getattr(found, "name", found)
        if name.startswith(owner) and name.removeprefix(owner) not in keep:
            chroma.delete_collection(name)
