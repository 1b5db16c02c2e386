"""Shapes of the law files. Unknown keys are refused, so that a typo is an error and not a silent loss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Lang = Literal["zh-TW", "en"]
Certainty = Literal["confirmed", "secondary", "derived", "contested", "unverified", "expected"]
#: from the firmest to the weakest; a result is as firm as its weakest value
CERTAINTIES: tuple[Certainty, ...] = (
    "confirmed", "secondary", "derived", "contested", "unverified", "expected",
)  # fmt: skip
Unit = Literal["USD", "TWD", "ratio", "count", "days", "kilograms", "litres", "boolean", "text", "date"]
MODES = ("express", "air", "ocean", "land", "post")


class Frozen(BaseModel):
    """Immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Localized(Frozen):
    """A short text in both languages of the product."""

    zh_TW: str = Field(alias="zh-TW")
    en: str

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, data: Any) -> Any:
        return {"zh-TW": data, "en": data} if isinstance(data, str) else data

    def __getitem__(self, lang: Lang) -> str:
        return self.zh_TW if lang == "zh-TW" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"zh-TW": self.zh_TW, "en": self.en}


class LocalizedList(Frozen):
    """Names people use, in both languages."""

    zh_TW: tuple[str, ...] = Field(default=(), alias="zh-TW")
    en: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return self.zh_TW + self.en


class Source(Frozen):
    """Where a value of the law stands, as narrow as the paragraph."""

    publisher: Localized
    citation: Localized
    url: str | None = None


class Scope(Frozen):
    """Whom a value applies to; empty means everybody."""

    origins: tuple[str, ...] = ()
    except_origins: tuple[str, ...] = ()
    modes: tuple[Literal["express", "air", "ocean", "land", "post"], ...] = ()

    def covers(self, origin: str | None, mode: str | None) -> bool:
        if self.origins and origin not in self.origins:
            return False
        if self.except_origins and (origin is None or origin in self.except_origins):
            return False
        return not self.modes or mode in self.modes

    def disjoint(self, other: Scope) -> bool:
        """Whether no shipment can be in both scopes."""
        if self.modes and other.modes and not set(self.modes) & set(other.modes):
            return True
        if self.origins and other.origins and not set(self.origins) & set(other.origins):
            return True
        return bool(self.origins and set(self.origins) <= set(other.except_origins)) or bool(
            other.origins and set(other.origins) <= set(self.except_origins)
        )


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return Decimal(value)


RawValue = Annotated[
    bool | Decimal | date | str | tuple[str, ...], BeforeValidator(_number)
]  # bool before Decimal: TOML keeps them apart


class Measure(Frozen):
    """What a rate of additional duty applies to, and how it meets the other duties of the same line.

    The rate itself is the parameter's dated value. Measures of one `key` exclude each other: in the order given, the
    first that applies is the one reported.
    """

    key: str = Field(description="key of the result line, as the contracts name it")
    order: int = Field(description="place among the measures of the same key; the first that applies is taken")
    form: Literal["add", "total", "none"] = Field(
        description="added to column 1; an all-in total that column 1 is topped up to; or reported at nothing"
    )
    lists: tuple[str, ...] = Field((), description="code lists, any of which brings goods in; none: all goods")
    footnotes: tuple[str, ...] = Field((), description="headings by which a schedule's footnote brings goods in")
    except_lists: tuple[str, ...] = Field((), description="code lists that take goods out")
    programmes: tuple[str, ...] = Field((), description="programme claims, one of which must be made and valid")
    claimed: bool = Field(False, description="only when the filer declares the heading")
    loaded_before: date | None = Field(None, description="in transit: goods loaded before this day")
    fact: str | None = Field(None, description="declared fact that must hold")
    fact_open: bool = Field(False, description="without the declaration the fact is open, not false")
    when_applied: tuple[str, ...] = Field((), description="topics one of whose measures applies to the line")
    unless_applied: tuple[str, ...] = Field((), description="topics none of whose measures may apply to the line")
    column_2: bool | None = Field(None, description="only for goods of column 2, or only for others")
    subject: bool = Field(True, description="goods under it count as subject to its topic")
    base: Literal["value", "content", "rest"] = Field(
        "value", description="of the entered value; of the declared metal content; or of what is not that content"
    )


class LawValue(Frozen):
    """One value of a parameter with the interval in which it is the law."""

    effective_from: date | None = None
    evidenced_on: date | None = None
    effective_to: date | None = None
    value: RawValue
    source: Source
    certainty: Certainty
    frontier: date
    reviewed: date
    note: Localized | None = None
    scope: Scope = Scope()
    details: dict[str, Localized] = {}
    headings: dict[str, tuple[str, ...]] = Field(
        {}, description="Chapter 99 heading by origin, * for any; for a total a second one where column 1 meets it"
    )

    @model_validator(mode="after")
    def _check(self) -> LawValue:
        if self.effective_from is None and self.evidenced_on is None:
            raise ValueError('from = "unknown" needs evidenced_on')
        if self.first_day and self.effective_to and self.effective_to < self.first_day:
            raise ValueError(f"ends {self.effective_to} before it begins {self.first_day}")
        if self.certainty in ("derived", "contested") and self.note is None:
            raise ValueError(f"certainty {self.certainty} needs a note")
        return self

    @property
    def first_day(self) -> date:
        """First day the value is held for: its start, or the earliest day it is evidenced on."""
        day = self.effective_from or self.evidenced_on
        assert day is not None
        return day

    def holds(self, as_of: date) -> bool:
        return self.first_day <= as_of and (self.effective_to is None or as_of <= self.effective_to)

    @property
    def number(self) -> Decimal:
        """The value as a number; only for numeric units."""
        if isinstance(self.value, bool) or not isinstance(self.value, Decimal):
            raise TypeError(f"{self.value!r} is not a number")
        return self.value


class Parameter(Frozen):
    """A named figure or rule of the law, over time."""

    id: str
    label: Localized
    aliases: LocalizedList = LocalizedList()
    unit: Unit
    per: Localized | None = None
    volatile: bool = False
    measure: Measure | None = None
    values: tuple[LawValue, ...]

    @model_validator(mode="after")
    def _no_overlap(self) -> Parameter:
        for index, one in enumerate(self.values):
            for other in self.values[index + 1 :]:
                days_meet = one.first_day <= (other.effective_to or date.max) and other.first_day <= (
                    one.effective_to or date.max
                )
                if days_meet and "expected" not in (one.certainty, other.certainty):
                    if not one.scope.disjoint(other.scope):
                        raise ValueError(f"{self.id}: values from {one.first_day} and {other.first_day} overlap")
        return self
