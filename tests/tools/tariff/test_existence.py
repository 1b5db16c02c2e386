"""Whether a code exists: offline six digits are known, a selection of national lines proves no absence."""

from __future__ import annotations

from datetime import date

import pytest

from tools.errors import InputError
from tools.tariff.bundled import subheadings
from tools.tariff.codes import dotted
from tools.tariff.existence import read_code, retired
from tools.tariff.look import show
from tools.tariff.models import ScheduleName

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("code", "schedule", "exists", "said"),
    [
        ("8517.13", None, "yes", []),
        ("85", None, "incomplete", ["code_short", "code_below"]),
        ("8517", "hs", "incomplete", ["code_short", "code_below"]),
        ("8517.12", None, "no", ["code_retired_see"]),  # HS 2017's, split in the 2022 edition
        ("8517.12.00.00", "us", "no", ["code_retired_see"]),
        ("0201.30.50.85", "us", "no", ["code_retired_see"]),  # in 2026 Basic, gone in Revision 2
        ("8517.99", None, "no", ["code_no_subheading"]),
        ("7701", "hs", "no", ["code_no_subheading"]),  # chapter 77 is reserved
        ("8517.99.00.00", "us", "no", ["code_no_subheading"]),
        ("9999.99", "hs", "yes", ["code_un_only"]),
        ("9903.99.99", "us", "not_verifiable", ["code_selection"]),  # national chapters, held in part
        ("0101.21.00.99", "us", "not_verifiable", ["code_selection"]),
        ("6109.10", "us", "incomplete", ["code_short"]),
        ("6109.10.00", "us", "incomplete", ["code_short"]),  # statistical lines stand below it, held or not
        ("6109.10.00.00", "us", "not_verifiable", ["code_selection"]),
        ("9102.11.10", "us", "yes", []),  # whole with eight digits
        ("9102.11.10.00", "us", "yes", []),
        ("6109.10.00.00-6", None, "yes", ["line_edition_age"]),
        ("6109.10.00.00-7", None, "no", ["code_check_digit"]),
        ("6109.10.00.00", "tw", "incomplete", ["code_without_check_digit"]),
        ("0101.21.00.99", "tw", "not_verifiable", ["code_selection", "code_without_check_digit"]),
        ("6109.10.00", "tw", "incomplete", ["code_short", "code_below"]),
        ("0101.21.00.99-5", "tw", "not_verifiable", ["code_selection"]),
    ],
)
def test_a_code_is_judged(code: str, schedule: ScheduleName | None, exists: str, said: list[str]) -> None:
    shown = show(code, schedule, TODAY)
    assert (shown.exists, [n.code for n in shown.notes][: len(said)]) == (exists, said)


@pytest.mark.parametrize(("day", "exists"), [(date(2021, 12, 31), "not_verifiable"), (date(2022, 1, 1), "no")])
def test_an_edition_of_the_system_speaks_for_its_years_only(day: date, exists: str) -> None:
    assert show("8517.12", "hs", day).exists == exists


def test_the_subheadings_are_those_of_the_2022_edition() -> None:
    assert len(subheadings()) == 5_613  # with 9999.99, which only the United Nations use
    assert {"010121", "851713", "852411", "970690"} <= subheadings()
    assert not {"851712", "770100"} & subheadings()


def test_no_retired_subheading_is_held_and_every_pointer_leads_to_one() -> None:
    for code, gone in retired()["hs"].items():
        assert code not in subheadings()
        assert set(gone.see) <= subheadings()
    assert all(len(code) == 10 and code.isdigit() for code in retired()["us"])


@pytest.mark.parametrize("text", ["", "abc", "851", "85171", "8517.13.0", "8517130000000", "８５１７", "85-17.1x"])
def test_what_is_no_code_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^code: .*is no code; accepted: .*digits such as 8517\.13"):
        read_code(text, None)


def test_a_code_longer_than_its_schedule_is_refused() -> None:
    with pytest.raises(InputError, match="2, 4 or 6 digits"):
        read_code("8517.13.00", "hs")


@pytest.mark.parametrize(
    ("digits", "printed"),
    [
        ("851713", "8517.13"),
        ("85171300", "8517.13.00"),
        ("8517130000", "8517.13.00.00"),
        ("85171300005", "8517.13.00.00-5"),
    ],
)
def test_a_code_of_each_kind_is_read_as_it_is_printed(digits: str, printed: str) -> None:
    assert dotted(digits) == printed
    assert read_code(printed, None) == read_code(digits, None)
