"""A file of many lines: read, computed one after the other with progress, every row with its status, downloaded again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from tools.errors import CustomsError, InputError
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanGoods, TaiwanQuoteInput
from tools.taiwan import quote as quote_tw
from tools.united_states import UsLine, UsQuoteInput
from tools.united_states import quote as quote_us
from ui.web import held
from ui.web.words import Words, escaped

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

_MOST, _SHOWN, _BYTES = 4_096, 256, 5_000_000  # rows of a file, rows shown, bytes of a file
_ERRORS = 8  # rows whose error is told above the table; the file has all
_SUMS = ("status", "total", "landed_cost", "low", "high", "missing")
_FIGURES = ("total", "landed_cost", "low", "high", "price", "value", "freight", "insurance", "rate", "quantity")
_OUT = ("status", "total", "landed_cost", "low", "high", "missing", "error", "receipt")
#: what opens a formula in a spreadsheet; such text is kept as text
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EXAMPLES = {
    "tw": "id,route,ccc_code,price,currency,freight,insurance,country_of_origin\n"
    "A1,express,9102.11.00.00-6,3000,TWD,200,50,JP\nA2,post,6109.10.00.00-6,1800,TWD,,,CN\n",
    "us": "id,mode,hts_code,value,country_of_origin\nB1,ocean,6109.10.00,12500,CN\nB2,express,6109.10.00,600,TW\n",
}


def calculator(words: Words) -> None:
    """Upload, progress, table, download."""
    st.write(words("batch.lead"))
    side = st.segmented_control(
        words("bar.destination"), ("tw", "us"), default="tw", required=True, key="batch_side", bind="query-params",
        format_func=lambda name: words(f"calc.{name}"),
    ) or "tw"  # fmt: skip
    st.download_button(
        words("batch.example"), _EXAMPLES[side], f"example-{side}.csv", "text/csv", key=f"example-{side}"
    )
    with st.expander(words("batch.columns")):
        st.markdown(f"`{', '.join(_columns(side))}`")
    file = st.file_uploader(words("batch.file"), type=["csv"], key="batch_file", max_upload_size=5)
    if file is None:
        return
    try:
        rows = read_rows(file.getvalue(), side)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    done = _computed(rows, side, words)
    bad = sum(row["status"] == "error" for row in done)
    st.markdown(words("batch.summary", rows=str(len(done)), bad=str(bad)))
    _errors(done, words)
    shown, columns = in_view(done[:_SHOWN], words)
    st.dataframe(shown, hide_index=True, width="stretch", alt=words("batch.table"), column_config=columns)
    st.download_button(
        words("batch.download"), written(done), f"quotes-{side}.csv", "text/csv", type="primary", key="batch_out"
    )


def _errors(done: list[dict[str, str]], words: Words) -> None:
    """The first rows that could not be computed, each with what is wrong: in a table it would be cut."""
    bad = [(number, row) for number, row in enumerate(done, start=1) if row["status"] == "error"][:_ERRORS]
    for number, row in bad:
        name = words("batch.row", number=str(number)) + (f" {row['id']}" if row.get("id") else "")
        st.error(f"**{escaped(name)}**{words.colon}{escaped(row['error'])}")


def in_view(rows: list[dict[str, str]], words: Words) -> tuple[list[dict[str, str]], dict[str, ColumnConfig]]:
    """Rows as they are shown, with their columns: what came of each first, then what was given; columns all empty left out."""
    order = dict.fromkeys(["id", *_SUMS, *rows[0]])
    kept = [name for name in order if name not in ("error", "receipt") and any(row.get(name) for row in rows)]
    named = [{name: row.get(name, "") for name in kept} for row in rows]
    told = [row | {"status": words(f"batch.{row['status']}")} for row in named]
    columns = {
        name: st.column_config.Column(words(f"batch.{name}") if name in _SUMS else name,
                                      alignment="right" if name in _FIGURES else None)
        for name in kept
    }  # fmt: skip
    return told, columns


def read_rows(data: bytes, side: str) -> list[dict[str, str]]:
    """Rows of a CSV file in UTF-8, with or without its mark, or in Big5.

    Raises:
        InputError: no text, no rows, too many, or a column that no input has.
    """
    if len(data) > _BYTES:
        raise InputError("file", f"has {len(data)} bytes", f"at most {_BYTES}")
    text = _decoded(data)
    reader = csv.DictReader(io.StringIO(text))
    columns = [c.strip() for c in reader.fieldnames or ()]
    if unknown := [c for c in columns if c not in _columns(side)]:
        raise InputError("file", f"unknown column {unknown[0][:60]!r}", ", ".join(_columns(side)))
    rows = [{str(k).strip(): (v or "").strip() for k, v in row.items() if k is not None} for row in reader]
    rows = [row for row in rows if any(row.values())]
    if not rows or len(rows) > _MOST:
        raise InputError("file", f"has {len(rows)} rows", f"1 to {_MOST:,} rows below a line of column names")
    return rows


def computed(row: Mapping[str, str], side: str, today: date) -> dict[str, str]:
    """A row with what came of it: done, open or error."""
    try:
        result = _quoted(row, side, today)
    except CustomsError as error:
        return {**row, **dict.fromkeys(_OUT, ""), "status": "error", "error": str(error)}
    totals, span = result.totals, result.range
    return {
        **row, "status": "done" if result.complete else "open", "total": _plain(totals.total),
        "landed_cost": _plain(totals.landed_cost), "low": _plain(span.low) if span else "",
        "high": _plain(span.high) if span else "", "missing": ", ".join(m.fact for m in result.missing), "error": "",
        "receipt": result.receipt,
    }  # fmt: skip


def written(rows: list[dict[str, str]]) -> str:
    """Rows as CSV for a spreadsheet: with the mark of UTF-8, and without formulas."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({k: f"'{v}" if v.startswith(_FORMULA) else v for k, v in row.items()})
    return out.getvalue()


