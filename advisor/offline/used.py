"""How many low-value exemptions were used before this import, where the person says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.slots import WORDS
from tools.law.store import law
from tools.text.numerals import read_numeral
from tools.text.quantities import Quantity

_NONE_USED = re.compile(
    r"(?:還|都|從)?[沒未]有?(?:使?用過|用到|用掉|使用)(?:任何)?.{0,4}免稅|免稅(?:額度|次數)?.{0,4}[沒未]有?(?:使?用(?![完光滿盡])|動)"
    r"|(?:haven'?t|have not|never) used (?:up )?(?:any|my|the|a)? ?.{0,24}exemption|no exemptions? used",
    re.IGNORECASE,
)


def used_exemptions(text: str, quantities: Sequence[Quantity], as_of: date) -> int | None:
    """Low-value exemptions used before this import in the half-year of a day; None where the words do not say.

    So many of the year say nothing of its second half once they are more than the half allows.
    """
    told = _told(text, quantities, as_of)
    if told is None or told < law().number(_ALLOWED, as_of) or as_of.month <= _HALF:
        return told
    if any(told_since(text, q, as_of) for q in quantities):
        return told
    year = [m.span() for m in _OF_YEAR.finditer(text)]
    rest = [q for q in quantities if not any(start <= q.start < end for start, end in year)]
    return _told(_OF_YEAR.sub(lambda m: " " * len(m[0]), text), rest, as_of)


_ALLOWED = "tw.low_value.exempt_imports_per_half_year"
#: a clause that counts within the year: 今年第八件, my eighth parcel this year
_OF_YEAR = re.compile(
    r"[^，,。;；.!?？！、]*(?:今年(?![上下]半|度?[上下]半| ?[\d一二三四五六七八九十]+ ?月)|這一?年|全年|一整年|\b(?:this|the|all|whole) (?:whole )?year\b|\byear[- ]to[- ]date\b)[^，,。;；.!?？！、]*",
    re.IGNORECASE,
)


def _told(text: str, quantities: Sequence[Quantity], as_of: date) -> int | None:
    if _of_earlier_half(text, as_of):
        return 0
    if any(spent_before(text, q, as_of) for q in quantities):
        return 0
    if match := _TIMES.search(text):
        return _OFTEN[match["n"].lower()]
    if match := _CAME_FREE.search(text):
        return int(WORDS.get(match["n"].lower()) or match["n"])
    half_year = says(text, "half_year") or any(told_since(text, q, as_of) for q in quantities)
    for quantity in quantities:
        if quantity.value is None or _NOT_THAT.search(text[: quantity.start]):
            continue
        if quantity.kind == "ordinal" and (half_year or re.search(r"件|次|筆|包|parcel|import|package|shipment|order|one", text[quantity.start : quantity.end + _NEAR])):  # fmt: skip
            return int(quantity.value) - 1
        if quantity.kind == "count" and quantity.unit in ("time", "parcel", "piece") and (
            half_year or says(text, "used")
        ):  # fmt: skip
            if half_year and quantity.unit == "parcel" and _SINCE_AFTER.match(text[quantity.end :]):
                return int(quantity.value)
            if says(text[max(0, quantity.start - 14) : quantity.end + 14], "used"):
                return int(quantity.value)
    if (half_year or says(text, "exempt")) and (match := _NUMBERED.search(text)):
        return int(match["n"]) - 1
    if match := re.search(r"前 ?([一二三四五六七八九\d]+) ?(?:次|件|筆)", text):
        used = read_numeral(match[1])
        return int(used) if used is not None else None
    if match := re.search(r"(\d{1,2}) (?:low-value |duty[- ]free |tax[- ]free )?exemptions?\b.{0,16}\b(?:used|gone|spent)|used (?:up )?(?:all )?(?:of )?(?:my |the )?(\d{1,2}) (?:\w+ ){0,2}exemptions?", text, re.IGNORECASE):  # fmt: skip
        return int(match[1] or match[2])
    if _NONE_USED.search(text):
        return 0
    if half_year and re.search(
        r"第一次|頭一次|首次|first|(?:還|都|從)?[沒未]有?用過|(?:haven't|have not|never) used", text
    ):
        return 0
    return None


_NEAR = 20  # characters from a rank in which what it is of is named
#: a rank or number that is taken back
_NOT_THAT = re.compile(r"(?:不是|\bnot (?:the|my|a)?) ?$", re.IGNORECASE)
#: so many came in free: six parcels already came in tax free
_CAME_FREE = re.compile(
    rf"(?<![\d.,$])\b(?P<n>\d{{1,2}}|{'|'.join(WORDS)}) (?:of my )?(?:[a-z]+ ){{0,2}}(?:(?:parcels?|packages?|imports?|shipments?|orders?)\b[^.?!]{{0,40}}\b(?:tax|duty)[- ]?free|(?:(?:tax|duty)[- ]?free|exempt(?:ed)?) (?:parcels?|packages?|imports?|shipments?|orders?|ones))\b",
    re.IGNORECASE,
)
#: the rank of this import, in a figure: this is no. 7
_NUMBERED = re.compile(r"\b(?:this|it|that)(?: one| parcel)?(?:'s| is| was| will be| would be) (?:actually |really )?(?:no\.?|number|nr\.?|#) ?(?P<n>\d{1,2})\b", re.IGNORECASE)  # fmt: skip


_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
#: the exemption used so often, without a figure
_TIMES = re.compile(
    r"\b(?:used|had|claimed|taken|enjoyed)\b[^.?!]{0,32}\bexempt\w*\b[^.?!]{0,24}\b(?P<n>once|twice|thrice)\b",
    re.IGNORECASE,
)
_SINCE_AFTER = re.compile(r"[^.?!,]{0,12}\b(?:since|from)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|from)(?: the (?:start|beginning) of)? ?$|[從自] ?$", re.IGNORECASE)
_SINCE_ZH = re.compile(r"^ ?(?:以來|到現在|到今天|至今|起(?!運))")
_HALF = 6  # months of half a year
_FIRST_OF = re.compile(r"下半年|第一[件次筆個]|頭一[件次筆]|\bfirst\b|新的半年", re.IGNORECASE)


def told_since(text: str, quantity: Quantity, as_of: date) -> bool:
    """Whether a month or day is said as that from which imports of this half-year are counted: since July."""
    if quantity.kind not in ("month", "date") or quantity.day is None:
        return False
    day = quantity.day
    same = day.month > _HALF if as_of.month > _HALF else day.month <= _HALF
    of_year = day.year in (as_of.year, _NO_YEAR)
    led = _SINCE.search(text[: quantity.start]) or _SINCE_ZH.match(text[quantity.end :])
    return bool(same and of_year and led)


def spent_before(text: str, quantity: Quantity, as_of: date) -> bool:
    """Whether a month or day is one of an earlier half-year in which the exemptions told were used."""
    day = quantity.day
    if quantity.kind not in ("month", "date") or day is None:
        return False
    without_year = as_of.year if day.month <= as_of.month else as_of.year - 1
    year = without_year if day.year == _NO_YEAR else day.year
    earlier = (year, day.month > _HALF) < (as_of.year, as_of.month > _HALF)
    return earlier and _SPENT.search(text[quantity.start : quantity.end + _CLAUSE]) is not None


_NO_YEAR = 4  # of a day told without its year
_CLAUSE = 40  # characters after a month in which the exemptions used in it are told
_SPENT = re.compile(
    r"免稅[^，。,？?]{0,8}(?:用完|用掉|用光|用了|用滿|額滿)|(?:用完|用掉|用光|用了|用滿)[^，。,？?]{0,8}免稅|\b(?:used|spent|exhausted)\b[^.?!]{0,24}\bexempt\w*|\bexempt\w*[^.?!]{0,24}\b(?:used|spent|gone|exhausted)\b",
    re.IGNORECASE,
)


def _of_earlier_half(text: str, as_of: date) -> bool:
    """Whether the exemptions told were those of the half-year before: they count no longer."""
    if as_of.month <= _HALF or not re.search(r"上半年|first half", text, re.IGNORECASE):
        return False
    return _FIRST_OF.search(re.sub(r"first half", "", text, flags=re.IGNORECASE)) is not None


#: that the exemptions of the half-year are gone
_ALL_USED = re.compile(
    r"(?:用|使用)(?:完|光|滿|盡)|沒有?(?:次數|額度)了|(?:額度|次數).{0,4}(?:沒了|滿了|用掉了)|\bused (?:up )?(?:all|my six|all six|up)\b|\b(?:no|none) (?:exemptions? )?left\b|\bused them all\b",
    re.IGNORECASE,
)


def in_new_half(frame: Frame, before: Frame | None) -> Frame:
    """A case in another half-year, after it was said that the exemptions of this one are gone: none is used there."""
    spoken = before is not None and _ALL_USED.search(before.about) is not None
    if _ALL_USED.search(frame.text) and _OF_LAST_HALF.search(frame.text) and frame.today.month <= _HALF:
        return replace(frame, used_exemptions=0, beside=("count_anew",)) if frame.intent == "taiwan_quote" else frame
    day = _NEXT_JANUARY.search(frame.text)
    if frame.intent != "taiwan_quote" or frame.price is None or not spoken or frame.used_exemptions not in (None, 0):
        return frame
    later = any((d.year, d.month > _HALF) > (frame.today.year, frame.today.month > _HALF) for d in frame.days)
    if not later and day is None:
        return frame
    return replace(frame, used_exemptions=0, beside=("count_anew",))


_OF_LAST_HALF = re.compile(r"去年|12 ?月|十二月|下半年|\b(?:last year|december|second half)\b", re.IGNORECASE)
_NEXT_JANUARY = re.compile(
    r"(?:明年|隔年|過年後|新年度?)|下(?:個|一個)?半年|\bnext (?:year|half|january)\b|\bin january\b|\bnew half-year\b",
    re.IGNORECASE,
)


def anew(frame: Frame, as_of: date) -> Frame:
    """A case in another half-year, of which it is asked whether the count begins anew: none is used, and that is told."""
    spent = frame.used_exemptions == 0 and any(spent_before(frame.text, q, as_of) for q in frame.quantities)
    if spent and frame.intent == "taiwan_quote":
        return replace(frame, beside=("count_anew",))
    if (
        frame.intent != "taiwan_quote"
        or frame.price is None
        or len(frame.days) != 1
        or not says(frame.text, "count_anew", "later")
    ):
        return frame
    then = frame.days[0]
    if (then.year, then.month > _HALF) == (as_of.year, as_of.month > _HALF):
        return frame
    return replace(frame, used_exemptions=0, beside=("count_anew",))
