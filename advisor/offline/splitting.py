"""A consignment told before, sent in several parcels or entries instead: what becomes of it, and never twice its price."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from advisor.offline.cues import pattern
from advisor.offline.frame import Frame
from advisor.offline.held_sum import again
from advisor.offline.queries import query
from advisor.offline.slots import WORDS
from tools.text.numerals import read_numeral

_LONG, _MOST = 96, 6
_MEASURES = ("volume_litres", "sticks", "net_weight_kg")  # of the whole, shared out with it
_CENT = Decimal("0.01")


def split_up(frame: Frame, before: Frame) -> Frame | None:
    """The sum before in so many parcels or entries; None where the message splits nothing."""
    if before.price is None or before.items or before.parcels or len(frame.text) > _LONG or frame.intent == "decline":
        return None
    match = pattern("later", "split_up").search(frame.text)
    if match is None or frame.named_goods or frame.origin or frame.days:
        return None
    said = next(g for g in match.groups() if g).lower()
    number = WORDS.get(said) or read_numeral(said)
    if number is None or not 1 < number <= _MOST:
        return None
    old = before.amounts
    worth = old.customs_value if old.customs_value is not None else old.price
    if worth is None or (old.each and old.count is None):
        return None
    worth = worth * old.count if old.each and old.count is not None else worth
    if before.intent == "us_quote":
        share = worth / number
        if share != share.quantize(_CENT, rounding=ROUND_DOWN):
            return None
        one = replace(old, price=share if old.customs_value is None else None, each=False, count=None, unit=None)
        one = replace(one, customs_value=share if old.customs_value is not None else None)
        charges = {n: c / number for n in ("freight", "insurance") if (c := getattr(old, n)) is not None}
        return again(before, frame, amounts=replace(one, **charges), beside=("split_entries",))
    if before.intent != "taiwan_quote" or before.route == "traveller":
        return None
    whole = worth + (old.freight or Decimal(0)) + (old.insurance or Decimal(0))
    share = (whole / number).quantize(_CENT, rounding=ROUND_DOWN)
    parcels = (*[share] * (int(number) - 1), whole - share * (number - 1))
    nothing = Decimal(0)
    freight = None if old.freight is None and old.customs_value is None else nothing
    insurance = None if old.insurance is None and old.customs_value is None else nothing
    told = before.slots.get("taiwan_quote", {})
    slots = {**before.slots, "taiwan_quote": {n: v / number if n in _MEASURES else v for n, v in told.items()}}
    amounts = replace(
        old, price=None, customs_value=None, each=False, count=None, unit=None, freight=freight, insurance=insurance
    )
    senders = frame.senders or "same"
    return again(
        before,
        frame,
        parcels=parcels,
        senders=senders,
        slots=slots,
        amounts=amounts,
        aside=(query("in_parts", frame.lang),),
    )
