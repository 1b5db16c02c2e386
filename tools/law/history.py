"""The law held over time: a topic as a timeline, two days compared, what comes next, and what has not been checked lately.

Pure functions over the store; the day is always given. A value here is one interval of a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tools.errors import NotFound
from tools.law.models import LawValue, Parameter
from tools.law.store import LawStore

Event = Literal["begins", "ends", "expected"]


@dataclass(frozen=True, slots=True)
class Held:
    """A value with the parameter it is of."""

    parameter: Parameter
    value: LawValue


@dataclass(frozen=True, slots=True)
class Change:
    """What a parameter was on one day and is on another; None where no value was held."""

    parameter: Parameter
    before: LawValue | None
    after: LawValue | None


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that happens to a value on a day still to come."""

    day: date
    event: Event
    held: Held


@dataclass(frozen=True, slots=True)
class Stale:
    """A topic that moves often and has not been checked up to the day.

    Args:
        frontier: last day the evidence of the whole topic reaches.
        days: days since.
        doubtful: values in force whose source is contested or unverified.
        scheduled: days between the frontier and the day on which something was scheduled.
    """

    topic: str
    frontier: date
    reviewed: date
    days: int
    doubtful: int
    scheduled: tuple[date, ...]


def parameters_of(store: LawStore, name: str | None) -> list[Parameter]:
    """Parameters of a topic, of one id, or of all topics a name begins: `us.section_232` names each of them.

    Raises:
        NotFound: with the nearest names.
    """
    if name is None:
        return store.all()
    topics = [t for t in store.topics() if t == name or t.startswith((f"{name}_", f"{name}."))]
    if topics:
        return [p for topic in topics for p in store.topic(topic).values()]
    try:
        return store.show(name)
    except NotFound as error:
        raise NotFound("law topic", name, error.neighbours) from error


def timeline(store: LawStore, name: str) -> list[Held]:
    """Every value of a topic, by the day it begins."""
    rows = [Held(p, v) for p in parameters_of(store, name) for v in p.values]
    return sorted(rows, key=lambda h: (h.value.first_day, h.parameter.id, h.value.effective_to or date.max))


def differences(store: LawStore, first: date, second: date, name: str | None = None) -> list[Change]:
    """What differs between the law of two days, value by value.

    A value is paired with that of the same parameter and scope; a measure that begins or ends stands alone.
    """
    changes: list[Change] = []
    for parameter in parameters_of(store, name):
        before, after = _on(parameter, first), _on(parameter, second)
        for scope in [s for s in before if s in after and before[s] is not after[s]]:
            changes.append(Change(parameter, before[scope], after[scope]))
        changes += [Change(parameter, value, None) for scope, value in before.items() if scope not in after]
        changes += [Change(parameter, None, value) for scope, value in after.items() if scope not in before]
    return changes


def _on(parameter: Parameter, day: date) -> dict[str, LawValue]:
    held = [v for v in parameter.values if v.certainty != "expected" and v.holds(day)]
    return {v.scope.model_dump_json(): v for v in held}


def coming(store: LawStore, day: date, name: str | None = None) -> list[Coming]:
    """What begins, ends or is expected after a day, the nearest first."""
    found: list[Coming] = []
    for parameter in parameters_of(store, name):
        for value in parameter.values:
            held = Held(parameter, value)
            if value.certainty == "expected":
                found.append(Coming(value.first_day, "expected", held))
            elif value.first_day > day:
                found.append(Coming(value.first_day, "begins", held))
            elif value.effective_to is not None and value.effective_to >= day and not _followed(parameter, value):
                found.append(Coming(value.effective_to + timedelta(days=1), "ends", held))
    return sorted(found, key=lambda c: (c.day, c.held.parameter.id))


def _followed(parameter: Parameter, value: LawValue) -> bool:
    """Whether another value of the same scope begins the day after."""
    assert value.effective_to is not None
    next_day = value.effective_to + timedelta(days=1)
    return any(v.first_day == next_day and v.scope == value.scope for v in parameter.values)


def stale(store: LawStore, day: date) -> list[Stale]:
    """Topics that move often and whose evidence ends before a day, the oldest first."""
    rows = [_stale(topic, store.topic(topic).values(), day) for topic in store.topics()]
    return sorted((row for row in rows if row is not None), key=lambda s: (s.frontier, s.topic))


def _stale(topic: str, parameters: Iterable[Parameter], day: date) -> Stale | None:
    moving = [p for p in parameters if p.volatile]
    current = [v for p in moving for v in p.values if v.holds(day)]
    if not current:
        return None
    frontier = min(v.frontier for v in current)
    if frontier >= day:
        return None
    days = {v.first_day for p in moving for v in p.values} | {
        v.effective_to + timedelta(days=1) for p in moving for v in p.values if v.effective_to
    }
    return Stale(
        topic=topic,
        frontier=frontier,
        reviewed=min(v.reviewed for v in current),
        days=(day - frontier).days,
        doubtful=sum(v.certainty in ("contested", "unverified") for v in current),
        scheduled=tuple(sorted(d for d in days if frontier < d <= day)),
    )


def days_of_change(
    store: LawStore,
    jurisdiction: str,
    first: date,
    last: date,
    *,
    origin: str | None = None,
    measures_only: bool = False,
) -> list[Coming]:
    """Every beginning and end of a value in a span of days, in order: the days on which a calculation may change.

    Args:
        store: the law.
        jurisdiction: tw or us.
        first, last: the span, both days included.
        origin: country of origin; values that do not concern it are left out.
        measures_only: only rates of additional duties.
    """
    found: list[Coming] = []
    for topic in (t for t in store.topics() if t.startswith(f"{jurisdiction}.")):
        for parameter in store.topic(topic).values():
            if measures_only and parameter.measure is None:
                continue
            for value in parameter.values:
                scope = value.scope
                if origin and not scope.covers(origin, scope.modes[0] if scope.modes else None):
                    continue
                held = Held(parameter, value)
                if value.effective_from and first <= value.effective_from <= last:
                    event: Event = "expected" if value.certainty == "expected" else "begins"
                    found.append(Coming(value.effective_from, event, held))
                if value.effective_to and value.effective_to < date.max:
                    end = value.effective_to + timedelta(days=1)
                    if first <= end <= last and not _followed(parameter, value):
                        found.append(Coming(end, "ends", held))
    return sorted(found, key=lambda c: (c.day, c.held.parameter.id))
