"""Conversations kept from question to question: in memory for this process, by a checkpointer for the next one.

Only what was said is kept, never a result: a later turn computes again from the same law and gets the same receipt.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from advisor.checkpoints import Lost, checkpoints

logger = logging.getLogger("customs.conversations")

_HELD, _MESSAGES = 1_024, 40  # conversations held in memory, messages kept of each
_BLOCK = 20  # messages forgotten at once


class Conversations:
    """What was said, by conversation.

    Args:
        home: the state directory.
        url: of the database, where that is PostgreSQL; a file of the state directory else.
    """

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._store = checkpoints(home, url)
        self._held: dict[str, list[BaseMessage]] = {}
        self._lock = threading.RLock()
        self._broken = False

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
            messages = _recent([*self.history(conversation), HumanMessage(question), AIMessage(answer)])
            self._hold(conversation, messages)
            if self._broken:
                return
            try:
                self._store.write(conversation, [(m.type, m.text) for m in messages])
            except Lost as lost:
                self._give_up(lost)

    def _hold(self, conversation: str, messages: list[BaseMessage]) -> None:
        self._held.pop(conversation, None)
        self._held[conversation] = messages
        while len(self._held) > _HELD:
            self._held.pop(next(iter(self._held)))

    def _read(self, conversation: str) -> list[BaseMessage] | None:
        """What is stored of a conversation; another process may have said more than this one knows."""
        if self._broken:
            return None
        try:
            rows = self._store.read(conversation)
        except Lost as lost:
            self._give_up(lost)
            return None
        if rows is None:
            return None
        return [HumanMessage(text) if who == "human" else AIMessage(text) for who, text in rows]

    def _give_up(self, lost: Lost) -> None:
        """Go on in memory, for good or until the next turn: an answer is worth more than its record."""
        logger.warning("conversations are not kept: %s", lost)
        self._broken = lost.for_good


def spoken(turns: Sequence[tuple[str, str]]) -> list[BaseMessage]:
    """Questions and answers as messages, the oldest first; of a long conversation the last."""
    rows: list[BaseMessage] = [m for question, answer in turns for m in (HumanMessage(question), AIMessage(answer))]
    return _recent(rows)


def _recent(messages: list[BaseMessage]) -> list[BaseMessage]:
    """The last messages. Old ones go many at a time: what was understood of the others need not be read again each turn."""
    over = len(messages) - _MESSAGES
    return messages[-(-over // _BLOCK) * _BLOCK :] if over > 0 else messages
