"""The case tables are read strictly, and the evaluator that checks them stands on its own feet."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from tests.tools.arithmetic import evaluate
from tests.tools.tables import DeMinimisTable, ExpressTable, MpfTable, RateTable, load, read_table

CASE = """
cases:
- name: 3,000 at 5% -> 307
  as_of: 2026-11-21
  input: {route: express}
  output: {complete: true, class: X3, totals: {total: "307"}}
  source: own
"""


def test_the_shipped_tables_have_the_rows_promised() -> None:
    assert len(load("taiwan/express.yaml", ExpressTable).cases) >= 45
    assert len(load("taiwan/express_open.yaml", ExpressTable).cases) >= 20
    assert len(load("united_states/de_minimis.yaml", DeMinimisTable).rows) >= 60
    assert len(load("united_states/mpf.yaml", MpfTable).years) == 11
    assert len(load("rates/us.yaml", RateTable).rows) >= 100
    assert len(load("rates/tw.yaml", RateTable).rows) >= 20


def test_a_table_is_read() -> None:
    assert read_table(CASE, ExpressTable).cases[0].output.totals["total"] == "307"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(("source: own", "source: own\n  sauce: own"), "sauce", id="unknown key of a case"),
        pytest.param(('total: "307"', 'totl: "307"'), "totals", id="unknown total"),
        pytest.param(("complete: true", "compleet: true"), "compleet", id="unknown key of the output"),
        pytest.param(("cases:", "kases: []\ncases:"), "kases", id="unknown key of the file"),
        pytest.param(("source: own", "source: own\n  source: facts"), "stand twice: source", id="key twice"),
        pytest.param((CASE, CASE + CASE.replace("cases:\n", "")), "stand twice: 3,000", id="name twice"),
        pytest.param(('"307"', "307"), "totals", id="amount is a number"),
        pytest.param(('"307"', '"3,07"'), "totals", id="amount with separators"),
        pytest.param(("complete: true", "complete: false"), "open one neither", id="open with totals"),
    ],
)
def test_a_wrong_table_is_refused(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_table(CASE.replace(*change), ExpressTable)


def test_only_true_and_false_are_boolean() -> None:
    case = read_table(CASE.replace("{route: express}", "{on: NO, a: true, b: false}"), ExpressTable).cases[0]
    assert case.input == {"on": "NO", "a": True, "b": False}


def test_arithmetic_is_exact() -> None:
    names = evaluate(
        "a = 3000 + 0.1 * 3; b = floor(a / 7); c = half_up(2.5); d = b if a > 100 else 0; e = max(c, d, 1)"
    )
    assert names == {"a": Fraction("3000.3"), "b": 428, "c": 3, "d": 428, "e": 428}


def test_a_third_stays_a_third() -> None:
    assert evaluate("x = 1 / 3 * 3")["x"] == 1


@pytest.mark.parametrize(
    "text",
    ["a = b", "a = 1; a = 2", "1 + 1", "a = __import__('os')", "a = 2 ** 3", "a = 'x'", "a = abs(1)", "a = [1][0]"],
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not|before|twice"):
        evaluate(text)


@pytest.mark.parametrize("module", ["arithmetic.py", "tables.py", "quote_tables.py"])
def test_the_evaluator_and_the_readers_import_nothing_of_ours(module: str) -> None:
    tree = ast.parse(Path(__file__).with_name(module).read_text("utf-8"))
    names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    roots = {name.split(".")[0] for name in names}
    assert not roots & {"tools", "corpus", "advisor", "ui", "evals", "importlib"}
    assert {n for n in names if n.startswith("tests")} <= {"tests.tools.arithmetic", "tests.tools.tables"}
    assert roots <= {
        "__future__",
        "ast",
        "collections",
        "datetime",
        "decimal",
        "fractions",
        "functools",
        "math",
        "pathlib",
        "pydantic",
        "re",
        "tests",
        "typing",
        "yaml",
    }
