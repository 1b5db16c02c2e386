"""Search for a code by description, as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.tariff.search.models import SearchInput
from tools.tariff.search.search import search

TOOL = Tool(
    name="hs_search",
    use_when="Finds candidate HS subheadings for goods described in words, Chinese or English, with reasons, what speaks "
    "against each, and the one question that separates them; with schedule us or tw also the published lines and rates below.",
    not_for="a classification or binding ruling; digits beyond the sixth for goods being entered into the United States.",
    next_step="tariff_code for the notes of a candidate; ask the person the question that separates them.",
    input_model=SearchInput,
    run=search,
    clock="tw",
    triggers={
        "zh-TW": ("歸在哪個號列", "哪個 hs code", "號列是什麼", "怎麼歸類", "歸哪一節", "歸在哪一章"),
        "en": ("hs code for", "classify", "which heading", "what hs code", "tariff classification of"),
    },
    examples=(
        {"text": "men's cotton jeans"},
        {"text": "貓跳台"},
        {"text": "手機殼 矽膠", "schedule": "tw", "limit": 5},
        {"text": "quartz wrist watch", "schedule": "tw"},
        {"text": "石英錶", "limit": 3},
    ),
)
