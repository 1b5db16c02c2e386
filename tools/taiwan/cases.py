"""The open facts of a Taiwan quote: every choice that can change the money, each computed.

A fact is open when freight, insurance or the count of exemptions was not given, when goods may fall under a tariff
quota, when a code stands between candidates, or when what a tax asks for was not said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, prod
from typing import Literal

from tools.errors import InputError
from tools.exact import Exact
from tools.law.code_lists import Membership
from tools.result import Figure, Line, Message, Totals
from tools.taiwan import samples, taxes
from tools.taiwan.assess import Part, assess, totals_of
from tools.taiwan.columns import stated
from tools.taiwan.goods import Examined, LineCase, quantities
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.regimes import COUNT, LIMIT, LowValue, Reason, low_value, small_items
from tools.taiwan.rounding import to_cents
from tools.taiwan.value import Basis
from tools.text.format import percent

_CENT = Fraction(1, 100)
_LARGEST = 10**24  # TWD; beyond it figures are no longer exact
_MOST_COMBINATIONS = 64  # of open facts of the lines; beyond it each line's lowest and highest stand for all
FLAT = "tw.post.flat_rate"
_NONE_EXCLUDED = {Membership.OUT}


@dataclass(slots=True)
class Case:
    """One choice of the open facts. `charges` is freight, insurance and additions in the currency of the invoice.

    `taxed_whole`: the business tax of samples over their limit is taken on all of them, not on the excess.
    """

    charges: Exact
    used: int
    excluded: bool
    lines: tuple[LineCase, ...]
    names: tuple[Message, ...]
    luxury: bool = False
    taxed_whole: bool = False


@dataclass(slots=True)
class Settled:
    """One case computed. `floor` is what is owed at the least, where something is not known and there is no total.

    `by_tariff` tells for each line whether its own duty rule was used: not where it is exempt or at a flat rate.
    `bounded` tells whether the floor says something.
    """

    case: Case
    customs_value: Decimal
    exempt: LowValue | None
    lines: tuple[Line, ...]
    totals: Totals
    floor: Decimal
    by_tariff: tuple[bool, ...]
    bounded: bool = True


@dataclass(slots=True)
class Consignment:
    """What every case of one quote shares.

    `known_charges`: freight, insurance and additions that were given, in the currency of the invoice. `samples`: whether samples
    are among the goods, or are all of them.
    """

    law: TaiwanLaw
    given: TaiwanQuoteInput
    goods: tuple[Examined, ...]
    basis: Basis
    twd_per_unit: Exact
    known_charges: Exact
    samples: Literal["none", "some", "all"] = "none"
    _values: dict[Exact, list[Decimal]] = field(default_factory=dict)

    @property
    def charges_open(self) -> bool:
        """Whether freight or insurance counts and is not known."""
        return self.basis.needs_charges and (self.given.lacks_freight or self.given.lacks_insurance)

    def values(self, charges: Exact) -> list[Decimal]:
        """Customs value of each line.

        Raises:
            InputError: amounts beyond any consignment.
        """
        if (known := self._values.get(charges)) is not None:
            return known
        found = self.basis.values(charges, self.twd_per_unit, self.law.text("tw.customs_value.rounding"))
        if (found[0] if len(found) == 1 else sum(found)) >= _LARGEST:
            raise InputError("goods", "the customs value is beyond reason", f"less than {_LARGEST:,} TWD")
        self._values[charges] = found
        return found

    def value(self, charges: Exact) -> Decimal:
        """Customs value of the consignment."""
        values = self.values(charges)
        return values[0] if len(values) == 1 else sum(values, Decimal(0))

    def settled(self) -> list[Settled]:
        """Every case, computed."""
        found = [settle(self, case) for case in _cases(self)]
        both: list[Settled] = []
        for one, perhaps in found:
            both.append(one)
            if perhaps:
                names = (*one.case.names, Message(code="case_luxury"))
                both.append(settle(self, replace(one.case, luxury=True, names=names))[0])
        return both if self.samples == "none" else self._of_samples(both)

    def _of_samples(self, found: Sequence[Settled]) -> list[Settled]:
        """Each case of samples over their limit with the business tax on the excess, and on the whole."""
        both: list[Settled] = []
        for one in found:
            values = self.values(one.case.charges)
            free = samples.free_of(self.law, self.goods, values)
            over = any(g.goods.sample and f < v for g, f, v in zip(self.goods, free, values, strict=True))
            if not over or (one.exempt is not None and one.exempt.exempt):
                both.append(one)
                continue
            for taxed_whole, code in ((False, "case_sample_excess"), (True, "case_sample_whole")):
                names = (*one.case.names, Message(code=code))
                both.append(settle(self, replace(one.case, taxed_whole=taxed_whole, names=names))[0])
        return both


def _cases(of: Consignment) -> list[Case]:
    count_limit = of.law.number(COUNT)
    given, of_samples = of.given, of.samples == "all"
    limit = of.law.number(samples.LIMIT if of_samples else LIMIT)
    may_be_exempt = of.value(of.known_charges) <= limit and (
        of_samples
        or (
            not given.decline_low_value_exemption
            and (given.exempt_imports_this_half_year or 0) < count_limit
            and all(g.excluded is not Membership.IN for g in of.goods)
        )
    )
    combinations = combinations_of(of.goods)
    cases: list[Case] = []
    for charges, charge_names in _charges(of, limit, may_be_exempt=may_be_exempt):
        exempt_here = may_be_exempt and of.value(charges) <= limit
        for used, count_names in _counts(of, int(count_limit), exempt_here=exempt_here and not of_samples):
            exempt = exempt_here and not of_samples and used < count_limit
            for excluded, quota_names in exclusions(of.goods, matters=exempt or given.route == "post"):
                free = exempt and not excluded
                for combo in combinations[:1] if free else combinations:
                    more = () if free else tuple(name for line in combo for name in line.names)
                    cases.append(
                        Case(charges, used, excluded, combo, (*charge_names, *count_names, *quota_names, *more))
                    )
    return cases


def _charges(of: Consignment, limit: Decimal, *, may_be_exempt: bool) -> list[tuple[Exact, tuple[Message, ...]]]:
    known, given = of.known_charges, of.given
    if not of.charges_open:
        return [(known, ())]
    if not may_be_exempt:
        return [(known, (Message(code="case_no_more_charges"),))]
    over = _least_over(of, limit)
    by_price = Fraction(limit) / of.twd_per_unit - of.basis.price
    room = by_price if known <= by_price < over else over - _CENT
    shown = {"room": Figure(value=to_cents(room), unit=given.currency, of="freight_and_insurance")}
    return [
        (known, (Message(code="case_charges_within", figures=shown),)),
        (over, (Message(code="case_charges_over", figures=shown),)),
    ]


def _least_over(of: Consignment, limit: Decimal) -> Exact:
    """The least freight and insurance, to the cent, that lift the customs value over the limit.

    Each line is rounded by itself, so the edge is searched on the rounded value.
    """
    low, known = 0, of.known_charges
    enough = (Fraction(limit) + len(of.goods) + 1) / of.twd_per_unit - of.basis.price - known
    high = max(1, ceil(enough / _CENT))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if of.value(known + middle * _CENT) > limit else (middle, high)
    return known + high * _CENT


def _counts(of: Consignment, limit: int, *, exempt_here: bool) -> list[tuple[int, tuple[Message, ...]]]:
    used = of.given.exempt_imports_this_half_year
    if used is not None or not exempt_here:
        return [(used or 0, ())]
    figures = {"limit": Figure(value=Decimal(limit), unit="count", of=COUNT)}
    return [
        (0, (Message(code="case_count_left", figures=figures),)),
        (limit, (Message(code="case_count_used", figures=figures),)),
    ]


def exclusions(goods: Sequence[Examined], *, matters: bool) -> list[tuple[bool, tuple[Message, ...]]]:
    """Whether goods count as tariff-quota goods, alcohol or tobacco: settled, or both where it is open and matters."""
    found = {g.excluded for g in goods}
    if found == _NONE_EXCLUDED:
        return [(False, ())]
    if Membership.IN in found or not matters or Membership.NOT_HELD not in found:
        return [(Membership.IN in found, ())]
    return [(False, (Message(code="case_no_quota_goods"),)), (True, (Message(code="case_quota_goods"),))]


def combinations_of(goods: Sequence[Examined]) -> list[tuple[LineCase, ...]]:
    """The possibilities of all lines together; of very many, the lowest and the highest of each."""
    choices = [g.cases() for g in goods]
    if len(choices) == 1:
        return [(case,) for case in choices[0]]
    if prod(map(len, choices)) <= _MOST_COMBINATIONS:
        return list(product(*choices))
    ordered = [sorted(c, key=_weight) for c in choices]
    return [tuple(c[0] for c in ordered), tuple(c[-1] for c in ordered)]


def _weight(line: LineCase) -> tuple[bool, Fraction]:
    """Roughly how much a possibility owes; what is not known owes most."""
    excises = [e for choice in line.excises for e in choice.excises]
    known = line.duty.known and all(e.known for e in excises)
    return not known, (line.duty.ratio or Fraction(0)) + sum(
        (e.ratio or e.amount or Fraction(0) for e in excises), Fraction(0)
    )


def settle(of: Consignment, case: Case) -> tuple[Settled, bool]:
    """One case with its lines and totals, and whether a luxury tax would only perhaps come on top."""
    values = of.values(case.charges)
    customs_value = of.value(case.charges)
    given, law = of.given, of.law
    exempt = _low_value(of, case, customs_value)
    if exempt.exempt:
        lines = _exempt_lines(of, customs_value, exempt.reason)
        totals = totals_of(customs_value, lines)
        return Settled(
            case, customs_value, exempt, lines, totals, totals.total or Decimal(0), (False,) * len(values)
        ), False
    by_tariff = (True,) * len(values)
    if given.route == "post":
        by_tariff = tuple(not small for small in small_items(law, of.goods, values, quota=case.excluded))
    parts = [
        part_of(law, found, line, value, flat=not tariff)
        for found, line, value, tariff in zip(of.goods, case.lines, values, by_tariff, strict=True)
    ]
    if of.samples != "none":
        free = samples.free_of(law, of.goods, values)
        parts = [_partly_free(p, f, taxed_whole=case.taxed_whole) for p, f in zip(parts, free, strict=True)]
        by_tariff = tuple(t and (p.free < p.value or bool(p.excises)) for t, p in zip(by_tariff, parts, strict=True))
    done = assess(law, parts, luxury_perhaps=case.luxury)
    least = done.totals.total if done.totals.total is not None else sum((x.amount for x in done.lines), Decimal(0))
    shown = done.lines if done.known else ()
    settled = Settled(case, customs_value, exempt, shown, done.totals, least, by_tariff, done.bounded)
    return settled, done.perhaps and not case.luxury


def part_of(law: TaiwanLaw, found: Examined, line: LineCase, value: Decimal, *, flat: bool = False) -> Part:
    """One line ready for its taxes."""
    duty = line.duty
    if flat:
        ratio = Fraction(law.number(FLAT))
        duty = replace(stated(ratio, percent(law.number(FLAT))), law=(FLAT, "tw.post.item_cap"))
    excises = tuple(e for choice in line.excises for e in choice.excises)
    goods = found.goods
    return Part(
        value, duty, quantities(goods), excises, goods.pieces, found.luxury, business_tax=not found.untaxed_staple
    )


def _low_value(of: Consignment, case: Case, customs_value: Decimal) -> LowValue:
    """Whether the consignment is exempt as low-value, or as samples that owe nothing else."""
    if of.samples == "all":
        free = samples.free_of(of.law, of.goods, of.values(case.charges))
        excises = any(e for line in case.lines for choice in line.excises for e in choice.excises)
        all_free = sum(free) == customs_value and not excises
        return LowValue(all_free, "samples")
    declined = of.given.decline_low_value_exemption
    return low_value(of.law, customs_value, case.used, declined=declined, excluded=case.excluded)


def _partly_free(part: Part, free: int, *, taxed_whole: bool) -> Part:
    """A part of which something is free; where all is and no tax is built on the duty, its rate does not matter."""
    if not free:
        return part
    if free == part.value and not part.excises:
        part.duty = stated(Fraction(0), percent(Decimal(0)))
    part.duty = replace(part.duty, law=(*part.duty.law, samples.LIMIT))
    part.free, part.taxed_whole = free, taxed_whole
    return part


def _exempt_lines(of: Consignment, customs_value: Decimal, why: Reason) -> tuple[Line, ...]:
    law = of.law
    if why == "samples":
        return _free_samples(of, customs_value)
    limit = law.number(LIMIT)
    keys = ["duty", "business_tax"]
    if any(e.key == "commodity_tax" for g in of.goods for o in g.taxes for c in o.choices for e in c.excises):
        keys.insert(1, "commodity_tax")
    reason = Message(code="exempt_low_value", figures={"limit": Figure(value=limit, unit="TWD", of=LIMIT)})
    lines = taxes.exempt_lines(law, keys, customs_value, f"{customs_value:,} ≤ {limit:,} → 0", (LIMIT, COUNT), reason)
    return (*lines, taxes.trade_promotion_fee_line(law, customs_value))


def _free_samples(of: Consignment, customs_value: Decimal) -> tuple[Line, ...]:
    """Samples within their limit, or of no commercial value."""
    law, limit = of.law, of.law.number(samples.LIMIT)
    worthless = all(g.goods.sample == "no_commercial_value" for g in of.goods)
    figures = {} if worthless else {"limit": Figure(value=limit, unit="TWD", of=samples.LIMIT)}
    reason = Message(code="exempt_sample_no_value" if worthless else "exempt_sample", figures=figures)
    shown = f"{customs_value:,} → 0" if worthless else f"{customs_value:,} ≤ {limit:,} → 0"
    lines = taxes.exempt_lines(law, ["duty", "business_tax"], customs_value, shown, (samples.LIMIT,), reason)
    return (*lines, taxes.trade_promotion_fee_line(law, customs_value))
