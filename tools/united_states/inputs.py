"""What a United States quote is computed from. Line values are totals in the currency named; absent means not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, field_validator, model_validator

from tools.errors import InputError
from tools.inputs import AmountIn, CountryIn, DateIn, Input, border, refusal
from tools.tariff.codes import compact
from tools.text.currencies import CURRENCIES, iso_codes
from tools.text.values import parse_amount, said

Mode = Literal["ocean", "air", "land", "express", "post"]
_HTS_DIGITS = (8, 10)
SUBHEADING_DIGITS = 6
MOST_CANDIDATES = 12
_HEADING_DIGITS = 8
#: declared facts that are amounts, in the currency of the entry: value of the metal content of a line
CONTENT_FACTS = ("steel_value", "aluminum_value", "copper_value")


def _code(value: Any) -> str:
    digits = compact(value) if isinstance(value, str) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) in _HTS_DIGITS):
        raise InputError("hts_code", f"{said(value)} is not an HTS number", "text of 8 or 10 digits such as 6109.10.00")
    return digits


def _candidate(value: Any) -> str:
    """An HTS number, or a subheading, which stands for the lines below it."""
    digits = compact(value) if isinstance(value, str) else ""
    return digits if len(digits) == SUBHEADING_DIGITS and digits.isascii() and digits.isdigit() else _code(value)


def _heading(value: Any) -> str:
    digits = compact(value) if isinstance(value, str) else ""
    if not (digits.isdigit() and len(digits) == _HEADING_DIGITS and digits.startswith(("98", "99"))):
        raise InputError("chapter_99", f"{said(value)} is not a Chapter 98 or 99 heading", "text such as 9903.05.85")
    return f"{digits[:4]}.{digits[4:6]}.{digits[6:]}"


def _positive(value: Any) -> Decimal:
    negative = (
        isinstance(value, str | int | Decimal) and not isinstance(value, bool) and str(value).strip().startswith("-")
    )
    if negative or (amount := parse_amount(value, "value")) <= 0:
        raise InputError("value", f"{said(value)} cannot be", "more than 0")
    return amount


def _currency(value: Any) -> str:
    if not isinstance(value, str) or value not in iso_codes():
        raise InputError("currency", f"{said(value)} is not known", f"an ISO 4217 code: {', '.join(CURRENCIES)} …")
    return value


def _as_text(value: Decimal) -> str:
    return format(value, "f")


HtsIn = Annotated[str, border(_code)]
CandidateIn = Annotated[str, border(_candidate)]
HeadingIn = Annotated[str, border(_heading)]
PositiveIn = Annotated[Decimal, border(_positive), PlainSerializer(_as_text)]


class UsLine(Input):
    """One line of an entry."""

    hts_code: HtsIn | None = Field(None, description="HTS number of 8 or 10 digits")
    candidate_codes: tuple[CandidateIn, ...] = Field(
        (),
        max_length=MOST_CANDIDATES,
        description="HTS numbers the goods may stand under, where the code is not settled, or a subheading of 6; no `hts_code` then",
    )
    general_rate: str | None = Field(None, max_length=300, description="column 1 general rate, overriding the schedule")
    country_of_origin: CountryIn = Field(description="ISO 3166 code of the country of origin")
    country_of_export: CountryIn | None = Field(None, description="ISO 3166 code of the country of export")
    value: PositiveIn = Field(description="line total, in `currency`")
    quantities: dict[str, AmountIn] = Field(default_factory=dict, description='by unit: {"kg": …, "doz.": …}')
    program: str | None = Field(None, max_length=20, description="preference claimed, such as USMCA or KORUS")
    chapter_99: tuple[HeadingIn, ...] = Field((), description="Chapter 98 and 99 headings the filer declares")
    facts: dict[str, bool | str | int | Decimal] = Field(default_factory=dict, description="declared facts")
    description: str | None = Field(None, max_length=500, description="what the goods are")

    @model_validator(mode="after")
    def _has_rate(self) -> UsLine:
        if self.general_rate is not None and not self.general_rate.strip():
            raise refusal("general_rate is empty", "a rate such as 16.5%, Free or 14¢/gross + 4.3%")
        if self.hts_code is not None and self.candidate_codes:
            raise refusal("candidate_codes is given beside hts_code", "one of the two")
        return self

    def under(self, code: str) -> UsLine:
        """The same line under one code."""
        return self.model_copy(update={"hts_code": code, "candidate_codes": ()})


class UsQuoteInput(Input):
    """A shipment entered into the United States, and the day of its entry."""

    id: str | None = Field(None, max_length=100, description="echoed in the result")
    entry_date: DateIn | None = Field(None, description="day of entry for consumption, the day the law is read at")
    mode: Mode = Field(description="how it comes in")
    entry_type: str | None = Field(None, pattern=r"^\d\d$", description="entry type code, else derived")
    currency: Annotated[str, border(_currency)] = Field("USD", description="ISO 4217 code of every amount")
    exchange_rate: PositiveIn | None = Field(None, description="USD per unit of `currency`, of the export date")
    export_date: DateIn | None = Field(None, description="day of exportation, whose exchange rate counts")
    loading_date: DateIn | None = Field(None, description="day of loading on the final mode of transit")
    freight: AmountIn | None = Field(None, description="international freight; absent: not known")
    insurance: AmountIn | None = Field(None, description="international insurance; absent: not known")
    value_basis: Literal["fob", "cif", "ddp"] = Field("fob", description="what the line values hold")
    duty_separately_identified: bool = Field(True, description="ddp: the duty is named apart from the price")
    importer_of_record: Literal["us", "foreign"] = "us"
    gift: bool = Field(False, description="a bona fide gift between persons")
    express_facility: bool | None = Field(None, description="released at an express facility; true for express")
    ems: bool = Field(False, description="inbound express mail")
    mpf_filing: Literal["automated", "manual", "cbp"] = "automated"
    claim_exemption: bool = Field(True, description="claim the low-value exemption where it was open")
    postal_method: Literal["ad_valorem", "specific"] | None = Field(None, description="where the carrier chose")
    lines: tuple[UsLine, ...] = Field(min_length=1, max_length=999)

    @field_validator("lines")
    @classmethod
    def _known_facts(cls, lines: tuple[UsLine, ...]) -> tuple[UsLine, ...]:
        from tools.united_states.facts import check_facts

        for number, line in enumerate(lines, start=1):
            check_facts(line.facts, number)
        return lines

    @model_validator(mode="after")
    def _charges(self) -> UsQuoteInput:
        if self.value_basis != "fob":
            for name in ("freight", "insurance"):
                if getattr(self, name) is None:
                    raise refusal(f"{name} is missing for a {self.value_basis} value", f'{name}, "0" for none')
        if self.currency == "USD" and self.exchange_rate not in (None, 1):
            raise refusal("exchange_rate is given for money in USD", "the currency it is the rate of, or no rate")
        return self

    @property
    def usd_per_unit(self) -> Fraction:
        """Rate by which the money of the input becomes USD; 1 for USD itself."""
        return Fraction(self.exchange_rate) if self.exchange_rate is not None else Fraction(1)

    @property
    def at_express_facility(self) -> bool:
        return self.mode == "express" if self.express_facility is None else self.express_facility

    def on(self, as_of: date) -> UsQuoteInput:
        """The same input, with the day filled in where it was not given."""
        return self if self.entry_date else self.model_copy(update={"entry_date": as_of})
