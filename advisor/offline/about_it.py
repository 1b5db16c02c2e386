"""Whether a later message is about what was just computed, and changes nothing of it."""

from __future__ import annotations

import re

from advisor.offline.asked import names_threshold
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.topics import named_parameters
from advisor.offline.whether import asked_of, is_added, questions
from advisor.offline.whys import asks_why

_LONG = 48  # characters of a message that is no question of its own yet


def asks_exemption(frame: Frame, before: Frame) -> bool:
    """Whether the exemption of the United States is held against a sum just computed, as why it is not free."""
    own = frame.named_goods or frame.origin or frame.days
    return before.intent == "us_quote" and not own and says(frame.text, "exempt") and names_threshold(frame.quantities)


def claims_rate(frame: Frame, before: Frame) -> bool:
    """Whether a message holds a flat rate of the post against what was just computed for the post."""
    return (
        before.intent == "taiwan_quote" and before.route == "post" and (frame.claim or asks_why(frame)) and frame.names_law("tw.post.flat")
        and not (frame.named_goods or frame.origin or frame.days)
    )  # fmt: skip


IT = re.compile(
    r"它|牠|這個|那個|這件|這批|這樣|總共|一共|合計|\b(?:it|its|it's|this|that|these|those|altogether|in total|in all)\b",
    re.IGNORECASE,
)


def asks_about_it(frame: Frame, before: Frame) -> bool:
    """Whether what was just computed is asked about again: its rate, what it comes to, of which day it is."""
    text = frame.text
    if (
        before.intent not in ("taiwan_quote", "us_quote")
        or len(text) > _LONG
        or not (IT.search(text) or says(text, "compute_it"))
    ):
        return False
    own = frame.named_goods or frame.amounts.any or frame.origin or frame.days or named_parameters(text)
    asked = any(
        says(text, cue) for cue in ("compute_it", "tax_question", "asks_amount", "compare_rate", "asks_percent")
    )
    return bool(
        asked and not own and not _counted_anew(frame, before) and not frame.said and not says(text, "asks_rule")
    )


def _counted_anew(frame: Frame, before: Frame) -> bool:
    """Whether another count of exemptions is told than the one computed with."""
    return frame.used_exemptions not in (None, before.used_exemptions)


def asks_part_of_it(frame: Frame, before: Frame) -> bool:
    """Whether a short message asks, yes or no, about a named part of what was just computed, and changes no fact."""
    if before.intent not in ("taiwan_quote", "us_quote") or len(frame.text) > _LONG:
        return False
    elsewhere = frame.origin not in (None, before.origin)
    own = frame.named_goods or frame.price is not None or elsewhere or frame.days or frame.items
    us = before.intent == "us_quote"
    added = us and any(q.kind == "percent" and is_added(frame.text, q.start, q.end) for q in frame.quantities)
    if added and not own and questions(frame.text):  # a duty on top of that of the goods
        return True
    anew = _counted_anew(frame, before)
    return not own and not anew and asked_of("tw" if before.intent == "taiwan_quote" else "us", frame.text)


_SAME_GOODS = re.compile(r"(?:同|一)樣的?(?:貨|東西|商品|價)|同一?[批款個]|\b(?:same|identical) (?:goods|value|thing|item|order|lot|shipment|parcel)\b|\bthe one\b", re.IGNORECASE)  # fmt: skip


def asks_what_is_owed(frame: Frame, before: Frame) -> bool:
    """Whether goods told with their price, of which only the exemption was answered, are to be computed now."""
    told = before.intent == "us_de_minimis" and before.price is not None and (before.named_goods or frame.named_goods)
    own = frame.price is not None or frame.origin or frame.destination == "TW" or frame.parameters or frame.items
    asked = says(frame.text, "asks_amount") or says(frame.text, "tax_question")
    again = IT.search(frame.text) is not None or frame.named_goods or _SAME_GOODS.search(frame.text) is not None
    return told and asked and again and not own and not says(frame.text, "exempt") and len(frame.text) <= 3 * _LONG
