"""How what a calculation was given and what it read in the law are told to people: names in words, values with their unit."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tools.errors import CustomsError, InputError
from tools.tariff.codes import compact, dotted
from tools.text.format import figure
from tools.text.places import name_of
from ui.web.words import Words, escaped

_PLACE = re.compile(r"(?<=\.)\d+(?=\.|$)")  # of a line in an error, counted from 0
_UNREAD = {"true": "choice.true", "false": "choice.false"}
_CODES = ("ccc_code", "hts_code", "candidate_codes")
_COUNTRIES = ("country_of_origin", "country_of_export")


def given_name(path: str, words: Words) -> str:
    """What an input is called: `goods.2.price` is the price of the second goods; what has no name keeps its own.

    >>> given_name("goods.2.price", Words("en"))
    'Price 2'
    """
    parts = path.split(".")
    name = next((p for p in reversed(parts) if not p.isdigit()), path)
    number = next((p for p in parts if p.isdigit()), "")
    known = words.or_else(f"given.{name}", words.or_else(f"fact.{name}", name))
    return known if number in ("", "1") else f"{known} {number}"


def given_value(path: str, value: str, words: Words) -> str:
    """A value as it was given, in words where it is a choice.

    >>> given_value("goods.1.country_of_origin", "JP", Words("en")), given_value("route", "express", Words("en"))
    ('Japan', 'Courier')
    >>> given_value("goods.1.ccc_code", "9102.11.00.00-6", Words("en"))
    '9102.11.00.00-6'
    """
    name = next((p for p in reversed(path.split(".")) if not p.isdigit()), path)
    if name in _COUNTRIES:
        return name_of(value, words.lang)
    if name in _CODES:
        return dotted(compact(value))
    kind = {"route": "route", "mode": "route", "importer": "importer", "value_basis": "basis"}.get(name, "choice")
    return words.or_else(f"{kind}.{value.lower()}", value)


def problem(error: CustomsError, words: Words) -> str:
    r"""What is wrong, as Markdown: an input by the name of its field, where it has one.

    >>> problem(InputError("goods.0.price", "-5 is negative", "0 or more"), Words("zh-TW"))
    '貨價：-5 is negative; accepted\\: 0 or more'
    """
    if not isinstance(error, InputError):
        return escaped(str(error))
    path = _PLACE.sub(lambda place: str(int(place[0]) + 1), error.field)
    return escaped(f"{given_name(path, words)}{words.colon}{error.problem}; accepted: {error.accepted}")


def law_value(value: str, unit: str, words: Words) -> str:
    """A value of the law as a result keeps it, with its unit.

    >>> law_value("0.05", "ratio", Words("en")), law_value("floor", "text", Words("en"))
    ('5%', 'rounded down')
    """
    if unit in ("text", "boolean", "date"):
        return words.or_else(_UNREAD.get(value, f"law_word.{value}"), value)
    try:
        return figure(Decimal(value), unit, words.lang)
    except InvalidOperation:
        return value
