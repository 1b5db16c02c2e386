"""Which measures apply to a line: of each key the first that applies, and what stays open.

Where a fact is open (a list not held, a declaration not made) both answers are followed, so that a line may have several
stacks. Order and mutual exclusion are data: `us.stacking` and the measures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tools.law.store import LawStore
from tools.united_states.facts import answer, content
from tools.united_states.rules import NOT_HELD, Rule, Rules

_MOST = 64  # stacks of one line that are followed


@dataclass(frozen=True, slots=True)
class Goods:
    """What the law asks of a line.

    Args:
        programmes: names of the preference claimed and valid.
        declared: Chapter 99 headings the filer declares.
        facts: declared facts.
        loaded: day of loading on the final mode of transit.
    """

    origin: str
    programmes: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    loaded: date | None = None
    column_2: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A fact on which the stack turns: its name, and the measure that asks for it."""

    fact: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Stack:
    """Measures taken, by key, and the answers assumed for open facts."""

    taken: Mapping[str, Rule]
    assumed: tuple[tuple[Open, bool], ...] = ()


@lru_cache(maxsize=1024)
def order_on(store: LawStore, day: date, which: str) -> tuple[str, ...]:
    """Keys in the order they are decided or reported in."""
    value = store.value(f"us.stacking.{which}", day).value
    assert isinstance(value, tuple)
    return value


def stacks(goods: Goods, rules: Rules, order: tuple[str, ...]) -> list[Stack]:
    """Every stack that open facts leave possible; one where nothing is open.

    Args:
        rules: measures the code may fall under.
        order: keys in the order they are decided in.
    """
    done: list[Stack] = []
    todo: list[tuple[tuple[Open, bool], ...]] = [()]
    while todo and len(done) + len(todo) <= _MOST:
        assumed = todo.pop()
        found = _decide(goods, rules, order, assumed)
        if isinstance(found, Open):
            todo += [(*assumed, (found, False)), (*assumed, (found, True))]
        else:
            done.append(Stack(found, assumed))
    return done


def not_held(goods: Goods, rules: Rules) -> list[Rule]:
    """Regimes that reach these goods and are not carried."""
    return [rule for rule in rules.get(NOT_HELD, ()) if _applies(rule, goods, {}, {}) is True and not rule.open]


def _decide(
    goods: Goods, rules: Rules, order: tuple[str, ...], assumed: tuple[tuple[Open, bool], ...]
) -> dict[str, Rule] | Open:
    known = {fact.fact: answer for fact, answer in assumed}
    taken: dict[str, Rule] = {}
    for key in order:
        named = _declared(rules.get(key, ()), goods, taken, known)
        for rule in rules.get(key, ()):
            verdict = _applies(rule, goods, taken, known)
            if isinstance(verdict, str) and named:
                continue  # the filer declares another heading of the same key
            if isinstance(verdict, str):
                return Open(verdict, rule)
            if verdict:
                taken[key] = rule
                break
    return taken


def _declared(rules: tuple[Rule, ...], goods: Goods, taken: Mapping[str, Rule], known: Mapping[str, bool]) -> bool:
    """Whether a heading that the filer declares is one of these measures, and applies."""
    if not goods.declared:
        return False
    named = [r for r in rules if goods.declared.intersection(r.headings(goods.origin))]
    return any(_applies(rule, goods, taken, known) is True for rule in named)


def _applies(rule: Rule, goods: Goods, taken: Mapping[str, Rule], known: Mapping[str, bool]) -> bool | str:
    """Yes, no, or the name of the open fact that decides."""
    measure = rule.measure
    declared = bool(goods.declared.intersection(rule.headings(goods.origin))) if goods.declared else False
    if measure.claimed and not declared:
        return False
    if measure.column_2 is not None and measure.column_2 != goods.column_2:
        return False
    if measure.programmes and not goods.programmes.intersection(measure.programmes):
        return False
    if measure.loaded_before is not None and not declared:
        if goods.loaded is None or goods.loaded >= measure.loaded_before:
            return False
    if measure.when_applied and not any(r.is_of(measure.when_applied) and r.measure.subject for r in taken.values()):
        return False
    if measure.unless_applied and any(r.is_of(measure.unless_applied) for r in taken.values()):
        return False
    if measure.fact is not None and not declared:
        said = answer(goods.facts, measure.fact)
        if said is False or (said is None and not measure.fact_open):
            return False
    if rule.open and not declared and not _known(f"list:{rule.id}", known):
        return False if f"list:{rule.id}" in known else f"list:{rule.id}"
    if measure.fact is not None and not declared and measure.fact not in goods.facts:
        return known.get(measure.fact, measure.fact)
    if measure.base == "content" and content(goods.facts, is_copper(rule)) is None:
        if (name := content_fact(rule)) not in known:
            return name
    return True


def _known(name: str, known: Mapping[str, bool]) -> bool:
    return known.get(name, False)


def is_copper(rule: Rule) -> bool:
    """Whether the metal of a content measure is copper."""
    return rule.id.endswith("copper_content")


def content_fact(rule: Rule) -> str:
    """The fact that gives the metal content a measure is of."""
    return "copper_value" if is_copper(rule) else "steel_value"


def content_of(rule: Rule, goods: Goods, assumed: Mapping[str, bool], value: int) -> Decimal:
    """Value of the metal content: as declared, or for an open fact all of the line or none of it."""
    given = content(goods.facts, is_copper(rule))
    if given is not None:
        return min(given, Decimal(value))
    return Decimal(value) if assumed.get(content_fact(rule)) else Decimal(0)
