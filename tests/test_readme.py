"""What both READMEs tell is what the program does, and they tell the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor import Advisor, Settings
from corpus import Library
from tests.readme import PAGES, ROOT, renewed

TEXTS = [(ROOT / name).read_text("utf-8") for name in PAGES]
_COMMAND = re.compile(r"^\| `((?!-)[a-z]+(?: [a-z0-9-]+)?)", re.MULTILINE)


@pytest.mark.parametrize("page", TEXTS, ids=PAGES)
def test_answers_trace_and_receipt_are_those_of_now(page: str, home: Path, library: Library) -> None:
    assert renewed(page, Advisor(Settings(home=home), library=library)) == page, "run .venv/bin/python -m tests.readme"


def test_both_languages_have_the_same_sections_tables_and_pictures() -> None:
    english, chinese = (
        [
            re.findall(r"^#+", page, re.MULTILINE),
            len(re.findall(r"^\|", page, re.MULTILINE)),
            re.findall(r"\]\((docs/[^)]+)\)", page),
            sorted(_COMMAND.findall(page)),
        ]
        for page in TEXTS
    )
    assert english == chinese


def test_every_command_of_the_program_is_in_the_table() -> None:
    from typer.main import get_command

    from ui.cli.main import app

    told = {
        name.split()[0]
        for name in re.findall(r"`([a-z]+)[ `\"]", "\n".join(re.findall(r"^\|[^|]*", TEXTS[0], re.MULTILINE)))
    }
    assert set(get_command(app).commands) <= told  # type: ignore[attr-defined]
