"""A code as it stands in a schedule on a day: does it exist, the line, its rates, what is added to them, and how sure."""

from __future__ import annotations

import re
from datetime import date

from pydantic import Field

from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.codes import dotted
from tools.tariff.existence import Exists, judge, read_code, say
from tools.tariff.models import Revision, ScheduleName, TariffLine
from tools.tariff.placing import Nomenclature, nomenclature
from tools.tariff.readings import Reading, read_cell
from tools.tariff.schedule import Schedule, schedule

_HEADING = re.compile(r"(?<!\d)99\d\d\.\d\d\.\d\d(?!\d)")


#: what the columns of the United States are called in its own notes; Taiwan's bear their names
_COLUMNS = {"general": "column 1 general", "special": "column 1 special", "other": "column 2"}


class AdditionalDuty(Frozen):
    """A duty beside the line's own: the heading a footnote points to, or what the schedule's own column says."""

    heading: str | None
    name: Localized | None = None
    rates: dict[str, str] = Field(default_factory=dict)
    stated: str


class CodeShown(Frozen):
    """A code on a day. `rates` are the schedule's own words; `readings` say which of them can be computed."""

    code: str
    schedule: ScheduleName
    on: date
    exists: Exists
    verdict: Message
    line: TariffLine | None
    path_names: tuple[Localized, ...] = ()
    rates: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, str] = Field(default_factory=dict)
    readings: dict[str, Reading] = Field(default_factory=dict)
    additional_duties: tuple[AdditionalDuty, ...] = ()
    regulations: dict[str, Localized] = Field(default_factory=dict)
    below: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    nomenclature: Nomenclature | None = None
    revision: Revision


def show(text: str, name: ScheduleName | None, on: date) -> CodeShown:
    """A code in a schedule on a day.

    Args:
        text: a code of any level, dots and hyphen as one likes.
        name: the schedule; by the code's length when none is named.
        on: the day.

    Raises:
        InputError: no code of any level.
    """
    digits, chosen = read_code(text, name)
    held = schedule(chosen)
    verdict = judge(digits, held, on)
    line = verdict.line
    revision = held.revision_of(line) if line else held.edition(on)
    return CodeShown(
        code=dotted(digits), schedule=chosen, on=on, exists=verdict.exists, verdict=_verdict(dotted(digits), verdict.exists, revision),
        line=line,
        path_names=_path_names(line, held, on), rates=line.rates if line else {},
        columns={column: _COLUMNS.get(column, column.replace("_", " ")) for column in line.rates} if line else {},
        readings={column: read_cell(cell, chosen) for column, cell in line.rates.items()} if line else {},
        additional_duties=_additional(line, held, on) if line else (),
        regulations=_regulations(line, held) if line else {},
        below=verdict.below, nomenclature=nomenclature(digits), notes=(*verdict.notes, *_notes(line, revision, on)), revision=revision,
    )  # fmt: skip


def _verdict(code: str, exists: Exists, revision: Revision) -> Message:
    words = {"code": Localized.model_validate(code), "edition": revision.source.citation}
    return Message(code=f"code_verdict_{exists}", words=words)


def _path_names(line: TariffLine | None, held: Schedule, on: date) -> tuple[Localized, ...]:
    above = [held.find(code, on) for code in line.path] if line and held.editions else []
    return tuple(row.name for row in above if row)


def _additional(line: TariffLine, held: Schedule, on: date) -> tuple[AdditionalDuty, ...]:
    duties = []
    for note in line.footnotes:
        for heading in _HEADING.findall(note):
            row = held.find(heading.replace(".", ""), on)
            duties.append(
                AdditionalDuty(
                    heading=heading, name=row.name if row else None, rates=row.rates if row else {}, stated=note
                )
            )
    if line.additional_duties:
        duties.append(AdditionalDuty(heading=None, stated=line.additional_duties))
    return tuple(duties)


def _regulations(line: TariffLine, held: Schedule) -> dict[str, Localized]:
    """What the line's codes say, where their lists were imported."""
    if held.store is None:
        return {}
    kinds = (("levy", line.levies), ("import", line.import_regulations), ("export", line.export_regulations))
    wanted = ((code, held.store.meaning(held.name, kind, code)) for kind, codes in kinds for code in codes)
    return {code: meaning for code, meaning in wanted if meaning}


def _notes(line: TariffLine | None, revision: Revision, on: date) -> list[Message]:
    if line is None:
        return []
    notes = []
    if line.inherited_from:
        notes.append(say("line_inherited", code=dotted(line.inherited_from)))
    ruling = "column_1" if revision.schedule == "tw" else "general"
    if ruling in line.rates and not line.rates[ruling] and len(line.code) >= 8:
        notes.append(say("line_no_rate"))
    later = [day for day in revision.amended_since if day <= on]
    if later:
        frontier, latest = revision.frontier.isoformat(), max(later).isoformat()
        notes.append(say("line_edition_age", edition=revision.id, frontier=frontier, latest=latest))
    return notes
