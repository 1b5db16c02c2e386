"""Where no exchange rate is known, the rate at which the low-value limit is passed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.quote import quote


@pytest.mark.parametrize(
    ("currency", "price", "freight", "rate"),
    [
        ("JPY", "9000", "1000", "0.2"),  # 2,000 / 10,000
        ("CNY", "380", "40", "4.7619"),  # 2,000 / 420 = 4.76190..., cut after four places
        ("USD", "100", "25", "16"),  # 2,000 / 125
    ],
)
def test_the_rate_at_which_the_limit_is_reached(currency: str, price: str, freight: str, rate: str) -> None:
    given = TaiwanQuoteInput.model_validate(
        {"route": "express", "currency": currency, "freight": freight, "insurance": "0", "goods": [{"price": price}]}
    )
    missing = next(m for m in quote(given, as_of=date(2026, 11, 27)).missing if m.fact == "exchange_rate")
    assert missing.effect.figures["rate"].value == Decimal(rate)
    assert missing.effect.figures["limit"].value == Decimal(2000)


def test_a_traveller_has_an_allowance_of_another_kind() -> None:
    given = TaiwanQuoteInput.model_validate({"route": "traveller", "currency": "JPY", "goods": [{"price": "9000"}]})
    missing = [m for m in quote(given, as_of=date(2026, 11, 27)).missing if m.fact == "exchange_rate"]
    assert all("rate" not in m.effect.figures for m in missing)
