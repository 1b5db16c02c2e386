"""`docs/differences.md`, row by row: what we quote, what the mistake gives, and the difference, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tools.inputs import read_input
from tools.united_states import UsQuoteInput, quote

PAGE = Path(__file__).parents[3] / "docs" / "differences.md"
DAY = date(2026, 11, 21)


def rows() -> dict[str, list[str]]:
    lines = [
        x for x in PAGE.read_text("utf-8").splitlines() if x.startswith("| ") and x.split("|")[1].strip().isdigit()
    ]
    return {cells[0]: cells for cells in ([c.strip() for c in x.strip("|").split("|")] for x in lines)}


def one(code: str, origin: str, value: str, day: str, rate: str = "", **more: Any) -> dict[str, Any]:
    goods = {"hts_code": code, "country_of_origin": origin, "value": value}
    if rate:  # of a line that is not among those bundled
        goods["general_rate"] = rate
    return {"mode": "air", "entry_date": day, "lines": [goods]} | more


#: number of the row -> the shipment, and the arithmetic of the mistake
MISTAKES: dict[str, tuple[dict[str, Any], Decimal]] = {
    "1": (one("42022240", "TW", "10000", "2026-10-05", freight="800", insurance="50"), Decimal(10850) * 10 / 100),
    "2": (one("83062900", "TW", "5000", "2026-10-05"), Decimal("27.75")),
    "3": (one("42022240", "TW", "10000", "2026-02-01"), Decimal(10000) * 15 / 100),
    "4": (one("61091000", "TW", "10000", "2026-03-15"), Decimal(1650) + Decimal(10000) * 15 / 100),
    "5": (one("84713001", "TW", "300000", "2026-10-05"), Decimal(300000) * 25 / 100),
    "6": (one("7326908688", "CN", "14172", "2026-10-05"), Decimal(3543) + Decimal(3543) + Decimal("410.99")),
    "7": (one("85044095", "TW", "10000", "2026-10-05"), Decimal(0)),
    "8": (one("84713001", "TW", "10000", "2026-10-05"), Decimal(10000) * 10 / 100),
    "9": (one("61091000", "CN", "10000", "2025-11-09"), Decimal(10000) * (165 + 75 + 100 + 100) / 1000),
    "10": (one("44071100", "TW", "10000", "2026-10-05", rate="Free"), Decimal(10000) * 15 / 100),
}


def test_every_row_of_the_page_is_reproduced() -> None:
    assert rows().keys() == MISTAKES.keys()


@pytest.mark.parametrize("number", MISTAKES)
def test_the_row_is_right(number: str) -> None:
    given, theirs = MISTAKES[number]
    result = quote(read_input(UsQuoteInput, given), as_of=DAY)
    assert result.complete
    ours = next(x.amount for x in result.lines if x.key == "mpf") if number == "2" else result.totals.duty
    assert ours is not None
    printed = [c.replace(",", "").replace("−", "-").replace("+", "") for c in rows()[number][4:7]]
    assert [Decimal(p) for p in printed] == [theirs, ours, theirs - ours]
    assert theirs != ours
