"""docs/coverage.md: every section of the texts has a brief that exists, and no brief is left out."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.briefs_reader import shipped_briefs

COVERAGE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
_ID = re.compile(r"`([a-z0-9][a-z0-9-]+)`")


def rows() -> dict[str, list[tuple[str, list[str]]]]:
    """Sections and their briefs, by the heading of their table."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for part in COVERAGE.read_text("utf-8").split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        lines = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("|")][2:]
        found[heading] = [(cells[0].strip(), _ID.findall(cells[1])) for cells in lines]
    return found


def test_the_five_texts_are_there_and_each_section_stands_once() -> None:
    tables = rows()
    assert [heading[:2] for heading in tables] == ["1.", "2.", "3.", "4.", "5.", "6."]
    for heading, table in tables.items():
        names = [name for name, _ in table]
        assert names and all(names) and len(names) == len(set(names)), heading


def test_every_section_is_answered_by_briefs_that_exist() -> None:
    ids = {brief.front.id for brief in shipped_briefs()}
    for heading, table in rows().items():
        for name, briefs in table:
            assert briefs, f"{heading} {name}: no brief"
            assert set(briefs) <= ids, f"{heading} {name}: {sorted(set(briefs) - ids)}"


def test_no_brief_is_left_out() -> None:
    named = {brief for table in rows().values() for _, briefs in table for brief in briefs}
    assert {brief.front.id for brief in shipped_briefs()} <= named
