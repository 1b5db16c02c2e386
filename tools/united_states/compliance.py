"""Bonds, penalty ceilings, liquidation and protest: figures and days that a US importer asks for beside the duty.

Sources: 19 USC 1623 and 19 CFR part 113 (bonds); 19 USC 1592 (penalties, statutory maxima and never predictions); 19 USC 1504
and 1514 (liquidation, protest). The price of a bond is private and is not computed.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.errors import InputError
from tools.inputs import AmountIn, DateIn, Input
from tools.labels import label
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.result import Figure, Line, Message, ParameterUsed, Result, Totals
from tools.text.format import percent
from tools.united_states.fees import read


class BondInput(Input):
    """What a bond is for."""

    kind: Literal["continuous", "single", "temporary"] = Field(
        description="continuous, single transaction or temporary"
    )
    paid_last_year: AmountIn | None = Field(
        None, description="duties, taxes and fees of the previous twelve months, USD"
    )
    entered_value: AmountIn | None = Field(None, description="entered value of the one entry, USD")
    duties: AmountIn | None = Field(None, description="duties, taxes and fees of the one entry, USD")
    agency_or_quota: bool = Field(False, description="goods of another agency, or under quota")


class PenaltyInput(Input):
    """A false statement or omission."""

    culpability: Literal["negligence", "gross_negligence", "fraud"] = Field(description="degree of culpability")
    lost_duty: AmountIn | None = Field(None, description="duty that was or would have been lost, USD; 0 for none")
    domestic_value: AmountIn | None = Field(None, description="domestic value of the goods, USD")
    dutiable_value: AmountIn | None = Field(
        None, description="dutiable value of the goods, USD, where no duty was lost"
    )
    prior_disclosure: bool = Field(False, description="validly disclosed before an investigation was known")


class ClocksInput(Input):
    """An entry whose periods are asked for."""

    entry_date: DateIn | None = Field(None, description="day of entry; not needed where that of liquidation is told")
    liquidation_date: DateIn | None = Field(None, description="day of liquidation, where it is known")
    informal: bool = Field(False, description="informal entry: liquidates on payment")


def bond(given: BondInput, *, as_of: date, store: LawStore | None = None) -> Result:
    """Amount of a customs bond.

    Raises:
        InputError: the amount the kind is computed from is not given.
    """
    book = _Book(store or shipped_law(), as_of)
    if given.kind == "continuous":
        amount, formula = _continuous(book, _needed(given.paid_last_year, "paid_last_year"))
    elif given.kind == "temporary":
        duties, times = _needed(given.duties, "duties"), book.number("us.bond.temporary_multiple")
        amount, formula = duties * times, f"{duties:,} × {times:f} = {duties * times:,}"
    else:
        value = _needed(given.entered_value, "entered_value")
        if given.agency_or_quota:
            times = book.number("us.bond.single_agency_multiple")
            amount, formula = value * times, f"{value:,} × {times:f} = {value * times:,}"
        else:
            duties = _needed(given.duties, "duties")
            book.number("us.bond.continuous_ratio")
            amount, formula = value + duties, f"{value:,} + {duties:,} = {value + duties:,}"
    return book.result(given, "us_bond", amount, formula, Message(code="us_bond_premium"))


def _continuous(book: _Book, paid: Decimal) -> tuple[Decimal, str]:
    share, least = book.number("us.bond.continuous_ratio"), book.number("us.bond.continuous_minimum")
    exact = paid * share
    edge = book.number("us.bond.step_changes")
    step = book.number("us.bond.step" if exact <= edge else "us.bond.large_step")
    steps = exact // step + (1 if exact % step else 0)
    amount = max(least, steps * step)
    return amount, f"{paid:,} × {percent(share)} = {exact:,f} → {amount:,f}"


def penalty(given: PenaltyInput, *, as_of: date, store: LawStore | None = None) -> Result:
    """Highest penalty the statute allows for a false statement or omission.

    Raises:
        InputError: an amount the ceiling is made from is not given.
    """
    book = _Book(store or shipped_law(), as_of)
    lost, domestic = _needed(given.lost_duty, "lost_duty"), given.domestic_value
    note = Message(code="us_penalty_ceiling")
    if given.culpability == "fraud":
        if not given.prior_disclosure:
            book.number("us.penalty.gross_negligence_multiple")
            domestic = _needed(domestic, "domestic_value")
            return book.result(given, "us_penalty", domestic, f"{domestic:,}", note)
        name = "fraud_disclosed_multiple" if lost else "fraud_disclosed_no_loss"
    elif given.prior_disclosure:
        book.number("us.penalty.negligence_multiple")
        return book.result(given, "us_penalty", Decimal(0), "0", Message(code="us_penalty_interest_only"))
    else:
        name = f"{given.culpability}_{'multiple' if lost else 'no_loss'}"
    factor = book.number(f"us.penalty.{name}")
    base = lost or _needed(given.dutiable_value, "dutiable_value")
    ceiling = base * factor
    shown = percent(factor) if name.endswith("no_loss") else f"{factor:f}"
    formula = f"{base:,} × {shown} = {ceiling:,f}"
    if lost and given.culpability != "fraud":
        if domestic is None:
            return book.result(given, "us_penalty", ceiling, formula, Message(code="us_penalty_domestic_unknown"), note)
        if domestic < ceiling:
            return book.result(given, "us_penalty", domestic, f"{formula} → {domestic:,}", note)
    return book.result(given, "us_penalty", ceiling, formula, note)


def clocks(given: ClocksInput, *, as_of: date, store: LawStore | None = None) -> Result:
    """Days by which an entry liquidates, and until which a protest may be filed.

    Raises:
        InputError: neither day is told, or liquidation lies before entry.
    """
    book = _Book(store or shipped_law(), as_of)
    entered, liquidated = given.entry_date, given.liquidation_date
    if entered is None and liquidated is None:
        raise InputError("entry_date", "is missing", "a day such as 2026-01-15, or the day of liquidation")
    if entered is not None and liquidated is not None and liquidated < entered:
        raise InputError("liquidation_date", f"{liquidated} lies before the entry", f"{entered} or later")
    days = int(book.number("us.liquidation.protest_days"))
    found: list[Message] = []
    if liquidated is None and given.informal:
        found.append(Message(code="us_clock_informal"))
    elif liquidated is None and entered is not None:
        usual = entered + timedelta(days=int(book.number("us.liquidation.usual_days")))
        limit = _years_on(entered, int(book.number("us.liquidation.limit_years")))
        extended = _years_on(entered, int(book.number("us.liquidation.extended_years")))
        found += [
            Message(code="us_clock_usual", figures={"day": _day(usual, "us.liquidation.usual_days")}),
            Message(
                code="us_clock_limit",
                figures={
                    "limit": _day(limit, "us.liquidation.limit_years"),
                    "extended": _day(extended, "us.liquidation.extended_years"),
                },
            ),
        ]
    elif liquidated is not None:
        last = liquidated + timedelta(days=days)
        found.append(Message(code="us_clock_protest", figures={"day": _day(last, "us.liquidation.protest_days")}))
    protest = {"days": Figure(value=Decimal(days), unit="days", of="us.liquidation.protest_days")}
    found.append(Message(code="us_clock_protest_period", figures=protest))
    return book.made(given, (), tuple(found))


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _day(value: date, of: str) -> Figure:
    return Figure(value=value, unit="date", of=of)


def _needed(amount: Decimal | None, name: str) -> Decimal:
    if amount is None:
        raise InputError(name, "is missing", "an amount in USD; 0 for none")
    return amount


class _Book:
    """The law one calculation reads."""

    def __init__(self, store: LawStore, day: date) -> None:
        self.store, self.day = store, day
        self.used: list[ParameterUsed] = []

    def number(self, name: str) -> Decimal:
        value, used = read(self.store, name, self.day)
        self.used.append(used)
        return value.number

    def result(self, given: Input, key: str, amount: Decimal, formula: str, *notes: Message) -> Result:
        source = self.used[0].source.citation
        line = Line(
            key=key, label=label(key), applies="yes", amount=amount, currency="USD", formula=formula, legal_basis=source.en,
            citation=source, parameters=tuple(self.used),
        )  # fmt: skip
        return self.made(given, (line,), notes)

    def made(self, given: Input, lines: tuple[Line, ...], notes: tuple[Message, ...]) -> Result:
        recorded = given.model_dump(mode="json", exclude_none=True)
        return Result(
            id="", jurisdiction="us", as_of=self.day, input=recorded, complete=True, lines=lines, totals=Totals(),
            assumptions=notes,
        ).sealed()  # fmt: skip
