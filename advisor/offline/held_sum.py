"""The sum a later message goes on from: it again with other facts, its goods as one of several, the figures told beside it."""

from __future__ import annotations

from dataclasses import replace

from advisor.offline.fees import amounts_apart
from advisor.offline.frame import Frame, Item
from tools.text.quantities import Quantity

QUOTES = ("taiwan_quote", "us_quote")


def again(before: Frame, frame: Frame, **changes: object) -> Frame:
    """The sum before, in the words and the language of this message, with the facts it changes."""
    kept = {"text": frame.text, "lang": frame.lang, "explain": False, "compare": None, "aside": (), "claim": False}
    return replace(before, **{**kept, "quantities": frame.quantities, **changes})  # type: ignore[arg-type]


def restated(frame: Frame, before: Frame) -> Frame:
    """The frame without a charge that only says the price of the sum before again: 運費不算，只看 3,000."""
    old, now = before.amounts, frame.amounts
    if before.intent not in QUOTES or old.price is None:
        return frame
    if now.price not in (None, old.price):
        return frame
    for name in ("freight", "insurance"):
        if getattr(now, name) == old.price and getattr(old, name) not in (None, old.price):
            now = replace(now, freight=None) if name == "freight" else replace(now, insurance=None)
    return frame if now is frame.amounts else replace(frame, amounts=now)


def amounts_told(frame: Frame) -> list[Quantity]:
    """The amounts of a message, percentages and days apart."""
    return [q for q in frame.quantities if q.kind in ("money", "number") and q.value is not None]


def as_item(frame: Frame) -> Item:
    """The goods of a sum as one of several; the charges are of all of them."""
    name = next((m.name for found in frame.goods.values() for m in found), frame.text)
    amounts = replace(frame.amounts, freight=None, insurance=None)
    return Item(name, frame.goods, amounts, frame.slots, frame.codes)


def variants(frame: Frame) -> list[Frame]:
    """The frame, or one for each value that is compared."""
    if frame.compare is None:
        return amounts_apart(frame)
    slot, values = frame.compare.slot, frame.compare.values
    if slot == "origin":
        return [replace(frame, origin=value) for value in values]
    if slot == "rate":
        return [replace(frame, amounts=replace(frame.amounts, rate=value)) for value in values]
    if slot == "day":
        return [replace(frame, days=(value,)) for value in values]
    field = "preference_proof" if slot == "proof" else "route" if frame.intent == "taiwan_quote" else "mode"
    told = frame.slots.get(frame.intent, {})
    return [replace(frame, slots={**frame.slots, frame.intent: {**told, field: value}}) for value in values]
