"""Amounts and rates given as inputs: read exactly as they are written, or refused in one line."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from tools.errors import InputError
from tools.exact import as_decimal, as_fraction
from tools.text.normalise import normalise
from tools.text.numerals import ARABIC, MIXED, VULGAR, read_numeral

#: a percentage without its sign: 5, 33 1/3, 33⅓
PERCENT = rf"(?:\d+ ?)?[{VULGAR}]|(?:{ARABIC})(?: \d{{1,2}}/\d{{1,2}})?"
_PERCENT = re.compile(rf"(?P<whole>{MIXED})(?: (?P<over>\d{{1,2}})/(?P<under>\d{{1,2}}))? ?(?P<sign>%|‰|percent|per cent)", re.IGNORECASE)  # fmt: skip
_RATIO = re.compile(r"0|0?\.\d+|\d+(?:\.\d+)?e0")  # 1.5e0 is how a ratio of one or more is recorded
#: an amount has at most so many digits before and behind its point; beyond is a slip or a prank
_BEFORE, _BEHIND = 21, 24
_LONGEST = 60  # characters of a value that are quoted back
_WIDEST = 120  # characters of a rate


def said(value: object) -> str:
    """A value as an error quotes it: one line, not too long."""
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except ValueError:
        return "a number with thousands of digits"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def parse_amount(given: object, field: str) -> Decimal:
    """A non-negative amount given as an input, read exactly.

    Raises:
        InputError: naming `field`.

    >>> parse_amount("３千5", "price")
    Decimal('3500')
    """
    value = _number(given)
    if value is None or not value.is_finite():
        raise InputError(field, f"{said(given)} is not an amount", "a number such as 3000 or 3,000")
    if value < 0:
        raise InputError(field, f"{said(value)} is negative", "0 or more")
    if value.adjusted() >= _BEFORE or int(value.as_tuple().exponent) < -_BEHIND:
        accepted = f"at most {_BEFORE} digits before the decimal point and {_BEHIND} behind it"
        raise InputError(field, f"{said(given)} is beyond reason", accepted)
    return value.copy_abs()


def _number(given: object) -> Decimal | None:
    """A number as it is written; None for what is none."""
    match given:
        case bool():
            return None
        case Decimal():
            return given
        case int():
            return Decimal(given)
        case float():  # a JSON number: its shortest decimal spelling is what was written
            return Decimal(str(given))
        case str():
            return read_numeral(normalise(given).text)
    return None


def parse_rate(given: object, field: str) -> Decimal:
    """A duty rate given as an input, as a ratio: "5%" and "0.05" both give 0.05.

    A fraction such as 33 1/3% comes with full precision; `tools.exact.as_fraction` gives the third back.

    Raises:
        InputError: naming `field`, when it is no rate between 0 and 1000 %.

    >>> parse_rate("10.5%", "rate")
    Decimal('0.105')
    """
    text = _rate_text(given)
    ratio = read_percentage(text)
    value = None if ratio is None or not text.endswith("%") else as_decimal(ratio)
    if value is None and _RATIO.fullmatch(text):
        value = Decimal(text)
    if value is None or not 0 <= value <= 10:
        quoted = said(given.strip() if isinstance(given, str) else given)
        raise InputError(field, f"{quoted} is not a rate", "a percentage such as 5% or a ratio such as 0.05")
    return value


def _rate_text(given: object) -> str:
    if isinstance(given, str):
        return normalise(given).text.strip() if len(given) <= _WIDEST else ""
    number = _number(given)
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LONGEST:
        return ""
    return format(number, "f")


def rate_text(ratio: Decimal) -> str:
    """A ratio as it is recorded, so that it reads back as the same.

    >>> rate_text(Decimal("0.05")), parse_rate(rate_text(Decimal("2.13")), "rate")
    ('0.05', Decimal('2.13'))
    """
    return format(ratio, "f") + ("e0" if ratio >= 1 else "")


def read_percentage(text: str) -> Fraction | None:
    """The exact ratio of a percentage or per mille, with its sign; None where it is none.

    >>> read_percentage("33 1/3%"), read_percentage("33⅓%"), read_percentage("5 1/0%")
    (Fraction(1, 3), Fraction(1, 3), None)
    """
    match = _PERCENT.fullmatch(text)
    whole = read_numeral(match["whole"]) if match else None
    if match is None or whole is None:
        return None
    value = as_fraction(whole)
    if match["over"]:
        if not int(match["under"]):
            return None
        value += Fraction(int(match["over"]), int(match["under"]))
    return value / (1000 if match["sign"] == "‰" else 100)
