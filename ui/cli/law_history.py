"""`law timeline`, `law diff`, `law next`, `law stale`: the law held, over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tools.errors import InputError
from tools.law.history import Held, coming, differences, stale
from tools.law.history import timeline as of_topic
from tools.law.models import LawValue, Parameter
from tools.law.rows import coming_rows, diff_rows, stale_rows, timeline_rows
from tools.law.store import law
from tools.registry import clock_of
from tools.text.format import figure

if TYPE_CHECKING:
    from advisor.settings import Settings


def timeline(topic: str, *, as_json: bool) -> None:
    """Every value of a topic, by the day it begins."""
    if as_json:
        _emit(timeline_rows(topic))
        return
    for held in of_topic(law(), topic):
        print(f"{_span(held.value)}  {_named(held.parameter, held.value)} = {_shown(held)}  ({_source(held.value)})")


def diff(first: date, second: date, topic: str | None, *, as_json: bool) -> None:
    """What differs between the law of two days.

    Raises:
        InputError: the days are one day.
    """
    if first == second:
        raise InputError("date", f"{first} is given twice", "two different days")
    if as_json:
        _emit(diff_rows(first, second, topic))
        return
    for c in differences(law(), first, second, topic):
        value = c.after or c.before
        assert value is not None
        before = _shown(Held(c.parameter, c.before)) if c.before else "—"
        after = _shown(Held(c.parameter, c.after)) if c.after else "—"
        print(f"{_named(c.parameter, value)}: {before} → {after}  ({_source(value)})")


def upcoming(settings: Settings, topic: str | None, on: date | None, *, as_json: bool) -> None:
    """What begins, ends or is expected after today."""
    day = on or settings.today(clock_of(topic or "us"))
    if as_json:
        _emit(coming_rows(day, topic))
        return
    for c in coming(law(), day, topic):
        print(
            f"{c.day}  {c.event}  {_named(c.held.parameter, c.held.value)} = {_shown(c.held)}  ({_source(c.held.value)})"
        )


def not_checked(settings: Settings, on: date | None, *, as_json: bool) -> None:
    """Topics that move often and have not been checked up to today."""
    day = on or settings.today("us")
    if as_json:
        _emit(stale_rows(day))
        return
    for s in stale(law(), day):
        dates = f"; scheduled since: {', '.join(map(str, s.scheduled))}" if s.scheduled else ""
        title = law().title(s.topic)
        print(f"{s.topic} {title.zh_TW} {title.en}: checked to {s.frontier}, {s.days} days ago{dates}")


def _emit(payload: Any) -> None:
    from ui.cli.common import emit

    emit(payload)


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
