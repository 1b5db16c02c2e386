"""Assembly of the agent graph: one graph for every chat model, the same middleware for all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

os.environ.setdefault("LANGSMITH_TRACING", "false")
os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.tools import BaseTool

from advisor.guard.middleware import Guard
from advisor.prompts import system_prompt

_MODEL_CALLS, _TOOL_CALLS, _STEPS = 6, 12, 40


def run_turn(
    model: BaseChatModel, tools: Sequence[BaseTool], guard: Guard, messages: Sequence[BaseMessage]
) -> Iterator[list[BaseMessage]]:
    """Run one turn; its messages so far after every step, whole at the end."""
    middleware: list[Any] = [
        ModelCallLimitMiddleware(run_limit=_MODEL_CALLS, exit_behavior="end"),
        ToolCallLimitMiddleware(run_limit=_TOOL_CALLS, exit_behavior="continue"),
        guard,
    ]
    graph: Any = create_agent(
        model,
        list(tools),
        system_prompt=system_prompt(guard.as_of, guard.lang),
        middleware=middleware,
    )
    config = {"recursion_limit": _STEPS}
    for state in graph.stream({"messages": list(messages)}, config=config, stream_mode="values"):
        yield list(state["messages"])
