"""Assembly of the agent graph: one graph for every chat model, the same middleware for all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("LANGSMITH_TRACING", "false")
os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.tools import BaseTool

from advisor.guard.middleware import Guard
from tools.law.models import Lang

_LANGUAGE = {"zh-TW": "Traditional Chinese as written in Taiwan", "en": "English"}
_MODEL_CALLS, _TOOL_CALLS, _STEPS = 6, 12, 40


def system_prompt(as_of: date, lang: Lang) -> str:
    """Instructions for a hosted model. They hold no figure of the law."""
    template = (Path(__file__).parent / "prompts" / "system.md").read_text("utf-8")
    return template.format(language=_LANGUAGE[lang], as_of=as_of.isoformat())


def run_turn(
    model: BaseChatModel, tools: Sequence[BaseTool], guard: Guard, messages: Sequence[BaseMessage]
) -> list[BaseMessage]:
    """Run one turn to its end and return its messages."""
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
    state = graph.invoke({"messages": list(messages)}, config={"recursion_limit": _STEPS})
    return list(state["messages"])
