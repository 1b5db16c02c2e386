"""Fractions that no decimal holds: a third stays a third until the law rounds.

Decimals carry a finite number of digits. A rate such as 33 1/3% is kept as a decimal of full precision where a program
hands it on, and read back here as the fraction it stands for.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

#: digits a decimal carries when it stands for a fraction that does not end
PRECISION = 28
#: an exact amount
Exact = Fraction | int
_SIMPLE = 10_000  # denominators of fractions people write, over a hundred


def as_decimal(value: Exact) -> Decimal:
    """The fraction as a decimal: exact where it ends, else with full precision.

    >>> as_decimal(Fraction(1, 20)), as_decimal(Fraction(1, 3))
    (Decimal('0.05'), Decimal('0.3333333333333333333333333333'))
    """
    if isinstance(value, int):
        return Decimal(value)
    places = decimal_places(value)
    if places is None:
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(f"{value.numerator * 10**places // value.denominator}E-{places}")


def as_fraction(value: Decimal) -> Fraction:
    """The number a decimal stands for: itself, or the simple fraction it is the full-precision spelling of.

    >>> as_fraction(Decimal("0.05")), as_fraction(Decimal("0.3333333333333333333333333333"))
    (Fraction(1, 20), Fraction(1, 3))
    """
    plain = Fraction(value)
    if len(value.as_tuple().digits) < PRECISION:
        return plain
    near = plain.limit_denominator(_SIMPLE)
    return near if as_decimal(near) == value else plain


def exact(value: Decimal) -> Exact:
    """The number itself: an integer where it is whole, which is cheaper to reckon with.

    >>> exact(Decimal("3250.00")), exact(Decimal("0.5"))
    (3250, Fraction(1, 2))
    """
    whole, parts = value.as_integer_ratio()
    return whole if parts == 1 else Fraction(whole, parts)


def part_of(whole: Exact, ratio: Exact) -> Exact:
    """A ratio of an amount, an integer where it comes out whole.

    >>> part_of(3250, Fraction(1, 20)), part_of(3000, Fraction(1, 20))
    (Fraction(325, 2), 150)
    """
    top, bottom = whole.numerator * ratio.numerator, whole.denominator * ratio.denominator
    return Fraction(top, bottom) if top % bottom else top // bottom


def ends(value: Exact) -> bool:
    """Whether a fraction can be written out as a decimal.

    >>> ends(Fraction(3, 40)), ends(Fraction(1, 3))
    (True, False)
    """
    return decimal_places(value) is not None


def decimal_places(value: Exact) -> int | None:
    """Digits behind the point that write the fraction out, or None where none do."""
    return _places_under(value.denominator)


@lru_cache(maxsize=4096)
def _places_under(denominator: int) -> int | None:
    rest, counts = denominator, [0, 0]
    for at, prime in enumerate((2, 5)):
        while rest % prime == 0:
            rest //= prime
            counts[at] += 1
    return max(counts) if rest == 1 else None
