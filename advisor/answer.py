"""What a question comes back with. Field names are a contract: adding is fine, renaming is a breaking change."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from advisor.hosted.meter import Usage
from tools.law.models import Lang

Status = Literal["answered", "needs_input", "not_covered", "declined"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitationSource(_Model):
    publisher: str
    citation: str
    url: str | None


class Citation(_Model):
    """A passage the answer rests on."""

    marker: str
    document_id: str
    title: str
    section: str
    passage: str
    source: CitationSource
    authority: Literal["law", "official", "brief", "user"]
    effective_from: date | None
    effective_to: date | None
    status: str


class Grounding(_Model):
    """Where a figure comes from: a tool's result, a cited passage, or the question itself."""

    kind: Literal["tool", "passage", "question"]
    ref: str


class Number(_Model):
    """A quantity or date of law in the answer."""

    text: str
    value: str
    unit: str
    of: str
    grounding: Grounding


class Identifier(_Model):
    """A code, article, heading, form or box named in the answer."""

    text: str
    kind: str
    ref: str


class ToolCall(_Model):
    id: str
    name: str
    arguments: dict[str, Any]
    result: dict[str, Any]


class FollowUp(_Model):
    """A fact asked for, and what it can change."""

    slot: str
    question: str
    choices: tuple[str, ...] = ()
    matters: str


class Answer(_Model):
    """An answer with everything needed to check it."""

    id: str
    conversation_id: str
    question: str
    language: Lang
    as_of: date
    model: str
    composed_by: Literal["offline", "model", "fallback"]
    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    numbers: tuple[Number, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: Usage = Usage()
    elapsed_ms: int
