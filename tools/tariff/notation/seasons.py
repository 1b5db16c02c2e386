"""Parts of the year as rates name them: "from March 1 to July 31, inclusive", "3月至9月"."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: days a month may have, in a leap year
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ENGLISH = re.compile(
    rf"({'|'.join(MONTHS)})[a-z]*\.?([0-9]{{1,2}})?(?:to|through|-)({'|'.join(MONTHS)})[a-z]*?\.?([0-9]{{1,2}})?"
    r"(?![a-z]*[0-9])"
)
_CHINESE = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?起?(?:至|到|-)([0-9]{1,2})月(?:([0-9]{1,2})日)?")
Day = tuple[int, int]


def read_season(text: str) -> tuple[Day, Day] | None:
    """First and last day of a season, or None where it names no days of the calendar.

    >>> read_season("(iffromMarch1toJuly31,inclusive)"), read_season("(3月至9月)")
    (((3, 1), (7, 31)), ((3, 1), (9, 30)))
    """
    if match := _CHINESE.search(text):
        first, last = int(match[1]), int(match[3])
    elif match := _ENGLISH.search(text.lower()):
        first, last = MONTHS.index(match[1]) + 1, MONTHS.index(match[3]) + 1
    else:
        return None
    if not (1 <= first <= len(MONTHS) and 1 <= last <= len(MONTHS)):
        return None
    days = int(match[2] or 1), int(match[4] or _DAYS[last - 1])
    if not (1 <= days[0] <= _DAYS[first - 1] and 1 <= days[1] <= _DAYS[last - 1]):
        return None
    return (first, days[0]), (last, days[1])


def within(day: Day, first: Day, last: Day) -> bool:
    """Whether a day of the year lies in a season; one that ends before it begins runs over the new year."""
    return first <= day <= last if first <= last else day >= first or day <= last
