"""The same goods on two days told in one message, and why the tax differs: both are computed and set side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from advisor.offline.asked import about_us
from advisor.offline.checks import asks_difference
from advisor.offline.frame import Check, Comparison, Frame, Intent

_TWO = 2  # origins between which a difference is told
_NO_YEAR = 4  # the year of a day that is told without one


def of_two_days(frame: Frame) -> Frame:
    """The frame, compared by day where goods with their value were imported on two and the difference is asked for."""
    rated = frame.amounts.rate is not None and about_us(frame)
    origins = frame.compare is not None and frame.compare.slot == "origin" and len(frame.compare.values) == _TWO
    if origins and frame.check is None and frame.price is not None and asks_difference(frame.text):
        return replace(frame, check=Check(difference=True))
    if frame.price is None or not (frame.named_goods or rated) or frame.items or not asks_difference(frame.text):
        return frame
    if frame.compare is not None or frame.intent in ("decline", "tool", "not_covered"):
        return frame
    months = [q.day for q in frame.quantities if q.kind == "month" and q.day is not None and q.day.year != _NO_YEAR]
    days: list[date] = sorted({*frame.days, *months})
    if len(days) != 2 or days[-1] > frame.today:
        return frame
    intent: Intent = "us_quote" if about_us(frame) else "taiwan_quote"
    compared = Comparison("day", tuple(days))
    return replace(
        frame, intent=intent, days=tuple(days), compare=compared, check=Check(difference=True), wants_quote=True
    )
