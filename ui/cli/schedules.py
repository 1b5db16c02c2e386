"""`data`: the schedules held, imported, compared and fetched, in words or JSON."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.errors import InputError, NotFound
from tools.tariff import importers
from tools.tariff.bundled import bundled_lines, bundled_revision, subheadings
from tools.tariff.models import Revision, ScheduleName, TariffLine
from tools.tariff.store import FILE, Store, open_store
from ui.cli.coding import schedule_named
from ui.cli.common import emit

if TYPE_CHECKING:
    from advisor.settings import Settings

_NAMES: tuple[ScheduleName, ...] = ("hs", "us", "tw")


def _named(text: str) -> ScheduleName:
    found = schedule_named(text)
    assert found is not None
    return found


def _today(settings: Settings, name: ScheduleName) -> date:
    return settings.today("us" if name == "us" else "tw")


def status(settings: Settings, *, as_json: bool) -> None:
    """Print what is held."""
    store = open_store(settings.home / FILE)
    rows = [row for name in _NAMES for row in _rows(name, store)]
    if as_json:
        emit(rows)
        return
    for row in rows:
        span = f"{row['first_day']} – {row['frontier']}"
        print(
            f"{row['schedule']}  {row['id']:<20} {row['kind']:<9} {row['lines']:>6} lines  {span}  {row['file'] or ''}".rstrip()
        )


def _rows(name: ScheduleName, store: Store | None) -> list[dict[str, Any]]:
    bundled = len(subheadings()) if name == "hs" else len(bundled_lines(name))
    rows = [_row(bundled_revision(name), "bundled", bundled, {})]
    for revision in store.editions(name) if store else ():
        assert store is not None
        rows.append(_row(revision, "imported", revision.lines or 0, store.report(revision.id)))
    return rows


def _row(revision: Revision, kind: str, lines: int, report: dict[str, Any]) -> dict[str, Any]:
    return {
        "schedule": revision.schedule, "id": revision.id, "kind": kind, "complete": revision.complete, "lines": lines,
        "first_day": revision.first_day.isoformat(), "frontier": revision.frontier.isoformat(),
        "amended_since": [d.isoformat() for d in revision.amended_since], "file": revision.file,
        "sha256": revision.checksum, "report": report,
    }  # fmt: skip


def import_file(
    settings: Settings, schedule: str, file: str, revision: str | None, first: date | None, *, as_json: bool
) -> None:
    """Import a file and print what was counted."""
    name = _named(schedule)
    done = importers.import_file(
        name, Path(file), settings.home, _today(settings, name), name=revision, first=first
    )  # fmt: skip
    edition = done.revision.model_dump(mode="json", by_alias=True) if done.revision else None
    if as_json:
        emit(
            {
                "schedule": name,
                "revision": edition,
                "list": done.list_name,
                "unchanged": done.unchanged,
                "report": done.report,
            }
        )
        return
    if done.revision is None:
        print(f"{name}: list of {done.list_name} codes, {done.report['codes']} held")
        return
    report = done.report
    held = "already held" if done.unchanged else "imported"
    print(f"{name}: {done.revision.id} {held}, from {done.revision.first_day}, current to {done.revision.frontier}")
    print(
        f"  rows {report['rows']}, full codes {done.revision.lines}, headings without a code {report['without_code']}"
    )
    print(
        f"  rates: own {report['own_rate']}, inherited {report['inherited_rate']}, none {len(report['without_rate'])}"
    )
    print(f"  cells: {report['cells_read']} read, {report['cells_refused']} refused, {report['cells_empty']} empty")
    for reason, times in report["refused_by_reason"].items():
        print(f"    {reason}: {times}")
    for odd in report["irregular_rows"]:
        print(f"  irregular in the official file: {odd}")


def diff(settings: Settings, schedule: str, old: str, new: str, *, as_json: bool) -> None:
    """Compare two editions, held or in files."""
    from tools.tariff.compare import compare
    from tools.tariff.narrate import narrate

    name = _named(schedule)
    found = narrate(compare(name, _edition(settings, name, old, "old"), _edition(settings, name, new, "new")))
    if as_json:
        emit({"counts": found.counts} | found.model_dump(mode="json", by_alias=True))
        return
    for message in found.words:
        print(f"{message.text['zh-TW']}\n{message.text['en']}")


def _edition(settings: Settings, name: ScheduleName, text: str, field: str) -> tuple[str, dict[str, TariffLine]]:
    """An edition by id, by the end of its id, or read from a file without being kept.

    Raises:
        NotFound: none of the editions held; those held are named.
        InputError: the end of several ids, or a file that is not whole.
    """
    store = open_store(settings.home / FILE)
    held = [r.id for r in store.editions(name)] if store else []
    ends = [i for i in held if i == text] or [i for i in held if i.endswith(f"-{text}")]
    if len(ends) == 1 and store:
        return ends[0], {line.code: line for line in store.lines(ends[0])}
    if len(ends) > 1:
        raise InputError(field, f"{text!r} is the end of several editions", ", ".join(ends))
    if not Path(text).is_file():
        raise NotFound("edition", text, held)
    with tempfile.TemporaryDirectory() as aside:
        done = importers.import_file(name, Path(text), Path(aside), _today(settings, name))
        if done.revision is None:
            raise InputError(field, f"{text!r} is a list of codes", "an official file of the schedule")
        read = Store(Path(aside) / FILE)
        lines = {line.code: line for line in read.lines(done.revision.id)}
        read.close()
    return done.revision.id, lines


def sync(settings: Settings, schedule: str, url: str | None, *, check_only: bool, as_json: bool) -> int:
    """Fetch a schedule; with `check_only` say whether something newer is published (1) and write nothing."""
    from tools.tariff import sync as syncing

    name = _named(schedule)
    address = url or settings.sync_addresses.get(name)
    if check_only:
        done = syncing.check(name, settings.home, url=address)
    else:
        done = syncing.sync(name, settings.home, _today(settings, name), url=address)
    if as_json:
        emit(done.model_dump(mode="json", by_alias=True))
    else:
        print(f"{name}: {done.state}  {done.edition or ''}  {done.url}")
    return int(done.state == "changed")
