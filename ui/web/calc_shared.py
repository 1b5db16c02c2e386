"""What the calculators of both sides share: from fields to a result under tabs, the days chosen, acts under their chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st
from pydantic import BaseModel

from tools.errors import CustomsError
from tools.inputs import read_input
from tools.law.history import Coming
from tools.result import Result
from ui.web import charts
from ui.web.fields import extras_of, given_extras, placed
from ui.web.given import problem
from ui.web.goods_lines import ask_missing
from ui.web.result_view import result_view
from ui.web.words import Words, escaped

_Input = TypeVar("_Input", bound=BaseModel)
_Found = TypeVar("_Found")
Given = dict[str, Any]
#: the input so far, the numbers of its lines, and the day; nothing of the input while no amount is there
Fields = tuple[Given, list[int], date]
_OPEN = 6  # acts shown without being asked for


@dataclass(frozen=True, slots=True)
class Side:
    """The calculator of one side.

    Args:
        where: tw or us.
        tool: under which further facts are kept.
        begin: key of the text shown before there is anything to compute.
        lines: what the input calls its goods.
        whole: model of the input.
        line: model of one of its goods.
        models: where a place for a missing fact is looked for.
        quoted: computes it.
    """

    where: str
    tool: str
    begin: str
    lines: str
    whole: type[BaseModel]
    line: type[BaseModel]
    models: tuple[type[BaseModel], ...]
    quoted: Callable[[Given, date], Result]

    def told(self, number: int = 1) -> tuple[Given, Given]:
        """Further facts given so far: of the whole, and of the line of this number."""
        return placed(given_extras(extras_of(self.tool, number)), self.whole, self.line)


def calculate(
    side: Side,
    fields: Callable[[Words], Fields],
    others: Callable[[Given, date, Words], None],
    days: Callable[[Given, date, Words], None],
    words: Words,
) -> None:
    """Fields, the result, and what would be if."""
    raw, numbers, day = fields(words)
    extras = st.container()
    result: Result | None = None
    failed = False
    try:
        if raw:
            result = side.quoted(raw, day)
    except CustomsError as error:
        failed = True
        st.error(problem(error, words))

    def alone(at: int) -> Result:
        """One line of goods by itself."""
        return side.quoted(raw | {side.lines: [raw[side.lines][at]]}, day)

    with extras:
        ask_missing(result, numbers, alone, side.tool, side.models, words)
    if result is None:
        if not failed:
            st.info(words(side.begin))
        return
    shown, compared, dated = st.tabs([words("calc.result"), words("calc.compare"), words("calc.dates")])
    with shown:
        result_view(result, words, side.where)
    with compared:
        others(raw, day, words)
    with dated:
        days(raw, day, words)


def filled(raw: Given) -> Given:
    """What was given; empty fields are left out."""
    return {name: value for name, value in raw.items() if value not in ("", None)}


def period(words: Words, key: str, first: date, last: date) -> tuple[date, date]:
    """The days between which the law is followed."""
    left, right = st.columns(2)
    begin = left.date_input(words("calc.from"), value=first, key=f"{key}_from", bind="query-params")
    end = right.date_input(words("calc.to"), value=last, key=f"{key}_to", bind="query-params")
    return min(begin, end), max(begin, end)


def varied(
    model: type[_Input], raw: Given, compare: Callable[[_Input, date], _Found], day: date, words: Words
) -> _Found | None:
    """A comparison; None where it cannot be made, which is then said."""
    try:
        return compare(read_input(model, raw), day)
    except CustomsError as error:
        st.error(problem(error, words))
        return None


def acts_view(points: list[charts.Point], moved: Iterable[Coming], unit: str, words: Words) -> None:
    """The chart over the days, and below it what its numbers stand for; one number a day."""
    by_day: dict[date, list[str]] = {}
    for c in moved:
        by_day.setdefault(c.day, []).append(words.labelled(f"timeline.{c.event}", c.held.parameter.label[words.lang]))
    told = [(on, "；".join(dict.fromkeys(texts))) for on, texts in sorted(by_day.items())]
    st.altair_chart(charts.over_time(points, told, unit), alt=words("chart.dates"))
    if told:
        with st.expander(words("calc.acts", count=str(len(told))), expanded=len(told) <= _OPEN):
            for number, (on, text) in enumerate(told, start=1):
                st.markdown(f"**{number}** {on}{words.colon}{escaped(text)}")
