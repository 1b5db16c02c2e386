"""The measures in force on a day for an origin and a code: what the stack of a line is decided from.

Read once a day and code and kept: a batch of lines asks the same things again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from tools.exact import as_fraction
from tools.law.code_lists import Membership, code_list, on_any
from tools.law.models import LawValue, Localized, Measure, Parameter
from tools.law.store import LawStore
from tools.result import ParameterUsed
from tools.text.format import percent

NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A measure with the value that is in force.

    Args:
        topic: its law file, without jurisdiction.
        rate: of the base; the total where the measure fixes one.
        open: whether the code may or may not be on the measure's list.
    """

    id: str
    topic: str
    label: Localized
    measure: Measure
    value: LawValue
    rate: Fraction
    shown: str
    used: ParameterUsed
    open: bool = False

    def heading(self, origin: str, *, met: bool = False) -> str | None:
        """Chapter 99 heading: of a total, the second where column 1 already meets it."""
        given = self.value.headings.get(origin) or self.value.headings.get("*")
        return given[-1 if met else 0] if given else None

    def headings(self, origin: str) -> tuple[str, ...]:
        return self.value.headings.get(origin) or self.value.headings.get("*") or ()

    def is_of(self, names: tuple[str, ...]) -> bool:
        """Whether the rule is of a topic, or is the measure, named."""
        return self.topic in names or self.id in names


Rules = Mapping[str, tuple[Rule, ...]]


@lru_cache(maxsize=2048)
def in_force(store: LawStore, day: date, origin: str) -> Rules:
    """Every measure in force for an origin, by key and in order, whatever the goods."""
    found: dict[str, list[Rule]] = {}
    for parameter in store.measures("us"):
        assert parameter.measure is not None
        value = _value(parameter, day, origin)
        if value is not None:
            found.setdefault(parameter.measure.key, []).append(_rule(parameter, value))
    return {key: tuple(sorted(rules, key=lambda r: r.measure.order)) for key, rules in found.items()}


def _value(parameter: Parameter, day: date, origin: str) -> LawValue | None:
    held = (v for v in parameter.values if v.certainty != "expected" and v.scope.covers(origin, None))
    return next((v for v in held if v.holds(day)), None)


def _rule(parameter: Parameter, value: LawValue) -> Rule:
    assert parameter.measure is not None
    name = parameter.id.partition(".")[2]
    rate = as_fraction(value.number) if parameter.unit == "ratio" else Fraction(0)
    shown = percent(value.number) if parameter.unit == "ratio" else ""
    used = ParameterUsed.of(parameter.id, parameter.unit, value)
    return Rule(name, name.partition(".")[0], parameter.label, parameter.measure, value, rate, shown, used)


@lru_cache(maxsize=32768)
def for_goods(store: LawStore, day: date, origin: str, code: str | None, footnotes: frozenset[str] | None) -> Rules:
    """Measures that a code may fall under.

    Args:
        code: plain HTS number, or None where it is not known.
        footnotes: headings the footnotes of its tariff line name; None where the line is not held.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for key, rules in in_force(store, day, origin).items():
        kept = [r for rule in rules if (r := _met(rule, code, footnotes, day, store)) is not None]
        if kept:
            found[key] = tuple(kept)
    return found


def _met(rule: Rule, code: str | None, footnotes: frozenset[str] | None, day: date, store: LawStore) -> Rule | None:
    """The rule if the code is on its lists, open if that cannot be told, None if it is not."""
    verdict = membership(rule.measure, code, footnotes, day, store)
    if verdict is Membership.OUT:
        return None
    if verdict is Membership.IN:
        return rule
    return Rule(
        rule.id, rule.topic, rule.label, rule.measure, rule.value, rule.rate, rule.shown, rule.used, open=True
    )  # fmt: skip


def membership(
    measure: Measure, code: str | None, footnotes: frozenset[str] | None, day: date, store: LawStore
) -> Membership:
    """Whether goods of a code are within the lists of a measure: explicit lists first, then footnotes of the schedule."""
    if not (measure.lists or measure.footnotes or measure.except_lists):
        return Membership.IN
    if code is None:  # goods given by their rate alone are taken for goods that no list names, where lists are whole
        whole = all(code_list("us", name, store.root).whole for name in (*measure.lists, *measure.except_lists))
        return Membership.OUT if whole and not measure.footnotes else Membership.NOT_HELD
    if measure.except_lists and (out := on_any(measure.except_lists, code, day, store.root)) is not Membership.OUT:
        return Membership.OUT if out is Membership.IN else Membership.NOT_HELD
    listed = on_any(measure.lists, code, day, store.root) if measure.lists else Membership.NOT_HELD
    if listed is Membership.IN or not measure.footnotes:
        return listed if measure.lists else Membership.IN
    if footnotes is not None:
        return Membership.IN if footnotes & set(measure.footnotes) else Membership.OUT
    return listed
