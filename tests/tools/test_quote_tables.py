"""The quote tables are read strictly, and every figure in them follows from the arithmetic printed beside it.

No engine is called: these tests pass before there is one, and the engines are then tested over the same tables.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from tests.tools.quote_tables import (
    TaiwanCase,
    TaiwanKey,
    TaiwanTable,
    UnitedStatesCase,
    UnitedStatesKey,
    UnitedStatesTable,
    taiwan_cases,
    united_states_cases,
)
from tests.tools.tables import CASES, exact, read_table, refuse_repeats

TAIWAN = taiwan_cases()
UNITED_STATES = united_states_cases()

#: first days of us-facts sections 1 to 3 from 2025 on; the day before each has a case too
FIRST_DAYS = [
    "2025-01-01",
    "2025-02-04",
    "2025-02-07",
    "2025-03-04",
    "2025-03-07",
    "2025-04-05",
    "2025-04-09",
    "2025-04-10",
    "2025-05-02",
    "2025-05-14",
    "2025-08-01",
    "2025-08-07",
    "2025-08-29",
    "2025-10-01",
    "2025-10-14",
    "2025-11-10",
    "2025-11-14",
    "2026-01-01",
    "2026-02-24",
    "2026-02-28",
    "2026-05-01",
    "2026-07-22",
    "2026-07-24",
    "2026-07-28",
    "2026-08-15",
    "2026-08-22",
    "2026-10-01",
    "2026-11-10",
    "2026-12-04",
    "2027-01-01",
]

CASE = """
closing: "business_tax = floor((customs_value + duty) * 0.05); taxes = business_tax; total = duty + taxes"
cases:
- name: 3,000 at 5% -> 307
  input: {as_of: "2026-11-21", route: express, freight: "0", insurance: "0", goods: [{price: "3000", rate: "5%"}]}
  output: {complete: true, lines: {duty: "150", business_tax: "157"}, totals: {customs_value: "3000", total: "307"}}
  arithmetic: "customs_value = 3000; duty = floor(customs_value * 0.05)"
  source: own
"""


@pytest.mark.parametrize(("table", "case"), [pytest.param(t, c, id=name) for name, t, c in TAIWAN + UNITED_STATES])
def test_every_figure_follows_from_its_arithmetic(
    table: TaiwanTable | UnitedStatesTable, case: TaiwanCase | UnitedStatesCase
) -> None:
    worked = table.worked(case)
    expected = {name: exact(amount) for name, amount in case.output.figures.items()}
    assert expected == {name: worked.get(name) for name in expected}
    if case.output.complete:
        assert sum(exact(amount) for amount in case.output.amounts) == expected["total"]
        assert expected["total"] == expected["duty"] + expected.get("taxes", 0) + expected["fees"]


def test_no_two_cases_share_a_name() -> None:
    refuse_repeats([case.name for _, _, case in TAIWAN])
    refuse_repeats([case.name for _, _, case in UNITED_STATES])


def test_the_tables_have_the_rows_promised() -> None:
    assert len(TAIWAN) >= 300
    assert len(UNITED_STATES) >= 550


def test_every_code_of_a_table_is_listed() -> None:
    listed = {tuple(line.split()) for line in (CASES / "codes.txt").read_text("utf-8").splitlines() if line[0] != "#"}
    used = {
        ("tw", _digits(g["ccc_code"])) for _, _, c in TAIWAN if c.output.complete for g in _goods(c) if "ccc_code" in g
    }
    for _, _, case in UNITED_STATES:
        for line in case.input["lines"] if case.output.complete else []:
            if "hts_code" in line:
                code = _digits(line["hts_code"])
                used.add(("us", code if ("us", code) in listed else code[:8]))
    assert used <= listed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(('price: "3000"', 'prise: "3000"'), "not in the contract: prise", id="unknown key of the input"),
        pytest.param(('rate: "5%"', 'rate: "61091000006 5%"'), "percentage", id="code in the rate"),
        pytest.param(('freight: "0"', "freight: 0"), "quoted string", id="number for money"),
        pytest.param(('duty: "150"', 'tariff: "150"'), "tariff", id="unknown tax"),
        pytest.param(("complete: true", "complete: false"), "open one none", id="open with totals"),
        pytest.param(
            ("complete: true", "complete: true, missing: [freight]"), "misses nothing", id="complete and missing"
        ),
        pytest.param(("2026-11-21", "2026-11-31"), "day", id="no day"),
        pytest.param((", goods: [{", ", parcels: [], goods: [{"), "", id="parcels are known"),
    ],
)
def test_a_wrong_table_is_refused(change: tuple[str, str], reason: str) -> None:
    text = CASE.replace(*change)
    assert text != CASE
    if not reason:
        assert read_table(text, TaiwanTable).cases
        return
    with pytest.raises(ValueError, match=reason):
        read_table(text, TaiwanTable)


def test_the_closing_yields_to_the_case() -> None:
    own = CASE.replace('* 0.05)"\n  source', '* 0.05); business_tax = 0"\n  source')
    table = read_table(own, TaiwanTable)
    assert table.worked(table.cases[0])["total"] == 150


def test_a_wrong_amount_is_noticed() -> None:
    table = read_table(CASE.replace('duty: "150"', 'duty: "151"'), TaiwanTable)
    assert table.worked(table.cases[0])["duty"] != exact(table.cases[0].output.figures["duty"])


@pytest.mark.parametrize("day", FIRST_DAYS)
def test_a_first_day_of_the_united_states_has_both_sides(day: str) -> None:
    held = {case.day for _, _, case in UNITED_STATES if not case.output.refused}
    assert {date.fromisoformat(day), date.fromisoformat(day) - timedelta(days=1)} <= held


@pytest.mark.parametrize("day", ["2024-06-26", "2025-09-07", "2026-01-01", "2026-03-01", "2026-10-01"])
def test_a_first_day_of_taiwan_has_both_sides(day: str) -> None:
    held = {case.day for _, _, case in TAIWAN if not case.output.refused}
    assert {date.fromisoformat(day), date.fromisoformat(day) - timedelta(days=1)} <= held


def test_every_economy_of_the_forced_labour_action_is_there() -> None:
    """9903.05.20 to .84: sixty economies, five of them with two headings."""
    used = {x.heading for _, _, c in UNITED_STATES for x in c.output.lines if x.key == "section_301_forced_labor"}
    assert {f"9903.05.{n}" for n in range(20, 85)} <= used


def test_every_tax_is_there() -> None:
    assert {key for _, _, case in TAIWAN for key in case.output.lines} == set(get_args(TaiwanKey))
    used = {line.key for _, _, case in UNITED_STATES for line in case.output.lines}
    # the lists of section 338 are not held: its cases are open
    assert used == set(get_args(UnitedStatesKey)) - {"section_338"}


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())


def _goods(case: TaiwanCase) -> list[dict[str, str]]:
    return [*case.input.get("goods", []), *(g for p in case.input.get("parcels", []) for g in p["goods"])]
