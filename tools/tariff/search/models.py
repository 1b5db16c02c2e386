"""What a search answers: candidates with reasons, the question that separates them, and what is said beside."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from tools.inputs import AmountIn, DateIn, Input, refusal
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
    value: AmountIn | None = Field(
        default=None, description="customs value in the money of the schedule: what the doubt comes to"
    )

    @model_validator(mode="after")
    def _value_has_a_schedule(self) -> SearchInput:
        """A value means nothing where no rates are held."""
        if self.value is not None and self.schedule == "hs":
            raise refusal("a value needs a schedule with rates", "us or tw", "schedule")
        return self


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


class Doubt(Frozen):
    """Duty at the general rates of the lines below the first candidates: what the doubt between them comes to.

    Args:
        value: customs value, in the currency.
        lines_left_out: lines whose rate is not a share of the value; what they come to is not in the range.
    """

    currency: Literal["TWD", "USD"]
    value: AmountIn
    low: AmountIn
    high: AmountIn
    codes: tuple[str, ...]
    lines_left_out: int


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
    doubt: Doubt | None = None
    notes: tuple[Message, ...] = ()
