"""What a search gives: passages rendered for a day, each with its document, interval, authority and place."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.law.models import Certainty, Lang


class BoundFigure(BaseModel):
    """A figure of a passage that was rendered from law, and where it stands in the text."""

    model_config = ConfigDict(frozen=True)
    start: int
    end: int
    parameter: str
    unit: str
    value: str | None
    effective_from: date | None
    effective_to: date | None
    pinned: bool


class Passage(BaseModel):
    """A passage as found for a question and rendered for a day."""

    model_config = ConfigDict(frozen=True)
    id: str
    document_id: str
    title: str
    section: str
    text: str
    language: Lang
    score: float
    coverage: float
    relevance: float
    effective_from: date | None
    effective_to: date | None
    status: str
    authority: str
    kind: str
    certainty: Certainty
    jurisdiction: str
    publisher: str
    citation: str
    url: str | None
    document: str | None
    known_as: tuple[str, ...]
    bound: tuple[BoundFigure, ...]
    page: int | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None


class Conflict(BaseModel):
    """A claim of a document found that disagrees with the law of the day."""

    model_config = ConfigDict(frozen=True)
    passage: str = Field(description="id of the passage that makes the claim")
    document_id: str
    rule: str
    claim: str = Field(description="as it stands in the passage")
    sentence: str
    parameter: str | None
    current: str | None = Field(description="the value in force, written for people; null where it is no figure")
    effective_from: date | None
    effective_to: date | None
    citation: str
    url: str | None
    governs: Literal["law"]
    why: str
    correction: str


class SearchResult(BaseModel):
    """Passages for a question, best first, whether any of them answers it, and where they disagree with the law."""

    model_config = ConfigDict(frozen=True)
    query: str
    as_of: date
    passages: tuple[Passage, ...]
    covered: bool
    conflicts: tuple[Conflict, ...] = ()
