"""Customs value of imports into Taiwan: price, freight and insurance, whatever the term of trade.

Source: Customs Act art. 29; whole dollars per line (`tw.customs_value.rounding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tools.taiwan.rounding import to_whole_dollars


def customs_values(
    prices: Sequence[Decimal], charges: Decimal | Fraction, exchange_rate: Decimal | Fraction, rule: str
) -> list[Decimal]:
    """Customs value of each line in whole TWD, exact until it is rounded.

    Args:
        prices: price of each line, in the currency of the invoice.
        charges: freight and insurance of the consignment, same currency; spread over the lines by price.
        exchange_rate: TWD per unit of that currency.
        rule: name of the rounding rule.

    >>> [str(v) for v in customs_values([Decimal(1000)] * 3, Decimal(1), Decimal("31.5"), "half_up")]
    ['31511', '31511', '31511']
    """
    parts, rate = [Fraction(price) for price in prices], Fraction(exchange_rate)
    total = sum(parts, Fraction(0))
    shares = [part / total if total else Fraction(1, len(parts)) for part in parts]
    return [
        to_whole_dollars((part + Fraction(charges) * share) * rate, rule)
        for part, share in zip(parts, shares, strict=True)
    ]
