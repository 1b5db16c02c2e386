"""`customs bench tariff`: import of the official files, look-ups, memory, size of the bundled data, and a longer fuzz."""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tools.errors import DataError, InputError
from tools.tariff.bundled import LINES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".." / "shared" / "data"
_DAY = date(2026, 6, 20)  # Revision 10 rules it
_FILES = (
    ("us", DATA / "hts-us" / "hts_2026_rev_10.json.gz"),
    ("tw", DATA / "tw-tariff" / "海關進口稅則資料2025.xls"),
    ("hs", DATA / "hs-nomenclature" / "harmonized-system.csv"),
)
_LOOKED_UP = ("6109.10.00.12", "8517.13.00.00", "9102.11.00.00-6", "8517.13", "8517", "9903.82.02", "9903.99.99")
_REPEATS, _FUZZED, _ROWS_OF_A_CHAPTER = 200, 400, 20
_IMPORT = (
    "import resource, sys, time; from datetime import date; from pathlib import Path; "
    "from tools.tariff.importers import import_file; start = time.perf_counter(); "
    "done = import_file(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), date(2026, 6, 20)); "
    "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, done.revision.rows)"
)


def main() -> None:
    """Print what was measured; what needs the official files is left out, and said, where they are absent."""
    size = sum(file.stat().st_size for file in LINES.iterdir())
    _row("bundled data", f"{size / 1_000_000:.2f} MB")
    present = [(name, file) for name, file in _FILES if file.is_file()]
    if len(present) < len(_FILES):
        _row("official files", "absent beside the checkout: imports not measured")
    with tempfile.TemporaryDirectory() as home:
        for name, file in present:
            seconds, memory, rows = _in_a_process(name, file, home)
            _row(f"import {file.name}", f"{float(seconds):.1f} s, {memory} MB, {rows} rows")
        _look_ups(Path(home))
    if present:
        _fuzz(present[0][1])
    _row("memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _row(name: str, text: str) -> None:
    print(f"{name:<44} {text}")


def _in_a_process(name: str, file: Path, home: str) -> list[str]:
    command = [sys.executable, "-c", _IMPORT, name, str(file), home]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DataError("bench", done.stderr[-200:])
    return done.stdout.split()


def _look_ups(home: Path) -> None:
    from tools.tariff.look import show
    from tools.tariff.schedule import use_editions_in

    use_editions_in(home)
    for code in _LOOKED_UP:
        first = _seconds(lambda code=code: show(code, None, _DAY))  # type: ignore[misc]
        times = [_seconds(lambda code=code: show(code, None, _DAY)) for _ in range(_REPEATS)]  # type: ignore[misc]
        _row(f"hs show {code}", f"{statistics.median(times) * 1000:.2f} ms median, first {first * 1000:.1f} ms")
    use_editions_in(None)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _fuzz(file: Path) -> None:
    """Mutate rows of the official file: each is refused in one line or held as it stands."""
    import gzip

    from tools.tariff.importers.rows import place
    from tools.tariff.importers.usitc import read_json

    rows: list[dict[str, Any]] = json.loads(gzip.decompress(file.read_bytes()))
    chance, refused, held = random.Random(1), 0, 0
    part = list(_beginnings(rows))
    for _ in range(_FUZZED):
        at = chance.randrange(len(part))
        key = chance.choice(["general", "special", "other", "htsno", "indent", "description", "units"])
        old, part[at][key] = part[at][key], _mutated(str(part[at][key] or ""), chance)
        try:
            placed, _ = place(read_json(json.dumps(part)), "us", "general")
        except InputError:
            refused += 1
        else:
            held += 1
            said, kept = " ".join(str(part[at][key]).split()), placed[at].rates.get(key)
            if kept is not None and said and kept != said:
                raise DataError("fuzz", f"row {at}: {said!r} became {kept!r}")
        part[at][key] = old
    _row("mutated rows", f"{_FUZZED}: {refused} refused, {held} held as they stand, none crashed")


def _beginnings(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first rows of every chapter: small, and whole enough to be imported."""
    chapter, taken = "", 0
    for row in rows:
        if row["htsno"] and row["htsno"][:2] != chapter:
            chapter, taken = row["htsno"][:2], 0
        taken += 1
        if taken <= _ROWS_OF_A_CHAPTER:
            yield row


def _mutated(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return chance.choice([text[:at], text[at:], text[:at] + chance.choice("0%¢$ .,()x") + text[at:], " ", ""])
