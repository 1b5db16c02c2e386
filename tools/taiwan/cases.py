"""The open facts of a Taiwan quote: every choice that can change the money, each computed.

A fact is open when freight, insurance or the count of exemptions was not given, when goods may fall under a tariff
quota, or when a code stands between candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, prod

from tools.errors import InputError
from tools.labels import label
from tools.law import LawStore
from tools.law.lists import Membership
from tools.result import Figure, Line, Message, Totals
from tools.taiwan import taxes
from tools.taiwan.goods import Examined, RateOption, rate_words
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.regimes import LowValue, low_value
from tools.taiwan.rounding import to_cents
from tools.taiwan.taxes import Dutiable, TaiwanLaw
from tools.taiwan.value import customs_values

LIMIT, COUNT = "tw.low_value.limit", "tw.low_value.exempt_imports_per_half_year"
_CENT = Fraction(1, 100)
_LARGEST = 10**24  # TWD; beyond it figures are no longer exact
_MOST_COMBINATIONS = 64  # of rates; beyond it the lowest and the highest stand for all


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of the open facts. `charges` is freight and insurance in the currency of the invoice."""

    charges: Fraction
    used: int
    excluded: bool
    options: tuple[RateOption, ...]
    names: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One case computed. `floor` is what is owed at the least, where a rate is not known and there is no total."""

    case: Case
    customs_value: Decimal
    exempt: LowValue
    lines: tuple[Line, ...]
    totals: Totals
    floor: Decimal


@dataclass(frozen=True, slots=True)
class Consignment:
    """What every case of one quote shares."""

    store: LawStore
    law: TaiwanLaw
    given: TaiwanQuoteInput
    goods: tuple[Examined, ...]

    @property
    def known_charges(self) -> Fraction:
        """Freight and insurance that were given, in the currency of the invoice."""
        return Fraction(self.given.freight or 0) + Fraction(self.given.insurance or 0)

    @property
    def price(self) -> Fraction:
        """Price of all goods, in the currency of the invoice."""
        return sum((Fraction(g.goods.price) for g in self.goods), Fraction(0))

    def values(self, charges: Fraction) -> list[Decimal]:
        """Customs value of each line.

        Raises:
            InputError: amounts beyond any consignment.
        """
        prices = [g.goods.price for g in self.goods]
        found = customs_values(prices, charges, self.given.twd_per_unit, self.law.text("tw.customs_value.rounding"))
        if sum(found) >= _LARGEST:
            raise InputError("goods", "the customs value is beyond reason", f"less than {_LARGEST:,} TWD")
        return found

    def value(self, charges: Fraction) -> Decimal:
        """Customs value of the consignment."""
        return sum(self.values(charges), Decimal(0))

    def settled(self) -> list[Settled]:
        """Every case, computed."""
        return [settle(self, case) for case in _cases(self)]


def _cases(of: Consignment) -> list[Case]:
    limit, count_limit = of.law.number(LIMIT), int(of.law.number(COUNT))
    given = of.given
    may_be_exempt = (
        of.value(of.known_charges) <= limit
        and not given.decline_low_value_exemption
        and (given.exempt_imports_this_half_year or 0) < count_limit
        and all(g.excluded is not Membership.IN for g in of.goods)
    )
    combinations = _combinations(of.goods)
    rates = [(combo, _rate_names(combo) if len(combinations) > 1 else ()) for combo in combinations]
    cases: list[Case] = []
    for charges, charge_names in _charges(of, limit, may_be_exempt=may_be_exempt):
        exempt_here = may_be_exempt and of.value(charges) <= limit
        for used, count_names in _counts(of, count_limit, exempt_here=exempt_here):
            exempt = exempt_here and used < count_limit
            for excluded, quota_names in _exclusions(of.goods, exempt=exempt):
                free = exempt and not excluded
                for combo, rate_names in rates[:1] if free else rates:
                    names = (*charge_names, *count_names, *quota_names, *(() if free else rate_names))
                    cases.append(Case(charges, used, excluded, combo, names))
    return cases


def _charges(of: Consignment, limit: Decimal, *, may_be_exempt: bool) -> list[tuple[Fraction, tuple[Message, ...]]]:
    known, given = of.known_charges, of.given
    if given.freight is not None and given.insurance is not None:
        return [(known, ())]
    if not may_be_exempt:
        return [(known, (Message(code="case_no_more_charges"),))]
    over = _least_over(of, limit)
    by_price = Fraction(limit) / given.twd_per_unit - of.price
    room = by_price if known <= by_price < over else over - _CENT
    figure = {"room": Figure(value=to_cents(room), unit=given.currency, of="freight_and_insurance")}
    return [
        (known, (Message(code="case_charges_within", figures=figure),)),
        (over, (Message(code="case_charges_over", figures=figure),)),
    ]


def _least_over(of: Consignment, limit: Decimal) -> Fraction:
    """The least freight and insurance, to the cent, that lift the customs value over the limit.

    Each line is rounded by itself, so the edge is searched on the rounded value.
    """
    low, known = 0, of.known_charges
    enough = (Fraction(limit) + len(of.goods) + 1) / of.given.twd_per_unit - of.price - known
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


def _exclusions(goods: Iterable[Examined], *, exempt: bool) -> list[tuple[bool, tuple[Message, ...]]]:
    found = {g.excluded for g in goods}
    if Membership.IN in found or not exempt or Membership.NOT_HELD not in found:
        return [(Membership.IN in found, ())]
    return [(False, (Message(code="case_no_quota_goods"),)), (True, (Message(code="case_quota_goods"),))]


def distinct(options: Sequence[RateOption]) -> list[RateOption]:
    """Options that differ in rate: two codes at the same rate owe the same."""
    seen: dict[Fraction | None, RateOption] = {}
    for option in options:
        seen.setdefault(option.rate, option)
    return list(seen.values())


def _combinations(goods: Iterable[Examined]) -> list[tuple[RateOption, ...]]:
    """Rates of all lines together; of very many, the lowest and the highest, for the total grows with each rate."""
    choices = [distinct(g.options) for g in goods]
    if prod(map(len, choices)) <= _MOST_COMBINATIONS:
        return list(product(*choices))
    ordered = [sorted(c, key=lambda o: (o.rate is None, o.rate or 0)) for c in choices]
    return [tuple(c[0] for c in ordered), tuple(c[-1] for c in ordered)]


def _rate_names(options: Iterable[RateOption]) -> tuple[Message, ...]:
    return tuple(rate_words(option) for option in options if option.line)


def settle(of: Consignment, case: Case) -> Settled:
    """One case with its lines and totals; without totals where a rate is not known."""
    store, law = of.store, of.law
    values = of.values(case.charges)
    customs_value = sum(values, Decimal(0))
    exempt = low_value(
        law,
        customs_value,
        case.used,
        declined=of.given.decline_low_value_exemption,
        excluded=case.excluded,
    )
    fee = taxes.trade_promotion_fee_line(store, law, customs_value)
    if exempt.exempt:
        lines = (*_exempt_lines(store, law, customs_value), fee)
        return _settled(case, customs_value, exempt, lines)
    if any(o.rate is None for o in case.options):
        least = taxes.business_tax_line(store, law, customs_value, Decimal(0)).amount + fee.amount
        return Settled(case, customs_value, exempt, (), Totals(customs_value=customs_value), least)
    dutiable = [
        Dutiable(value, option.rate or Fraction(0), "" if option.source == "input" else option.source)
        for value, option in zip(values, case.options, strict=True)
    ]
    duty = taxes.duty_line(store, law, dutiable)
    tax = taxes.business_tax_line(store, law, customs_value, duty.amount)
    return _settled(case, customs_value, exempt, (duty, tax, fee))


def _settled(case: Case, customs_value: Decimal, exempt: LowValue, lines: tuple[Line, ...]) -> Settled:
    amounts = {line.key: line.amount for line in lines}
    duty, tax, fee = amounts["duty"], amounts["business_tax"], amounts["trade_promotion_fee"]
    total = duty + tax + fee
    totals = Totals(
        customs_value=customs_value, duty=duty, taxes=tax, fees=fee, total=total, landed_cost=customs_value + total
    )
    return Settled(case, customs_value, exempt, lines, totals, total)


def _exempt_lines(store: LawStore, law: TaiwanLaw, customs_value: Decimal) -> tuple[Line, ...]:
    limit = law.number(LIMIT)
    return tuple(
        Line(
            key=key,
            label=label(key),
            applies="no",
            amount=Decimal(0),
            currency="TWD",
            base=customs_value,
            formula=f"{customs_value:,} ≤ {limit:,} → 0",
            legal_basis=law.basis(LIMIT),
            citation=law.citation(LIMIT),
            parameters=law.used(store, LIMIT, COUNT),
            reason=Message(code="exempt_low_value", figures={"limit": Figure(value=limit, unit="TWD", of=LIMIT)}),
        )
        for key in ("duty", "business_tax")
    )
