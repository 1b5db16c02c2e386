"""All taxes and fees of one declaration, each computed exactly, added over the lines and truncated once.

The truncated tax enters the next base; where only some lines enter it, each takes its share of the truncated tax. An
internal tax on some goods alone is computed on their own value and their own duty, truncated. What is not known (a
rate, a volume) counts as nothing here and the assessment says so: it is then a lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from tools.exact import Exact
from tools.exact import part_of as exact_part
from tools.result import Line, Totals
from tools.taiwan import taxes
from tools.taiwan.choices import Excise, ExciseKey
from tools.taiwan.columns import DutyRule, Quantities
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.luxury_tax import RATE, Luxury

EXCISES: tuple[ExciseKey, ...] = ("commodity_tax", "alcohol_tax", "tobacco_tax", "health_surcharge")


@dataclass(slots=True)
class Part:
    """Goods that are taxed alike: one line of the declaration, or the part of it that is not free.

    Args:
        value: customs value, whole TWD.
        duty: how its duty is computed.
        quantities: by unit of the schedule, of this part.
        excises: internal taxes of this part.
        pieces: how many items the luxury tax is tested on.
        luxury: the luxury tax it may owe.
        business_tax: whether business tax is due on it.
        free: what of the value is free of duty and business tax, as of samples; the waived duty stays in the base of the
            commodity tax.
        taxed_whole: whether the business tax is taken on what is free too, where not all is.
    """

    value: Decimal
    duty: DutyRule
    quantities: Quantities
    excises: tuple[Excise, ...] = ()
    pieces: Decimal = Decimal(1)
    luxury: Luxury | None = None
    business_tax: bool = True
    free: int = 0
    taxed_whole: bool = False

    @property
    def owes_business_tax(self) -> bool:
        return self.business_tax and (not self.free or self.free < self.value)

    @property
    def free_of_business_tax(self) -> int:
        return 0 if self.taxed_whole else self.free


@dataclass(slots=True)
class Assessed:
    """The lines of a declaration with their sum. `known` false: a lower bound. `perhaps`: an uncertain luxury tax.

    `bounded` tells that a rate by weight or value was read, so that the lower bound says something.
    """

    lines: tuple[Line, ...]
    totals: Totals
    known: bool
    perhaps: bool = False
    bounded: bool = False


def assess(law: TaiwanLaw, parts: Sequence[Part], *, luxury_perhaps: bool = False) -> Assessed:
    """Duty, taxes and fees of the parts.

    Args:
        luxury_perhaps: count luxury taxes of which it is not certain that they are due.
    """
    value = parts[0].value if len(parts) == 1 else sum((p.value for p in parts), Decimal(0))
    missing = [f for p in parts if p.duty.known for f in p.duty.needs if f not in p.quantities]
    known = not missing and all(p.duty.known and all(e.known for e in p.excises) for p in parts)
    whole = [_duty(p) for p in parts]
    partly_free = any(p.free for p in parts)
    duties = [_less_free(p, d) if p.free else d for p, d in zip(parts, whole, strict=True)] if partly_free else whole
    duty = taxes.duty_line(law, parts, duties)
    lines = [duty]
    bases = [int(p.value) + floor(d) for p, d in zip(parts, whole, strict=True)]
    inside = [
        int(p.value) - p.free_of_business_tax + share
        for p, share in zip(parts, _shares(duty.amount, duties), strict=True)
    ]
    for key in EXCISES if any(p.excises for p in parts) else ():
        owed = [(p, b, [e for e in p.excises if e.key == key]) for p, b in zip(parts, bases, strict=True)]
        if not any(found for _, _, found in owed):
            continue
        exact: list[Exact] = [sum(_excise(e, b, p.pieces) for e in found) for p, b, found in owed]
        line = taxes.excise_line(law, key, [(e, b, p.pieces) for p, b, found in owed for e in found], exact)
        lines.append(line)
        inside = [i + share for i, share in zip(inside, _shares(line.amount, exact), strict=True)]
    taxable = [i if p.owes_business_tax else 0 for p, i in zip(parts, inside, strict=True)]
    plainly = not partly_free and all(p.business_tax for p in parts)
    business = taxes.business_tax_line(law, value, lines, taxable, whole=plainly)
    lines.append(business)
    over, perhaps = _luxury_bases(law, parts, inside, _shares(business.amount, taxable), counted=luxury_perhaps)
    if over:
        lines.append(taxes.luxury_tax_line(law, [base for base, _ in over], [name for _, name in over]))
    lines.append(taxes.trade_promotion_fee_line(law, value))
    bounded = known or (bool(missing) and duty.amount > 0 and all(p.duty.known for p in parts))
    return Assessed(tuple(lines), totals_of(value, lines, known=known), known, perhaps, bounded)


def totals_of(value: Decimal, lines: Sequence[Line], *, known: bool = True) -> Totals:
    """The sums of a declaration's lines; without totals where something is not known."""
    if not known:
        return Totals.built(customs_value=value)
    duty = fees = total = Decimal(0)
    for line in lines:
        total += line.amount
        if line.key == "duty":
            duty += line.amount
        elif line.key == "trade_promotion_fee":
            fees += line.amount
    return Totals.built(
        customs_value=value, duty=duty, taxes=total - duty - fees, fees=fees, total=total, landed_cost=value + total
    )


def _duty(part: Part) -> Exact:
    return part.duty.least(part.value, part.quantities)


def _less_free(part: Part, duty: Exact) -> Exact:
    """The duty on what is not free."""
    return exact_part(duty, Fraction(int(part.value) - part.free, int(part.value)))


def _excise(excise: Excise, base: Exact, pieces: Decimal) -> Exact:
    if excise.ratio is not None:
        over: Exact = base - excise.off * Fraction(pieces) if excise.off else base
        return exact_part(over, excise.ratio) if over > 0 else 0
    return excise.amount or 0


def _shares(total: Decimal, exact: Sequence[Exact]) -> list[Exact]:
    """A truncated tax shared out over the lines by what each owes exactly."""
    if len(exact) == 1:
        return [int(total)]
    whole = sum(exact)
    return [Fraction(total) * one / whole if whole else 0 for one in exact]


def _luxury_bases(
    law: TaiwanLaw, parts: Sequence[Part], inside: Sequence[Exact], taxed: Sequence[Exact], *, counted: bool
) -> tuple[list[tuple[Exact, str]], bool]:
    """Tax-inclusive values of the parts that owe luxury tax, and whether some owe it only perhaps."""
    over: list[tuple[Exact, str]] = []
    perhaps = False
    for part, before, tax in zip(parts, inside, taxed, strict=True):
        if part.luxury is None or law.held(RATE) is None:
            continue
        base = before + tax
        if base < Fraction(law.number(part.luxury.threshold)) * Fraction(part.pieces):
            continue
        perhaps = perhaps or not part.luxury.certain
        if part.luxury.certain or counted:
            over.append((base, part.luxury.threshold))
    return over, perhaps
