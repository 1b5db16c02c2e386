"""Cost in US dollars: tokens times the prices of `evals/prices.toml`. A model without a price is unscored."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from advisor.answer import Answer
from evals.cases import Case
from evals.scorers.base import Score, measure
from evals.scorers.tokens import used

_PRICES = Path(__file__).resolve().parents[1] / "prices.toml"


@cache
def prices() -> dict[str, dict[str, Decimal]]:
    """US dollars for a million tokens, by model."""
    return dict(tomllib.loads(_PRICES.read_text("utf-8"), parse_float=Decimal))


def score(_: Case, answer: Answer) -> Score:
    counted, price = used(answer), prices().get(answer.model)
    if counted is None or price is None:
        return measure(None, f"unscored: no price or no tokens of {answer.model}")
    spent = (counted[0] * price["input"] + counted[1] * price["output"]) / 1_000_000
    return measure(float(spent), f"US$ {spent:.6f}")
