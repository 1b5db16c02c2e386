"""Customs exchange rates by ten-day period: those held, the official file, and what a quote does without one."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.taiwan import TaiwanQuoteInput, quote
from tools.taiwan.exchange import ExchangeRates, Period, exchange_rates, read_gc331

RAW: dict[str, Any] = {
    "start": "20261121",
    "end": "20261130",
    "items": [
        {"code": "USD", "buyValue": "31.4", "sellValue": "31.5"},
        {"code": "TWD", "buyValue": "1", "sellValue": "1"},
    ],
}
GOODS = {
    "route": "express",
    "currency": "USD",
    "freight": "0",
    "insurance": "0",
    "goods": [{"price": "100", "rate": "5%"}],
}


@pytest.mark.parametrize(
    ("currency", "day", "rate"),
    [
        ("USD", date(2025, 3, 21), "33.01"),
        ("USD", date(2025, 3, 31), "33.01"),
        ("EUR", date(2025, 3, 25), "35.93"),
        ("JPY", date(2025, 3, 25), "0.2236"),
        ("KRW", date(2025, 3, 25), "0.02273"),
        ("AUD", date(2024, 6, 21), "21.5"),
    ],
)
def test_the_selling_rate_of_the_period(currency: str, day: date, rate: str) -> None:
    found = exchange_rates().rate(currency, day)
    assert found is not None
    assert found.sell == Decimal(rate)
    assert found.start <= day <= found.end


@pytest.mark.parametrize(
    ("currency", "day"), [("USD", date(2024, 6, 20)), ("USD", date(2025, 4, 1)), ("VND", date(2025, 3, 25))]
)
def test_what_is_not_held_is_none_and_no_neighbour(currency: str, day: date) -> None:
    assert exchange_rates().rate(currency, day) is None


def test_periods_are_thirds_of_a_month_without_a_gap() -> None:
    held = exchange_rates().periods
    assert len(held) >= 28
    for one, other in pairwise(held):
        assert (other.start - one.end).days == 1
        assert one.start.day in (1, 11, 21)
        assert all(sell >= one.buy[code] for code, sell in one.sell.items())


def test_an_official_file_is_read_and_used() -> None:
    rates = exchange_rates().with_periods([read_gc331(json.dumps(RAW))])
    result = quote(read_input(TaiwanQuoteInput, GOODS), as_of=date(2026, 11, 27), rates=rates)
    assert result.complete
    assert result.totals.customs_value == 3150
    assert result.regime["customs_value"]["exchange_rate"]["rate"] == "31.5"


def test_without_a_rate_it_is_asked_for() -> None:
    result = quote(read_input(TaiwanQuoteInput, GOODS), as_of=date(2026, 11, 27))
    assert not result.complete
    assert "exchange_rate" in [m.fact for m in result.missing]
    assert result.totals.total is None


def test_a_rate_of_the_user_is_labelled() -> None:
    result = quote(read_input(TaiwanQuoteInput, GOODS | {"exchange_rate": "31"}), as_of=date(2025, 3, 25))
    assert result.totals.customs_value == 3100
    assert "stated_exchange_rate" in [a.code for a in result.assumptions]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": "2026-11-21"}, "is no day"),
        ({"end": "20261101"}, "ends before it begins"),
        ({"items": [{"code": "USD", "buyValue": "31"}]}, "sellValue"),
        ({"items": [{"code": "USD", "buyValue": "31", "sellValue": "-1"}]}, "negative"),
        ({"items": [{"code": "USD", "buyValue": "31", "sellValue": "0"}]}, "rate of 0"),
        ({"items": 5}, "is not such a file"),
    ],
)
def test_a_file_that_is_none_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_gc331(json.dumps(RAW | change))


def test_periods_may_not_overlap() -> None:
    one = Period(start=date(2026, 1, 1), end=date(2026, 1, 10), sell={"USD": Decimal(31)})
    two = Period(start=date(2026, 1, 10), end=date(2026, 1, 20), sell={"USD": Decimal(31)})
    with pytest.raises(InputError, match="overlap"):
        ExchangeRates([one, two], exchange_rates().citation, "secondary")
