"""Lists of tariff codes that acts name: which codes are in, which are out, and which nobody here can tell.

One TOML file a list under `law/<jurisdiction>/lists/`. A list is *whole* when it holds every code of the act: a code
that is not named is then out. Of a list that is not whole nothing is known about the codes it does not name, except
that they are out where the list can only reach other chapters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from tools.errors import DataError
from tools.law.models import Certainty, Frozen, Localized
from tools.law.store import ROOT


class Membership(Enum):
    """Whether a code is on a list. Not held is never read as out."""

    IN = "in"
    OUT = "out"
    NOT_HELD = "not held"


_LEGAL, _STATISTICAL = 8, 10  # digits that fix a rate, and digits of a statistical line
_WHOLE_LINE = "00"  # suffix of an eight-digit line that has no statistical split


def plain_code(code: str) -> str:
    """A ten-digit code without the suffix that says the line is not split.

    >>> plain_code("8306290000"), plain_code("7326908688"), plain_code("61091000")
    ('83062900', '7326908688', '61091000')
    """
    return code[:_LEGAL] if len(code) == _STATISTICAL and code.endswith(_WHOLE_LINE) else code


def _codes(text: Any) -> Any:
    return frozenset(map(plain_code, text.split())) if isinstance(text, str) else text


class Dated(Frozen):
    """Codes that are on a list for some of the days only."""

    effective_from: date | None = Field(None, alias="from")
    effective_to: date | None = Field(None, alias="to")
    codes: frozenset[str]

    _read = field_validator("codes", mode="before")(_codes)

    def holds(self, day: date) -> bool:
        late = self.effective_to is not None and day > self.effective_to
        return not late and (self.effective_from is None or self.effective_from <= day)


class CodeList(Frozen):
    """One list of an act, with its source."""

    title: Localized
    publisher: Localized
    citation: Localized
    certainty: Certainty
    frontier: date
    reviewed: date
    note: Localized | None = None
    whole: bool = True
    chapters: tuple[str, ...] = Field((), description="chapters that a list which is not whole can reach")
    codes: frozenset[str] = frozenset()
    dated: tuple[Dated, ...] = ()

    _read = field_validator("codes", mode="before")(_codes)

    def member(self, code: str, day: date) -> Membership:
        """Whether a code, plain, is on the list on a day."""
        parts = [self.codes, *(d.codes for d in self.dated if d.holds(day))]
        if any(code[:n] in part for part in parts for n in _LENGTHS):
            return Membership.IN
        if len(code) < _STATISTICAL and any(code in _beginnings(part) for part in parts):
            return Membership.NOT_HELD
        if self.whole or (self.chapters and code[:2] not in self.chapters):
            return Membership.OUT
        return Membership.NOT_HELD


_LENGTHS = (2, 4, 6, 8, 10)


@cache
def _beginnings(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(code[:n] for code in codes for n in _LENGTHS if n < len(code))


@cache
def code_list(jurisdiction: str, name: str, root: Path = ROOT) -> CodeList:
    """A list of the law held.

    Raises:
        DataError: the file is missing or wrong.
    """
    file = root / jurisdiction / "lists" / f"{name}.toml"
    try:
        return CodeList.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(f"{jurisdiction}/lists/{name}.toml", str(error).splitlines()[0]) from error


def on_any(names: Iterable[str], code: str, day: date, root: Path = ROOT) -> Membership:
    """Whether a code is on any of several lists: in, out of all, or not to be told."""
    found = {code_list("us", name, root).member(code, day) for name in names}
    for verdict in (Membership.IN, Membership.NOT_HELD):
        if verdict in found:
            return verdict
    return Membership.OUT
