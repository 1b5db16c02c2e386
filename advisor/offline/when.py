"""Days of a message: full dates, months, days without a year, and times told from today."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tools.text.dates import us_fiscal_year
from tools.text.numerals import read_numeral
from tools.text.quantities import Quantity

_YEARS = {"去年": -1, "前年": -2, "今年": 0, "大前年": -3}
_AHEAD = {"明年": 1, "後年": 2}
_MONTHS = {"上個月": -1, "上月": -1}
_DAYS = {"昨天": -1, "前天": -2, "昨日": -1}
_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(f"{n[:3]}(?:{n[3:]})?" if n != "may" else "may" for n in _NAMES) + r"|sept)\b\.?"
_CHINESE_MONTH = r"(?P<number>十[一二]?|[一二三四五六七八九]|\d{1,2}) ?月(?:份)?"


def absolute(text: str, as_of: date) -> str:
    """A text with the times told from today as days of the calendar.

    >>> absolute("如果是去年五月呢", date(2026, 11, 27))
    '如果是2025年5月呢'
    """
    for pattern, said in _RULES:
        text = pattern.sub(lambda m, say=said: say(m, as_of), text)  # type: ignore[misc]
    return text


def _number(match: re.Match[str]) -> int:
    found = read_numeral(match["number"])
    return int(found) if found is not None else 0


def _year_month(match: re.Match[str], as_of: date) -> str:
    month = _number(match)
    return f"{as_of.year + _YEARS[match['year']]}年{month}月" if 1 <= month <= 12 else match[0]


def _month_ahead(match: re.Match[str], as_of: date) -> str:
    """A month of a year to come; that it lies ahead stays said."""
    month = _number(match)
    year = as_of.year + _AHEAD[match["year"]]
    return f"{match['year']}{year}年{month}月" if 1 <= month <= 12 else match[0]


def _english_month_ahead(match: re.Match[str], as_of: date) -> str:
    number = next(i for i, n in enumerate(_NAMES, start=1) if n.startswith(match["month"].lower()[:3]))
    year = as_of.year + (number <= as_of.month)
    return f"{match['which']} {_NAMES[number - 1].title()} {year}"


def _year(match: re.Match[str], as_of: date) -> str:
    return f"{as_of.year + _YEARS[match['year']]}年"


def _months_from(match: re.Match[str], as_of: date) -> str:
    day = as_of + relativedelta(months=_MONTHS[match["word"]])
    return f"{day.year}年{day.month}月"


def _days_from(match: re.Match[str], as_of: date) -> str:
    day = as_of + timedelta(days=_DAYS[match["word"]])
    return f"{day.year}年{day.month}月{day.day}日"


def _english_month(match: re.Match[str], as_of: date) -> str:
    """The nearest such month behind; `last` is never the month we are in. What lies ahead stays as it was said."""
    number = next(i for i, n in enumerate(_NAMES, start=1) if n.startswith(match["month"].lower()[:3]))
    which = (match.groupdict().get("which") or "in").lower()
    year = as_of.year
    if number > as_of.month or (which == "last" and number == as_of.month):
        year -= 1
    lead = "" if which in ("last", "this") else f"{match['which']} "
    return f"{lead}{_NAMES[number - 1].title()} {year}"


def _english_year(_: re.Match[str], as_of: date) -> str:
    return f"in {as_of.year - 1}"


def _english_months_from(_: re.Match[str], as_of: date) -> str:
    day = as_of + relativedelta(months=-1)
    return f"{_NAMES[day.month - 1].title()} {day.year}"


def _this_fiscal_year(match: re.Match[str], as_of: date) -> str:
    """The fiscal year of the United States that holds today, or the one before."""
    year = next(y for y in (as_of.year, as_of.year + 1) if us_fiscal_year(y)[0] <= as_of <= us_fiscal_year(y)[1])
    return f"FY{year - ((match['which'] or match['zh']).lower() in ('last', 'previous', '上'))}"


def _yesterday(_: re.Match[str], as_of: date) -> str:
    return (as_of - timedelta(days=1)).isoformat()


def _second_day(match: re.Match[str], _: date) -> str:
    """2月23日跟24日 as 2月23日跟2月24日."""
    month = match["month"].strip() + (" " if match["month"][0].isalpha() else "")
    return f"{month}{match['one']}{match['and']}{month}{match['two']}"


def _slashed(match: re.Match[str], _: date) -> str:
    """7/24 才進口 as 7月24日才進口."""
    return f"{match['month']}月{match['day']}日"


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str]], ...] = (
    (re.compile(r"\b(?:the )?(?P<which>this|current|last|previous) fiscal year\b|(?P<zh>本|上)(?:個)?(?:會計|財政)年度", re.IGNORECASE), _this_fiscal_year),
    (re.compile(r"(?<![\d/.,])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.,])(?= ?[才就再]?(?:進口|報關|到港|到貨|入境|入關|進關|裝船|裝運))"), _slashed),
    (re.compile(r"(?P<month>\d{1,2} ?月 ?)(?P<one>\d{1,2} ?[日號])(?P<and> ?(?:跟|和|與|及|、|還是|或|比) ?)(?P<two>\d{1,2} ?[日號])"), _second_day),
    (re.compile(rf"\b{_MONTH} (?P<one>\d{{1,2}}(?:st|nd|rd|th)?)(?P<and> (?:and|or|vs\.?|versus|against) )(?P<two>\d{{1,2}}(?:st|nd|rd|th)?(?=[,?.]|$| 20\d\d))", re.IGNORECASE), _second_day),
    (re.compile(rf"(?P<year>大前年|去年|前年|今年)(?:的)? ?{_CHINESE_MONTH}"), _year_month),
    (re.compile(rf"(?P<year>明年|(?<![前以之])後年)(?:的)? ?{_CHINESE_MONTH}"), _month_ahead),
    (re.compile(rf"\b(?P<which>next|until|till|coming) {_MONTH}(?! ?\d)", re.IGNORECASE), _english_month_ahead),
    (re.compile(r"(?P<year>大前年|去年|(?<!以)前年)(?!度)"), _year),
    (re.compile(rf"(?P<word>{'|'.join(_MONTHS)})"), _months_from),
    (re.compile(r"(?P<word>昨天|前天|昨日)"), _days_from),
    (re.compile(rf"\b(?P<which>last|this|in|during|since|by) {_MONTH}(?! ?\d)", re.IGNORECASE), _english_month),
    (re.compile(r"\b(?P<which>last) month\b", re.IGNORECASE), _english_months_from),
    (re.compile(r"\b(?:in )?(?P<which>last) year\b(?!'s)", re.IGNORECASE), _english_year),
    (re.compile(r"\byesterday\b", re.IGNORECASE), _yesterday),
)  # fmt: skip

_BEFORE_THAT = re.compile(r"^\s*(?:之前|以前|前)(?!後)")
_BEFORE_WORD = re.compile(r"\b(?:before|prior to)\s*$", re.IGNORECASE)


_ENTRY_AFTER = re.compile(r"^\s*(?:這天|當天|那天|才|的?時候)?\s*(?:進口|報關|通關|到港|入關|入境|\(?(?:entry|entered|imported|arriv))", re.IGNORECASE)  # fmt: skip
_ENTRY_BEFORE = re.compile(r"(?:進口日|報關日|進口日期)(?:是|為|在)?\s*$|\b(?:entered|entry|imported|import|cleared|arriv\w+)(?: it)?(?: only)?(?: on| in| of| date| is)*\s*$", re.IGNORECASE)  # fmt: skip


def entry_days(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The days that are said to be those of import: bought in December, imported on January 5."""
    dated = [q for q in quantities if q.kind in ("date", "month") and q.day is not None]
    said = [q for q in dated if _ENTRY_AFTER.match(text[q.end :]) or _ENTRY_BEFORE.search(text[: q.start])]
    return tuple(said)


