"""Rounding by the named rules of the law: half-up per line for values, truncation once per tax.

The rules are dated parameters with their own certainty (`tw.customs_value.rounding`, `tw.duty.rounding`).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import floor

from tools.errors import DataError
from tools.exact import Exact, exact

_RULES: dict[str, Callable[[Exact], int]] = {
    "half_up": lambda v: (2 * v.numerator + v.denominator) // (2 * v.denominator),
    "floor": floor,
}


def to_whole_dollars(value: Decimal | Exact, rule: str) -> Decimal:
    """`value`, which is never negative, in whole New Taiwan dollars under a named rule.

    >>> from fractions import Fraction
    >>> to_whole_dollars(Decimal("162.5"), "floor"), to_whole_dollars(Fraction(325, 2), "half_up")
    (Decimal('162'), Decimal('163'))
    """
    if rule not in _RULES:
        raise DataError("tools/law/tw", f"unknown rounding rule {rule!r}")
    number = exact(value) if isinstance(value, Decimal) else value
    return Decimal(number if isinstance(number, int) else _RULES[rule](number))


def to_cents(value: Exact) -> Decimal:
    """`value` without what is behind its second decimal, for showing.

    >>> from fractions import Fraction
    >>> to_cents(Fraction(1000, 3))
    Decimal('333.33')
    """
    return Decimal(f"{floor(value * 100)}E-2")
