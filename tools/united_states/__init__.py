"""Imports into the United States: quotes with their stacked duties and fees, and the low-value exemption."""

from tools.united_states.de_minimis import DeMinimis, DeMinimisInput, de_minimis
from tools.united_states.inputs import UsLine, UsQuoteInput
from tools.united_states.quote import quote

__all__ = ["DeMinimis", "DeMinimisInput", "UsLine", "UsQuoteInput", "de_minimis", "quote"]
