"""What went wrong with a hosted model, and whether it is worth another try."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import httpx2 as httpx
import openai
from langchain_core.messages import AIMessage

from advisor.hosted.meter import OverBudget
from advisor.hosted.warning import Trouble

T = TypeVar("T")
_TRIES = 3
_WAIT = 0.7  # seconds before the second try, when the server names none; doubled before the third


class CutOff(Exception):
    """A reply that stopped before its end: half a call or half an answer is worse than none."""


#: what a server, the line or the client library may raise, a reply of an unknown shape included
FAULTS = (
    openai.OpenAIError, httpx.HTTPError, OverBudget, CutOff, TimeoutError, ValueError, TypeError, LookupError, AttributeError,
)  # fmt: skip


def trouble_of(error: Exception) -> Trouble:
    """The kind of trouble an error is."""
    if isinstance(error, OverBudget):
        return "budget"
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
        return "slow"
    if isinstance(error, openai.RateLimitError):
        return "busy"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "key"
    return "down"


def whole(message: AIMessage) -> AIMessage:
    """The message, if it was said to its end.

    Raises:
        CutOff: the stream stopped, the server's limit cut it, or a call's arguments are no JSON.
    """
    told = message.response_metadata
    ended = told.get("finish_reason")
    if message.invalid_tool_calls:
        raise CutOff("arguments")
    if ended in ("length", "content_filter") or (ended is None and told.get("model_provider") == "openai"):
        raise CutOff(str(ended))
    return message


def tried(call: Callable[[], T], seconds: float) -> T:
    """A call, repeated where the trouble may pass: connections lost, servers down or busy. Never when it was slow.

    Args:
        call: what is tried.
        seconds: how much time is left; a server that asks for a longer wait is not waited for.
    """
    until = time.monotonic() + seconds
    for number in range(1, _TRIES + 1):
        try:
            return call()
        except (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError, httpx.TransportError, CutOff) as error:  # fmt: skip
            pause = _pause(error, number)
            if trouble_of(error) == "slow" or number == _TRIES or time.monotonic() + pause >= until:
                raise
            time.sleep(pause)
    raise AssertionError("unreachable")


def _pause(error: Exception, number: int) -> float:
    asked = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
    return float(asked) if asked.isdigit() else _WAIT * 2 ** (number - 1)
