"""Documents added by their users: kept as passages under the state directory, changed whole or not at all.

`documents/manifest.json` names every document held and the file its passages are in; files it does not name are not
there. A change writes new files aside, then replaces the manifest in one step, so that a process killed at any point
leaves the old shelf or the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.briefs_reader import Brief, BriefSource, Document, FrontMatter, Section
from corpus.documents.facts import find_facts, language_of, looks_like_an_error_page
from corpus.documents.passages import cut
from corpus.documents.reader import SUFFIXES, bytes_of, files_of, read_file
from tools.errors import DataError, InputError, NotFound
from tools.law.models import Lang, Localized, LocalizedList

_FORMAT = 2
_PLAIN_NAME, _LONGEST_NAME = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f\ud800-\udfff]+"), 190  # bytes


class Held(BaseModel):
    """A document on the shelf, as `corpus list` shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    title: str
    language: Lang
    jurisdiction: Literal["TW", "US", "APEC", "INTL"]
    passages: int
    pages: int | None
    dated: date | None
    dates: tuple[date, ...]
    added: date
    digest: str
    file: str
    publisher: str = ""
    url: str = ""


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[2] = 2
    documents: tuple[Held, ...] = ()


class Added(BaseModel):
    """What became of one file: added, replaced, unchanged or refused, with the reason."""

    model_config = ConfigDict(frozen=True)
    name: str
    outcome: Literal["added", "replaced", "unchanged", "refused"]
    id: str | None = None
    passages: int = 0
    reason: str | None = None
    note: str | None = None


