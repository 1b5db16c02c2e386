"""Chats kept for whoever works at this installation: search, names, answers as they were given, thumbs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.answer import Answer
from tools.errors import InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS chats (id TEXT PRIMARY KEY, name TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
  chat TEXT NOT NULL, number INTEGER NOT NULL, question TEXT NOT NULL, conditions TEXT NOT NULL, answer TEXT NOT NULL,
  thumb INTEGER, comment TEXT NOT NULL DEFAULT '', PRIMARY KEY (chat, number));
"""
_NAME, _WAIT = 60, 5.0  # characters of a name; seconds another session may hold the file


class Turn(BaseModel):
    """A question with the conditions of the bar, and the answer given."""

    model_config = ConfigDict(frozen=True)
    question: str
    conditions: str
    answer: Answer
    thumb: int | None = None
    comment: str = ""


class Chat(BaseModel):
    """A chat by its name."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str
    changed: datetime


class History:
    """The chats of one state directory.

    Args:
        home: the state directory.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / "chats.sqlite3"

    def keep(self, chat: str, number: int, turn: Turn) -> None:
        """Keep a turn; a chat begins with its first one and is named by its question."""
        with self._writing() as rows:
            now = datetime.now(UTC).isoformat()
            rows.execute(
                "INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET changed = excluded.changed",
                (chat, " ".join(turn.question.split())[:_NAME], now),
            )
            rows.execute(
                "INSERT OR REPLACE INTO turns (chat, number, question, conditions, answer) VALUES (?, ?, ?, ?, ?)",
                (chat, number, turn.question, turn.conditions, turn.answer.model_dump_json()),
            )

    def chats(self, wanted: str = "", most: int = 50) -> list[Chat]:
        """Chats that hold a text in name, question or answer, the latest first."""
        if not self._file.exists():
            return []
        like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._writing() as rows:
            found = rows.execute(
                "SELECT id, name, changed FROM chats WHERE name LIKE :like ESCAPE '\\' OR id IN "
                "(SELECT chat FROM turns WHERE question LIKE :like ESCAPE '\\' "
                "OR json_extract(answer, '$.answer') LIKE :like ESCAPE '\\') "
                "ORDER BY changed DESC LIMIT :most", {"like": like, "most": most},
            ).fetchall()  # fmt: skip
        return [Chat(id=i, name=n, changed=datetime.fromisoformat(c)) for i, n, c in found]

    def turns(self, chat: str) -> list[Turn]:
        """What was said in a chat; a turn kept by another version of the program that cannot be read is left out."""
        with self._writing() as rows:
            found = rows.execute(
                "SELECT question, conditions, answer, thumb, comment FROM turns WHERE chat = ? ORDER BY number", (chat,)
            ).fetchall()
        turns = []
        for question, conditions, answer, thumb, comment in found:
            try:
                held = Answer.model_validate(json.loads(answer))
            except ValidationError:
                continue
            turns.append(Turn(question=question, conditions=conditions, answer=held, thumb=thumb, comment=comment))
        return turns

    def rename(self, chat: str, name: str) -> None:
        """Give a chat another name.

        Raises:
            InputError: an empty name.
        """
        if not (wanted := " ".join(name.split())[:_NAME]):
            raise InputError("name", "is empty", f"1 to {_NAME} characters")
        with self._writing() as rows:
            rows.execute("UPDATE chats SET name = ? WHERE id = ?", (wanted, chat))

    def forget(self, chat: str) -> None:
        """Forget a chat."""
        with self._writing() as rows:
            rows.execute("DELETE FROM turns WHERE chat = ?", (chat,))
            rows.execute("DELETE FROM chats WHERE id = ?", (chat,))

    def judge(self, chat: str, number: int, thumb: int | None, comment: str) -> None:
        """Keep what the reader thought of an answer: 1 up, 0 down, None nothing."""
        with self._writing() as rows:
            rows.execute(
                "UPDATE turns SET thumb = ?, comment = ? WHERE chat = ? AND number = ?", (thumb, comment, chat, number)
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_WAIT)) as rows, rows:
                rows.executescript(_TABLES)
                yield rows
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                "CUSTOMS_HOME", f"{self._file} cannot be used ({error})", "a writable directory"
            ) from error
