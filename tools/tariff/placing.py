"""A code among the sections, chapters and headings of the System: what each is called, and the notes to read first."""

from __future__ import annotations

from pydantic import Field

from tools.errors import NotFound
from tools.law.models import Frozen, Localized
from tools.tariff.codes import dotted
from tools.tariff.interpretation import Note, place
from tools.tariff.search.lexicon import name_of

_CHAPTER, _HEADING, _SUBHEADING = 2, 4, 6
_NATIONAL = ("98", "99")  # what each country adds has no notes of the System


class Level(Frozen):
    """A section, chapter, heading or subheading under its everyday name."""

    level: str
    code: str
    name: Localized


class Nomenclature(Frozen):
    """Where a code stands: its levels from the section down, the headings of a chapter asked for, notes in our words."""

    levels: tuple[Level, ...]
    headings: tuple[Level, ...] = ()
    notes: tuple[Note, ...] = Field(default=(), description="section and chapter notes; the legal text governs")

    @property
    def name(self) -> Localized:
        """What the code itself is called, or the nearest level above that has a name."""
        return self.levels[-1].name


def nomenclature(digits: str) -> Nomenclature | None:
    """The place of a code of any level; None where the System has none.

    >>> [level.code for level in nomenclature("640411").levels][:3]
    ['XII', '64', '6404']
    """
    try:
        placed = place(digits[:_HEADING])
    except NotFound:
        return None
    levels = [Level(level="section", code=placed.section.roman, name=placed.section.name)]
    levels.append(Level(level="chapter", code=placed.chapter.code, name=placed.chapter.name))
    if placed.heading:
        levels.append(Level(level="heading", code=placed.heading.code, name=placed.heading.name))
    own = name_of(digits[:_SUBHEADING]) if len(digits) >= _SUBHEADING else None
    if own:
        levels.append(Level(level="subheading", code=dotted(digits[:_SUBHEADING]), name=own))
    below = placed.headings if len(digits) == _CHAPTER else ()
    return Nomenclature(
        levels=tuple(levels),
        headings=tuple(Level(level="heading", code=row.code, name=row.name) for row in below),
        notes=placed.notes if digits[:_CHAPTER] not in _NATIONAL else (),
    )
