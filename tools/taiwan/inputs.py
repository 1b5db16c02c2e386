"""What a Taiwan quote is computed from. Amounts are line totals in the currency named; absent means not known."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tools.errors import InputError
from tools.exact import Exact, exact
from tools.inputs import AmountIn, CountIn, DateIn, Input, border, refusal
from tools.taiwan.goods_input import TaiwanGoods
from tools.text.currencies import CURRENCIES, iso_codes
from tools.text.values import said

__all__ = ["Charge", "Deduction", "Parcel", "Route", "TaiwanGoods", "TaiwanQuoteInput", "Traveller"]

Route = Literal["express", "post", "traveller", "cargo"]
_TERMS = Literal["EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP", "DAT", "DDU"]
Incoterm = Annotated[_TERMS, border(lambda term: term.strip().upper() if isinstance(term, str) else term)]
#: terms of trade whose price holds the freight, and those whose price holds the insurance too
FREIGHT_INCLUDED = frozenset({"CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP", "DAT", "DDU"})
INSURANCE_INCLUDED = FREIGHT_INCLUDED - {"CFR", "CPT"}
_DEDUCTIONS = {
    "installation": ("installation", "assembly", "erection", "maintenance"),
    "assistance": ("assistance", "technical_assistance", "training"),
    "inland_freight": (
        "inland_freight",
        "inland_transport",
        "domestic_freight",
        "post_import_transport",
        "local_delivery",
    ),
    "interest": ("interest", "deferred_payment_interest", "finance_charge"),
    "duties_and_taxes": ("duties_and_taxes", "duty", "duties", "tax", "taxes", "import_duty", "import_taxes"),
}


def _currency(value: Any) -> str:
    if not isinstance(value, str) or value not in iso_codes():
        raise InputError("currency", f"{said(value)} is not known", f"an ISO 4217 code: {', '.join(CURRENCIES)} …")
    return value


def _kind(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError("kind", f"{said(value)} is no kind of charge", "a word such as royalties or installation")
    return value.strip().lower().replace(" ", "_").replace("-", "_")


def _deduction(value: Any) -> str:
    kind = _kind(value)
    for name, words in _DEDUCTIONS.items():
        if kind in words:
            return name
    raise InputError("kind", f"{said(value)} is not left out of the customs value", ", ".join(_DEDUCTIONS))


#: ISO 4217 code of a currency that is read
CurrencyIn = Annotated[str, border(_currency)]


class Charge(Input):
    """A charge that is added to the price, in `currency`."""

    kind: Annotated[str, border(_kind)] = Field(max_length=40, description="what it is for, such as royalties")
    amount: AmountIn


class Deduction(Input):
    """A charge inside the price that the customs value leaves out, in `currency`."""

    kind: Annotated[str, border(_deduction)] = Field(description="installation, assistance, inland_freight, interest …")
    amount: AmountIn


class Parcel(Input):
    """One of several arrivals. Those of one sender and day are one consignment; what is not said is taken as the same."""

    goods: tuple[TaiwanGoods, ...] = Field(min_length=1, max_length=200)
    freight: AmountIn | None = None
    insurance: AmountIn | None = None
    sender: str | None = Field(None, max_length=200, description="who sent it")
    arrives: DateIn | None = Field(None, description="day it arrives")


class Traveller(Input):
    """What is known of a traveller."""

    age: CountIn | None = Field(None, description="age in years")
    first_entry_in_30_days: bool | None = Field(None, description="whether it is the first entry in thirty days")


class TaiwanQuoteInput(Input):
    """A consignment into Taiwan and the day it is imported."""

    id: str | None = Field(None, max_length=100, description="echoed in the result")
    as_of: DateIn | None = Field(None, description="import date, the day the law is read at")
    route: Route = Field(description="how it comes in")
    importer: Literal["person", "company"] = "person"
    exempt_imports_this_half_year: CountIn | None = Field(
        None, description="low-value exemptions used before this one in the half-year, by this route"
    )
    currency: CurrencyIn = Field("TWD", description="ISO 4217 code of price, freight and insurance")
    exchange_rate: AmountIn | None = Field(None, description="TWD per unit of `currency`; looked up when not given")
    freight: AmountIn | None = Field(None, description="freight to the port of import; 0 for none")
    insurance: AmountIn | None = Field(None, description="insurance; 0 for none")
    incoterm: Incoterm | None = Field(None, description="term of trade of the price")
    additions: tuple[Charge, ...] = Field((), max_length=20)
    deductions: tuple[Deduction, ...] = Field((), max_length=20)
    decline_low_value_exemption: bool = False
    goods: tuple[TaiwanGoods, ...] = Field((), max_length=200)
    parcels: tuple[Parcel, ...] = Field((), max_length=50, description="instead of goods, for several arrivals")
    traveller: Traveller | None = None
    gift: bool = Field(False, description="whether it is a gift; its price is what such goods cost")
    transport: Literal["air", "sea"] | None = Field(
        None, description="how it is carried; of samples by air a part of the freight counts"
    )
    usd_exchange_rate: AmountIn | None = Field(
        None, description="TWD per US dollar, for limits the law writes in dollars; looked up when not given"
    )

    @field_validator("usd_exchange_rate")
    @classmethod
    def _is_some(cls, rate: Decimal | None) -> Decimal | None:
        if rate is not None and rate <= 0:
            raise refusal(f"{rate} cannot be", "more than 0")
        return rate

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

    @model_validator(mode="after")
    def _whole(self) -> TaiwanQuoteInput:
        if bool(self.goods) == bool(self.parcels):
            problem = "are given together with parcels" if self.goods else "is missing"
            raise refusal(problem, "parcels for several arrivals; else goods: it is required", "goods")
        if self.parcels and (self.freight is not None or self.insurance is not None):
            raise refusal("stands beside parcels", "freight and insurance of each parcel", "freight")
        if self.parcels and self.route == "traveller":
            raise refusal("are no way a traveller's goods come", "goods", "parcels")
        if self.traveller is not None and self.route != "traveller":
            raise refusal(f"is given for route {self.route}", "route traveller", "traveller")
        return self

    @property
    def twd_per_unit(self) -> Exact:
        """Rate by which the money of the input becomes TWD; 1 for TWD itself."""
        return exact(self.exchange_rate) if self.exchange_rate is not None else 1

    @property
    def lacks_freight(self) -> bool:
        """Whether freight is not known: not given, and neither in the price nor carried by hand."""
        return self.freight is None and self.route != "traveller" and self.incoterm not in FREIGHT_INCLUDED

    @property
    def lacks_insurance(self) -> bool:
        return self.insurance is None and self.route != "traveller" and self.incoterm not in INSURANCE_INCLUDED
