"""Dated acts of a topic as data: values of the law by their intervals, and the intervals of briefs."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from corpus.briefs_reader import Brief, shipped_briefs
from tools.errors import NotFound
from tools.law.models import Certainty, Frozen, Localized, Parameter
from tools.law.store import law
from tools.text.format import figure


class Event(Frozen):
    """Something that began or ended on a day."""

    day: date
    kind: Literal["begins", "ends", "evidenced", "expected"]
    origin: Literal["law", "brief"]
    id: str = Field(description="parameter of the law, or brief")
    label: Localized
    value: str | None = Field(None, description="the value that begins or ends, written for people in English")
    citation: str
    url: str | None
    certainty: Certainty


def events_of(topic: str) -> list[Event]:
    """Every dated act of a topic, in order of days.

    Args:
        topic: a topic of the law such as `us.mpf`, or a topic of briefs such as `express`.

    Raises:
        NotFound: neither law nor briefs have it; topics held are named.
    """
    events: list[Event] = []
    known = law().topics()
    if topic in known:
        for parameter in law().topic(topic).values():
            events.extend(_of_parameter(parameter))
    name = topic.rpartition(".")[2]
    for brief in shipped_briefs():
        if name in brief.front.topics:
            events.extend(_of_brief(brief))
    if not events and topic not in known:
        raise NotFound("topic", topic, sorted({*known, *(t for b in shipped_briefs() for t in b.front.topics)})[:12])
    return sorted(events, key=lambda e: (e.day, e.id, e.kind))


def _of_parameter(parameter: Parameter) -> list[Event]:
    events: list[Event] = []
    for value in parameter.values:
        shown = figure(value.value, parameter.unit, "en")

        def event(day: date, kind: Literal["begins", "ends", "evidenced", "expected"]) -> Event:
            return Event(
                day=day, kind=kind, origin="law", id=parameter.id, label=parameter.label, value=shown,  # noqa: B023
                citation=value.source.citation.en, url=value.source.url, certainty=value.certainty,  # noqa: B023
            )  # fmt: skip

        starts: Literal["begins", "evidenced"] = "begins" if value.effective_from else "evidenced"
        events.append(event(value.first_day, "expected" if value.certainty == "expected" else starts))
        if value.effective_to:
            events.append(event(value.effective_to, "ends"))
    return events


def _of_brief(brief: Brief) -> list[Event]:
    front = brief.front
    days: tuple[tuple[date | None, Literal["begins", "ends"]], ...] = (
        (front.effective_from, "begins"), (front.effective_to, "ends"),
    )  # fmt: skip
    return [
        Event(
            day=day, kind=kind, origin="brief", id=front.id, label=front.title, value=None, citation=front.sources[0].citation,
            url=front.sources[0].url, certainty=front.certainty,
        )
        for day, kind in days
        if day is not None
    ]  # fmt: skip
