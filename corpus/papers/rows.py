"""A file of a trade paper as rows of cells, each with its place: lines of text cut at wide gaps, or rows of a table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus.documents.blocks import refuse
from corpus.documents.decode import decode
from corpus.documents.office import workbook
from corpus.documents.pdf import opened
from corpus.documents.reader import bytes_of

_GAP = re.compile(r"\t|\s{2,}|\s*\|\s*")
_MOST_PAGES, _MOST_ROWS, _MOST_CELLS = 40, 4_096, 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        cells: its cells, none empty at the ends.
        text: the row as it stands.
        page: page or sheet, from 1.
        line: row on that page, from 1.
        starts: column each cell begins at, where the row is a line of text.
    """

    cells: tuple[str, ...]
    text: str
    page: int
    line: int
    starts: tuple[int, ...] = ()

    def below(self, start: int, end: int) -> str:
        """The cell that begins between two columns; empty where none or several do."""
        found = [cell for cell, at in zip(self.cells, self.starts, strict=False) if start <= at < end]
        return found[0] if len(found) == 1 else ""


def read_rows(path: Path) -> list[Row]:
    """The rows of a PDF with text, an XLSX, a CSV or a text file.

    Raises:
        InputError: one line on why the file is not taken.
    """
    data = bytes_of(path)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _pdf(path)
    if data.startswith(b"PK"):
        return _xlsx(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(path.name, "is an old or encrypted Office file; save it as XLSX without a password")
    return rows_of_text(decode(data, path.name), table=path.suffix.lower() == ".csv")


def rows_of_text(text: str, *, table: bool = False, page: int = 1) -> list[Row]:
    """Rows of pasted text, or of CSV."""
    if table:
        lines = [[(c.strip(), 0) for c in row] for row in csv.reader(io.StringIO(text))]
        texts = [" | ".join(cell for cell, _ in row) for row in lines]
    else:
        texts = text.splitlines()
        lines = [_cells(line) for line in texts]
    return [
        Row(
            tuple(cell for cell, _ in cells[:_MOST_CELLS]), whole.strip(), page, number,
            () if table else tuple(at for _, at in cells[:_MOST_CELLS]),
        )
        for number, (cells, whole) in islice(enumerate(zip(lines, texts, strict=True), start=1), _MOST_ROWS)
        if any(cell for cell, _ in cells)
    ]  # fmt: skip


def _cells(line: str) -> list[tuple[str, int]]:
    """The cells of a line with the columns they begin at."""
    found, at = [], 0
    for gap in (*_GAP.finditer(line), None):
        end = gap.start() if gap else len(line)
        if cell := line[at:end].strip():
            found.append((cell, at + len(line[at:end]) - len(line[at:end].lstrip())))
        at = gap.end() if gap else end
    return found


def _pdf(path: Path) -> list[Row]:
    with opened(path, _MOST_PAGES) as reader:
        pages = [page.extract_text(extraction_mode="layout") for page in reader.pages]
    rows = [row for number, text in enumerate(pages, start=1) for row in rows_of_text(text, page=number)]
    if not rows:
        raise refuse(path.name, "has no text layer: it is a scan; run text recognition (OCR) on it first")
    return rows


def _xlsx(path: Path) -> list[Row]:
    rows: list[Row] = []
    with workbook(path) as book:
        for sheet_number, sheet in enumerate(book.worksheets, start=1):
            for number, cells in islice(enumerate(sheet.iter_rows(values_only=True), start=1), _MOST_ROWS):
                texts = tuple("" if c is None else str(c).strip() for c in cells[:_MOST_CELLS])
                if any(texts):
                    rows.append(Row(texts, " | ".join(t for t in texts if t), sheet_number, number))
    return rows
