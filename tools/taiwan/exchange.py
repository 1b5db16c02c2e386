"""Customs exchange rates by ten-day period: the periods held, and the reader of the official GC331 feed.

Imports use the selling rate of the period that holds the import date (Customs Act art. 39; ten-day publication). A rate
that is not held is asked for; no neighbouring period stands in for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from tools.errors import DataError, InputError
from tools.inputs import Input, read_json
from tools.law.models import Certainty, Localized
from tools.text.values import parse_amount

FILE = Path(__file__).with_name("exchange_rates.toml")


class Period(Input):
    """The rates of one ten-day period, TWD per unit of each currency."""

    start: date
    end: date
    sell: dict[str, Decimal]
    buy: dict[str, Decimal] = Field(default_factory=dict)


class _File(Input):
    publisher: Localized
    citation: Localized
    certainty: Certainty
    periods: tuple[Period, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CustomsRate:
    """A customs rate with the period it is of."""

    currency: str
    sell: Decimal
    start: date
    end: date
    citation: Localized
    certainty: Certainty


class ExchangeRates:
    """The periods held.

    Args:
        periods: none may overlap another.
    """

    def __init__(self, periods: Iterable[Period], citation: Localized, certainty: Certainty) -> None:
        self.periods = tuple(sorted(periods, key=lambda p: p.start))
        self.citation, self.certainty = citation, certainty
        for one, other in zip(self.periods, self.periods[1:], strict=False):
            if other.start <= one.end:
                raise InputError("exchange_rates", f"periods from {one.start} and {other.start} overlap", "one a day")

    def rate(self, currency: str, day: date) -> CustomsRate | None:
        """The selling rate of a day, or None where the period or the currency is not held."""
        for period in self.periods:
            if period.start <= day <= period.end and currency in period.sell:
                sell = period.sell[currency]
                return CustomsRate(currency, sell, period.start, period.end, self.citation, self.certainty)
        return None

    def nearest(self, currency: str, day: date) -> Decimal:
        """The selling rate of the period nearest to a day: a measure of size, never a rate to reckon with."""
        held = [p for p in self.periods if currency in p.sell]
        return min(held, key=lambda p: max(p.start - day, day - p.end)).sell[currency]

    def with_periods(self, more: Iterable[Period]) -> ExchangeRates:
        """These rates and others beside them; a period that is read again replaces the one held."""
        by_start = {p.start: p for p in (*self.periods, *more)}
        return ExchangeRates(by_start.values(), self.citation, self.certainty)


def read_gc331(text: str) -> Period:
    """One period from the official GC331 JSON.

    Raises:
        InputError: what is not such a file; a rate that is no amount.

    >>> read_gc331('{"start":"20250321","end":"20250331","items":[{"code":"USD","buyValue":"32.91","sellValue":"33.01"}]}').sell
    {'USD': Decimal('33.01')}
    """
    raw = read_json(text, "gc331")
    try:
        rows = [(str(item["code"]), item["buyValue"], item["sellValue"]) for item in raw["items"]]
        days = [_day(raw[key]) for key in ("start", "end")]
    except (KeyError, TypeError, ValueError) as error:
        accepted = "the official file: start, end, and items with code, buyValue and sellValue"
        raise InputError("gc331", f"is not such a file ({error})", accepted) from error
    sell = {code: parse_amount(value, f"gc331.{code}") for code, _, value in rows}
    buy = {code: parse_amount(value, f"gc331.{code}") for code, value, _ in rows}
    if days[1] < days[0] or any(value == 0 for value in sell.values()):
        raise InputError("gc331", "has a period that ends before it begins, or a rate of 0", "the official file")
    return Period(start=days[0], end=days[1], sell=sell, buy=buy)


def _day(text: Any) -> date:
    digits = str(text)
    if not (len(digits) == 8 and digits.isdigit()):
        raise ValueError(f"{digits!r} is no day")
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


@cache
def exchange_rates() -> ExchangeRates:
    """The rates this project ships."""
    try:
        held = _File.model_validate(tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal))
        return ExchangeRates(held.periods, held.citation, held.certainty)
    except (OSError, ValueError, ValidationError, InputError) as error:
        raise DataError(FILE.name, str(error).splitlines()[0]) from error
