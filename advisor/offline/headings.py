"""Numbers of chapter 99 that a message asks about: the measures reported under them, and what the number says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisor.offline.frame import Frame
from tools.law.store import law
from tools.united_states.headings import Reported, reported_under

_MOST = 3  # measures told of one heading
_CHAPTER = "99"


def without_chapter_99(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of goods: a number of chapter 99 names a measure, and no goods."""
    return tuple(code for code in codes if not code.startswith(_CHAPTER))


def headings_asked(frame: Frame) -> tuple[str, ...]:
    """The measures of the headings a message asks about; none where an amount is to be computed."""
    if frame.price is not None or frame.codes:
        return ()
    day = frame.day or frame.today
    rows = [(heading, row.parameter) for heading in frame.headings for row in reported_under(heading)]
    held = [name for heading, name in rows if _stood(heading, name, day)]
    return tuple(dict.fromkeys(held or [name for _, name in rows[:1]]))[:_MOST]


def _stood(heading: str, parameter: str, day: date) -> bool:
    """Whether a measure was reported under a heading on a day."""
    values = (v for v in law().parameter(parameter).values if v.holds(day))
    return any(heading in headings for value in values for headings in value.headings.values())


def origin_under(headings: Sequence[str]) -> str | None:
    """The origin that a heading is for, where it is for one."""
    rows = [row for heading in headings for row in reported_under(heading)]
    return rows[0].origin if rows else None


def what_it_says(row: Reported) -> str:
    """How a heading's measure acts, by the name of its phrase."""
    measure = law().parameter(row.parameter).measure
    form = measure.form if measure is not None else "none"
    return "heading_met" if row.met else f"heading_{form}"
