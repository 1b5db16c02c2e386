"""Charts of results: from price to landed cost, duty over the days, bars by origin, the law over time.

Bars lie on their side, so that names stand upright and whole in either language; order is given, never alphabetical.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import altair as alt

_FONT = "Noto Sans CJK TC, PingFang TC, Microsoft JhengHei, sans-serif"
#: colours that keep their contrast on white and on black
_BETWEEN = "#7a8494"  # of rules between days; what is written has the ink of the look (page.css)
_KINDS = {"start": "#69768b", "add": "#c2571a", "end": "#0b6e99"}
_PALETTE = (
    "#0b6e99",
    "#c2571a",
    "#3f8f4f",
    "#8a5fbf",
    "#b0892b",
    "#c24a7a",
    "#5b7f95",
    "#69768b",
    "#2f9c95",
    "#a0522d",
)
_NUMBERS = 22  # numbers of acts that stand beside each other over a chart on a phone
_ROOM = 6 / 5  # of the longest bar: the amount stands behind it
_ROW, _AXIS, _LEGEND = 34, 60, 24  # pixels of a bar with its gap, of an axis with its title, of a row of the legend


@dataclass(frozen=True, slots=True)
class Step:
    """A step from price to landed cost. `kind` is start, add or end."""

    name: str
    amount: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: of what, for whom, how much."""

    name: str
    part: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A total on a day; low and high where it is open."""

    day: date
    name: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Span:
    """A value of the law with its interval, for the timeline."""

    name: str
    start: date
    end: date
    value: str
    basis: str
    certainty: str
    ref: str


def waterfall(steps: Sequence[Step], unit: str) -> Any:
    """From the first step to the last, each addition where the one before ended."""
    level = Decimal(0)
    rows: list[dict[str, Any]] = []
    for step in steps:
        begin = level if step.kind == "add" else Decimal(0)
        level = begin + step.amount
        rows.append(
            {"name": step.name, "from": float(begin), "to": float(level), "kind": step.kind, "said": f"{step.amount:,}"}
        )
    room = max(row["to"] for row in rows) * _ROOM
    frame = alt.InlineData(rows)
    base = alt.Chart(frame, height=_ROW * len(rows) + _AXIS).encode(y=_names([s.name for s in steps]))
    bars = base.mark_bar(size=20).encode(
        x=alt.X("from:Q", title=unit, axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(domain=[0, room])), x2="to:Q",
        color=alt.Color("kind:N", scale=alt.Scale(domain=list(_KINDS), range=list(_KINDS.values())), legend=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title=unit)],
    )  # fmt: skip
    said = base.mark_text(align="left", dx=5, fontSize=12).encode(x="to:Q", text="said:N")
    return _dressed(bars + said)


def by_origin(bars: Sequence[Bar], unit: str, names: Sequence[str]) -> Any:
    """Bars in the order given, stacked by what they are made of."""
    parts = list(dict.fromkeys(b.part for b in bars))
    frame = alt.InlineData(
        [{"name": b.name, "part": b.part, "amount": float(b.amount), "said": f"{b.amount:,}"} for b in bars]
    )
    chart = (
        alt.Chart(frame, height=_ROW * len(names) + _AXIS + _LEGEND * len(parts))
        .mark_bar(size=20)
        .encode(
            y=_names(names),
            x=alt.X("sum(amount):Q", title=unit, axis=alt.Axis(format=",.0f", tickCount=5)),
            color=_colour("part", parts),
            order=alt.Order("at:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("part:N", title="·"),
                alt.Tooltip("said:N", title=unit),
            ],
        )
        .transform_calculate(at=f"indexof({parts!r}, datum.part)")
    )
    return _dressed(chart)


def over_time(points: Sequence[Point], acts: Sequence[tuple[date, str]], unit: str) -> Any:
    """Totals as steps from day to day, a band where they are open, and a numbered rule where an act begins or ends."""
    names = list(dict.fromkeys(p.name for p in points))
    frame = alt.InlineData(
        [{"day": _at(p.day), "name": p.name, "low": _float(p.low), "high": _float(p.high)} for p in points]
    )
    when = alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6, labelAngle=0))
    base = alt.Chart(frame, height=10 * _ROW).encode(x=when)
    colour = _colour("name", names)
    moved = alt.Chart(alt.InlineData(_moved(frame.values))).encode(x=when)
    layers = [
        base.mark_area(interpolate="step-after", opacity=1 / 3).encode(y="low:Q", y2="high:Q", color=colour),
        base.mark_line(interpolate="step-after", strokeWidth=3).encode(
            y=alt.Y("low:Q", title=unit, axis=alt.Axis(format=",.0f")), color=colour
        ),
        moved.mark_point(size=45, filled=True).encode(
            y="low:Q", color=colour,
            tooltip=[alt.Tooltip("day:T", title=" ", format="%Y-%m-%d"), alt.Tooltip("name:N", title="·"),
                     alt.Tooltip("low:Q", title="≥", format=",.2f"), alt.Tooltip("high:Q", title="≤", format=",.2f")],
        ),
    ]  # fmt: skip
    tip = [alt.Tooltip("day:T", title=" ", format="%Y-%m-%d"), alt.Tooltip("act:N", title="·")]
    for at, some in enumerate(_apart(acts, points)):
        ruled = alt.Chart(alt.InlineData([{"day": _at(d), "mark": str(n), "act": t} for n, d, t in some]))
        layers.append(ruled.mark_rule(strokeDash=[3, 3], color=_BETWEEN).encode(x="day:T", tooltip=tip))
        layers.append(ruled.mark_text(y=0, dy=-7 - 13 * at, fontSize=12).encode(x="day:T", text="mark:N", tooltip=tip))
    return _dressed(alt.layer(*layers))


def _moved(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows at which the amount is another than on the day before: a point at each."""
    return [
        row for before, row in zip([None, *rows], rows, strict=False)
        if before is None or any(row[k] != before[k] for k in ("name", "low", "high"))
    ]  # fmt: skip


