"""US customs bonds as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.compliance import BondInput, bond

TOOL = Tool(
    name="us_bond",
    use_when="Computes the amount of a United States customs bond: continuous, single transaction or temporary importation.",
    not_for="the premium of a bond, which is private; bonds of Taiwan.",
    next_step="us_quote gives the duties a single bond covers.",
    input_model=BondInput,
    run=lambda given, as_of: bond(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("美國保證金", "海關保證金", "連續保證金", "單次保證金", "單筆保證金", "保證金要多少", "保證金多少"),
        "en": (
            "customs bond",
            "continuous bond",
            "single entry bond",
            "single transaction bond",
            "import bond",
            "surety bond",
        ),
    },
    examples=(
        {"kind": "continuous", "paid_last_year": "500001"},
        {"kind": "single", "entered_value": "12000", "duties": "900"},
        {"kind": "temporary", "duties": "700"},
        {"kind": "continuous", "paid_last_year": "0"},
        {"kind": "single", "entered_value": "3000", "duties": "0"},
    ),
)
