"""What every test may share: the project's root, the day of the tests, one built index, and the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus import Library, open_library
from tests.postgres import Postgres, started

ROOT = Path(__file__).resolve().parents[1]
#: the day of every test that is not about another day; the suite holds on any that `CUSTOMS_TODAY` names
TODAY = date.fromisoformat(os.environ.get("CUSTOMS_TODAY", "2026-11-21"))


@dataclass(frozen=True)
class Done:
    """How a run of the command line ended."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of an error; nothing else may have been printed."""
        assert not self.out, self.out
        assert "Traceback" not in self.err, self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


Cli = Callable[..., Done]


@pytest.fixture(scope="session")
def root() -> Path:
    """Where the project lies."""
    return ROOT


@pytest.fixture(scope="session")
def today() -> date:
    """The day the tests take for today."""
    return TODAY


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory with one whole index, for tests that only read it."""
    made = tmp_path_factory.mktemp("home")
    open_library(made)
    return made


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Debian's PostgreSQL, for tests marked `faults`."""
    server = started()
    yield server
    server.remove()


#: parameters of a fixture that gives a database: both kinds, the second in the tier that starts a server
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.faults)]


@pytest.fixture(scope="session")
def library(home: Path) -> Library:
    """The shipped library over the shared index."""
    return open_library(home)


@pytest.fixture(scope="session")
def cli(home: Path) -> Cli:
    """Run `python -m ui.cli ARGS…` as another program would, with nothing of this process's settings."""

    def run(
        *args: str, stdin: str = "", state: Path = home, day: str = TODAY.isoformat(), code: Path = ROOT,
        extra: Mapping[str, str] | None = None,
    ) -> Done:  # fmt: skip
        environment = {
            "PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(code), "PYTHONUTF8": "1", "CUSTOMS_HOME": str(state),
            "CUSTOMS_TODAY": day, "ANONYMIZED_TELEMETRY": "False", **(extra or {}),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *args], input=stdin, capture_output=True, text=True, encoding="utf-8",
            cwd=code, env=environment, timeout=110, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def cli_each(cli: Cli) -> Callable[[list[tuple[tuple[str, ...], dict[str, Any]]]], list[Done]]:
    """Run several commands, two at a time, and give how each ended, in order."""

    def run(calls: list[tuple[tuple[str, ...], dict[str, Any]]]) -> list[Done]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda call: cli(*call[0], **call[1]), calls))

    return run
