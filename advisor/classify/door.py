"""A look-up with a model: the offline search first, then the walk, then the offline answer in the order that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from advisor.classify.walk import Walked, walk
from advisor.hosted import Meter, Trouble, Usage, warning_of
from advisor.hosted.meter import meter_of
from advisor.settings import Settings
from tools.law.models import Localized
from tools.result import Message
from tools.tariff.search import kinds
from tools.tariff.search.models import Found, SearchInput
from tools.tariff.search.proposal import Proposal
from tools.tariff.search.search import search

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TAKEN = ("goods", "nothing")


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer of the search, in the model's order where that held; what it took; why the model was replaced."""

    found: Found
    usage: Usage
    trouble: Trouble | None = None


def look_up(
    settings: Settings, given: SearchInput, as_of: date, name: str, *, chat: BaseChatModel | None = None,
    meter: Meter | None = None, seconds: float | None = None,
) -> Looked:  # fmt: skip
    """Candidates for goods in words, with a model.

    Args:
        settings: where the model is, its time and its budgets.
        given: the description.
        as_of: the day the schedule is read at, unless the input names another.
        name: `offline` or `openai:NAME`.
        chat: the model itself, where it is at hand.
        meter: of a turn this look-up is a part of.
        seconds: how long the model may take; as the settings have it when not given.

    Raises:
        InputError: no such model.
        ServiceError: it has neither key nor address.
    """
    from advisor.hosted.choice import hosted_model

    on = given.on or as_of
    given = given.model_copy(update={"on": on})
    offline = search(given, on)
    if name == "offline":
        return Looked(offline, Usage())
    time_left = settings.timeout_seconds if seconds is None else seconds
    spoken = chat or hosted_model(settings, name, time_left)
    text, _ = kinds.without_instructions(given.text)
    if offline.kind not in _TAKEN or not kinds.says_something(text):
        return Looked(_with(offline, Message(code="hs_model_not_asked")), Usage())
    own = meter or meter_of(settings)
    walked = walk(spoken, text, given, offline, own, time_left)
    usage = own.close() if meter is None else _so_far(own)
    return Looked(_told(offline, given, on, name, walked, usage), usage, walked.trouble)


def _told(offline: Found, given: SearchInput, on: date, name: str, walked: Walked, usage: Usage) -> Found:
    used = _used(usage)
    if walked.proposal is None:
        assert walked.trouble is not None
        why = {"zh-TW": warning_of(walked.trouble, "zh-TW"), "en": warning_of(walked.trouble, "en")}
        left = Message(code="hs_model_left", words={"why": Localized.model_validate(why)})
        return _with(offline, left, used)
    read = {
        "zh-TW": f"{walked.headings} 個節、{walked.notes} 條註",
        "en": f"{walked.headings} headings and {walked.notes} notes",
    }
    words = {"count": str(len(walked.proposal.put)), "model": name, "read": read}
    said = Message(code="hs_model", words={k: Localized.model_validate(v) for k, v in words.items()})
    return search(given, on, _saying(walked.proposal, said, used))


def _saying(proposal: Proposal, *notes: Message) -> Proposal:
    return proposal.model_copy(update={"notes": notes})


def _with(found: Found, *notes: Message) -> Found:
    return found.model_copy(update={"notes": (*notes, *found.notes)})


def _so_far(meter: Meter) -> Usage:
    return Usage(
        input_tokens=meter.read, output_tokens=meter.written, cost=meter.cost, calls=meter.calls, untold=meter.untold
    )


def _used(usage: Usage) -> Message:
    """What the model took, in words."""
    cost = {"zh-TW": "未知（沒有設定單價）", "en": "unknown (no prices are set)"}
    if usage.cost is not None:
        cost = {"zh-TW": f"{usage.cost:f} 美元", "en": f"{usage.cost:f} US dollars"}
    words = {
        "calls": str(usage.calls),
        "read": str(usage.input_tokens),
        "written": str(usage.output_tokens),
        "cost": cost,
    }
    return Message(code="hs_model_used", words={k: Localized.model_validate(v) for k, v in words.items()})
