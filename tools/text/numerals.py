"""Numerals as people write them: 3,000 / 三千 / 3千5 / 1.5萬 / 一百七十 / 參佰 / 3½, read exactly.

Chinese whole numbers are read by the cn2an library; figures with an Arabic mantissa stay in Decimal throughout.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from tools.exact import as_decimal

CHINESE = "〇零一二兩三四五六七八九十百千萬億壹貳貮參肆伍陸柒捌玖拾佰仟"
#: fractions that are one character
VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: a plain Arabic figure, or one with a fraction behind it
MIXED = rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+) ?)?[{VULGAR}]|{ARABIC}"
# 參 is a figure only beside the other formal numerals: 人參 is not three of something
_RUN = rf"(?:[{CHINESE.replace('參', '')}]|參(?=[拾佰仟萬億])|(?<=[零拾佰仟萬億])參)+"
#: an Arabic mantissa with Chinese magnitudes, a run of Chinese numerals, or a plain Arabic figure
NUMERAL = rf"(?:(?:{MIXED})[ ]?[十百千萬億][{CHINESE}\d]*|{_RUN}(?:點[{CHINESE}]+)?|{MIXED})"

_MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "萬": 10_000, "億": 100_000_000}
_SIMPLE = re.compile(rf"({MIXED}) ?([十百千萬億]+)$")
_FRACTION = re.compile(rf"(\d{{0,30}})([{VULGAR}])")
_POINT = re.compile(r"(.+)點([〇零一二三四五六七八九]+)([萬億]?)")
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_FOLD = str.maketrans({"貮": "貳", "參": "叁", "参": "叁"})
#: separators that stand between groups of three digits, all of one kind
_GROUPED = re.compile(r"(?<![\d., ])\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?![\d,]| \d)")
_UNGROUPED = re.compile(r"[,_]|\d +\d")


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Decimal | None:
    """The value of one numeral, or None when it is not one.

    >>> [str(read_numeral(t)) for t in ("3,000", "三千", "3千5", "1.5萬", "兩千三百", "參佰", "三點五", "3½")]
    ['3000', '3000', '3500', '15000', '2300', '300', '3.5', '3.5']
    >>> read_numeral("3,00") is None
    True
    """
    grouped = _GROUPED.sub(lambda m: re.sub("[, ]", "", m[0]), text.strip())
    if _UNGROUPED.search(grouped):
        return None
    compact = grouped.replace(" ", "").translate(_FOLD)
    if not compact:
        return None
    try:
        return Decimal(compact)
    except InvalidOperation:
        pass
    if match := _FRACTION.fullmatch(compact):
        return as_decimal(int(match[1] or 0) + _one_character(match[2]))
    if match := _SIMPLE.fullmatch(compact):
        value = read_numeral(match[1])
        for unit in match[2]:
            value = None if value is None else value * _MAGNITUDES[unit]
        return _tidy(value)
    if match := _POINT.fullmatch(compact):
        whole = _whole(match[1])
        digits = "".join(_DIGITS[char] for char in match[2])
        return None if whole is None else _tidy(Decimal(f"{whole}.{digits}") * _MAGNITUDES.get(match[3], 1))
    return _whole(compact)


def _whole(text: str) -> Decimal | None:
    """A whole number in Chinese, or in Chinese and Arabic mixed."""
    import cn2an

    if "點" in text:
        return None
    try:
        value = Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, LookupError, InvalidOperation):  # the library's own slips on odd text
        return None
    return value.to_integral() if value == value.to_integral() else None


def _tidy(value: Decimal | None) -> Decimal | None:
    """A whole number without a decimal point."""
    return value.to_integral() if value is not None and value == value.to_integral() else value


def _one_character(char: str) -> Fraction:
    numerator, _, denominator = unicodedata.normalize("NFKC", char).partition("\u2044")
    return Fraction(int(numerator), int(denominator))


def is_chinese_numeral(text: str) -> bool:
    """Whether a numeral is written in Chinese characters only."""
    return bool(text) and all(char in CHINESE + "點" for char in text)
