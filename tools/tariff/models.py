"""Shapes of the schedules: a row at any level, and the edition it was read in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from tools.law.models import Frozen, Localized, LocalizedList, Source
from tools.tariff.codes import dotted

ScheduleName = Literal["tw", "us", "hs"]
#: digits of a full code of each schedule, the longest first
FULL: dict[ScheduleName, tuple[int, ...]] = {"tw": (11,), "us": (10, 8), "hs": (6,)}


class TariffLine(Frozen):
    """A row of a schedule: the national line that carries the rates, or a heading above it (then without rates).

    `parent` is the nearest row above that has a code, by the schedule's own indents; `inherited_from` the row whose
    rates it carries when it has none of its own.
    """

    code: str = Field(pattern=r"^\d{2,11}$")
    parent: str
    indent: int
    path: tuple[str, ...]
    name: Localized
    aliases: LocalizedList = LocalizedList()
    default_for: LocalizedList = LocalizedList()
    units: tuple[str, ...]
    rates: dict[str, str]
    additional_duties: str | None = None
    inherited_from: str | None = None
    footnotes: tuple[str, ...] = ()
    levies: tuple[str, ...] = ()
    import_regulations: tuple[str, ...] = ()
    export_regulations: tuple[str, ...] = ()
    effective_from: date | None = None
    evidenced_on: date | None = None
    effective_to: date | None = None
    revision: str

    @property
    def display_code(self) -> str:
        return dotted(self.code)

    @property
    def first_day(self) -> date:
        """First day the line is held for."""
        return self.effective_from or self.evidenced_on or date.min

    def holds(self, as_of: date) -> bool:
        return self.first_day <= as_of and (self.effective_to is None or as_of <= self.effective_to)


class Revision(Frozen):
    """An edition of a schedule: where its figures were read, and the last day they are known to be current.

    Args:
        frontier: last day the edition is known to be the one in force.
        amended_since: days on which the schedule is known to have changed since.
        complete: whether every line of the schedule is held; a selection is not.
        checksum, rows, lines: of the official file, for an imported edition.
    """

    id: str
    schedule: ScheduleName
    source: Source
    frontier: date
    amended_since: tuple[date, ...] = ()
    effective_from: date | None = None
    evidenced_on: date | None = None
    effective_to: date | None = None
    complete: bool = False
    file: str | None = None
    checksum: str | None = None
    rows: int | None = None
    lines: int | None = None

    @property
    def first_day(self) -> date:
        """First day the edition is held for."""
        return self.effective_from or self.evidenced_on or date.min

    def settles(self, as_of: date) -> bool:
        """Whether a code missing from this edition did not exist on a day."""
        return self.complete and self.first_day <= as_of <= self.frontier
