"""A threshold only rises: today's bands against every earlier version of the file that git knows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evals.bands import read_bands
from evals.suites import all_suites

ROOT = Path(__file__).resolve().parents[2]
_FILE = "evals/thresholds.toml"


def _git(*args: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *args], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT CHECKED, git has no history here: {done.stderr.strip()[:80]}")
    return done.stdout


def test_no_threshold_was_ever_higher() -> None:
    from evals.bands import parse_bands

    now, fallen = read_bands(), []
    for revision in _git("log", "--format=%H", "--", _FILE).split():
        before = parse_bands(_git("show", f"{revision}:{_FILE}"))
        for name, held, past in (("fail", now.fail, before.fail), ("warn", now.warn, before.warn)):
            fallen += [f"{name} of {s}: {v} in {revision[:8]}" for s, v in past.items() if held.get(s, 0.0) < v]
    assert not fallen, fallen


def test_every_threshold_is_of_a_suite() -> None:
    bands = read_bands()
    assert bands.fail.keys() | bands.warn.keys() <= all_suites().keys()
