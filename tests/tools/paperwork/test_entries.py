"""Entry summaries: the worked examples are clean, and every planted fault is found where it is, by its rule, and alone."""

from __future__ import annotations

import copy
from collections import Counter
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.arithmetic import evaluate
from tests.tools.paperwork.entry_cases import arithmetic, clean_entries, corrupted, planted
from tools.errors import InputError
from tools.inputs import read_input
from tools.paperwork.entry_check import EntryCheck, check_entry
from tools.paperwork.entry_inputs import EntrySummary


def checked(entry: dict[str, Any]) -> EntryCheck:
    return check_entry(read_input(EntrySummary, entry))


@pytest.mark.parametrize("name", clean_entries())
def test_a_worked_example_is_clean(name: str) -> None:
    found = checked(clean_entries()[name])
    assert [(f.field, f.rule, f.message.render("en")) for f in found.faults] == []
    assert found.clean
    assert {f.rule for f in found.findings} <= {"code_not_verifiable"}


@pytest.mark.parametrize(("name", "sums", "total"), arithmetic())
def test_the_arithmetic_of_a_worked_example_holds(name: str, sums: str, total: str) -> None:
    left = sums.partition("=")[0]
    assert evaluate(f"total = {left}", {})["total"] == Decimal(total)


@pytest.mark.parametrize("case", corrupted(), ids=lambda case: case["id"])
def test_a_planted_fault_is_found_where_it_is_and_nothing_else(case: dict[str, Any]) -> None:
    found = checked(planted(case))
    assert [(f.field, f.rule) for f in found.faults] == [(case["field"], case["rule"])]
    fault = found.faults[0]
    assert fault.box
    assert all(fault.message.render(lang) for lang in ("zh-TW", "en"))


def test_there_are_sixty_faults_and_more_of_many_rules() -> None:
    rules = Counter(case["rule"] for case in corrupted())
    assert len(corrupted()) >= 60
    assert len(rules) >= 45


VALUES = ["", "0", "-1", "9" * 19, "XX", "MULTI", "9903.05.76", "ABC-1234567-6", "1900-01-01", "2099-12-31", "Free", "See note", "\x00", "11",
          "86", "50", None, True, [], {}, "S", "98", "A-583-000-000"]  # fmt: skip


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_whatever_is_typed_is_checked_or_refused_by_its_field(random: Random) -> None:
    entry = copy.deepcopy(random.choice(list(clean_entries().values())))
    for _ in range(random.randint(1, 4)):
        holder: Any = entry if random.random() < 0.6 else random.choice(entry["lines"])
        holder[random.choice(sorted(set(holder) - {"lines", "tariffs"}))] = random.choice(VALUES)
    try:
        found = checked(entry)
    except InputError as refused:
        assert refused.field
        return
    assert all(finding.said("zh-TW") and finding.box for finding in found.findings)
