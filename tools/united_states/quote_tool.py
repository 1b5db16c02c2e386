"""The United States quote as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.quote import quote

TOOL = Tool(
    name="us_quote",
    use_when=(
        "Computes every duty and fee of goods entered into the United States on a day: column rate, the additional duties "
        "in force then, processing and harbor fees, by HTS number, origin, value and mode, each with heading and act."
    ),
    not_for="antidumping or countervailing duty, classification, imports into Taiwan.",
    next_step="ask for the facts named in `missing`; us_de_minimis for whether the low-value exemption was open.",
    input_model=UsQuoteInput,
    run=lambda given, as_of: quote(given, as_of=as_of),
    clock="us",
    triggers={
        "zh-TW": ("美國關稅", "賣到美國", "出口美國", "銷美", "進口美國", "美國進口稅", "到美國要繳多少"),
        "en": ("us duty", "us tariff", "duty into the us", "import into the us", "landed cost in the us", "section 301"),
    },
    examples=(
        {"mode": "ocean", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "TW", "value": "12500"}]},
        {"mode": "air", "entry_date": "2025-09-15", "lines": [{"hts_code": "4202.22.40", "country_of_origin": "TW", "value": "12500"}]},
        {"mode": "ocean", "lines": [{"hts_code": "9609.10.00", "country_of_origin": "TW", "value": "5000", "quantities": {"gross": "500"}}]},
        {"mode": "ocean", "value_basis": "ddp", "freight": "400", "insurance": "20",
         "lines": [{"hts_code": "4202.22.40", "country_of_origin": "TW", "value": "5000"}]},
        {"mode": "air", "lines": [{"hts_code": "6109.10.00", "country_of_origin": "KR", "value": "12500", "program": "KORUS"}]},
    ),
)  # fmt: skip
