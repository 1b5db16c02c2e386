"""Units, bases and parts that rates are worded in, from vocabulary.toml."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from tools.errors import DataError

Jurisdiction = Literal["us", "tw"]
Language = Literal["zh-TW", "en"]
FILE = Path(__file__).with_name("vocabulary.toml")
#: polarisation of sugar, the one quantity that is no amount of goods
DEGREES = "degrees"
#: USITC's code for kilograms of content, whichever substance the rate names
CONTENT = "CKG"
OTHER_PIECES = "other pieces or parts"
_WIDE = str.maketrans({"（": "(", "）": ")", "：": ":", "；": ";", "，": ",", "、": ",", "²": "2", "³": "3"})


def squeeze(text: str) -> str:
    """A text without blanks, brackets and commas half-width: what spellings are compared by.

    >>> squeeze("on the case")
    'onthecase'
    """
    return re.sub(r"\s+", "", text.translate(_WIDE))


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    en: str
    zh: str
    spelled: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        return tuple(squeeze(s) for s in (self.en, self.zh, *self.spelled))


class Unit(_Entry):
    """A unit of quantity. `factor`: how many of the smallest unit of its kind."""

    us: str
    tw: str
    kind: str
    factor: Decimal


class Measured(_Entry):
    """What a unit is measured on, or what part of the value a percentage is of."""

    need: str | None = None
    also: tuple[str, ...] = ()


class Vocabulary(BaseModel):
    """All words of the rates."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    units: dict[str, Unit]
    basis: dict[str, Measured]
    parts: dict[str, Measured]
    misprints: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    try:
        return Vocabulary.model_validate(tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(FILE.name, str(error).splitlines()[0]) from error


@cache
def spelled(kind: Literal["units", "basis", "parts"]) -> dict[str, str]:
    """Spelling without blanks, in lower case -> key."""
    words = vocabulary()
    if kind == "units":
        return {
            s.lower(): key
            for key, unit in words.units.items()
            for s in (*unit.spellings(), squeeze(unit.us), squeeze(unit.tw), squeeze(key))
            if not _taken(s, key)
        }
    entries = words.basis if kind == "basis" else words.parts
    return {s.lower(): key for key, entry in entries.items() for s in entry.spellings()}


def _taken(spelling: str, key: str) -> bool:
    """Whether a name several units share belongs to another one: the first of the file has it."""
    for other, unit in vocabulary().units.items():
        names = {squeeze(unit.us), squeeze(unit.tw), squeeze(other), *unit.spellings()}
        if spelling.lower() in {n.lower() for n in names}:
            return other != key
    return False


def terminal(kind: Literal["units", "basis", "parts"]) -> str:
    """The spellings as one pattern, longest first."""
    found = sorted(spelled(kind), key=lambda s: (-len(s), s))
    return "(?i:" + "|".join(re.escape(s).replace("/", r"\/") for s in found) + ")"


def quantity_key(name: str) -> str:
    """A quantity's name as people and systems write it, as one key: "KGM", "kg" and "公斤" are the same.

    >>> quantity_key("KGM"), quantity_key("liters"), quantity_key("Value of the Case")
    ('kg', 'liter', 'value of the case')
    """
    return _keys().get(_loose(name), name.strip())


def _loose(name: str) -> str:
    return squeeze(name).lower().replace(".", "")


@cache
def _keys() -> dict[str, str]:
    words = vocabulary()
    keys = {_loose(s): key for s, key in spelled("units").items()}
    for entry in (*words.basis.values(), *words.parts.values()):
        if entry.need:
            keys |= {_loose(name): entry.need for name in (entry.need, *entry.also)}
    return keys


def convert(amount: Fraction, have: str, want: str) -> Fraction | None:
    """An amount in another unit of the same kind, or None where there is no such step.

    >>> convert(Fraction(3), "doz.", "No.")
    Fraction(36, 1)
    """
    units = vocabulary().units
    if have not in units or want not in units or units[have].kind != units[want].kind:
        return None
    return amount * Fraction(units[have].factor) / Fraction(units[want].factor)
