"""The walk: a model calls, reads, goes down the tree and hands in; it is held to a number of calls, a time and a budget."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from advisor.classify.calls import Propose, Read, Search, handed_in, offered, taken, wrong
from advisor.classify.reading import Shelf, told
from advisor.hosted import Meter, Trouble
from advisor.hosted.trouble import FAULTS, tried, trouble_of, whole
from tools.errors import CustomsError, InputError
from tools.tariff.search.models import Found, SearchInput
from tools.tariff.search.proposal import Proposal

logger = logging.getLogger("customs.hosted")
_PROMPT = Path(__file__).parent.parent / "prompts" / "classify.md"
_REPLIES, _AT_ONCE, _REFUSED, _TEXT = 10, 6, 3, 14_000


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of a walk: a proposal that was checked, or why there is none; how many headings and notes were read."""

    proposal: Proposal | None
    trouble: Trouble | None
    headings: int = 0
    notes: int = 0


def walk(chat: BaseChatModel, text: str, given: SearchInput, found: Found, meter: Meter, seconds: float) -> Walked:
    """Let a model look for the code of one kind of goods.

    Args:
        chat: the model.
        text: the description without what instructs a program.
        given: the look-up, with its day.
        found: what the search finds by itself.
        meter: what may be spent.
        seconds: how long it may take, all calls together.
    """
    shelf, until = Shelf(given), time.monotonic() + seconds
    bound = chat.bind_tools(offered())
    begin = json.dumps(shelf.begin(text, found), ensure_ascii=False)
    said: list[BaseMessage] = [SystemMessage(_PROMPT.read_text("utf-8")), HumanMessage(begin)]
    asked: set[str] = set()
    refused = 0
    for _ in range(_REPLIES):
        try:
            reply = _reply(bound, said, meter, until - time.monotonic())
        except FAULTS as error:
            logger.warning("look-up with a model: %s", type(error).__name__)
            return Walked(None, trouble_of(error))
        said.append(reply)
        answers, proposal, bad = _answered(reply, shelf, asked)
        if proposal is not None:
            return Walked(proposal, None, len(shelf.opened), len(shelf.shown))
        refused += bad
        if refused >= _REFUSED:
            logger.warning("look-up with a model: refused %d times", refused)
            return Walked(None, "checked")
        said += answers
    return Walked(None, "limit")


def _reply(bound: Any, said: Sequence[BaseMessage], meter: Meter, seconds: float) -> AIMessage:
    """What the model says next: whole, within its time and budget."""
    if seconds <= 0:
        raise TimeoutError
    meter.may_call()

    def once() -> AIMessage:
        message = bound.invoke(list(said))
        assert isinstance(message, AIMessage)
        meter.count(message)
        return whole(message)

    return tried(once, seconds)


def _answered(reply: AIMessage, shelf: Shelf, asked: set[str]) -> tuple[list[BaseMessage], Proposal | None, int]:
    """What its calls give back; what it hands in, where that holds; whether something was refused."""
    if not reply.tool_calls:
        return [HumanMessage(json.dumps({"refused": "only calls are read; finish with propose or ask"}))], None, 1
    answers: list[BaseMessage] = []
    bad = 0
    for number, call in enumerate(reply.tool_calls):
        try:
            if number >= _AT_ONCE:
                raise InputError("calls", "too many at once", f"at most {_AT_ONCE}")
            out = _done(call["name"], call["args"], shelf, asked)
        except CustomsError as error:
            out, bad = wrong(error), 1
        if isinstance(out, Proposal):
            return [], out, 0
        answers.append(
            ToolMessage(json.dumps(out, ensure_ascii=False)[:_TEXT], tool_call_id=call["id"] or f"c{number}")
        )
    return answers, None, bad


def _done(name: str, arguments: dict[str, Any], shelf: Shelf, asked: set[str]) -> Any:
    """One call; the same call twice is refused, or a model could go round for ever."""
    call = taken(name, arguments)
    if isinstance(call, Propose):
        return handed_in(call, shelf)
    key = f"{name} {told(json.dumps(call.model_dump(), ensure_ascii=False, sort_keys=True))}"
    if key in asked:
        raise InputError("call", "was answered before", "another one, or finish with propose or ask")
    asked.add(key)
    if isinstance(call, Search):
        return shelf.search(call.text)
    assert isinstance(call, Read)
    return shelf.read(call.codes)
