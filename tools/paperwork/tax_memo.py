"""The arithmetic of a Taiwan tax bill (稅款繳納證): each tax from its base, and the sum. No code, rate or value is judged.

Source: 營業稅法第 20 條 (base of business tax), 貿易法第 21 條 (trade promotion fee), the rounding rule the law data holds. A tax whose rate is
not given is taken as it stands; what follows from it is still checked.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from tools.inputs import AmountIn, DateIn, Input, RateIn
from tools.labels import label
from tools.law.models import Localized
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.registry import Tool
from tools.result import Figure, Message
from tools.taiwan.rounding import to_whole_dollars

_WITHIN_BASE = ("duty", "commodity_tax", "alcohol_tax", "tobacco_tax", "health_surcharge")


class TaxMemo(Input):
    """A tax bill as it is printed; money is TWD. What is not on it is left out."""

    customs_value: AmountIn = Field(description="完稅價格 of the declaration")
    duty: AmountIn = Field(description="進口稅")
    duty_rate: RateIn | None = Field(None, description="rate of the duty, where one rate covers all")
    commodity_tax: AmountIn | None = Field(None, description="貨物稅")
    commodity_tax_rate: RateIn | None = None
    alcohol_tax: AmountIn | None = None
    tobacco_tax: AmountIn | None = None
    health_surcharge: AmountIn | None = None
    business_tax: AmountIn = Field(description="營業稅")
    trade_promotion_fee: AmountIn | None = Field(None, description="推廣貿易服務費")
    total: AmountIn | None = Field(None, description="合計")
    import_date: DateIn | None = Field(None, description="day the law is read at")


class MemoFinding(Input):
    """A line that does not follow from the others."""

    field: str
    rule: str
    message: Message
    expected: Decimal
    found: Decimal


class TaxMemoCheck(Input):
    """The lines that do not follow, and the verdict."""

    on: date
    clean: bool
    verdict: Message
    findings: tuple[MemoFinding, ...]
    boundary: Message = Message(code="paper_boundary")


def check_tax_memo(given: TaxMemo, *, as_of: date, store: LawStore | None = None) -> TaxMemoCheck:
    """Check the arithmetic of a tax bill."""
    store, on = store or shipped_law(), given.import_date or as_of
    rounding = str(store.value("tw.duty.rounding", on).value)
    found: list[MemoFinding] = []

    def expect(field: str, rule: str, exact: Decimal, written: Decimal) -> None:
        """Taxes are whole dollars; one dollar apart is told as rounding."""
        cut = to_whole_dollars(exact, rounding)
        if written == cut:
            return
        near = "memo_rounding" if abs(written - cut) <= 1 else f"memo_{rule}"
        words = {"name": _name(field)}
        figures = {"expected": _twd(cut, field), "found": _twd(written, field)}
        message = Message(code=near, words=words, figures=figures)
        found.append(MemoFinding(field=field, rule=near[5:], message=message, expected=cut, found=written))

    value = given.customs_value
    if given.duty_rate is not None:
        expect("duty", "rate", value * given.duty_rate, given.duty)
    if given.commodity_tax is not None and given.commodity_tax_rate is not None:
        expect("commodity_tax", "rate", (value + given.duty) * given.commodity_tax_rate, given.commodity_tax)
    base = value + sum((getattr(given, name) or Decimal(0) for name in _WITHIN_BASE), Decimal(0))
    expect("business_tax", "base", base * store.number("tw.business_tax.rate", on), given.business_tax)
    if given.trade_promotion_fee:
        exact = value * store.number("tw.trade_promotion_fee.rate", on)
        small = exact <= store.number("tw.trade_promotion_fee.waiver", on)
        expect(
            "trade_promotion_fee",
            "waived" if small else "rate",
            Decimal(0) if small else exact,
            given.trade_promotion_fee,
        )
    lines = (*_WITHIN_BASE, "business_tax", "trade_promotion_fee")
    added = sum((getattr(given, name) or Decimal(0) for name in lines), Decimal(0))
    if given.total is not None and given.total != added:
        figures = {"expected": _twd(added, "total"), "found": _twd(given.total, "total")}
        message = Message(code="memo_sum", words={"name": _name("total")}, figures=figures)
        found.append(MemoFinding(field="total", rule="sum", message=message, expected=added, found=given.total))
    verdict = Message(code="memo_wrong" if found else "memo_clean")
    return TaxMemoCheck(on=on, clean=not found, verdict=verdict, findings=tuple(found))


def _name(field: str) -> Localized:
    return label(field)


def _twd(value: Decimal, of: str) -> Figure:
    return Figure(value=value, unit="TWD", of=of)


TOOL = Tool(
    name="tw_tax_memo",
    use_when=(
        "Checks whether the lines of a Taiwan customs tax bill follow from each other: duty from its rate, business tax from its "
        "base, the trade promotion fee, the sum."
    ),
    not_for="whether code, rate or value are right; a courier's own bill.",
    next_step="check a courier's bill with bill_check, or compute the import with taiwan_quote.",
    input_model=TaxMemo,
    run=lambda given, as_of: check_tax_memo(given, as_of=as_of),
    clock="tw",
    triggers={"zh-TW": ("稅款繳納證", "稅單算得對嗎"), "en": ("tax memo", "customs tax bill")},
    examples=(
        {"customs_value": "3250", "duty": "162", "duty_rate": "5%", "business_tax": "170", "total": "332"},
        {"customs_value": "3250", "duty": "162", "business_tax": "185"},
        {"customs_value": "20000", "duty": "2000", "duty_rate": "10%", "commodity_tax": "2600", "commodity_tax_rate": "13%",
         "business_tax": "1230"},
        {"customs_value": "300000", "duty": "0", "business_tax": "15000", "trade_promotion_fee": "120", "total": "15120"},
        {"customs_value": "572763", "duty": "0", "alcohol_tax": "5234", "business_tax": "28899", "import_date": "2026-11-21"},
    ),
)  # fmt: skip
