"""Quantities and identifiers in a text: what they are, what they are worth, where they stand.

One scanner for every room: understanding reads questions with it, the guard reads answers with it, the library
reads passages with it. Identifiers (codes, articles, chapters, boxes) are told apart from quantities here, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from tools.exact import as_decimal
from tools.text import dates
from tools.text.currencies import AFTER, BEFORE, CURRENCIES, other_codes
from tools.text.normalise import normalise
from tools.text.numerals import ARABIC, CHINESE, NUMERAL, VULGAR, is_chinese_numeral, read_numeral
from tools.text.values import PERCENT, parse_amount, parse_rate, read_percentage

__all__ = [
    "CURRENCIES", "IDENTIFIERS", "QUANTITIES", "TIMES", "Kind", "Quantity", "find_quantities", "parse_amount",
    "parse_rate",
]  # fmt: skip

Kind = Literal[
    "money", "percent", "date", "month", "year", "fiscal_year", "count", "ordinal", "number",
    "code", "article", "part", "class", "form", "box", "act", "marker", "link",
]  # fmt: skip
QUANTITIES: frozenset[str] = frozenset({"money", "percent", "count", "ordinal", "number"})
TIMES: frozenset[str] = frozenset({"date", "month", "year", "fiscal_year"})
IDENTIFIERS: frozenset[str] = frozenset({"code", "article", "part", "class", "form", "box", "act"})

_COUNTERS = {
    "piece": r"件|個|支|雙|隻|條(?!款|關稅|例)|[台臺](?![灣北中南東幣])|副|瓶|盒|套|本|枚|組|部|張|雙|頂|把|咖|顆|pieces?|pcs?\b|items?|units?|pairs?|bottles?",
    "parcel": r"筆|包|parcels?|packages?|shipments?|imports?",
    "time": r"次|times", "kg": r"公斤|千克|kg|kilograms?", "g": r"公克|克|grams?", "litre": r"公升|litres?|liters?|L\b",
    "day": r"個工作日|工作天|工作日|天|日內|日(?!本|圓|幣|元)|(?:working |business )?days?", "hour": r"小時|hours?",
    "month": r"個月|months?", "year": r"年內|年(?!度)|years?", "digit": r"位數|位|碼|digits?", "rule": r"條準則|rules?",
    "chapter": r"章|chapters?", "section": r"類|sections?", "person": r"人|名|people|persons?", "times": r"倍|times",
    "economy": r"個經濟體|個國家|國|economies|countries", "stick": r"支菸|sticks?|cigarettes?",
}  # fmt: skip

#: a place where a numeral may begin, looked at before any of its spellings is tried
_BEGINS = rf"(?=[\d{CHINESE}{VULGAR}])"
_NUM = NUMERAL
#: a figure within the length of the longest currency; and the letter that every name of a currency or counter begins with
_FIGURE_NEAR, _WORD = rf"(?=\D{{1,7}}?[\d{CHINESE}{VULGAR}])", r"(?=[^\W\d])"
_ALL_BEFORE = "|".join(f"(?P<b{c if c != '?' else 'X'}>{p})" for c, p in BEFORE.items()) + f"|(?P<bISO>{other_codes()})"
_ALL_AFTER = "|".join(f"(?P<a{c}>{p})" for c, p in AFTER.items()) + f"|(?P<aISO>{other_codes()})"
_ALL_COUNTERS = "|".join(f"(?P<c_{name}>{p})" for name, p in _COUNTERS.items())
_SCALE = r"(?: ?(?P<scale>k\b|K\b|thousand|million|billion))?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if kind != "class" else 0))
    for kind, pattern in (
        ("link", r"https?://\S+|sha256:\w+|\b[\w.]+@[\w.]+\b"),
        ("marker", r"\[(?:\d{1,2}|[a-z])\]"),
        ("act", (
            r"(?:EO|E\.O\.|Executive Order|行政命令)(?: No\.)? ?\d{2},?\d{3}|第 ?\d{5} ?號行政命令|\d{2,3} (?:FR|Fed\. ?Reg\.) \d[\d,]*"
            r"|\d+ (?:USC|U\.S\.C\.|CFR|C\.F\.R\.)(?: part)? ?§? ?\d+[\w.()-]*|P\.L\. ?\d+-\d+|s\. ?\d{3,}|(?:Proc\.|Proclamation|公告) ?\d{5}"
            r"|第 ?\d+ ?號(?:公告|令|函)|(?<!\d)1\d\d-\d{2}-\d{2}|No\. ?\d{2}-\d+|Slip Op\. \d+-\d+|CSMS ?#? ?\d+|CBP Dec\. \d+-\d+|FR(?: doc\.?)? \d{4}-\d+"
            rf"|第 ?[\d{CHINESE}]+ ?屆"
        )),
        ("article", (
            rf"第 ?[\d.{CHINESE}]+(?:-\d+)? ?條(?:之[\d{CHINESE}]+)?(?:第? ?[\d{CHINESE}]+ ?[項款目])*|第 ?[\d{CHINESE}]+ ?[項款目]|§+ ?\d+(?:-\d+)?(?: ?[IVX]+\b)?(?: ?\(\w+\))*"
            r"|(?<![\d.,])\d{3} ?條款|\b(?:arts?\.|articles?|sections?|sec\.) ?\d+(?:-\d+)?(?:\(\w+\))*(?: [IVX]+\b)?|\bs\.\d+"
        )),
        ("form", r"\b(?:CBP )?Form \d{4}\b|\bCBP Form \d{2,3}\b|\b7501\b|\bCN ?2[23](?:/CN ?2[23])?\b|\bHS ?(?:19|20)\d\d\b|\bCBP ?7501\b"),
        ("box", r"\bbox(?:es)? \d+[A-D]?\b|欄位 ?\d+|第 ?\d+ ?欄"),
        ("class", r"\b[XCGFBD]\d\b(?!\d)|\b(?:Entry )?[Tt]ype \d\d\b|\bET ?\d\d\b|\d\d ?型|\b[ABC] ?類"),
        ("part", (
            rf"第 ?[\d{CHINESE}]+ ?[章節類編節部]|解釋準則 ?[{CHINESE}\d]+(?: ?[(（][甲乙丙]?[)）])?|準則 ?[{CHINESE}\d]+(?: ?[(（][甲乙丙][)）])?"
            rf"|總則[{CHINESE}]+|(?:清單|註) ?\d{{1,2}}[AB]?(?![\d,.%])|\b(?-i:Lists?) \d[AB]?\b(?:(?:,| and) \d[AB]?\b)*(?![.,%]\d)|\bnote \d{{1,2}}\b(?![.,%])|\b(?:chapters?|section|headings?|rule|GIR|GRI|column|categor(?:y|ies)) ?(?:\d+(?:\([abc]\))?|[IVX]+\b)(?:(?:,| and| to|-) ?\d+\b)*"
        )),
        ("date", dates.DATE.pattern.replace("?P<", "?P<_")),
        ("fiscal_year", r"\bFY ?(?P<fy1>(?:20)?\d\d)\b|(?P<fy2>20\d\d) ?(?:(?:會計|財政)?年度|財政?年)|\bfiscal(?: year)? (?P<fy3>20\d\d)\b"),
        ("month", dates.MONTH.pattern.replace("?P<", "?P<_")),
        ("date", dates.DAY_OF_YEAR.pattern.replace("?P<", "?P<_")),
        ("year", dates.YEAR.pattern.replace("?P<", "?P<_") + r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bfrom )|(?<=\bafter )|(?<=\bbefore ))(?:19|20)\d\d\b(?![,.]\d)"),
        ("code", (
            r"(?:輸入規定代號|輸出規定代號|regulation codes?) [A-Z0-9]{3}(?:[,、 ]+[A-Z0-9]{3}\b)*|\b(?:[A-Z]\d\d|M[WP]\d)\b|\b\d{4}\.\d{2}\.\d{2}(?:\.\d{2,4}|\d{2})?(?:-\d|\.\d\d-\d)?\b|\b(?:HS|HTS|CCC|稅則|號列|code)\D{0,6}(?:\d{4}\.\d\d(?:\.\d{4}|\.\d\d(?:\.\d{2,4}(?:\.\d\d)?)?)?(?:-\d)?|\d{4,11})\b"
            r"|\b\d{4}\.\d{2}(?!\d| ?(?:元|美|%|dollars|USD))\b(?=.{0,12}(?:號|稅則|heading|HS|HTS))|\b\d{11}\b"
        )),
        ("percent", rf"(?:{PERCENT}) ?(?:%|percent\b|per cent\b)|百分之 ?{_NUM}|(?:{ARABIC}) ?‰|(?<![{CHINESE}])[一二三四五六七八九\d](?:\.\d)? ?成(?![為本員長功交立])"),
        ("money", rf"{_FIGURE_NEAR}(?:(?<![\d萬千])(?<![\d萬千] )|(?![\u4e00-\u9fff]))(?:{_ALL_BEFORE}) ?(?P<n1>{_NUM}){_SCALE}(?: ?(?:元|dollars?))?"),
        ("money", rf"{_BEGINS}(?P<n2>{_NUM}){_SCALE} ?{_WORD}(?:{_ALL_AFTER})"),
        ("ordinal", (
            rf"第 ?(?P<o1>[\d{CHINESE}]+) ?(?:次|件|筆|個|包|期)|\b(?P<o2>\d{{1,3}})(?:st|nd|rd|th)\b"
            r"|\b(?P<o3>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
        )),
        ("count", rf"{_BEGINS}(?P<n3>{_NUM}) ?{_WORD}(?:{_ALL_COUNTERS})"),
        ("number", rf"{_BEGINS}(?P<n4>{_NUM}){_SCALE}"),
    )
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SCALES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


#: a run that is no figure anyone writes; read as one figure without a value, so that length costs nothing
_ENDLESS = re.compile(rf"[\d,.]{{60,}}|[{CHINESE}]{{60,}}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure or identifier of a text, with its span in the original text."""

    text: str
    start: int
    end: int
    kind: Kind
    value: Decimal | None = None
    unit: str = ""
    day: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Value and unit in a comparable form."""
        if self.day is not None:
            return (self.day.isoformat(), "date")
        return (str((self.value or Decimal(0)).normalize()), self.unit)


def readable(text: str) -> str:
    """A text of the same length in which no pattern of figures has to read an endless run.

    >>> readable("7" * 3), len(readable("7" * 999)), "7" in readable("7" * 999)
    ('777', 999, False)
    """
    return _ENDLESS.sub(lambda run: "\0" * len(run[0]), text)


def find_quantities(text: str) -> list[Quantity]:
    """Every figure and identifier of `text`, left to right, without overlaps.

    >>> [(q.kind, str(q.value), q.unit) for q in find_quantities("運費 200 元、稅率 5%")]
    [('money', '200', 'TWD'), ('percent', '5', 'percent')]
    """
    return list(_found(text))


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[Quantity, ...]:
    """Quantities of a text, remembered: citations, passages and answers are read again and again."""
    folded = normalise(text)
    found: list[Quantity] = []
    taken = [False] * (len(text) + 1)
    for run in _ENDLESS.finditer(folded.text):
        first, last = folded.original_span(*run.span())
        found.append(Quantity(text[first:last], first, last, "number"))
    text_read = readable(folded.text)
    wanting = _wanting(text_read)
    for kind, pattern in _PATTERNS:
        if kind in wanting:
            continue
        for match in pattern.finditer(text_read):
            first, last = folded.original_span(*match.span())
            if any(taken[first:last]):
                continue
            quantity = _read(kind, match)
            if quantity is None:
                continue
            for index in range(first, last):
                taken[index] = True
            value, unit, day = quantity
            found.append(Quantity(text[first:last], first, last, kind, value, unit, day))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda q: q.start))


#: what nothing is read as where no digit stands, or neither a digit nor a numeral
_OF_DIGITS = frozenset({"form", "box", "code", "date", "month", "year", "fiscal_year"})
_OF_NUMERALS = _OF_DIGITS | {"act", "article", "percent", "money", "count", "number"}
_DIGIT, _NUMERAL = re.compile(r"\d"), re.compile(rf"[\d{CHINESE}{VULGAR}]")
#: what is a time only where a year is written, and a day only where a year, a month or a slash is
_OF_YEARS = frozenset({"month", "year", "fiscal_year"})
_YEAR, _DAY = (
    re.compile(r"(?:19|20)\d\d|民國|FY", re.IGNORECASE),
    re.compile(r"[月/]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE),
)
_SHARE = re.compile(r"[%‰成]|百分|cent", re.IGNORECASE)


def _wanting(text: str) -> frozenset[str]:
    """Kinds that a text cannot hold, so that their patterns need not be tried."""
    if not _DIGIT.search(text):
        return _OF_DIGITS if _NUMERAL.search(text) else _OF_NUMERALS
    wanting: frozenset[str] = frozenset() if _SHARE.search(text) else frozenset({"percent"})
    if _YEAR.search(text):
        return wanting
    return wanting | _OF_YEARS if _DAY.search(text) else wanting | _OF_YEARS | {"date"}


def _read(kind: str, match: re.Match[str]) -> tuple[Decimal | None, str, date | None] | None:
    groups = match.groupdict()
    if kind == "date":
        for pattern in (dates.DATE, dates.DAY_OF_YEAR):
            if inner := pattern.fullmatch(match[0]):
                day = dates.date_of(inner, year=4)  # a leap year stands in where none is said
                return None if day is None else (None, "date", day)
        return None
    if kind == "month":
        inner = dates.MONTH.fullmatch(match[0])
        day = dates.date_of(inner) if inner else None
        return None if day is None else (None, "month", day)
    if kind == "year":
        digits = re.search(r"\d+", match[0])
        if digits is None:
            return None
        year = int(digits[0]) + (dates.ROC_OFFSET if "民國" in match[0] else 0)
        return Decimal(year), "year", None
    if kind == "fiscal_year":
        year_text = groups["fy1"] or groups["fy2"] or groups["fy3"]
        return Decimal(int(year_text) + (2000 if len(year_text) == 2 else 0)), "fiscal_year", None
    if kind in IDENTIFIERS or kind in ("marker", "link"):
        return None, kind, None
    if kind == "percent":
        return _read_percent(match[0])
    if kind == "ordinal":
        word = groups["o3"]
        value = Decimal(_ORDINALS.index(word.lower()) + 1) if word else read_numeral(groups["o1"] or groups["o2"])
        return None if value is None else (value, "ordinal", None)
    numeral = next(groups[n] for n in ("n1", "n2", "n3", "n4") if groups.get(n))
    value = read_numeral(numeral)
    if value is None:
        return None
    if scale := groups.get("scale"):
        value *= _SCALES[scale.lower()]
    if kind == "money":
        unit = next(
            (v if k[1:] == "ISO" else k[1:] for k, v in groups.items() if v and k[0] in "ab" and len(k) > 1), "?"
        )
        return value, "?" if unit == "X" else unit, None
    if kind == "count":
        if numeral in ("零", "〇"):  # 零件 is a part, not a count
            return None
        return value, next(k[2:] for k, v in groups.items() if v and k.startswith("c_")), None
    # a lone Chinese character such as 一 or 三 is a word, not a figure, unless a counter follows
    if is_chinese_numeral(numeral) and (len(numeral) == 1 or not re.search("[十百千萬億]", numeral)):
        return None
    return value, "", None


def _read_percent(text: str) -> tuple[Decimal | None, str, date | None] | None:
    if text.startswith("百分之"):
        value = read_numeral(text[3:])
        return None if value is None else (value, "percent", None)
    if text.endswith("成"):
        value = read_numeral(text[:-1])
        return None if value is None else (value * 10, "percent", None)
    ratio = read_percentage(text)
    if ratio is None:
        return None
    value = as_decimal(ratio * 100)
    return value, "percent", None
