"""Two rates, or two amounts, told in one message with the question what they are apart: the second held against the first."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from advisor.offline.cues import says
from advisor.offline.frame import Check, Frame
from advisor.offline.held_sum import QUOTES, amounts_told

_JOINED = re.compile(r"[^，。;；？?！!]{0,16}?(?:跟|和|與|比|還是|改|\bvs\.?|\bversus\b|\band\b|\bor\b|\bthan\b)[^，。;；？?！!]{0,12}?$", re.IGNORECASE)  # fmt: skip
_LEAST = 99  # a smaller figure is a count or a rate


def two_cases(frame: Frame) -> Frame:
    """The frame of the second case with the first as what it is held against; unchanged where a message tells no two."""
    if frame.intent not in QUOTES or frame.items or frame.parcels or frame.compare or not says(frame.text, "differs", "later"):  # fmt: skip
        return frame
    rates = [q for q in frame.quantities if q.kind == "percent" and q.value is not None]
    sums = [q for q in amounts_told(frame) if (q.value or 0) > _LEAST]
    amounts = frame.amounts
    held = amounts.customs_value if amounts.customs_value is not None else amounts.price
    if len(rates) == 2 and len(sums) == 1 and amounts.rate is not None and _apart(frame, rates[0].end, rates[1].start):
        first, second = (replace(amounts, rate=(q.value or Decimal(0)) / 100) for q in rates)
    elif len(sums) == 2 and len(rates) < 2 and held == sums[0].value and _apart(frame, sums[0].end, sums[1].start):
        name = "customs_value" if amounts.customs_value is not None else "price"
        if (amounts.freight or amounts.insurance) is not None and name == "price":
            return frame
        first, second = amounts, replace(amounts, customs_value=sums[1].value) if name == "customs_value" else replace(amounts, price=sums[1].value)  # fmt: skip
    else:
        return frame
    return replace(
        frame, amounts=second, earlier=replace(frame, amounts=first), check=Check(difference=True), claim=False
    )


def _apart(frame: Frame, start: int, end: int) -> bool:
    """Whether two figures are joined as two cases: 5% 跟 10%."""
    return _JOINED.fullmatch(frame.text[start:end]) is not None
