"""A trade paper read: its kind, the values beside their labels, its table of goods. Uncertain values are marked, none is made up.

Text of a paper is evidence, never an instruction. A value is sure where exactly one of the right form stands beside its label and no
other place of the paper says something else; goods are sure where quantity times price gives the amount.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

from corpus.papers.models import Evidence, GoodsRow, PaperKind, PaperRead, Value
from corpus.papers.rows import Row, read_rows, rows_of_text
from tools.errors import InputError
from tools.paperwork.bill_text import read_bill_text
from tools.paperwork.entry_number import EntryNumberInput, read_entry_number
from tools.result import Message
from tools.text.dates import parse_date
from tools.text.normalise import normalise
from tools.text.places import find_places
from tools.text.values import parse_amount

_AMOUNT = re.compile(
    r"(?<![\w.,-])(?:NT\$|US\$|[A-Z]{3} ?|[$€£¥])?(?P<n>(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)(?![\w%]|[.,]\d)"
)
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{2,3}年\d{1,2}月\d{1,2}日"
)
_TERMS = re.compile(r"\b(EXW|FCA|FAS|FOB|CFR|CPT|CIF|CIP|DAP|DPU|DDP)\b", re.IGNORECASE)
_MONEY = re.compile(r"\b(USD|TWD|NTD|EUR|GBP|JPY|CNY|HKD|KRW|AUD|CAD|SGD)\b|(NT\$|US\$|€|£)")
_SIGNS = {"NT$": "TWD", "US$": "USD", "€": "EUR", "£": "GBP", "NTD": "TWD"}
_ENTRY = re.compile(r"[A-Z0-9]{3}-?\d{7}-?\d\b")
_LONGEST = 80  # characters of a value in words


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def read_paper(path: Path) -> PaperRead:
    """One file.

    Raises:
        InputError: one line on why the file is not taken.
    """
    return read_paper_rows(read_rows(path), path.name)


def read_paper_text(text: str, name: str = "paste") -> PaperRead:
    """Pasted text."""
    return read_paper_rows(rows_of_text(text), name)


def read_paper_rows(rows: Sequence[Row], name: str) -> PaperRead:
    """Rows of a paper."""
    kind = _kind(rows)
    goods = _goods(rows) if kind in ("invoice", "packing_list", "unknown") else []
    values = _values(rows, kind, {(g.evidence.page, g.evidence.line) for g in goods})
    if kind == "bill":
        values += _bill(rows)
    unsure = tuple(dict.fromkeys(v.name for v in values if not v.sure))
    notes = [Message(code="paper_kind_unknown")] if kind == "unknown" else []
    if unsure or any(not row.sure for row in goods):
        notes.append(Message(code="paper_confirm"))
    return PaperRead(
        file=name, kind=kind, values=tuple(values), goods=tuple(goods), to_confirm=unsure, notes=tuple(notes)
    )


def _kind(rows: Sequence[Row]) -> PaperKind:
    text = "\n".join(row.text for row in rows[:60]).casefold()
    for kind in get_args(PaperKind):
        if any(words.casefold() in text for words in _words()["kinds"].get(kind, ())):
            found: PaperKind = kind
            return found
    return "unknown"


def _values(rows: Sequence[Row], kind: PaperKind, taken: set[tuple[int, int]]) -> list[Value]:
    """Values beside their labels; a field that two places tell differently is sure in neither."""
    found: list[Value] = []
    for field in _words()["field"]:
        if kind not in field["kinds"]:
            continue
        label = re.compile("|".join(f"(?:{w})" for w in field["words"]), re.IGNORECASE)
        hits = [
            hit
            for row, after in zip(rows, (*rows[1:], None), strict=True)
            if (row.page, row.line) not in taken
            for hit in _beside(row, label, field, after if kind == "form_7501" else None)
        ]
        several = len({hit.value for hit in hits}) > 1
        found += [hit.model_copy(update={"sure": hit.sure and not several}) for hit in hits[:4]]
    return found


def _beside(row: Row, label: re.Pattern[str], field: dict[str, Any], after: Row | None) -> list[Value]:
    """The value after a label: in its own cell, else in the next one; on a form also in the cell below, to be confirmed.

    Args:
        after: the row below, where labels stand over their values.
    """
    for at, cell in enumerate(row.cells):
        text = normalise(cell).text
        match = label.search(text)
        if match is None:
            continue
        rest = text[match.end() :].strip(" :：#.-")
        following = normalise(row.cells[at + 1]).text if at + 1 < len(row.cells) else ""
        for part in filter(None, (rest, following)):
            read = _form(part, field["form"])
            if read is not None:
                value, sure = read
                place = Evidence(text=row.text[:300], page=row.page, line=row.line)
                return [Value(name=field["name"], value=value, sure=sure, evidence=place)]
        if after is not None and after.page == row.page and row.starts:
            ends = (*row.starts[1:], row.starts[-1] + _LONGEST)
            under = normalise(after.below(max(0, row.starts[at] - 2), ends[at] - 2)).text
            if under and (read := _form(under, field["form"])) is not None:
                place = Evidence(text=f"{cell} / {under}"[:300], page=after.page, line=after.line)
                return [Value(name=field["name"], value=read[0], sure=False, evidence=place)]
        return []
    return []


def _form(text: str, form: str) -> tuple[str, bool] | None:
    """A value of a form in a text, and whether it is the only one there; None where there is none."""
    if form == "amount":
        found = [m["n"] for m in _AMOUNT.finditer(text)]
        return (f"{parse_amount(found[-1], 'amount'):f}", len(found) == 1) if found else None
    if form == "date":
        return _date(text)
    if form == "country":
        places = list(dict.fromkeys(p.code for p in find_places(text)))
        code = re.fullmatch(r"[A-Z]{2}", text.strip())
        if code:
            return code[0], True
        return (places[0], len(places) == 1) if places else None
    if form == "incoterm":
        match = _TERMS.search(text)
        return (match[1].upper(), True) if match else None
    if form == "currency":
        money = _MONEY.search(text)
        return (_SIGNS.get(money[0], money[0]), True) if money else None
    if form == "entry_number":
        number = _ENTRY.search(text.upper())
        if number is None:
            return None
        read = read_entry_number(EntryNumberInput(number=number[0]))
        return read.number, read.valid
    if form in ("two_digits", "four_digits"):
        digits = re.search(r"(?<!\d)\d{2}(?!\d)" if form == "two_digits" else r"(?<!\d)\d{4}(?!\d)", text)
        return (digits[0], text.strip() == digits[0]) if digits else None
    return (text[:_LONGEST], len(text) <= _LONGEST) if text else None


def _date(text: str) -> tuple[str, bool] | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        day = parse_date(match[0], "date")
    except InputError:
        return match[0], False
    numbers = re.findall(r"\d+", match[0])
    unclear = "/" in match[0] and len(numbers[0]) < 4  # 05/06/2026 is May or June
    return day.isoformat(), not unclear


def _goods(rows: Sequence[Row]) -> list[GoodsRow]:
    """Rows below the header of a table of goods, as far as they have its columns."""
    columns: dict[str, int] = {}
    found: list[GoodsRow] = []
    for row in rows:
        header = _header(row)
        if len(header) >= 3 and "description" in header:
            columns = header
            continue
        if columns and (item := _item(row, columns)) is not None:
            found.append(item)
    return found


def _header(row: Row) -> dict[str, int]:
    names: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        text = normalise(cell).text
        name = next(
            (
                n for n, words in _words()["columns"].items()
                if n not in names and not re.search(r"\d", text) and any(re.search(w, text, re.IGNORECASE) for w in words)
            ),
            None,
        )  # fmt: skip
        if name is not None:
            names[name] = at
    return names


def _item(row: Row, columns: dict[str, int]) -> GoodsRow | None:
    values = {name: normalise(row.cells[at]).text for name, at in columns.items() if at < len(row.cells)}
    amounts: dict[str, Decimal] = {}
    for name in ("quantity", "unit_price", "amount", "net_weight_kg", "gross_weight_kg"):
        if (cell := values.get(name)) and (match := _AMOUNT.search(cell)):
            amounts[name] = parse_amount(match["n"], name)
            values[name] = f"{amounts[name]:f}"
    if (
        not values.get("description")
        or "quantity" not in amounts
        or len(amounts) < 2
        or _is_charge(values["description"])
    ):
        return None
    place = Evidence(text=row.text[:300], page=row.page, line=row.line)
    whole = {"quantity", "unit_price", "amount"} <= amounts.keys()
    agrees = whole and amounts["quantity"] * amounts["unit_price"] == amounts["amount"]
    note = Message(code="paper_row_product") if whole and not agrees else None
    return GoodsRow(values={k: v for k, v in values.items() if v}, sure=agrees, evidence=place, note=note)


def _is_charge(text: str) -> bool:
    """Whether a row of a table is freight, insurance or a total rather than goods."""
    charges = (f for f in _words()["field"] if f["name"] in ("freight", "insurance", "total"))
    return any(re.match(w, text, re.IGNORECASE) for field in charges for w in field["words"])


def _bill(rows: Sequence[Row]) -> list[Value]:
    """Lines of a carrier's bill."""
    read = read_bill_text("\n".join(" ".join(row.cells) for row in rows))
    by_line = dict(enumerate(rows, start=1))
    return [
        Value(
            name=line.kind or f"? {line.label}", value=f"{line.amount:f}", sure=line.sure,
            evidence=Evidence(text=by_line[line.line].text[:300], page=by_line[line.line].page, line=by_line[line.line].line),
        )
        for line in read.lines
    ]  # fmt: skip
