"""What a rate cell of a schedule says once read: printed back, with the quantities it needs, or refused with the reason."""

from __future__ import annotations

from functools import lru_cache

from tools.errors import OutOfScope
from tools.law.models import Frozen
from tools.tariff.models import ScheduleName
from tools.tariff.notation import parse_rate_text


class Reading(Frozen):
    """One cell. What cannot be read is kept verbatim and never computed."""

    cell: str
    readable: bool
    tree: str | None = None
    reason: str | None = None


@lru_cache(maxsize=8192)
def read_cell(cell: str, _schedule: ScheduleName) -> Reading:
    """The reading of a cell, in the notation of its schedule.

    >>> read_cell("5%", "tw").readable, read_cell("從高徵收", "tw").readable
    (True, False)
    """
    try:
        rate = parse_rate_text(cell)
    except OutOfScope as refused:
        return Reading(cell=cell, readable=False, reason=refused.reason)
    return Reading(cell=cell, readable=True, tree=str(rate))
