"""A code is on a list of goods the low-value exemption never reaches, is not, or is too short to tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.tools.law.files import store
from tools.law import law
from tools.taiwan.law import TaiwanLaw


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("22030000001", True),
        ("2203", True),
        ("22071090", True),
        ("22071090117", True),
        ("22071010", False),
        ("2204", False),
        ("61091000006", False),
        ("2207", None),
        ("220710", None),
        ("22", None),
    ],
)
def test_three_values(tmp_path: Path, code: str, expected: bool | None) -> None:
    assert TaiwanLaw(store(tmp_path), date(2025, 12, 31)).listed("zz.fee.codes", code) is expected


@pytest.mark.parametrize(("day", "expected"), [("2025-12-31", True), ("2026-01-01", False), ("2024-12-31", None)])
def test_a_list_is_read_on_its_day(tmp_path: Path, day: str, expected: bool | None) -> None:
    assert TaiwanLaw(store(tmp_path), date.fromisoformat(day)).listed("zz.fee.codes", "22071090") is expected


@pytest.mark.parametrize(
    ("name", "code", "day", "expected"),
    [
        ("alcohol_headings", "22030000001", date(2026, 11, 21), True),
        ("alcohol_headings", "22083000000", date(2026, 11, 21), True),
        ("alcohol_headings", "61091000006", date(2026, 11, 21), False),
        ("alcohol_headings", "22", date(2026, 11, 21), None),
        ("tobacco_headings", "24022000006", date(2026, 11, 21), True),
        ("tobacco_headings", "24041100005", date(2023, 6, 22), False),
        ("tobacco_headings", "24041100005", date(2023, 6, 23), True),
        ("tobacco_headings", "24012000008", date(2026, 11, 21), False),
        ("quota_headings", "98050000009", date(2026, 11, 21), True),
        ("quota_headings", "98990000006", date(2026, 11, 21), False),
        ("quota_headings", "98", date(2026, 11, 21), None),
        ("quota_goods_numbers", "07032090007", date(2026, 11, 21), True),
    ],
)
def test_the_shipped_lists(name: str, code: str, day: date, expected: bool | None) -> None:
    assert TaiwanLaw(law(), day).listed(f"tw.excluded_lists.{name}", code) is expected
