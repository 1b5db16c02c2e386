"""Goods a traveller brings: what exceeds the allowances is taxed, at the tariff or at the flat rate the officer may apply.

Used personal goods within their own limit are free. Alcohol and tobacco have allowances of their own by age; what
exceeds them is taxed pro rata, at the tariff only. Of goods at different rates nobody says which the allowance covers:
both ends are computed.
Sources: 入境旅客攜帶行李物品報驗稅放辦法第 11, 12, 14 條; 營業稅法施行細則第 27 條; 海關進口稅則總則五.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tools.result import Figure, Message
from tools.taiwan.assess import Part, assess
from tools.taiwan.cases import Case, Consignment, Settled, combinations_of, exclusions
from tools.taiwan.columns import DutyRule, Quantities, stated
from tools.taiwan.goods import Examined, LineCase, quantities
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.samples import LIMIT as SAMPLES
from tools.taiwan.samples import free_of
from tools.text.format import percent

_TOPIC = "tw.traveller"
EXEMPTION, FLAT = f"{_TOPIC}.exemption", f"{_TOPIC}.flat_rate"


@dataclass(frozen=True, slots=True)
class _Way:
    """How the ordinary goods over the allowance are taxed.

    At the flat rate, or by tariff with the allowance used up on the goods at the highest or the lowest rates first.
    """

    name: Message | None
    flat: bool
    dearest_first: bool = True


@dataclass(frozen=True, slots=True)
class Allowances:
    """The allowances of one traveller in one case."""

    alcohol: bool
    tobacco: bool
    names: tuple[Message, ...] = ()


def settled(of: Consignment, *, over: Decimal = Decimal(0)) -> list[Settled]:
    """Every case of a traveller's goods, computed.

    Args:
        over: taxable value, whole TWD, that goes back or is given up because it is over the cap of a traveller.
    """
    found: list[Settled] = []
    values = of.values(of.known_charges)
    for excluded, quota_names in exclusions(of.goods, matters=True):
        for allowed in _allowances(of):
            for combo in combinations_of(of.goods):
                for way in _ways(of, combo, values, quota=excluded):
                    names = (*quota_names, *allowed.names, *(n for line in combo for n in line.names))
                    if way.name is not None:
                        names = (*names, way.name)
                    case = Case(of.known_charges, 0, excluded, combo, names)
                    found.append(_settle(of, case, values, allowed, way, over))
    return _once(found)


def _once(found: Sequence[Settled]) -> list[Settled]:
    """Cases that differ in money; where all agree, one without a name."""
    if len({(s.totals.total, s.floor, s.customs_value) for s in found}) == 1:
        return [replace(found[0], case=replace(found[0].case, names=()))]
    return list(found)


def _allowances(of: Consignment) -> list[Allowances]:
    """Whether the traveller is old enough for alcohol and tobacco; both where the age is not known and matters."""
    traveller = of.given.traveller
    age = traveller.age if traveller else None
    alcohol, tobacco = any(g.alcohol for g in of.goods), any(g.tobacco for g in of.goods)
    if not alcohol and not tobacco:
        return [Allowances(alcohol=False, tobacco=False)]
    if age is not None:
        drinks, smokes = (of.law.number(f"{_TOPIC}.{n}") for n in ("alcohol_age", "tobacco_age"))
        return [Allowances(alcohol=age >= drinks, tobacco=age >= smokes)]
    return [
        Allowances(alcohol=True, tobacco=True, names=(Message(code="case_of_age"),)),
        Allowances(alcohol=False, tobacco=False, names=(Message(code="case_under_age"),)),
    ]


def _ordinary(of: Consignment, found: Examined) -> bool:
    """Whether goods count against the general allowance: no alcohol or tobacco, and not used goods within their limit."""
    if found.alcohol or found.tobacco or found.goods.sample is not None:
        return False
    if not found.goods.used:
        return True
    limit = of.law.number(f"{_TOPIC}.used_item_limit")
    return Fraction(found.goods.amount) * of.twd_per_unit > Fraction(limit) * Fraction(found.goods.pieces)


def _ways(of: Consignment, combo: Sequence[LineCase], values: Sequence[Decimal], *, quota: bool) -> list[_Way]:
    law, flat_rate = of.law, Fraction(of.law.number(FLAT))
    ordinary = [(g, line, v) for g, line, v in zip(of.goods, combo, values, strict=True) if _ordinary(of, g)]
    if sum((v for *_, v in ordinary), Decimal(0)) <= law.number(EXEMPTION):
        return [_Way(None, flat=True)]
    stated_rules = [line.duty for g, line, _ in ordinary if g.goods.codes or g.goods.rate is not None]
    only_tariff = any(quota and g.may_be_quota for g, _, _ in ordinary)
    keys = {rule.key for rule in stated_rules}
    if not only_tariff and (not stated_rules or keys == {(flat_rate, "", Fraction(1), None)}):
        return [_Way(None, flat=True)]
    rates = {"rate": Figure(value=law.number(FLAT), unit="ratio", of=FLAT)}
    flat = [] if only_tariff else [_Way(Message(code="case_traveller_flat", figures=rates), flat=True)]
    one_rate = len(ordinary) == 1 or (len(keys) == 1 and len(stated_rules) == len(ordinary))
    if one_rate:
        return [*flat, _Way(Message(code="case_traveller_tariff"), flat=False)]
    return [
        *flat,
        _Way(Message(code="case_traveller_tariff_dear"), flat=False),
        _Way(Message(code="case_traveller_tariff_cheap"), flat=False, dearest_first=False),
    ]


def single_item(of: Consignment) -> bool:
    """Whether the taxed goods are one article carried by hand, which no cap holds back."""
    taxed = [g for g in of.goods if _ordinary(of, g)]
    return len(taxed) == 1 and taxed[0].goods.quantity == 1 and not any(g.goods.sample for g in of.goods)


def _settle(
    of: Consignment, case: Case, values: Sequence[Decimal], allowed: Allowances, way: _Way, over: Decimal
) -> Settled:
    law = of.law
    room = law.number(EXEMPTION) + over
    free = free_of(law, of.goods, values) if of.samples != "none" else [0] * len(values)
    flat = stated(Fraction(law.number(FLAT)), percent(law.number(FLAT)))
    flat_rule = replace(flat, law=(FLAT, EXEMPTION))
    share = _free_shares(of, allowed)
    parts: list[Part] = []
    ordinary: list[tuple[int, Part]] = []
    for at, (found, line, value) in enumerate(zip(of.goods, case.lines, values, strict=True)):
        if found.alcohol or found.tobacco:
            taxed = 1 - share[at]
            if taxed:
                parts.append(_part(found, line, line.duty, value, taxed))
        elif found.goods.sample is not None:
            if free[at] < value:
                parts.append(_excess(_part(found, line, line.duty, value, Fraction(1)), Decimal(free[at]), SAMPLES))
        elif _ordinary(of, found):
            rule = flat_rule if way.flat else line.duty
            ordinary.append((at, _part(found, line, rule, value, Fraction(1))))
    if not way.flat:
        ordinary.sort(key=lambda row: _rate(row[1]), reverse=way.dearest_first)
    used: list[bool] = [
        f.alcohol or f.tobacco or (f.goods.sample is not None and free[at] < values[at])
        for at, f in enumerate(of.goods)
    ]
    for at, part in ordinary:
        covered = min(room, part.value)
        room -= covered
        used[at] = not way.flat and part.value > covered
        if part.value > covered:
            parts.append(_excess(part, covered, EXEMPTION))
    if not parts:
        parts = [Part(Decimal(0), flat_rule, {})]
    done = assess(law, parts)
    value = sum((p.value for p in parts), Decimal(0))
    least = sum((x.amount for x in done.lines), Decimal(0))
    return Settled(case, value, None, done.lines if done.known else (), done.totals, least, tuple(used), done.bounded)


def _excess(part: Part, free: Decimal, limit: str) -> Part:
    """What of goods exceeds their allowance."""
    left = Fraction(part.value - free) / Fraction(part.value)
    amounts: Quantities = {unit: Fraction(q) * left for unit, q in part.quantities.items()}
    excises = tuple(e.scaled(left) for e in part.excises)
    named = part.duty.law if limit in part.duty.law else (*part.duty.law, limit)
    return replace(
        part, value=part.value - free, quantities=amounts, excises=excises, duty=replace(part.duty, law=named)
    )


def _rate(part: Part) -> Fraction:
    """Duty in proportion to value, to order goods by."""
    rule = part.duty
    if rule.ratio is not None:
        return rule.ratio * rule.share
    known = rule.known and all(need in part.quantities for need in rule.needs) and part.value
    return rule.amount(part.value, part.quantities) / Fraction(part.value) if known else Fraction(0)


def _part(found: Examined, line: LineCase, rule: DutyRule, value: Decimal, share: Fraction) -> Part:
    """A share of one line as goods to be taxed."""
    amounts = quantities(found.goods)
    excises = tuple(e.scaled(share) for choice in line.excises for e in choice.excises)
    taxed = Fraction(value) * share
    whole = Decimal(taxed.numerator // taxed.denominator)
    scaled: Quantities = {unit: Fraction(q) * share for unit, q in amounts.items()}
    return Part(whole, rule, scaled, excises, found.goods.pieces, found.luxury, business_tax=not found.untaxed_staple)


def _free_shares(of: Consignment, allowed: Allowances) -> list[Fraction]:
    """The share of each line of alcohol or tobacco that its allowance covers; 0 where the quantity is not known."""
    law = of.law
    alcohol = [g.goods.volume_litres if g.alcohol else None for g in of.goods]
    shares = _covered(
        alcohol, law.number(f"{_TOPIC}.alcohol_litres") if allowed.alcohol and any(alcohol) else Decimal(0)
    )
    sticks = [Decimal(g.goods.sticks) if g.tobacco and g.goods.sticks is not None else None for g in of.goods]
    weights = [g.goods.net_weight_kg if g.tobacco and not g.goods.sticks else None for g in of.goods]
    cigars = any(_is_cigars(law, g) for g in of.goods)
    name = "cigars" if cigars else "cigarettes"
    by_sticks = _covered(sticks, law.number(f"{_TOPIC}.{name}") if allowed.tobacco and any(sticks) else Decimal(0))
    pounds = (
        law.number(f"{_TOPIC}.cut_tobacco_kilograms")
        if allowed.tobacco and any(weights) and not any(sticks)
        else Decimal(0)
    )
    by_weight = _covered(weights, pounds)
    return [max(a, s, w) for a, s, w in zip(shares, by_sticks, by_weight, strict=True)]


def _is_cigars(law: TaiwanLaw, found: Examined) -> bool:
    return any(law.listed("tw.tobacco_tax.cigars_headings", line.code) for line in found.lines)


def _covered(amounts: Sequence[Decimal | None], allowance: Decimal) -> list[Fraction]:
    """The share of each amount that one allowance for all covers, in proportion."""
    whole = sum((Fraction(a) for a in amounts if a is not None), Fraction(0))
    share = min(Fraction(1), Fraction(allowance) / whole) if whole else Fraction(0)
    return [share if a is not None else Fraction(0) for a in amounts]
