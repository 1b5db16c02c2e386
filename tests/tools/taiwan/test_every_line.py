"""Every line of the official file: quoted, open for a fact that is named, or refused by name; none is silently zero."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.tools.taiwan.official_lines import whole_schedule
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)
VALUE = Decimal(100_000)


def _given(code: str) -> TaiwanQuoteInput:
    goods = {"price": VALUE, "ccc_code": code, "country_of_origin": "JP", "quantity": 10, "net_weight_kg": 50,
             "volume_litres": 20}  # fmt: skip
    return TaiwanQuoteInput.model_validate({"route": "cargo", "freight": 0, "insurance": 0, "goods": [goods]})


def test_all_lines_quote_or_say_what_they_need() -> None:
    held = whole_schedule()
    facts: Counter[str] = Counter()
    for code, line in held.lines.items():
        result = quote(_given(code), as_of=DAY, held=held)
        if result.complete:
            duty = next(x for x in result.lines if x.key == "duty")
            assert result.totals.total is not None
            assert duty.amount > 0 or line.rates["column_1"] == "0%", code
            assert result.totals.taxes, code
            facts["complete"] += 1
        else:
            assert result.missing, code
            assert result.totals.total is None, code
            facts.update(m.fact for m in result.missing)
    assert len(held.lines) == 12_686
    assert facts["complete"] > 11_500
    assert "rate" not in facts  # every cell of column 1 is read whole
