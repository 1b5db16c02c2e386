"""What `customs corpus` does: printing, progress, exit codes; the work itself is the library's."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from advisor.offline.understand import language_in
from advisor.settings import Settings
from corpus import Library, Passage, open_library
from corpus.documents.reader import files_of
from corpus.documents.shelf import Held, Shelf
from corpus.index import IndexStore
from corpus.scan import scan_file
from corpus.timeline import events_of
from tools.errors import InputError
from tools.law.models import Lang
from ui.cli.common import emit

_JURISDICTIONS = ("TW", "US", "APEC", "INTL")
_AUTHORITIES = ("law", "official", "brief", "user")


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _opened(settings: Settings) -> Library:
    """The library, with a line on standard error when the index has to be built."""
    started = time.perf_counter()
    library = open_library(settings.home, settings.stores)
    if (seconds := time.perf_counter() - started) > 1:
        _tell(f"index: {library.size} passages, {seconds:.1f} s")
    return library


def add(settings: Settings, paths: list[str], *, as_json: bool) -> int:
    """Read files onto the shelf and index them; 2 when none of them could be taken."""
    outcomes = Shelf(settings.home).add(paths, settings.today("tw"), _tell)
    if not outcomes:
        raise InputError("path", "no readable document there", "a file, or a directory that holds some")
    _opened(settings)
    if as_json:
        emit({"documents": [o.model_dump(mode="json") for o in outcomes]})
    else:
        for o in outcomes:
            note = f"  ({o.note})" if o.note else ""
            print(o.reason or f"{o.outcome}  {o.id}  {o.passages} passages  {o.name}{note}")
    return 2 if all(o.outcome == "refused" for o in outcomes) else 0


def _row(held: Held) -> dict[str, Any]:
    return held.model_dump(mode="json", exclude={"digest", "file"}) | {"authority": "user"}


def show(settings: Settings, *, as_json: bool) -> None:
    """Print what is on the shelf."""
    held = Shelf(settings.home).held()
    if as_json:
        emit({"documents": [_row(d) for d in held]})
        return
    for d in held:
        print(f"{d.id}  {d.language}  {d.jurisdiction}  {d.passages} passages  {d.dated or '-'}  {d.title}  ({d.name})")


def remove(settings: Settings, name: str, *, as_json: bool) -> None:
    """Take a document off the shelf and out of the index."""
    gone = Shelf(settings.home).remove(name)
    _opened(settings)
    if as_json:
        emit({"removed": gone.id})
    else:
        print(f"removed  {gone.id}  {gone.name}")


def rebuild(settings: Settings, *, as_json: bool) -> None:
    """Build the index anew beside the one in use."""
    started = time.perf_counter()
    library = open_library(settings.home, settings.stores, fresh=True)
    seconds = time.perf_counter() - started
    size = sum(f.stat().st_size for f in IndexStore(settings.home).root.rglob("*") if f.is_file())
    if as_json:
        emit({"passages": library.size, "seconds": f"{seconds:.2f}", "bytes": size})
    else:
        print(f"{library.size} passages in {seconds:.1f} s, {size / 1e6:.1f} MB")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a search is narrowed."""

    as_of: date | None
    limit: int
    lang: str | None
    jurisdiction: str | None
    topic: str | None
    authority: str | None
    in_force: bool


def search(settings: Settings, query: str, wanted: Wanted, *, as_json: bool) -> None:
    """Print the passages that answer a question."""
    lang = _one_of("lang", wanted.lang, ("zh-TW", "en")) or language_in(query, ())
    side = _one_of("jurisdiction", wanted.jurisdiction, _JURISDICTIONS)
    authority = _one_of("authority", wanted.authority, _AUTHORITIES)
    found = _opened(settings).search(
        query, as_of=wanted.as_of or settings.today("tw"), lang=cast("Lang", lang), limit=wanted.limit,
        jurisdictions=[side] if side else [], topics=[wanted.topic] if wanted.topic else [],
        authorities=[authority] if authority else [], in_force_only=wanted.in_force,
    )  # fmt: skip
    if as_json:
        emit(found.model_dump(mode="json"))
        return
    print(f"covered: {'yes' if found.covered else 'no'}\n")
    for number, passage in enumerate(found.passages, start=1):
        print(f"[{number}] {_heading(passage)}\n{passage.text}\n")


def scan(settings: Settings, file: str, on: date | None, *, as_json: bool) -> int:
    """Print the claims of a file that disagree with the law; 1 when there are any."""
    (path,) = [*files_of([file])][:1] or [Path(file)]
    found = scan_file(path, on or settings.today("tw"))
    if as_json:
        emit(found.model_dump(mode="json"))
    else:
        for f in found.findings:
            place = f"p. {f.page}" if f.page else f"line {f.line}"
            since = f"  {f.effective_from or ''} – {f.effective_to or ''}" if f.current else ""
            print(f"{place}  [{f.severity}]  {f.claim}\n    {f.correction}\n    {f.citation}{since}")
    return 1 if found.findings else 0


def timeline(topic: str, *, as_json: bool) -> None:
    """Print the dated acts of a topic."""
    events = events_of(topic)
    if as_json:
        emit({"topic": topic, "events": [e.model_dump(mode="json") for e in events]})
    else:
        for e in events:
            print(f"{e.day}  {e.kind}  {e.label.zh_TW}  {e.value or ''}  {e.citation}")


def _heading(p: Passage) -> str:
    place = f" p. {p.page}" if p.page else f" line {p.line}" if p.line else ""
    return f"{p.title} › {p.section}{place}  ({p.authority}, {p.status}, {p.document_id}, {p.relevance:.2f})"


def _one_of(field: str, given: str | None, accepted: tuple[str, ...]) -> str | None:
    if given is not None and given not in accepted:
        raise InputError(field, f"{given!r} is not one", ", ".join(accepted))
    return given
