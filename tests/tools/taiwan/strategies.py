"""Random Taiwan quotes for the laws: every fact known, or some of them open. Imports nothing of ours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]
PRICES = st.decimals(min_value=0, max_value=400_000, places=2)
SMALL = st.decimals(min_value=0, max_value=2_500, places=2)
CHARGES = st.decimals(min_value=0, max_value=20_000, places=2)
RATES = st.integers(min_value=0, max_value=500).map(lambda tenths: f"{Decimal(tenths) / 10}%")
EXCHANGE_RATES = st.decimals(min_value="0.0001", max_value=50, places=4)
#: lines of the shipped schedule that owe duty and business tax only
CODES = ("61091000006", "61099020005", "91021100006", "42022100003", "42023100001", "85183032005", "21069099208")


def goods(prices: st.SearchStrategy[Decimal] = PRICES, most: int = 4) -> st.SearchStrategy[list[Raw]]:
    """One to `most` lines of goods with a stated rate."""
    line = st.fixed_dictionaries({"price": prices.map(str), "rate": RATES})
    return st.lists(line, min_size=1, max_size=most)


@st.composite
def known(draw: st.DrawFn, prices: st.SearchStrategy[Decimal] = PRICES | SMALL, most: int = 4) -> Raw:
    """A quote with no open fact."""
    raw: Raw = {
        "route": "express",
        "goods": draw(goods(prices, most)),
        "freight": str(draw(CHARGES | SMALL)),
        "insurance": str(draw(SMALL)),
        "exempt_imports_this_half_year": draw(st.integers(0, 12)),
        "decline_low_value_exemption": draw(st.booleans()),
    }
    if draw(st.booleans()):
        raw |= {"currency": "USD", "exchange_rate": str(draw(EXCHANGE_RATES))}
    return raw


@st.composite
def maybe_open(draw: st.DrawFn) -> Raw:
    """A quote in which freight, insurance, the count and the code may be unknown."""
    raw = draw(known(SMALL, 2))
    for fact in ("freight", "insurance", "exempt_imports_this_half_year"):
        if draw(st.booleans()):
            del raw[fact]
    if draw(st.booleans()):
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
        raw["goods"] = [{"price": str(draw(SMALL)), "candidate_codes": codes}]
    return raw
