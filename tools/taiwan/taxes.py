"""The lines of a Taiwan declaration: duty, internal taxes, business tax, luxury tax, trade promotion fee; whole TWD.

Sources: 海關進口稅則總則二, 貨物稅條例第 18 條, 營業稅法第 20 條, 特種貨物及勞務稅條例第 10 條, 貿易法第 21 條 (Customs
Import Tariff general rule 2; Commodity Tax Act art. 18; Business Tax Act art. 20; Specifically Selected Goods and
Services Tax Act art. 10; Foreign Trade Act art. 21), as the parameters read carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tools.exact import Exact, as_decimal, part_of
from tools.labels import label
from tools.result import Line, Message
from tools.taiwan.choices import Excise, ExciseKey
from tools.taiwan.columns import DutyRule
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.luxury_tax import RATE
from tools.taiwan.rounding import to_cents, to_whole_dollars
from tools.text.format import percent, plain, written_out

if TYPE_CHECKING:
    from tools.taiwan.assess import Part

_DUTY = ("tw.customs_value.basis", "tw.duty.base", "tw.duty.rounding")
_BUSINESS = ("tw.business_tax.rate", "tw.business_tax.base", "tw.duty.rounding")
_FEE = ("tw.trade_promotion_fee.rate", "tw.trade_promotion_fee.waiver")
_named = lru_cache(maxsize=64)(label)
_percent = lru_cache(maxsize=1024)(percent)


def line(
    key: str,
    amount: Decimal,
    *,
    base: Decimal | None,
    rate: str | None,
    formula: str,
    law: TaiwanLaw,
    cited: tuple[str, ...],
    used: tuple[str, ...],
    line_no: int | None = None,
    sources: Sequence[str] = (),
    based: tuple[str, ...] = (),
    reason: Message | None = None,
    applies: Literal["yes", "no", "if"] = "yes",
) -> Line:
    """One line; built from values that are typed here already, without validating them again."""
    basis, citation, parameters = law.head(based or cited, cited, used)
    if sources:
        basis = "; ".join(dict.fromkeys([basis, *sources]))
    return Line.built(
        key=key, line_no=line_no, label=_named(key), applies=applies, amount=amount, currency="TWD", base=base,
        rate=rate, formula=formula, heading=None, legal_basis=basis, citation=citation, parameters=parameters, reason=reason,
    )  # fmt: skip


def duty_line(law: TaiwanLaw, parts: Sequence[Part], duties: Sequence[Exact]) -> Line:
    """Customs duty on the declaration."""
    exact = duties[0] if len(duties) == 1 else sum(duties)
    amount = to_whole_dollars(exact, law.text("tw.duty.rounding"))
    rules = [p.duty.counts(p.value, p.quantities) if p.duty.lower and p.duty.known else p.duty for p in parts]
    formula = " + ".join(_duty_part(p, rule) for p, rule in zip(parts, rules, strict=True))
    rates = {rules[0].shown} if len(rules) == 1 else {rule.shown for rule in rules}
    extra = tuple(dict.fromkeys(name for rule in rules for name in rule.law))
    return line(
        "duty", amount, line_no=1 if len(parts) == 1 else None, base=sum((p.value - p.free for p in parts), Decimal(0)),
        rate=_rate(rules[0].shown) if len(rates) == 1 else None, formula=formula + _worked(exact, amount), law=law,
        cited=("tw.duty.base", *extra), used=(*_DUTY, *extra), sources=[r.source for r in rules if r.source],
    )  # fmt: skip


def _rate(shown: str) -> str | None:
    return shown or None


def _duty_part(part: Part, rule: DutyRule) -> str:
    """The duty of one part as a formula."""
    if part.free:
        return f"({plain(part.value)} - {part.free:,}) × {rule.shown or '?'}"
    if rule.ratio is not None:
        return f"{plain(part.value)} × {rule.shown}"
    if rule.rate is None or any(need not in part.quantities for need in rule.needs):
        return f"{plain(part.value)} × ?"
    worked = rule.rate.working(part.value, part.quantities)
    return worked if rule.share == 1 else f"({worked}) × {percent(as_decimal(rule.share))}"


def excise_line(
    law: TaiwanLaw, key: ExciseKey, owed: Sequence[tuple[Excise, Exact, Decimal]], exact: Sequence[Exact]
) -> Line:
    """One internal tax on the declaration: each excise with its base and number of pieces."""
    sum_of = sum(exact)
    amount = to_whole_dollars(sum_of, law.text("tw.duty.rounding"))
    used = tuple(dict.fromkeys(name for e, _, _ in owed for name in e.parameters)) or ("tw.duty.rounding",)
    ended = all(e.ended for e, _, _ in owed)
    rates = {e.rate for e, _, _ in owed}
    by_value = [b for e, b, _ in owed if e.ratio is not None]
    return line(
        key, amount, base=to_cents(sum(by_value)).normalize() + 0 if by_value else None,
        rate=next(iter(rates)) if len(rates) == 1 else None,
        formula=" + ".join(_excise_part(*one) for one in owed) + _worked(sum_of, amount), law=law, cited=used,
        used=(*used, *(("tw.duty.rounding",) if "tw.duty.rounding" not in used else ())),
        applies="no" if ended else "yes", reason=Message(code="excise_none") if ended else None,
    )  # fmt: skip


def _excise_part(excise: Excise, base: Exact, pieces: Decimal) -> str:
    if excise.ratio is None:
        return excise.formula or "?"
    shown = plain(to_cents(base))
    if excise.off:
        shown = f"({shown} - {plain(as_decimal(excise.off * Fraction(pieces)))})"
    return f"{shown} × {_percent(as_decimal(excise.ratio))}"


def business_tax_line(
    law: TaiwanLaw, customs_value: Decimal, before: Sequence[Line], taxable: Sequence[Exact], *, whole: bool
) -> Line:
    """Business tax on customs value, duty and internal taxes."""
    rate = law.percent("tw.business_tax.rate")
    exact_base = taxable[0] if len(taxable) == 1 else sum(taxable)
    exact = part_of(exact_base, law.exact("tw.business_tax.rate"))
    amount = to_whole_dollars(exact, law.text("tw.duty.rounding"))
    added = [customs_value, *(x.amount for x in before if x.amount or x.key == "duty")]
    shown = "(" + " + ".join(map(plain, added)) + ")" if whole else plain(to_cents(exact_base))
    return line(
        "business_tax", amount, base=Decimal(int(exact_base)) if exact_base.denominator == 1 else to_cents(exact_base),
        rate=rate, formula=f"{shown} × {rate}" + _worked(exact, amount), law=law,
        cited=("tw.business_tax.base",), used=_BUSINESS,
    )  # fmt: skip


def luxury_tax_line(law: TaiwanLaw, bases: Sequence[Exact], thresholds: Sequence[str]) -> Line:
    """Luxury tax on the tax-inclusive value of the goods that reach the threshold."""
    rate = law.percent(RATE)
    exact = part_of(sum(bases), law.exact(RATE))
    amount = to_whole_dollars(exact, law.text("tw.duty.rounding"))
    shown = " + ".join(plain(to_cents(b)) for b in bases)
    shown = f"({shown})" if len(bases) > 1 else shown
    return line(
        "luxury_tax", amount, base=to_cents(sum(bases)), rate=rate,
        formula=f"{shown} × {rate}" + _worked(exact, amount), law=law, cited=(RATE,),
        used=(RATE, *dict.fromkeys(thresholds), "tw.duty.rounding"),
    )  # fmt: skip


def trade_promotion_fee_line(law: TaiwanLaw, customs_value: Decimal) -> Line:
    """Trade promotion fee on customs value; not collected at or under the waiver."""
    rate, waiver = law.percent("tw.trade_promotion_fee.rate"), law.exact("tw.trade_promotion_fee.waiver")
    exact = part_of(int(customs_value), law.exact("tw.trade_promotion_fee.rate"))
    waived = exact.numerator <= waiver * exact.denominator
    amount = Decimal(0) if waived else to_whole_dollars(exact, law.text("tw.duty.rounding"))
    worked = f" = {written_out(exact)} ≤ {written_out(waiver)} → 0" if waived else _worked(exact, amount)
    return line(
        "trade_promotion_fee", amount, base=customs_value, rate=rate,
        formula=f"{plain(customs_value)} × {rate}{worked}", law=law,
        cited=("tw.trade_promotion_fee.waiver" if waived else "tw.trade_promotion_fee.rate",), used=_FEE,
        based=_FEE,
    )  # fmt: skip


def exempt_lines(
    law: TaiwanLaw, keys: Sequence[str], customs_value: Decimal, formula: str, used: tuple[str, ...], reason: Message
) -> list[Line]:
    """Lines of taxes that an exemption takes away, each with 0 and the reason."""
    return [
        line(
            key, Decimal(0), base=customs_value, rate=None, formula=formula, law=law, cited=used[:1], used=used,
            applies="no", reason=reason,
        )
        for key in keys
    ]  # fmt: skip


def _worked(exact: Exact, amount: Decimal) -> str:
    """The end of a formula: the exact product, and what truncation makes of it."""
    shown = written_out(exact)
    if shown is None:
        return f" ≈ {plain(to_cents(exact))} → {plain(amount)}"
    return f" = {shown}" if exact.denominator == 1 and exact == int(amount) else f" = {shown} → {plain(amount)}"
