"""Lists of codes: in, out, not to be told; days; broken files; and what the shipped lists hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tools.errors import DataError
from tools.law.code_lists import CodeList, Membership, code_list, on_any, plain_code
from tools.law.store import ROOT

DAY = date(2026, 10, 5)
LISTS_HELD = sorted(file.stem for file in (ROOT / "us" / "lists").glob("*.toml"))
HEAD = {
    "title": "t", "publisher": "p", "citation": "c", "certainty": "secondary", "frontier": "2026-10-10",
    "reviewed": "2026-11-21",
}  # fmt: skip
WHOLE = CodeList.model_validate(HEAD | {"codes": "8471 73181580 7326908688 8306290000"})
PART = CodeList.model_validate(HEAD | {"codes": "73181580", "whole": False, "chapters": ["73", "84"]})
DATED = CodeList.model_validate(
    HEAD | {"dated": [{"from": "2026-01-01", "to": "2026-10-05", "codes": "85076000"}, {"codes": "2504"}]}
)


@pytest.mark.parametrize(("held", "code", "verdict"), [
    (WHOLE, "84713001", "in"), (WHOLE, "8471300100", "in"), (WHOLE, "73181580", "in"), (WHOLE, "7318158066", "in"),
    (WHOLE, "7326908688", "in"), (WHOLE, "7326908676", "out"), (WHOLE, "73269086", "not held"), (WHOLE, "61091000", "out"),
    (WHOLE, "83062900", "in"), (PART, "73181580", "in"), (PART, "73181560", "not held"), (PART, "61091000", "out"),
    (DATED, "85076000", "in"), (DATED, "25041010", "in"),
])  # fmt: skip
def test_membership(held: CodeList, code: str, verdict: str) -> None:
    assert held.member(plain_code(code), DAY) is Membership(verdict)


@pytest.mark.parametrize(("day", "verdict"), [
    ("2025-12-31", "out"), ("2026-01-01", "in"), ("2026-10-05", "in"), ("2026-10-06", "out"),
])  # fmt: skip
def test_a_code_is_on_the_list_on_its_days(day: str, verdict: str) -> None:
    assert DATED.member("85076000", date.fromisoformat(day)) is Membership(verdict)


@pytest.mark.parametrize("name", LISTS_HELD)
def test_a_shipped_list_is_sound(name: str) -> None:
    held = code_list("us", name)
    codes = held.codes | {c for d in held.dated for c in d.codes}
    assert codes or held.chapters
    assert all(c.isdigit() and len(c) in (2, 4, 6, 8, 10) for c in codes)
    assert held.note is not None or held.certainty in ("confirmed", "secondary")
    assert held.reviewed >= held.frontier


def test_the_annexes_of_the_forced_labor_action_are_whole() -> None:
    assert len(code_list("us", "forced_labor_exempt").codes) == 863
    assert len(code_list("us", "taiwan_exempt").codes) == 114
    assert len([c for c in code_list("us", "forced_labor_exempt").codes if c.startswith("30")]) == 45
    assert len(code_list("us", "forced_labor_named").codes) == 16


@pytest.mark.parametrize(("text", "problem"), [
    ('title = "t"', "validation error"), ("codes = [", "Invalid"), ('title = "t"\nsurprise = 1', "validation error"),
])  # fmt: skip
def test_a_broken_list_names_its_file(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "us" / "lists" / "broken.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    with pytest.raises(DataError, match=rf"us/lists/broken\.toml.*{problem}"):
        code_list("us", "broken", tmp_path)


def test_a_missing_list_is_an_error_of_ours() -> None:
    with pytest.raises(DataError, match=r"us/lists/nowhere\.toml"):
        code_list("us", "nowhere")


@pytest.mark.parametrize(
    ("code", "member"), [("33030030", Membership.IN), ("33030020", Membership.OUT), ("33030010", Membership.OUT)]
)
def test_perfume_with_alcohol_alone_is_never_exempt(code: str, member: Membership) -> None:
    """HTS 3303.00.10 and .20 stand below "not containing alcohol"."""
    assert on_any(("alcoholic_perfume",), code, DAY) is member
