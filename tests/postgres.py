"""Debian's PostgreSQL on loopback, in a directory of its own, for the tier of the tests that asks for it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest

_NOBODY = 65534
_QUIET = {"max_connections": "150", "unix_socket_directories": "''", "listen_addresses": "127.0.0.1"}


def _program(name: str) -> str | None:
    found = shutil.which(name)
    return found or next((str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)


class Postgres:
    """A server that can be stopped, killed and started again; it never runs as root."""

    def __init__(self) -> None:
        self._user = _NOBODY if os.geteuid() == 0 else None
        self._directory = Path(tempfile.mkdtemp(prefix="customs-postgres-"))
        if self._user is not None:
            os.chown(self._directory, self._user, self._user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._run("initdb", "-D", str(self._data), "-U", "customs", "--auth=trust", "-N", "-E", "UTF8")
        self.start()

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    def _run(self, name: str, *arguments: str) -> None:
        program = _program(name)
        assert program is not None
        subprocess.run(
            [program, *arguments], check=True, capture_output=True, user=self._user, group=self._user,
            extra_groups=[] if self._user is not None else None, cwd=self._directory,
        )  # fmt: skip

    def start(self) -> None:
        settings = " ".join(f"-c {name}={value}" for name, value in (_QUIET | {"port": str(self.port)}).items())
        self._run("pg_ctl", "-D", str(self._data), "-o", settings, "-w", "-l", str(self._directory / "log"), "start")

    def stop(self, how: str = "fast") -> None:
        """`fast` ends what runs; `immediate` is what a power cut leaves."""
        self._run("pg_ctl", "-D", str(self._data), "-m", how, "-w", "stop")

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://customs@127.0.0.1:{self.port}/{name}"

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self._directory, ignore_errors=True)


def started() -> Postgres:
    """A server, or a loud skip."""
    if _program("initdb") is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return Postgres()
