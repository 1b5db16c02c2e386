"""Luxury tax on specifically selected goods: which goods may owe it, and from what tax-inclusive value an item.

Sources: 特種貨物及勞務稅條例第 2, 7, 10, 12 條 (Specifically Selected Goods and Services Tax Act arts. 2, 7, 10, 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.result import Message
from tools.taiwan.goods_input import TaiwanGoods
from tools.taiwan.law import TaiwanLaw
from tools.tariff.schedule import TariffLine

_TOPIC = "tw.luxury_tax"
_KINDS = ("car", "aircraft", "yacht", "furniture")
RATE = f"{_TOPIC}.rate"


@dataclass(frozen=True, slots=True)
class Luxury:
    """Goods that owe the tax once an item reaches the threshold.

    `certain` is false where a further fact decides (a yacht's length, protected wildlife): the tax is then only possible.
    """

    threshold: str
    certain: bool
    assumptions: tuple[Message, ...] = ()


def luxury(law: TaiwanLaw, goods: TaiwanGoods, digits: tuple[str, ...], lines: Sequence[TariffLine]) -> Luxury | None:
    """The luxury tax a line may owe; None where it never does."""
    if goods.commodity_tax == "car":
        return Luxury(f"{_TOPIC}.car_threshold", certain=True)
    if not any("L*" in line.levies for line in lines):
        return None
    kind = next((k for k in _KINDS if any(law.listed(f"{_TOPIC}.{k}_headings", d) for d in digits)), "wildlife")
    if kind == "yacht":
        return Luxury(f"{_TOPIC}.wildlife_threshold", certain=False)
    return Luxury(f"{_TOPIC}.{kind}_threshold", certain=kind != "wildlife")
