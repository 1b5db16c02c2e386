"""Rounding of the entry summary: whole dollars for values, half-up to the cent for every duty line.

Source: CBP Form 7501 instructions for values; the cent as filed entry summaries show it. Cents are whole numbers here.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

_CENTS = Decimal("0.01")


def whole_dollars(value: Fraction) -> int:
    """Nearest dollar, halves upwards.

    >>> whole_dollars(Fraction("1234.49")), whole_dollars(Fraction("1234.5"))
    (1234, 1235)
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def cents(amount: Fraction) -> int:
    """An amount in dollars as cents, halves upwards.

    >>> cents(Fraction("410.988")), cents(Fraction("17.715"))
    (41099, 1772)
    """
    return whole_dollars(amount * 100)


def rate_cents(rate: Fraction, value: int) -> int:
    """A rate of whole dollars as cents, halves upwards.

    >>> rate_cents(Fraction("0.029"), 14172)
    41099
    """
    hundredths = rate.numerator * value * 100
    return (2 * hundredths + rate.denominator) // (2 * rate.denominator)


@lru_cache(maxsize=65536)
def dollars(amount: int) -> Decimal:
    """Cents as dollars with two places.

    >>> dollars(41099)
    Decimal('410.99')
    """
    return (Decimal(amount) / 100).quantize(_CENTS)


def shown(amount: int) -> str:
    """Cents as people read them.

    >>> shown(165000)
    '1,650.00'
    """
    return f"{dollars(amount):,}"
