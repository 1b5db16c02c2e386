"""Low-value exemption and express classes of imports into Taiwan by courier.

Sources: 關稅法第 49 條第 2 項; 空運快遞貨物通關辦法第 11 條 (Customs Act art. 49 II; express clearance rules art. 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tools.result import Figure, Message
from tools.taiwan.taxes import TaiwanLaw

Reason = Literal["within_limit", "over_limit", "declined", "count_used_up", "excluded_goods"]


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
    if customs_value > law.number("tw.low_value.limit"):
        return LowValue(False, "over_limit")
    if declined:
        return LowValue(False, "declined")
    if exempt_imports_used >= law.number("tw.low_value.exempt_imports_per_half_year"):
        return LowValue(False, "count_used_up")
    return LowValue(True, "within_limit")


def express_class(law: TaiwanLaw, customs_value: Decimal, *, taxed: bool) -> tuple[str | None, Message]:
    """Class of the declaration by value, with the reason; None where the rules do not settle it."""
    limit, ceiling = law.number("tw.low_value.limit"), law.number("tw.express.simplified_ceiling")
    figures = {
        "value": Figure(value=customs_value, unit="TWD", of="customs_value"),
        "limit": Figure(value=limit, unit="TWD", of="tw.low_value.limit"),
        "ceiling": Figure(value=ceiling, unit="TWD", of="tw.express.simplified_ceiling"),
    }
    if customs_value > ceiling:
        return "X4", Message(code="express_class_x4", figures=figures)
    if customs_value > limit:
        return "X3", Message(code="express_class_x3", figures=figures)
    if taxed:
        return None, Message(code="express_class_open", figures=figures)
    return "X2", Message(code="express_class_x2", figures=figures)
