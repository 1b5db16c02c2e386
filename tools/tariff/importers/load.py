"""An official file becomes an edition in the store: read whole, checked, counted, written in one transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tools.errors import InputError
from tools.tariff.importers import nomenclature, taiwan, usitc
from tools.tariff.importers.editions import revision_of
from tools.tariff.importers.rows import Counted, PlacedRow, SourceRow, place
from tools.tariff.models import FULL, Revision, ScheduleName
from tools.tariff.readings import read_cell, tree_of
from tools.tariff.store import COLUMNS, FILE, create

_LARGEST = 200_000_000  # bytes of an unpacked file: ten times the largest official one
_GZIP, _XLS = b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_REASONS = 40  # kinds of refusal a report lists
#: the column whose cell says that a row has rates of its own
_RULING: dict[ScheduleName, str] = {"us": "general", "tw": "column_1", "hs": ""}
_SHRUNK = 0.8  # of the lines of the edition held before, below which a file is taken for a part


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the edition written, or the list of codes; and what was counted on the way."""

    revision: Revision | None
    list_name: str | None
    report: dict[str, Any]
    unchanged: bool = False


def import_file(
    schedule: ScheduleName, file: Path, home: Path, today: date, *, name: str | None = None, first: date | None = None
) -> Imported:
    """Read an official file into the store.

    Args:
        schedule: whose file it is.
        file: as published: USITC JSON or CSV (also gzipped), Customs XLS or CSV or a list of codes, nomenclature CSV.
        home: directory the store is kept in.
        today: evidence of an edition of which no other day is known.
        name, first: the edition's id and first day, where the file's name does not tell.

    Raises:
        InputError: the file is not whole, or not of this schedule; the store is as it was.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError("file", f"{file.name} cannot be read", "an official file of the schedule") from error
    return import_content(schedule, file.name, content, home, today, name=name, first=first)


def import_content(
    schedule: ScheduleName, file: str, content: bytes, home: Path, today: date, *, name: str | None = None,
    first: date | None = None,
) -> Imported:  # fmt: skip
    """Read the content of an official file into the store; see `import_file`."""
    checksum = hashlib.sha256(content).hexdigest()
    plain = _unpacked(content)
    if schedule == "tw" and not plain.startswith(_XLS) and _first_cell(plain) in taiwan.LISTS:
        return _import_list(plain, home)
    placed, counted = place(_source_rows(schedule, plain), schedule, _RULING[schedule])
    revision = revision_of(schedule, file, checksum, (name, first), today)
    lines = sum(counted.by_digits.get(str(n), 0) for n in FULL[schedule])
    revision = revision.model_copy(update={"rows": counted.rows, "lines": lines})
    report = _report(placed, counted, schedule)
    with closing(create(home / FILE)) as db:
        unchanged = _write(db, revision, placed, report)
    return Imported(revision, None, report, unchanged)


def check_content(schedule: ScheduleName, content: bytes) -> int:
    """Rows of a file that could be imported; nothing is written.

    Raises:
        InputError: as `import_file`.
    """
    return len(place(_source_rows(schedule, _unpacked(content)), schedule, _RULING[schedule])[0])


def confirm(home: Path, edition: str, today: date) -> None:
    """Note that an edition is still the one published, unless a later one is known."""
    with closing(create(home / FILE)) as db:
        found = db.execute("SELECT record FROM revision WHERE id = ?", (edition,)).fetchone()
        revision = Revision.model_validate_json(found[0]) if found else None
        if revision and revision.frontier < today and not revision.amended_since:
            record = revision.model_copy(update={"frontier": today}).model_dump_json(by_alias=True)
            db.execute("UPDATE revision SET record = ? WHERE id = ?", (record, edition))
        db.execute("COMMIT")


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = packed.decompress(content, _LARGEST)
    except zlib.error as error:
        raise InputError("file", "the gzip is damaged", "the whole file, as published") from error
    if len(plain) >= _LARGEST:
        raise InputError("file", "unpacks to more than any schedule holds", "an official file of the schedule")
    if not packed.eof:
        row = plain.count(b'"htsno"') or plain.count(b"\n") + 1
        raise InputError("file", f"row {row}: the gzip breaks off here", "the whole file, as published")
    return plain


def _text(plain: bytes) -> str:
    try:
        return plain.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = plain.count(b"\n", 0, error.start) + 1
        raise InputError("file", f"row {row}: is no UTF-8", "UTF-8, as published") from error


def _first_cell(plain: bytes) -> str:
    return plain.partition(b"\n")[0].decode("utf-8-sig", "replace").partition(",")[0].strip().strip('"')


def _source_rows(schedule: ScheduleName, plain: bytes) -> Iterator[SourceRow]:
    if schedule == "tw":
        return taiwan.read_xls(plain) if plain.startswith(_XLS) else taiwan.read_csv(_text(plain))
    text = _text(plain)
    if schedule == "hs":
        return nomenclature.read_csv(text)
    return usitc.read_json(text) if text.lstrip()[:1] in ("[", "{") else usitc.read_csv(text)


def _report(placed: list[PlacedRow], counted: Counted, schedule: ScheduleName) -> dict[str, Any]:
    """Counts of an import: rows by level, rates by origin, cells read and refused by reason."""
    cells = Counter((column, cell) for p in placed for column, cell in p.row.cells.items())
    empty = sum(n for (_, cell), n in cells.items() if not cell)
    refused: Counter[str] = Counter()
    read = 0
    for (_, cell), times in cells.items():
        if not cell:
            continue
        reading = read_cell(cell, schedule)
        read += times if reading.readable else 0
        if not reading.readable:
            refused[reading.reason or ""] += times
    return asdict(counted) | {
        "cells": cells.total(), "cells_empty": empty, "cells_read": read, "cells_refused": refused.total(),
        "refused_by_reason": dict(refused.most_common(_REASONS)),
    }  # fmt: skip


def _write(db: sqlite3.Connection, revision: Revision, placed: list[PlacedRow], report: dict[str, Any]) -> bool:
    """Write an edition, in place of one of the same id; whether it was there already, byte for byte.

    Raises:
        InputError: far fewer lines than the edition before: a part of a schedule is no edition.
    """
    try:
        held = {i: Revision.model_validate_json(r) for i, r in db.execute("SELECT id, record FROM revision")}
        same = held.get(revision.id)
        if same and same.checksum == revision.checksum and same.first_day == revision.first_day:
            db.execute("ROLLBACK")
            return True
        _refuse_a_part(revision, [r for r in held.values() if r.schedule == revision.schedule])
        db.execute("DELETE FROM line WHERE revision = ?", (revision.id,))
        db.execute("DELETE FROM revision WHERE id = ?", (revision.id,))
        record = revision.model_dump_json(by_alias=True)
        db.execute("INSERT INTO revision VALUES (?, ?, ?, ?)",
                   (revision.id, revision.schedule, record, json.dumps(report, ensure_ascii=False)))  # fmt: skip
        marks = ", ".join("?" * len(COLUMNS))
        db.executemany(f"INSERT INTO line VALUES ({marks})", (_columns(p, revision) for p in placed))  # noqa: S608
        cells = {cell for p in placed for cell in p.row.cells.values() if cell}
        db.executemany("INSERT OR REPLACE INTO rate VALUES (?, ?, ?, ?, ?)",
                       (_reading(cell, revision.schedule) for cell in sorted(cells)))  # fmt: skip
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return False


def _refuse_a_part(revision: Revision, held: list[Revision]) -> None:
    before = [r for r in held if r.id != revision.id and r.lines]
    most = max((r.lines or 0 for r in before), default=0)
    if revision.lines is not None and revision.lines < most * _SHRUNK:
        raise InputError("file", f"holds {revision.lines} lines where an edition held has {most}", "a whole schedule")


def _columns(placed: PlacedRow, revision: Revision) -> tuple[Any, ...]:
    row = placed.row
    indent = len(placed.path) if revision.schedule == "tw" else row.indent
    return (
        revision.id, row.number, row.code or None, placed.parent, indent, _list(placed.path), row.name_zh or row.name_en,
        row.name_en or row.name_zh, _list(row.units), json.dumps(placed.rates, ensure_ascii=False), placed.additional,
        placed.inherited_from, _list(placed.footnotes), _list(row.levies), _list(row.import_regulations),
        _list(row.export_regulations), _day(revision.effective_from), _day(revision.evidenced_on),
        _day(revision.effective_to),
    )  # fmt: skip


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reading(cell: str, schedule: ScheduleName) -> tuple[Any, ...]:
    reading = read_cell(cell, schedule)
    return schedule, cell, int(reading.readable), tree_of(cell, schedule), reading.reason


def _import_list(plain: bytes, home: Path) -> Imported:
    kind, meanings = taiwan.read_list(_text(plain))
    with closing(create(home / FILE)) as db:
        db.execute("DELETE FROM code_list WHERE schedule = 'tw' AND list = ?", (kind,))
        rows = [("tw", kind, m.code, m.name_zh, m.name_en, m.effective_from) for m in meanings]
        db.executemany("INSERT INTO code_list VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.execute("COMMIT")
    return Imported(None, kind, {"codes": len(rows)})
