"""A chat model that says what a test wrote, and the advisor asked with it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict, Field

from advisor import Advisor, Answer, Settings
from corpus.search import Library
from tools.law.models import Lang

Call = tuple[str, Mapping[str, Any]]
Step = AIMessage | BaseException
#: words of the warning that the model was replaced
FALLBACK = {"zh-TW": "改由離線規則作答", "en": "the offline rules answered instead"}


class ScriptedModel(BaseChatModel):
    """Says its script step by step, and its last step for ever after. A step that is an error is raised.

    `seen` keeps the messages of every call, `offered` the names of the tools it was bound to.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    script: list[Any]
    seen: list[list[BaseMessage]] = Field(default_factory=list)
    offered: set[str] = Field(default_factory=set)

    def __init__(self, script: Sequence[Step], **more: Any) -> None:
        fields: dict[str, Any] = {"script": list(script), **more}
        super().__init__(**fields)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: Any = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        schemas = [convert_to_openai_tool(tool) for tool in tools]
        self.offered.update(schema["function"]["name"] for schema in schemas)
        return self.bind(tools=schemas, **kwargs)

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any,
    ) -> ChatResult:  # fmt: skip
        step = self.script[min(len(self.seen), len(self.script) - 1)]
        self.seen.append(list(messages))
        if isinstance(step, BaseException):
            raise step
        said = step.model_copy(update={"id": None})
        return ChatResult(generations=[ChatGeneration(message=said)])


def calls(*wanted: Call, prefix: str = "t") -> AIMessage:
    """A message that calls tools, all at once."""
    return AIMessage(
        content="",
        tool_calls=[
            {"name": name, "args": dict(arguments), "id": f"{prefix}{number}", "type": "tool_call"}
            for number, (name, arguments) in enumerate(wanted, start=1)
        ],
    )


def says(text: str) -> AIMessage:
    """A message that answers."""
    return AIMessage(content=text)


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, what its model was shown, and what the guard stopped on the way."""

    answer: Answer
    model: ScriptedModel
    blocked: tuple[str, ...]


def play(
    settings: Settings, library: Library, question: str, script: Sequence[Step], *, lang: Lang | None = None,
    as_of: date | None = None,
) -> Turn:  # fmt: skip
    """Ask one question of an advisor whose model follows a script."""
    model = ScriptedModel(script)
    with stopped() as blocked:
        answer = Advisor(settings, model=model, library=library).ask(question, lang=lang, as_of=as_of)
    return Turn(answer, model, tuple(blocked))


def assert_fell_back(turn: Turn, *figures: str) -> None:
    """The offline rules answered in the model's place, said so, and gave these figures."""
    answer = turn.answer
    assert answer.composed_by == "fallback"
    assert any(FALLBACK[answer.language] in warning for warning in answer.warnings)
    assert all(figure in answer.answer for figure in figures), answer.answer


@contextmanager
def stopped() -> Iterator[list[str]]:
    """What the guard's log says while it lasts."""
    lines: list[str] = []

    class _Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    log, keep = logging.getLogger("customs.guard"), _Keep()
    level = log.level
    log.addHandler(keep)
    log.setLevel(logging.WARNING)
    try:
        yield lines
    finally:
        log.removeHandler(keep)
        log.setLevel(level)
