"""Column 1 rates told beside the duty on all goods of an origin: what each comes to, where that duty is a floor."""

from __future__ import annotations

from dataclasses import replace

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Comparison, Frame
from advisor.offline.plan_us import DEFAULT_ORIGIN
from advisor.offline.topics import floor_of

_MOST = 3  # rates shown beside each other


def at_own_rates(frame: Frame) -> Frame:
    """The frame as one that asks for rates, at the column 1 rates it tells; itself where it tells none or tells a price."""
    percents = [q.value / 100 for q in frame.quantities if q.kind == "percent" and q.value is not None]
    spoken = says(frame.text, "floor") or frame.general or frame.named_goods
    ours = about_us(frame) or (says(frame.text, "floor") and frame.destination is None)
    if frame.price is not None or frame.items or not percents or not spoken or not ours:
        return frame
    if frame.intent in ("decline", "not_covered", "tool", "codes", "hs_search") or frame.acts:
        return frame
    origin = frame.origin or DEFAULT_ORIGIN
    own = [rate for rate in dict.fromkeys(percents) if rate != floor_of(origin, frame.day or frame.today)][:_MOST]
    if (
        not own
        or (len(own) == len(set(percents)) and not says(frame.text, "floor"))
        or not says(frame.text, "own_rate")
    ):
        return frame
    compare = Comparison("rate", tuple(own)) if len(own) > 1 else None
    return replace(
        frame, intent="us_quote", rates=True, general=False, parameters=(), origin=origin, destination="US", compare=compare,
        amounts=replace(frame.amounts, rate=own[0], exchange_rate=None), claim=False, subject="",
    )  # fmt: skip
