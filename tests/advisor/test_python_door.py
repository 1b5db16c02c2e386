"""The examples of `docs/python.md`, run as they stand."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_every_example_of_the_page_is_true(home: Path) -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, globs={"home": home}, encoding="utf-8")
    assert (failed, tried > 20) == (0, True)
