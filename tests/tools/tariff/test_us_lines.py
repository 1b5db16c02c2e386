"""The bundled US lines: their shape, and every figure against the revisions of the HTS where those stand beside."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.tools.tariff.shared_data import HTS_ADJACENT, HTS_REVISIONS, hts
from tools.tariff.bundled import LINES, bundled_revision
from tools.tariff.models import TariffLine
from tools.tariff.names import fold
from tools.tariff.schedule import schedule
from tools.text.normalise import to_traditional

ROWS = [TariffLine.model_validate_json(row) for row in (LINES / "us.jsonl").read_text("utf-8").splitlines()]
CODES = frozenset(row.code for row in ROWS)
COLUMNS = ("general", "special", "other")


def test_lines_are_sorted_and_stand_once_an_interval() -> None:
    assert len({row.code for row in ROWS}) >= 600
    keys = [(row.code, row.first_day) for row in ROWS]
    assert keys == sorted(set(keys))


def test_intervals_of_one_code_follow_each_other() -> None:
    by_code: dict[str, list[TariffLine]] = defaultdict(list)
    for row in ROWS:
        by_code[row.code].append(row)
    for rows in by_code.values():
        for earlier, later in pairwise(rows):
            assert earlier.effective_to is not None
            assert earlier.effective_to < later.first_day
        assert rows[-1].effective_to is None


def test_lines_have_codes_parents_and_columns_of_the_schedule() -> None:
    for row in ROWS:
        assert re.fullmatch(r"(?!9[89])\d{8}(\d{2})?", row.code), row.code
        assert row.path[0] == row.code[:2], row.code
        assert row.parent == row.path[-1], row.code
        assert all(row.code.startswith(above) for above in row.path), row.code
        assert tuple(row.rates) == COLUMNS, row.code
        assert row.rates["general"], row.code
        assert not (row.levies or row.import_regulations or row.export_regulations), row.code
        assert all(re.match(r"See 9[89]\d\d\.\d\d", note) for note in row.footnotes), row.code
        assert row.revision == bundled_revision("us").id, row.code


def test_a_rate_is_inherited_from_the_line_eight_digits_long() -> None:
    held = {row.code: row for row in ROWS}
    for row in ROWS:
        if row.inherited_from:
            assert row.inherited_from == row.code[:8], row.code
            above = held.get(row.inherited_from)
            assert above is None or above.rates == row.rates, row.code


def test_lines_have_names_in_both_languages() -> None:
    for row in ROWS:
        names = (row.name.zh_TW, *row.aliases.zh_TW)
        assert all(name == to_traditional(name) for name in names), row.code
        assert re.search(r"[\u4e00-\u9fff]", row.name.zh_TW), row.code
        assert row.name.en.isascii(), row.code
        assert row.aliases.zh_TW, row.code
        assert row.aliases.en, row.code


def test_a_name_shared_by_unrelated_headings_says_what_it_usually_means() -> None:
    headings: dict[str, set[str]] = defaultdict(set)
    meant: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for name in (row.name.zh_TW, row.name.en, *row.aliases.all(), *row.default_for.all()):
            headings[fold(name)].add(row.code[:4])
        for name in row.default_for.all():
            meant[fold(name)].add(row.code)
    assert not {name: codes for name, codes in meant.items() if len(codes) > 1}
    assert not {name: found for name, found in headings.items() if len(found) > 1 and name not in meant}


def test_figures_agree_with_the_newest_revision() -> None:
    newest = hts(HTS_REVISIONS[-1][0], CODES)
    differing = []
    for row in (row for row in ROWS if row.effective_to is None):
        official = newest[row.code]
        ours = (row.indent, dict(row.rates), row.inherited_from or row.code, row.path[1:], list(row.footnotes))
        theirs = (official.indent, official.rates, official.rated_by, official.above, official.headings_noted)
        if ours != theirs or list(row.units) != official.units:
            differing.append((row.code, ours, theirs))
    assert not differing


def test_rates_are_held_from_the_first_revision_that_shows_them() -> None:
    wrong = []
    editions = [(name, day, hts(name, CODES)) for name, day in HTS_REVISIONS]
    for row in ROWS:
        for name, day, edition in editions:
            official = edition.get(row.code)
            same = official is not None and _close(official.rates) == _close(row.rates)
            if row.holds(day) != same:
                wrong.append((row.code, name))
        if row.effective_from:
            begun = [i for i, (_, day) in enumerate(HTS_REVISIONS) if day == row.effective_from]
            assert begun, row.code
            assert (HTS_REVISIONS[begun[0] - 1][0], HTS_REVISIONS[begun[0]][0]) in HTS_ADJACENT, row.code
    assert not wrong


def _close(rates: dict[str, str]) -> dict[str, str]:
    """Rates without the spaces an edition happens to set."""
    return {column: cell.replace(" ", "") for column, cell in rates.items()}


@pytest.mark.parametrize(
    ("code", "general"),
    [
        ("61091000", "16.5%"),  # facts, example E1
        ("42022240", "7.4%"),  # E2
        ("8306290000", "Free"),  # E3
        ("73269086", "2.9%"),  # E6
        ("7117199000", "11%"),  # E8
        ("8471300100", "Free"),  # E13
        ("73181580", "8.5%"),  # E14
        ("9401616011", "Free"),  # E15
        ("9609100000", "14¢/gross + 4.3%"),  # E16
        ("64021950", "76¢/pr. + 32%"),  # E16
    ],
)
def test_the_lines_of_the_worked_examples_are_held(code: str, general: str) -> None:
    (row,) = (row for row in ROWS if row.code == code)
    assert row.rates["general"] == general
    assert row.first_day == date(2025, 1, 1)


def test_the_day_before_a_change_has_the_older_rates() -> None:
    older, newer = (row for row in ROWS if row.code == "0401507500")
    assert older.effective_to == newer.first_day - timedelta(days=1)
    assert "(PA)" in older.rates["special"]
    assert "(PA)" not in newer.rates["special"]


def test_every_row_is_found_on_its_days() -> None:
    held = schedule("us")
    for row in ROWS:
        for day in (row.first_day, row.effective_to or date(2026, 10, 5)):
            found = held.line(row.code, day)
            assert (found.code, found.rates, found.first_day) == (row.code, row.rates, row.first_day)
    assert "1.6% (JP)" in held.line("17041000", date(2025, 6, 1)).rates["special"]
    assert "1.2% (JP)" in held.line("17041000", date(2026, 6, 1)).rates["special"]


def test_lines_are_json_of_the_documented_shape() -> None:
    for row in (LINES / "us.jsonl").read_text("utf-8").splitlines():
        assert list(json.loads(row))[:4] == ["code", "parent", "indent", "path"]
