"""Official files of the two tariffs, where the shared data stands beside the repository."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import warnings
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
OFFICIAL = REPOSITORY / ".." / "shared" / "data" / "tw-tariff" / "海關進口稅則資料2025.csv.gz"


HTS = REPOSITORY / ".." / "shared" / "data" / "hts-us"
#: revisions of the HTS held there, each with its first day (revision_dates.csv)
HTS_REVISIONS = (
    ("2025_basic", date(2025, 1, 1)),
    ("2025_rev_18", date(2025, 8, 7)),
    ("2025_rev_32", date(2025, 11, 15)),
    ("2026_basic", date(2026, 1, 1)),
    ("2026_rev_4", date(2026, 2, 24)),
    ("2026_rev_5", date(2026, 4, 6)),
    ("2026_rev_9", date(2026, 5, 28)),
    ("2026_rev_10", date(2026, 6, 8)),
)
#: pairs with no other revision between them, so that the day of a change is known
HTS_ADJACENT = {("2025_rev_32", "2026_basic"), ("2026_rev_4", "2026_rev_5"), ("2026_rev_9", "2026_rev_10")}


def _or_skip(file: Path) -> None:
    """Skip loudly where a file is not there."""
    if not file.is_file():
        reason = f"shared data absent: {file.name} is not in {file.parent}; the bundled lines go unchecked"
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # said aloud, also where warnings are errors
            warnings.warn(reason, stacklevel=3)
        pytest.skip(reason)


def official() -> dict[str, dict[str, str]]:
    """Rows of the official file by code, or a loud skip where it is not there."""
    _or_skip(OFFICIAL)
    return _rows()


@dataclass(frozen=True, slots=True)
class HtsRow:
    """A row of the HTS with what it inherits by its indent."""

    indent: int
    above: tuple[str, ...]
    rates: dict[str, str]
    rated_by: str | None
    units: list[str]
    headings_noted: list[str]


def hts(revision: str, wanted: frozenset[str]) -> dict[str, HtsRow]:
    """The rows of some codes in a revision of the HTS, or a loud skip where it is not there."""
    file = HTS / f"hts_{revision}.json.gz"
    _or_skip(file)
    return _hts_rows(file, wanted)


@cache
def _hts_rows(file: Path, wanted: frozenset[str]) -> dict[str, HtsRow]:
    found: dict[str, HtsRow] = {}
    chain: list[tuple[str, dict[str, Any]]] = []
    for row in json.loads(gzip.decompress(file.read_bytes())):
        indent = int(row["indent"])
        chain = [*chain[:indent], (row["htsno"].replace(".", ""), row)]
        code = chain[-1][0]
        if code not in found and (code in wanted or code[:8] in wanted):
            found[code] = _hts_row(indent, chain)
    _share_units(found)
    return found


def _hts_row(indent: int, chain: list[tuple[str, dict[str, Any]]]) -> HtsRow:
    code, row = chain[-1]
    rated = next((c for c in reversed(chain) if any(_cell(c[1][k]) for k in ("general", "special", "other"))), None)
    rates = {k: _cell(rated[1][k]) for k in ("general", "special", "other")} if rated else {}
    notes = _headings_noted(row)
    if rated and rated[0] != code:
        notes += [note for note in _headings_noted(rated[1]) if note not in notes]
    above = tuple(c for c, _ in chain[:-1] if c)
    return HtsRow(indent, above, rates, rated[0] if rated else None, [_cell(u) for u in row["units"] or []], notes)


def _share_units(rows: dict[str, HtsRow]) -> None:
    """A rate line without units of its own has those that all the statistical lines below it share."""
    below: dict[str, list[HtsRow]] = {}
    for code, row in rows.items():
        if len(code) == 10:
            below.setdefault(code[:8], []).append(row)
    for code, row in rows.items():
        if len(code) == 8 and not row.units and code in below:
            first, *others = below[code]
            row.units.extend(unit for unit in first.units if all(unit in other.units for other in others))


def _headings_noted(row: dict[str, Any]) -> list[str]:
    """The headings of chapters 98 and 99 that the footnotes of a row point to."""
    notes: list[str] = []
    for note in row["footnotes"] or []:
        text = " ".join(note["value"].split())
        if headings := _HEADINGS.findall(text):
            said = "See " + ", ".join(headings)
            notes += [said] * (said not in notes)
    return notes


_HEADINGS = re.compile(r"\b9[89]\d\d\.\d\d(?:\.\d\d)?(?:\s*(?:-|–|through)\s*9[89]\d\d\.\d\d(?:\.\d\d)?)?")


def _cell(text: str | None) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", text or "").split())


@cache
def _rows() -> dict[str, dict[str, str]]:
    text = gzip.decompress(OFFICIAL.read_bytes()).decode("utf-8-sig")
    return {row["貨品分類號列"]: row for row in csv.DictReader(io.StringIO(text))}
