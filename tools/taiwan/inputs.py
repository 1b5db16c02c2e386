"""What a Taiwan quote is computed from. Amounts are line totals in the currency named; absent means not known."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tools.inputs import AmountIn, CountIn, CountryIn, DateIn, Input, RateIn
from tools.text.quantities import CURRENCIES


class TaiwanGoods(Input):
    """One kind of goods of a declaration."""

    description: str | None = Field(None, max_length=500, description="what the goods are")
    ccc_code: str | None = Field(None, description="11-digit CCC code; gives the schedule's rate")
    candidate_codes: tuple[str, ...] = Field(
        (), max_length=8, description="CCC codes between which it is open; each is computed"
    )
    rate: RateIn | None = Field(None, description="duty rate that overrides the schedule's")
    country_of_origin: CountryIn | None = Field(None, description="ISO 3166 code of the country of origin")
    price: AmountIn = Field(description="price of the line, in `currency`")
    quantity: AmountIn | None = Field(None, description="number of `unit`; 1 when not said")
    unit: str | None = Field(None, max_length=20, description="unit of the quantity; piece when not said")


class TaiwanQuoteInput(Input):
    """A consignment into Taiwan and the day it is imported."""

    id: str | None = Field(None, max_length=100, description="echoed in the result")
    as_of: DateIn | None = Field(None, description="import date, the day the law is read at")
    route: Literal["express"] = Field(description="how it comes in")
    importer: Literal["person", "company"] = "person"
    exempt_imports_this_half_year: CountIn | None = Field(
        None, description="low-value exemptions used before this one in the half-year, by this route"
    )
    currency: str = Field("TWD", description="ISO 4217 code of price, freight and insurance")
    exchange_rate: AmountIn | None = Field(None, description="TWD per unit of `currency`")
    freight: AmountIn | None = Field(None, description="freight to the port of import; 0 for none")
    insurance: AmountIn | None = Field(None, description="insurance; 0 for none")
    decline_low_value_exemption: bool = False
    goods: tuple[TaiwanGoods, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _known_currency(self) -> TaiwanQuoteInput:
        if self.currency not in CURRENCIES:
            raise PydanticCustomError(
                "input",
                "{problem}",
                {"problem": f"currency {self.currency!r} is not known", "accepted": ", ".join(CURRENCIES)},
            )
        if self.exchange_rate is not None and self.exchange_rate <= 0:
            raise PydanticCustomError(
                "input", "{problem}", {"problem": "exchange_rate 0 cannot be", "accepted": "more than 0"}
            )
        return self

    def on(self, as_of: date) -> TaiwanQuoteInput:
        """The same input, with the day filled in where it was not given."""
        return self if self.as_of else self.model_copy(update={"as_of": as_of})
