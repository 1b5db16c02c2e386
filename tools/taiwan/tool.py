"""The Taiwan quote as a tool."""

from __future__ import annotations

from tools.registry import Tool
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.quote import quote

TOOL = Tool(
    name="taiwan_quote",
    use_when=(
        "Computes customs value, duty, commodity, alcohol, tobacco, business and luxury tax and the trade promotion fee of "
        "goods imported into Taiwan by express courier, post, traveller or cargo, and whether an exemption applies. Use it "
        "for every question about what an import into Taiwan costs."
    ),
    not_for="imports into the United States; prices of couriers or brokers; harbour fees.",
    next_step="ask for the facts named in `missing`; cite policy_search for why.",
    input_model=TaiwanQuoteInput,
    run=lambda given, as_of: quote(given, as_of=as_of),
    clock="tw",
    triggers={
        "zh-TW": ("多少稅", "要繳", "繳多少", "課多少", "關稅多少", "稅金", "要課稅", "免稅嗎", "要付多少", "試算", "總共多少",
                  "營業稅多少", "會被課", "被課稅", "要不要繳", "要繳稅", "進口稅", "稅費", "落地成本", "稅多少", "抽多少"),
        "en": ("how much tax", "how much duty", "what do i owe", "what will i pay", "taxes on", "duty on", "tax on",
               "landed cost", "import tax", "do i pay", "have to pay", "customs charge", "how much would customs",
               "how much import", "total cost", "duty and tax", "owe"),
    },
    examples=(
        {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}]},
        {"route": "express", "exempt_imports_this_half_year": 2, "goods": [{"price": 1800, "ccc_code": "6109.10.00.00-6"}]},
        {"route": "express", "currency": "USD", "exchange_rate": "33.01", "freight": 20, "insurance": 2,
         "goods": [{"price": 180, "ccc_code": "61091000006", "country_of_origin": "JP"}]},
        {"route": "express", "freight": 0, "insurance": 0, "as_of": "2025-12-31",
         "goods": [{"price": "1005", "rate": "10.5%"}, {"price": "1010", "rate": "7.5%"}]},
        {"route": "express", "freight": 100, "insurance": 0, "decline_low_value_exemption": True,
         "goods": [{"price": "1500", "candidate_codes": ["61091000006", "61099020005"]}]},
        {"route": "post", "freight": 0, "insurance": 0, "exempt_imports_this_half_year": 6,
         "goods": [{"price": "1800", "description": "puzzle"}, {"price": "1500", "description": "scarf"}]},
        {"route": "traveller", "traveller": {"age": 40}, "goods": [{"price": "52000", "description": "new purchases"}]},
        {"route": "express", "freight": 0, "insurance": 0, "goods": [{"price": "1500", "ccc_code": "2208.30.00.00-0",
         "volume_litres": "0.7", "alcohol_percent": "43", "alcohol_class": "distilled"}]},
        {"route": "cargo", "importer": "company", "currency": "USD", "exchange_rate": "32", "freight": 900, "insurance": 100,
         "goods": [{"price": 60000, "rate": "17.5%", "commodity_tax": "car", "engine_cc": 2500, "powertrain": "petrol"}]},
    ),
)  # fmt: skip