def _computed(rows: list[dict[str, str]], side: str, words: Words) -> list[dict[str, str]]:
    today = held.settings().today("us" if side == "us" else "tw")
    done = []
    with st.empty():
        for number, row in enumerate(rows, start=1):
            done.append(computed(row, side, today))
            if number % 50 == 0:
                st.progress(number / len(rows), words("batch.progress", done=str(number), all=str(len(rows))))
        st.progress(1.0, words("batch.progress", done=str(len(rows)), all=str(len(rows))))
    return done


def _quoted(row: Mapping[str, str], side: str, today: date) -> Result:
    filled = {k: v for k, v in row.items() if v}
    line_model = UsLine if side == "us" else TaiwanGoods
    line = {k: _read(v) for k, v in filled.items() if k in line_model.model_fields and k != "id"}
    top = {k: _read(v) for k, v in filled.items() if k not in line}
    if side == "us":
        return quote_us(read_input(UsQuoteInput, {**top, "lines": [line]}), as_of=today)
    return quote_tw(read_input(TaiwanQuoteInput, {**top, "goods": [line]}), as_of=today)


def _read(text: str) -> Any:
    return {"true": True, "false": False}.get(text.lower(), text)


def _columns(side: str) -> list[str]:
    """Fields of an input that fit into a cell."""
    top, line = (UsQuoteInput, UsLine) if side == "us" else (TaiwanQuoteInput, TaiwanGoods)
    nested = {
        "goods",
        "lines",
        "parcels",
        "traveller",
        "additions",
        "deductions",
        "quantities",
        "facts",
        "chapter_99",
        "candidate_codes",
    }
    return [name for name in dict.fromkeys([*_names(top), *_names(line)]) if name not in nested]


def _names(model: type[Any]) -> Iterator[str]:
    yield from model.model_fields


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "big5"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("file", "is neither UTF-8 nor Big5", "a CSV file saved as UTF-8")


def _plain(amount: Any) -> str:
    return "" if amount is None else f"{amount:f}"
