"""What a traveller carries, told over several messages: the way it came stays, and what is denied is not brought."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.frame import Frame

_NONE = {
    "alcohol": re.compile(r"(?:沒有?|無|不含|都沒)(?:買|帶|有)?(?:任何)?(?:[菸煙][草品]?[、和跟與及]?)?酒|\b(?:no|without|not any) (?:\w+ (?:or|and) )?(?:alcohol|wine|spirits|liquor|drinks?)\b", re.IGNORECASE),
    "tobacco": re.compile(r"(?:沒有?|無|不含|都沒)(?:買|帶|有)?(?:任何)?(?:酒[類精]?[、和跟與及]?)?[菸煙]|\b(?:no|without|not any) (?:\w+ (?:or|and) )?(?:tobacco|cigarettes?|cigars?)\b", re.IGNORECASE),
}  # fmt: skip
_OF = {"alcohol": ("alcohol_percent", "alcohol_class", "volume_litres"), "tobacco": ("sticks",)}


def without_denied_goods(frame: Frame) -> Frame:
    """The frame without measures of alcohol or tobacco where the message says that there is none."""
    dropped = {slot for kind, said in _NONE.items() if said.search(frame.text) for slot in _OF[kind]}
    told = frame.slots.get("taiwan_quote", {})
    if not dropped & told.keys():
        return frame
    return replace(frame, slots={**frame.slots, "taiwan_quote": {n: v for n, v in told.items() if n not in dropped}})


def still_carried(frame: Frame, before: Frame) -> Frame:
    """A case told after a question about a traveller's allowance, which says no other way of coming: carried as well."""
    told = frame.slots.get("taiwan_quote", {})
    carried = before.intent == "law" and (before.route == "traveller" or before.names_law("tw.traveller."))
    fits = frame.intent == "taiwan_quote" and frame.price is not None and "route" not in told and not frame.named_goods
    if not (carried and fits):
        return frame
    return replace(frame, slots={**frame.slots, "taiwan_quote": {**told, "route": "traveller"}})


def to_taiwan(frame: Frame) -> Frame:
    """Goods priced in Taiwan's money, and a third country named loosely: that is where they come from."""
    abroad = frame.destination not in (None, "TW", "US") and frame.origin is None
    money = {frame.amounts.currency, *(item.amounts.currency for item in frame.items)}
    told = frame.price is not None or frame.items
    if not abroad or "TWD" not in money or not told or _GOES_TO.search(frame.text):
        return frame
    return replace(frame, destination=None, origin=frame.destination)


_GOES_TO = re.compile(
    r"到(?!貨|府|港)|往|(?<!過)去(?!年|掉)|賣(?!家|場)|外銷|進口(?:到|至)|出口|\b(?:to|into|export\w*)\b", re.IGNORECASE
)
