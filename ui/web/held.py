"""What every session of this process shares: settings, the advisor, and the threads in which questions are answered."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import streamlit as st

from advisor.settings import Settings
from tools.tariff.schedule import use_editions_in

if TYPE_CHECKING:
    from advisor import Advisor

_WORKERS = 8  # questions answered at once; more wait their turn
_opening = threading.Lock()


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """What the operator chose, read once; imported editions of the tariff are looked for in their place."""
    chosen = Settings.from_environment()
    use_editions_in(chosen.home)
    return chosen


def advisor() -> Advisor:
    """The advisor over the index in use; the one over an index that was swapped away is let go."""
    with _opening:
        if not index_in_use():
            from advisor import Advisor

            _ = Advisor(settings()).library  # builds it
        return _advisor(index_in_use())


def index_in_use() -> str:
    """Name of the index generation in use; empty before there is one."""
    try:
        return (settings().home / "index" / "current").read_text("utf-8").strip()
    except OSError:
        return ""


@st.cache_resource(show_spinner=False, max_entries=1)
def _advisor(index: str) -> Advisor:  # noqa: ARG001 - the key of the cache
    from advisor import Advisor

    return Advisor(settings())


@st.cache_resource(show_spinner=False)
def tariff_words() -> bool:
    """Has the names of goods read in, once a process; takes seconds, and whoever else asks meanwhile waits for the same."""
    from tools.tariff.search.models import SearchInput
    from tools.tariff.search.search import search

    today = settings().today("tw")
    return bool(search(SearchInput(text="手錶 watch", schedule="hs", limit=1, on=today), today).candidates)


def opened() -> None:
    """What the first question needs, made ready while it is being typed."""
    advisor()
    tariff_words()


@st.cache_resource(show_spinner=False)
def pool() -> ThreadPoolExecutor:
    """Threads that answer questions, so that a page can be stopped while it waits."""
    return ThreadPoolExecutor(_WORKERS, thread_name_prefix="answer")
