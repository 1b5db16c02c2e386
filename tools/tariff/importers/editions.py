"""Which edition a file is: known by its name where the edition's first day is a fact, else by its content and the day."""

from __future__ import annotations

import calendar
import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from tools.errors import DataError
from tools.law.models import Frozen
from tools.tariff.bundled import LINES, bundled_revision
from tools.tariff.models import Revision, ScheduleName

_US = re.compile(r"(20\d\d)[ _-]?(?:HTS)?[ _-]?(basic|rev(?:ision)?[ _-]?(\d{1,2}))(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])(?:-?([0-2]\d|3[01]))?(?!\d)")


class Edition(Frozen):
    """An edition whose first day is known."""

    id: str
    first: date | None = Field(None, alias="from")
    evidenced: date | None = None


class Editions(Frozen):
    """Editions of a schedule, the oldest first; `frontier` is the last day anything is known of."""

    frontier: date
    amended_since: tuple[date, ...]
    editions: tuple[Edition, ...]


@cache
def known() -> dict[str, Editions]:
    """Editions by schedule.

    Raises:
        DataError: the bundled table is wrong.
    """
    file = LINES / "editions.toml"
    try:
        return TypeAdapter(dict[str, Editions]).validate_python(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


def edition_named(schedule: ScheduleName, file: str) -> str | None:
    """The known edition a file's name speaks of.

    >>> edition_named("us", "hts_2026_rev_10.json.gz"), edition_named("us", "2026HTSRev5.json")
    ('us-2026-rev-10', 'us-2026-rev-5')
    """
    stem = Path(file).name
    if schedule == "us" and (found := _US.search(stem)):
        return f"us-{found[1]}-{'basic' if found[3] is None else f'rev-{int(found[3])}'}"
    if schedule == "tw" and (year := _YEAR.search(stem)):
        return f"tw-{year[1]}"
    return "hs-2022" if schedule == "hs" else None


def revision_of(schedule: ScheduleName, file: str, checksum: str, given: tuple[str | None, date | None],
                today: date) -> Revision:  # fmt: skip
    """The edition a file is taken for.

    Args:
        schedule: whose file it is.
        file: its name.
        checksum: of its content; names an edition of which nothing else is known.
        given: id and first day, where the caller states them.
        today: an edition of unknown age is evidenced on the day its file name bears, else on this day.
    """
    name, first = given
    table = known()[schedule]
    ident = name or edition_named(schedule, file) or f"{schedule}-{checksum[:12]}"
    at = next((n for n, e in enumerate(table.editions) if e.id == ident), None)
    model = bundled_revision(schedule)
    source = model.source.model_copy(
        update={"citation": model.source.citation.model_validate(f"{Path(file).name} ({ident})")}
    )
    common = {"id": ident, "schedule": schedule, "source": source, "complete": True, "file": Path(file).name}
    if at is None or first is not None:
        day = first or _dated(file) or today
        start = {"effective_from": first} if first else {"evidenced_on": day}
        return Revision.model_validate(common | start | {"frontier": day, "checksum": checksum})
    edition, later = table.editions[at], [e.first for e in table.editions[at + 1 :] if e.first]
    return Revision.model_validate(
        common
        | {
            "effective_from": edition.first,
            "evidenced_on": edition.evidenced,
            "frontier": later[0] - timedelta(days=1) if later else table.frontier,
            "amended_since": (*later, *table.amended_since),
            "checksum": checksum,
        }
    )


def _dated(file: str) -> date | None:
    """The day a file's name bears; a month stands for its last day."""
    found = _DAY.search(Path(file).name)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(found[3] or last), last) or last)
