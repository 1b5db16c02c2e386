"""US penalty ceilings as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.compliance import PenaltyInput, penalty

TOOL = Tool(
    name="us_penalty",
    use_when="Gives the statutory ceiling of a United States penalty for a false statement or omission, by degree of culpability.",
    not_for="predicting a penalty, or penalties of Taiwan.",
    next_step="point to counsel, and to prior disclosure.",
    input_model=PenaltyInput,
    run=lambda given, as_of: penalty(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("美國罰鍰", "美國申報不實", "罰多少", "最高罰", "最多罰", "罰款上限", "罰鍰上限"),
        "en": (
            "customs penalty",
            "misdeclaration penalty",
            "prior disclosure",
            "maximum penalty",
            "penalty ceiling",
            "highest penalty",
        ),
    },
    examples=(
        {"culpability": "negligence", "lost_duty": "9900", "domestic_value": "90000", "dutiable_value": "60000"},
        {"culpability": "fraud", "lost_duty": 0, "domestic_value": "90000", "dutiable_value": "60000"},
        {"culpability": "gross_negligence", "lost_duty": 0, "domestic_value": "90000", "dutiable_value": "60000"},
        {"culpability": "negligence", "lost_duty": 0, "domestic_value": "5000", "dutiable_value": "4000"},
        {"culpability": "fraud", "lost_duty": "1200", "domestic_value": "30000", "dutiable_value": "20000"},
    ),
)
