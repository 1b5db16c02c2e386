"""Entered value of each line: transaction value without international freight and insurance, in whole dollars.

Source: 19 USC 1401a(b)(4)(A); 19 CFR 152.103(a)(5), (i); currency of the export date: 19 CFR 159.32. Freight and insurance
in a `cif` price are taken out line by line in proportion to value. Leaves out assists, royalties and related parties:
they belong in the value given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tools.errors import InputError
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.money import whole_dollars

_LARGEST = 10**15  # USD a line; beyond it figures are slips
_STEPS = 40  # of the search for a value inside a delivered-duty-paid price


def given_values(given: UsQuoteInput) -> list[Fraction]:
    """Line values in USD as they were given."""
    rate = given.usd_per_unit
    values = [Fraction(line.value) * rate for line in given.lines]
    if max(values) >= _LARGEST:
        raise InputError("lines.value", "is beyond reason", f"less than {_LARGEST:,} USD")
    return values


def charges(given: UsQuoteInput) -> Fraction:
    """Freight and insurance that are known, in USD."""
    return (Fraction(given.freight or 0) + Fraction(given.insurance or 0)) * given.usd_per_unit


def without_charges(given: UsQuoteInput) -> list[Fraction]:
    """Line values without freight and insurance, unrounded.

    Raises:
        InputError: freight and insurance are as much as the price that is said to hold them.
    """
    values = given_values(given)
    if given.value_basis == "fob":
        return values
    inside, total = charges(given), sum(values, Fraction(0))
    if inside >= total:
        raise InputError("freight", "with insurance is not less than the price that holds it", "less than the price")
    return [value - inside * value / total for value in values]


def rounded(values: Sequence[Fraction]) -> list[int]:
    """Values of the entry summary: whole dollars a line."""
    return [whole_dollars(value) for value in values]


def backed_out(price: Sequence[Fraction], owed: Callable[[Sequence[Fraction]], Fraction]) -> list[Fraction]:
    """Values inside prices that hold duty and fees: value plus what is owed on it gives the price again.

    Args:
        price: line prices without freight and insurance.
        owed: duty and fees on given line values, unrounded. It rises with them, in straight pieces.
    """
    total = sum(price, Fraction(0))

    def over(share: Fraction) -> Fraction:
        values = [p * share for p in price]
        return sum(values, Fraction(0)) + owed(values) - total

    if over(Fraction(1)) <= 0:
        return list(price)
    low, high = Fraction(0), Fraction(1)
    for _ in range(_STEPS):
        at_low, at_high = over(low), over(high)
        step = low + (high - low) * -at_low / (at_high - at_low) if at_high > at_low else (low + high) / 2
        step = step.limit_denominator(10**18)
        rest = over(step)
        if rest == 0 or high - low < Fraction(1, 10**15):
            return [p * step for p in price]
        middle = (low + high) / 2
        low, high = (low, step) if rest > 0 else (step, high)
        if low < middle < high:
            low, high = (low, middle) if over(middle) > 0 else (middle, high)
    return [p * (low + high) / 2 for p in price]
