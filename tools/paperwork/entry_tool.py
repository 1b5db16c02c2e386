"""The check of an entry summary as a tool."""

from __future__ import annotations

from tools.paperwork.entry_check import check_entry
from tools.paperwork.entry_inputs import EntrySummary
from tools.registry import Tool

_SHIRTS = {"hts_code": "6109.10.00.12", "rate": "16.5%", "duty": "1650.00"}
_BAGS = {"hts_code": "4202.22.40.30", "rate": "7.4%", "duty": "740.00"}

TOOL = Tool(
    name="entry_check",
    use_when=(
        "Checks a United States entry summary that somebody holds: numbers and codes, dates, headings of "
        "additional duties, rates, duties, fees and totals, each finding with its box and what was expected."
    ),
    not_for="preparing or filing an entry; antidumping rates.",
    next_step="tell findings by box, errors first; what is only a note is no fault.",
    input_model=EntrySummary,
    run=lambda given, _: check_entry(given),
    clock="us",
    triggers={
        "zh-TW": ("核對 7501", "檢查 7501", "核對報單彙總"),
        "en": ("check my 7501", "check this entry", "check the entry summary"),
    },
    examples=(
        {"entry_date": "2026-10-05", "entry_type": "01", "mode_of_transport": "11", "country_of_origin": "TW",
         "lines": [{"entered_value": "10000", "tariffs": [{"hts_code": "9903.05.75"}, _SHIRTS]}]},
        {"entry_date": "2026-10-05", "entry_type": "01", "mode_of_transport": "40", "country_of_origin": "TW",
         "lines": [{"entered_value": "10000", "tariffs": [_BAGS]}], "duty": "740.00"},
        {"entry_date": "2026-10-05", "entry_number": "ABC-1234567-5", "country_of_origin": "JP",
         "lines": [{"entered_value": "4000", "tariffs": [{"hts_code": "7117.19.90.00", "rate": "11%", "duty": "440.00"}]}]},
        {"entry_date": "2026-10-05", "entry_type": "86", "mode_of_transport": "40", "country_of_origin": "TW",
         "lines": [{"entered_value": "700", "tariffs": [_BAGS]}]},
        {"entry_date": "2026-10-05", "summary_date": "2026-11-05", "entry_type": "11", "country_of_origin": "TW",
         "mode_of_transport": "40", "lines": [{"entered_value": "2501", "tariffs": [{"hts_code": "8306.29.00.00"}]}]},
    ),
)  # fmt: skip
