"""The bar that governs an answer: day, destination, route, origin; what is chosen is said with the question, in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from tools.law.models import Lang
from tools.text.places import name_of
from ui.web import held
from ui.web.words import Words

_DESTINATIONS = ("TW", "US")
_ROUTES = ("express", "post", "traveller", "cargo", "air", "ocean", "land")
#: origins most asked about, first in every list
ORIGINS = (
    "TW",
    "CN",
    "JP",
    "KR",
    "US",
    "VN",
    "TH",
    "HK",
    "IN",
    "ID",
    "MY",
    "MX",
    "DE",
    "FR",
    "IT",
    "GB",
    "CA",
    "AU",
    "NZ",
    "SG",
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the bar says; empty means: as the question says."""

    as_of: date
    today: date
    destination: str
    route: str
    origin: str

    @property
    def day(self) -> date | None:
        """The day asked for, None for today."""
        return None if self.as_of == self.today else self.as_of

    def said(self, lang: Lang) -> str:
        """The conditions chosen, as sentences that go with the question."""
        words = Words(lang)
        parts = [
            words("said.destination", place=name_of(self.destination, lang)) if self.destination else "",
            words(f"said.{self.route}") if self.route else "",
            words("said.origin", place=name_of(self.origin, lang)) if self.origin else "",
        ]
        return ("" if lang == "zh-TW" else " ").join(p for p in parts if p)


def language_of(question: str) -> Lang:
    """The language in which conditions are added to a question."""
    return "zh-TW" if any("\u4e00" <= c <= "\u9fff" for c in question) else "en"


def bar(words: Words) -> Conditions:
    """The bar; its label says what governs."""
    today = held.settings().today("tw")
    state = st.session_state
    shown = [
        str(state.get("as_of", today)),
        _place(state.get("destination", ""), words),
        words(f"route.{state['route']}") if state.get("route") else words("bar.any_route"),
        _place(state.get("origin", ""), words, "bar.any_origin"),
    ]
    with st.popover(f"{words('bar.label')} {' · '.join(shown)}", icon=":material/tune:", width="stretch", key="bar"):
        st.caption(words("bar.help"))
        as_of = st.date_input(words("bar.as_of"), value=today, min_value=date(1990, 1, 1), max_value=date(today.year + 5, 12, 31),
                              key="as_of", persist_state="session")  # fmt: skip
        destination = st.selectbox(words("bar.destination"), ("", *_DESTINATIONS), key="destination", persist_state="session",
                                   format_func=lambda code: _place(code, words))  # fmt: skip
        route = st.selectbox(words("bar.route"), ("", *_ROUTES), key="route", persist_state="session",
                             format_func=lambda name: words(f"route.{name}") if name else words("bar.any_route"))  # fmt: skip
        origin = st.selectbox(words("bar.origin"), ("", *ORIGINS), key="origin", persist_state="session",
                              format_func=lambda code: _place(code, words, "bar.any_origin"))  # fmt: skip
    return Conditions(as_of or today, today, destination, route, origin)


def _place(code: str, words: Words, none: str = "bar.any_destination") -> str:
    return name_of(code, words.lang) if code else words(none)
