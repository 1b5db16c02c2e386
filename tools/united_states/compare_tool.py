"""The time machine as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.compare import CompareInput, compare

_SHIRTS = {"mode": "ocean", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "CN", "value": "12500"}]}

TOOL = Tool(
    name="us_compare",
    use_when="Sets one United States shipment against several entry dates or countries of origin, with a total for each.",
    not_for="one quote, or imports into Taiwan.",
    next_step="us_quote for the lines of a single day.",
    input_model=CompareInput,
    run=lambda given, as_of: compare(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("不同日期比較", "各國比較關稅", "關稅變化"),
        "en": ("compare origins", "compare dates", "duty over time"),
    },
    examples=(
        {"shipment": _SHIRTS, "dates": ["2025-03-15", "2026-10-05"]},
        {"shipment": _SHIRTS, "origins": ["TW", "VN"]},
        {"shipment": _SHIRTS | {"entry_date": "2026-03-15"}},
        {
            "shipment": {
                "mode": "ocean",
                "lines": [
                    {
                        "hts_code": "9609.10.00",
                        "country_of_origin": "TW",
                        "value": "5000",
                        "quantities": {"gross": "500"},
                    }
                ],
            },
            "origins": ["CN", "TW"],
        },
        {
            "shipment": {
                "mode": "air",
                "lines": [{"hts_code": "4202.22.40", "country_of_origin": "TW", "value": "12500"}],
            },
            "dates": ["2025-09-15", "2026-10-05"],
        },
    ),
)
