"""Bring a schedule up to date from its publisher: fetch, verify, write in one step, remember what was fetched."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from tools.errors import DataError, InputError
from tools.law.models import Frozen
from tools.tariff.importers.load import check_content, confirm, import_content
from tools.tariff.models import Revision, ScheduleName
from tools.tariff.sync.fetch import Fetched, Patience, fetch

State = Literal["unchanged", "changed", "imported"]


class Address(Frozen):
    """Where a publisher puts a schedule: a page for people, a file for programs where one is known."""

    page: str
    file: str | None = None


class Memory(Frozen):
    """What was fetched last from an address."""

    url: str
    etag: str | None = None
    modified: str | None = None
    checksum: str
    edition: str
    seen: date


class Synced(Frozen):
    """What a sync found. `changed` is only said by a check, which writes nothing."""

    schedule: ScheduleName
    url: str
    state: State
    edition: str | None
    rows: int | None
    checksum: str | None
    revision: Revision | None = None


@cache
def addresses() -> dict[str, Address]:
    """Addresses by schedule.

    Raises:
        DataError: the bundled table is wrong.
    """
    file = Path(__file__).parent / "sources.toml"
    try:
        return TypeAdapter(dict[str, Address]).validate_python(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


def sync(
    schedule: ScheduleName, home: Path, today: date, *, url: str | None = None, patience: Patience | None = None
) -> Synced:
    """Fetch a schedule and import it, unless what is published is what is held.

    Args:
        schedule: which.
        home: directory of the store.
        today: evidence that the edition fetched is the one in force.
        url: another address than the publisher's known one.
        patience: how long to wait.

    Raises:
        ServiceError: nothing whole came back; InputError: what came back is no schedule. The store is as it was.
    """
    where, memory, got = _fetched(schedule, home, url, patience)
    content = got.content
    if memory and (content is None or _sum(content) == memory.checksum):
        confirm(home, memory.edition, today)
        _remember(home, schedule, memory.model_copy(update={"seen": today}))
        return Synced(
            schedule=schedule, url=where, state="unchanged", edition=memory.edition, rows=None, checksum=memory.checksum
        )
    done = import_content(schedule, got.name, _held(content), home, today)
    if done.revision is None:
        raise InputError("file", "is a list of codes, no schedule", "the official file of the schedule")
    revision, checksum = done.revision, _sum(_held(content))
    _remember(home, schedule, Memory(url=where, etag=got.etag, modified=got.modified, checksum=checksum,
                                     edition=revision.id, seen=today))  # fmt: skip
    return Synced(
        schedule=schedule, url=where, state="imported", edition=revision.id, rows=revision.rows, checksum=checksum,
        revision=revision,
    )  # fmt: skip


def check(schedule: ScheduleName, home: Path, *, url: str | None = None, patience: Patience | None = None) -> Synced:
    """Whether what is published is what was fetched last; nothing is written.

    Raises:
        ServiceError, InputError: as `sync`.
    """
    where, memory, got = _fetched(schedule, home, url, patience)
    if memory and (got.content is None or _sum(got.content) == memory.checksum):
        return Synced(
            schedule=schedule, url=where, state="unchanged", edition=memory.edition, rows=None, checksum=memory.checksum
        )
    content = _held(got.content)
    return Synced(
        schedule=schedule, url=where, state="changed", edition=None, rows=check_content(schedule, content),
        checksum=_sum(content),
    )  # fmt: skip


def _fetched(
    schedule: ScheduleName, home: Path, url: str | None, patience: Patience | None
) -> tuple[str, Memory | None, Fetched]:
    known = addresses()[schedule]
    where = url or known.file
    if where is None:
        raise InputError(
            "schedule", f"no address of a file is known for {schedule}",
            f"a file from {known.page} with data import, or its address in CUSTOMS_SYNC_{schedule.upper()}",
        )  # fmt: skip
    memory = _memory(home, schedule, where)
    got = fetch(
        where, etag=memory.etag if memory else None, modified=memory.modified if memory else None,
        patience=patience or Patience(),
    )  # fmt: skip
    return where, memory, got


def _held(content: bytes | None) -> bytes:
    """The content of an answer; "not modified" to somebody who holds nothing is none.

    Raises:
        InputError: there is no content.
    """
    if content is None:
        raise InputError("file", "is said to be unchanged, but none is held", "the whole file")
    return content


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _place(home: Path, schedule: ScheduleName) -> Path:
    return home / f"sync-{schedule}.json"


def _memory(home: Path, schedule: ScheduleName, url: str) -> Memory | None:
    """What was fetched last from this address; a damaged or absent note only costs a full fetch."""
    try:
        found = Memory.model_validate_json(_place(home, schedule).read_text("utf-8"))
    except (OSError, ValidationError, ValueError):
        return None
    return found if found.url == url and found.edition in held_editions(home) else None


def held_editions(home: Path) -> frozenset[str]:
    """Editions in the store."""
    from tools.tariff.store import FILE, open_store

    store = open_store(home / FILE)
    return frozenset(r.id for r in store.revisions) if store else frozenset()


def _remember(home: Path, schedule: ScheduleName, memory: Memory) -> None:
    place = _place(home, schedule)
    aside = place.with_suffix(f".{os.getpid()}.tmp")
    aside.write_text(json.dumps(memory.model_dump(mode="json"), indent=1), "utf-8")
    aside.replace(place)
