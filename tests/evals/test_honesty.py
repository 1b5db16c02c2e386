"""The page on honesty: what it says of the law follows from the law, and every suite with a history is in it."""

from __future__ import annotations

from pathlib import Path

from evals.history import read_history
from evals.honesty import law_part
from tools.law import law

PAGE = (Path(__file__).resolve().parents[2] / "docs/honesty.md").read_text("utf-8")


def test_what_is_said_of_the_law_is_what_the_law_says() -> None:
    assert PAGE.endswith(law_part()), "run `customs eval honesty --write`"


def test_every_contested_value_is_told() -> None:
    contested = [p.id for p in law().all() if any(v.certainty == "contested" for v in p.values)]
    assert contested and all(f"`{name}`" in PAGE for name in contested)


def test_every_suite_with_a_history_stands_in_it() -> None:
    assert [suite for suite in read_history() if f"| {suite} |" not in PAGE] == []
