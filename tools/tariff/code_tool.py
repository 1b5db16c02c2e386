"""A code of a schedule as a tool: does it exist, its line and rates, what is added, and how sure that is."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from tools.inputs import DateIn, Input
from tools.registry import Tool
from tools.tariff.look import CodeShown, show
from tools.tariff.models import ScheduleName


class TariffCodeInput(Input):
    """A code, and the schedule it is meant in."""

    code: str = Field(min_length=2, max_length=20, description="a code of any level, dots and hyphen as one likes")
    schedule: ScheduleName | None = Field(None, description="hs, us or tw; by the code's length when not given")
    on: DateIn | None = Field(None, description="day the schedule is read at")


def look_up(given: TariffCodeInput, as_of: date) -> CodeShown:
    """A code on a day.

    Raises:
        InputError: no code of any level.
    """
    return show(given.code, given.schedule, given.on or as_of)


TOOL = Tool(
    name="tariff_code",
    use_when="Shows one HS, HTS or CCC code: whether it exists on a day, is one level short, retired or not verifiable, "
    "with its rates as the schedule writes them and the headings its footnotes point to.",
    not_for="finding a code for goods; computing what is owed.",
    next_step="taiwan_quote or us_quote with the code; tariff_line to find a code by name.",
    input_model=TariffCodeInput,
    run=look_up,
    clock="tw",
    triggers={
        "zh-TW": ("號列還能用嗎", "號列存在嗎", "檢查碼", "稅號有效嗎", "號列停用了嗎"),
        "en": ("valid hs code", "valid hts code", "valid ccc code", "check digit", "does the code exist"),
    },
    examples=(
        {"code": "8517.12"},
        {"code": "9102.11.00.00-6"},
        {"code": "8517.13.00.00", "schedule": "us"},
        {"code": "8517", "on": "2026-06-20"},
        {"code": "6109.10.00", "schedule": "us"},
    ),
)
