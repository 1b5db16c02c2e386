"""Rounding by the named rules of the law: half-up per line for values, truncation once per tax.

The rules are dated parameters with their own certainty (`tw.customs_value.rounding`, `tw.duty.rounding`).
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from tools.errors import DataError

_RULES = {"half_up": ROUND_HALF_UP, "floor": ROUND_FLOOR}


def to_whole_dollars(value: Decimal, rule: str) -> Decimal:
    """`value` in whole New Taiwan dollars under a named rule.

    >>> to_whole_dollars(Decimal("162.5"), "floor")
    Decimal('162')
    """
    if rule not in _RULES:
        raise DataError("tools/law/tw", f"unknown rounding rule {rule!r}")
    return value.quantize(Decimal(1), rounding=_RULES[rule])
