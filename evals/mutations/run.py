"""`customs eval mutations`: each fault is made in a copy of the project, and the tests that ought to notice it are run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from pydantic import BaseModel, ConfigDict

from tools.errors import DataError, InputError

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutations.md"
_MARK = "<!-- from here on written by `customs eval mutations --write` -->"
_COPIED = (".ci", ".streamlit", "advisor", "corpus", "docs", "evals", "tests", "tools", "ui")
_SECONDS = 1_200
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


class Fault(BaseModel):
    """One change: a stretch of a file, what somebody could have written, and the tests that ought to fail."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def room(self) -> str:
        """Where the fault is."""
        return self.file.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fault and the test that noticed it; None where none did."""

    fault: Fault
    caught_by: str | None


def faults() -> tuple[Fault, ...]:
    """Every fault, each of which fits the code as it stands.

    Raises:
        DataError: a stretch that is not in its file once.
    """
    raw = tomllib.loads(Path(__file__).with_name("faults.toml").read_text("utf-8"))
    read = tuple(Fault.model_validate(row) for row in raw["fault"])
    for fault in read:
        times = (ROOT / fault.file).read_text("utf-8").count(fault.old)
        if times != 1:
            raise DataError("faults.toml", f"{fault.name}: its stretch stands {times} times in {fault.file}")
    return read


def run(chosen: Sequence[Fault], workers: int) -> Iterator[Outcome]:
    """Each fault made and tested, a copy of the project for each worker."""
    with copies(workers) as free, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda fault: _try(fault, free), chosen)


@contextmanager
def copies(count: int) -> Iterator[Queue[Path]]:
    """So many copies of the code, without what was set up beside it."""
    free: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory() as made:
        for number in range(count):
            copy = Path(made) / str(number) / "project"
            copy.mkdir(parents=True)
            for file in ROOT.iterdir():
                if file.is_file():
                    shutil.copy2(file, copy)
            for room in _COPIED:
                shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
            free.put(copy)
        yield free


def _try(fault: Fault, free: Queue[Path]) -> Outcome:
    copy = free.get()
    file = copy / fault.file
    sound = file.read_text("utf-8")
    try:
        file.write_text(sound.replace(fault.old, fault.new), "utf-8")
        return Outcome(fault, failing(copy, fault.tests))
    finally:
        file.write_text(sound, "utf-8")
        free.put(copy)


def failing(copy: Path, tests: Sequence[str]) -> str | None:
    """The first test that fails in a copy; None where all pass."""
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "the tests never end"
    if done.returncode == 0:
        return None
    found = _FAILED.search(done.stdout)
    return found[1] if found else f"pytest ended with {done.returncode}"


def main(names: Sequence[str], workers: int, *, write: bool) -> int:
    """Print which test notices each fault; 1 where one is noticed by none."""
    held = faults()
    if unknown := set(names) - {f.name for f in held}:
        raise InputError("fault", f"{min(unknown)!r} is not known", "a name of evals/mutations/faults.toml")
    if baseline := _sound(held):
        raise DataError("tests", f"{baseline} fails without any fault")
    outcomes = []
    for outcome in run([f for f in held if not names or f.name in names], workers):
        print(
            f"{'caught ' if outcome.caught_by else 'MISSED '} {outcome.fault.name}: {outcome.caught_by or outcome.fault.file}",
            flush=True,
        )
        outcomes.append(outcome)
    caught = sum(o.caught_by is not None for o in outcomes)
    print(f"{caught} of {len(outcomes)} caught")
    if write:
        head = PAGE.read_text("utf-8").partition(_MARK)[0]
        PAGE.write_text(f"{head}{_MARK}\n\n{table(outcomes)}", "utf-8")
    return int(caught < len(outcomes))


def _sound(held: Sequence[Fault]) -> str | None:
    """What fails before any fault is made: a test that always fails notices nothing."""
    tests = tuple(dict.fromkeys(test for fault in held for test in fault.tests))
    with copies(1) as free:
        return failing(free.get(), ("-n", "2", *tests))


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes in Markdown."""
    rows = ["| room | fault | noticed by |", "|---|---|---|"]
    for outcome in outcomes:
        rows.append(
            f"| {outcome.fault.room} | {outcome.fault.name} | {f'`{outcome.caught_by}`' if outcome.caught_by else '**none**'} |"
        )
    caught = sum(o.caught_by is not None for o in outcomes)
    return "\n".join([f"{caught} of {len(outcomes)} were noticed.", "", *rows]) + "\n"
