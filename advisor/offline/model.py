"""The offline chat model: an ordinary `BaseChatModel` that plans tool calls and composes from their artifacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from itertools import accumulate
from threading import Lock
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from advisor.offline.compose import compose
from advisor.offline.compose.base import Draft
from advisor.offline.frame import Frame
from advisor.offline.hear import hear
from advisor.offline.parts import compose_parts, plan_parts
from advisor.offline.plan import Call, plan, plan_more
from tools.law.models import Lang

#: name of the message that asks a model to mend its answer; it is not the person's
CORRECTION = "guard"


class OfflineModel(BaseChatModel):
    """Understands by rules, calls the same tools a hosted model calls, and composes what it says from results."""

    as_of: date
    lang: Lang

    @property
    def _llm_type(self) -> str:
        return "customs-offline"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: Any = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Accept tools as any chat model does; it knows them by name, and reads no schema."""
        return self.bind(**kwargs)

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any,
    ) -> ChatResult:  # fmt: skip
        return ChatResult(generations=[ChatGeneration(message=self.reply(messages))])

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The next message: tool calls while nothing is known, then the answer."""
        frame = frame_of(messages, self.as_of)
        results = artifacts_of(messages)
        declined = any(name == "decline" for _, name, _, _ in results)
        if frame.parts and not declined:
            told = [(n, a, t) for _, n, a, t in results]
            if calls := plan_parts(frame, told, self.as_of):
                return _calling(calls, len(results) + 1)
            return _saying(compose_parts(frame, told, self.lang, self.as_of))
        if not results or (frame.intent == "decline" and not declined):  # another model's results do not answer this
            return _calling(plan(frame), len(results) + 1)
        if more := plan_more(frame, [(n, a) for _, n, _, a in results], self.as_of):
            return _calling(more, len(results) + 1)
        return _saying(compose(frame, [(n, a, t) for _, n, a, t in results], self.lang, self.as_of))


def _saying(draft: Draft) -> AIMessage:
    extra = {"follow_up": [f.model_dump() for f in draft.follow_up], "warnings": draft.warnings}
    return AIMessage(content=draft.text, additional_kwargs=extra)


def _calling(calls: Sequence[Call], first: int) -> AIMessage:
    return AIMessage(
        content="",
        tool_calls=[
            {"name": name, "args": arguments, "id": f"call_{number}", "type": "tool_call"}
            for number, (name, arguments) in enumerate(calls, start=first)
        ],
    )


def questions_of(messages: Sequence[BaseMessage]) -> list[str]:
    """What the person said, oldest first."""
    return [m.text for m in messages if isinstance(m, HumanMessage) and m.name != CORRECTION]


def frame_of(messages: Sequence[BaseMessage], as_of: date) -> Frame:
    """The last question, in the light of those before it; of a conversation that goes on only this one is heard."""
    questions = questions_of(messages)
    names = list(accumulate(questions, _name, initial=as_of.isoformat().encode()))[1:]
    heard, frame = _frames.last(names)
    for question in questions[heard:]:
        frame = hear(question, as_of, frame)
    assert frame is not None, "there is a question"
    _frames.keep(names[-1], frame)
    return frame


def _name(before: bytes, question: str) -> bytes:
    """A short name for all that was asked so far."""
    return sha256(before + question.encode("utf-8", "surrogatepass")).digest()


class _Frames:
    """What was understood lately, by all that was asked until then."""

    def __init__(self, most: int) -> None:
        self._most, self._held, self._lock = most, dict[bytes, Frame](), Lock()

    def last(self, names: Sequence[bytes]) -> tuple[int, Frame | None]:
        """How many questions were heard already, and what they came to."""
        with self._lock:
            held = ((at, self._held.get(names[at - 1])) for at in range(len(names), 0, -1))
            return next(((at, frame) for at, frame in held if frame is not None), (0, None))

    def keep(self, name: bytes, frame: Frame) -> None:
        with self._lock:
            self._held.pop(name, None)
            self._held[name] = frame
            if len(self._held) > self._most:
                del self._held[next(iter(self._held))]


_frames = _Frames(most=1_024)


def artifacts_of(messages: Sequence[BaseMessage]) -> list[tuple[str, str, dict[str, Any], Any]]:
    """(call id, tool, arguments, artifact) of every tool call since the last question."""
    last = max(i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != CORRECTION)
    calls: dict[str, tuple[str, dict[str, Any]]] = {}
    found: list[tuple[str, str, dict[str, Any], Any]] = []
    for message in messages[last + 1 :]:
        if isinstance(message, AIMessage):
            calls |= {str(c["id"]): (c["name"], c["args"]) for c in message.tool_calls}
        elif isinstance(message, ToolMessage) and message.tool_call_id in calls:
            name, arguments = calls[message.tool_call_id]
            if message.artifact is not None:
                found.append((message.tool_call_id, name, arguments, message.artifact))
    return found
