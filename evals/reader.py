"""The evals' own reader of figures. It shares nothing with the product: no import of `tools.text` and none of the guard.

Reads amounts, percentages, counts with a unit, days and years in Chinese and English, Chinese numerals and English
number words among them; citation markers, list numbers, articles, codes and titles of acts are told apart as names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["amount", "percent", "date", "monthday", "year", "name"]


@dataclass(frozen=True, slots=True)
class Read:
    """One figure of a text. `unit` is a currency, another unit as written, or empty."""

    text: str
    start: int
    kind: Kind
    value: Decimal | date | tuple[int, int]
    unit: str = ""


_HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("〇壹貳參肆伍陸柒捌玖")}
_HAN |= {"兩": 2, "叁": 3, "弍": 2}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"萬": 10**4, "億": 10**8}
_H = "零〇一二兩三四五六七八九十百千萬億壹貳參叁肆伍陸柒捌玖拾佰仟廿卅"
_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: i for i, word in enumerate(_UNDER_TWENTY)} | {word: 10 * i for i, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CURRENCY = {
    "NT$": "TWD", "NTD": "TWD", "TWD": "TWD", "新臺幣": "TWD", "新台幣": "TWD", "臺幣": "TWD", "台幣": "TWD",
    "元": "TWD", "塊": "TWD", "元整": "TWD", "US$": "USD", "USD": "USD", "美元": "USD", "美金": "USD", "$": "", "dollars": "",
    "dollar": "", "日圓": "JPY", "日元": "JPY", "歐元": "EUR", "EUR": "EUR", "JPY": "JPY", "人民幣": "CNY", "披索": "PHP",
}  # fmt: skip
_UNITS = (
    "元整|美元|美金|日圓|日元|歐元|披索|元|塊|公斤|公升|公克|毫升|小時|分鐘|個月|個工作日|工作日|次|件|筆|支|包|條|瓶|台|"
    "天|日|歲|倍|成|趴|隻|位|人|家|項|種|國|頁|場|份|名|期"
)
_EN_UNITS = (
    r"US dollars|NT dollars|New Taiwan dollars|dollars?|USD|TWD|NTD|EUR|JPY|percent|per cent|pct|kilograms?|kg|lit(?:er|re)s?|"
    r"grams?|months?|days?|hours?|minutes?|years?|times|cents?"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_ARTICLE = rf"[\d{_H}]+(?:[-–~至、及]\s?[\d{_H}]+)*"
_TITLES = (
    r"[Aa]rt(?:icle|\.)s?|[Ss]ec(?:tion|\.)s?|[Cc]h(?:apter|\.|ap\.)s?|[Hh]eadings?|[Bb]ox(?:es)?|[Rr]ules?|[Nn]otes?|"
    r"[Cc]olumns?|[Ff]orm|[Pp]ara(?:graph|\.)s?|[Tt]itle|[Pp]art|[Tt]ype|[Ss]tep|s\.|GRI|Annex"
)
_NAMES = re.compile(
    "|".join(
        (
            r"https?://\S+",
            r"\[\d{1,2}\]",
            r"(?m:^\s{0,6}(?:#+\s*)?\d{1,2}[.)、](?=\s|\D))",
            rf"第\s?{_ARTICLE}\s?(?:之\s?\d+\s?)?(?:條|項|款|目|章|類|節|欄|號|編|點|屆|次會議|次|期|階段|巡迴|場|步)(?:之\s?[\d{_H}]+)?(?:第?\s?{_ARTICLE}\s?(?:項|款))*",
            rf"準則\s?[\d{_H}]+|(?:欄位|欄|方框|格)\s?\d+[A-Z]?",
            r"\d{4}\.\d{2}(?:\.\d{2,4}){0,3}(?:-\d)?|\b\d{8,14}(?:-\d)?\b|\d{4}\.\d{2}\.\d{2}\.\d{2}-?\d?",
            r"\b\d{1,3} (?:U\.?S\.?C\.?|C\.?F\.?R\.?|F\.?R\.?|Fed\. Reg\.)\s?§{0,2}\s?[\d,]+(?:[\d.()a-zA-Z-]*\w)?",
            r"\bP\.L\. ?\d+-\d+|\bDec\. ?\d+-\d+|\bNo\. ?[\d-]+|\bSlip Op\. ?[\d-]+|\bCSMS ?#? ?\d+|\bRevision \d+",
            r"\b(?:E\.?O\.?|Executive Order|Proc(?:lamation|\.)?|行政命令)\s?(?:第\s?)?\d{1,2},?\d{3}",
            rf"§+\s?\d+[\w.()-]*|\b(?:{_TITLES})\s?\d+[\w.()-]*(?:\s?(?:,|and|or|to|-)\s?\d+[\w.()]*)*",
            r"\bHS ?(?:19|20)\d\d|\b(?:HTS|HTSUS|HS|CCC)(?: code)?\s?\d[\d.]*(?:-\d)?",
            r"\b(?!(?:TWD|USD|NTD|EUR|JPY|US|NT|FY)\d)[A-Za-z]{1,6}-?\d{1,5}[A-Za-z]?(?:/[A-Za-z]{0,3}\d+)*\b(?!年)",
            r"\b\d{1,4}[A-Z]{1,3}\b(?<!\dK)",
            r"301 ?條款|232 ?條款|122 ?條款|321 ?條款|[\d]+ ?型|\b86 型|\d+\s?號",
        )
    )
)
_DATES = re.compile(
    rf"(?P<iso>\d{{4}})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d)"
    rf"|(?P<roc>民國)?\s?(?P<zy>\d{{2,4}}|[{_H}]{{2,6}})\s?年\s?(?P<zm>\d{{1,2}}|[{_H}]{{1,2}})\s?月\s?(?P<zd>\d{{1,2}}|[{_H}]{{1,3}})\s?日"
    r"|(?P<zm2>\d{1,2})\s?月\s?(?P<zd2>\d{1,2})\s?日"
    r"|(?P<em>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.? (?P<ed>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<ey>\d{4}))?(?!\d|-\d)"
    r"|(?P<ed2>\d{1,2})(?:st|nd|rd|th)? (?P<em2>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?(?: (?P<ey2>\d{4}))?(?!\d)"
    rf"|(?P<roc2>民國)\s?(?P<ry>\d{{2,3}}|[{_H}]{{1,5}})\s?年"
    r"|\bFY ?(?P<fy>20\d\d|\d\d)\b|(?P<y>(?:19|20)\d\d)\s?(?:年|會計年度)(?:度)?|(?P<y2>(?<![$\d.,])(?<!TWD )(?<!USD )(?<!NTD )(?<!幣)(?<!幣 )\b(?:19|20)\d\d\b)(?![\d.,]*\d|\s?(?:元|美|件|筆|%|USD|TWD))"
)
_AMOUNT = re.compile(
    rf"(?P<cur>NT\$|US\$|\$|USD|TWD|NTD|EUR|新[臺台]幣|[臺台]幣|美金)?\s?(?P<n>{_NUMBER})"
    rf"(?:\s?(?P<scale>[百千萬億]+|k\b|K\b|million|billion|thousand))?(?P<tail>\d(?=[^\d,.]|$))?"
    rf"(?:\s?(?P<unit>%|‰|{_UNITS})|[ -]?(?P<en>(?:{_EN_UNITS})\b))?"
)
_HAN_PERCENT = re.compile(rf"百分之\s?(?P<n>[{_H}]+(?:點[{_H}]+)?|{_NUMBER})|(?P<d>[{_H}]+)分之(?P<u>[{_H}]+)")
_HAN_AMOUNT = re.compile(rf"(?P<cur>新[臺台]幣)?(?P<n>[{_H}]+(?:點[{_H}]+)?)\s?(?P<unit>{_UNITS})")
_EN_AMOUNT = re.compile(
    rf"\b(?P<n>(?:{'|'.join([*_WORDS, *_SCALES])})(?:[ -](?:and |a )?(?:{'|'.join([*_WORDS, *_SCALES])}))*)"
    rf"[ -](?P<unit>(?:{_EN_UNITS}))\b",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """One spelling: half width, entities resolved, emphasis and invisible characters gone."""
    text = unicodedata.normalize("NFKC", html.unescape(text))
    return re.sub(r"\*\*|`|[\u200b-\u200f\u2060\ufeff]", "", text).replace("−", "-")


def read(text: str) -> list[Read]:
    """Every figure of a text, in order; names of acts, articles and codes have kind `name`."""
    said = plain(text)
    found = list(_read(said))
    return sorted(found, key=lambda r: r.start)


def _read(said: str) -> Iterator[Read]:
    taken = [False] * len(said)

    def free(match: re.Match[str]) -> bool:
        if match.start() == match.end() or any(taken[match.start() : match.end()]):
            return False
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        return True

    for match in _DATES.finditer(said):
        if (made := _date(match)) is not None and free(match):
            yield made
    for match in _NAMES.finditer(said):
        if free(match):
            yield Read(match[0].strip(), match.start(), "name", Decimal(0))
    for match in _HAN_PERCENT.finditer(said):
        if free(match):
            value = han(match["u"]) * 100 / han(match["d"]) if match["d"] else number(match["n"])
            yield Read(match[0], match.start(), "percent", value)
    for match in _AMOUNT.finditer(said):
        if free(match):
            yield _amount(match)
    for match in _HAN_AMOUNT.finditer(said):
        value = han(match["n"])
        if (value > 1 or match["unit"] in _CURRENCY) and value != 0 and free(match):
            yield _with_unit(match[0], match.start(), value, match["unit"], match["cur"])
    for match in _EN_AMOUNT.finditer(said):
        if (value := english(match["n"])) > 1 and free(match):
            yield _with_unit(match[0], match.start(), value, match["unit"].lower(), None)


def _amount(match: re.Match[str]) -> Read:
    value = number(match["n"])
    for letter in match["scale"] or "" if (match["scale"] or "x")[0] in "百千萬億" else ():
        value *= _STEPS.get(letter) or _BIG[letter]
    if match["scale"] and match["scale"][0] not in "百千萬億":
        value *= 1000 if match["scale"] in "kK" else _SCALES[match["scale"]]
    if match["tail"] and match["scale"]:
        last = match["scale"][-1]
        value += int(match["tail"]) * (_STEPS.get(last) or _BIG.get(last, 10)) / Decimal(10)
    return _with_unit(match[0].strip(), match.start(), value, match["unit"] or match["en"] or "", match["cur"])


def _with_unit(text: str, start: int, value: Decimal, unit: str, currency: str | None) -> Read:
    if unit in ("%", "percent", "per cent", "pct", "趴") or unit == "‰":
        return Read(text, start, "percent", value / 10 if unit == "‰" else value)
    if unit == "成":
        return Read(text, start, "percent", value * 10)
    unit = "USD" if unit == "US dollars" else "TWD" if unit in ("NT dollars", "New Taiwan dollars") else unit
    named = _CURRENCY.get(currency or "") or _CURRENCY.get(unit, unit)
    if currency and _CURRENCY.get(unit) == "USD":
        named = "USD"
    return Read(text, start, "amount", value, named)


def _date(match: re.Match[str]) -> Read | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day: date = date(int(part["iso"]), int(part["im"]), int(part["id"]))
            return Read(match[0], match.start(), "date", day)
        if part["zy"]:
            year = _year(part["zy"], roc=bool(part["roc"]))
            return Read(match[0], match.start(), "date", date(year, int(han(part["zm"])), int(han(part["zd"]))))
        if part["em"] or part["em2"]:
            month = 1 + _MONTHS.index((part["em"] or part["em2"]).lower()[:3])
            dom, year_text = int(part["ed"] or part["ed2"]), part["ey"] or part["ey2"]
            if year_text:
                return Read(match[0], match.start(), "date", date(int(year_text), month, dom))
            return Read(match[0], match.start(), "monthday", (month, dom))
        if part["zm2"]:
            return Read(match[0], match.start(), "monthday", (int(part["zm2"]), int(part["zd2"])))
    except ValueError:
        return None
    text = part["fy"] or part["y"] or part["y2"] or part["ry"]
    if not text:
        return None
    year = _year(text, roc=True) if part["ry"] else int(text) + (2000 if len(text) == 2 else 0)
    fiscal = bool(part["fy"]) or "會計年度" in match[0]
    return Read(match[0], match.start(), "year", Decimal(year), "fiscal" if fiscal else "")


def _year(text: str, *, roc: bool) -> int:
    digits = "".join(str(_HAN[c]) if c in _HAN else c for c in text) if not set(text) & set(_STEPS) else str(han(text))
    year = int(digits)
    return year + 1911 if roc or year < 200 else year


def number(text: str) -> Decimal:
    """Digits with separators, or Chinese numerals."""
    return Decimal(text.replace(",", "")) if text[-1].isascii() else han(text)


def han(text: str) -> Decimal:
    """Chinese numerals as people write them, digit by digit ones included.

    >>> [int(han(t)) for t in ("三千二百五十", "兩萬零五", "十二", "廿一", "一六三", "三千五", "1500")]
    [3250, 20005, 12, 21, 163, 3500, 1500]
    """
    if text.isascii():
        return Decimal(text)
    whole, _, rest = text.partition("點")
    if rest:
        return han(whole) + Decimal("0." + "".join(str(_HAN.get(c, c)) for c in rest))
    text = whole.replace("廿", "二十").replace("卅", "三十")
    if not set(text) & (set(_STEPS) | set(_BIG)):
        return Decimal("".join(str(_HAN[c]) for c in text))
    total = section = digit = 0
    last = 1
    for c in text:
        if c in _HAN:
            digit = _HAN[c]
            last = 1 if c in "零〇" else last
        elif c in _STEPS:
            section += (digit or 1) * _STEPS[c]
            digit, last = 0, _STEPS[c]
        else:
            total = (total + section + digit) * _BIG[c]
            section, digit, last = 0, 0, _BIG[c]
    return Decimal(total + section) + Decimal(digit) * (last // 10 if last > 10 else 1)


def english(text: str) -> Decimal:
    """Number words.

    >>> int(english("one hundred and sixty-three")), int(english("two thousand"))
    (163, 2000)
    """
    total = part = 0
    for word in re.findall("[a-z]+", text.lower()):
        if word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
    return Decimal(total + part)
