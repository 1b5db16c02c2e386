"""Entry numbers: those of the facts, and every single error of a digit; working days against another calendar of holidays."""

from __future__ import annotations

import string
from datetime import date, timedelta

import holidays
import pytest

from tools.paperwork.entry_number import EntryNumberInput, check_digit, read_entry_number
from tools.paperwork.workdays import federal_holidays, is_workday, workdays_after

NUMBERS = {"ABC1234567": "6", "9999999999": "0", "5104540538": "1", "5104528804": "3", "5104507079": "7"}


@pytest.mark.parametrize(("ten", "digit"), NUMBERS.items())
def test_the_numbers_of_the_facts_validate(ten: str, digit: str) -> None:
    assert check_digit(ten) == digit
    for text in (f"{ten[:3]}-{ten[3:]}-{digit}", ten + digit, f"{ten[:3].lower()} {ten[3:]} {digit}"):
        found = read_entry_number(EntryNumberInput(number=text))
        assert (found.valid, found.filer_code, found.serial) == (True, ten[:3], ten[3:])


@pytest.mark.parametrize("ten", NUMBERS)
def test_every_wrong_digit_is_caught(ten: str) -> None:
    right = check_digit(ten)
    for place, digit in enumerate(ten):
        others = [d for d in string.digits if d != digit] if digit.isdigit() else []
        for other in others:
            assert check_digit(ten[:place] + other + ten[place + 1 :]) != right
    for other in set(string.digits) - {right}:
        assert not read_entry_number(EntryNumberInput(number=ten + other)).valid


def test_a_wrong_letter_is_caught_unless_it_stands_for_the_same_digit() -> None:
    same = {"A": "J", "B": "KS", "C": "LT"}
    for place, letter in enumerate("ABC"):
        for other in set(string.ascii_uppercase) - {letter}:
            wrong = "ABC1234567"[:place] + other + "ABC1234567"[place + 1 :]
            assert (check_digit(wrong) == "6") == (other in same[letter]), wrong


@pytest.mark.parametrize("text", ["2704-123456", "ABC-123456-6", "AB-1234567-6", "ABC-1234567", "A?C-1234567-6", " "])
def test_what_is_no_entry_number_is_said(text: str) -> None:
    found = read_entry_number(EntryNumberInput(number=text))
    assert (found.well_formed, found.valid, found.verdict.code) == (False, False, "entry_number_form")


@pytest.mark.parametrize("year", range(2021, 2041))
def test_federal_holidays_agree_with_another_calendar(year: int) -> None:
    other = holidays.country_holidays("US", years=range(year - 1, year + 2), observed=True)
    closed = {day for day in other if day.year == year and day.weekday() < 5}
    assert {day for day in federal_holidays(year) if day.weekday() < 5} == closed


def test_ten_working_days_leave_out_weekends_and_holidays() -> None:
    assert workdays_after(date(2026, 10, 5), 10) == date(2026, 10, 20)  # Columbus Day lies between
    assert workdays_after(date(2026, 7, 24), 10) == date(2026, 8, 7)
    assert workdays_after(date(2026, 12, 23), 2) == date(2026, 12, 28)
    day = date(2026, 1, 1)
    while day.year == 2026:
        assert is_workday(workdays_after(day, 1))
        day += timedelta(days=1)
