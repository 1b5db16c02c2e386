"""PDF: the text layer page by page, running heads dropped, broken lines joined."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.documents.blocks import Builder, Parsed, refuse
from corpus.documents.plain import joined, read_plain

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES, _MOST_TEXT = 4_096, 20_000_000
_FULL_PAGE = 6  # lines that a page has before its first and last ones may be running heads
_PAGE_NUMBER = re.compile(r"^[-\s]*(?:page )?\d{1,5}[-\s]*$", re.IGNORECASE)


@contextmanager
def opened(path: Path, most_pages: int) -> Iterator[PdfReader]:
    """A PDF opened to be read page by page; damage may show at any page.

    Raises:
        InputError: encrypted, damaged, or of more pages than are read.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its remarks on odd files are not for our readers
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse(path.name, "is encrypted; save a copy without a password")
        if len(reader.pages) > most_pages:
            raise refuse(path.name, f"has {len(reader.pages)} pages, more than {most_pages}")
        yield reader
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise refuse(path.name, f"cannot be read as PDF ({type(error).__name__})") from error


def read_pdf(path: Path) -> Parsed:
    """Blocks with their pages.

    Raises:
        InputError: encrypted, damaged, without a text layer, or unreasonably large inside.
    """
    pages: list[list[str]] = []
    size = 0
    with opened(path, _MOST_PAGES) as reader:
        for page in reader.pages:
            text = page.extract_text()
            size += len(text)
            if size > _MOST_TEXT:
                raise refuse(path.name, "unpacks to more text than any document holds")
            pages.append([line.rstrip() for line in text.split("\n")])
        title = str(reader.metadata.title or "") if reader.metadata else ""
    if size < 20 * len(pages):
        raise refuse(path.name, "has no text layer: it is a scan; run text recognition (OCR) on it first")
    return _built(pages, title if len(title) > 8 else "")


def _built(pages: list[list[str]], title: str) -> Parsed:
    running = _running(pages)
    builder = Builder()
    header = ""
    for number, lines in enumerate(pages, start=1):
        listed = sum(bool(_CODED.match(x)) for x in lines) >= _ROWS
        # the names of columns stand on every page of a table, and are no running head
        kept = [x for x in lines if not _PAGE_NUMBER.match(x) and (listed or _spelling(x) not in running)]
        if not listed:
            header = ""
            for block in read_plain("\n".join(kept)).blocks:
                builder.add(block.kind, block.text, level=block.level, page=number, header=block.header)
            continue
        first = next(i for i, x in enumerate(kept) if _CODED.match(x))
        head = [x.strip() for x in kept[:first] if x.strip()]
        columns = head[-_HEAD:] if all(_column(x) for x in head[-_HEAD:]) else []
        for line in head[: len(head) - len(columns)]:
            builder.add("text", line, page=number)
        header = " ".join(columns) or header
        for row in _rows(kept[first:]):
            builder.add("row", row, page=number, header=header)
    return builder.parsed(title)


def _column(line: str) -> bool:
    """Whether a line may be part of the names of columns."""
    return len(line) <= _COLUMN and not line.endswith((".", ",", ";"))


def _rows(lines: list[str]) -> list[str]:
    """Rows of a table that begin with a tariff code, each with the lines it was broken over."""
    rows: list[str] = []
    for line in (x.strip() for x in lines if x.strip()):
        if _CODED.match(line) or not rows:
            rows.append(line)
        else:
            rows[-1] = joined(rows[-1], line)
    return rows


#: a row that begins with a tariff code; how many of them make a page a table; lines and characters of column names
_CODED = re.compile(r"^ *\d{4}\.\d{2}(?:\.\d{2,4}){0,2}(?: +|$)")
_ROWS, _HEAD, _COLUMN = 4, 3, 40


def _spelling(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _running(pages: list[list[str]]) -> set[str]:
    """Heads and feet that stand on half of the pages."""
    if len(pages) < 4:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        full = [x for x in lines if x.strip()]
        if len(full) >= _FULL_PAGE:
            seen.update({_spelling(x) for x in (*full[:2], *full[-2:])})
    return {line for line, count in seen.items() if count * 2 > len(pages)}