class Shelf:
    """The documents of one state directory.

    Args:
        home: the state directory.
        mark: goes into the ids of files put by name, so that those of two shelves read together stay apart.
    """

    def __init__(self, home: Path, mark: str = "") -> None:
        self.root, self._mark = home / "documents", mark

    def held(self) -> tuple[Held, ...]:
        """Every document on the shelf, by id.

        Raises:
            DataError: the manifest is there and cannot be read.
        """
        try:
            raw = (self.root / "manifest.json").read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise DataError("documents/manifest.json", str(error.strerror)) from error
        try:
            return _Manifest.model_validate_json(raw).documents
        except ValidationError as error:
            raise DataError("documents/manifest.json", "is damaged; `corpus add` the documents again") from error

    def stamp(self) -> tuple[int, ...]:
        """Changes whenever the shelf does."""
        try:
            state = (self.root / "manifest.json").stat()
        except OSError:
            return ()
        return state.st_ino, state.st_mtime_ns, state.st_size

    def briefs(self) -> list[Brief]:
        """The documents as what the index is made of.

        A document that a writer took off the shelf meanwhile is read again from the shelf as it is then.
        """
        for _ in range(3):
            try:
                return [self._brief(held) for held in self.held()]
            except FileNotFoundError:
                continue
        raise DataError("documents", "a document named by the manifest is missing; `corpus add` it again")

    def add(self, paths: Sequence[str], today: date, tell: Callable[[str], None]) -> list[Added]:
        """Read files and put them on the shelf, all in one step at the end.

        Args:
            paths: files and directories.
            today: the day they are added.
            tell: is given a line of progress a file.

        Raises:
            InputError: a path is nothing, or the state directory cannot be written.
        """
        files = list(files_of(paths))
        with self._writing():
            held = {d.id: d for d in self.held()}
            digests = {d.digest: d for d in held.values()}
            outcomes: list[Added] = []
            for number, path in enumerate(files, start=1):
                tell(f"[{number}/{len(files)}] {printable(path.name)}")
                try:
                    outcomes.append(self._take(path, today, held, digests))
                except InputError as error:
                    outcomes.append(Added(name=printable(path.name), outcome="refused", reason=str(error)))
            if any(o.outcome in ("added", "replaced") for o in outcomes):
                self._commit(held)
            return outcomes

    def put(self, name: str, data: bytes, today: date) -> Added:
        """Put one file on the shelf that came as bytes; one of the same name is replaced.

        Args:
            name: the file's name, no path; its ending says what it is.
            data: its bytes.
            today: the day it is added.

        Raises:
            InputError: naming what keeps it from being taken.
        """
        long = len(name.encode("utf-8", "replace")) > _LONGEST_NAME
        if long or not _PLAIN_NAME.fullmatch(name) or Path(name).suffix.lower() not in SUFFIXES:
            accepted = f"a short name without a path, ending in {', '.join(SUFFIXES)}"
            raise InputError("name", f"{printable(name)!r} is no name of a document", accepted)
        with self._writing(), tempfile.TemporaryDirectory() as aside:
            path = Path(aside) / name
            path.write_bytes(data)
            held = {d.id: d for d in self.held()}
            outcome = self._take(path, today, held, {d.digest: d for d in held.values()}, f"{self._mark}/{name}")
            if outcome.outcome != "unchanged":
                self._commit(held)
            return outcome

    def remove(self, name: str) -> Held:
        """Take a document off the shelf.

        Raises:
            NotFound: no document has that id.
        """
        with self._writing():
            held = {d.id: d for d in self.held()}
            if name not in held:
                raise NotFound("document", name, sorted(held)[:5])
            gone = held.pop(name)
            self._commit(held)
            return gone

    def _take(
        self, path: Path, today: date, held: dict[str, Held], digests: dict[str, Held], place: str | None = None
    ) -> Added:
        digest = hashlib.sha256(bytes_of(path) + str(_FORMAT).encode()).hexdigest()[:24]
        shown = printable(path.name)
        if digest in digests and digests[digest].id in held:
            same = digests[digest]
            return Added(name=shown, outcome="unchanged", id=same.id, passages=same.passages)
        document, sections, note = _document(path, _id(path, place or str(path.resolve())), digest, today)
        _replace(self.root / document.file, json.dumps(sections, ensure_ascii=False))
        outcome: Literal["added", "replaced"] = "replaced" if document.id in held else "added"
        held[document.id] = digests[digest] = document
        return Added(name=shown, outcome=outcome, id=document.id, passages=document.passages, note=note)

    def _commit(self, held: dict[str, Held]) -> None:
        manifest = _Manifest(documents=tuple(held[k] for k in sorted(held)))
        _replace(self.root / "manifest.json", manifest.model_dump_json())
        named = {d.file for d in held.values()} | {"manifest.json", ".lock"}
        for entry in self.root.iterdir():
            if entry.is_file() and entry.name not in named:
                entry.unlink(missing_ok=True)

    def _brief(self, held: Held) -> Brief:
        rows = json.loads((self.root / held.file).read_bytes())
        front = FrontMatter(
            id=held.id, title=Localized(**{"zh-TW": held.title, "en": held.title}), jurisdiction=held.jurisdiction,
            topics=(), kind="document",
            document=Document(title=held.title, publisher=held.publisher or held.name, dated=held.dated, url=held.url or None),
            known_as=LocalizedList(**{held.language: (held.name.rsplit(".", 1)[0],)}),
            effective_from=None, effective_to=None, status="in_force", certainty="unverified",
            sources=(BriefSource(publisher=held.publisher or held.name, citation=held.title, url=held.url or None),),
            reviewed=held.added,
        )  # fmt: skip
        sections = tuple(
            Section.model_construct(
                document_id=held.id, language=lang, number=n, heading=heading, body=body, start=start, end=end, line=line,
                page=page,
            )
            for n, (lang, heading, body, start, end, line, page) in enumerate(rows, start=1)
        )  # fmt: skip
        return Brief.model_construct(
            front=front, sections=sections, authority="user", digest=f"{held.id} {held.digest}"
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / ".lock").open("w") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise InputError(
                "CUSTOMS_HOME", f"{self.root} cannot be written ({error.strerror})", "a writable directory"
            ) from error


def printable(name: str) -> str:
    """A file's name as it may be shown: no control characters, not endless."""
    return "".join(c if c.isprintable() else "?" for c in name)[:120]


def _document(path: Path, name: str, digest: str, today: date) -> tuple[Held, list[tuple[object, ...]], str | None]:
    parsed = read_file(path)
    cuts = cut(parsed)
    facts = find_facts(parsed, path.stem)
    rows = [(language_of(c, facts.language), c.heading, c.text, c.start, c.end, c.line, c.page) for c in cuts]
    pages = [c.page for c in cuts if c.page]
    held = Held(
        id=name, name=printable(path.name), title=facts.title, language=facts.language, jurisdiction=facts.jurisdiction,
        passages=len(cuts), pages=max(pages) if pages else None, dated=facts.dated, dates=facts.dates, added=today,
        digest=digest, file=f"{name}.{digest[:12]}.json", publisher=parsed.publisher[:120], url=parsed.url[:300],
    )  # fmt: skip
    note = "looks like an error page, not the document" if looks_like_an_error_page(facts, parsed) else None
    return held, list(rows), note


def _id(path: Path, place: str) -> str:
    """An id of its own for every place: the readable part of its name, and a mark of where it lies."""
    readable = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-")
    mark = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"u-{readable}-{mark}" if readable else f"u-{mark}"


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with aside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(aside, path)
