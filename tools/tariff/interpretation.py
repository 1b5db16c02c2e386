"""How goods find their heading: sections, chapters, headings, the notes that exclude, the general rules.

Everything is worded here, under the Harmonized System of 2022; the legal text of the notes governs. No national code
beyond six digits is chosen.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from tools.errors import DataError, InputError, NotFound
from tools.law.models import Frozen, Localized
from tools.tariff.codes import compact

NOMENCLATURE = Path(__file__).parent / "nomenclature"
_CHAPTER, _HEADING = 2, 4  # digits of each level


class Section(Frozen):
    """A section: a run of chapters. The last one is for what each country adds."""

    number: int
    roman: str
    first: str = Field(pattern=r"^\d{2}$")
    last: str = Field(pattern=r"^\d{2}$")
    name: Localized


class Chapter(Frozen):
    """A chapter of the nomenclature."""

    code: str = Field(pattern=r"^\d{2}$")
    section: int
    name: Localized


class Heading(Frozen):
    """A four-digit heading under a short everyday name."""

    code: str = Field(pattern=r"^\d{4}$")
    name: Localized


class Note(Frozen):
    """What a section or chapter leaves out, takes in, defines or puts in order.

    Args:
        of: `section:16` or `chapter:64`.
        see: chapters and headings the note sends to, or is about.
    """

    of: str = Field(pattern=r"^(section:\d{1,2}|chapter:\d{2})$")
    kind: Literal["excludes", "includes", "defines", "order"]
    see: tuple[str, ...]
    text: Localized


class Rule(Frozen):
    """A rule of interpretation with goods worked through."""

    id: str
    jurisdiction: Literal["INTL", "TW", "US"]
    citation: Localized
    title: Localized
    text: Localized
    example: Localized
    see: tuple[str, ...]


class Placed(Frozen):
    """Where a code stands, and the notes to read before goods are put there."""

    section: Section
    chapter: Chapter
    heading: Heading | None
    headings: tuple[Heading, ...]
    notes: tuple[Note, ...]


_Row = TypeVar("_Row", bound=Frozen)


def _rows(name: str, model: type[_Row]) -> tuple[_Row, ...]:
    file = NOMENCLATURE / name
    try:
        if file.suffix == ".toml":
            (rows,) = tomllib.loads(file.read_text("utf-8")).values()
        else:
            rows = [json.loads(row) for row in file.read_text("utf-8").splitlines()]
        return tuple(model.model_validate(row) for row in rows)
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(name, str(error).splitlines()[0]) from error


@cache
def sections() -> tuple[Section, ...]:
    """The sections in order."""
    return _rows("sections.jsonl", Section)


@cache
def chapters() -> dict[str, Chapter]:
    """The chapters by their two digits."""
    return {row.code: row for row in _rows("chapters.jsonl", Chapter)}


@cache
def headings() -> dict[str, Heading]:
    """The headings by their four digits."""
    return {row.code: row for row in _rows("headings.jsonl", Heading)}


@cache
def notes() -> tuple[Note, ...]:
    """All notes, sections first."""
    return _rows("notes.toml", Note)


@cache
def rules() -> tuple[Rule, ...]:
    """The general rules in order, then what Taiwan and the United States add."""
    return _rows("rules.toml", Rule)


def place(code: str) -> Placed:
    """Section, chapter, heading and notes of a code of any level.

    Args:
        code: two digits or more, dots and hyphen as one likes.

    Raises:
        InputError: it has no two digits to begin with.
        NotFound: no such chapter, or no such heading in it; the chapter's headings are named.

    >>> place("6404.11").heading.name.en
    'footwear with textile upper'
    """
    digits = compact(code)
    if len(digits) < _CHAPTER or not (digits.isascii() and digits.isdigit()):
        raise InputError("code", f"{code!r} is no code", "two digits or more, such as 64 or 6404.11")
    chapter = chapters().get(digits[:_CHAPTER])
    if chapter is None:
        raise NotFound("chapter", digits[:_CHAPTER], [])
    inside = tuple(row for key, row in headings().items() if key.startswith(chapter.code))
    wanted = digits[:_HEADING] if len(digits) >= _HEADING and inside else None
    if wanted and wanted not in headings():
        raise NotFound("heading", wanted, [row.code for row in inside])
    section = sections()[chapter.section - 1]
    return Placed(
        section=section,
        chapter=chapter,
        heading=headings()[wanted] if wanted else None,
        headings=inside,
        notes=tuple(row for row in notes() if row.of in (f"section:{section.number}", f"chapter:{chapter.code}")),
    )


def about(code: str) -> tuple[Note, ...]:
    """Notes of other chapters that send to a heading or chapter, or speak of it."""
    digits = compact(code)
    own = f"chapter:{digits[:_CHAPTER]}"
    level = {digits[:_CHAPTER]} if len(digits) < _HEADING else {digits[:_HEADING]}
    return tuple(row for row in notes() if row.of != own and level & set(row.see))
