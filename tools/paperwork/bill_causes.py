"""Explanations of a bill: each is a calculation under one mistake, kept where it reproduces the bill to the last cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tools.errors import CustomsError
from tools.law.models import Localized
from tools.law.store import LawStore
from tools.paperwork.bill_lines import Vector, billed_vector, computed_vector, fits, open_vectors
from tools.paperwork.bill_models import BillInput, Cause, Read
from tools.result import Figure, Message, Result


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One mistake and what it would have come to.

    Args:
        code: of the cause; its message is `bill_CODE`.
        vector: government money under the mistake.
        result: the calculation that gave it, where there is one.
    """

    code: str
    vector: Vector
    result: Result | None = None
    words: dict[str, Localized] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def cause(self) -> Cause:
        message = Message(code=f"bill_{self.code}", words=self.words, figures=self.figures)
        return Cause(code=self.code, message=message, result=self.result)


@dataclass(frozen=True, slots=True)
class Case:
    """A bill with its right calculation, which hypotheses start from."""

    given: BillInput
    result: Result
    right: Vector
    lines: tuple[Read, ...]
    on: date
    store: LawStore

    @property
    def private(self) -> list[Decimal]:
        """The carrier's own charges."""
        return [line.amount for line in self.lines if line.government is False]


Run = Callable[[], Result]


def tried(code: str, run: Run, words: dict[str, Localized] | None = None) -> Iterator[Hypothesis]:
    """The hypothesis of a calculation, where it can be made and is complete."""
    try:
        result = run()
    except CustomsError:  # a counterfactual that cannot be computed explains nothing
        return
    amounts = computed_vector(result)
    for one in [amounts] if amounts is not None else open_vectors(result):
        yield Hypothesis(code, one, result, words or {})


def matching(billed: Vector, hypotheses: Iterable[Hypothesis], same: Callable[[Vector], list[Vector]]) -> list[Cause]:
    """Causes that reproduce the bill, each code once.

    Args:
        same: vectors that are as good as a given one, such as the other flat fees of an informal entry.
    """
    found: dict[str, Cause] = {}
    for one in hypotheses:
        if one.code not in found and any(fits(billed, v) for v in (one.vector, *same(one.vector))):
            found[one.code] = one.cause()
    return list(found.values())


def duplicates(case: Case, same: Callable[[Vector], list[Vector]]) -> Iterator[Cause]:
    """A government line that stands twice, without whose second appearance the bill is right."""
    for at, line in enumerate(case.lines):
        twin = next((x for x in case.lines[:at] if (x.label, x.amount) == (line.label, line.amount)), None)
        if twin is None or not line.government or not line.amount:
            continue
        rest = billed_vector([*case.lines[:at], *case.lines[at + 1 :]])
        if any(fits(rest, v) for v in (case.right, *same(case.right))):
            words = {"label": Localized.model_validate(line.label)}
            yield Cause(code="duplicate_line", message=Message(code="bill_duplicate_line", words=words))
            return


def text(value: object) -> Localized:
    """A word that is the same in both languages."""
    return Localized.model_validate(str(value))


def money(value: Decimal, unit: str, of: str) -> Figure:
    """An amount for a message."""
    return Figure(value=value, unit=unit, of=of)
