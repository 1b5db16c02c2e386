"""What a Taiwan quote is computed from. Amounts are line totals in the currency named; absent means not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tools.errors import InputError
from tools.inputs import AmountIn, CountIn, CountryIn, DateIn, Input, RateIn, border, refusal
from tools.tariff.codes import CccCode
from tools.text.quantities import CURRENCIES, parse_amount
from tools.text.values import said


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError("ccc_code", f"{said(value)} is not a CCC code", "text of 11 digits such as 9102.11.00.00-6")
    CccCode.parse(value)
    return value


def _currency(value: Any) -> str:
    if value not in CURRENCIES:
        raise InputError("currency", f"{said(value)} is not known", ", ".join(CURRENCIES))
    return str(value)


#: CCC code with a true check digit, as it was written
CodeIn = Annotated[str, border(_code)]
#: ISO 4217 code of a currency that is read
CurrencyIn = Annotated[str, border(_currency)]


class TaiwanGoods(Input):
    """One kind of goods of a declaration."""

    description: str | None = Field(None, max_length=500, description="what the goods are")
    ccc_code: CodeIn | None = Field(None, description="11-digit CCC code; gives the schedule's rate")
    candidate_codes: tuple[CodeIn, ...] = Field(
        (), max_length=8, description="CCC codes between which it is open; each is computed"
    )
    rate: RateIn | None = Field(None, description="duty rate that overrides the schedule's")
    country_of_origin: CountryIn | None = Field(None, description="ISO 3166 code of the country of origin")
    price: AmountIn = Field(description="price of the line, in `currency`; may be left out where unit_price is given")
    unit_price: AmountIn | None = Field(
        None, description="price of one `unit`; the line's price is this times quantity"
    )
    quantity: AmountIn | None = Field(None, description="number of `unit`; 1 when not said")
    unit: str | None = Field(None, max_length=20, description="unit of the quantity; piece when not said")

    @model_validator(mode="before")
    @classmethod
    def _price_of_all(cls, raw: Any) -> Any:
        """The line's price from the price of one, where only that is given."""
        if not isinstance(raw, Mapping) or raw.get("price") is not None or raw.get("unit_price") is None:
            return raw
        try:
            price = parse_amount(raw["unit_price"], "unit_price") * parse_amount(raw.get("quantity") or 1, "quantity")
        except InputError:
            return {**raw, "price": 0}  # the field itself is refused by name, just after this
        return {**raw, "price": price}


class TaiwanQuoteInput(Input):
    """A consignment into Taiwan and the day it is imported."""

    id: str | None = Field(None, max_length=100, description="echoed in the result")
    as_of: DateIn | None = Field(None, description="import date, the day the law is read at")
    route: Literal["express"] = Field(description="how it comes in")
    importer: Literal["person", "company"] = "person"
    exempt_imports_this_half_year: CountIn | None = Field(
        None, description="low-value exemptions used before this one in the half-year, by this route"
    )
    currency: CurrencyIn = Field("TWD", description="ISO 4217 code of price, freight and insurance")
    exchange_rate: AmountIn | None = Field(None, description="TWD per unit of `currency`")
    freight: AmountIn | None = Field(None, description="freight to the port of import; 0 for none")
    insurance: AmountIn | None = Field(None, description="insurance; 0 for none")
    decline_low_value_exemption: bool = False
    goods: tuple[TaiwanGoods, ...] = Field(min_length=1, max_length=200)

    @field_validator("exchange_rate")
    @classmethod
    def _can_be(cls, rate: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if rate is None:
            return None
        if rate <= 0:
            raise refusal(f"{rate} cannot be", "more than 0")
        if info.data.get("currency") == "TWD" and rate != 1:
            raise refusal(f"{rate} for money in TWD", "the currency it is the rate of, or no exchange rate")
        return rate

    @property
    def twd_per_unit(self) -> Fraction:
        """Rate by which the money of the input becomes TWD; 1 for TWD itself."""
        return Fraction(self.exchange_rate) if self.exchange_rate is not None else Fraction(1)

    def on(self, as_of: date) -> TaiwanQuoteInput:
        """The same input, with the day filled in where it was not given."""
        return self if self.as_of else self.model_copy(update={"as_of": as_of})
