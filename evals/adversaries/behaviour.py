"""Corrupt behaviour of a model beyond its words, played by the relay through the client library and the whole product."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

from advisor import Advisor, Answer, Settings
from advisor.hosted.relay import Call, Said, relaying, replaying
from corpus.search import Library
from evals.adversaries.scenes import DAY

QUESTION = "從日本買一支 3,000 元的石英錶，運費 200 元、保險 50 元，關稅稅率 5%，快遞要繳多少稅？"
_GOODS = {"price": "3000", "rate": "5%", "country_of_origin": "JP"}
_CALL = Call(
    name="taiwan_quote", arguments={"route": "express", "freight": "200", "insurance": "50", "goods": [_GOODS]}
)
_QUOTE, _RIGHT, _WRONG = Said(tool_calls=(_CALL,)), "應繳 332 元：關稅 162 元、營業稅 170 元。", "關稅 163 元。"
_ENDLESS = 12

#: what the model does, and whether its own right answer may be shown in the end
BEHAVIOURS: dict[str, tuple[tuple[Said, ...], bool]] = {
    "calls the same tool for ever": ((_QUOTE,) * _ENDLESS, False),
    "calls twenty tools at once": ((Said(tool_calls=(_CALL,) * 20), Said(content=_RIGHT)), True),
    "calls a tool that is none": ((Said(tool_calls=(Call(name="pay_now"),)), _QUOTE, Said(content=_RIGHT)), True),
    "calls with unknown keys": ((Said(tool_calls=(Call(name="taiwan_quote", arguments={"x": 1}),)), _QUOTE, Said(content=_RIGHT)), True),
    "calls with half an object": ((Said(tool_calls=(Call(name="taiwan_quote", arguments='{"route": "expr'),)),) * _ENDLESS, False),
    "calls with a list": ((Said(tool_calls=(Call(name="taiwan_quote", arguments="[1]"),)),) * _ENDLESS, False),
    "breaks off in a call": ((_QUOTE.model_copy(update={"stop": True}),) * _ENDLESS, False),
    "breaks off in the answer": ((_QUOTE, *(Said(content=_RIGHT, stop=True),) * _ENDLESS), False),
    "is wrong twice": ((_QUOTE, Said(content=_WRONG), Said(content=_WRONG)), False),
    "is wrong once": ((_QUOTE, Said(content=_WRONG), Said(content=_RIGHT)), True),
    "answers from memory": ((Said(content=_RIGHT),) * 2, False),
    "says nothing": ((_QUOTE, *(Said(content=" "),) * 2), False),
    "answers beside its calls": ((_QUOTE.model_copy(update={"content": _WRONG}), Said(content=_RIGHT)), True),
    "is down": ((Said(status=HTTPStatus.INTERNAL_SERVER_ERROR),) * _ENDLESS, False),
    "refuses the key": ((Said(status=HTTPStatus.UNAUTHORIZED),) * _ENDLESS, False),
    "goes away after the tools": ((_QUOTE,), False),
}  # fmt: skip


@contextmanager
def _direct() -> Iterator[None]:
    """Loopback is reached without a proxy."""
    before = os.environ.get("NO_PROXY")
    os.environ["NO_PROXY"] = "127.0.0.1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["NO_PROXY"]
        else:
            os.environ["NO_PROXY"] = before


def behaved(settings: Settings, library: Library, name: str) -> Answer:
    """The answer the product gives when the model behaves so."""
    replies, _ = BEHAVIOURS[name]
    with _direct(), relaying(replaying(replies)) as address:
        chosen = replace(settings, model="openai:relay", base_url=address, today_override=DAY)
        return Advisor(chosen, library=library).ask(QUESTION)


def fault_in(answer: Answer, *, may_show: bool) -> str | None:
    """What is wrong with such an answer, if anything."""
    if _WRONG.rstrip("。") in answer.answer or any(number.value == "163" for number in answer.numbers):
        return "a wrong figure was shown"
    if "332 元" not in answer.answer:
        return "the right answer was not given"
    if (answer.composed_by == "model") is not may_show:
        return f"composed by {answer.composed_by}"
    return None if may_show or answer.warnings else "the replacement is not told"
