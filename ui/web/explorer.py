"""The tariff: search, the tree from section to line, the schedules held side by side, notes and rules."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tools.errors import CustomsError
from tools.tariff import interpretation
from tools.tariff.codes import compact, dotted
from tools.tariff.look import CodeShown
from tools.tariff.look import show as look
from tools.tariff.models import ScheduleName, TariffLine
from tools.tariff.names import find_lines
from tools.tariff.schedule import schedule
from tools.tariff.search.models import Candidate, Found, SearchInput
from tools.tariff.search.search import search
from ui.web import held
from ui.web.address import note, recall
from ui.web.answer_view import source_link
from ui.web.doubt import money_view
from ui.web.fields import switch
from ui.web.given import problem
from ui.web.words import Words, dollars, escaped, table

_NATIONAL: tuple[ScheduleName, ...] = ("tw", "us")
_HITS, _ROWS = 8, 60  # hits of a search in a schedule, rows below a heading


def page(words: Words) -> None:
    """The page."""
    st.title(words("nav.tariff"))
    held.pool().submit(held.tariff_words)  # while the goods are being typed
    left, right = st.columns([3, 1])
    with left:
        wanted = st.text_input(
            words("tariff.search"), key="q", bind="query-params", max_chars=200, help=words("tariff.search_help")
        )
    with right:
        on = st.date_input(words("bar.as_of"), value=held.settings().today("tw"), key="day", bind="query-params")
    view = switch(words, "tariff.view", "view", ("browse", "rules"), "tariff", hidden=True)
    recall("code", None, "")
    if wanted.strip() and compact(wanted).isascii() and compact(wanted).isdigit():
        st.session_state["code"] = compact(wanted)
    if code := st.session_state["code"]:
        _code(code, on, words)
    elif wanted.strip():
        _search(wanted.strip(), on, words)
    elif view == "rules":
        _rules(words)
    else:
        _browse(on, words)
    note("code", st.session_state["code"], "")


def _open(code: str) -> None:
    """Show a code; with none, what was there before."""
    st.session_state["code"] = code
    if not code and compact(st.session_state.get("q", "")).isdigit():
        st.session_state["q"] = ""


def _search(wanted: str, on: date, words: Words) -> None:
    """Lines that have the name, then the likely subheadings with their reasons and what would tell them apart."""
    for name in _NATIONAL:
        lines = [m.line for m in find_lines(wanted, schedule(name)) if m.line.holds(on)][:_HITS]
        if lines:
            st.markdown(f"**{words(f'schedule.{name}')}**")
            _line_buttons(lines, words, f"hit-{name}")
    side: ScheduleName = "us" if switch(words, "tariff.side", "side", _NATIONAL, "schedule") == "us" else "tw"
    asked = SearchInput(text=wanted, schedule=side, limit=_HITS, on=on)
    model = held.settings().model
    with_model = model != "offline" and st.toggle(
        words("tariff.with_model"), key="with-model", help=words("tariff.with_model_help")
    )
    with st.spinner(words("chat.working")):
        held.tariff_words()
        found = _by_model(asked, on, model) if with_model else search(asked, on)
    lang = words.lang
    for message in found.notes:
        st.info(dollars(message.render(lang)))
    candidates = found.candidates or tuple(c for part in found.parts for c in part.candidates)
    if not candidates:
        return
    st.markdown(f"**{words('tariff.candidates')}**")
    column = "general" if side == "us" else "column_1"
    rates = list(dict.fromkeys(c.rates[column] for c in candidates if c.rates.get(column)))
    if len(rates) > 1:
        st.caption(escaped(words("tariff.between", rates="; ".join(rates))))
    if found.question:
        open_ = found.question
        st.info(
            f"{dollars(open_.question.render(lang))}  \n{dollars(open_.matters.render(lang))}", icon=":material/help:"
        )
        with st.container(horizontal=True, key="quick-tariff"):
            for at, choice in enumerate(open_.choices):
                st.button(
                    escaped(choice[lang]), key=f"quick-tariff-{at}", on_click=_narrow, args=(wanted, choice[lang])
                )
    money_view(candidates, side, on, words)
    for candidate in candidates:
        _candidate(candidate, words)


def _by_model(asked: SearchInput, on: date, model: str) -> Found:
    """The look-up with the configured model; what it gave is kept for the session, so drawing the page again costs nothing."""
    from advisor.classify.door import look_up

    key = f"{model} {on} {asked.model_dump_json()}"
    kept: dict[str, Found] = st.session_state.setdefault("walked", {})
    if key not in kept:
        looked = look_up(held.settings(), asked, on, model)
        if looked.trouble:
            return looked.found
        kept[key] = looked.found
    return kept[key]


def _narrow(wanted: str, choice: str) -> None:
    st.session_state["q"] = f"{wanted} {choice}"


def _candidate(candidate: Candidate, words: Words) -> None:
    lang = words.lang
    title = f"{dotted(compact(candidate.code))} {candidate.name[lang]}"
    with st.expander(f"{escaped(title)} · {words(f'tariff.{candidate.confidence}')}"):
        st.caption(escaped(" › ".join(level.name[lang] for level in candidate.path)))
        for label, said in (("tariff.why", candidate.why), ("tariff.why_not", candidate.not_this_because)):
            if said:
                st.markdown(
                    f"**{words(label)}**{words.colon}" + " ".join(dollars(message.render(lang)) for message in said)
                )
        for line in candidate.lines[:_HITS]:
            rate = next((r for r in line.rates.values() if r), "")
            label = f"{dotted(compact(line.code))} {line.name[lang]}" + (f"\u00a0· {rate}" if rate else "")
            st.button(
                escaped(label),
                key=f"below-{candidate.code}-{line.code}",
                on_click=_open,
                args=(compact(line.code),),
                width="stretch",
            )
        if not candidate.lines:
            st.button(
                dotted(compact(candidate.code)),
                key=f"below-{candidate.code}",
                on_click=_open,
                args=(compact(candidate.code),),
            )


def _line_buttons(lines: list[TariffLine], words: Words, key: str) -> None:
    for line in lines:
        rate = next((r for r in line.rates.values() if r), "")
        label = f"{dotted(line.code)} {line.name[words.lang]}" + (f"\u00a0· {rate}" if rate else "")
        st.button(escaped(label), key=f"{key}-{line.code}", on_click=_open, args=(line.code,), width="stretch")


def _browse(on: date, words: Words) -> None:
    """Section, chapter, heading, lines: one choice after the other."""
    lang = words.lang
    sections = {str(s.number): s for s in interpretation.sections()}
    recall("section", list(sections), "1")
    number = st.selectbox(words("tariff.section"), list(sections), key="section",
                          format_func=lambda n: f"{sections[n].roman} {sections[n].name[lang]}")  # fmt: skip
    note("section", number, "1")
    chapters = {c.code: c for c in interpretation.chapters().values() if c.section == int(number)}
    recall("chapter", list(chapters), next(iter(chapters)))
    if st.session_state["chapter"] not in chapters:
        st.session_state["chapter"] = next(iter(chapters))
    chapter = st.selectbox(words("tariff.chapter"), list(chapters), key="chapter",
                           format_func=lambda c: f"{c} {chapters[c].name[lang]}")  # fmt: skip
    note("chapter", chapter, "")
    placed = interpretation.place(chapter)
    with st.expander(words("tariff.notes", count=str(len(placed.notes)))):
        _notes(placed.notes, words)
    headings = {h.code: h for h in placed.headings}
    if not headings:
        return
    recall("heading", list(headings), "")
    if st.session_state["heading"] not in headings:
        st.session_state["heading"] = ""
    heading = st.selectbox(words("tariff.heading"), ["", *headings], key="heading",
                           format_func=lambda c: f"{c} {headings[c].name[lang]}" if c else words("tariff.choose"))  # fmt: skip
    note("heading", heading, "")
    if not heading:
        return
    columns = st.columns(2)
    for column, name in zip(columns, _NATIONAL, strict=True):
        with column:
            st.markdown(f"**{words(f'schedule.{name}')}**")
            rows = list(schedule(name).below(heading, on, _ROWS))
            if not rows:
                st.caption(words("tariff.not_held"))
            _line_buttons(rows, words, f"row-{name}")


def _notes(notes: tuple[interpretation.Note, ...], words: Words) -> None:
    for row in notes:
        st.markdown(f":gray-badge[{words(f'note.{row.kind}')}] {escaped(row.text[words.lang])}")
    if not notes:
        st.caption(words("tariff.no_notes"))


def _rules(words: Words) -> None:
    """The rules of interpretation with goods worked through."""
    for rule in interpretation.rules():
        with st.expander(f"{escaped(rule.id)} · {escaped(rule.title[words.lang])}"):
            st.markdown(escaped(rule.text[words.lang]))
            st.markdown(f"*{words('tariff.example')}* {escaped(rule.example[words.lang])}")
            st.caption(escaped(rule.citation[words.lang]))


def _code(code: str, on: date, words: Words) -> None:
    """A code in every schedule that can hold it, side by side."""
    st.button(words("tariff.back"), icon=":material/arrow_back:", on_click=_open, args=("",))
    st.subheader(dotted(code))
    try:
        placed = interpretation.place(code)
    except CustomsError as error:
        st.error(problem(error, words))
        return
    lang = words.lang
    path = [f"{placed.section.roman} {placed.section.name[lang]}", f"{placed.chapter.code} {placed.chapter.name[lang]}"]
    if placed.heading:
        path.append(f"{placed.heading.code} {placed.heading.name[lang]}")
    st.caption(escaped(" › ".join(path)))
    columns = st.columns(2)
    for column, name in zip(columns, _NATIONAL, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{words(f'schedule.{name}')}**")
            _side(code if _fits(code, name) else code[:6], name, on, words)
    with st.expander(words("tariff.notes", count=str(len(placed.notes)))):
        _notes(placed.notes, words)
    if elsewhere := interpretation.about(code):
        with st.expander(words("tariff.elsewhere", count=str(len(elsewhere)))):
            _notes(elsewhere, words)


def _fits(code: str, name: ScheduleName) -> bool:
    """Whether a code can be one of a schedule; beyond six digits each country has its own."""
    return len(code) <= 6 or (name == "tw") == (len(code) == 11) or schedule(name).find(code, date.max) is not None


def _side(code: str, name: ScheduleName, on: date, words: Words) -> None:
    try:
        shown = look(code, name, on)
    except CustomsError as error:
        st.error(problem(error, words))
        return
    if shown.line:
        _line(shown, words)
    if shown.exists != "yes":
        st.markdown(escaped(shown.verdict.render(words.lang)))
        found = (schedule(name).find(compact(below), on) for below in shown.below[:_HITS])
        _line_buttons([line for line in found if line and line.code != code], words, f"below-{name}")
    for message in shown.notes:
        st.caption(escaped(message.render(words.lang)))
    source = shown.revision.source
    st.caption(
        escaped(f"{source.citation[words.lang]} · {words('receipt.frontier', day=str(shown.revision.frontier))}")
    )
    if source.url:
        source_link(source.url, words)


def _line(shown: CodeShown, words: Words) -> None:
    line = shown.line
    assert line is not None
    st.markdown(f"`{line.display_code}` {escaped(line.name[words.lang])}")
    rows = []
    for column, cell in shown.rates.items():
        reading = shown.readings[column]
        doubt = "" if reading.readable or not cell else f" ({words('tariff.not_computed')})"
        said = ((cell or "—") + doubt).replace(",", ",\u200b")  # long lists of countries break after a comma
        rows.append((words.or_else(f"column.{column}", column), said))
    if rows:
        st.markdown(table([words("tariff.column"), words("tariff.rate")], rows))
    if line.units:
        st.caption(words.labelled("tariff.units", escaped(", ".join(line.units))))
    for duty in shown.additional_duties:
        told = duty.stated if (duty.heading or "") in duty.stated else f"{duty.heading} {duty.stated}"
        st.caption(f"{words('tariff.additional')}: {escaped(told)}")
    codes = [*line.levies, *line.import_regulations, *line.export_regulations]
    if codes:
        st.caption(words.labelled("tariff.regulations", escaped(" ".join(codes))))
        for code, meaning in shown.regulations.items():
            st.caption(escaped(f"{code}{words.colon}{meaning[words.lang]}"))
