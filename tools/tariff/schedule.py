"""The tariff lines held, as of a day. Bundled lines are written here; names are our own, figures the schedule's."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from tools.errors import DataError, NotFound, NotInForce
from tools.law.models import Frozen, Localized, LocalizedList, Source
from tools.tariff.codes import CccCode, compact

LINES = Path(__file__).parent / "lines"
ScheduleName = Literal["tw"]


class TariffLine(Frozen):
    """The national row that carries the rates."""

    code: str = Field(pattern=r"^\d{8,11}$")
    parent: str
    indent: int
    path: tuple[str, ...]
    name: Localized
    aliases: LocalizedList = LocalizedList()
    default_for: LocalizedList = LocalizedList()
    units: tuple[str, ...]
    rates: dict[str, str]
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
        return str(CccCode(self.code)) if len(self.code) == 11 else self.code

    def holds(self, as_of: date) -> bool:
        start = self.effective_from or self.evidenced_on or date.min
        return start <= as_of and (self.effective_to is None or as_of <= self.effective_to)


class Revision(Frozen):
    """An edition of a schedule: where its figures were read, and the last day they are known to be current."""

    id: str
    schedule: ScheduleName
    source: Source
    frontier: date
    amended_since: tuple[date, ...] = ()


class Schedule:
    """Lines of one schedule, by code."""

    def __init__(self, revision: Revision, lines: list[TariffLine]) -> None:
        self.revision = revision
        self.lines = {line.code: line for line in lines}

    def line(self, code: str, as_of: date) -> TariffLine:
        """The line of a full code on a day.

        Raises:
            NotFound: the code is not among the lines held; neighbours under the same heading are named.
            NotInForce: it is held, but not for that day.
        """
        digits = compact(code)
        found = self.lines.get(digits)
        if found is None:
            near = [x.display_code for x in self.lines.values() if x.code[:4] == digits[:4]]
            raise NotFound("tariff line", code, near[:4])
        if not found.holds(as_of):
            raise NotInForce(
                f"tariff line {found.display_code}",
                as_of,
                [(found.effective_from or found.evidenced_on, found.effective_to)],
            )
        return found


@cache
def schedule(name: ScheduleName) -> Schedule:
    """A bundled schedule."""
    file = LINES / f"{name}.jsonl"
    try:
        revision = Revision.model_validate_json((LINES / f"{name}.revision.json").read_text("utf-8"))
        rows = [json.loads(row) for row in file.read_text("utf-8").splitlines() if row.strip()]
        return Schedule(revision, [TariffLine.model_validate(row) for row in rows])
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error
