"""The library: dated search, briefs to read, the reader's own documents, and the scan."""

from __future__ import annotations

from datetime import date

import streamlit as st

from corpus.briefs_reader import Brief, shipped_briefs
from corpus.search import Passage
from tools.law.bindings import render
from tools.law.store import law
from ui.web import documents, held
from ui.web.address import note, recall
from ui.web.answer_view import source_link
from ui.web.fields import several, switch
from ui.web.words import Words, dollars, escaped

_SIDES, _STATES = ("TW", "US", "APEC", "INTL"), ("in_force", "historical", "proposed", "superseded")
_VIEWS = ("search", "documents", "mine", "scan")
_LIMIT = 8  # passages of a search
_COLOURS = {"in_force": "green", "historical": "gray", "proposed": "orange", "superseded": "red"}


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.library"))
    view = switch(words, "library.view", "show", _VIEWS, "library", hidden=True)
    if view == "mine":
        documents.mine(words)
        return
    on = st.date_input(words("bar.as_of"), value=held.settings().today("tw"), key="on", bind="query-params")
    if view == "search":
        _search(on, words)
    elif view == "scan":
        documents.scanned(on, words)
    else:
        _documents(on, words)


def _search(on: date, words: Words) -> None:
    wanted = st.text_input(words("library.query"), key="query", bind="query-params", max_chars=400).strip()
    sides = several(words, "library.side", "sides", _SIDES, [], lambda s: words(f"jurisdiction.{s}"))
    if not wanted:
        st.caption(words("library.begin"))
        return
    found = held.advisor().library.search(wanted, as_of=on, lang=words.lang, limit=_LIMIT, jurisdictions=sides)
    if not found.covered:
        st.warning(words("library.not_covered"))
    for passage in found.passages:
        _passage(passage, words)


def _passage(passage: Passage, words: Words) -> None:
    with st.container(border=True):
        st.markdown(f"**{escaped(passage.title)}** › {escaped(passage.section)}")
        st.markdown(_badges(passage.status, passage.authority, words))
        own = passage.authority == "brief"
        st.markdown(dollars(passage.text) if own else escaped(passage.text))
        st.caption(escaped(f"{passage.publisher} · {passage.citation}"))
        if passage.url:
            source_link(passage.url, words)


def _badges(status: str, authority: str, words: Words) -> str:
    return (
        f":{_COLOURS.get(status, 'gray')}-badge[{words.or_else(f'status.{status}', status)}] "
        f":gray-badge[{words.or_else(f'authority.{authority}', authority)}]"
    )


def _documents(on: date, words: Words) -> None:
    """All briefs by place and standing, and the one opened."""
    left, right = st.columns(2)
    with left:
        sides = several(words, "library.side", "sides", _SIDES, [], lambda s: words(f"jurisdiction.{s}"))
    with right:
        states = several(words, "library.status", "states", _STATES, [], lambda s: words(f"status.{s}"))
    briefs = {
        b.front.id: b
        for b in shipped_briefs()
        if (not sides or b.front.jurisdiction in sides) and (not states or b.front.status in states)
    }
    st.caption(words("library.count", count=str(len(briefs))))
    recall("doc", list(briefs), "")
    if st.session_state["doc"] not in briefs:
        st.session_state["doc"] = ""
    chosen = st.selectbox(
        words("library.open"), ["", *briefs], key="doc",
        format_func=lambda i: briefs[i].front.title[words.lang] if i else words("tariff.choose"),
    )  # fmt: skip
    note("doc", chosen, "")
    if chosen:
        show_brief(briefs[chosen], on, words)


def show_brief(brief: Brief, on: date, words: Words) -> None:
    """A brief as it reads on a day; its figures of the law are those of that day."""
    front = brief.front
    with st.container(border=True):
        st.subheader(front.title[words.lang])
        st.markdown(
            f"{_badges(front.status, 'brief', words)} {words.in_force(front.effective_from, front.effective_to)}"
        )
        if front.document:
            st.caption(escaped(words("library.reports_on", title=front.document.title)))
        own = [s for s in brief.sections if s.language == words.lang] or list(brief.sections)
        for section in own:
            text, _ = render(section.body, law(), on, section.language)
            st.markdown(f"#### {escaped(section.heading)}\n\n{dollars(text)}")
        st.markdown(f"**{words('receipt.source')}**")
        for source in front.sources:
            st.caption(escaped(f"{source.publisher} · {source.citation}"))
            if source.url:
                source_link(source.url, words)
        certainty = words.or_else(f"certainty.{front.certainty}", front.certainty)
        st.caption(f"{certainty} · {words('receipt.frontier', day=str(front.reviewed))}")
