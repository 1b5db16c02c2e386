"""Shapes of the box guide: the form and the online guide as data, and what a question for a box is answered with."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from tools.inputs import AmountIn, DateIn, Input
from tools.law.models import Frozen, Localized
from tools.result import Message, ParameterUsed

Numbering = Literal["2024", "before", "guide"]


class Box(Frozen):
    """One box: numbers on both forms, name, meaning, format, who supplies it, what goes wrong.

    Args:
        old: its number before 2024; None where the box is new.
        inferred: the number of 2024 was not seen printed.
    """

    number: str
    old: str | None = None
    inferred: bool = False
    name: Localized
    meaning: Localized
    format: Localized
    by: str
    mistakes: Localized | None = None


class GuideField(Frozen):
    """A field of the online guide and the official boxes that mean the same; none where nothing does."""

    number: int
    name: Localized
    boxes: tuple[str, ...]


class GuideError(Frozen):
    """Something the guide has wrong, by the fields under which a reader meets it."""

    id: int
    fields: tuple[int, ...]
    says: Localized
    right: Localized


class Form(Frozen):
    """The form."""

    title: Localized
    citation: Localized
    edition: Localized
    boxes: int
    boxes_before: int
    people: dict[str, Localized]
    box: tuple[Box, ...]


class Guide(Frozen):
    """The guide."""

    name: Localized
    fields: int
    field: tuple[GuideField, ...]
    error: tuple[GuideError, ...]


class BoxInput(Input):
    """A box by its number, or by its name."""

    box: str | None = Field(None, max_length=8, description="number such as 29, 33A or 4")
    text: str | None = Field(None, max_length=100, description="name of a box such as CHGS, in place of a number")
    numbering: Numbering | None = Field(
        None, description="2024 form, the form before it, or the 36-field guide; all of them when not said"
    )
    value: AmountIn | None = Field(None, description="an amount, to see how the box writes it")
    on: DateIn | None = Field(None, description="day the law is read at")


class BoxShown(Input):
    """A box under one numbering, with its texts rendered on the day."""

    numbering: Numbering
    asked: str
    number: str
    old: str | None
    inferred: bool
    name: Localized
    meaning: Localized
    format: Localized
    by: Localized
    mistakes: Localized | None


class Wrong(Input):
    """What the guide says in a field, and what is right."""

    id: int
    says: Localized
    right: Localized


class FieldShown(Input):
    """A field of the guide: its name there, the official boxes, what is wrong."""

    number: int
    name: Localized | None
    boxes: tuple[BoxShown, ...]
    wrong: tuple[Wrong, ...]


class BoxGuide(Input):
    """What a number, or a name, stands for on each form and in the guide."""

    asked: str
    numbering: Numbering | None
    on: date
    official: tuple[BoxShown, ...] = Field(description="on the 2024 form")
    before: tuple[BoxShown, ...] = Field(description="on the form before 2024; the number shown is of 2024")
    guide: FieldShown | None
    notes: tuple[Message, ...]
    said: tuple[Message, ...] = Field(description="all of it in sentences, the numbering asked for first")
    citation: Localized
    parameters: tuple[ParameterUsed, ...]
