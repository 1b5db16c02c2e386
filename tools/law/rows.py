"""The law over time as JSON rows: what the command line prints with --json, and what the service answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from tools.errors import InputError
from tools.law.history import Held, coming, differences, stale, timeline
from tools.law.models import LawValue, Parameter
from tools.law.store import law
from tools.result import ParameterUsed


def topic_rows() -> list[dict[str, Any]]:
    """Every topic with its title and its parameters."""
    store = law()
    return [{"topic": t, "title": store.title(t).as_dict(), "parameters": list(store.topic(t))} for t in store.topics()]


def timeline_rows(topic: str) -> list[dict[str, Any]]:
    """Every value of a topic, by the day it begins."""
    return [_row(held) for held in timeline(law(), topic)]


def diff_rows(first: date, second: date, topic: str | None) -> list[dict[str, Any]]:
    """What differs between the law of two days.

    Raises:
        InputError: the days are one day.
    """
    if first == second:
        raise InputError("date", f"{first} is given twice", "two different days")
    return [
        {
            "id": c.parameter.id,
            "label": c.parameter.label.as_dict(),
            "before": _value(c.parameter, c.before),
            "after": _value(c.parameter, c.after),
        }
        for c in differences(law(), first, second, topic)
    ]


def coming_rows(day: date, topic: str | None) -> list[dict[str, Any]]:
    """What begins, ends or is expected after a day."""
    return [{"day": c.day.isoformat(), "event": c.event} | _row(c.held) for c in coming(law(), day, topic)]


def stale_rows(day: date) -> list[dict[str, Any]]:
    """Topics that move often and have not been checked up to a day."""
    return [
        {
            "topic": s.topic,
            "title": law().title(s.topic).as_dict(),
            "frontier": s.frontier.isoformat(),
            "reviewed": s.reviewed.isoformat(),
            "days": s.days,
            "doubtful_values": s.doubtful,
            "scheduled": [d.isoformat() for d in s.scheduled],
        }
        for s in stale(law(), day)
    ]


def _row(held: Held) -> dict[str, Any]:
    used = ParameterUsed.of(held.parameter.id, held.parameter.unit, held.value).model_dump(mode="json", by_alias=True)
    return used | {
        "label": held.parameter.label.as_dict(),
        "scope": held.value.scope.model_dump(mode="json", exclude_defaults=True),
        "headings": {origin: list(h) for origin, h in held.value.headings.items()},
        "note": held.value.note.as_dict() if held.value.note else None,
    }


def _value(parameter: Parameter, value: LawValue | None) -> dict[str, Any] | None:
    return None if value is None else _row(Held(parameter, value))
