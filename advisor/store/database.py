"""Opening the database: SQLite in the state directory, or the one of `CUSTOMS_DATABASE_URL`; its schema brought up to date."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tools.errors import InputError, ServiceError

FILE = "service.sqlite3"
_WAIT = 25  # seconds another process may hold the file, or a server may take to be reached
_KEPT, _MORE = 10, 30  # connections a process keeps open, and more it may open when as many threads ask at once
_LOCK = 7_501_001  # any number: the advisory lock of a migration
_ACCEPTED = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"


class StoreLost(ServiceError):
    """The database cannot be reached, or cannot write: what is told to callers names no address."""


class Database:
    """A database whose schema is the newest.

    Args:
        engine: where it is.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # writers of one process wait here and in turn: SQLite has them sleep longer and longer, so some waited seconds
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read on."""
        with _reachable(), self.engine.connect() as connection:
            yield connection.execution_options(reading=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed whole, or not at all.

        Raises:
            StoreLost: the database cannot be used, or others write to it for too long.
        """
        with self._in_turn(), _reachable(), self.engine.begin() as connection:
            yield connection

    def alive(self) -> bool:
        """Whether it answers, has the tables this code uses, and lets a transaction to write begin."""
        try:
            with self.engine.connect() as connection:
                if MigrationContext.configure(connection).get_current_revision() is None:
                    return False
            with self.engine.begin() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=_WAIT):
            raise StoreLost("the database cannot be used: other writers take too long")
        try:
            yield
        finally:
            self._turn.release()


def open_database(home: Path, url: str | None = None) -> Database:
    """The database, migrated.

    Args:
        home: the state directory, where SQLite is kept when no address is given.
        url: an address SQLAlchemy reads.

    Raises:
        InputError: an address that is none, or a state directory that cannot be written.
        ServiceError: the database cannot be reached.
    """
    if url is None:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError("CUSTOMS_HOME", f"{home} cannot be written", "a directory of one's own") from error
    engine = _engine(url or f"sqlite:///{home / FILE}")
    try:
        with _reachable():
            _migrate(engine, home)
    except ServiceError:
        engine.dispose()
        raise
    return Database(engine)


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        sqlite = address.get_backend_name() == "sqlite"
        if not sqlite and address.get_backend_name() != "postgresql":
            raise InputError("CUSTOMS_DATABASE_URL", f"{address.get_backend_name()} is not supported", _ACCEPTED)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        wait = {"timeout": _WAIT} if sqlite else {"connect_timeout": _WAIT}
        engine = create_engine(
            address, connect_args=wait, pool_pre_ping=not sqlite, pool_size=_KEPT, max_overflow=_MORE
        )
    except ArgumentError as error:
        raise InputError("CUSTOMS_DATABASE_URL", "is not an address of a database", _ACCEPTED) from error
    except ModuleNotFoundError as error:
        raise InputError("CUSTOMS_DATABASE_URL", f"its driver {error.name} is not installed", _ACCEPTED) from error
    if sqlite:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """A SQLite connection that many processes may share; SQLAlchemy says when a transaction begins."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it reads, so that two of them never wait for each other."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _migrate(engine: Engine, home: Path) -> None:
    """Bring the schema up to date; of several processes one does it, the others wait."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with _alone(engine, home), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


@contextmanager
def _alone(engine: Engine, home: Path) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        home.mkdir(parents=True, exist_ok=True)
        with (home / f".{FILE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": _LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _LOCK})


@contextmanager
def _reachable() -> Iterator[None]:
    """Errors of the database as errors of a service, without what was written to it."""
    try:
        yield
    except DBAPIError as error:
        first = str(error.orig).strip().splitlines() or [type(error).__name__]
        raise StoreLost(f"the database cannot be used: {first[0]}") from error
    except PoolTimeout as error:
        raise StoreLost("the database cannot be used: all its connections are in use") from error
