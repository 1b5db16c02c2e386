"""Conversations kept from question to question: in memory for this process, in SQLite for the next one.

Only what was said is kept, never a result: a later turn computes again from the same law and gets the same receipt.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langgraph.checkpoint.base import empty_checkpoint
from langgraph.checkpoint.sqlite import SqliteSaver

logger = logging.getLogger("customs.conversations")

_FILE = "conversations.sqlite3"
_HELD, _MESSAGES = 1_024, 40  # conversations held in memory, messages kept of each
_STORED, _SWEEP = 16_384, 256  # conversations kept on disk, turns between two sweeps
_WAIT = 10.0  # seconds another process may hold the file


class Conversations:
    """What was said, by conversation.

    Args:
        home: the state directory; the file in it is made when the first answer is kept.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / _FILE
        self._held: dict[str, list[BaseMessage]] = {}
        self._lock = threading.RLock()
        self._saver: SqliteSaver | None = None
        self._broken = False
        self._turns = 0

    def history(self, conversation: str) -> list[BaseMessage]:
        """Messages of a conversation, oldest first; empty for one that is not known."""
        with self._lock:
            stored = self._read(conversation)
            messages = self._held.pop(conversation, [])
            messages = messages if stored is None else stored
            self._hold(conversation, messages)
            return list(messages)

    def keep(self, conversation: str, question: str, answer: str) -> None:
        """Add one turn; of a long conversation its oldest turns are forgotten."""
        with self._lock:
            messages = [*self.history(conversation), HumanMessage(question), AIMessage(answer)][-_MESSAGES:]
            self._hold(conversation, messages)
            try:
                saver = self._open(create=True)
                if saver is not None:
                    self._write(saver, conversation, messages)
            except sqlite3.Error as error:
                self._give_up(error)

    def _hold(self, conversation: str, messages: list[BaseMessage]) -> None:
        self._held.pop(conversation, None)
        self._held[conversation] = messages
        while len(self._held) > _HELD:
            self._held.pop(next(iter(self._held)))

    def _read(self, conversation: str) -> list[BaseMessage] | None:
        """What the file holds of a conversation; another process may have said more than this one knows."""
        try:
            saver = self._open(create=False)
            found = saver.get_tuple(_thread(conversation)) if saver else None
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if found is None:
            return None
        rows: list[tuple[str, str]] = found.checkpoint["channel_values"].get("messages", [])
        return [HumanMessage(text) if who == "human" else AIMessage(text) for who, text in rows]

    def _write(self, saver: SqliteSaver, conversation: str, messages: Sequence[BaseMessage]) -> None:
        checkpoint = empty_checkpoint()
        checkpoint["channel_values"] = {"messages": [(m.type, m.text) for m in messages]}
        saver.put(_thread(conversation), checkpoint, {"source": "update", "step": len(messages), "parents": {}}, {})
        with saver.cursor() as rows:
            rows.execute(
                "DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id < ?", (conversation, checkpoint["id"])
            )
            if self._turns % _SWEEP == 0:
                rows.execute(
                    "DELETE FROM checkpoints WHERE thread_id NOT IN "
                    "(SELECT thread_id FROM checkpoints ORDER BY checkpoint_id DESC LIMIT ?)", (_STORED,)
                )  # fmt: skip
        self._turns += 1

    def _open(self, *, create: bool) -> SqliteSaver | None:
        if self._broken or (self._saver is None and not create and not self._path.exists()):
            return None
        if self._saver is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                self._give_up(error)
                return None
            connection = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
            connection.execute("PRAGMA synchronous=NORMAL")
            self._saver = SqliteSaver(connection)
        return self._saver

    def _give_up(self, error: Exception) -> None:
        """Go on in memory: an answer is worth more than its record."""
        logger.warning("conversations are not kept on disk: %s", error)
        self._broken, self._saver = True, None


def spoken(turns: Sequence[tuple[str, str]]) -> list[BaseMessage]:
    """Questions and answers as messages, the oldest first; of a long conversation the last."""
    rows: list[BaseMessage] = [m for question, answer in turns for m in (HumanMessage(question), AIMessage(answer))]
    return rows[-_MESSAGES:]


def _thread(conversation: str) -> Any:
    return {"configurable": {"thread_id": conversation, "checkpoint_ns": ""}}
