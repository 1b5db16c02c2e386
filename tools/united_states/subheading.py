"""A subheading among the codes that goods may stand under: six digits bear no rate, the tariff lines below them do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.errors import InputError
from tools.tariff.codes import dotted
from tools.tariff.schedule import Schedule
from tools.united_states.inputs import MOST_CANDIDATES, SUBHEADING_DIGITS, UsLine, UsQuoteInput

_RATE_DIGITS = 8
_MOST_ROWS = 400  # statistical rows of a subheading


def with_tariff_lines(given: UsQuoteInput, held: Schedule) -> UsQuoteInput:
    """A dated shipment with the tariff lines of each subheading in its place.

    Raises:
        InputError: a subheading of which not every tariff line is held on the day, or more codes than may be candidates.
    """
    if all(len(code) != SUBHEADING_DIGITS for line in given.lines for code in line.candidate_codes):
        return given
    assert given.entry_date is not None
    lines = tuple(_line(line, place, held, given.entry_date) for place, line in enumerate(given.lines))
    return given.model_copy(update={"lines": lines})


def _line(line: UsLine, place: int, held: Schedule, day: date) -> UsLine:
    field = f"lines.{place}.candidate_codes"
    codes = tuple(dict.fromkeys(c for code in line.candidate_codes for c in _codes(code, field, held, day)))
    if len(codes) > MOST_CANDIDATES:
        raise InputError(field, f"these are {len(codes)} tariff lines", f"codes of at most {MOST_CANDIDATES} lines")
    return line.model_copy(update={"candidate_codes": codes})


def _codes(code: str, field: str, held: Schedule, day: date) -> Iterator[str]:
    """The tariff lines of a subheading; another code as it is."""
    if len(code) != SUBHEADING_DIGITS:
        yield code
        return
    rows = held.below(code, day, _MOST_ROWS)
    below = sorted({row.code[:_RATE_DIGITS] for row in rows if len(row.code) >= _RATE_DIGITS and row.rates})
    undivided = below == [f"{code}00"]
    if not below or not (undivided or held.edition(day).complete):
        named = f"; held: {', '.join(map(dotted, below[:MOST_CANDIDATES]))}" if below else ""
        problem = f"not every tariff line of subheading {dotted(code)} is held"
        raise InputError(field, problem, f"its HTS numbers of 8 or 10 digits{named}")
    yield from below
