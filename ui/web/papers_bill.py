"""A courier's or the post's bill: pasted or uploaded, the shipment beside it, what of it is government money and whether it is right."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, get_args

import streamlit as st

from corpus.papers.models import PaperRead
from tools.errors import CustomsError
from tools.inputs import read_input
from tools.paperwork.bill_check import check_bill
from tools.paperwork.bill_letter import carriers
from tools.paperwork.bill_models import BillCheck, BillInput, Carrier
from tools.paperwork.bill_text import read_bill_text
from tools.paperwork.sheets import bill_rows, written_csv
from tools.tariff.schedule import ScheduleName
from ui.web import held
from ui.web.fields import amount, beside, choice, code, money_of, origin, switch
from ui.web.given import problem
from ui.web.paper_sheet import bill_sheet
from ui.web.papers_read import KINDS, read_upload, show_paper, uploaded
from ui.web.words import Words, dollars, escaped, figure, table

_MODES = {"us": ("express", "air", "ocean", "post", "land"), "tw": ("express", "post", "cargo")}
_SIGNS = {"agrees": st.success, "possible": st.info, "cannot_tell": st.warning, "differs": st.warning}


def tab(words: Words) -> None:
    """Fields, the check, the letter."""
    side = switch(words, "paper.side", "bill_side", ("tw", "us"), "calc")
    shipment = _shipment(words, side)
    lines, total, carrier = _bill(words)
    with st.expander(words("calc.more")):
        number = st.text_input(words("paper.number"), key="bill_number", max_chars=60).strip()
        dated = st.date_input(words("paper.bill_day"), value=None, key="bill_day")
        window = amount(words, "paper.window", "bill_window", none="calc.unknown")
        stated = amount(words, "paper.stated", "bill_stated", none="calc.unknown")
    if not lines or shipment is None:
        st.info(words("paper.begin_bill"))
        return
    coded = {("hts_code" if side == "us" else "ccc_code"): stated} if stated else {}
    raw: dict[str, Any] = {
        "destination": side, "carrier": carrier, "lines": lines, "total": total, side: shipment,
        "bill_number": number, "bill_date": dated, "window_days": window or None, "stated": coded or None,
    }  # fmt: skip
    try:
        given = read_input(BillInput, {name: value for name, value in raw.items() if value is not None})
        found = check_bill(given, as_of=held.settings().today("us" if side == "us" else "tw"))
    except CustomsError as error:
        st.error(problem(error, words))
        return
    show_check(given, found, words)


def _shipment(words: Words, side: str) -> dict[str, Any] | None:
    """The shipment as its calculator takes it; None until value and code or origin are there."""
    today = held.settings().today("us" if side == "us" else "tw")
    route = choice(words, "bar.route", f"bill_{side}_route", _MODES[side], "route")
    where: ScheduleName = "us" if side == "us" else "tw"
    number, made_in = beside(
        partial(code, words, where, f"bill_{side}_goods"),
        partial(origin, words, f"bill_{side}_origin", unknown=side == "tw"),
    )
    value, money = beside(
        partial(amount, words, "calc.value" if side == "us" else "calc.price", f"bill_{side}_value"),
        partial(money_of, words, f"bill_{side}_money", "USD" if side == "us" else "TWD"),
    )
    freight, insurance = beside(
        partial(amount, words, "calc.freight", f"bill_{side}_freight", none="calc.unknown"),
        partial(amount, words, "calc.insurance", f"bill_{side}_insurance", none="calc.unknown"),
    )
    on = st.date_input(words("calc.entry_day"), value=today, key=f"bill_{side}_day", bind="query-params")
    if not value:
        return None
    common = {"currency": money, "freight": freight or None, "insurance": insurance or None}
    shared = {name: text for name, text in common.items() if text}
    if side == "us":
        line = {"hts_code": number or None, "country_of_origin": made_in, "value": value}
        return {**shared, "mode": route, "entry_date": on.isoformat(), "lines": [_told(line)]}
    goods = {"ccc_code": number or None, "country_of_origin": made_in or None, "price": value}
    return {**shared, "route": route, "as_of": on.isoformat(), "goods": [_told(goods)]}


def _told(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value}


def _bill(words: Words) -> tuple[list[dict[str, Any]], str | None, str]:
    """The lines of the bill, its total and its carrier, from the paste, else from an upload."""
    st.selectbox(
        words("paper.carrier"), ("", *get_args(Carrier)), key="bill_carrier",
        format_func=lambda name: carriers()[name][words.lang] if name else words("paper.carrier_read"),
    )  # fmt: skip
    pasted = st.text_area(
        words("paper.paste"), key="bill_text", height=140, max_chars=6000, placeholder=words("paper.paste_hint")
    )
    file = uploaded(words, "paper.file", "bill_file", KINDS)
    text = pasted
    if not pasted.strip() and file is not None and (paper := read_upload(file)) is not None:
        show_paper(paper, words)
        text = _text_of(paper)
    read = read_bill_text(text)
    for evidence in read.to_confirm:
        st.warning(words.labelled("paper.confirm", escaped(evidence)))
    lines = [line.model_dump(mode="json", exclude_none=True) for line in read.as_lines()]
    carrier = st.session_state["bill_carrier"] or read.carrier or "other"
    return lines, None if read.total is None else f"{read.total:f}", carrier


def _text_of(paper: PaperRead) -> str:
    """The rows of a paper that hold a value, as text."""
    return "\n".join(dict.fromkeys(value.evidence.text for value in paper.values))


def show_check(given: BillInput, found: BillCheck, words: Words) -> None:
    """The verdict, what explains it, the table, periods, letter, downloads."""
    lang = words.lang
    first, *said = found.said
    _SIGNS[found.verdict](f"**{dollars(first.render(lang))}**")
    head = [words("paper.name"), words("paper.written"), words("paper.again")]
    st.markdown(table(head, [(g.name[lang], figure(g.billed), figure(g.computed)) for g in found.groups], {1, 2}))
    for message in (m for m in said if not m.code.startswith("bill_group_")):
        st.markdown(f"- {dollars(message.render(lang))}")
    st.markdown(f"**{words('paper.clocks')}**")
    for message in found.clocks:
        st.markdown(f"- {dollars(message.render(lang))}")
    if found.letter is not None:
        st.markdown(f"**{words('paper.letter')}**")
        st.caption(words("paper.copy"))
        mine, other = st.tabs(["繁體中文", "English"] if lang == "zh-TW" else ["English", "繁體中文"])
        with mine:
            st.code(found.letter.text[lang], language=None, wrap_lines=True)
        with other:
            st.code(found.letter.text["en" if lang == "zh-TW" else "zh-TW"], language=None, wrap_lines=True)
    whole = json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2)
    with st.container(horizontal=True, key="do-bill"):
        st.download_button("PDF", lambda: bill_sheet(given, found, lang), "bill-worksheet.pdf", "application/pdf",
                           key="pdf-bill", icon=":material/picture_as_pdf:")  # fmt: skip
        st.download_button("JSON", whole, "bill-check.json", "application/json", key="json-bill")
        st.download_button(
            "CSV", "\ufeff" + written_csv(bill_rows(found, lang)), "bill-check.csv", "text/csv", key="csv-bill"
        )
