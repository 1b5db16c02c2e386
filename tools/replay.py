"""A recorded result computed again: the same receipt, or what differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tools.errors import InputError
from tools.inputs import read_input
from tools.result import Result, differences, without_texts


def read_result(raw: Any) -> Result:
    """A result as it was recorded.

    Raises:
        InputError: it holds no result.
    """
    if isinstance(raw, Mapping) and "tool_calls" in raw:
        found = [c.get("result", {}) for c in raw["tool_calls"] if "receipt" in c.get("result", {})]
        raw = found[0] if found else raw
    try:
        return Result.model_validate(without_texts(json.loads(json.dumps(raw, default=str))))
    except ValueError as error:
        raise InputError("receipt", "is not a recorded result", "the JSON that quote --json printed") from error


def altered(recorded: Result) -> bool:
    """Whether the figures are not those the receipt vouches for."""
    return recorded.sealed().receipt != recorded.receipt


def again(recorded: Result) -> Result:
    """The recorded input computed once more, on the recorded day."""
    if recorded.jurisdiction == "us":
        from tools.united_states import UsQuoteInput
        from tools.united_states import quote as us_quote

        return us_quote(read_input(UsQuoteInput, recorded.input), as_of=recorded.as_of)
    from tools.taiwan import TaiwanQuoteInput, quote

    return quote(read_input(TaiwanQuoteInput, recorded.input), as_of=recorded.as_of)


def changes(recorded: Result, computed: Result) -> list[str]:
    """Where two results differ, one line a figure."""
    return differences(recorded.receipt_payload(), computed.receipt_payload())
