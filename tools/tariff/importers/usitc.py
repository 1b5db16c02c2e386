"""The US schedule as USITC exports it: JSON (`exportList`) or CSV, either of them gzipped."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from tools.errors import InputError
from tools.tariff.importers.rows import SourceRow, refuse

_CODE = re.compile(r"\d{4}(?:\.\d\d){0,3}")
_KEYS = ("htsno", "indent", "description", "general", "special", "other")
_COLUMNS = ("general", "special", "other")
_HEADER = {
    "HTS Number": "htsno", "Indent": "indent", "Description": "description", "Unit of Quantity": "units",
    "General Rate of Duty": "general", "Special Rate of Duty": "special", "Column 2 Rate of Duty": "other",
    "Quota Quantity": "quotaQuantity", "Additional Duties": "additionalDuties",
}  # fmt: skip
_MARKS = re.compile(r"</?(?:i|b|u|em|sup|sub|il)>")


def read_json(text: str) -> Iterator[SourceRow]:
    """Rows of the JSON export.

    Raises:
        InputError: no JSON, or a row that is not as USITC writes them.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        at = getattr(error, "pos", len(text))
        number = text.count('"htsno"', 0, at)
        raise refuse(number, "", "the JSON breaks off here", "the whole file, as published") from error
    except RecursionError as error:
        raise InputError("file", "is nested too deeply", "a list of rows, as USITC exports it") from error
    if not isinstance(raw, list):
        raise InputError("file", "is no list of rows", "the JSON list that USITC exports")
    for number, row in enumerate(raw, start=1):
        if not isinstance(row, dict) or (missing := [k for k in _KEYS if k not in row]):
            lacks = f"lacks {', '.join(missing)}" if isinstance(row, dict) else "is no object"
            raise refuse(number, "", lacks, f"the keys {', '.join(_KEYS)}")
        yield _row(row, number)


def read_csv(text: str) -> Iterator[SourceRow]:
    """Rows of the CSV export.

    Raises:
        InputError: other columns, or a row that is not as USITC writes them.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        if [h.strip() for h in header] != list(_HEADER):
            raise refuse(1, "", "has other columns", ", ".join(_HEADER))
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                raise refuse(number, "", f"has {len(cells)} cells", f"{len(header)} cells")
            row: dict[str, Any] = dict(zip(_HEADER.values(), cells, strict=True))
            row["units"] = _units_of(cells[3], number)
            yield _row(row, number)
    except csv.Error as error:
        raise refuse(reader.line_num, "", str(error), "CSV as USITC exports it") from error


def _units_of(cell: str, number: int) -> Any:
    if not cell.strip():
        return []
    try:
        return json.loads(cell)
    except ValueError as error:
        raise refuse(number, "", f"units {cell[:40]!r} cannot be read", 'a list such as ["kg"]') from error


def _row(raw: dict[str, Any], number: int) -> SourceRow:
    printed = _text(raw, "htsno", number)
    if printed and not _CODE.fullmatch(printed):
        raise refuse(number, "", f"{printed[:30]!r} is no tariff number", "4 to 10 digits such as 8517.13.00.00")
    code = printed.replace(".", "")
    indent = _text(raw, "indent", number)
    if not (indent.isascii() and indent.isdigit() and len(indent) < 3):
        raise refuse(number, code, f"indent {indent[:20]!r} is no depth", "0, 1, 2 …")
    name = " ".join(_MARKS.sub("", _text(raw, "description", number)).split())
    return SourceRow(
        number=number, code=code, indent=int(indent), name_zh=name, name_en=name, units=_units(raw, number),
        cells={c: _text(raw, c, number) for c in _COLUMNS}, notes=tuple(_notes(raw, number)),
        additional=_text(raw, "additionalDuties", number) or _text(raw, "addiitionalDuties", number) or None,
    )  # fmt: skip


def _text(raw: dict[str, Any], key: str, number: int) -> str:
    """A cell without the blanks around it; a cell of blanks is empty.

    Raises:
        InputError: the cell holds anything but text.
    """
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise refuse(number, "", f"{key} is no text", "text, as USITC writes it")
    return " ".join(value.split())


def _units(raw: dict[str, Any], number: int) -> tuple[str, ...]:
    value = raw.get("units") or []
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(u, str) for u in listed):
        raise refuse(number, "", "units are no list of names", 'a list such as ["kg"]')
    return tuple(u for text in listed if (u := " ".join(text.split())))


def _notes(raw: dict[str, Any], number: int) -> Iterator[str]:
    """Footnotes, those of the statistical columns apart: they bear on no duty."""
    value = raw.get("footnotes") or []
    if not isinstance(value, list) or not all(isinstance(note, dict) for note in value):
        raise refuse(number, "", "footnotes are no list", "a list, as USITC writes it")
    for note in value:
        columns = note.get("columns") or []
        if not isinstance(columns, list):
            raise refuse(number, "", "columns of a footnote are no list", 'a list such as ["general"]')
        if not columns or set(map(str, columns)) & {*_COLUMNS, "desc"}:
            text = " ".join(str(note.get("value") or "").split())
            if text:
                yield text
