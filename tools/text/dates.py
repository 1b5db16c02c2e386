"""Dates as people write them: ISO, slashes, 2025 年 3 月 1 日, 民國 114 年, March 1, 2025."""

from __future__ import annotations

import re
from datetime import date

from tools.errors import InputError

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ROC_OFFSET = 1911  # year one of the Republic of China calendar is 1912

#: full dates; named groups y, m, d (mon for an English month, roc for a Minguo year)
DATE = re.compile(
    rf"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)"
    rf"|(?P<y2>(?:19|20)\d\d) ?年 ?(?P<m2>\d{{1,2}}) ?月 ?(?P<d2>\d{{1,2}}) ?[日號]"
    rf"|(?:民國) ?(?P<roc>\d{{2,3}}) ?年 ?(?P<m3>\d{{1,2}}) ?月 ?(?P<d3>\d{{1,2}}) ?[日號]"
    rf"|\b(?P<mon4>{_MONTHS})\.? (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>(?:19|20)\d\d)\b"
    rf"|\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)? (?P<mon5>{_MONTHS})\.?,? (?P<y5>(?:19|20)\d\d)\b"
    r"|(?<![\d/.])(?P<m6>\d{1,2})/(?P<d6>\d{1,2})/(?P<y6>(?:19|20)\d\d)(?!\d)",  # as written in the United States
    re.IGNORECASE,
)
#: a month of a year
MONTH = re.compile(
    rf"(?P<y1>(?:19|20)\d\d) ?年 ?(?P<m1>\d{{1,2}}) ?月|民國 ?(?P<roc>\d{{2,3}}) ?年 ?(?P<m2>\d{{1,2}}) ?月"
    rf"|\b(?P<mon3>{_MONTHS})\.?,? (?:of )?(?P<y3>(?:19|20)\d\d)\b|(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)(?![-\d])",
    re.IGNORECASE,
)
#: a day without its year
DAY_OF_YEAR = re.compile(
    rf"(?<!\d)(?P<m1>\d{{1,2}}) ?月 ?(?P<d1>\d{{1,2}}) ?[日號]"
    rf"|\b(?P<mon2>{_MONTHS})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d)"
    rf"|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<mon3>{_MONTHS})\b"
    r"|(?:(?<=日)|(?<=日是)|(?<=[日期] )|(?<=\bon )|(?<=before )|(?<=after )|(?<=since )|(?<=until )|(?<=dated )|(?<=date )|(?<=entry )|(?<=entered )|(?<=arrived ))"
    r"(?P<m4>0?[1-9]|1[0-2])/(?P<d4>3[01]|[12]\d|0?[1-9])(?![\d/])",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?P<y1>(?:19|20)\d\d) ?年(?!度)|民國 ?(?P<roc>\d{2,3}) ?年(?!度)")


def us_fiscal_year(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year of the United States (31 USC 1102).

    >>> [str(day) for day in us_fiscal_year(2027)]
    ['2026-10-01', '2027-09-30']
    """
    return date(year - 1, 10, 1), date(year, 9, 30)


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {k.rstrip("0123456789"): v for k, v in match.groupdict().items() if v is not None}


def date_of(match: re.Match[str], year: int | None = None) -> date | None:
    """The day a match of DATE, MONTH or DAY_OF_YEAR names, or None when there is no such day."""
    parts = _groups(match)
    try:
        if "y" in parts:
            year = int(parts["y"])
        elif "roc" in parts:
            year = int(parts["roc"]) + ROC_OFFSET
        month = _MONTH_KEYS.index(parts["mon"].lower()[:3]) + 1 if "mon" in parts else int(parts["m"])
        return date(year or 0, month, int(parts["d"]) if "d" in parts else 1)
    except (ValueError, KeyError):
        return None


def parse_date(text: str, field: str) -> date:
    """A day given as an input. Two numbers and a year are refused: which of them is the month differs by country.

    Raises:
        InputError: naming `field`, when the text is no day of the calendar, or could be two.

    >>> parse_date("民國114年3月1日", "as_of").isoformat()
    '2025-03-01'
    """
    match = DATE.fullmatch(text.strip())
    day = date_of(match) if match and not match["m6"] else None
    if day is None:
        raise InputError(field, f"{text!r} is not a day of the calendar", "a date such as 2026-11-21")
    return day
