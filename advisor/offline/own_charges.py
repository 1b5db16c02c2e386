"""What a carrier or broker takes for its own service, told after a sum: no tax, and no part of the value."""

from __future__ import annotations

from decimal import Decimal

from advisor.offline.cues import pattern, says
from advisor.offline.frame import Frame
from advisor.offline.held_sum import QUOTES, again, amounts_told
from advisor.offline.queries import query
from advisor.offline.whys import asks_why
from tools.law.store import law

_LONG = 96  # characters of a message that only tells such a charge


def own_charge(frame: Frame, before: Frame) -> Frame | None:
    """The sum before, with a word on the charge; None where the message tells no such charge with its amount."""
    if before.intent not in QUOTES or (before.price is None and not before.items) or len(frame.text) > _LONG:
        return None
    match = pattern("later", "own_charge").search(frame.text)
    sums = amounts_told(frame)
    if match is None or len(sums) != 1 or frame.days or frame.origin or frame.intent == "decline":
        return None
    apart = sums[0].start - match.end() if sums[0].start >= match.end() else match.start() - sums[0].end
    return again(before, frame, beside=("own_charge",)) if apart <= _NEAR else None


def fixed_sum_of_mail(frame: Frame, before: Frame) -> Frame | None:
    """The sum before on mail to the United States, with the time in which mail owed the fixed sum that a message names."""
    if before.intent != "us_quote" or before.mode != "post" or len(frame.text) > _LONG or frame.named_goods:
        return None
    fixed = {v.number for v in law().parameter(_FIXED).values if isinstance(v.value, Decimal)}
    sums = amounts_told(frame)
    if len(sums) != 1 or sums[0].value not in fixed or before.price == sums[0].value:
        return None
    if not (
        says(frame.text, "claims", "later") or pattern("later", "asked_to_pay").search(frame.text) or asks_why(frame)
    ):
        return None
    return again(before, frame, explain=True, aside=(query("mail_before", frame.lang),))


_FIXED = "us.postal_duty.specific"
_NEAR = 12  # characters between the name of the charge and its amount
