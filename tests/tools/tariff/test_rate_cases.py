"""Rates as printed against amounts worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.tools.tables import RateRow, RateTable, load
from tools.errors import MissingFact
from tools.tariff.notation import RateRefused, parse_rate
from tools.tariff.notation.reading import RateInput, read_rate
from tools.tariff.notation.vocabulary import Jurisdiction

TABLES = [load(f"rates/{name}.yaml", RateTable) for name in ("us", "tw")]
ROWS = [(table.jurisdiction, row) for table in TABLES for row in table.rows]
#: rows that must never leave the tables, however tidy somebody wants them
UGLY = (
    "33 1/3%",
    "$1.05/kg + 2.3%",
    "3.7¢/kg on drained weight",
    "See 9903.88.15",
    "Free",
    "$2.50/thou- sand + 40%",
    "0.3¢/line/ gross + 4.6%",
    "43¢ each + 2.8¢/jewel over 7 + 3.7% on the case",
    "NT$11.3/KGM or 15% whichever is higher",
    "從高徵收",
    " ",
)


def name(case: object) -> str:
    return f"{case.line}: {case.text[:40]}" if isinstance(case, RateRow) else str(case)


@pytest.mark.parametrize(("jurisdiction", "row"), ROWS, ids=name)
def test_a_rate_comes_to_what_was_worked_by_hand(jurisdiction: Jurisdiction, row: RateRow) -> None:
    value = Decimal(row.value) if row.value else None
    quantities = {unit: Decimal(amount) for unit, amount in row.quantities.items()}
    if row.refused:
        with pytest.raises(RateRefused) as refused:
            parse_rate(row.text, jurisdiction)
        assert (refused.value.code, refused.value.text) == (row.refused, row.text)
        return
    rate = parse_rate(row.text, jurisdiction)
    assert rate.text == row.text
    if row.missing:
        with pytest.raises(MissingFact) as missing:
            rate.evaluate(value, quantities, row.on)
        assert missing.value.field == row.missing
        assert row.missing in (*rate.needs, "value", "on")
        return
    found = rate.evaluate(value, quantities, row.on)
    assert found.amount == Fraction(row.amount or "")
    assert sum(c.amount for c in found.components) == found.amount


@pytest.mark.parametrize(("jurisdiction", "row"), ROWS, ids=name)
def test_the_reading_says_the_same(jurisdiction: Jurisdiction, row: RateRow) -> None:
    given = {"value": row.value, "quantities": row.quantities, "on": row.on}
    read = read_rate(RateInput.model_validate({"id": "r", "text": row.text, "jurisdiction": jurisdiction} | given))
    if row.refused == "several_groups":
        assert read.readable and read.amount is None and len(read.groups) > 1
    else:
        assert read.readable == (row.refused is None)
    if row.amount is None:
        assert read.amount is None and (row.missing or read.refused == row.refused) and read.reason
    else:
        assert Fraction(read.amount or "") == Fraction(row.amount) and read.reason is None
    if row.refused and not read.readable:
        assert (read.text, read.needs, read.components) == (row.text, (), ())


def test_the_ugly_rows_are_still_there() -> None:
    assert set(UGLY) <= {row.text for _, row in ROWS}
