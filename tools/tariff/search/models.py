"""What a search answers: candidates with reasons, the question that separates them, and what is said beside."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from tools.inputs import DateIn, Input
from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.models import ScheduleName
from tools.tariff.placing import Level

Confidence = Literal["strong", "good", "possible"]
Kind = Literal["goods", "several", "service", "prohibited", "brand", "vague", "nothing"]


class SearchInput(Input):
    """Goods in the words of whoever has them."""

    text: str = Field(min_length=1, max_length=2000, description="what the goods are: made of what, for what, for whom")
    schedule: ScheduleName = Field("hs", description="hs: six digits; us or tw: with the lines below and their rates")
    limit: int = Field(10, ge=1, le=50, description="candidates at most")
    on: DateIn | None = Field(None, description="day the schedule is read at")


class LineBelow(Frozen):
    """A national line under a candidate, as published; none of them is chosen."""

    code: str
    name: Localized
    rates: dict[str, str]


class Candidate(Frozen):
    """A subheading the goods may belong under.

    Args:
        score: share of belief among all subheadings, 0 to 1.
        confidence: strong, good or possible, by how often such a candidate was right on phrases held out.
        why: the words and names that led here, and the note that decides.
        not_this_because: what speaks against it.
        rates: by column, the different rates of the lines below, as published.
    """

    code: str
    level: Literal["subheading"] = "subheading"
    name: Localized
    path: tuple[Level, ...]
    score: float = Field(ge=0, le=1)
    confidence: Confidence
    why: tuple[Message, ...]
    not_this_because: tuple[Message, ...] = ()
    rates: dict[str, str] = Field(default_factory=dict)
    lines: tuple[LineBelow, ...] = ()


class Question(Frozen):
    """The one question whose answer separates the candidates most."""

    slot: str
    question: Message
    choices: tuple[Localized, ...]
    matters: Message


class Part(Frozen):
    """One of several goods named at once, with its own likeliest candidates."""

    text: str
    candidates: tuple[Candidate, ...]


class Found(Frozen):
    """The answer of a search: a list of candidates, never a classification."""

    query: str
    schedule: ScheduleName
    on: date
    kind: Kind
    candidates: tuple[Candidate, ...] = ()
    parts: tuple[Part, ...] = ()
    question: Question | None = None
    notes: tuple[Message, ...] = ()
