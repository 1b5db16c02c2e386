"""The reading of a rate as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.tariff.notation.reading import RateInput, read_rate

TOOL = Tool(
    name="rate_parse",
    use_when="Reads a rate of duty as a schedule prints it, whole or not at all, prints it back and computes it on a value and quantities.",
    not_for="the rate of a code (tariff_code, tariff_line); what is owed in all (taiwan_quote, us_quote).",
    next_step="where it is refused or a quantity is missing, say which; never take a part of the text for the rate.",
    input_model=RateInput,
    run=lambda given, _: read_rate(given),
    clock="us",
    triggers={
        "zh-TW": ("這個稅率怎麼讀", "稅率文字是什麼意思", "複合稅率怎麼算"),
        "en": ("what does this rate mean", "read this rate", "how is a compound rate computed"),
    },
    examples=(
        {"text": "$1.05/kg + 2.3%", "value": "1000", "quantities": {"kg": "12"}},
        {"text": "6.8%", "value": "1000"},
        {"text": "NT$11.3/KGM or 15% whichever is higher", "jurisdiction": "tw", "value": "1000", "quantities": {"KGM": "20"}},
        {"text": "Free (A,AU,JO) 2.4% (JP)", "program": "JP", "value": "500"},
        {"text": "See 9903.88.15"},
    ),
)  # fmt: skip
