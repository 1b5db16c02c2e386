"""Conversations kept from question to question: in memory for this process, by a checkpointer for the next one.

Only what was said is kept, never a result: a later turn computes again from the same law and gets the same receipt.
Of a long conversation the answers are forgotten long before the questions: these say what is meant, and are short.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from advisor.checkpoints import Lost, Row, checkpoints

M = TypeVar("M", bound=BaseMessage)
logger = logging.getLogger("customs.conversations")

_HELD = 1_024  # conversations held in memory
_QUESTIONS, _ANSWERS = (120, 60), (20, 10)  # kept of each at most, and forgotten at once


class Conversations:
    """What was said, by conversation: questions, and the answers of the last ones.

    Args:
        home: the state directory.
        url: of the database, where that is PostgreSQL; a file of the state directory else.
    """

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._store = checkpoints(home, url)
        self._held: dict[str, list[Row]] = {}
        self._lock = threading.RLock()
        self._broken = False

    def history(self, conversation: str) -> list[BaseMessage]:
        """Messages of a conversation, oldest first; empty for one that is not known."""
        with self._lock:
            return _messages(self._rows(conversation))

    def keep(self, conversation: str, question: str, answer: str) -> None:
        """Add one turn; of a long conversation the oldest answers are forgotten, of a very long one questions too."""
        with self._lock:
            rows = _recent([*self._rows(conversation), ("human", question), ("ai", answer)])
            self._hold(conversation, rows)
            if self._broken:
                return
            try:
                self._store.write(conversation, rows)
            except Lost as lost:
                self._give_up(lost)

    def _rows(self, conversation: str) -> list[Row]:
        """What was said, and stored or else held; another process may have said more than this one knows."""
        stored = self._read(conversation)
        rows = self._held.get(conversation, []) if stored is None else stored
        self._hold(conversation, rows)
        return rows

    def _hold(self, conversation: str, rows: list[Row]) -> None:
        self._held.pop(conversation, None)
        self._held[conversation] = rows
        while len(self._held) > _HELD:
            self._held.pop(next(iter(self._held)))

    def _read(self, conversation: str) -> list[Row] | None:
        if self._broken:
            return None
        try:
            return self._store.read(conversation)
        except Lost as lost:
            self._give_up(lost)
            return None

    def _give_up(self, lost: Lost) -> None:
        """Go on in memory, for good or until the next turn: an answer is worth more than its record."""
        logger.warning("conversations are not kept: %s", lost)
        self._broken = lost.for_good


def spoken(turns: Sequence[tuple[str, str]]) -> list[BaseMessage]:
    """Questions and answers as messages, the oldest first; of a long conversation as much as is kept of it."""
    return _messages(_recent([row for question, answer in turns for row in (("human", question), ("ai", answer))]))


def answered(messages: Sequence[M]) -> list[M]:
    """The messages from the first question whose answer is still there: what a hosted model reads."""
    first = next((at for at, message in enumerate(messages) if isinstance(message, AIMessage)), 1)
    return list(messages[first - 1 :])


def _messages(rows: Sequence[Row]) -> list[BaseMessage]:
    return [HumanMessage(text) if who == "human" else AIMessage(text) for who, text in rows]


def _recent(rows: list[Row]) -> list[Row]:
    """The last questions, and the answers of the last of these.

    Many are forgotten at a time: what was understood of those that stay need not be heard again each turn.
    """
    asked = [at for at, (who, _) in enumerate(rows) if who == "human"]
    asked = asked[_forgotten(len(asked), *_QUESTIONS) :]
    told = min(asked[_forgotten(len(asked), *_ANSWERS) :], default=0)
    return [*(rows[at] for at in asked if at < told), *rows[told:]]


def _forgotten(held: int, most: int, at_once: int) -> int:
    """How many of so many are forgotten.

    >>> [_forgotten(held, 20, 10) for held in (20, 21, 30, 31)]
    [0, 10, 10, 20]
    """
    return max(0, -(-(held - most) // at_once) * at_once)
