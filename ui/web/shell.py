"""The frame of every page: navigation, language, look; the pages themselves are loaded when they are opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from tools.errors import CustomsError
from tools.law.models import Lang
from ui.web import held
from ui.web.address import note, recall
from ui.web.words import Words, escaped

#: pages in the order of the menu: module under ui.web, sign
PAGES = {
    "chat": ("chat", ":material/forum:"),
    "calculators": ("calculators", ":material/calculate:"),
    "papers": ("papers", ":material/receipt_long:"),
    "tariff": ("explorer", ":material/account_tree:"),
    "timeline": ("timeline", ":material/timeline:"),
    "library": ("library", ":material/menu_book:"),
    "evals": ("evaluations", ":material/fact_check:"),
}
_LATIN = "'Source Sans', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif"
_LANGUAGES: dict[Lang, str] = {"zh-TW": "繁體中文", "en": "English"}


def run() -> None:
    """The whole application."""
    words = _frame()
    pages = [
        st.Page(
            partial(_open, name, words), title=words(f"nav.{name}"), icon=sign, url_path=name, default=name == "chat"
        )
        for name, (_, sign) in PAGES.items()
    ]
    st.navigation(pages).run()


def show(name: str) -> None:
    """One page alone in its frame."""
    _open(name, _frame())


def _frame() -> Words:
    st.set_page_config(page_title="海關進口顧問 Customs advisor", page_icon="📦", layout="centered")
    st.html(Path(__file__).with_name("page.css"))
    with st.sidebar:
        recall("lang", list(_LANGUAGES), "zh-TW")
        lang: Lang = st.radio(
            "語言 / Language", list(_LANGUAGES), horizontal=True, key="lang", format_func=_LANGUAGES.__getitem__
        )
        note("lang", lang, "zh-TW")
    if lang == "en":  # a Chinese font draws quotation marks and dashes as wide as its characters
        st.html(f"<style>.stMarkdown, .stCaption {{ font-family: {_LATIN}; }}</style>")
    return Words(lang)


def _open(name: str, words: Words) -> None:
    page: Callable[[Words], None] = import_module(f"ui.web.{PAGES[name][0]}").page
    try:
        held.settings()
        page(words)
    except CustomsError as error:  # of settings, data or input: one line that says who can act
        st.error(escaped(str(error)))
    with st.sidebar:
        st.caption(words("nav.info"))
