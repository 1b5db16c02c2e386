"""What the doubt between candidates comes to in duty: the general rates of the lines below them, on a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tools.exact import as_decimal, as_fraction
from tools.tariff.models import ScheduleName
from tools.tariff.notation.rate import RateRefused, parse_rate
from tools.tariff.search.models import Candidate, Doubt

#: column of a schedule that rules without a preference
GENERAL: Mapping[str, str] = {"tw": "column_1", "us": "general"}
_CURRENCY: Mapping[str, Literal["TWD", "USD"]] = {"tw": "TWD", "us": "USD"}


def ratios(candidate: Candidate, schedule: Literal["tw", "us"]) -> tuple[set[Fraction], int]:
    """Different general rates of the lines below that are a share of the value, and how many lines have another kind of rate."""
    found: set[Fraction] = set()
    other = 0
    for line in candidate.lines:
        cell = line.rates.get(GENERAL[schedule], "")
        try:
            ratio = parse_rate(cell, schedule).ad_valorem if cell else None
        except RateRefused:
            ratio = None
        if ratio is None:
            other += 1
        else:
            found.add(ratio)
    return found, other


def doubt(candidates: Sequence[Candidate], schedule: ScheduleName, value: Decimal | None) -> Doubt | None:
    """The range of duty over some candidates; None without a value, a schedule or a rate that can be read.

    Args:
        value: customs value, in the money of the schedule.
    """
    if value is None or schedule == "hs":
        return None
    read = [ratios(candidate, schedule) for candidate in candidates]
    every = {ratio for found, _ in read for ratio in found}
    if not every:
        return None
    return Doubt(
        currency=_CURRENCY[schedule], value=value, low=_duty(min(every), value), high=_duty(max(every), value),
        codes=tuple(c.code for c, (found, other) in zip(candidates, read, strict=True) if found or other),
        lines_left_out=sum(other for _, other in read),
    )  # fmt: skip


def middle(candidate: Candidate, schedule: ScheduleName) -> Fraction | None:
    """The middle between the lowest and the highest general rate below a candidate; None where none is held."""
    if schedule == "hs":
        return None
    found, _ = ratios(candidate, schedule)
    return (min(found) + max(found)) / 2 if found else None


def _duty(ratio: Fraction, value: Decimal) -> Decimal:
    return as_decimal(ratio * as_fraction(value))
