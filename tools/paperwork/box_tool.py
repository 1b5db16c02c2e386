"""Boxes of Form 7501 as a tool."""

from __future__ import annotations

from tools.paperwork.box_models import BoxInput
from tools.paperwork.boxes import explain_box
from tools.registry import Tool

TOOL = Tool(
    name="form_7501_box",
    use_when=(
        "Tells what a box of the United States entry summary is, by its number on the current form, on the form before, "
        "or in the online guide with numbers of its own, and what that guide has wrong."
    ),
    not_for="filling in or filing an entry; checking a whole summary.",
    next_step="check a whole summary with entry_check.",
    input_model=BoxInput,
    run=lambda given, as_of: explain_box(given, as_of=as_of),
    clock="us",
    triggers={"zh-TW": ("7501 欄位", "第幾欄", "表格欄位"), "en": ("form box", "box of the form", "7501 box")},
    examples=(
        {"box": "29"},
        {"box": "4"},
        {"box": "33A", "numbering": "2024"},
        {"box": "21", "numbering": "guide"},
        {"text": "CHGS"},
        {"box": "27", "numbering": "before", "on": "2026-11-21"},
    ),
)
