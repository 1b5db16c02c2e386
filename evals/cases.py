"""Cases as people write and correct them. Unknown keys, repeated ids and contradictions are refused."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from advisor.answer import Status
from tools.errors import DataError

CASES = Path(__file__).parent / "cases"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WantedFigure(_Model):
    """A figure the answer must hold, exactly, and what it is of."""

    value: Decimal
    unit: str
    of: str


class Case(_Model):
    """One question with what a right answer must do."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str | None = None
    turns: tuple[str, ...] = ()
    lang: Literal["zh-TW", "en"]
    as_of: date
    status: Status
    figures: tuple[WantedFigure, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    arithmetic: str = ""
    source: str = Field(min_length=3)
    reason: str = Field(min_length=3)
    tags: tuple[str, ...] = Field(min_length=1)
    difficulty: Literal["easy", "medium", "hard"]
    author: str

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if (self.question is None) == (not self.turns):
            raise ValueError("give question or turns")
        if self.status == "needs_input" and not self.asks:
            raise ValueError("needs_input must say what is asked")
        if self.status in ("not_covered", "declined") and self.figures:
            raise ValueError(f"{self.status} cannot want figures")
        for pattern in (*self.facts, *self.forbidden):
            re.compile(pattern)
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """Messages in order."""
        return self.turns or (self.question or "",)


def read_cases(root: Path = CASES) -> dict[str, list[Case]]:
    """Cases by suite, a suite being a file.

    Raises:
        DataError: naming the file and what is wrong.
    """
    suites: dict[str, list[Case]] = {}
    seen: set[str] = set()
    for path in sorted(root.glob("*.yaml")):
        try:
            rows = yaml.safe_load(path.read_text("utf-8"))
            suites[path.stem] = [Case.model_validate(row) for row in rows]
        except (ValidationError, yaml.YAMLError, TypeError) as error:
            raise DataError(path.name, " ".join(str(error).split())[:300]) from error
        for case in suites[path.stem]:
            if case.id in seen:
                raise DataError(path.name, f"id {case.id} is used twice")
            seen.add(case.id)
    return suites
