"""Duty, business tax and trade promotion fee of one declaration, in whole TWD.

Each tax is computed exactly, added over the lines, and truncated once on the declaration before it enters the
next base. Leaves out commodity, alcohol, tobacco and luxury tax: a line that owes them is refused earlier.
Sources: 海關進口稅則總則二, 營業稅法第 20 條, 貿易法第 21 條 (Customs Import Tariff general rule 2; Business Tax
Act art. 20; Foreign Trade Act art. 21), as the parameters read carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tools.exact import as_decimal, ends
from tools.labels import label
from tools.law import LawStore, LawValue, Localized
from tools.law.models import Source
from tools.result import Line, ParameterUsed
from tools.taiwan.rounding import to_cents, to_whole_dollars
from tools.text.format import percent, plain


@dataclass(frozen=True, slots=True)
class Dutiable:
    """One line ready for duty: its customs value, its rate as an exact ratio, and where the rate was read."""

    customs_value: Decimal
    rate: Fraction
    rate_source: str


@dataclass(frozen=True, slots=True)
class TaiwanLaw:
    """The values of the law one declaration reads, on its day."""

    values: dict[str, LawValue]

    NAMES = (
        "tw.customs_value.basis", "tw.customs_value.rounding", "tw.duty.base", "tw.duty.rounding",
        "tw.business_tax.rate", "tw.business_tax.base", "tw.trade_promotion_fee.rate", "tw.trade_promotion_fee.waiver",
        "tw.low_value.limit", "tw.low_value.basis", "tw.low_value.exempt_imports_per_half_year",
        "tw.express.simplified_ceiling",
    )  # fmt: skip

    @classmethod
    def on(cls, store: LawStore, as_of: date) -> TaiwanLaw:
        """Read every value for a day; `NotInForce` names the first that is not held."""
        return cls({name: store.value(name, as_of) for name in cls.NAMES})

    def number(self, name: str) -> Decimal:
        return self.values[name].number

    def text(self, name: str) -> str:
        return str(self.values[name].value)

    def used(self, store: LawStore, *names: str) -> tuple[ParameterUsed, ...]:
        return tuple(ParameterUsed.of(n, store.parameter(n).unit, self.values[n]) for n in names)

    def basis(self, *names: str) -> str:
        """Legal basis of a line: the citations of the values named, without repeats."""
        cites = [cite(self.values[name].source) for name in names]
        return "; ".join(dict.fromkeys(cites))

    def citation(self, *names: str) -> Localized:
        """The same in each language."""
        found = [self.values[name].source.citation for name in names]
        joined = {
            "zh-TW": "；".join(dict.fromkeys(c.zh_TW for c in found)),
            "en": "; ".join(dict.fromkeys(c.en for c in found)),
        }
        return Localized.model_validate(joined)


def cite(source: Source) -> str:
    """A citation in the language of the law, with its English name where that differs."""
    zh, en = source.citation.zh_TW, source.citation.en
    return zh if zh == en else f"{zh} ({en})"


def duty_line(store: LawStore, law: TaiwanLaw, goods: Sequence[Dutiable]) -> Line:
    """Customs duty on the declaration."""
    exact = sum((Fraction(g.customs_value) * g.rate for g in goods), Fraction(0))
    amount = to_whole_dollars(exact, law.text("tw.duty.rounding"))
    parts = " + ".join(f"{plain(g.customs_value)} × {percent(as_decimal(g.rate))}" for g in goods)
    rates = {g.rate for g in goods}
    basis = law.basis("tw.duty.base")
    return Line(
        key="duty",
        line_no=1 if len(goods) == 1 else None,
        label=label("duty"),
        applies="yes",
        amount=amount,
        currency="TWD",
        base=sum((g.customs_value for g in goods), Decimal(0)),
        rate=f"{plain(as_decimal(rates.pop() * 100))}%" if len(rates) == 1 else None,
        formula=parts + _worked(exact, amount),
        legal_basis="; ".join(dict.fromkeys(filter(None, [basis, *(g.rate_source for g in goods)]))),
        citation=law.citation("tw.duty.base"),
        parameters=law.used(store, "tw.customs_value.basis", "tw.duty.base", "tw.duty.rounding"),
    )


def business_tax_line(store: LawStore, law: TaiwanLaw, customs_value: Decimal, duty: Decimal) -> Line:
    """Business tax on customs value plus duty."""
    rate = law.number("tw.business_tax.rate")
    base = customs_value + duty
    exact = Fraction(base) * Fraction(rate)
    amount = to_whole_dollars(exact, law.text("tw.duty.rounding"))
    return Line(
        key="business_tax",
        label=label("business_tax"),
        applies="yes",
        amount=amount,
        currency="TWD",
        base=base,
        rate=percent(rate),
        formula=f"({plain(customs_value)} + {plain(duty)}) × {percent(rate)}" + _worked(exact, amount),
        legal_basis=law.basis("tw.business_tax.base"),
        citation=law.citation("tw.business_tax.base"),
        parameters=law.used(store, "tw.business_tax.rate", "tw.business_tax.base", "tw.duty.rounding"),
    )


def trade_promotion_fee_line(store: LawStore, law: TaiwanLaw, customs_value: Decimal) -> Line:
    """Trade promotion fee on customs value; not collected at or under the waiver."""
    rate = law.number("tw.trade_promotion_fee.rate")
    waiver = law.number("tw.trade_promotion_fee.waiver")
    exact = Fraction(customs_value) * Fraction(rate)
    waived = exact <= waiver
    amount = Decimal(0) if waived else to_whole_dollars(exact, law.text("tw.duty.rounding"))
    worked = f" = {plain(as_decimal(exact))} ≤ {plain(waiver)} → 0" if waived else _worked(exact, amount)
    return Line(
        key="trade_promotion_fee",
        label=label("trade_promotion_fee"),
        applies="yes",
        amount=amount,
        currency="TWD",
        base=customs_value,
        rate=percent(rate),
        formula=f"{plain(customs_value)} × {percent(rate)}{worked}",
        legal_basis=law.basis("tw.trade_promotion_fee.rate", "tw.trade_promotion_fee.waiver"),
        citation=law.citation("tw.trade_promotion_fee.waiver" if waived else "tw.trade_promotion_fee.rate"),
        parameters=law.used(store, "tw.trade_promotion_fee.rate", "tw.trade_promotion_fee.waiver"),
    )


def _worked(exact: Fraction, amount: Decimal) -> str:
    """The end of a formula: the exact product, and what truncation makes of it."""
    if not ends(exact):
        return f" ≈ {plain(to_cents(exact))} → {plain(amount)}"
    return f" = {plain(as_decimal(exact))}" + ("" if exact == amount else f" → {plain(amount)}")
