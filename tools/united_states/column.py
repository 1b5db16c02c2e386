"""The base rate of a line: column 1 general, column 1 special under a valid claim, or column 2.

Source: HTSUS general notes 3(a)-(c); the rate is read whole by the notation or refused. A claim must name a programme that is
in force, for an origin it covers, on a line whose special column names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tools.errors import InputError, MissingFact, NotFound, NotInForce, OutOfScope
from tools.law.code_lists import plain_code
from tools.law.models import LawValue, Localized, Parameter
from tools.law.store import LawStore
from tools.tariff.codes import dotted
from tools.tariff.existence import judge
from tools.tariff.notation import Rate, parse_cell, parse_rate
from tools.tariff.schedule import Schedule, TariffLine

PROGRAMMES, COLUMN_2 = "us.programmes", "us.column_2.origins"
_HEADING = re.compile(r"9[89]\d\d\.\d\d(?:\.\d\d)?")
_RATE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The tariff line of a code on a day, as far as it is held.

    Args:
        code: plain; None where the line gives only a rate.
        line: None where it is not held.
        gap: why not.
        footnotes: headings its footnotes name, those of the first edition held for an earlier day: the lists they refer
            to are older than the editions. None where no edition has the line.
        why: of a code that is not held: retired, a level short, never existed, or not to be verified.
    """

    code: str | None
    line: TariffLine | None = None
    gap: NotFound | NotInForce | None = None
    footnotes: frozenset[str] | None = None
    why: Localized | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A preference claimed: its names, and the symbols it has in the special column."""

    name: str
    names: frozenset[str]
    symbols: tuple[str, ...]
    value: LawValue


@dataclass(frozen=True, slots=True)
class Column:
    """The base rate of a line.

    Args:
        key: column_1, column_1_special or column_2.
        text: as the schedule writes it; None where it is not known.
        problem: why there is no rate to compute.
    """

    key: str
    text: str | None
    rate: Rate | None
    problem: str = ""


@lru_cache(maxsize=32768)
def find_line(held: Schedule, code: str | None, day: date) -> Found:
    """The tariff line of a code, and the headings that its footnotes name."""
    if code is None:
        return Found(None)
    plain = plain_code(code)
    try:
        line = held.line(code, day)
    except NotInForce as gap:
        first = min(start for start, _ in gap.intervals if start is not None)
        later = held.find(plain, first) if day < first else None
        return Found(plain, None, gap, _noted(later) if later else None)
    except NotFound as gap:
        return Found(plain, None, gap, None, _said_of(code, held, day))
    noted = _noted(line)
    if len(plain) > _RATE_DIGITS and len(line.code) > _RATE_DIGITS and (above := held.find(plain[:_RATE_DIGITS], day)):
        noted |= _noted(above)
    return Found(plain, line, None, noted)


def _said_of(code: str, held: Schedule, day: date) -> Localized | None:
    """What is known of a code that is not among the lines held."""
    notes = judge(code, held, day).notes
    if not notes:
        return None
    return Localized(
        **{"zh-TW": "；".join(n.render("zh-TW") for n in notes), "en": "; ".join(n.render("en") for n in notes)}
    )


def _noted(line: TariffLine) -> frozenset[str]:
    """Headings of Chapters 98 and 99 that the footnotes of a line name."""
    return frozenset(h for note in line.footnotes for h in _HEADING.findall(note))


@lru_cache(maxsize=1024)
def claim(store: LawStore, name: str, origin: str, day: date) -> Claim | None:
    """A preference by the name or symbol it is claimed under.

    None for a programme that has lapsed: the duty is then due without it.

    Raises:
        InputError: unknown or for another country; names what would be accepted.
    """
    parameters = store.topic(PROGRAMMES).values()
    wanted = name.strip().casefold()
    found = next((p for p in parameters if wanted in _names(p)), None)
    if found is None:
        accepted = ", ".join(p.aliases.en[0] for p in parameters if p.aliases.en)
        raise InputError("program", f"{name!r} is not known", accepted)
    covered = [v for v in found.values if v.scope.covers(origin, None)]
    if not covered:
        origins = sorted({o for v in found.values for o in v.scope.origins})
        raise InputError("program", f"{name} does not cover goods of {origin}", f"goods of {', '.join(origins)}")
    value = next((v for v in covered if v.holds(day)), None)
    if value is None:
        return None
    symbols = value.value
    assert isinstance(symbols, tuple)
    return Claim(found.id.rpartition(".")[2], frozenset(found.aliases.en), symbols, value)


def _names(parameter: Parameter) -> set[str]:
    symbols = [symbol for v in parameter.values if isinstance(v.value, tuple) for symbol in v.value]
    names = (parameter.id.rpartition(".")[2], *parameter.aliases.all(), *symbols)
    return {n.casefold() for n in names} if parameter.aliases.en else set()


@lru_cache(maxsize=1024)
def is_column_2(store: LawStore, origin: str, day: date) -> bool:
    """Whether an origin pays column 2.

    Raises:
        NotInForce: it does on a later day, and since when is not held.
    """
    held = store.parameter(COLUMN_2).values
    value = next((v for v in held if v.holds(day)), None)
    names = (value or held[0]).value
    if value is None and isinstance(names, tuple) and origin in names:
        store.value(COLUMN_2, day)  # a country that is in column 2 later: since when is not held
    return isinstance(names, tuple) and origin in names


def column(line: TariffLine | None, override: str | None, claimed: Claim | None, second: bool) -> Column:
    """The rate a line pays before additional duties.

    Args:
        override: a column 1 general rate given instead of the schedule's.
        second: goods of a column 2 country.

    Raises:
        InputError: a rate given that cannot be read; a claim the line's special column does not name.
    """
    if second:
        return _read("column_2", line.rates.get("other") if line else None)
    if claimed is not None and line is not None:
        return _special(line.code, line.rates.get("special", ""), claimed.name, claimed.symbols)
    if override is not None:
        stated = _read("column_1", override)
        if stated.rate is None:
            accepted = "a rate such as 16.5%, Free or 14¢/gross + 4.3%"
            raise InputError("general_rate", f"{override!r} cannot be read whole", accepted)
        return stated
    return _read("column_1", line.rates.get("general") if line else None)


@lru_cache(maxsize=8192)
def _special(code: str, text: str, name: str, symbols: tuple[str, ...]) -> Column:
    try:
        groups = parse_cell(text, "us").groups
    except OutOfScope:
        return Column("column_1_special", text, None, "unreadable")
    found = next((g for symbol in symbols for g in groups if symbol in g.codes), None)
    if found is None:
        named = sorted({code for g in groups for code in g.codes}) or ["none"]
        where = f"{dotted(code)} has no special rate for it"
        raise InputError("program", f"{name}: {where}", f"programmes of its special column: {', '.join(named)}")
    return Column("column_1_special", found.text, found.rate, "" if found.rate else "unreadable")


@lru_cache(maxsize=8192)
def _read(key: str, text: str | None) -> Column:
    if not text:
        return Column(key, None, None, "not_held")
    try:
        return Column(key, text, parse_rate(text, "us"))
    except OutOfScope:
        return Column(key, text, None, "unreadable")


@dataclass(frozen=True, slots=True)
class BaseDuty:
    """Base duty of a line, in USD, unrounded; with the quantities that are missing where it cannot be computed."""

    amount: Fraction | None
    terms: tuple[tuple[str, str | None, Fraction], ...] = ()
    missing: tuple[str, ...] = ()


def base_duty(rate: Rate, value: Fraction | int, quantities: Mapping[str, Decimal], day: date) -> BaseDuty:
    """What a rate comes to on a value and quantities."""
    plain = rate.ad_valorem
    if plain is not None:
        return BaseDuty(plain * value)
    try:
        found = rate.evaluate(Fraction(value), dict(quantities), day)
    except MissingFact:
        return BaseDuty(None, (), rate.needs)
    return BaseDuty(found.amount, tuple((c.rate, c.unit, c.amount) for c in found.components))
