"""Shapes of the scan: its rules as data, and what it finds."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tools.law.models import Frozen, Lang, Localized

Severity = Literal["wrong", "outdated", "misleading"]
Pattern = Annotated[re.Pattern[str], BeforeValidator(re.compile)]


class RuleSource(Frozen):
    """Where a rule that is no parameter of the law stands."""

    citation: str
    url: str = ""


class When(Frozen):
    """A parameter that must have a value on the day of the scan, or must have run out by it."""

    parameter: str
    origin: str | None = None
    mode: str | None = None
    value: bool | str | None = Field(None, alias="is")
    ended: bool = False


class Rule(Frozen):
    """What every kind of rule has."""

    id: str
    severity: Severity
    correction: Localized
    about: Pattern | None = None
    document: Pattern | None = None
    unless: Pattern | None = None
    parameter: str | None = None


class FigureRule(Rule):
    """A quantity said of a parameter of the law."""

    parameter: str
    kinds: tuple[str, ...]
    unit: str | None = None
    before: Pattern
    after: Pattern | None = None


class StatementRule(Rule):
    """A statement that disagrees with a rule."""

    says: Pattern
    source: RuleSource | None = None
    when: When | None = None
    origin: str | None = None
    mode: str | None = None


class TotalRule(Rule):
    """A total of a table that is not its base and its taxes together."""

    base: Pattern
    taxes: Pattern
    total: Pattern


class FractionRule(Rule):
    """A tax told with a part of a dollar where whole dollars are charged."""

    near: Pattern


class Rules(Frozen):
    """Every rule."""

    figure: tuple[FigureRule, ...]
    rule: tuple[StatementRule, ...]
    total: tuple[TotalRule, ...]
    fraction: tuple[FractionRule, ...]


@cache
def rules() -> Rules:
    """The rules this project ships."""
    raw: dict[str, Any] = tomllib.loads(Path(__file__).with_name("scan_rules.toml").read_text("utf-8"))
    return Rules.model_validate(raw)


class Finding(Frozen):
    """A claim that disagrees with the law on the day of the scan."""

    rule: str
    severity: Severity
    claim: str = Field(description="as it stands in the document")
    start: int = Field(description="offset of the claim in the text of the document")
    end: int
    line: int
    page: int | None
    sentence: str
    current: str | None = Field(None, description="the value in force, written for people; null where it is no figure")
    parameter: str | None
    effective_from: date | None
    effective_to: date | None
    citation: str
    url: str | None
    was_so: str | None = Field(None, description="when the claim was the law, if it ever was as far as is held")
    correction: str


class Scan(Frozen):
    """What a scan of one document found."""

    name: str
    language: Lang
    on: date
    findings: tuple[Finding, ...]
