"""Imports into Taiwan: customs value, duty, taxes, fees, regimes, and the quote that joins them."""

from tools.taiwan.inputs import TaiwanGoods, TaiwanQuoteInput
from tools.taiwan.quote import quote

__all__ = ["TaiwanGoods", "TaiwanQuoteInput", "quote"]
