"""Customs value of imports into Taiwan: price, freight, insurance and what the law adds, whatever the term of trade.

Goods repaired abroad count with the repair fee alone, without freight and insurance; an unproved fee with a share of the
goods' value; goods that return too late with their full value.
Source: Customs Act arts. 29 and 37; Enforcement Rules arts. 11, 12 and 20; whole dollars per line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tools.errors import InputError
from tools.exact import Exact, exact
from tools.law import Localized
from tools.result import Figure, Message, Missing
from tools.taiwan.choices import missing
from tools.taiwan.inputs import TaiwanGoods, TaiwanQuoteInput
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.rounding import to_whole_dollars

_TOPIC = "tw.customs_value"
_NEVER_ADDED = "buying_commission"


def customs_values(prices: Sequence[Exact], charges: Exact, exchange_rate: Exact, rule: str) -> list[Decimal]:
    """Customs value of each line in whole TWD, exact until it is rounded.

    Args:
        prices: price of each line, in the currency of the invoice.
        charges: freight and insurance of the consignment, same currency; spread over the lines by price.
        exchange_rate: TWD per unit of that currency.
        rule: name of the rounding rule.

    >>> [str(v) for v in customs_values([1000] * 3, 1, Fraction(63, 2), "half_up")]
    ['31511', '31511', '31511']
    """
    if len(prices) == 1:
        return [to_whole_dollars((prices[0] + charges) * exchange_rate, rule)]
    total = sum(prices)
    shares = [Fraction(price) / total if total else Fraction(1, len(prices)) for price in prices]
    return [
        to_whole_dollars((price + charges * share) * exchange_rate, rule)
        for price, share in zip(prices, shares, strict=True)
    ]


@dataclass(slots=True)
class Basis:
    """What the lines are valued from, in the currency of the invoice.

    Args:
        prices: what each line counts with, before freight and insurance.
        carried: whether each line takes its share of freight and insurance.
        other_charges: additions less deductions.
        off: what of each line's share of freight does not count, as of samples by air; empty where all counts.
    """

    prices: list[Exact]
    carried: list[bool]
    other_charges: Exact = 0
    off: list[Exact] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    assumptions: list[Message] = field(default_factory=list)

    @property
    def needs_charges(self) -> bool:
        """Whether freight and insurance count at all."""
        return any(self.carried)

    @property
    def price(self) -> Exact:
        """Price of the lines that freight and insurance are spread over."""
        return sum(p for p, c in zip(self.prices, self.carried, strict=True) if c)

    def shares(self) -> list[Fraction]:
        """The share of freight and insurance that each line takes, by price."""
        total, count = self.price, sum(self.carried)
        return [
            (Fraction(p) / total if total else Fraction(1, count)) if c else Fraction(0)
            for p, c in zip(self.prices, self.carried, strict=True)
        ]

    def values(self, charges: Exact, exchange_rate: Exact, rule: str) -> list[Decimal]:
        """Customs value of each line."""
        if self.off:
            shares = self.shares()
            each = zip(self.prices, shares, self.off, strict=True)
            return [to_whole_dollars((p + charges * share - off) * exchange_rate, rule) for p, share, off in each]
        if all(self.carried):
            return customs_values(self.prices, charges, exchange_rate, rule)
        carried = [p for p, c in zip(self.prices, self.carried, strict=True) if c]
        with_charges = iter(customs_values(carried, charges, exchange_rate, rule)) if carried else iter(())
        return [
            next(with_charges) if c else to_whole_dollars(p * exchange_rate, rule)
            for p, c in zip(self.prices, self.carried, strict=True)
        ]


def basis_of(law: TaiwanLaw, given: TaiwanQuoteInput, goods: Sequence[TaiwanGoods]) -> Basis:
    """What each line counts with.

    Raises:
        InputError: deductions beyond the price.
    """
    if not given.additions and not given.deductions and all(g.repair_value is None for g in goods):
        return Basis([exact(g.amount) for g in goods], [True] * len(goods))
    found = Basis([], [])
    for one in goods:
        counted, carried = (
            (exact(one.amount), True) if one.repair_value is None else _repaired(law, one, law.day, found)
        )
        found.prices.append(counted)
        found.carried.append(carried)
    found.other_charges = _charges(law, given, found)
    if found.price + found.other_charges < 0:
        raise InputError("deductions", "are more than the price and what is added", "at most the price")
    return found


def _charges(law: TaiwanLaw, given: TaiwanQuoteInput, found: Basis) -> Exact:
    added: Exact = 0
    known = law.held(f"{_TOPIC}.additions")
    kinds = known.value if known is not None and isinstance(known.value, tuple) else ()
    for charge in given.additions:
        words = {"kind": Localized.model_validate(charge.kind)}
        if charge.kind == _NEVER_ADDED:
            found.warnings.append(Message(code="buying_commission_not_added"))
            continue
        if not any(charge.kind.rstrip("s").startswith(kind.rstrip("s")) for kind in kinds):
            found.warnings.append(Message(code="addition_of_unknown_kind", words=words))
        added += exact(charge.amount)
    if given.deductions:
        found.assumptions.append(Message(code="assumed_deductions_apart"))
    return added - sum(exact(d.amount) for d in given.deductions)


def _repaired(law: TaiwanLaw, goods: TaiwanGoods, day: date, found: Basis) -> tuple[Exact, bool]:
    """What goods that come back from a repair count with, and whether freight and insurance do."""
    assert goods.repair_value is not None
    fee = exact(goods.repair_value)
    months, more = (law.number(f"{_TOPIC}.{n}") for n in ("repair_months", "repair_extension_months"))
    figures = {"months": Figure(value=months, unit="count", of=f"{_TOPIC}.repair_months")}
    if goods.export_date is None:
        found.assumptions.append(Message(code="assumed_repair_in_time", figures=figures))
    elif goods.export_date > day:
        raise InputError("export_date", f"{goods.export_date} is after the import", f"a day up to {day}")
    elif day > _later(goods.export_date, int(months)):
        if day > _later(goods.export_date, int(months + more)):
            found.warnings.append(Message(code="repair_too_late", figures=figures))
            if goods.price is None:
                found.missing.append(missing("price", why="why_price_repair", effect="effect_price_repair"))
            return exact(goods.amount), True
        found.warnings.append(Message(code="repair_needs_extension", figures=figures))
    found.assumptions.append(Message(code="repair_without_charges"))
    if goods.repair_proof or (goods.repair_proof is None and goods.price is None):
        if not goods.repair_proof:
            share = law.number(f"{_TOPIC}.repair_share")
            shown = {"share": Figure(value=share, unit="ratio", of=f"{_TOPIC}.repair_share")}
            found.warnings.append(Message(code="repair_fee_to_prove", figures=shown))
        return fee, False
    share = law.number(f"{_TOPIC}.repair_share")
    shown = {"share": Figure(value=share, unit="ratio", of=f"{_TOPIC}.repair_share")}
    found.warnings.append(Message(code="repair_fee_unproved", figures=shown))
    if goods.price is None:
        found.missing.append(missing("price", why="why_price_repair", effect="effect_price_repair"))
    return exact(goods.amount) * exact(share), False


def _later(start: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
