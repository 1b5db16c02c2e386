"""What a rate cell of a schedule says once read: each of its rates printed back, with what it needs, or why it is refused."""

from __future__ import annotations

from functools import lru_cache

from tools.errors import OutOfScope
from tools.law.models import Frozen, Localized
from tools.tariff.models import ScheduleName
from tools.tariff.notation import Group, parse_cell


class RateRead(Frozen):
    """One rate of a cell, and whom it is for: programmes or origins, everybody where none is named."""

    text: str
    codes: tuple[str, ...]
    readable: bool
    printed: Localized | None = None
    needs: tuple[str, ...] = ()
    reason: str | None = None


class Reading(Frozen):
    """One cell. It is readable when every rate in it can be computed; what cannot is kept verbatim and never computed."""

    cell: str
    readable: bool
    rates: tuple[RateRead, ...] = ()
    reason: str | None = None


@lru_cache(maxsize=8192)
def read_cell(cell: str, schedule: ScheduleName) -> Reading:
    """The reading of a cell, in the notation of its schedule.

    >>> read_cell("5%", "tw").readable, read_cell("See 9903.88.15", "us").reason
    (True, 'see')
    """
    try:
        groups = parse_cell(cell, "tw" if schedule == "tw" else "us").groups
    except OutOfScope as refused:
        return Reading(cell=cell, readable=False, reason=_why(refused))
    rates = tuple(_read(group) for group in groups)
    reasons = [rate.reason for rate in rates if rate.reason]
    return Reading(
        cell=cell, readable=bool(rates) and not reasons, rates=rates,
        reason=reasons[0] if reasons else None if rates else "empty",
    )  # fmt: skip


def tree_of(cell: str, schedule: ScheduleName) -> str | None:
    """The expression of a cell as text, its codes beside each rate; None where the cell cannot be read at all."""
    try:
        groups = parse_cell(cell, "tw" if schedule == "tw" else "us").groups
    except OutOfScope:
        return None
    return "; ".join(f"{group.codes}: {group.rate.tree if group.rate else group.text!r}" for group in groups)


def _read(group: Group) -> RateRead:
    if group.rate is None:
        return RateRead(text=group.text, codes=group.codes, readable=False, reason=_why(group.refused))
    printed = Localized.model_validate({"zh-TW": group.rate.render("zh-TW"), "en": group.rate.render("en")})
    return RateRead(text=group.text, codes=group.codes, readable=True, printed=printed, needs=group.rate.needs)


def _why(refused: OutOfScope | None) -> str:
    return str(getattr(refused, "code", "unreadable"))
