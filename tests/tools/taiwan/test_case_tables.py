"""The tables under tests/cases/taiwan/<topic>: every quote comes out to the dollar, or stays open for the reason given."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.tools.quote_tables import TaiwanCase, TaiwanTable, taiwan_cases
from tests.tools.taiwan.official_lines import schedule_for
from tools.errors import InputError, NotFound
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

ROWS = taiwan_cases()
TODAY = date(2026, 11, 21)


def _run(case: TaiwanCase) -> Result:
    given = read_input(TaiwanQuoteInput, case.input)
    goods = [*given.goods, *(g for p in given.parcels for g in p.goods)]
    codes = [code for g in goods for code in g.codes] if case.output.refused != "ccc_code" else []
    return quote(given, as_of=TODAY, held=schedule_for(codes))


def _amounts(result: Result) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for line in result.lines:
        found[line.key] = found.get(line.key, Fraction(0)) + Fraction(line.amount)
    return found


def _said(result: Result) -> bool:
    """Whether every message has its words in both languages, and the whole can be written out."""
    messages = [*result.warnings, *result.assumptions, *(a.label for a in result.alternatives)]
    messages += [m for missing in result.missing for m in (missing.why, missing.effect)]
    messages += [line.reason for line in result.lines if line.reason]
    texts = [text for m in messages for text in m.text.values()]
    return bool(result.model_dump_json()) and all(text and "{" not in text for text in texts)


@pytest.mark.parametrize(("table", "case"), [pytest.param(t, c, id=name) for name, t, c in ROWS])
def test_a_quote_of_the_tables(table: TaiwanTable, case: TaiwanCase) -> None:
    expected = case.output
    if expected.refused is not None:
        try:
            result = _run(case)
        except (InputError, NotFound) as error:
            assert expected.refused in str(error)
            return
        assert not result.complete
        assert expected.refused in [m.fact for m in result.missing]
        return
    result = _run(case)
    assert _said(result)
    assert result.complete is expected.complete, [m.fact for m in result.missing]
    if not expected.complete:
        assert result.totals.total is None
        assert set(expected.missing) <= {m.fact for m in result.missing}
        if expected.range is not None:
            assert result.range is not None
            high = None if expected.range.high is None else Fraction(expected.range.high)
            assert (result.range.low, result.range.high) == (Fraction(expected.range.low), high)
        found = {a.totals.total for a in result.alternatives}
        assert {Fraction(v) for v in expected.alternatives.values()} <= found
        return
    amounts = _amounts(result)
    assert {k: v for k, v in amounts.items() if v} == {k: Fraction(v) for k, v in expected.lines.items() if Fraction(v)}
    totals = {name: getattr(result.totals, name) for name in expected.totals}
    assert totals == {name: Fraction(v) for name, v in expected.totals.items()}
    if expected.declaration_class is not None:
        assert result.regime["class"] == expected.declaration_class
