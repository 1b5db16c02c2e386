"""Lines of a bill told apart: government money by kind, the carrier's own charges, and what is not recognised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from tools.errors import DataError, InputError
from tools.law.models import Frozen, Localized
from tools.paperwork.bill_models import BillLine, Read
from tools.result import Line, Result
from tools.text.normalise import normalise
from tools.text.values import said

LUMP = "duties_and_taxes"
#: keys of a quote that are no duty
_OWN = frozenset(
    {"mpf", "hmf", "business_tax", "commodity_tax", "alcohol_tax", "tobacco_tax", "health_surcharge", "luxury_tax",
     "trade_promotion_fee"}
)  # fmt: skip


class Kind(Frozen):
    """A kind of line: whose money it is, what it is called, the words it is told by."""

    id: str
    government: bool
    name: Localized
    words: tuple[str, ...]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by id, in the order they are looked for."""
    file = Path(__file__).with_name("carrier_lines.toml")
    try:
        rows = [Kind.model_validate(row) for row in tomllib.loads(file.read_text("utf-8"))["kind"]]
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error
    return {row.id: row for row in rows}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((k.id, re.compile("|".join(k.words), re.IGNORECASE)) for k in kinds().values())


def kind_of(label: str) -> str | None:
    """The kind a label says; None where it says none.

    >>> kind_of("Duty Tax Processing"), kind_of("Merchandise Processing Fee"), kind_of("營業稅")
    ('disbursement', 'mpf', 'business_tax')
    """
    text = normalise(label).text
    return next((name for name, pattern in _patterns() if pattern.search(text)), None)


def read_lines(lines: Sequence[BillLine]) -> tuple[Read, ...]:
    """Lines with their kinds.

    Raises:
        InputError: a kind given that is none.
    """
    found = []
    for number, line in enumerate(lines, start=1):
        if line.kind is not None and line.kind not in kinds():
            raise InputError(f"lines.{number - 1}.kind", f"{said(line.kind)} is not known", ", ".join(kinds()))
        kind = kinds().get(line.kind or kind_of(line.label) or "")
        found.append(
            Read(
                label=line.label, amount=line.amount, kind=kind.id if kind else None,
                government=kind.government if kind else None, name=kind.name if kind else None,
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Vector:
    """Government money by kind; kinds that are nothing are left out."""

    amounts: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.amounts.values(), Decimal(0))

    def plus(self, kind: str, amount: Decimal) -> Vector:
        return vector({**self.amounts, kind: self.amounts.get(kind, Decimal(0)) + amount})

    def put(self, kind: str, amount: Decimal) -> Vector:
        return vector({**self.amounts, kind: amount})


def vector(amounts: Mapping[str, Decimal]) -> Vector:
    """Amounts by kind, those of nothing left out."""
    return Vector({kind: amount for kind, amount in amounts.items() if amount})


def billed_vector(lines: Sequence[Read]) -> Vector:
    """Government money of a bill."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.government and line.kind:
            found[line.kind] = found.get(line.kind, Decimal(0)) + line.amount
    return vector(found)


def computed_vector(result: Result) -> Vector | None:
    """Government money of a calculation; None where it is open."""
    return _of_lines(result.lines) if result.complete else None


def open_vectors(result: Result) -> list[Vector]:
    """Government money in each case of an open calculation that shows its lines."""
    return [_of_lines(case.lines) for case in result.alternatives if case.lines]


def _of_lines(lines: Sequence[Line]) -> Vector:
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.applies == "yes":
            kind = line.key if line.key in _OWN else "duty"
            found[kind] = found.get(kind, Decimal(0)) + line.amount
    return vector(found)


def fits(billed: Vector, computed: Vector) -> bool:
    """Whether a bill says exactly these amounts; a line for everything together stands for whatever is not billed apart."""
    apart = {kind: amount for kind, amount in billed.amounts.items() if kind != LUMP}
    if LUMP not in billed.amounts:
        return apart == dict(computed.amounts)
    rest = {kind: amount for kind, amount in computed.amounts.items() if kind not in apart}
    same = all(computed.amounts.get(kind, Decimal(0)) == amount for kind, amount in apart.items())
    return same and billed.amounts[LUMP] == sum(rest.values(), Decimal(0))
