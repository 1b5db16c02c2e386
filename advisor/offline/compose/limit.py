"""Whether a value passed the low-value limit of a day of which the taxes cannot be computed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.states import compose_law
from advisor.offline.frame import Frame
from tools.law.models import Lang
from tools.law.tool import LawLookup
from tools.result import Result


def compose_limit(lookups: Sequence[LawLookup], result: Result, frame: Frame, lang: Lang) -> Draft:
    """The limit of the day, and on which side of it the value told stands."""
    draft = compose_law(lookups, frame, lang)
    limits = [used.value for a in lookups for e in a.entries if (used := e.in_force)]
    charges = [frame.amounts.freight, frame.amounts.insurance]
    value = sum(filter(None, charges), frame.price or Decimal(0))
    if limits and frame.price is not None and result.input.get("currency") in (None, "TWD"):
        over = value > Decimal(str(limits[0]))
        draft.text = f"{say('limit_passed' if over else 'limit_kept', lang)}\n{draft.text}"
    return draft
