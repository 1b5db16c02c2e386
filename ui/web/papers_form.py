"""Form 7501: a box looked up under any numbering, and an entry summary checked as it is typed or uploaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from tools.errors import CustomsError, InputError
from tools.inputs import read_input, read_json
from tools.labels import label
from tools.paperwork.box_models import BoxInput
from tools.paperwork.boxes import explain_box, form
from tools.paperwork.entry_check import EntryCheck, check_entry
from tools.paperwork.entry_inputs import EntrySummary
from tools.paperwork.entry_rows import ROW_COLUMNS, from_rows, to_rows
from tools.paperwork.findings import BOXES
from tools.paperwork.sheets import entry_rows, written_csv
from ui.web import held
from ui.web.fields import choice, side_by_side, switch
from ui.web.given import problem
from ui.web.paper_sheet import entry_sheet
from ui.web.papers_read import read_upload, show_paper, uploaded
from ui.web.words import Words, begun, dollars, escaped, figure, table

_NUMBERINGS = ("all", "2024", "before", "guide")
_SIGNS = {"error": st.error, "warning": st.warning, "note": st.info}
_HEADER = (
    "entry_number", "entry_type", "entry_date", "summary_date", "import_date", "export_date", "surety_number", "bond_type",
    "bond_amount", "port_code", "importing_carrier", "mode_of_transport", "country_of_origin", "exporting_country",
    "bill_number", "manufacturer_id", "foreign_port_of_lading", "us_port_of_unlading", "location_of_goods",
    "consignee_number", "importer_number",
)  # fmt: skip
_TOTALS = ("total_entered_value", "duty", "tax", "other", "total")
#: an entry with a slip in it: the last digit of its number
EXAMPLE: Mapping[str, Any] = {
    "entry_number": "ABC-1234567-5", "entry_type": "01", "entry_date": "2026-10-05", "summary_date": "2026-10-14",
    "import_date": "2026-10-05", "export_date": "2026-09-15", "surety_number": "036", "bond_type": "8", "port_code": "2704",
    "importing_carrier": "EVER FORTUNE", "mode_of_transport": "11", "country_of_origin": "TW", "exporting_country": "TW",
    "bill_number": "EGLV001234567890", "manufacturer_id": "TWFORSOU168TAI", "foreign_port_of_lading": "58309",
    "us_port_of_unlading": "2704", "location_of_goods": "Y549", "consignee_number": "12-3456789",
    "importer_number": "12-3456789", "total_entered_value": "10000", "duty": "1650.00", "tax": "0.00", "other": "47.14",
    "total": "1697.14", "fees": [{"class_code": "499", "amount": "34.64"}, {"class_code": "501", "amount": "12.50"}],
    "lines": [{
        "line_no": "001", "description": "cotton T-shirts", "country_of_origin": "TW", "entered_value": "10000",
        "charges": "500", "relationship": "N", "quantities": {"doz.": "500", "kg": "1200"},
        "tariffs": [{"hts_code": "9903.05.75", "rate": "", "duty": "0.00"},
                    {"hts_code": "6109.10.00.12", "rate": "16.5%", "duty": "1650.00"}],
    }],
}  # fmt: skip


def tab(words: Words) -> None:
    """Boxes, or an entry."""
    part = switch(words, "calc.kind", "form_part", ("look", "check"), "paper", hidden=True)
    if part == "look":
        _look(words)
    else:
        _check(words)


def _look(words: Words) -> None:
    asked = st.text_input(words("paper.which_box"), key="form_box", bind="query-params", max_chars=60).strip()
    numbering = choice(words, "paper.numbering", "form_numbering", _NUMBERINGS, "numbering")
    if not asked:
        return
    given = {"box": asked} if asked[:1].isdigit() else {"text": asked}
    more = {} if numbering == "all" else {"numbering": numbering}
    try:
        found = explain_box(read_input(BoxInput, {**given, **more}), as_of=held.settings().today("us"))
    except CustomsError as error:
        st.error(problem(error, words))
        return
    for message in found.said:
        st.markdown(f"- {escaped(message.render(words.lang))}")
    st.caption(found.citation[words.lang])


def _check(words: Words) -> None:
    if st.button(words("paper.example"), key="form_example"):
        _fill(EXAMPLE)
    file = uploaded(words, "paper.load", "form_file", ["json", "pdf"])
    if file is not None and st.session_state.get("form_loaded") != file.file_id:
        st.session_state["form_loaded"] = file.file_id
        _load(file, words)
    if "form_paper" in st.session_state:
        show_paper(st.session_state["form_paper"], words)
    raw = _typed(words)
    if raw is None:
        st.info(words("paper.begin_entry"))
        return
    try:
        summary = read_input(EntrySummary, raw)
        found = check_entry(summary)
    except CustomsError as error:
        st.error(problem(error, words))
        return
    show_check(summary, found, words)


def _load(file: Any, words: Words) -> None:
    """An upload into the fields: JSON whole, of a PDF only the values that are sure."""
    st.session_state.pop("form_paper", None)
    if file.name.lower().endswith(".pdf"):
        paper = read_upload(file)
        if paper is not None:
            st.session_state["form_paper"] = paper
            _fill(paper.sure_values())
        return
    try:
        raw = read_json(file.getvalue().decode("utf-8-sig"), "file")
        _fill(read_input(EntrySummary, raw).model_dump(mode="json", exclude_none=True))
    except UnicodeDecodeError:
        st.error(escaped(str(InputError("file", "is not text", "JSON in UTF-8"))))
    except CustomsError as error:
        st.error(problem(error, words))


def _fill(entry: Mapping[str, Any]) -> None:
    """Values into the fields."""
    for field in (*_HEADER, *_TOTALS):
        st.session_state[f"f_{field}"] = str(entry.get(field, "") or "")
    fees = (f"{fee['class_code']} {fee['amount']}" for fee in entry.get("fees", ()))
    st.session_state["f_fees"] = "; ".join(fees)
    st.session_state["form_rows"] = to_rows(entry.get("lines", ()))
    st.session_state["form_edit"] = st.session_state.get("form_edit", 0) + 1


def _typed(words: Words) -> dict[str, Any] | None:
    """The entry as it stands in the fields; None until there is a day and a row."""
    raw: dict[str, Any] = {}
    with st.expander(words("paper.header"), expanded=True):
        raw |= _grid(_HEADER, words)
    st.caption(words("paper.rows"))
    rows = st.data_editor(
        st.session_state.get("form_rows") or [dict.fromkeys(ROW_COLUMNS, "")], num_rows="dynamic", hide_index=True,
        width="stretch", key=f"form_table_{st.session_state.get('form_edit', 0)}",
        column_config=_columns(words),
    )  # fmt: skip
    with st.expander(words("paper.totals"), expanded=True):
        raw |= _grid(_TOTALS, words)
        fees = st.text_input(words("paper.fees"), key="f_fees", max_chars=200).strip()
    try:
        lines, charged = from_rows(rows, fees)
    except InputError as error:
        st.error(problem(error, words))
        return None
    if not lines or not raw.get("entry_date"):
        return None
    return {**raw, "lines": lines, "fees": charged}


def _columns(words: Words) -> dict[str, str]:
    """Names of the columns: the boxes of the form."""
    by_number = {box.number: box.name[words.lang] for box in form().box}
    numbers = {name: BOXES["row_duty" if name == "duty" else name] for name in ROW_COLUMNS}
    named = {name: f"{number} {by_number[number]}" for name, number in numbers.items()}
    return named | {"quantities": words("paper.quantities"), "program": words("paper.program")}


def _grid(fields: tuple[str, ...], words: Words) -> dict[str, Any]:
    """Text fields in two columns, each under its box."""
    by_number = {box.number: box for box in form().box}
    told: dict[str, Any] = {}
    for column, field in side_by_side(fields):
        box = by_number[BOXES[field]]
        name = box.name[words.lang] if field != "bond_amount" else words("paper.bond_amount")
        with column:
            text = st.text_input(f"{box.number} {name}", key=f"f_{field}", max_chars=40).strip()
        if text:
            told[field] = text
    return told


def show_check(summary: EntrySummary, found: EntryCheck, words: Words) -> None:
    """Verdict, findings by gravity, differences, downloads."""
    lang = words.lang
    (st.success if found.clean else st.error)(f"**{found.verdict.render(lang)}**")
    for finding in sorted(found.findings, key=lambda f: list(_SIGNS).index(f.severity)):
        _SIGNS[finding.severity](dollars(finding.said(lang)))
    head = [words("paper.name"), words("paper.written"), words("paper.again")]
    rows = [(begun(label(d.key)[lang]), figure(d.written), figure(d.recomputed)) for d in found.differences]
    st.markdown(table(head, rows, {1, 2}))
    whole = json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2)
    with st.container(horizontal=True, key="do-entry"):
        st.download_button("PDF", lambda: entry_sheet(summary, found, lang), "7501-worksheet.pdf", "application/pdf",
                           key="pdf-entry", icon=":material/picture_as_pdf:")  # fmt: skip
        st.download_button("JSON", whole, "entry-check.json", "application/json", key="json-entry")
        st.download_button(
            "CSV", "\ufeff" + written_csv(entry_rows(found, lang)), "entry-check.csv", "text/csv", key="csv-entry"
        )
