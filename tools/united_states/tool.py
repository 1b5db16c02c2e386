"""The US low-value exemption as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.de_minimis import DeMinimisInput, de_minimis

TOOL = Tool(
    name="us_de_minimis",
    use_when=(
        "Tells whether the US low-value (de minimis, Section 321) exemption or the gift exemption is open for a "
        "country of origin, a mode and a day, since when, on what legal basis and what applies instead."
    ),
    not_for="how much duty is owed once it is closed; imports into Taiwan.",
    next_step="call it again with another `on` for another day; cite policy_search for the history.",
    input_model=DeMinimisInput,
    run=lambda given, as_of: de_minimis(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("美國免稅", "小額免稅", "寄到美國", "寄美國", "到美國", "進美國", "美國小包", "美國那邊"),
        "en": ("de minimis", "section 321", "duty free", "duty-free", "to the us", "into the us", "to america"),
    },
    examples=(
        {"origin": "CN", "mode": "express", "on": "2025-03-01", "value": 500},
        {"origin": "TW", "mode": "post"},
        {"origin": "HK", "mode": "air", "on": "2025-05-02"},
        {"origin": "JP", "mode": "ocean", "on": "2025-08-28", "value": "800"},
        {"origin": "TW", "mode": "post", "value": 80, "gift": True},
    ),
)