def _apart(acts: Sequence[tuple[date, str]], points: Sequence[Point]) -> list[list[tuple[int, date, str]]]:
    """Acts with their numbers, in as many rows as keep numbers of days close to each other apart."""
    if not acts:
        return []
    days = [p.day for p in points] + [d for d, _ in acts]
    close = (max(days) - min(days)) / _NUMBERS
    rows: list[list[tuple[int, date, str]]] = []
    for number, (day, text) in enumerate(acts, start=1):
        row = next((r for r in rows if day - r[-1][1] >= close), None)
        if row is None:
            row = []
            rows.append(row)
        row.append((number, day, text))
    return rows


def timeline(spans: Sequence[Span], certainties: Sequence[tuple[str, str]], today: date) -> Any:
    """Intervals of the law, row by row; drag to move, scroll to zoom, click to choose."""
    names = list(dict.fromkeys(s.name for s in spans))
    frame = alt.InlineData(
        [
            {"name": s.name, "start": _at(s.start), "end": _at(s.end), "value": s.value, "basis": s.basis,
             "certainty": s.certainty, "ref": s.ref}
            for s in spans
        ]
    )  # fmt: skip
    chosen = alt.selection_point(name="chosen", fields=["ref"], on="click")
    zoom = alt.selection_interval(name="zoom", bind="scales", encodings=["x"])
    shown = [name for _, name in certainties]
    bars = (
        alt.Chart(frame, height=_ROW * len(names) + _AXIS + _LEGEND * len(certainties))
        .mark_bar(size=16, cornerRadius=3, x2Offset=-1)
        .encode(
            y=_names(names, limit=190),
            x=alt.X("start:T", title=None, axis=alt.Axis(orient="top", format="%Y", tickCount=6, labelAngle=0)),
            x2="end:T",
            color=alt.Color(
                "certainty:N", scale=alt.Scale(domain=shown, range=list(_PALETTE[: len(shown)])),
                legend=alt.Legend(orient="bottom", title=None, columns=1, labelLimit=300, offset=6),
            ),
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.55)),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("value:N", title="="), alt.Tooltip("start:T", title="≥", format="%Y-%m-%d"),
                     alt.Tooltip("basis:N", title="§")],
        )
        .add_params(chosen, zoom)
    )  # fmt: skip
    now = alt.Chart(alt.InlineData([{"day": _at(today)}])).mark_rule(color="#c2571a", strokeDash=[4, 3])
    return _dressed(bars + now.encode(x="day:T"))


def trend(rows: Sequence[dict[str, Any]], title: str) -> Any:
    """Shares passed, run after run, a line a suite."""
    suites = list(dict.fromkeys(r["suite"] for r in rows))
    chart = (
        alt.Chart(alt.InlineData(rows), height=9 * _ROW + _LEGEND * len(suites))
        .mark_line(point=True)
        .encode(
            x=alt.X("run:Q", title=title, axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("share:Q", title="%", scale=alt.Scale(zero=False)),
            color=_colour("suite", suites),
            tooltip=["suite:N", "on:N", "revision:N", "passed:Q", "cases:Q"],
        )
    )
    return _dressed(chart)


def _names(names: Sequence[str], limit: int = 150) -> Any:
    return alt.Y("name:N", title=None, sort=list(names), axis=alt.Axis(labelLimit=limit, labelFontSize=12))


def _colour(field: str, names: Sequence[str]) -> Any:
    colours = [_PALETTE[at % len(_PALETTE)] for at in range(len(names))]
    legend = alt.Legend(orient="bottom", title=None, columns=1, labelLimit=300, offset=6) if len(names) > 1 else None
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=list(names), range=colours), legend=legend)


def _dressed(chart: Any) -> Any:
    return chart.configure(font=_FONT)


def _at(day: date) -> str:
    """A day at its beginning, wherever the reader is: a bare date would be read in another time zone."""
    return f"{day.isoformat()}T00:00:00"


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
