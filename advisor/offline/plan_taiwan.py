"""Arguments of a Taiwan quote from what was understood; amounts pass through as the person gave them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from advisor.offline.amounts import Amounts
from advisor.offline.frame import Frame
from advisor.offline.one_sum import lines_of_all
from advisor.offline.parcels import parcel_arguments
from tools.dialogue import dialogues
from tools.errors import CustomsError
from tools.registry import published
from tools.result import Result
from tools.tariff.names import NameMatch
from tools.tariff.notation import parse_rate_text
from tools.tariff.schedule import TariffLine, schedule

#: what a quote is computed for where the route is not said
DEFAULT_ROUTE = "express"
#: the same for a vehicle, which no courier carries
VEHICLE_ROUTE = "cargo"


def taiwan_arguments(frame: Frame) -> dict[str, Any]:
    """The input of `taiwan_quote`, with what the words do not give left out."""
    amounts, told = frame.amounts, frame.slots.get("taiwan_quote", {})
    arguments: dict[str, Any] = {
        "route": told.get("route", VEHICLE_ROUTE if "engine_cc" in told else DEFAULT_ROUTE), "currency": currency_of(frame, "TWD"), "goods": _goods(frame)
    }  # fmt: skip
    if frame.parcels:
        arguments.pop("goods")
    for name in ("freight", "insurance", "exchange_rate"):
        value = getattr(amounts, name)
        if value is not None:
            arguments[name] = _text(value)
    if arguments["currency"] == "TWD" and (dollars := arguments.pop("exchange_rate", None)) is not None:
        arguments["usd_exchange_rate"] = dollars  # of money in TWD only the dollar's rate can matter
    if amounts.customs_value is not None or (
        frame.items and all(i.amounts.customs_value for i in frame.items)
    ):  # it holds them already
        arguments |= {"freight": "0", "insurance": "0"}
    if frame.parcels:
        charges: dict[str, str] = {n: arguments.pop(n) for n in ("freight", "insurance") if n in arguments}
        if frame.senders == "different" and frame.used_exemptions is None:  # said with the answer
            arguments["exempt_imports_this_half_year"] = 0
        arguments["parcels"] = parcel_arguments(
            frame.parcels,
            frame.senders,
            charges,
            _goods(frame) if frame.items or frame.lines("tw") or frame.amounts.rate is not None else (),
        )
    if frame.used_exemptions is not None:
        arguments["exempt_imports_this_half_year"] = frame.used_exemptions
    if frame.day is not None and amounts.repair is None:  # of a repair the day named is that of its export
        arguments["as_of"] = frame.day.isoformat()
    arguments |= _told(told, "case", skip=("route",))
    if arguments["route"] == "traveller" and (traveller := _told(told, "traveller")):
        arguments["traveller"] = traveller
    return arguments


def currency_of(frame: Frame, otherwise: str) -> str:
    """The currency named; for a bare sign, the one the language or the origin makes likely."""
    if frame.amounts.currency:
        return frame.amounts.currency
    bare = any(q.kind == "money" and q.unit == "?" for q in frame.quantities)
    if not bare:
        return otherwise
    if any(q.kind == "money" and q.unit == "?" and q.text[:1] in "¥￥" for q in frame.quantities):
        return "CNY" if frame.origin in ("CN", "HK") else "JPY"
    return "USD" if frame.lang == "en" else otherwise


def _told(told: Any, level: str, skip: Sequence[str] = ()) -> dict[str, Any]:
    """Values of the slots of a level, as the tool takes them; fields the tool does not know are left out."""
    slots, fields = dialogues()["taiwan_quote"].slots, _fields()
    return {
        name: _text(value) if isinstance(value, Decimal) else value
        for name, value in told.items()
        if slots[name].level == level and name not in skip and (level != "case" or name in fields)
    }


@cache
def _fields() -> frozenset[str]:
    return frozenset(published()["taiwan_quote"].input_model.model_fields)


@cache
def _goods_fields() -> frozenset[str]:
    from tools.taiwan.inputs import TaiwanGoods

    return frozenset(TaiwanGoods.model_fields)


def _goods(frame: Frame) -> list[dict[str, Any]]:
    if frame.items:
        return [
            _one(frame, item.amounts, item.lines.get("tw", ()), item.slots.get("taiwan_quote", {}))
            for item in frame.items
        ]
    return [_one(frame, frame.amounts, lines_of_all(frame, frame.lines("tw")), frame.slots.get("taiwan_quote", {}))]


def _one(frame: Frame, amounts: Amounts, lines: Sequence[NameMatch], told: Any) -> dict[str, Any]:
    goods: dict[str, Any] = {}
    price = amounts.customs_value if amounts.customs_value is not None else amounts.price
    if lines:
        goods["description"] = lines[0].line.name[frame.lang]
    if price is not None and amounts.each and amounts.count is not None and len(amounts.currencies) < 2:
        goods |= {"unit_price": _text(price), "quantity": _text(amounts.count)}
    elif len(amounts.currencies) > 1:
        pass  # one rate would convert them all: the person is asked for one currency
    elif price is not None and not amounts.each:  # of how many pieces is not known
        goods["price"] = _text(price)
    if amounts.repair is not None:
        goods["repair_value"] = _text(amounts.repair)
        goods |= {"export_date": frame.day.isoformat()} if frame.day else {}
    if amounts.rate is not None:
        goods["rate"] = _text(amounts.rate)
    if frame.origin and frame.origin not in ("TW", "EU"):
        goods["country_of_origin"] = frame.origin
    goods |= {k: v for k, v in _told(told, "goods").items() if k in _goods_fields()}
    if lines and not frame.codes and not any(COMMODITY & set(m.line.levies) for m in lines):
        goods.pop("commodity_tax", None)  # a class read from the name, of goods whose line bears no such tax
    return goods | _codes(frame, [m.line for m in lines], amounts.rate)


#: levy codes of the schedule for commodity tax, on all or a part of a line
COMMODITY = {"T", "T*"}


def _codes(frame: Frame, lines: Sequence[TariffLine], stated: Decimal | None) -> dict[str, Any]:
    """The line, or the lines between which it is open. Lines at one rate owe the same: the likeliest is taken."""
    whole = [code for code in frame.codes if sum(c.isdigit() for c in code) == _CCC_DIGITS]
    if whole:
        return {"ccc_code": whole[0]}
    if frame.codes:
        lines = _under(frame.codes[0]) or lines
    if not lines:
        return {}
    rates = {line.code: _rate(line) for line in lines}
    agreeing = [line for line in lines if stated is not None and rates[line.code] == stated]
    if agreeing or stated is not None or len(set(rates.values())) <= 1 or len(lines) == 1:
        return {"ccc_code": (agreeing or lines)[0].code}
    by_rate: dict[object, str] = {}
    for line in lines:
        by_rate.setdefault(rates[line.code], line.code)
    return {"candidate_codes": list(by_rate.values())[:8]}


_CCC_DIGITS = 11


def _under(code: str) -> list[TariffLine]:
    """Lines held under a shorter code."""
    digits = "".join(c for c in code if c.isdigit())
    return [line for line in schedule("tw").lines.values() if line.code.startswith(digits)]


def _rate(line: TariffLine) -> object:
    """What tells two lines apart: the ratio of a plain rate, else the rate as it is written."""
    text = line.rates.get("column_1", "")
    try:
        return parse_rate_text(text).decimal if text.endswith("%") and " " not in text else text
    except CustomsError:
        return text


def _text(value: Decimal) -> str:
    return format(value, "f")


def day_not_held(results: Sequence[tuple[str, Any]]) -> str | None:
    """The day of a calculation that failed because law of that day is not held; whether the limit was passed is."""
    if len(results) != 1 or not isinstance(found := results[0][1], Result):
        return None
    return found.as_of.isoformat() if law_missing(found) else None


def law_missing(result: Result) -> bool:
    """Whether nothing is computed for Taiwan because law of the day is not held."""
    return result.jurisdiction == "tw" and any(m.fact.startswith("tw.") for m in result.missing)
