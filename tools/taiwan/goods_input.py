"""What one line of goods of a Taiwan quote is computed from. Amounts and quantities are totals of the line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tools.errors import InputError
from tools.inputs import AmountIn, CountIn, CountryIn, DateIn, Input, RateIn, border, refusal
from tools.tariff.codes import CccCode
from tools.text.quantities import parse_amount
from tools.text.values import said

AlcoholClass = Literal["beer", "brewed", "distilled", "reprocessed", "cooking_wine", "ethanol", "other"]
Powertrain = Literal["petrol", "diesel", "hybrid", "electric"]
Sample = Literal["commercial", "no_commercial_value"]
#: goods under the commodity tax, by the names of the contract
COMMODITY_NAMES = (
    "refrigerator", "air_conditioner", "central_air_conditioner", "dehumidifier", "television", "video_recorder",
    "record_player", "audio_recorder", "audio_set", "oven", "tyre", "heavy_tyre", "car", "bus", "lorry", "motorcycle",
    "beverage", "cement", "oil", "flat_glass",
)  # fmt: skip
#: classes of the names that cover several statutory rates, as `law show tw.commodity_tax` lists them
COMMODITY_CLASSES = {
    "cement": ("white", "portland_i", "blast_furnace", "other"),
    "oil": ("petrol", "diesel", "kerosene", "jet_fuel", "fuel_oil", "solvent", "lpg"),
    "beverage": ("other", "diluted_juice", "pure_juice"),
    "flat_glass": ("conductive", "mould"),
}


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError("ccc_code", f"{said(value)} is not a CCC code", "text of 11 digits such as 9102.11.00.00-6")
    CccCode.parse(value)
    return value


def _commodity(value: Any) -> str:
    name, _, kind = value.partition(":") if isinstance(value, str) else ("", "", "")
    if name not in COMMODITY_NAMES:
        raise InputError("commodity_tax", f"{said(value)} is not known", ", ".join(COMMODITY_NAMES))
    classes = COMMODITY_CLASSES.get(name, ())
    if ":" in value and kind not in classes:
        accepted = ", ".join((name, *(f"{name}:{c}" for c in classes)))
        raise InputError("commodity_tax", f"{said(value)} is no class of {name}", accepted)
    return str(value)


def _percent(value: Any) -> Decimal:
    text = value.strip().removesuffix("%") if isinstance(value, str) else value
    amount = parse_amount(text, "alcohol_percent")
    if amount / 100 > 1:
        raise InputError("alcohol_percent", f"{amount} is beyond pure alcohol", "0 to 100, percent by volume at 20 °C")
    return amount


#: CCC code with a true check digit, as it was written
CodeIn = Annotated[str, border(_code)]
#: samples with a value, or spoilt for any other use; plain true is the former
SampleIn = Annotated[
    Sample, border(lambda said: {True: "commercial", False: None}[said] if isinstance(said, bool) else said)
]
CommodityIn = Annotated[str, border(_commodity)]
PercentIn = Annotated[AmountIn, border(_percent)]


class TaiwanGoods(Input):
    """One kind of goods of a declaration."""

    description: str | None = Field(None, max_length=500, description="what the goods are")
    ccc_code: CodeIn | None = Field(None, description="11-digit CCC code; gives the schedule's rate")
    candidate_codes: tuple[CodeIn, ...] = Field(
        (), max_length=8, description="CCC codes between which it is open; each is computed"
    )
    rate: RateIn | None = Field(None, description="duty rate that overrides the schedule's")
    country_of_origin: CountryIn | None = Field(None, description="ISO 3166 code of the country of origin")
    price: AmountIn | None = Field(
        None, description="price of the line; may be left out with unit_price or repair_value"
    )
    unit_price: AmountIn | None = Field(
        None, description="price of one `unit`; the line's price is this times quantity"
    )
    quantity: AmountIn | None = Field(None, description="number of `unit`; 1 when not said")
    unit: str | None = Field(None, max_length=20, description="unit of the quantity; piece when not said")
    net_weight_kg: AmountIn | None = Field(None, description="net weight of the line, kilograms")
    volume_litres: AmountIn | None = Field(None, description="volume of the line, litres")
    sticks: CountIn | None = Field(None, description="cigarettes or other sticks of the line")
    alcohol_percent: PercentIn | None = Field(None, description="alcohol by volume at 20 °C, percent")
    alcohol_class: AlcoholClass | None = Field(None, description="class of the alcohol tax")
    engine_cc: AmountIn | None = Field(None, description="engine displacement, cubic centimetres")
    powertrain: Powertrain | None = Field(None, description="what drives the vehicle")
    motor_kw: AmountIn | None = Field(None, description="greatest power of the electric motor, kilowatts")
    seats: CountIn | None = Field(None, description="seats, the driver's included")
    meets_hybrid_standard: bool | None = Field(
        None, description="whether a hybrid meets the finance ministry's standard"
    )
    sugar: Literal["added", "none"] | None = Field(None, description="added sugar of a beverage")
    juice: Literal["none", "diluted", "pure"] | None = Field(None, description="juice of a beverage")
    commodity_tax: CommodityIn | None = Field(None, description="class of the commodity tax, `name` or `name:class`")
    repair_value: AmountIn | None = Field(None, description="fee of a repair abroad; the goods come back")
    export_date: DateIn | None = Field(None, description="day the goods were released for export to be repaired")
    repair_proof: bool | None = Field(None, description="whether the repair fee is proved by documents")
    sample: SampleIn | None = Field(
        None, description="samples or advertising goods: commercial, or no_commercial_value; absent for other goods"
    )
    used: bool = Field(False, description="a traveller's own goods, already used")
    preference_proof: bool = Field(False, description="whether proof of origin for column 2 is at hand")
    quota_certificate: bool = Field(False, description="whether a tariff-quota certificate is at hand")

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

    @model_validator(mode="after")
    def _whole(self) -> TaiwanGoods:
        if self.price is None and self.repair_value is None:
            raise refusal(
                "is missing", "repair_value for goods that come back from a repair; else it is required", "price"
            )
        if self.quantity == 0:
            raise refusal("0 pieces", "more than 0", "quantity")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """The code given, or those between which it is open."""
        return (self.ccc_code,) if self.ccc_code else self.candidate_codes

    @property
    def pieces(self) -> Decimal:
        return self.quantity or Decimal(1)

    @property
    def amount(self) -> Decimal:
        """What the line brings into the value of the consignment: its price, or nothing where only a repair is known."""
        return self.price or Decimal(0)
