"""A carrier's bill as somebody holds it, and what checking it gives. Money is of the destination: USD or TWD."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tools.inputs import AmountIn, CountIn, CountryIn, DateIn, Input, refusal
from tools.law.models import Localized
from tools.result import Amount, Message, Result
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.united_states.inputs import UsQuoteInput

Carrier = Literal["ups", "fedex", "dhl", "usps", "ems", "tw_post", "tw_courier", "other"]
Destination = Literal["us", "tw"]
Verdict = Literal["agrees", "possible", "differs", "cannot_tell"]
Code = Annotated[str, Field(max_length=20)]


class BillLine(Input):
    """One line of a bill."""

    label: str = Field(min_length=1, max_length=200, description="as the bill calls it")
    amount: AmountIn = Field(description="in the money of the destination")
    kind: str | None = Field(None, max_length=40, description="what it is, where the label does not say it")


class Stated(Input):
    """What the bill itself shows was used."""

    hts_code: Code | None = Field(None, description="HTS number on the bill")
    ccc_code: Code | None = Field(None, description="CCC code on the bill")
    country_of_origin: CountryIn | None = None
    value: AmountIn | None = Field(None, description="value that duty was computed on, in the money of the goods")
    freight: AmountIn | None = Field(None, description="freight that was added, in the money of the goods")
    exchange_rate: AmountIn | None = Field(None, description="rate that was used")


class BillInput(Input):
    """A bill, and the shipment it is for."""

    destination: Destination = Field(description="us or tw")
    carrier: Carrier = Field("other", description="who sent the bill")
    bill_number: str = Field("", max_length=60)
    bill_date: DateIn | None = None
    lines: tuple[BillLine, ...] = Field(min_length=1, max_length=60, description="lines of the bill")
    total: AmountIn | None = Field(None, description="total of the bill")
    us: UsQuoteInput | None = Field(None, description="the shipment, into the United States")
    tw: TaiwanQuoteInput | None = Field(None, description="the shipment, into Taiwan")
    candidate_codes: tuple[Code, ...] = Field((), max_length=8, description="HTS numbers between which it is open")
    stated: Stated = Field(default_factory=lambda: Stated.model_validate({}))
    liquidation_date: DateIn | None = Field(None, description="United States: day of liquidation, where known")
    tax_memo_date: DateIn | None = Field(None, description="Taiwan: day the tax memo was received")
    window_days: CountIn | None = Field(None, description="days in which the carrier takes complaints, as it says")

    @model_validator(mode="before")
    @classmethod
    def _one_shipment(cls, raw: Any) -> Any:
        side = raw.get("destination") if isinstance(raw, dict) else None
        if side in ("us", "tw") and raw.get(side) is None:
            raise refusal("is missing", f"the shipment, as quote {side} takes it", side)
        return raw


class Read(Input):
    """A line of the bill with what it is."""

    label: str
    amount: Amount
    kind: str | None = Field(description="null where the label says nothing that is known")
    government: bool | None
    name: Localized | None


class Group(Input):
    """A kind of government money: billed, recomputed and the difference."""

    kind: str
    name: Localized
    billed: Amount
    computed: Amount | None
    difference: Amount | None


class Cause(Input):
    """Something that explains the difference, with the calculation that reproduces the bill."""

    code: str
    message: Message
    result: Result | None = Field(default=None, description="the calculation under this explanation")


class LetterReceipt(Input):
    """A figure of the letter with the calculation it stands on."""

    number: int
    of: str
    amount: Amount
    receipt: str


class Letter(Input):
    """A letter to the carrier in both languages, its figures bound to receipts."""

    text: Localized
    receipts: tuple[LetterReceipt, ...]


class BillCheck(Input):
    """What a bill comes to when it is recomputed."""

    destination: Destination
    currency: str
    on: date
    verdict: Verdict
    lines: tuple[Read, ...]
    groups: tuple[Group, ...]
    billed: Amount = Field(description="government money billed")
    computed: Amount | None = Field(description="government money recomputed")
    low: Amount | None
    high: Amount | None
    overpaid: Amount | None = Field(description="billed less recomputed; below zero: too little was billed")
    private: Amount = Field(description="the carrier's own charges")
    causes: tuple[Cause, ...]
    said: tuple[Message, ...]
    clocks: tuple[Message, ...]
    letter: Letter | None
    result: Result | None
    boundary: Message = Message(code="paper_boundary")
