"""The guard in the agent's loop: nothing a model says is kept before it was checked.

A draft that fails is sent back once with what is wrong; a second failure, an error, a timeout or a spent budget hands the
turn to the offline model, which works on the results already there. Rejected drafts never enter the history. Each block
is one line of the log `customs.guard`, as JSON: the turn, the reason, the text and what is wrong with it.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from langchain.agents.middleware import ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.tools import BaseTool

from advisor.conversations import answered
from advisor.evidence import build_ledger
from advisor.guard.conduct import misconduct
from advisor.guard.review import Review, review
from advisor.hosted.meter import Meter
from advisor.hosted.warning import Trouble
from advisor.ledger import Ledger
from advisor.offline.compose.base import say
from advisor.offline.fold import fold_question
from advisor.offline.model import CORRECTION, OfflineModel, artifacts_of, frame_of, questions_of
from advisor.offline.understand import language_of
from corpus.search import split_sentences
from tools.law.models import Lang
from tools.text.quantities import find_quantities

logger = logging.getLogger("customs.guard")


class Guard:
    """Checks every answer of one turn.

    Args:
        as_of: the day the answer speaks for.
        lang: the language it must be in.
        offline: the model that takes over.
        hosted: whether the turn's model is anything but the offline one.
        turn: names the turn in the log.
        meter: what the model may spend.
        seconds: how long the model may take, all its calls together.
    """

    def __init__(
        self, as_of: date, lang: Lang, offline: OfflineModel, *, hosted: bool, turn: str, meter: Meter, seconds: float
    ) -> None:
        self.as_of, self.lang, self.offline, self.hosted = as_of, lang, offline, hosted
        self.turn, self.meter, self._until = turn, meter, time.monotonic() + seconds
        self.accepted: tuple[AIMessage, Review, Ledger] | None = None
        self.blocked: list[str] = []
        self.trouble: Trouble | None = None
        self.nothing_left = False  # the rules' own words were all refused

    @property
    def fell_back(self) -> bool:
        """Whether the offline model took over."""
        return self.trouble is not None

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> AIMessage:
        """Call the model; let only checked words through."""
        if self.fell_back:
            return self._by_rules(request.messages)
        messages = list(request.messages)
        for _ in range(2):
            try:
                message = self._reply(handler, request.override(messages=messages))
            except Exception as error:
                if not self.hosted:
                    raise
                from advisor.hosted.trouble import trouble_of

                self.trouble = trouble_of(error)
                self._log(logging.WARNING, f"model_{self.trouble}", "", type(error).__name__)
                return self._by_rules(request.messages)
            if message.tool_calls:
                return message
            found = self._check(message, request)
            if found.passed:
                return message
            if not self.hosted:
                break
            messages = [*request.messages, message, HumanMessage(_correction(found), name=CORRECTION)]
        self.trouble = "checked"
        return self._by_rules(request.messages)

    def _reply(
        self, handler: Callable[[ModelRequest[Any]], ModelResponse[Any]], request: ModelRequest[Any]
    ) -> AIMessage:
        """What the model says next: whole, within its time and budget."""
        if not self.hosted:
            return _spoken(handler(request))
        from advisor.hosted.trouble import tried, whole

        self.meter.may_call()

        def once() -> AIMessage:
            message = _spoken(handler(request.override(messages=answered(request.messages))))
            self.meter.count(message)
            return whole(message)

        return tried(once, self._until - time.monotonic())

    def _by_rules(self, messages: list[BaseMessage] | list[Any]) -> AIMessage:
        """The offline model's next message; its words are checked as well."""
        message = self.offline.reply(messages)
        if message.tool_calls:
            return message
        ledger = self._ledger(messages)
        found = review(message.text, ledger, self.lang)
        if not found.passed:
            for violation in found.violations:
                self._log(logging.ERROR, violation.code, violation.text, violation.detail)
            message = AIMessage(content=without_figures(message.text, found))
            found = review(message.text, ledger, self.lang)
            if not found.passed or not message.text:
                self.nothing_left = True
                message = AIMessage(content=f"{say('no_not_held', self.lang)}\n{say('no_what_held', self.lang)}")
                found = review(message.text, ledger, self.lang)
        self.accepted = (message, found, ledger)
        return message

    def _check(self, message: AIMessage, request: ModelRequest[Any]) -> Review:
        messages = request.messages
        ledger = self._ledger(messages)
        found = review(message.text, ledger, self.lang)
        if self.hosted:
            artifacts = [artifact for *_, artifact in artifacts_of(messages)]
            tools = frozenset(t.name for t in request.tools if isinstance(t, BaseTool))
            evasion = frame_of(messages, self.as_of).intent == "decline"
            more = misconduct(message.text, artifacts, tools, must_decline=evasion)
            found = Review(found.numbers, found.identifiers, (*found.violations, *more))
        if found.passed:
            self.accepted = (message, found, ledger)
        for violation in found.violations:
            self._log(logging.WARNING, violation.code, violation.text, violation.detail)
        return found

    def _log(self, level: int, code: str, text: str, detail: str) -> None:
        """One line a block: who spoke, why it is not shown."""
        self.blocked.append(code)
        by = "model" if level == logging.WARNING else "offline"
        line = {"event": "blocked", "turn": self.turn, "by": by, "code": code, "text": text, "detail": detail}
        logger.log(level, json.dumps(line, ensure_ascii=False))

    def _ledger(self, messages: list[Any]) -> Ledger:
        asked = questions_of(messages)
        folded = fold_question(asked[-1], english=language_of(asked[-1]) == "en")
        earlier = [q for text in (*asked[:-1], folded) for q in find_quantities(text)]
        artifacts = [(call, artifact) for call, _, _, artifact in artifacts_of(messages)]
        return build_ledger(asked[-1], self.as_of, artifacts, earlier)


def without_figures(text: str, found: Review) -> str:
    """What of an answer nothing was found wrong in, sentence by sentence, a row of a table whole.

    For our own composer's mistakes only.
    """
    bad = {v.text for v in found.violations if v.text}
    return "\n".join(line for line in (_sound(line, bad) for line in text.splitlines()) if line is not None).strip()


_LAST_MARKER = re.compile(r"\s*\[\d+\]$")


def _sound(line: str, bad: set[str]) -> str | None:
    """A line without its sentences at fault; None where nothing is left of it."""
    if not any(b in line for b in bad):
        return line
    if line.startswith(("|", "-", "**")):
        return None
    marker = _LAST_MARKER.search(line)
    body = line[: marker.start()] if marker else line
    kept = [s for s in split_sentences(body) if not any(b in s for b in bad)]
    joint = "" if any("\u4e00" <= c <= "\u9fff" for c in body) else " "
    return f"{joint.join(kept)}{marker[0] if marker else ''}" if kept else None


def _spoken(response: ModelResponse[Any]) -> AIMessage:
    message = response.result[-1]
    assert isinstance(message, AIMessage)
    return message


def _correction(found: Review) -> str:
    problems = "\n".join(f"- {v.code}: {v.text!r}: {v.detail}" for v in found.violations[:8])
    return (
        "Your answer was not shown. Mend only what is wrong and answer again in the same language, "
        f"using figures exactly as the tools gave them:\n{problems}"
    )
