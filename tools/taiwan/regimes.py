"""Low-value exemption, classes of declaration, and the flat rate of small postal items.

Sources: 關稅法第 49 條第 2 項; 空運快遞貨物通關辦法第 11, 12 條; 郵包物品進出口通關辦法第 6 至 9 條 (Customs Act art. 49
II; express clearance rules arts. 11 and 12; postal parcels rules arts. 6 to 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tools.taiwan.goods import Examined
from tools.taiwan.law import TaiwanLaw
from tools.tariff.codes import compact

Reason = Literal["within_limit", "over_limit", "declined", "count_used_up", "excluded_goods", "samples"]
LIMIT, COUNT = "tw.low_value.limit", "tw.low_value.exempt_imports_per_half_year"
CEILING = "tw.express.simplified_ceiling"
_TARIFF_DIGITS = 8


@dataclass(frozen=True, slots=True)
class LowValue:
    """Whether a consignment is exempt as low-value, and why."""

    exempt: bool
    reason: Reason


def low_value(
    law: TaiwanLaw, customs_value: Decimal, exempt_imports_used: int, *, declined: bool, excluded: bool
) -> LowValue:
    """The NT$ limit tested on the whole customs value: all or nothing, never a deduction.

    Args:
        customs_value: of the consignment, freight and insurance included, whole TWD.
        exempt_imports_used: exemptions used before this import in the half-year, by this route.
        declined: the importer gives up the exemption for this import.
        excluded: alcohol, tobacco or tariff-quota goods are among the goods.
    """
    if excluded:
        return LowValue(False, "excluded_goods")
    if customs_value > law.number(LIMIT):
        return LowValue(False, "over_limit")
    if declined:
        return LowValue(False, "declined")
    if exempt_imports_used >= law.number(COUNT):
        return LowValue(False, "count_used_up")
    return LowValue(True, "within_limit")


def express_class(
    law: TaiwanLaw, customs_value: Decimal, *, taxed: bool, relieved: bool = False
) -> tuple[str | None, str]:
    """Class of the declaration by value, with the code of the reason; None where the rules do not settle it.

    Args:
        relieved: the goods are samples free of duty, which have rules of their own.
    """
    if customs_value > law.number(CEILING):
        return "X4", "express_class_x4"
    if relieved and customs_value > law.number(LIMIT):
        return None, "express_class_sample"
    if customs_value > law.number(LIMIT):
        return "X3", "express_class_x3"
    if taxed:
        return None, "express_class_open"
    return "X2", "express_class_x2"


def formal_reasons(law: TaiwanLaw, goods: Sequence[Examined], *, luxury: bool, excluded: bool) -> tuple[str, ...]:
    """Why goods need a formal declaration by express however low their value."""
    value = law.held("tw.express.formal_always")
    listed = value.value if value is not None and isinstance(value.value, tuple) else ()
    applies = {
        "commodity_tax": any(
            e.key == "commodity_tax" and not e.ended and e.ratio != 0
            for g in goods
            for options in g.taxes
            for choice in options.choices
            for e in choice.excises
        ),
        "luxury_tax": luxury,
        "quota": excluded and any(g.may_be_quota for g in goods),
    }
    return tuple(name for name in listed if applies.get(name, False))


def small_items(
    law: TaiwanLaw, goods: Sequence[Examined], values: Sequence[Decimal], *, quota: bool
) -> tuple[bool, ...]:
    """Which lines of a postal parcel pay the flat rate: not over the cap together with their like, and not excluded.

    Args:
        values: customs value of each line.
        quota: goods that may be under a tariff quota count as such.
    """
    cap = law.number("tw.post.item_cap")
    together: dict[object, Decimal] = {}
    keys = [_like(at, g) for at, g in enumerate(goods)]
    for key, value in zip(keys, values, strict=True):
        together[key] = together.get(key, Decimal(0)) + value
    return tuple(
        together[key] <= cap and not g.tariff_only and not (quota and g.may_be_quota)
        for key, g in zip(keys, goods, strict=True)
    )


def _like(at: int, found: Examined) -> object:
    """Goods of the same kind under the same tariff number count together; what has neither stands alone."""
    goods = found.goods
    if goods.codes:
        return compact(goods.codes[0])[:_TARIFF_DIGITS]
    return (goods.description, goods.rate) if goods.description else at
