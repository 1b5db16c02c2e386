"""`law timeline`, `diff`, `next` and `stale` on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.conftest import TODAY
from ui.cli.main import app

RUN = CliRunner()


def out(*args: str) -> Any:
    done = RUN.invoke(app, ["law", *args, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


FIELDS = {"id", "value", "unit", "effective_from", "effective_to", "source", "certainty", "frontier"}


@pytest.mark.parametrize("args", [("timeline", "us.hmf"), ("next", "--on", "2026-11-21", "--topic", "us.section_232")])
def test_values_have_the_fields_of_the_contract(args: tuple[str, ...]) -> None:
    rows = out(*args)
    assert rows
    assert all(row.keys() >= FIELDS for row in rows)


def test_diff_shows_before_and_after() -> None:
    [row] = out("diff", "2026-09-30", "2026-10-01", "--topic", "us.mpf.minimum")
    assert (row["before"]["value"], row["after"]["value"]) == ("33.58", "34.58")


def test_stale_names_the_day_it_was_checked_to() -> None:
    rows = {row["topic"]: row for row in out("stale", "--on", "2026-11-21")}
    assert rows["us.section_301_forced_labor"]["frontier"] == "2026-10-10"


@pytest.mark.parametrize("args", [
    ("timeline", "us.section_122"), ("diff", "2026-07-23", "2026-07-24"), ("next",), ("stale",),
])  # fmt: skip
def test_each_prints_lines_a_person_reads(args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTOMS_TODAY", TODAY.isoformat())
    done = RUN.invoke(app, ["law", *args], catch_exceptions=False)
    assert (done.exit_code, bool(done.stdout.strip())) == (0, True)
