"""What `rate parse` answers: a text read, printed back and, where the facts allow, computed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.errors import InputError, MissingFact, OutOfScope
from tools.exact import as_decimal
from tools.inputs import AmountIn, DateIn, Input
from tools.tariff.notation.evaluate import Component, component
from tools.tariff.notation.rate import Cell, Group, Rate, RateRefused, parse_cell, parse_rate
from tools.tariff.notation.tree import Term
from tools.tariff.notation.vocabulary import Jurisdiction


class RateInput(Input):
    """A text of a schedule and what it is applied to."""

    id: str | int | None = Field(None, description="comes back with the reading")
    text: str = Field(description="the rate as the schedule prints it, whole")
    jurisdiction: Jurisdiction | None = Field(
        None, description="us or tw; told from the money where it is not given, else us"
    )
    value: AmountIn | None = Field(None, description="in dollars for us, in New Taiwan dollars for tw")
    quantities: dict[str, AmountIn] | None = Field(None, description="by unit as the rate names it, such as kg")
    on: DateIn | None = Field(None, description="the day, for rates of a season")
    program: str | None = Field(None, description="programme or origin code, for texts with several rates")
    base: str | None = Field(None, description="the rate referred to, for texts that build on another line")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadComponent(_Frozen):
    """A term of the rate; `amount` is null where it cannot be computed yet."""

    kind: str
    rate: str
    unit: str | None
    amount: str | None


class ReadGroup(_Frozen):
    """One rate of the text and the codes it is for."""

    codes: tuple[str, ...] = ()
    readable: bool
    text: str = Field(description="as printed back in the schedule's notation; verbatim where it is refused")
    text_zh: str | None = None
    needs: tuple[str, ...] = ()
    amount: str | None = Field(default=None, description="unrounded, in `currency`")
    components: tuple[ReadComponent, ...] = ()
    conditions: tuple[str, ...] = ()
    reason: str | None = Field(default=None, description="why it is refused, or what is missing")
    refused: str | None = Field(default=None, description="the kind of refusal in one word")


class RateReading(ReadGroup):
    """The reading of a text."""

    id: str | int | None = None
    source: str = Field(description="the text as given")
    jurisdiction: Jurisdiction
    currency: Literal["USD", "TWD"]
    groups: tuple[ReadGroup, ...] = ()


def read_rate(given: RateInput) -> RateReading:
    """A text read whole or refused, and its amount where nothing is missing.

    Raises:
        InputError: a value or quantity that cannot be, or a base that is no rate.

    >>> read_rate(RateInput(text="$1.05/kg + 2.3%", value="1000", quantities={"kg": "12"})).amount
    '35.6'
    """
    jurisdiction = given.jurisdiction or _told_by_money(given.text)
    head = {"id": given.id, "source": given.text, "jurisdiction": jurisdiction,
            "currency": "USD" if jurisdiction == "us" else "TWD"}  # fmt: skip
    try:
        cell = parse_cell(given.text, jurisdiction)
        groups = _chosen(cell, given)
        if len(groups) > 1:
            return _several(groups, given, head)
        rate = _base(given, jurisdiction) if given.base else _only(groups, given.text)
    except RateRefused as error:
        return RateReading.model_validate(head | _refusal(error, given.text).model_dump())
    return RateReading.model_validate(head | _read(rate, given).model_dump())


def _told_by_money(text: str) -> Jurisdiction:
    try:
        parse_cell(text, "us")
    except RateRefused as error:
        return "tw" if error.code == "other_currency" else "us"
    return "us"


def _chosen(cell: Cell, given: RateInput) -> tuple[Group, ...]:
    """The groups of a cell that are asked for."""
    if not cell.groups:
        raise RateRefused(given.text, "empty")
    if given.program is None or not any(g.codes for g in cell.groups):
        return cell.groups
    found = cell.for_code(given.program.strip())
    if found is None:
        held = ", ".join(code for g in cell.groups for code in g.codes)
        raise InputError("program", f"{given.program!r} has no rate in this cell", held)
    return (found,)


def _only(groups: tuple[Group, ...], text: str) -> Rate:
    group = groups[0]
    if group.rate is None:
        raise RateRefused(text, group.refused.code if group.refused else "unreadable")
    return group.rate


def _base(given: RateInput, jurisdiction: Jurisdiction) -> Rate:
    try:
        base = parse_rate(given.base or "", jurisdiction)
    except RateRefused as error:
        raise InputError("base", str(error), "a rate that is computed by itself, such as 5%") from error
    return parse_rate(given.text, jurisdiction, base=base)


def _several(groups: tuple[Group, ...], given: RateInput, head: Mapping[str, object]) -> RateReading:
    """A cell with several rates: each is read, none is chosen."""
    read = tuple(
        (_read(g.rate, given) if g.rate else _refusal(g.refused, g.text)).model_copy(update={"codes": g.codes})
        for g in groups
    )
    return RateReading.model_validate(
        dict(head)
        | {
            "readable": any(g.readable for g in read),
            "text": " ".join(_with_codes(g) for g in read),
            "text_zh": " ".join(g.text_zh or _with_codes(g) for g in read),
            "needs": tuple(dict.fromkeys(need for g in read for need in g.needs)),
            "conditions": tuple(dict.fromkeys(c for g in read for c in g.conditions)),
            "reason": str(RateRefused(given.text, "several_groups")),
            "refused": "several_groups",
            "groups": [g.model_dump() for g in read],
        }
    )


def _with_codes(group: ReadGroup) -> str:
    return group.text if group.readable else f"{group.text} ({', '.join(group.codes)})"


def _refusal(error: RateRefused | None, text: str) -> ReadGroup:
    return ReadGroup(readable=False, text=text, reason=str(error), refused=error.code if error else "unreadable")


def _read(rate: Rate, given: RateInput) -> ReadGroup:
    read = ReadGroup(
        codes=rate.codes,
        readable=True,
        text=rate.render("en"),
        text_zh=rate.render("zh-TW"),
        needs=rate.needs,
        conditions=tuple(f"{c.kind}: {c.en}" for c in rate.conditions),
    )
    try:
        found = rate.evaluate(given.value, given.quantities or {}, given.on)
    except (MissingFact, OutOfScope) as error:
        parts = tuple(_part(term, rate, given) for term in rate.terms)
        return read.model_copy(update={"components": parts, "reason": str(error)})
    components = tuple(_component(c) for c in found.components)
    return read.model_copy(update={"amount": _money(found.amount), "components": components})


def _part(term: Term, rate: Rate, given: RateInput) -> ReadComponent:
    """A term of a rate that cannot be computed as a whole: with its amount where that one is known."""
    alone = Rate(given.text, rate.jurisdiction, term)
    try:
        return _component(alone.evaluate(given.value, given.quantities or {}, given.on).components[0])
    except MissingFact:
        unknown = component(term, rate.jurisdiction, Fraction(0))
        return _component(unknown).model_copy(update={"amount": None})


def _component(found: Component) -> ReadComponent:
    return ReadComponent(kind=found.kind, rate=found.rate, unit=found.unit, amount=_money(found.amount))


def _money(amount: Fraction) -> str:
    exact: Decimal = as_decimal(amount)
    return f"{exact:f}"
