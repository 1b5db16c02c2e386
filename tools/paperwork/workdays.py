"""Working days of federal offices: weekdays without the legal holidays of 5 USC 6103(a), by rule and for any year."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

_SATURDAY, _SUNDAY = 5, 6
_WEEK = 7


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("federal_holidays.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """Days of a year on which federal offices are closed, the first of next January included where it is kept in it."""
    days = {_kept(date(year, r["month"], r["day"])) for r in _rules()["fixed"] if year >= r.get("since", year)}
    days.add(_kept(date(year + 1, 1, 1)))
    days |= {_nth(year, r["month"], r["weekday"], r["nth"]) for r in _rules()["floating"]}
    return frozenset(day for day in days if day.year == year)


def _kept(day: date) -> date:
    """The day a fixed holiday is kept on."""
    if day.weekday() == _SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday of a month, or its last."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % _WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (nth - 1))


def is_workday(day: date) -> bool:
    """Whether federal offices work.

    >>> is_workday(date(2026, 10, 12)), is_workday(date(2026, 10, 13))
    (False, True)
    """
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def workdays_after(day: date, count: int) -> date:
    """The working day that is `count` working days after a day.

    >>> workdays_after(date(2026, 10, 5), 10)
    datetime.date(2026, 10, 20)
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
