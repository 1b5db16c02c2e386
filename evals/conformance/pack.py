"""The cases, in names that belong to no calculator, and what a calculator says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from tools.errors import DataError, InputError

CASES = Path(__file__).with_name("cases")
Kind = Literal[
    "quote.taiwan", "quote.united_states", "rate", "de_minimis.united_states", "check_digit.taiwan_code", "check_digit.entry_number",
]  # fmt: skip
Verdict = Literal["right", "wrong", "refused", "unsupported"]


class Strict(BaseModel):
    """A document whose unknown names are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Case(Strict):
    """One case: what is asked of a calculator, and what follows from the law.

    Attributes:
        date: the day whose law counts.
        given: the facts, by the names of README.md.
        expected: figures by name, exact decimals in text; or yes, no, none, a date.
        arithmetic: how the figures follow.
        basis: the law they rest on.
        source: where the case was taken from.
    """

    id: str
    date: date
    given: dict[str, Any]
    expected: dict[str, str]
    arithmetic: str
    basis: str
    source: str


class Pack(Strict):
    """The cases of one file, all of one kind; `closing` are formulas that hold for all of them."""

    kind: Kind
    closing: str = ""
    cases: tuple[Case, ...]


class Reply(Strict):
    """What a calculator says of a case: its figures, or why it gives none."""

    id: str
    figures: dict[str, str] | None = None
    refused: str | None = None
    unsupported: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what came of it."""

    kind: Kind
    case: Case
    verdict: Verdict
    reason: str


def packs(root: Path = CASES) -> tuple[Pack, ...]:
    """Every file of cases.

    Raises:
        DataError: a file that cannot be read, or an id that stands twice.
    """
    read, seen = [], set()
    for file in sorted(root.glob("*.yaml")):
        try:
            pack = Pack.model_validate(yaml.safe_load(file.read_text("utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise DataError(file.name, str(error).splitlines()[0]) from error
        for case in pack.cases:
            if case.id in seen:
                raise DataError(file.name, f"{case.id} stands twice")
            seen.add(case.id)
        read.append(pack)
    return tuple(read)


def chosen(kinds: Iterable[str]) -> tuple[Pack, ...]:
    """The packs of some kinds, or all.

    Raises:
        InputError: no such kind.
    """
    held = packs()
    known = {pack.kind for pack in held}
    wanted = set(kinds)
    if unknown := sorted(wanted - known):
        raise InputError("kind", f"{unknown[0]!r} is no kind of case", ", ".join(sorted(known)))
    return tuple(pack for pack in held if not wanted or pack.kind in wanted)


def asked(pack: Pack, case: Case) -> dict[str, Any]:
    """A case as it goes to a calculator: without what is expected."""
    return {"id": case.id, "kind": pack.kind, "date": case.date.isoformat(), "given": case.given}


def judge(kind: Kind, case: Case, reply: Reply | None) -> Judged:
    """Whether a reply holds every expected figure, compared as exact decimals; further figures are no fault."""
    if reply is None:
        return Judged(kind, case, "wrong", "no reply")
    if reply.unsupported is not None:
        return Judged(kind, case, "unsupported", reply.unsupported)
    if reply.figures is None:
        return Judged(kind, case, "refused", reply.refused or "no figures")
    wrong = [
        f"{name}: {reply.figures.get(name, 'none given')}, not {value}"
        for name, value in case.expected.items()
        if not _same(value, reply.figures.get(name), absent_is_zero=_is_line(name))
    ]
    return Judged(kind, case, "wrong" if wrong else "right", "; ".join(wrong))


def _is_line(name: str) -> bool:
    """Whether a figure is one line of a bill, which is left out where it is nothing."""
    return name not in ("total", "customs_value", "entered_value", "amount", "threshold")


def _same(expected: str, got: str | None, *, absent_is_zero: bool) -> bool:
    if got is None:
        return absent_is_zero and _number(expected) == 0
    numbers = _number(expected), _number(got)
    return numbers[0] == numbers[1] if None not in numbers else expected == got


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def tally(judged: Iterable[Judged]) -> Mapping[str, dict[Verdict, int]]:
    """How often each verdict fell, by kind."""
    counts: dict[str, dict[Verdict, int]] = {}
    for row in judged:
        by = counts.setdefault(row.kind, {"right": 0, "wrong": 0, "refused": 0, "unsupported": 0})
        by[row.verdict] += 1
    return counts
