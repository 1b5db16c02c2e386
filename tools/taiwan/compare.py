"""What if: the same goods by other routes, of other origins, on other days. Every combination is quoted as it stands.

Nothing is ranked by advice: a route is only cheaper if it is true that the goods come that way, and an origin is a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

from pydantic import Field, model_validator

from tools.errors import CustomsError
from tools.inputs import CountryIn, DateIn, Input, read_input, refusal
from tools.registry import Tool
from tools.result import Amount, Range, Result, Totals
from tools.taiwan.inputs import Route, TaiwanQuoteInput
from tools.taiwan.quote import quote

_MOST = 60  # combinations in one call


class TaiwanCompareInput(Input):
    """A consignment and what to vary; what is not named stays as it is."""

    base: TaiwanQuoteInput = Field(description="the consignment, as for taiwan_quote")
    routes: tuple[Route, ...] = Field((), max_length=4, description="routes to compare")
    origins: tuple[CountryIn, ...] = Field((), max_length=20, description="countries of origin of all goods")
    dates: tuple[DateIn, ...] = Field((), max_length=40, description="import dates")

    @model_validator(mode="after")
    def _not_too_many(self) -> TaiwanCompareInput:
        count = max(1, len(self.routes)) * max(1, len(self.origins)) * max(1, len(self.dates))
        if count > _MOST:
            raise refusal(f"{count} combinations are too many", f"at most {_MOST}", "dates")
        if count == 1:
            raise refusal("nothing is compared", "at least two routes, origins or dates", "routes")
        return self


class Variant(Input):
    """One combination with what it owes, or why it cannot be quoted."""

    route: Route
    country_of_origin: str | None
    as_of: date
    complete: bool
    totals: Totals | None = None
    range: Range | None = None
    missing: tuple[str, ...] = ()
    error: str | None = None
    result: Result | None = Field(default=None, description="the whole quote")


class TaiwanComparison(Input):
    """Every combination in the order asked, with the lowest and highest total of those that are complete."""

    variants: tuple[Variant, ...]
    lowest: Amount | None
    highest: Amount | None


def compare(given: TaiwanCompareInput, as_of: date) -> TaiwanComparison:
    """Quote every combination of routes, origins and dates."""
    base = given.base.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    day = given.base.as_of or as_of
    variants = tuple(
        _variant(base, route, origin, on)
        for route, origin, on in product(
            given.routes or (given.base.route,), given.origins or (None,), given.dates or (day,)
        )
    )
    totals = [v.totals.total for v in variants if v.totals is not None and v.totals.total is not None]
    return TaiwanComparison(variants=variants, lowest=min(totals, default=None), highest=max(totals, default=None))


def _variant(base: Mapping[str, Any], route: Route, origin: str | None, on: date) -> Variant:
    raw: dict[str, Any] = {**base, "route": route, "as_of": on.isoformat()}
    if route != "traveller":
        raw.pop("traveller", None)
    if origin is not None:
        raw["goods"] = [{**g, "country_of_origin": origin} for g in raw.get("goods", [])]
        raw["parcels"] = [
            {**p, "goods": [{**g, "country_of_origin": origin} for g in p["goods"]]} for p in raw.get("parcels", [])
        ]
    try:
        result = quote(read_input(TaiwanQuoteInput, raw), as_of=on)
    except CustomsError as error:
        return Variant(route=route, country_of_origin=origin, as_of=on, complete=False, error=str(error))
    return Variant(
        route=route, country_of_origin=origin, as_of=on, complete=result.complete,
        totals=result.totals if result.complete else None, range=result.range,
        missing=tuple(m.fact for m in result.missing), result=result,
    )  # fmt: skip


TOOL = Tool(
    name="taiwan_compare",
    use_when=(
        "Sets the cost of one import into Taiwan side by side over routes (courier, post, traveller, cargo), countries of "
        "origin or import dates. Use it for every question of the kind what if, which is cheaper, or before and after."
    ),
    not_for="one single quote; prices of couriers or brokers; choosing an origin that is not true.",
    next_step="name what differs between the variants; cite policy_search for why.",
    input_model=TaiwanCompareInput,
    run=compare,
    clock="tw",
    triggers={
        "zh-TW": ("哪個便宜", "哪種便宜", "比較稅", "差多少稅", "郵包還是快遞", "快遞還是郵包", "改成郵寄", "如果從", "差別多少"),
        "en": ("which is cheaper", "compare the tax", "by post instead", "what if it came", "post or courier", "difference in tax"),
    },
    examples=(
        {"base": {"route": "express", "freight": "0", "insurance": "0", "goods": [{"price": "3000", "ccc_code": "42022100003"}]},
         "routes": ["express", "post"]},
        {"base": {"route": "express", "freight": "0", "insurance": "0",
                  "goods": [{"price": "3000", "ccc_code": "85076000107", "preference_proof": True}]},
         "origins": ["CN", "JP", "NZ"]},
        {"base": {"route": "cargo", "freight": "0", "insurance": "0",
                  "goods": [{"price": "20000", "ccc_code": "85287200000", "commodity_tax": "television"}]},
         "dates": ["2025-12-31", "2026-01-01"]},
        {"base": {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}]}, "routes": ["express", "cargo"]},
        {"base": {"route": "post", "freight": "0", "insurance": "0", "goods": [{"price": "9000", "rate": "12%"}]}, "dates": ["2026-06-30", "2026-11-21"]},
    ),
)  # fmt: skip
