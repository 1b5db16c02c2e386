"""The US low-value exemption, row by row, and what the rows cannot show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.tools.tables import DeMinimisBlock, DeMinimisMatrix, DeMinimisRow, DeMinimisTable, load
from tools.errors import InputError, NotInForce
from tools.inputs import read_input
from tools.law.store import law
from tools.united_states import DeMinimis, DeMinimisInput, de_minimis
from tools.united_states.de_minimis import EXEMPTION

ROWS = load("united_states/de_minimis.yaml", DeMinimisTable).rows
MATRIX = load("united_states/de_minimis_matrix.yaml", DeMinimisMatrix).blocks
ELSEWHERE = date(2020, 1, 1)


def _ask(row: DeMinimisRow) -> DeMinimis:
    given = {"origin": row.origin, "mode": row.mode, "on": row.on.isoformat(), "value": row.value, "gift": row.gift}
    return de_minimis(read_input(DeMinimisInput, given), as_of=ELSEWHERE)


def _differences(row: DeMinimisRow) -> dict[str, tuple[object, object]]:
    result = _ask(row)
    names = ("available", "applies", "since", "basis_since", "until")
    pairs = {name: (getattr(result, name), getattr(row, name)) for name in names}
    pairs["threshold"] = (result.threshold, None if row.threshold is None else Decimal(row.threshold))
    return {name: (got, expected) for name, (got, expected) in pairs.items() if got != expected}


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS])
def test_row(row: DeMinimisRow) -> None:
    assert _differences(row) == {}


@pytest.mark.parametrize("block", MATRIX, ids=lambda b: f"{b.origins[0]}-{b.days[0]}-{b.value}")
def test_the_whole_matrix(block: DeMinimisBlock) -> None:
    assert {row.name: wrong for row in block.rows if (wrong := _differences(row))} == {}


def test_the_matrix_is_as_wide_as_promised() -> None:
    assert sum(len(block.rows) for block in MATRIX) >= 120


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS])
def test_row_has_its_law(row: DeMinimisRow) -> None:
    result = _ask(row)
    assert result.legal_basis
    assert result.certainty != "expected"
    assert result.parameters
    assert all(p.source.citation.en for p in result.parameters)
    if not result.available:
        assert result.instead is not None
        assert "{{" not in result.instead.zh_TW + result.instead.en
        assert "not held" not in result.instead.en


def test_the_repeal_is_named_while_it_is_ahead() -> None:
    on = date(2026, 11, 21)
    result = de_minimis(read_input(DeMinimisInput, {"origin": "TW", "mode": "express"}), as_of=on)
    assert (result.on, result.statute_ends) == (on, date(2027, 7, 1))


def test_the_day_of_the_input_goes_before_the_day_of_the_caller() -> None:
    given = read_input(DeMinimisInput, {"origin": "CN", "mode": "express", "on": "2025-03-01"})
    assert de_minimis(given, as_of=date(2026, 11, 21)).available


@pytest.mark.parametrize("origin", ["CN", "TW"])
def test_the_day_before_the_table_is_not_held(origin: str) -> None:
    with pytest.raises(NotInForce, match=r"2016-03-09.*2016-03-10"):
        de_minimis(read_input(DeMinimisInput, {"origin": origin, "mode": "air"}), as_of=date(2016, 3, 9))


@pytest.mark.parametrize("mode", ["express", "air", "ocean", "land", "post"])
@pytest.mark.parametrize("origin", ["CN", "HK", "MO", "TW", "CA", "JP"])
def test_every_day_of_every_mode_is_covered_once(origin: str, mode: str) -> None:
    held = [v for v in law().parameter(EXEMPTION).values if v.scope.covers(origin, mode)]
    rows = sorted(held, key=lambda v: v.first_day)
    assert rows[0].first_day == date(2016, 3, 10)
    assert rows[-1].effective_to is None
    for one, other in pairwise(rows):
        assert one.effective_to is not None
        assert (other.first_day - one.effective_to).days == 1


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"origin": "china", "mode": "air"}, "origin"),
        ({"origin": "CN", "mode": "rail"}, "mode: 'rail' is not known; accepted: 'express', 'air'"),
        ({"origin": "CN", "mode": "air", "on": "2025-02-30"}, "on: '2025-02-30' is not a day"),
        ({"origin": "CN", "mode": "air", "value": "-1"}, "value: -1 is negative"),
        ({"origin": "CN", "mode": "air", "day": "2025-02-03"}, "day: unknown key"),
        ({"mode": "air"}, "origin: is missing"),
    ],
)
def test_a_bad_input_is_one_line(given: dict[str, object], text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_input(DeMinimisInput, given)
    assert text in str(caught.value)
    assert "\n" not in str(caught.value)
