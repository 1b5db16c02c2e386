"""Parts of the year as rates name them: "from March 1 to July 31, inclusive", "3月至9月"."""

from __future__ import annotations

import re

Day = tuple[int, int]
_NAMES = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
          "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")  # fmt: skip
#: days a month may have, in a leap year
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = rf"(?:{'|'.join(_NAMES)})\.?(?:[0-9]{{1,2}})?"
_PERIOD = (
    rf"(?:if)?(?:entered)?(?:duringtheperiod)?(?:from)?{_DAY}(?:to|through|-){_DAY}(?:,?inclusive)?(?:,?inanyyear)?"
)
_PERIOD_ZH = "[0-9]{1,2}月(?:[0-9]{1,2}日)?起?(?:至|到|-)[0-9]{1,2}月(?:[0-9]{1,2}日|底|末日)?止?"
#: a season behind its rate, blanks taken out
SEASON = rf"(?i:{_PERIOD}|\({_PERIOD}\))|\({_PERIOD_ZH}\)"
_ENGLISH = re.compile(rf"({'|'.join(_NAMES)})\.?([0-9]{{1,2}})?(?:to|through|-)({'|'.join(_NAMES)})\.?([0-9]{{1,2}})?")
_CHINESE = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?起?(?:至|到|-)([0-9]{1,2})月(?:([0-9]{1,2})日)?")


def read_season(text: str) -> tuple[Day, Day] | None:
    """First and last day of a season, or None where it names no days of the calendar.

    >>> read_season("(iffromMarch1toJuly31,inclusive)"), read_season("(3月至9月)")
    (((3, 1), (7, 31)), ((3, 1), (9, 30)))
    """
    if match := _CHINESE.search(text):
        first, last = int(match[1]), int(match[3])
    elif match := _ENGLISH.search(text.lower()):
        first, last = _month(match[1]), _month(match[3])
    else:
        return None
    if not (1 <= first <= len(_DAYS) and 1 <= last <= len(_DAYS)):
        return None
    days = int(match[2] or 1), int(match[4] or _DAYS[last - 1])
    if not (1 <= days[0] <= _DAYS[first - 1] and 1 <= days[1] <= _DAYS[last - 1]):
        return None
    return (first, days[0]), (last, days[1])


def within(day: Day, first: Day, last: Day) -> bool:
    """Whether a day of the year lies in a season; one that ends before it begins runs over the new year."""
    return first <= day <= last if first <= last else day >= first or day <= last


def overlap(one: tuple[Day, Day], other: tuple[Day, Day]) -> bool:
    """Whether two seasons share a day."""
    return within(one[0], *other) or within(other[0], *one)


def _month(name: str) -> int:
    return next(n for n, pattern in enumerate(_NAMES, start=1) if re.fullmatch(pattern, name))
