"""Papers in somebody's hand: a courier's bill, and Form 7501. What they are is said once, here: a check, no filing."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from tools.result import Message
from ui.web.fields import switch
from ui.web.words import Words

_KINDS = {"bill": "papers_bill", "form": "papers_form"}


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.papers"))
    st.write(words("paper.lead"))
    st.caption(Message(code="paper_boundary").render(words.lang))
    kind = switch(words, "calc.kind", "paper", list(_KINDS), "paper", hidden=True)
    import_module(f"ui.web.{_KINDS[kind]}").tab(words)
