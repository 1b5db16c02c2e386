"""The law over time, topic by topic: bars that can be zoomed, filters, and the brief on what is clicked."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from tools.law.history import Held, coming
from tools.law.history import timeline as history
from tools.law.models import Certainty
from tools.law.store import law
from tools.text.format import figure
from tools.text.places import name_of
from ui.web import charts, held
from ui.web.address import note, recall
from ui.web.answer_view import show_law
from ui.web.fields import beside, several, switch
from ui.web.receipts import LawRead
from ui.web.words import Words, escaped, table

_CERTAINTIES: tuple[Certainty, ...] = ("confirmed", "secondary", "derived", "contested", "unverified", "expected")
_AHEAD = 7 * 30  # days an open interval is drawn beyond today
_COMING, _NAMED = 12, 3  # events shown; origins named of a scope
_SCOPE = 40  # characters of a scope in a row's name


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.timeline"))
    today = held.settings().today("tw")
    side = switch(words, "bar.destination", "side", ("tw", "us"), "calc")
    topics = [t for t in law().topics() if t.startswith(f"{side}.")]
    first = f"{side}.low_value" if side == "tw" else "us.de_minimis"
    recall("topic", topics, first)
    if st.session_state["topic"] not in topics:
        st.session_state["topic"] = first
    topic = st.selectbox(words("timeline.topic"), topics, key="topic", format_func=lambda t: law().title(t)[words.lang])
    note("topic", topic, "tw.low_value")
    kept, typed = beside(
        partial(several, words, "timeline.certainty", "certain", _CERTAINTIES, [], lambda c: words(f"certainty.{c}")),
        partial(st.text_input, words("timeline.filter"), key="contains", bind="query-params", max_chars=60),
    )
    wanted = typed.strip().lower()
    rows = [
        h
        for h in history(law(), topic)
        if (not kept or h.value.certainty in kept) and wanted in _name(h, words).lower()
    ]
    if not rows:
        st.info(words("timeline.none"))
    else:
        _chart(rows, today, words)
        _brief(topic, words)
    _coming(topic, today, words)


def _chart(rows: list[Held], today: date, words: Words) -> None:
    """The chart, and the value that was clicked; without a click all of them as a table."""
    end = today + timedelta(days=_AHEAD)
    scopes = {_scope(h, words) for h in rows}
    spans = [
        charts.Span(
            # a scope that all rows have would only push their names out of sight
            name=_name(h, words) if len(scopes) > 1 else h.parameter.label[words.lang], start=h.value.first_day, end=max(h.value.effective_to or end, h.value.first_day),
            value=_value(h, words), basis=h.value.source.citation[words.lang], certainty=words(f"certainty.{h.value.certainty}"),
            ref=str(at),
        )
        for at, h in enumerate(rows)
    ]  # fmt: skip
    names = [(c, words(f"certainty.{c}")) for c in _CERTAINTIES if any(h.value.certainty == c for h in rows)]
    picked: Any = st.altair_chart(
        charts.timeline(spans, names, today),
        on_select="rerun",
        selection_mode="chosen",
        key="law-chart",
        alt=words("chart.timeline"),
    )
    st.caption(words("timeline.how"))
    chosen = [int(p["ref"]) for p in picked.get("selection", {}).get("chosen", []) if "ref" in p]
    for at in chosen:
        if at < len(rows):
            show_law(_read(rows[at], words), words)
            if note_ := rows[at].value.note:
                st.caption(escaped(note_[words.lang]))
    with st.expander(words("timeline.table", count=str(len(rows)))):
        head = [words(key) for key in ("timeline.item", "receipt.period", "timeline.value", "receipt.basis")]
        body = [(r.name, r.period, r.value, r.basis) for r in (_read(h, words) for h in rows)]
        st.markdown(table(head, body))


def _name(of: Held, words: Words) -> str:
    """A parameter with the scope of its value, where it has one."""
    scope = _scope(of, words)
    return of.parameter.label[words.lang] + (words.bracketed(scope) if scope else "")


def _scope(of: Held, words: Words) -> str:
    """Routes and origins a value is for; empty where it is for all."""
    scope = of.value.scope
    parts = [words.or_else(f"route.{m}", m) for m in scope.modes]
    if scope.origins:
        named = [name_of(o, words.lang) for o in scope.origins[:_NAMED]]
        parts.append(
            ("、" if words.lang == "zh-TW" else ", ").join(named) + ("…" if len(scope.origins) > _NAMED else "")
        )
    return " ".join(parts)[:_SCOPE]


def _value(of: Held, words: Words) -> str:
    return figure(of.value.value, of.parameter.unit, words.lang)


def _read(of: Held, words: Words) -> LawRead:
    value = of.value
    return LawRead(
        name=_name(of, words), value=_value(of, words), basis=value.source.citation[words.lang],
        period=words.period(value.first_day, value.effective_to), certainty=value.certainty, frontier=str(value.frontier),
        url=value.source.url,
    )  # fmt: skip


def _brief(topic: str, words: Words) -> None:
    """Links to the briefs on a topic."""
    from corpus.briefs_reader import shipped_briefs

    side, _, name = topic.partition(".")
    about = [b for b in shipped_briefs() if b.front.jurisdiction == side.upper() and name in b.front.topics]
    for brief in about:
        if st.button(
            escaped(brief.front.title[words.lang]),
            icon=":material/menu_book:",
            key=f"brief-{brief.front.id}",
            type="tertiary",
        ):
            st.session_state["timeline_brief"] = brief.front.id
    chosen = st.session_state.get("timeline_brief")
    for brief in about:
        if brief.front.id == chosen:
            from ui.web.library import show_brief

            show_brief(brief, held.settings().today("tw"), words)


def _coming(topic: str, today: date, words: Words) -> None:
    rows = coming(law(), today, topic)[:_COMING]
    if rows:
        st.markdown(f"**{words('timeline.coming')}**")
        for c in rows:
            st.markdown(
                f"- {c.day} {words.labelled(f'timeline.{c.event}', escaped(_name(c.held, words)))} = {escaped(_value(c.held, words))}"
            )
