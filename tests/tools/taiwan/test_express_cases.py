"""The tables of express quotes: the arithmetic against the output, and the calculator against the output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.tools.arithmetic import evaluate
from tests.tools.tables import ExpressCase, ExpressTable, exact, load
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

TABLES = [load("taiwan/express.yaml", ExpressTable), load("taiwan/express_open.yaml", ExpressTable)]
CASES = [(case, table.closing) for table in TABLES for case in table.cases]
COMPLETE = [pytest.param(c, id=c.name) for c, _ in CASES if c.output.complete]
OPEN = [pytest.param(c, id=c.name) for c, _ in CASES if not c.output.complete]


def _quote(case: ExpressCase) -> Result:
    return quote(read_input(TaiwanQuoteInput, case.input), as_of=case.as_of)


def test_names_are_unique_over_the_files() -> None:
    assert not [n for n, k in Counter(c.name for c, _ in CASES).items() if k > 1]


@pytest.mark.parametrize(("case", "closing"), [pytest.param(*row, id=row[0].name) for row in CASES])
def test_the_arithmetic_gives_the_output(case: ExpressCase, closing: str) -> None:
    worked = evaluate(f"{case.arithmetic}; {closing}" if closing else case.arithmetic)
    stated = case.output.lines | case.output.totals | case.output.alternatives
    if case.output.range:
        stated |= {"low": case.output.range.low}
        stated |= {"high": case.output.range.high} if case.output.range.high else {}
    assert {name: worked.get(name) for name in stated} == {name: exact(text) for name, text in stated.items()}


@pytest.mark.parametrize("case", COMPLETE)
def test_the_name_carries_the_total(case: ExpressCase) -> None:
    found = re.search(r"-> (\d[\d,]*)", case.name)
    assert found is not None
    assert found[1].rstrip(",") == f"{int(case.output.totals['total']):,}"


@pytest.mark.parametrize("case", COMPLETE)
def test_a_complete_quote_has_the_amounts(case: ExpressCase) -> None:
    result = _quote(case)
    assert result.complete, [m.fact for m in result.missing]
    assert {line.key: Fraction(line.amount) for line in result.lines} == _exact(case.output.lines)
    totals = {name: getattr(result.totals, name) for name in case.output.totals}
    assert {name: None if v is None else Fraction(v) for name, v in totals.items()} == _exact(case.output.totals)
    assert result.range is None
    assert result.missing == ()


@pytest.mark.parametrize("case", COMPLETE)
def test_a_complete_quote_has_its_class(case: ExpressCase) -> None:
    result = _quote(case)
    settled = case.output.declaration_class
    assert result.regime["class"] == (None if settled == "not settled" else settled)
    low_value = result.regime["low_value"]
    assert low_value["exempt"] is (settled == "X2")


@pytest.mark.parametrize("case", COMPLETE)
def test_a_complete_quote_shows_the_other_rate(case: ExpressCase) -> None:
    result = _quote(case)
    assert _totals_of(result) == sorted(_exact(case.output.alternatives).values())
    assert ("rate_conflict" in [w.code for w in result.warnings]) is bool(case.output.alternatives)


@pytest.mark.parametrize("case", OPEN)
def test_an_open_quote_has_no_total(case: ExpressCase) -> None:
    result = _quote(case)
    assert not result.complete
    assert (result.totals.total, result.totals.landed_cost) == (None, None)
    assert all(line.applies == "if" for line in result.lines)


@pytest.mark.parametrize("case", OPEN)
def test_an_open_quote_says_what_is_missing_and_what_it_changes(case: ExpressCase) -> None:
    missing = _quote(case).missing
    assert missing
    if case.output.missing is not None:
        assert tuple(m.fact for m in missing) == case.output.missing
    for fact in missing:
        assert all(fact.why.text.values())
        assert all(fact.effect.text.values())


@pytest.mark.parametrize("case", OPEN)
def test_an_open_quote_has_its_range(case: ExpressCase) -> None:
    result = _quote(case)
    expected = case.output.range
    if expected is None:
        assert result.range is None
        return
    assert result.range is not None
    assert (result.range.low, result.range.high) == (_decimal(expected.low), _decimal(expected.high))
    assert result.range.decided_by == ", ".join(case.output.missing or ())


@pytest.mark.parametrize("case", OPEN)
def test_an_open_quote_has_its_alternatives(case: ExpressCase) -> None:
    assert _totals_of(_quote(case)) == sorted(_exact(case.output.alternatives).values())


def _exact(amounts: Mapping[Any, str]) -> dict[str, Fraction]:
    return {name: exact(text) for name, text in amounts.items()}


def _decimal(text: str | None) -> Fraction | None:
    return None if text is None else exact(text)


def _totals_of(result: Result) -> list[Fraction]:
    return sorted(Fraction(a.totals.total) for a in result.alternatives if a.totals.total is not None)
