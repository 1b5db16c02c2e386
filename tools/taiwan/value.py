"""Customs value of imports into Taiwan: price, freight and insurance, whatever the term of trade.

Source: Customs Act art. 29; whole dollars per line (`tw.customs_value.rounding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.taiwan.rounding import to_whole_dollars


def customs_values(
    prices: Sequence[Decimal], charges: Decimal, exchange_rate: Decimal, rule: str
) -> list[Decimal]:
    """Customs value of each line in whole TWD.

    Args:
        prices: price of each line, in the currency of the invoice.
        charges: freight and insurance of the consignment, same currency; spread over the lines by price.
        exchange_rate: TWD per unit of that currency.
        rule: name of the rounding rule.
    """
    total = sum(prices, Decimal(0))
    if total == 0:
        shares = [charges / len(prices)] * len(prices)
    else:
        shares = [charges * price / total for price in prices]
    return [
        to_whole_dollars((price + share) * exchange_rate, rule)
        for price, share in zip(prices, shares, strict=True)
    ]
