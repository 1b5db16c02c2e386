"""What a rate comes to: exact, unrounded, term by term. A quantity that is missing stops it; it never counts as zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tools.errors import InputError, MissingFact, OutOfScope
from tools.tariff.notation.render import print_tree
from tools.tariff.notation.seasons import within
from tools.tariff.notation.tree import (
    AdValorem,
    Bounded,
    Choice,
    Conditional,
    Free,
    PerDegree,
    Season,
    Seasonal,
    Specific,
    Sum,
    Term,
    Tree,
    terms,
)
from tools.tariff.notation.vocabulary import (
    CONTENT,
    DEGREES,
    OTHER_PIECES,
    Jurisdiction,
    convert,
    quantity_key,
    vocabulary,
)


@dataclass(frozen=True, slots=True)
class Component:
    """A term that counts.

    Args:
        kind: "free", "ad_valorem", "specific" or "per_degree".
        rate: the term as printed in English.
        unit: the quantity or part of the value it is of, as `needs` calls it; None for the plain value.
        amount: in the currency of the jurisdiction, unrounded.
    """

    kind: str
    rate: str
    unit: str | None
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The amount of a rate and the terms that make it up; where a bound or choice decided, only the terms that count."""

    amount: Fraction
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rate is applied to."""

    jurisdiction: Jurisdiction
    value: Fraction | None
    quantities: Mapping[str, Fraction]
    on: date | None


def facts(
    tree: Tree,
    jurisdiction: Jurisdiction,
    value: Decimal | Fraction | None,
    quantities: Mapping[str, Decimal | Fraction],
    on: date | None,
) -> Facts:
    """The facts with names of quantities made one.

    Raises:
        InputError: a value or quantity below zero, or one quantity given twice with different amounts.
    """
    given: dict[str, Fraction] = {}
    for name, amount in quantities.items():
        key = quantity_key(name)
        if amount < 0:
            raise InputError(name, f"{amount} is below zero", "a quantity of zero or more")
        if given.setdefault(key, Fraction(amount)) != Fraction(amount):
            raise InputError(name, "is given twice, with different amounts", "each quantity once")
    contents = {vocabulary().basis[t.basis].need for t in terms(tree) if isinstance(t, Specific) and t.basis} - {None}
    if CONTENT in given and len(contents) == 1:
        given.setdefault(str(contents.pop()), given[CONTENT])
    if value is not None and value < 0:
        raise InputError("value", f"{value} is below zero", "an amount of zero or more")
    return Facts(jurisdiction, None if value is None else Fraction(value), given, on)


def need_of(term: Term, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """What has to be known for a term beside the plain value."""
    words = vocabulary()
    match term:
        case AdValorem(_, part):
            need = words.parts[part].need if part else None
            return (need,) if need else ()
        case PerDegree(rate, _, _, _):
            return (*need_of(rate, jurisdiction), DEGREES)
        case Specific(_, unit, basis, over):
            if unit == OTHER_PIECES:
                return (unit,)
            named = words.basis[basis].need if basis else None
            name = named or getattr(words.units[unit], jurisdiction)
            return (f"{name} over {over}",) if over is not None else (name,)
        case _:
            return ()


def needs(tree: Tree, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Everything a rate needs beside the plain value, each once, in reading order."""
    return tuple(dict.fromkeys(need for term in terms(tree) for need in need_of(term, jurisdiction)))


def evaluate(tree: Tree, known: Facts) -> Evaluated:
    """A rate applied to the facts.

    Raises:
        MissingFact: naming the value, the quantity or the day that is not given.
        OutOfScope: no season holds the day.
    """
    match tree:
        case Sum(parts):
            return _added([evaluate(p, known) for p in parts])
        case Choice(higher, options):
            found = [evaluate(o, known) for o in options]
            return max(found, key=_amount) if higher else min(found, key=_amount)
        case Bounded(rate, at_least, at_most):
            found_rate = evaluate(rate, known)
            if at_least is not None:
                found_rate = max(found_rate, evaluate(at_least, known), key=_amount)
            return found_rate if at_most is None else min(found_rate, evaluate(at_most, known), key=_amount)
        case Conditional(rate, _):
            return evaluate(rate, known)
        case Seasonal(seasons, otherwise):
            return evaluate(_of_the_day(seasons, otherwise, known.on), known)
        case Free() | AdValorem() | Specific() | PerDegree():
            return _term(tree, known)
        case _:
            raise OutOfScope("rate", "stands elsewhere and is not computed here")


def component(term: Term, jurisdiction: Jurisdiction, amount: Fraction) -> Component:
    """A term with its amount."""
    needed = need_of(term, jurisdiction)
    kind = {Free: "free", AdValorem: "ad_valorem", Specific: "specific", PerDegree: "per_degree"}[type(term)]
    return Component(kind, print_tree(term, "en", jurisdiction), needed[0] if needed else None, amount)


def _amount(found: Evaluated) -> Fraction:
    return found.amount


def _added(found: list[Evaluated]) -> Evaluated:
    return Evaluated(sum((f.amount for f in found), Fraction(0)), tuple(c for f in found for c in f.components))


def _of_the_day(seasons: tuple[Season, ...], otherwise: Tree | None, on: date | None) -> Tree:
    if on is None:
        raise MissingFact("on", "the rate depends on the season", "the day of entry")
    for season in seasons:
        if within((on.month, on.day), season.first, season.last):
            return season.rate
    if otherwise is None:
        raise OutOfScope("rate", f"no season of the rate holds {on}")
    return otherwise


def _term(term: Term, known: Facts) -> Evaluated:
    match term:
        case Free():
            amount = Fraction(0)
        case AdValorem(ratio, part):
            of = vocabulary().parts[part].need if part else None
            amount = ratio * (_quantity(of, of, known) if of else _value(known))
        case Specific(money, _, _, _):
            amount = money * measured(term, known)
        case PerDegree(rate, less, under, proportional):
            amount = (rate.money - less.money * _short(under, proportional, known)) * measured(rate, known)
            amount = max(amount, Fraction(0))
    return Evaluated(amount, (component(term, known.jurisdiction, amount),))


def _short(under: Fraction, proportional: bool, known: Facts) -> Fraction:
    """Degrees under the mark."""
    degrees = _quantity(DEGREES, DEGREES, known)
    if degrees > under:
        raise InputError(DEGREES, f"{degrees} is over {under}", f"polarisation from 0 to {under}")
    return under - degrees if proportional else Fraction((under - degrees).__floor__())


def measured(rate: Specific, known: Facts) -> Fraction:
    """The quantity a specific rate counts."""
    named = need_of(rate, known.jurisdiction)[0]
    own = rate.over is not None or rate.unit == OTHER_PIECES or (rate.basis and vocabulary().basis[rate.basis].need)
    return _quantity(named if own else rate.unit, named, known)


def _value(known: Facts) -> Fraction:
    if known.value is None:
        raise MissingFact("value", "the rate is a percentage of it", "the dutiable value")
    return known.value


def _quantity(key: str, shown: str, known: Facts) -> Fraction:
    if key in known.quantities:
        return known.quantities[key]
    for have, amount in known.quantities.items():
        if (converted := convert(amount, have, key)) is not None:
            return converted
    raise MissingFact(shown, "the rate needs this quantity and it is not given", f"quantities with {shown}")
