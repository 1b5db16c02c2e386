"""Membership of a code in a list of the law is in, out or not held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.tools.law.files import store
from tools.errors import NotInForce
from tools.law import law
from tools.law.lists import Membership, membership

IN, OUT, NOT_HELD = Membership.IN, Membership.OUT, Membership.NOT_HELD


@pytest.mark.parametrize(
    ("code", "expected", "entry"),
    [
        ("22030000001", IN, "2203"),
        ("2203", IN, "2203"),
        ("22071090", IN, "22071090"),
        ("22071090117", IN, "22071090"),
        ("22071010", OUT, None),
        ("2204", OUT, None),
        ("61091000006", OUT, None),
        ("2207", NOT_HELD, None),
        ("220710", NOT_HELD, None),
        ("22", NOT_HELD, None),
        (None, NOT_HELD, None),
    ],
)
def test_three_values(tmp_path: Path, code: str | None, expected: Membership, entry: str | None) -> None:
    assert membership(store(tmp_path), "zz.fee.codes", code, date(2025, 12, 31)) == (expected, entry)


def test_a_list_is_read_on_its_day(tmp_path: Path) -> None:
    held = store(tmp_path)
    assert membership(held, "zz.fee.codes", "22071090", date(2025, 12, 31))[0] is IN
    assert membership(held, "zz.fee.codes", "22071090", date(2026, 1, 1))[0] is OUT
    with pytest.raises(NotInForce):
        membership(held, "zz.fee.codes", "22071090", date(2024, 12, 31))


@pytest.mark.parametrize(
    ("name", "code", "day", "expected"),
    [
        ("alcohol_headings", "22030000001", date(2026, 11, 21), IN),
        ("alcohol_headings", "22083000000", date(2026, 11, 21), IN),
        ("alcohol_headings", "61091000006", date(2026, 11, 21), OUT),
        ("alcohol_headings", "22", date(2026, 11, 21), NOT_HELD),
        ("tobacco_headings", "24022000006", date(2026, 11, 21), IN),
        ("tobacco_headings", "24041100005", date(2023, 6, 22), OUT),
        ("tobacco_headings", "24041100005", date(2023, 6, 23), IN),
        ("tobacco_headings", "24012000008", date(2026, 11, 21), OUT),
        ("quota_headings", "98050000009", date(2026, 11, 21), IN),
        ("quota_headings", "98990000006", date(2026, 11, 21), OUT),
        ("quota_headings", "98", date(2026, 11, 21), NOT_HELD),
        ("quota_goods_numbers", "07032090007", date(2026, 11, 21), IN),
    ],
)
def test_the_shipped_lists(name: str, code: str, day: date, expected: Membership) -> None:
    assert membership(law(), f"tw.excluded_lists.{name}", code, day)[0] is expected
