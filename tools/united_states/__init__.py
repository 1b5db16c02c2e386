"""Imports into the United States: what is held so far is the low-value exemption and the fee tables."""

from tools.united_states.de_minimis import DeMinimis, DeMinimisInput, de_minimis

__all__ = ["DeMinimis", "DeMinimisInput", "de_minimis"]