#: of the year after the one spoken of
_YEAR_ON = re.compile(r"隔年|次年|翌年|後一年|\b(?:the|a) (?:following|next) (?:year|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b|\b(?:a|one) year (?:later|on)\b", re.IGNORECASE)  # fmt: skip
_BESIDE = 24  # characters it may stand away from the day
_WEEKS_AHEAD = timedelta(weeks=5)  # a parcel on its way


#: a day that is not to be thought of
_LEFT_ASIDE = re.compile(r"\b(?:ignor\w+|not counting|leaving aside|apart from|except for)\b[^.,;?]{0,40}$|(?:不算|撇開|忽略|先不管)[^，。；？,;?]{0,16}$", re.IGNORECASE)  # fmt: skip


def days_of(text: str, quantities: Sequence[Quantity], as_of: date, near: date | None = None) -> tuple[date, ...]:
    """Days named, in order: full dates; days behind, of the weeks just ahead, or of a year named before; months.

    Before a day means the day before it: the law of before August 29 is that of the 28th.

    Args:
        text: a folded message.
        quantities: its quantities.
        as_of: the day "today" means.
        near: the day spoken of last, whose year a day without one has.
    """
    spoken = near or as_of
    quantities = [q for q in quantities if not _LEFT_ASIDE.search(text[: q.start])]
    found: list[date] = []
    for quantity in quantities:
        if quantity.kind != "date" or quantity.day is None:
            continue
        day = quantity.day
        if day.year == 4:
            named = re.search(r"(20\d\d) ?年", text[max(0, quantity.start - 8) : quantity.start])
            later = _YEAR_ON.search(text[max(0, quantity.start - _BESIDE) : quantity.end + _BESIDE]) is not None
            year = int(named[1]) if named else (found[-1].year if found else spoken.year) + later
            try:
                day = day.replace(year=year)
            except ValueError:
                continue
            if not (named or found or later) and day - as_of > _WEEKS_AHEAD:
                day = day.replace(year=year - 1)
        if _BEFORE_THAT.match(text[quantity.end :]) or _BEFORE_WORD.search(text[: quantity.start]):
            day -= timedelta(days=1)
        found.append(day)
    if not found:  # before 2018 is the last day of 2017
        years = [q for q in quantities if q.kind == "year" and q.value is not None]
        found = [
            date(int(q.value or 0) - 1, 12, 31)
            for q in years
            if _BEFORE_THAT.match(text[q.end :]) or _BEFORE_WORD.search(text[: q.start])
        ]
    if not found:
        found = [q.day for q in quantities if q.kind == "month" and q.day is not None]
    return tuple(dict.fromkeys(found))
