"""Papers to have ready for an import, by goods and route, and the agencies that may have a say. A checklist, no screening.

Source: `papers.toml` beside this file; the limits of Taiwan's agencies are law (`tw.agency_limits`) and stand with the quote.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from tools.errors import DataError
from tools.inputs import Input
from tools.law.models import Frozen, Localized
from tools.registry import Tool
from tools.result import Message
from tools.tariff.codes import compact
from tools.text.normalise import normalise

Route = Literal["express", "post", "traveller", "cargo", "ocean", "air", "land"]


class Row(Frozen):
    """A paper or an agency as data."""

    id: str
    destination: tuple[str, ...]
    routes: tuple[str, ...] = ()
    name: Localized
    why: Localized
    words: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()


class Lists(Frozen):
    """The papers and the agencies held."""

    paper: tuple[Row, ...]
    agency: tuple[Row, ...]


class PapersInput(Input):
    """An import whose papers are asked for."""

    destination: Literal["us", "tw"] = Field(description="us or tw")
    route: Route | None = Field(None, description="how it comes")
    goods: str | None = Field(None, max_length=300, description="what the goods are")
    code: str | None = Field(None, max_length=20, description="HS, HTS or CCC code")


class Named(Input):
    """A paper or an agency, and why it is named."""

    id: str
    name: Localized
    why: Localized


class Papers(Input):
    """The checklist."""

    destination: Literal["us", "tw"]
    papers: tuple[Named, ...]
    agencies: tuple[Named, ...]
    said: tuple[Message, ...]
    boundary: Message = Message(code="papers_boundary")


@cache
def lists() -> Lists:
    """The checklist as held."""
    file = Path(__file__).with_suffix(".toml")
    try:
        return Lists.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


def papers_for(given: PapersInput) -> Papers:
    """What to have ready, and whom the goods may concern."""
    text, digits = normalise(given.goods or "").text, compact(given.code or "")
    papers = [
        _named(row)
        for row in lists().paper
        if given.destination in row.destination and (not row.routes or given.route is None or given.route in row.routes)
    ]
    agencies = [_named(r) for r in lists().agency if given.destination in r.destination and _concerns(r, text, digits)]
    said = [Message(code="papers_paper", words={"name": p.name, "why": p.why}) for p in papers]
    said += [Message(code="papers_agency", words={"name": a.name, "why": a.why}) for a in agencies]
    if (text or digits) and not agencies:
        said.append(Message(code="papers_no_agency"))
    return Papers(destination=given.destination, papers=tuple(papers), agencies=tuple(agencies), said=tuple(said))


def _concerns(row: Row, text: str, digits: str) -> bool:
    """Whether words or code of goods point to an agency."""
    named = any(re.search(word, text, re.IGNORECASE) for word in row.words) if text else False
    return named or (bool(digits) and digits.startswith(row.chapters))


def _named(row: Row) -> Named:
    return Named(id=row.id, name=row.name, why=row.why)


def _run(given: PapersInput, _: date) -> Papers:
    return papers_for(given)


TOOL = Tool(
    name="import_papers",
    use_when=(
        "Lists the papers to have ready for an import into Taiwan or the United States by route, and names the agencies that "
        "goods of such words or code may concern."
    ),
    not_for="screening goods against agencies' rules, or promising that nothing else is needed.",
    next_step="for limits of own use in Taiwan look the law up; ask the agency named.",
    input_model=PapersInput,
    run=_run,
    clock="tw",
    triggers={
        "zh-TW": ("要準備什麼文件", "需要什麼文件", "準備哪些文件", "需要哪些文件"),
        "en": ("which papers", "what documents", "which documents", "papers do i need"),
    },
    examples=(
        {"destination": "tw", "route": "express", "goods": "藍牙耳機"},
        {"destination": "us", "route": "ocean", "goods": "children's toys"},
        {"destination": "us", "route": "express", "goods": "tea", "code": "0902.30.00"},
        {"destination": "tw", "route": "cargo", "code": "8507.60.00.10-7"},
        {"destination": "tw", "route": "post"},
    ),
)
