"""The lexicon: for each subheading of the System a short everyday name and the ways people name its goods.

One file a chapter under `tools/tariff/lexicon/`, one object a line, sorted by code; all of it written for this project.
A phrase may stand under two headings only where one of them says in `not` what tells them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from tools.errors import DataError
from tools.law.models import Frozen, Localized, LocalizedList

LEXICON = Path(__file__).parent.parent / "lexicon"


class Exclusion(Frozen):
    """A wording that is tried here and belongs elsewhere."""

    phrase: str = Field(min_length=1)
    see: str = Field(pattern=r"^\d{4}(\d{2})?$|^\d{2}$")


class Entry(Frozen):
    """A subheading as people name its goods.

    Args:
        excluded: what is looked for here and stands elsewhere, as the notes have it.
    """

    code: str = Field(pattern=r"^\d{6}$")
    name: Localized
    phrases: LocalizedList = LocalizedList()
    excluded: tuple[Exclusion, ...] = Field(default=(), alias="not")


def files() -> list[Path]:
    """The files there are, by chapter."""
    return sorted(LEXICON.glob("[0-9][0-9].jsonl"))


def read_file(file: Path) -> Iterator[Entry]:
    """Entries of one chapter.

    Raises:
        DataError: naming the line that is wrong.
    """
    for number, row in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            yield Entry.model_validate(json.loads(row))
        except (ValueError, ValidationError) as error:
            raise DataError(f"lexicon/{file.name}", f"line {number}: {' '.join(str(error).split())}") from error


@cache
def entries() -> dict[str, Entry]:
    """Every entry by its code."""
    return {entry.code: entry for file in files() for entry in read_file(file)}


@cache
def name_of(code: str) -> Localized | None:
    """The everyday name of a subheading; only its own line is read."""
    file = LEXICON / f"{code[:2]}.jsonl"
    rows = file.read_text("utf-8").splitlines() if file.is_file() else []
    row = next((row for row in rows if f'"{code}"' in row[:20]), None)
    return Localized.model_validate(json.loads(row)["name"]) if row else None
