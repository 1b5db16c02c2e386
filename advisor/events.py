"""What a turn tells while it goes on: steps as they happen, then checked sentences, then the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from pydantic import BaseModel, ConfigDict, Field

from advisor.answer import Answer
from advisor.control import ToolProblem

_SENTENCE = re.compile(r"[^\n。！？]*(?:[。！？]+(?:\[\d{1,2}\])*|\n+|$)")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Model):
    """Something was done: a tool called, or its result read."""

    event: Literal["step"] = "step"
    what: Literal["called", "returned", "failed"]
    tool: str
    call_id: str
    arguments: dict[str, Any] = {}


class Sentence(_Model):
    """A piece of the answer, after all of it was checked; the pieces joined are the answer's text."""

    event: Literal["sentence"] = "sentence"
    text: str


class Done(_Model):
    """The whole answer; always the last event."""

    event: Literal["answer"] = "answer"
    answer: Answer


Event = Annotated[Step | Sentence | Done, Field(discriminator="event")]


def steps_in(messages: Sequence[BaseMessage]) -> Iterator[Step]:
    """The steps that new messages of a turn are. Words of a model are none: nobody has checked them yet."""
    for message in messages:
        if isinstance(message, AIMessage):
            for call in message.tool_calls:
                yield Step(what="called", tool=call["name"], call_id=str(call["id"]), arguments=dict(call["args"]))
        elif isinstance(message, ToolMessage):
            bad = message.status == "error" or isinstance(message.artifact, ToolProblem)
            what: Literal["returned", "failed"] = "failed" if bad else "returned"
            yield Step(what=what, tool=message.name or "", call_id=message.tool_call_id)


def sentences_of(text: str) -> Iterator[Sentence]:
    """A checked text piece by piece.

    >>> [s.text for s in sentences_of("應繳 332 元。關稅 162 元。")]
    ['應繳 332 元。', '關稅 162 元。']
    """
    yield from (Sentence(text=piece) for piece in _SENTENCE.findall(text) if piece)
