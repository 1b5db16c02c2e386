"""Every case of the United States tables, against the quote: lines with their headings, totals, ranges, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.tools.quote_tables import UnitedStatesCase, UnitedStatesTable, united_states_cases
from tools.errors import CustomsError
from tools.inputs import read_input
from tools.result import Result
from tools.united_states import UsQuoteInput, quote

TODAY = date(2026, 11, 21)
CASES = united_states_cases()


def computed(case: UnitedStatesCase) -> Result:
    return quote(read_input(UsQuoteInput, case.input), as_of=TODAY)


@pytest.mark.parametrize(("table", "case"), [pytest.param(t, c, id=name) for name, t, c in CASES])
def test_the_quote_says_what_the_case_says(table: UnitedStatesTable, case: UnitedStatesCase) -> None:
    if case.output.refused is not None:
        assert_refused(case, case.output.refused)
        return
    result = computed(case)
    assert result.complete == case.output.complete, [m.fact for m in result.missing]
    for wanted in case.output.lines:
        found = [
            x
            for x in result.lines
            if (x.key, x.applies) == (wanted.key, wanted.applies) and wanted.line in (None, x.line_no)
        ]
        amounts = sum((x.amount for x in found), Decimal(0))
        assert found and amounts == Decimal(wanted.amount), (
            wanted,
            [(x.key, x.heading, x.amount) for x in result.lines],
        )
        assert wanted.heading is None or wanted.heading in [x.heading for x in found]
    if case.output.complete:
        listed = {line.key for line in case.output.lines}
        assert not [x for x in result.lines if x.key not in listed and x.amount], "an amount the case does not list"
    for name, amount in case.output.totals.items():
        assert getattr(result.totals, name) == Decimal(amount), name
    if case.output.entry_type is not None:
        assert result.regime["entry_type"] == case.output.entry_type
    if case.output.range is not None:
        assert result.range is not None
        assert result.range.low == Decimal(case.output.range.low)
        high = case.output.range.high
        assert result.range.high == (None if high is None else Decimal(high))
    if case.output.alternatives:
        totals = sorted(Fraction(a.totals.total) for a in result.alternatives if a.totals.total is not None)
        assert totals == sorted(Fraction(a) for a in case.output.alternatives.values())
    if not case.output.complete:
        assert result.totals.total is None
        assert result.totals.landed_cost is None
        assert result.missing
        for fact in case.output.missing:
            assert any(fact in m.fact for m in result.missing), [m.fact for m in result.missing]


def assert_refused(case: UnitedStatesCase, field: str) -> None:
    """A clear error that names the field, or an open quote that does; never a total."""
    try:
        result = computed(case)
    except CustomsError as error:
        assert field in str(error)
        assert "\n" not in str(error)
    else:
        assert result.totals.total is None
        said = [f"{m.fact} {m.why.render('en').replace('.', '')}" for m in result.missing]
        assert any(field in m.fact for m in result.missing) or field in " ".join(said), said
