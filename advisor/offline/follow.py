"""A message in the light of the conversation: facts carry over and change one at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.offline.cues import says
from advisor.offline.evasion import help_refused
from advisor.offline.frame import CALCULATED, Comparison, Frame, Item
from advisor.offline.intent import compared
from advisor.offline.places import Places

_SHORT, _LONG = (
    14,
    48,
)  # characters of a message that only changes one fact; of one that is still no question of its own
_POINTS_BACK = re.compile(
    r"^(?:那|那麼|如果|若|假如|改|換|要是|還是|可是|不對|不是|更正|抱歉|喔|哦|對了|我是說|所以)|呢[？?]?$"
    r"|^(?:and|what if|what about|how about|if|sorry|no[,，]|not|actually|instead|then|but|oh|i meant|make that|same)\b",
    re.IGNORECASE,
)


def continued(frame: Frame, before: Frame, places: Places) -> Frame | None:
    """The frame before with what this message changes; None for a question of its own."""
    text = frame.text
    if says(text, "evasion") or help_refused(text) is not None or before.intent not in CALCULATED:
        return None
    if _asks_why(frame):
        return replace(before, text=text, quantities=frame.quantities, explain=True, aside=(), lang=frame.lang)
    if (again := _compared_again(frame, before)) is not None:
        return again
    if not _continues(frame, before):
        return None
    merged = _merged(frame, before)
    comparison = compared(replace(merged, text=text, said=frame.said), places)
    return replace(merged, compare=comparison)


def _asks_why(frame: Frame) -> bool:
    """Whether a figure or a part of the answer before is to be explained."""
    return says(frame.text, "explains") and not frame.named_goods and frame.origin is None and len(frame.text) < _LONG


def _compared_again(frame: Frame, before: Frame) -> Frame | None:
    """Which is cheaper, asked after a calculation without naming what: the ways goods can come."""
    if not says(frame.text, "compares") or len(frame.text) > _LONG or frame.price is not None:
        return None
    values: tuple[Any, ...] = frame.said.get("route" if before.intent == "taiwan_quote" else "mode", ())
    here = before.route if before.intent == "taiwan_quote" else before.mode
    if len(values) == 1 and values[0] != here:
        values = (here or "express", *values)
    if frame.origin and before.origin and frame.origin != before.origin:
        return replace(_merged(frame, before), compare=Comparison("origin", (before.origin, frame.origin)))
    if len(values) < 2 and not frame.origin and not frame.days:
        values = ("express", "post") if before.intent == "taiwan_quote" else ("ocean", "air", "express")
    if len(values) < 2 or before.intent not in ("taiwan_quote", "us_quote"):
        return None
    return replace(_merged(frame, before), compare=Comparison("route", values))


def _continues(frame: Frame, before: Frame) -> bool:
    """Whether a message only adds or changes facts of the question before it."""
    changes = _changes(frame)
    if not changes:
        return False
    own = frame.named_goods and frame.price is not None and says(frame.text, "tax_question")
    if _POINTS_BACK.search(frame.text) and len(frame.text) < 2 * _LONG:
        return not (own and len(frame.text) > _LONG) and not _own_rule(frame, before)
    if before.intent in ("taiwan_quote", "us_quote", "tool"):
        if frame.wants_quote or (frame.destination == "US" and before.intent == "taiwan_quote"):
            return frame.price is None and not frame.named_goods and frame.destination != "US"
        asks_law = bool(frame.parameters) and frame.used_exemptions is None and len(frame.text) > _SHORT
        return not says(frame.text, "what_is") and not says(frame.text, "asks_rule") and not asks_law
    own_topic = frame.wants_quote or says(frame.text, "what_is") or (frame.parameters and before.intent != "law")
    return not own_topic and len(frame.text) < 40


def _own_rule(frame: Frame, before: Frame) -> bool:
    """Whether a message that points back asks about a rule instead."""
    return (says(frame.text, "what_is") or bool(frame.parameters)) and before.intent != "law" and not (
        frame.origin or frame.days or frame.amounts.any or frame.said
    )  # fmt: skip


def _changes(frame: Frame) -> bool:
    return bool(
        frame.amounts.any or frame.origin or frame.destination or frame.days or frame.said or frame.gift
        or frame.fiscal_year or frame.used_exemptions is not None or frame.named_goods
        or any(frame.slots.values()) or frame.parameters
    )  # fmt: skip


def _merged(frame: Frame, before: Frame) -> Frame:
    goods_changed = frame.named_goods
    items = frame.items if goods_changed else _repriced(before.items, frame)
    return replace(
        frame, intent=before.intent, amounts=before.amounts.updated(frame.amounts),
        goods=frame.goods if goods_changed else before.goods, items=items, codes=frame.codes or before.codes,
        slots=_over(before.slots, frame.slots), said={**before.said, **frame.said},
        origin=frame.origin or before.origin, shipped_from=frame.shipped_from or before.shipped_from,
        destination=frame.destination or before.destination, days=frame.days or before.days,
        fiscal_year=frame.fiscal_year or before.fiscal_year, gift=frame.gift or before.gift, claim=frame.claim,
        used_exemptions=before.used_exemptions if frame.used_exemptions is None else frame.used_exemptions,
        parameters=frame.parameters or before.parameters, wants_quote=before.wants_quote, tool=before.tool,
        compare=None, explain=False,
    )  # fmt: skip


def _over(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {tool: {**old.get(tool, {}), **new.get(tool, {})} for tool in {*old, *new}}


def _repriced(items: tuple[Item, ...], frame: Frame) -> tuple[Item, ...]:
    """Several goods stay as they were; a single new price cannot be given to one of them."""
    return () if frame.amounts.price is not None else items
