"""The faults somebody could make fit the code, and what makes them tells a noticed one from one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.mutations import run as mutations
from evals.mutations.run import Outcome, copies, failing, faults, table


def test_every_fault_fits_the_code_and_names_tests_that_exist() -> None:
    held = faults()
    assert len(held) >= 40
    assert {f.room for f in held} == {"tools", "corpus", "advisor", "ui", "evals"}
    assert len({f.name for f in held}) == len(held)
    for fault in held:
        assert fault.old != fault.new
        assert all((mutations.ROOT / test).exists() for test in fault.tests), fault.tests


def test_a_noticed_fault_is_told_from_one_that_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mutations, "ROOT", tmp_path)
    monkeypatch.setattr(mutations, "_COPIED", ())
    (tmp_path / "docs").mkdir()
    (tmp_path / "test_sum.py").write_text(
        "def test_sum():\n    assert 1 + 1 == 2\n\n\ndef test_two():\n    assert True\n"
    )
    with copies(1) as free:
        copy = free.get()
        assert failing(copy, ["test_sum.py"]) is None
        (copy / "test_sum.py").write_text("def test_sum():\n    assert 1 + 1 == 3\n")
        assert failing(copy, ["test_sum.py"]) == "test_sum.py::test_sum"


def test_the_table_counts_what_was_missed() -> None:
    one, other, *_ = faults()
    text = table([Outcome(one, "tests/a.py::test_a"), Outcome(other, None)])
    assert text.startswith("1 of 2 were noticed.") and f"| {other.room} | {other.name} | **none** |" in text
