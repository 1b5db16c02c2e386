"""Samples and advertising goods: free up to a limit of their own, beyond it only the excess pays; of air freight a part counts.

Free with the duty is the business tax; the commodity tax is not, and the waived duty stays in its base. On what the
business tax of an excess is taken no text was read outside a traveller's luggage: both ends are computed.
Sources: 關稅法第 49 條第 1 項第 9 款; 廣告品及貨樣進口通關辦法第 3 至 5 條; 營業稅法第 9 條 (Customs Act art. 49 I (9);
Regulations for Import of Advertising Goods and Samples arts. 3 to 5; Business Tax Act art. 9), as the parameters carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tools.exact import Exact, exact
from tools.result import Figure, Message
from tools.taiwan.goods import Examined
from tools.taiwan.inputs import FREIGHT_INCLUDED, TaiwanGoods, TaiwanQuoteInput
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.value import Basis

LIMIT = "tw.low_value.sample_limit"
AIR_SHARE = "tw.low_value.sample_air_freight_share"


def among(goods: Sequence[TaiwanGoods]) -> Literal["none", "some", "all"]:
    """Whether samples are among the goods, or are all of them: they then need no low-value exemption."""
    count = sum(g.sample is not None for g in goods)
    return "none" if not count else "all" if count == len(goods) else "some"


def free_of(law: TaiwanLaw, goods: Sequence[Examined], values: Sequence[Decimal]) -> list[int]:
    """What of each line is free, whole TWD: of samples with a value, the limit, spread over them by value."""
    counted = [int(v) if g.goods.sample == "commercial" else 0 for g, v in zip(goods, values, strict=True)]
    total, limit = sum(counted), int(law.number(LIMIT))
    free = [min(v, limit * v // total if total > limit else v) for v in counted]
    for at, value in enumerate(counted):  # what the division left over, to the first lines that can take it
        more = min(value - free[at], max(0, min(total, limit) - sum(free)))
        free[at] += more
    worthless = [int(v) if g.goods.sample == "no_commercial_value" else 0 for g, v in zip(goods, values, strict=True)]
    return [a + b for a, b in zip(free, worthless, strict=True)]


def freight_open(given: TaiwanQuoteInput) -> bool:
    """Whether it matters, and was not said, that the samples come by air."""
    paid = bool(given.freight) and given.incoterm not in FREIGHT_INCLUDED
    return paid and given.transport is None and given.route != "traveller" and among(given.goods) != "none"


def by_air(law: TaiwanLaw, given: TaiwanQuoteInput, goods: Sequence[Examined], basis: Basis) -> Basis:
    """The basis of samples that come by air: of their share of the freight a part counts."""
    if not given.freight or among(given.goods) == "none":
        return basis
    left_out = exact(given.freight) * (1 - Fraction(law.exact(AIR_SHARE)))
    off: list[Exact] = [
        left_out * share if one.goods.sample is not None else 0
        for one, share in zip(goods, basis.shares(), strict=True)
    ]
    shown = {"share": Figure(value=law.number(AIR_SHARE), unit="ratio", of=AIR_SHARE)}
    said = Message(code="sample_air_freight", figures=shown)
    return replace(basis, off=off, assumptions=[*basis.assumptions, said])


def told(law: TaiwanLaw) -> Message:
    """What makes goods samples, and up to what they are free."""
    shown = {"limit": Figure(value=law.number(LIMIT), unit="TWD", of=LIMIT)}
    return Message(code="sample_conditions", figures=shown)
