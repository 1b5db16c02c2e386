"""`law timeline`, `law diff`, `law next`, `law stale`: the law held, over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import InputError
from tools.law.history import Held, coming, differences, stale
from tools.law.history import timeline as of_topic
from tools.law.models import LawValue, Parameter
from tools.law.store import law
from tools.registry import clock_of
from tools.result import ParameterUsed
from tools.text.format import figure

if TYPE_CHECKING:
    from advisor.settings import Settings


def timeline(topic: str, *, as_json: bool) -> None:
    """Every value of a topic, by the day it begins."""
    rows = of_topic(law(), topic)
    if as_json:
        _emit([_row(held) for held in rows])
        return
    for held in rows:
        print(f"{_span(held.value)}  {_named(held.parameter, held.value)} = {_shown(held)}  ({_source(held.value)})")


def diff(first: date, second: date, topic: str | None, *, as_json: bool) -> None:
    """What differs between the law of two days.

    Raises:
        InputError: the days are one day.
    """
    if first == second:
        raise InputError("date", f"{first} is given twice", "two different days")
    changes = differences(law(), first, second, topic)
    if as_json:
        _emit(
            [
                {
                    "id": c.parameter.id,
                    "label": c.parameter.label.as_dict(),
                    "before": _value(c.parameter, c.before),
                    "after": _value(c.parameter, c.after),
                }
                for c in changes
            ]
        )
        return
    for c in changes:
        value = c.after or c.before
        assert value is not None
        before = _shown(Held(c.parameter, c.before)) if c.before else "—"
        after = _shown(Held(c.parameter, c.after)) if c.after else "—"
        print(f"{_named(c.parameter, value)}: {before} → {after}  ({_source(value)})")


def upcoming(settings: Settings, topic: str | None, on: date | None, *, as_json: bool) -> None:
    """What begins, ends or is expected after today."""
    day = on or settings.today(clock_of(topic or "us"))
    rows = coming(law(), day, topic)
    if as_json:
        _emit([{"day": c.day.isoformat(), "event": c.event} | _row(c.held) for c in rows])
        return
    for c in rows:
        print(
            f"{c.day}  {c.event}  {_named(c.held.parameter, c.held.value)} = {_shown(c.held)}  ({_source(c.held.value)})"
        )


def not_checked(settings: Settings, on: date | None, *, as_json: bool) -> None:
    """Topics that move often and have not been checked up to today."""
    rows = stale(law(), on or settings.today("us"))
    if as_json:
        _emit(
            [
                {
                    "topic": s.topic,
                    "title": law().title(s.topic).as_dict(),
                    "frontier": s.frontier.isoformat(),
                    "reviewed": s.reviewed.isoformat(),
                    "days": s.days,
                    "doubtful_values": s.doubtful,
                    "scheduled": [d.isoformat() for d in s.scheduled],
                }
                for s in rows
            ]
        )
        return
    for s in rows:
        dates = f"; scheduled since: {', '.join(map(str, s.scheduled))}" if s.scheduled else ""
        title = law().title(s.topic)
        print(f"{s.topic} {title.zh_TW} {title.en}: checked to {s.frontier}, {s.days} days ago{dates}")


def _emit(payload: Any) -> None:
    from ui.cli.common import emit

    emit(payload)


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


def _span(value: LawValue) -> str:
    return f"{value.effective_from or f'≤{value.first_day}'} – {value.effective_to or ''}"


def _named(parameter: Parameter, value: LawValue) -> str:
    origins = ",".join(value.scope.origins)
    scope = f" [{origins if len(origins) < 60 else f'{origins[:57]}…'}]" if origins else ""
    return f"{parameter.id} {parameter.label.zh_TW} {parameter.label.en}{scope}"


def _shown(held: Held) -> str:
    return figure(held.value.value, held.parameter.unit, "en")


def _source(value: LawValue) -> str:
    return f"{value.certainty}; {value.source.citation.en}"
