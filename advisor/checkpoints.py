"""Where conversations are kept: LangGraph's checkpointers, SQLite in the state directory or PostgreSQL by address.

Of each conversation one checkpoint is kept, and of all of them the latest ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from langgraph.checkpoint.base import empty_checkpoint
from langgraph.checkpoint.sqlite import SqliteSaver

FILE = "conversations.sqlite3"
_STORED, _SWEEP = 16_384, 256  # conversations kept, turns between two sweeps
_WAIT = 10  # seconds another process may hold the file, or a server may take to be reached
_CHANNEL = "messages"
Row = tuple[str, str]
T = TypeVar("T")


class Lost(Exception):
    """The store cannot be used; `for_good` where trying again would not help."""

    def __init__(self, error: Exception, *, for_good: bool) -> None:
        self.for_good = for_good
        super().__init__(" ".join(str(error).split()))


class Checkpoints(Protocol):
    """What was said in conversations: who (`human`, `ai`) and what. Both raise `Lost`."""

    def read(self, conversation: str) -> list[Row] | None: ...

    def write(self, conversation: str, rows: list[Row]) -> None: ...


def checkpoints(home: Path, url: str | None) -> Checkpoints:
    """The store of a state directory, or of a PostgreSQL address."""
    return PostgresCheckpoints(url) if url and url.startswith("postgresql") else SqliteCheckpoints(home / FILE)


class SqliteCheckpoints:
    """A file, made when the first answer is kept."""

    def __init__(self, path: Path) -> None:
        self._path, self._turns = path, 0
        self._saver: SqliteSaver | None = None

    def read(self, conversation: str) -> list[Row] | None:
        if self._saver is None and not self._path.exists():
            return None
        return self._used(lambda saver: _said(saver, conversation))

    def write(self, conversation: str, rows: list[Row]) -> None:
        def put(saver: SqliteSaver) -> None:
            kept = _put(saver, conversation, rows)
            with saver.cursor() as cursor:
                cursor.execute(
                    "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id < ?", (conversation, kept)
                )
                if self._turns % _SWEEP == 0:
                    cursor.execute(
                        "DELETE FROM checkpoints WHERE thread_id NOT IN "
                        "(SELECT thread_id FROM checkpoints ORDER BY checkpoint_id DESC LIMIT ?)", (_STORED,)
                    )  # fmt: skip
            self._turns += 1

        self._used(put)

    def _used(self, work: Callable[[SqliteSaver], T]) -> T:
        try:
            if self._saver is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
                connection.execute("PRAGMA synchronous=NORMAL")
                self._saver = SqliteSaver(connection)
            return work(self._saver)
        except (sqlite3.Error, OSError) as error:
            self._saver = None
            raise Lost(error, for_good=True) from error


class PostgresCheckpoints:
    """A server. A connection that broke, as when the server was started anew, is made again once."""

    def __init__(self, url: str) -> None:
        _scheme, _, rest = url.partition("://")
        self._url, self._turns = f"postgresql://{rest}", 0
        self._saver: Any = None

    def read(self, conversation: str) -> list[Row] | None:
        return self._used(lambda saver: _said(saver, conversation))

    def write(self, conversation: str, rows: list[Row]) -> None:
        def put(saver: Any) -> None:
            kept = _put(saver, conversation, rows)
            older = "DELETE FROM checkpoints WHERE thread_id = %s AND checkpoint_id < %s"
            saver.conn.execute(older, (conversation, kept))
            saver.conn.execute(
                "DELETE FROM checkpoint_blobs WHERE thread_id = %s AND version < %s", (conversation, kept)
            )
            if self._turns % _SWEEP == 0:
                for table in ("checkpoints", "checkpoint_blobs"):
                    saver.conn.execute(
                        f"DELETE FROM {table} WHERE thread_id IN "  # noqa: S608 — our own two names
                        "(SELECT thread_id FROM checkpoints ORDER BY checkpoint_id DESC OFFSET %s)", (_STORED,)
                    )  # fmt: skip
            self._turns += 1

        self._used(put)

    def _used(self, work: Callable[[Any], T]) -> T:
        import psycopg

        for again in (True, False):
            try:
                if self._saver is None:
                    self._saver = self._open()
                return work(self._saver)
            except psycopg.OperationalError as error:
                fresh, self._saver = self._saver is None, None
                if fresh or not again:
                    raise Lost(error, for_good=False) from error
            except psycopg.Error as error:
                self._saver = None
                raise Lost(error, for_good=False) from error
        raise AssertionError

    def _open(self) -> Any:
        import psycopg
        from langgraph.checkpoint.postgres import PostgresSaver
        from psycopg.rows import dict_row

        connection = psycopg.connect(
            self._url, autocommit=True, prepare_threshold=0, row_factory=dict_row, connect_timeout=_WAIT
        )
        saver = PostgresSaver(connection)
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('checkpoint_migrations') AS made")
            made = cursor.fetchone()
        if not made or made["made"] is None or not _newest(saver):
            connection.execute("SELECT pg_advisory_lock(7501002)")
            try:
                saver.setup()
            finally:
                connection.execute("SELECT pg_advisory_unlock(7501002)")
        return saver


def _newest(saver: Any) -> bool:
    """Whether the checkpointer's own tables are of its newest form."""
    row = saver.conn.execute("SELECT max(v) AS v FROM checkpoint_migrations").fetchone()
    return bool(row) and row["v"] == len(saver.MIGRATIONS) - 1


def _thread(conversation: str) -> Any:
    return {"configurable": {"thread_id": conversation, "checkpoint_ns": ""}}


def _said(saver: Any, conversation: str) -> list[Row] | None:
    found = saver.get_tuple(_thread(conversation))
    if found is None:
        return None
    rows: Iterable[Row] = found.checkpoint["channel_values"].get(_CHANNEL, [])
    return [(who, text) for who, text in rows]


def _put(saver: Any, conversation: str, rows: list[Row]) -> str:
    """One checkpoint with all that was said; its id, which is also the version of its messages."""
    checkpoint = empty_checkpoint()
    kept: str = checkpoint["id"]
    checkpoint["channel_values"] = {_CHANNEL: rows}
    checkpoint["channel_versions"] = {_CHANNEL: kept}
    metadata = {"source": "update", "step": len(rows), "parents": {}}
    saver.put(_thread(conversation), checkpoint, metadata, {_CHANNEL: kept})
    return kept
