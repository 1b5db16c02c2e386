"""Office files: DOCX paragraphs and tables in order; rows of CSV, XLSX and XLS with their header."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.documents.blocks import Builder, Parsed, refuse

_MOST_UNPACKED, _MOST_FILES, _MOST_RATIO = 300_000_000, 4_096, 150
_MOST_ROWS, _MOST_CELLS = 1 << 17, 60


def check_zip(path: Path) -> None:
    """Refuse an archive that would unpack to far more than it is, or whose names lead out of it.

    Raises:
        InputError: naming the file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refuse(path.name, "is damaged: not an Office file") from error
    unpacked = sum(m.file_size for m in members)
    packed = max(1, sum(m.compress_size for m in members))
    if (
        unpacked > _MOST_UNPACKED
        or len(members) > _MOST_FILES
        or (unpacked > 10_000_000 and unpacked / packed > _MOST_RATIO)
    ):
        raise refuse(path.name, "would unpack to far more than it is (zip bomb)")
    if any(m.filename.startswith(("/", "\\")) or ".." in m.filename.split("/") for m in members):
        raise refuse(path.name, "holds names that lead out of it")
    if any(m.flag_bits & 1 for m in members):
        raise refuse(path.name, "is encrypted; save a copy without a password")


def read_docx(path: Path) -> Parsed:
    """Paragraphs and tables of a DOCX, in the order of the document."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import XMLSyntaxError

    check_zip(path)
    builder = Builder()
    try:
        document = Document(str(path))
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                _rows(builder, ([cell.text for cell in row.cells] for row in item.rows))
                continue
            style = (item.style.name or "") if item.style is not None else ""
            level = re.match(r"(?:Heading|標題) ?(\d)", style)
            title = style == "Title"
            builder.add(
                "heading" if level or title else "text", item.text, level=int(level[1]) if level else int(title)
            )
        title_text = str(document.core_properties.title or "")
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError, RecursionError) as error:
        raise refuse(path.name, f"cannot be read as DOCX ({type(error).__name__})") from error
    return builder.parsed(title_text)


def read_csv(text: str) -> Parsed:
    """Rows of a CSV, the first one their header."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    builder = Builder()
    _rows(builder, csv.reader(io.StringIO(text), dialect))
    return builder.parsed()


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """An XLSX opened to be read row by row; damage may show at any row.

    Raises:
        InputError: naming the file.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_zip(path)
    try:
        yield load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        raise refuse(path.name, f"cannot be read as XLSX ({type(error).__name__})") from error


def read_xlsx(path: Path) -> Parsed:
    """Rows of every sheet of an XLSX, the first filled one their header."""
    builder = Builder()
    with workbook(path) as book:
        for sheet in book.worksheets:
            builder.add("heading", sheet.title, level=1)
            _rows(builder, (["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)))
    return builder.parsed()


def _rows(builder: Builder, rows: Iterable[Sequence[str]]) -> None:
    header = ""
    for row in islice(rows, _MOST_ROWS):
        cells = [" ".join(cell.split()) for cell in row[:_MOST_CELLS]]
        cells = [c for i, c in enumerate(cells) if i == 0 or c != cells[i - 1] or len(c) < 2]  # merged cells repeat
        line = " | ".join(cells).strip(" |")
        if not line:
            continue
        if not header:
            header = line
            builder.add("row", line)
        else:
            builder.add("row", line, header=header)
