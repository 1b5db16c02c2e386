"""Official editions in one SQLite file: the columns of a line, the readings of its rates, the lists of codes.

Written by importers only, one edition in one transaction; everybody else opens it read-only. Editions are kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tools.errors import DataError, InputError
from tools.law.models import Localized
from tools.tariff.models import Revision, ScheduleName, TariffLine

FILE = "schedules.sqlite"
VERSION = 1
_LONGEST_WAIT = 60  # seconds for another import to finish
SCHEMA = """
CREATE TABLE revision (id TEXT PRIMARY KEY, schedule TEXT NOT NULL, record TEXT NOT NULL, report TEXT NOT NULL);
CREATE TABLE line (
  revision TEXT NOT NULL REFERENCES revision(id), seq INTEGER NOT NULL, code TEXT, parent TEXT NOT NULL,
  indent INTEGER NOT NULL, path TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, units TEXT NOT NULL,
  rates TEXT NOT NULL, additional_duties TEXT, inherited_from TEXT, footnotes TEXT NOT NULL, levies TEXT NOT NULL,
  import_regulations TEXT NOT NULL, export_regulations TEXT NOT NULL, effective_from TEXT, evidenced_on TEXT,
  effective_to TEXT, PRIMARY KEY (revision, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX line_code ON line (revision, code) WHERE code IS NOT NULL;
CREATE INDEX line_parent ON line (revision, parent, seq);
CREATE TABLE rate (
  schedule TEXT NOT NULL, cell TEXT NOT NULL, readable INTEGER NOT NULL, tree TEXT, reason TEXT,
  PRIMARY KEY (schedule, cell)
) WITHOUT ROWID;
CREATE TABLE code_list (
  schedule TEXT NOT NULL, list TEXT NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
  effective_from TEXT, PRIMARY KEY (schedule, list, code)
) WITHOUT ROWID;
"""
#: columns of `line` in the order importers write them
COLUMNS = (
    "revision", "seq", "code", "parent", "indent", "path", "name_zh", "name_en", "units", "rates", "additional_duties",
    "inherited_from", "footnotes", "levies", "import_regulations", "export_regulations", "effective_from",
    "evidenced_on", "effective_to",
)  # fmt: skip
_JSON = frozenset({"path", "units", "rates", "footnotes", "levies", "import_regulations", "export_regulations"})
_READ = f"SELECT {', '.join(COLUMNS)} FROM line WHERE revision = ?"  # noqa: S608 - our own column names


class Store:
    """The editions held in a file, read-only.

    Raises:
        DataError: the file is no store of ours, or of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db, version = _read_only(path)
            self.revisions = tuple(self._revisions()) if version == VERSION else ()
        except (sqlite3.Error, ValidationError) as error:
            raise DataError(path.name, f"{error}; delete it and import again") from error
        if version != VERSION:
            raise DataError(path.name, f"has layout {version}, not {VERSION}; delete it and import again")

    def _revisions(self) -> Iterator[Revision]:
        records = self._db.execute("SELECT record FROM revision").fetchall()
        found = [Revision.model_validate_json(record) for (record,) in records]
        yield from sorted(found, key=lambda r: (r.first_day, r.id))

    def editions(self, name: ScheduleName) -> tuple[Revision, ...]:
        """Editions of a schedule, the oldest first."""
        return tuple(r for r in self.revisions if r.schedule == name)

    def report(self, revision: str) -> dict[str, Any]:
        """What the import of an edition counted."""
        (text,) = self._db.execute("SELECT report FROM revision WHERE id = ?", (revision,)).fetchone()
        return dict(json.loads(text))

    def line(self, revision: str, code: str) -> TariffLine | None:
        """The row of a code at any level."""
        row = self._db.execute(f"{_READ} AND code = ?", (revision, code)).fetchone()
        return _line(row) if row else None

    def children(self, revision: str, code: str) -> tuple[TariffLine, ...]:
        """Rows with a code directly below a row."""
        order = _READ.replace("FROM line", "FROM line INDEXED BY line_parent")
        order += " AND parent = ? AND code IS NOT NULL ORDER BY seq"
        return tuple(_line(row) for row in self._db.execute(order, (revision, code)))

    def below(self, revision: str, digits: str, most: int) -> tuple[TariffLine, ...]:
        """Rows of the next level whose codes begin with some digits, in the schedule's order."""
        span = (revision, digits, digits + ":")
        within = "WHERE revision = ? AND code > ? AND code < ?"
        (level,) = self._db.execute(f"SELECT MIN(LENGTH(code)) FROM line {within}", span).fetchone()  # noqa: S608
        order = f"{_READ} AND code > ? AND code < ? AND LENGTH(code) = ? ORDER BY code LIMIT ?"
        return tuple(_line(row) for row in self._db.execute(order, (*span, level, most)))

    def lines(self, revision: str) -> Iterator[TariffLine]:
        """Every row with a code."""
        for row in self._db.execute(f"{_READ} AND code IS NOT NULL ORDER BY seq", (revision,)):
            yield _line(row)

    def meaning(self, schedule: ScheduleName, kind: str, code: str) -> Localized | None:
        """What a levy or regulation code says, where its list was imported."""
        found = self._db.execute(
            "SELECT name_zh, name_en FROM code_list WHERE schedule = ? AND list = ? AND code = ?",
            (schedule, kind, code),
        ).fetchone()
        return Localized.model_validate({"zh-TW": found[0], "en": found[1]}) if found else None

    def close(self) -> None:
        """Give the file back."""
        self._db.close()


@lru_cache(maxsize=4096)
def _cell(text: str) -> Any:
    """A list or table of a column; many rows share one. Models copy what they take."""
    return json.loads(text)


def _line(row: tuple[Any, ...]) -> TariffLine:
    values = dict(zip(COLUMNS, row, strict=True))
    values |= {name: _cell(values[name]) for name in _JSON}
    values["name"] = {"zh-TW": values.pop("name_zh"), "en": values.pop("name_en")}
    del values["seq"]
    return TariffLine.model_validate(values)


@cache
def _opened(path: Path, _stamp: tuple[int, int, int]) -> Store:
    return Store(path)


def open_store(path: Path | None) -> Store | None:
    """The store in a file, opened again when the file changed; None where nothing was imported."""
    try:
        stat = path.stat() if path else None
    except OSError:
        return None
    if path is None or stat is None or not stat.st_size:
        return None
    return _opened(path, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


def _read_only(path: Path) -> tuple[sqlite3.Connection, int]:
    """A reading connection and the layout it found; an import that was killed is undone first.

    Reads only, and SQLite serialises them: one connection serves the threads of a service.
    """

    def connect() -> tuple[sqlite3.Connection, int]:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return db, version

    try:
        return connect()
    except sqlite3.OperationalError:  # what a killed import left can only be rolled back by a connection that may write
        with closing(sqlite3.connect(path, timeout=_LONGEST_WAIT)) as undo:
            undo.execute("PRAGMA user_version").fetchone()
        return connect()


def _unwritable(path: Path, why: str) -> InputError:
    return InputError(
        "CUSTOMS_HOME", f"{path.name} cannot be written there ({why})", "a directory that can be written to"
    )


def create(path: Path) -> sqlite3.Connection:
    """A writing connection to a store, made if there is none; the caller commits or rolls back."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=_LONGEST_WAIT, isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _unwritable(path, str(error)) from error
        raise DataError(path.name, f"{error}; delete it and import again") from error
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error
    with closing(db.cursor()) as cursor:
        (version,) = cursor.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in SCHEMA.split(";"):
                cursor.execute(statement)
            cursor.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            db.close()
            raise DataError(path.name, f"has layout {version}, not {VERSION}; delete it and import again")
    return db
