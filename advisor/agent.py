"""Assembly of the agent graph: one graph for every chat model, the same middleware for all.

Making a graph costs more than most turns, so a graph is made once for each turn that runs at the same time, and the
turn it serves is put before it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

os.environ.setdefault("LANGSMITH_TRACING", "false")
os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse, ToolCallRequest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from langgraph.types import Command

from advisor.guard.middleware import Guard
from advisor.offline.model import OfflineModel
from advisor.prompts import system_prompt
from advisor.toolbox import Reader, toolbox

_MODEL_CALLS, _TOOL_CALLS, _STEPS = 6, 12, 40
_LIMIT = "Call limit exceeded. Do not make additional tool calls."  # told to a model
_NOBODY = OfflineModel(as_of=date.min, lang="en")  # a graph must name a model; each turn names its own


class _Turns(AgentMiddleware[Any, Any]):
    """The place in a graph where the turn it serves is put: its model, its prompt, its guard and what was said before.

    What was said before is no state of the graph, which copies its messages at every step.

    It keeps the limits of a turn too. The middlewares made for that are steps of the graph around each call of a model,
    which cost an offline turn more than its answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self._serving: tuple[BaseChatModel, SystemMessage, Guard, Sequence[BaseMessage]] | None = None
        self._asked, self._called, self._refused = 0, 0, set[str | None]()

    def serve(self, model: BaseChatModel, guard: Guard, before: Sequence[BaseMessage]) -> None:
        self._asked, self._called, self._refused = 0, 0, set()
        self._serving = (model, SystemMessage(system_prompt(guard.as_of, guard.lang)), guard, before)

    def rest(self) -> None:
        """Hold on to nothing of a turn that is over."""
        self._serving = None

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> AIMessage:
        assert self._serving is not None, "asked only during a turn"
        if self._asked == _MODEL_CALLS:
            return AIMessage(_LIMIT)  # it calls no tool, which ends the turn
        self._asked += 1
        model, prompt, guard, before = self._serving
        messages: list[Any] = [*before, *request.messages]
        request = request.override(model=model, system_message=prompt, messages=messages)
        message = guard.wrap_model_call(request, handler)
        left = max(0, _TOOL_CALLS - self._called)
        self._called += len(message.tool_calls)
        self._refused |= {call["id"] for call in message.tool_calls[left:]}
        return message

    def wrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], ToolMessage | Command[Any]]
    ) -> ToolMessage | Command[Any]:
        call = request.tool_call
        if call["id"] in self._refused:
            return ToolMessage(_LIMIT, tool_call_id=call["id"], name=call["name"], status="error")
        return handler(request)


class _Graph:
    """A compiled graph with its tools.

    Args:
        walks: whether one of them looks codes up with the turn's model.
    """

    def __init__(self, *, walks: bool) -> None:
        self.reader, self.turns = Reader(), _Turns()
        self.compiled: Any = create_agent(_NOBODY, toolbox(self.reader, walks=walks), middleware=[self.turns])


#: graphs by whether they walk, as many as turns ever ran at the same time; a list hands out and takes back in one step
_idle: dict[bool, list[_Graph]] = {False: [], True: []}


@cache
def _settle() -> None:
    """Once, after a first turn: what is loaded stays, and garbage is no longer looked for in it, a tenth of all turns' time."""
    gc.freeze()


def run_turn(
    model: BaseChatModel, reader: Reader, guard: Guard, before: Sequence[BaseMessage], question: HumanMessage
) -> Iterator[list[BaseMessage]]:
    """Run one turn after the messages before it; its own messages so far after every step, whole at the end.

    A graph whose turn failed, or was left by its reader, is not used again: something of it may still be running.
    """
    idle = _idle[walks := reader.walk is not None]
    try:
        graph = idle.pop()
    except IndexError:
        graph = _Graph(walks=walks)
    graph.reader.become(reader)
    graph.turns.serve(model, guard, before)
    config = {"recursion_limit": _STEPS}
    for state in graph.compiled.stream({"messages": [question]}, config=config, stream_mode="values"):
        yield list(state["messages"])
    _settle()
    graph.reader.become(Reader())
    graph.turns.rest()
    idle.append(graph)
