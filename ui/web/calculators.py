"""The calculators: Taiwan, United States, EZ WAY check, and files of many lines."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from ui.web.fields import switch
from ui.web.words import Words

_KINDS = {"tw": "calc_taiwan", "us": "calc_us", "ezway": "calc_ezway", "batch": "batch"}


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.calculators"))
    kind = switch(words, "calc.kind", "calc", list(_KINDS), "calc", hidden=True)
    import_module(f"ui.web.{_KINDS[kind]}").calculator(words)
