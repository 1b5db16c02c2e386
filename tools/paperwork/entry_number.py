"""The entry number of CBP: its form, and the check digit that its other ten characters give.

Source: CBP Form 7501 instructions, Appendix 1; CATAIR Appendix E. A letter stands for a digit (A and J for 1, up to I, R and Z for 9);
every second character is doubled, and the digits of all are added.
"""

from __future__ import annotations

import re

from pydantic import Field

from tools.inputs import Input
from tools.law.models import Localized
from tools.registry import Tool
from tools.result import Message

_NUMBER = re.compile(r"^(?P<filer>[A-Z0-9]{3})[- ]?(?P<serial>\d{7})[- ]?(?P<check>\d)$")
_LETTERS = "ABCDEFGHI", "JKLMNOPQR", "-STUVWXYZ"
_VALUES = {letter: place for row in _LETTERS for place, letter in enumerate(row, start=1) if letter != "-"}


def check_digit(ten: str) -> str:
    """The check digit of filer code and serial number.

    Args:
        ten: their ten characters.

    >>> check_digit("ABC1234567"), check_digit("5104540538"), check_digit("9999999999")
    ('6', '1', '0')
    """
    total = 0
    for place, character in enumerate(ten):
        value = int(character) if character.isdigit() else _VALUES[character]
        total += sum(divmod(value * 2, 10)) if place % 2 else value
    return str(-total % 10)


class EntryNumberInput(Input):
    """An entry number."""

    number: str = Field(min_length=1, max_length=40, description="as it is written, such as ABC-1234567-6")


class EntryNumber(Input):
    """What is known of an entry number by itself."""

    number: str
    well_formed: bool
    filer_code: str | None = None
    serial: str | None = None
    check_digit: str | None = None
    right_check_digit: str | None = None
    valid: bool
    verdict: Message


def read_entry_number(given: EntryNumberInput) -> EntryNumber:
    """Form and check digit. Whether CBP issued the number cannot be told from it."""
    text = given.number.strip().upper()
    match = _NUMBER.match(text)
    if match is None:
        return EntryNumber(
            number=text, well_formed=False, valid=False,
            verdict=Message(code="entry_number_form", words={"number": Localized.model_validate(text)}),
        )  # fmt: skip
    right = check_digit(match["filer"] + match["serial"])
    words = {name: Localized.model_validate(value) for name, value in {
        "number": f"{match['filer']}-{match['serial']}-{match['check']}", "filer": match["filer"],
        "check": match["check"], "right": right}.items()}  # fmt: skip
    valid = right == match["check"]
    return EntryNumber(
        number=words["number"].en, well_formed=True, filer_code=match["filer"], serial=match["serial"],
        check_digit=match["check"], right_check_digit=right, valid=valid,
        verdict=Message(code="entry_number_valid" if valid else "entry_number_check_digit", words=words),
    )  # fmt: skip


TOOL = Tool(
    name="us_entry_number",
    use_when="Checks the form and the check digit of a CBP entry number, and tells its filer code apart from the port.",
    not_for="finding out whether CBP issued the number, or the state of an entry.",
    next_step="check the whole summary with entry_check.",
    input_model=EntryNumberInput,
    run=lambda given, _: read_entry_number(given),
    clock="us",
    triggers={
        "zh-TW": ("報單號碼", "進口報單號碼", "entry number", "檢查碼"),
        "en": ("entry number", "entry no.", "filer code"),
    },
    examples=(
        {"number": "ABC-1234567-6"},
        {"number": "510-4540538-1"},
        {"number": "51045288043"},
        {"number": "510-4507079-1"},
        {"number": "2704-123456"},
    ),
)
