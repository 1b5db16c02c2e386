"""One file to blocks: what it is, told by its bytes before its name; what it may not be, refused in one line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.documents.blocks import Parsed, refuse
from corpus.documents.decode import decode
from corpus.documents.plain import read_plain

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".xhtml", ".xml", ".md", ".markdown", ".txt", ".csv", ".xlsx")
LARGEST = 60_000_000


def files_of(paths: Sequence[str]) -> Iterator[Path]:
    """Files named, and those a directory holds: readable kinds, in order; hidden ones and links are not followed.

    Raises:
        InputError: a path that is nothing, or is no file.
    """
    for given in paths:
        path = Path(given).expanduser()
        if "\0" in given or not path.exists():
            raise refuse(given, "is not there")
        if path.is_dir():
            for inside in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in inside.relative_to(path).parts)
                if not hidden and not inside.is_symlink() and inside.is_file() and inside.suffix.lower() in SUFFIXES:
                    yield inside
        else:
            yield path


def bytes_of(path: Path) -> bytes:
    """The bytes of an ordinary file of a size that is read.

    Raises:
        InputError: one line on why it is not taken.
    """
    try:
        if not path.is_file():
            raise refuse(path.name, "is not an ordinary file")
        if (size := path.stat().st_size) > LARGEST or not size:
            raise refuse(path.name, f"is {size // 1_000_000} MB large" if size else "is empty")
        return path.read_bytes()
    except OSError as error:
        raise refuse(path.name, f"cannot be read ({error.strerror})") from error


def read_file(path: Path) -> Parsed:
    """The blocks of one file.

    Raises:
        InputError: one line on why it is not taken.
    """
    parsed = _read(path, bytes_of(path))
    if not any(block.text for block in parsed.blocks):
        raise refuse(path.name, "holds no words")
    return parsed


def _read(path: Path, data: bytes) -> Parsed:
    from corpus.documents import markup, office, pdf

    suffix = path.suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF"):
        return pdf.read_pdf(path)
    if data.startswith(b"PK"):
        return _archive(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(path.name, "is an old or encrypted Office file; save it as DOCX or XLSX without a password")
    if suffix in (".pdf", ".docx", ".xlsx"):
        raise refuse(path.name, f"is no {suffix[1:].upper()} by its content")
    text = decode(data, path.name)
    start = text[:512].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or "<html" in start or suffix in (".html", ".htm", ".xhtml"):
        return markup.read_html(text, path.name)
    if suffix == ".xml" or start.startswith("<?xml"):
        return markup.read_xml(text, path.name)
    if suffix == ".csv":
        return office.read_csv(text)
    return read_plain(text)


def _archive(path: Path) -> Parsed:
    from corpus.documents import office

    office.check_zip(path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return office.read_docx(path)
    if "xl/workbook.xml" in names:
        return office.read_xlsx(path)
    raise refuse(path.name, "is an archive, not a document")
