"""Reading of briefs: front matter validated, body cut into passages, figures left bound until a day is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from tools.errors import DataError
from tools.law.bindings import bindings
from tools.law.models import Certainty, Frozen, Lang, Localized, LocalizedList

BRIEFS = Path(__file__).parent / "briefs"
Status = Literal["in_force", "historical", "proposed", "superseded"]


class BriefSource(Frozen):
    """Where the facts of a brief were read."""

    publisher: str
    citation: str
    url: str | None = None


class Document(Frozen):
    """The document a brief of kind `document` reports on."""

    title: str
    publisher: str
    dated: date | None = None
    url: str | None = None


class FrontMatter(Frozen):
    """What a brief says of itself."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: Localized
    jurisdiction: Literal["TW", "US", "APEC", "INTL"]
    topics: tuple[str, ...]
    kind: Literal["law", "document"]
    document: Document | None
    known_as: LocalizedList = LocalizedList()
    effective_from: date | None
    effective_to: date | None
    status: Status
    certainty: Certainty
    sources: tuple[BriefSource, ...] = Field(min_length=1)
    reviewed: date


class Section(Frozen):
    """One passage of a brief as written: figures of the law are still `{{ bindings }}`."""

    document_id: str
    language: Lang
    number: int
    heading: str
    body: str
    #: questions that it answers, as people put them, in either language
    asks: tuple[str, ...] = ()
    #: where it stands in a document somebody added
    start: int | None = None
    end: int | None = None
    line: int | None = None
    page: int | None = None

    @property
    def id(self) -> str:
        return f"{self.document_id}#{self.language}-{self.number}"


class Brief(Frozen):
    """A brief with its sections in the languages it has; or a document somebody added, whose braces bind nothing."""

    front: FrontMatter
    sections: tuple[Section, ...]
    authority: Literal["brief", "user"] = "brief"
    #: stands for the whole text of a document somebody added
    digest: str = ""


_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


def read_brief(path: Path) -> Brief:
    """One brief: `<id>.md` with front matter, and beside it, where there are such, `<id>.en.md` and `<id>.asks.txt`.

    Raises:
        DataError: front matter missing or wrong, an id that is not the file's name, a body without sections.
    """
    text = _text(path)
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise DataError(path.name, "front matter between --- lines is missing")
    try:
        front = FrontMatter.model_validate(yaml.safe_load(parts[1]))
    except (ValueError, yaml.YAMLError) as error:  # a ValidationError is a ValueError, and so is a day that is none
        raise DataError(path.name, f"front matter: {' '.join(str(error).split())[:300]}") from error
    if front.id != path.stem:
        raise DataError(path.name, f"id {front.id} is not the file's name")
    if (front.kind == "document") != (front.document is not None):
        raise DataError(path.name, "kind document and the document field go together")
    sections = _sections(front.id, "zh-TW", parts[2], path.name)
    english = path.with_name(f"{path.stem}.en.md")
    told_in_english = _sections(front.id, "en", _text(english), english.name) if english.is_file() else []
    asked = path.with_name(f"{path.stem}.asks.txt")
    if asked.is_file():
        asks = _asks(_text(asked), [s.heading for s in sections], asked.name)
        sections = _asking(sections, asks)
        if len(told_in_english) == len(sections):  # section by section the same
            told_in_english = _asking(told_in_english, asks)
    return Brief(front=front, sections=(*sections, *told_in_english))


def _asks(text: str, headings: Sequence[str], name: str) -> list[tuple[str, ...]]:
    """The questions under each heading; a line each."""
    parts = _HEADING.split(text)
    found = dict(zip(map(str.strip, parts[1::2]), parts[2::2], strict=True))
    if parts[0].strip() or list(found) != list(headings):
        strange = sorted({*found} ^ {*headings}) or ["their order"]
        raise DataError(name, f"its headings are not those of the brief: {strange[0]}")
    return [tuple(line.strip() for line in found[h].splitlines() if line.strip()) for h in headings]


def _asking(sections: Sequence[Section], asks: Sequence[tuple[str, ...]]) -> list[Section]:
    return [s.model_copy(update={"asks": each}) for s, each in zip(sections, asks, strict=True)]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(path.name, "is not UTF-8") from error


def _sections(document_id: str, lang: Lang, body: str, name: str) -> list[Section]:
    headings = list(_HEADING.finditer(body))
    if not headings or body[: headings[0].start()].strip():
        raise DataError(name, "a brief is made of ## sections only")
    try:
        bindings(body)
    except DataError as error:
        raise DataError(name, str(error)) from error
    ends = [h.start() for h in headings[1:]] + [len(body)]
    return [
        Section(
            document_id=document_id, language=lang, number=number, heading=heading[1].strip(),
            body=body[heading.end() : end].strip(),
        )
        for number, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1)
    ]  # fmt: skip


def read_briefs(root: Path = BRIEFS) -> list[Brief]:
    """Every brief under a directory, by id."""
    paths = sorted(p for p in root.rglob("*.md") if not p.name.endswith(".en.md"))
    for english in root.rglob("*.en.md"):
        if english.with_name(english.name.replace(".en.md", ".md")) not in paths:
            raise DataError(english.name, "has no brief beside it")
    found = [read_brief(path) for path in paths]
    ids = [brief.front.id for brief in found]
    if double := {i for i in ids if ids.count(i) > 1}:
        raise DataError(str(root.name), f"ids used twice: {sorted(double)}")
    return sorted(found, key=lambda b: b.front.id)


@cache
def shipped_briefs() -> tuple[Brief, ...]:
    """The briefs this project ships."""
    return tuple(read_briefs())
