"""Liquidation and protest periods as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.compliance import ClocksInput, clocks

TOOL = Tool(
    name="us_clocks",
    use_when="Gives the days by which a United States entry liquidates and until which a protest may be filed.",
    not_for="refunds, which are never promised.",
    next_step="point to a customs broker for corrections before liquidation.",
    input_model=ClocksInput,
    run=lambda given, as_of: clocks(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("核定", "提出異議", "清關核定", "清算", "抗議期限", "異議期限", "提抗議", "提出抗議"),
        "en": ("liquidation", "protest deadline", "liquidate", "to protest", "file a protest", "protest period"),
    },
    examples=(
        {"entry_date": "2026-01-15"},
        {"entry_date": "2026-01-15", "liquidation_date": "2026-11-20"},
        {"entry_date": "2026-01-15", "informal": True},
        {"entry_date": "2026-06-30"},
        {"entry_date": "2025-10-01", "liquidation_date": "2026-08-14"},
    ),
)
