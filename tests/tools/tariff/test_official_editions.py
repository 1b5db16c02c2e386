"""The official files as published: every row kept, inheritance as counted in the facts, look-ups by day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tools.tariff.shared_data import official
from tools.errors import NotFound, NotInForce
from tools.tariff.look import show
from tools.tariff.models import ScheduleName
from tools.tariff.schedule import schedule, use_editions_in
from tools.tariff.store import FILE, Store

REV_4, REV_5, REV_10, TODAY = date(2026, 3, 1), date(2026, 4, 10), date(2026, 6, 20), date(2026, 11, 27)


@pytest.fixture
def held(official_home: Path) -> Iterator[None]:
    """The program with the official editions in its home."""
    use_editions_in(official_home)
    yield
    use_editions_in(None)


def test_revision_10_is_read_as_the_facts_count_it(official_home: Path) -> None:
    report = Store(official_home / FILE).report("us-2026-rev-10")
    assert report["rows"] == 35_509
    assert report["without_code"] == 5_912
    assert report["by_digits"] == {"4": 961, "6": 2_093, "8": 6_687, "10": 19_856}
    assert (report["own_rate"], report["inherited_rate"]) == (8_147, 11_708)
    assert report["without_rate"] == ["9802009100"]
    assert report["cells"] == 35_509 * 3 == report["cells_read"] + report["cells_refused"] + report["cells_empty"]
    assert sum(report["refused_by_reason"].values()) == report["cells_refused"]
    assert "unreadable" not in report["refused_by_reason"]


def test_taiwan_s_file_is_read_whole(official_home: Path) -> None:
    report = Store(official_home / FILE).report("tw-2025")
    assert (report["rows"], report["own_rate"], report["cells_refused"]) == (12_686, 12_686, 0)
    assert report["cells"] == 12_686 * 3 == report["cells_read"] + report["cells_empty"]


def _rates(rows: list[dict[str, Any]], at: int) -> dict[str, str]:
    """Rates of a row, found another way than the importer does: upwards, by ever smaller indents."""
    columns = ("general", "special", "other")
    own = {c: (rows[at][c] or "").strip() for c in columns}
    depth = int(rows[at]["indent"])
    for row in reversed(rows[:at]):
        if own["general"]:
            break
        if int(row["indent"]) < depth:
            depth = int(row["indent"])
            if (row["general"] or "").strip():
                own = {c: own[c] or (row[c] or "").strip() for c in columns}
    return {c: " ".join(own[c].split()) for c in columns}


def test_three_hundred_lines_read_again_by_hand(official_home: Path, rev_10: list[dict[str, Any]]) -> None:
    store = Store(official_home / FILE)
    wrong = []
    for at in random.Random(4).sample([i for i, r in enumerate(rev_10) if len(r["htsno"]) > 7], 300):
        line = store.line("us-2026-rev-10", rev_10[at]["htsno"].replace(".", ""))
        if line is None or line.rates != _rates(rev_10, at):
            wrong.append(rev_10[at]["htsno"])
    assert not wrong


def test_taiwan_s_cells_are_those_of_the_published_csv(official_home: Path) -> None:
    rows = official()
    lines = Store(official_home / FILE).lines("tw-2025")
    wrong = [
        line.code for line in lines
        if tuple(line.rates.values()) != tuple(rows[line.code][f"第{n}欄稅率"].strip() for n in "一二三")
    ]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize(
    ("code", "schedule_name", "day", "exists"),
    [
        ("9903.82.02", "us", REV_5, "yes"),
        ("9903.82.02", "us", REV_4, "no"),  # added by Revision 5
        ("9903.81.87", "us", REV_4, "yes"),
        ("9903.81.87", "us", REV_5, "no"),
        ("9903.82.99", "us", REV_10, "no"),
        ("9903.82.99", "us", TODAY, "not_verifiable"),  # Revision 10 ended on 30 June
        ("0101.21.00.99", "us", TODAY, "not_verifiable"),
        ("9903.82.02", "us", date(2025, 3, 1), "not_verifiable"),  # before the oldest edition held
        ("8517.13.00", "us", REV_10, "incomplete"),  # stored with 00: one level short to declare, enough for the rate
        ("9102.11.10", "us", REV_10, "yes"),  # a line without statistical lines
        ("9102.11.10.00", "us", REV_10, "yes"),
        ("6109.10.00", "us", REV_10, "incomplete"),
        ("6109.10.00.00", "us", REV_10, "no"),  # it has statistical lines, and 00 is none of them
        ("6109.10.00", "tw", date(2025, 6, 1), "incomplete"),
        ("6109.10.00.00-6", "tw", date(2025, 6, 1), "yes"),
        ("6109.90", "hs", TODAY, "yes"),
    ],
)
@pytest.mark.usefixtures("held")
def test_existence_is_judged_by_the_edition_of_the_day(
    code: str, schedule_name: ScheduleName, day: date, exists: str
) -> None:
    assert show(code, schedule_name, day).exists == exists


@pytest.mark.usefixtures("held")
def test_a_line_shows_where_its_rates_come_from_and_what_is_added() -> None:
    shown = show("6109.10.00.12", "us", REV_10)
    assert shown.rates["general"] == "16.5%"
    assert shown.line is not None and shown.line.inherited_from == "61091000"
    assert shown.path_names[0].en.startswith("T-shirts, singlets")
    (duty,) = shown.additional_duties
    assert (duty.heading, duty.rates["general"]) == (
        "9903.88.15",
        "The duty provided in the applicable subheading + 7.5%",
    )
    assert {c: r.readable for c, r in shown.readings.items()} == {"general": True, "special": True, "other": True}
    coffee = show("0901.21.00.00-5", "tw", date(2025, 6, 1))
    assert coffee.line is not None and coffee.line.name.en == "roasted coffee, with caffeine"  # our name, their figures
    assert coffee.regulations["F01"].zh_TW


@pytest.mark.usefixtures("held")
def test_the_one_line_without_a_general_rate_says_so() -> None:
    shown = show("9802.00.91.00", "us", REV_10)
    assert (shown.rates["general"], shown.readings["general"].readable) == ("", False)
    assert "line_no_rate" in [n.code for n in shown.notes]


@pytest.mark.usefixtures("held")
def test_the_engines_see_the_edition_of_the_day() -> None:
    us = schedule("us")
    assert us.revision.id == "us-2026-rev-10"
    assert us.line("8517.13.00", REV_10).code == "8517130000"
    assert us.line("9903.82.02", date(2026, 7, 15)).revision == "us-2026-rev-10"
    with pytest.raises(NotInForce, match="2026-04-06"):
        us.line("9903.82.02", date(2026, 3, 1))
    with pytest.raises(NotFound, match="near it"):
        us.line("6109.10.00.99", REV_10)
    assert schedule("tw").line("61091000006", date(2025, 6, 1)).rates["column_1"] == "10.5%"
