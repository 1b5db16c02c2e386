"""One line of an entry, assessed: its rate, the stacks that are possible, and what each comes to.

Amounts are whole cents. A total fixed by a measure tops column 1 up: rounded(total × value) − column 1, never below zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tools.law.store import LawStore
from tools.tariff.schedule import Schedule
from tools.united_states.column import (
    BaseDuty,
    Claim,
    Column,
    Found,
    base_duty,
    claim,
    column,
    find_line,
    is_column_2,
)
from tools.united_states.facts import in_dollars
from tools.united_states.inputs import UsLine, UsQuoteInput
from tools.united_states.money import cents, rate_cents, shown, whole_dollars
from tools.united_states.rules import Rule, for_goods
from tools.united_states.stack import Goods, Stack, content_of, not_held, order_on, stacks


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty of a line: what a result line is made from. `rule` is None for the base rate."""

    key: str
    amount: int
    base: int
    rate: str
    formula: str
    heading: str | None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """A stack with its duties; `duty` is None where the base rate cannot be computed, `least` what is owed at the least."""

    stack: Stack
    entries: tuple[Entry, ...]
    duty: int | None
    least: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """A line whose law is settled, whatever its value.

    Args:
        possible: stacks that open facts leave; none where neither code nor rate is given.
        gaps: regimes that reach the goods and are not held.
    """

    number: int
    line: UsLine
    found: Found
    claimed: Claim | None
    column: Column
    goods: Goods
    possible: tuple[Stack, ...]
    gaps: tuple[Rule, ...]

    @property
    def mpf_claim(self) -> str | None:
        return self.claimed.name if self.claimed else None


def assess(store: LawStore, held: Schedule, given: UsQuoteInput, number: int, day: date) -> Assessed:
    """The law of one line on a day.

    Raises:
        InputError: a rate that cannot be read, or a preference that does not hold.
    """
    line = given.lines[number - 1]
    found = find_line(held, line.hts_code, day)
    claimed = claim(store, line.program, line.country_of_origin, day) if line.program else None
    second = is_column_2(store, line.country_of_origin, day)
    base = column(found.line, line.general_rate, claimed, second)
    goods = Goods(
        origin=line.country_of_origin,
        programmes=claimed.names if claimed else frozenset(),
        declared=frozenset(line.chapter_99),
        facts=in_dollars(line.facts, given.usd_per_unit),
        loaded=given.loading_date,
        column_2=second,
    )
    rules = for_goods(store, day, line.country_of_origin, found.code, found.footnotes)
    stated = found.code is not None or line.general_rate is not None
    possible = tuple(stacks(goods, rules, order_on(store, day, "decided"))) if stated else ()
    return Assessed(number, line, found, claimed, base, goods, possible, tuple(not_held(goods, rules)))


def base_of(of: Assessed, value: Fraction | int, day: date) -> BaseDuty:
    """Base duty of a line on a value, unrounded."""
    if of.column.rate is None:
        return BaseDuty(None)
    return base_duty(of.column.rate, value, of.line.quantities, day)


def price(of: Assessed, stack: Stack, value: int, day: date, order: tuple[str, ...]) -> Priced:
    """The duties of a line under one stack.

    Args:
        value: entered value in whole dollars.
        order: keys in the order they are reported in.
    """
    base = base_of(of, value, day)
    first = cents(base.amount) if base.amount is not None else None
    assumed = {fact.fact: answer for fact, answer in stack.assumed}
    entries, floor = [], 0
    for key in order:
        rule = stack.taken.get(key)
        if rule is not None and rule.measure.form == "none" and rule.heading(of.goods.origin) is None:
            continue  # an exemption that has no heading to report
        if rule is not None:
            entry, total = _measure(of, rule, stack, value, first, base, assumed)
            entries.append(entry)
            floor = max(floor, total)
        elif key == of.column.key and first is not None:
            entries.append(_base(of, base, first, value))
    known = sum(e.amount for e in entries)
    added = sum(e.amount for e in entries if e.rule and e.rule.measure.form == "add")
    return Priced(stack, tuple(entries), known if first is not None else None, added + floor)


def _base(of: Assessed, base: BaseDuty, amount: int, value: int) -> Entry:
    text = of.column.text or ""
    if base.terms:
        parts = [f"{rate}: {amount_of(a)}" for rate, _, a in base.terms]
        formula = f"{' + '.join(parts)} = {shown(amount)}"
    else:
        formula = f"{value:,} × {text} = {shown(amount)}"
    heading = of.found.line.display_code if of.found.line else of.line.hts_code
    return Entry(of.column.key, amount, value, text, formula, heading)


def amount_of(amount: Fraction) -> str:
    """A term of a compound rate, to the cent."""
    return shown(cents(amount))


def _measure(
    of: Assessed,
    rule: Rule,
    stack: Stack,
    value: int,
    first: int | None,
    base: BaseDuty,
    assumed: Mapping[str, bool],
) -> tuple[Entry, int]:
    """The duty of a measure, and the total it guarantees where it fixes one."""
    origin, key, form = of.goods.origin, rule.measure.key, rule.measure.form
    if form == "none":
        return Entry(key, 0, value, rule.shown, "0.00", rule.heading(origin), rule), 0
    if form == "total":
        return _total(of, rule, value, first, base)
    on = value
    if rule.measure.base == "content":
        on = whole_dollars(Fraction(content_of(rule, of.goods, assumed, value)))
    elif rule.measure.base == "rest":
        on -= sum(
            whole_dollars(Fraction(content_of(r, of.goods, assumed, value)))
            for r in stack.taken.values()
            if _on_content(r)
        )
    amount = rate_cents(rule.rate, on)
    return Entry(key, amount, on, rule.shown, f"{on:,} × {rule.shown} = {shown(amount)}", rule.heading(origin), rule), 0


def _on_content(rule: Rule) -> bool:
    return rule.measure.base == "content"


def _total(of: Assessed, rule: Rule, value: int, first: int | None, base: BaseDuty) -> tuple[Entry, int]:
    total, origin, key = rate_cents(rule.rate, value), of.goods.origin, rule.measure.key
    if first is None or base.amount is None:
        return Entry(key, 0, value, rule.shown, "?", rule.heading(origin), rule), total
    met = base.amount >= rule.rate * value
    top_up = 0 if met else max(0, total - first)
    if met:
        formula = f"{shown(first)} ≥ {value:,} × {rule.shown} → 0.00"
    else:
        formula = f"{value:,} × {rule.shown} − {shown(first)} = {shown(top_up)}"
    return Entry(key, top_up, value, rule.shown, formula, rule.heading(origin, met=met), rule), total


def exact_duty(of: Assessed, stack: Stack, value: Fraction, day: date) -> Fraction:
    """Duty on an unrounded value, for prices that hold their duty."""
    base = base_of(of, value, day).amount or Fraction(0)
    duty = base
    for rule in stack.taken.values():
        if rule.measure.form == "add":
            duty += rule.rate * value
        elif rule.measure.form == "total":
            duty += max(Fraction(0), rule.rate * value - base)
    return duty
