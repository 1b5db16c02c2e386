"""The offline chat model: an ordinary `BaseChatModel` that plans tool calls and composes from their artifacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
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
    """The last question, in the light of those before it."""
    return _frame(tuple(questions_of(messages)), as_of)


@lru_cache(maxsize=256)
def _frame(questions: tuple[str, ...], as_of: date) -> Frame:
    before = _frame(questions[:-1], as_of) if len(questions) > 1 else None
    return hear(questions[-1], as_of, before)


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
