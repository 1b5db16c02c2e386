"""The advisor: one door, `Advisor`, over the agent graph, the offline model, the guard and conversations."""

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.advisor import Advisor
    from advisor.answer import Answer
    from advisor.settings import Settings

__all__ = ["Advisor", "Answer", "Settings"]

logging.getLogger("customs").addHandler(logging.NullHandler())  # silent until somebody asks for the log


def __getattr__(name: str) -> Any:
    """Load on first use: the agent framework is heavy, and settings alone are light."""
    modules = {"Advisor": "advisor.advisor", "Answer": "advisor.answer", "Settings": "advisor.settings"}
    if name not in modules:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(modules[name]), name)
