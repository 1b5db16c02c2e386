"""Arguments of a United States quote from what was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from advisor.offline.amounts import Amounts
from advisor.offline.asked import asks_us_rate, asks_when, origins_named
from advisor.offline.frame import Frame
from advisor.offline.intent import asks_fee
from advisor.offline.one_sum import lines_of_all
from advisor.offline.plan_taiwan import currency_of
from tools.dialogue import dialogues
from tools.registry import published
from tools.tariff.names import NameMatch

#: how goods are carried where it is not said, and whose goods where the seller speaks from Taiwan
DEFAULT_MODE, DEFAULT_ORIGIN = "air", "TW"
#: US dollars of goods on which rates are shown where no value is told
RATES_SHOWN_ON = "100"
_ORIGINS = 4  # looked up for one question
_MOST = 12  # codes that one line is computed under


def us_arguments(frame: Frame) -> dict[str, Any]:
    """The input of `us_quote`, with what the words do not give left out."""
    amounts, told = frame.amounts, frame.slots.get("us_quote", {})
    slots = dialogues()["us_quote"].slots
    arguments: dict[str, Any] = {
        "mode": told.get("mode", DEFAULT_MODE), "currency": currency_of(frame, "USD"), "lines": _lines(frame)
    }  # fmt: skip
    if amounts.customs_value is not None:
        arguments["value_basis"] = "cif"
    known = _fields() - {"mode"}
    arguments |= {name: value for name, value in told.items() if slots[name].level == "case" and name in known}
    for name in ("freight", "insurance", "exchange_rate"):
        value = getattr(amounts, name)
        if value is not None:
            arguments[name] = _text(value)
    if (kinds := _ENTRY.findall(frame.about or frame.text)) and not _INFORMAL.match(kinds[-1]):  # the last one said
        arguments["entry_type"] = "01"
    if frame.day is not None:
        arguments["entry_date"] = frame.day.isoformat()
    return arguments


def without_program(frame: Frame) -> Frame:
    """The frame with no preference claimed."""
    return replace(
        frame, slots={tool: {n: v for n, v in told.items() if n != "program"} for tool, told in frame.slots.items()}
    )


_ENTRY = re.compile(r"(?:in)?formal entry|[非不]?正式(?:報關|進口|通關)", re.IGNORECASE)
_INFORMAL = re.compile(r"informal|[非不]", re.IGNORECASE)


@cache
def _fields() -> frozenset[str]:
    return frozenset(published()["us_quote"].input_model.model_fields)


def _lines(frame: Frame) -> list[dict[str, Any]]:
    if frame.items:
        apart = any(item.codes for item in frame.items)  # a code told beside one kind is none of another's
        return [
            _one(
                frame,
                item.amounts,
                item.lines.get("us", ()),
                item.slots.get("us_quote", {}),
                item.codes if apart else frame.codes,
            )
            for item in frame.items
        ]
    return [
        _one(frame, frame.amounts, lines_of_all(frame, frame.lines("us")), frame.slots.get("us_quote", {}), frame.codes)
    ]


def _one(frame: Frame, amounts: Amounts, found: Sequence[NameMatch], told: Any, codes: Sequence[str]) -> dict[str, Any]:
    line: dict[str, Any] = {"country_of_origin": frame.origin or frame.shipped_from or DEFAULT_ORIGIN}
    if frame.shipped_from:
        line["country_of_export"] = frame.shipped_from
    if (
        not frame.named_goods and amounts.rate is None and asks_fee(frame)
    ):  # only the fees are asked for: they go by the value
        line["general_rate"] = "Free"
    if codes:
        line["hts_code"] = codes[0]
    elif found:
        line |= _codes(found, amounts.rate)
    price = amounts.customs_value if amounts.customs_value is not None else amounts.price
    if price is not None:
        line["value"] = _text(price * amounts.count if amounts.each and amounts.count is not None else price)
    elif asks_us_rate(frame):
        line["value"] = RATES_SHOWN_ON
    if amounts.rate is not None:
        line["general_rate"] = (
            f"{_text((amounts.rate * 100).normalize())}%"  # the tool reads a rate as the schedule writes it
        )
    slots = dialogues()["us_quote"].slots
    quantities = {name: _text(value) for name, value in told.items() if slots[name].level == "quantity"}
    if quantities:
        line["quantities"] = quantities
    line |= {name: value for name, value in told.items() if slots[name].level == "goods"}
    return line


def _codes(found: Sequence[NameMatch], stated: Decimal | None) -> dict[str, Any]:
    """The line, or the lines between which it is open; a rate that is stated settles it."""
    codes = tuple(dict.fromkeys(m.line.code for m in found))
    if stated is not None or len(codes) == 1:
        return {"hts_code": codes[0]}
    return {"candidate_codes": list(codes[:_MOST])}


def de_minimis_calls(frame: Frame) -> list[tuple[str, dict[str, Any]]]:
    """Calls on the exemption: of the origin told or of those it is asked for, on each day asked about."""
    price = frame.amounts.price
    common: dict[str, Any] = {"mode": frame.mode or "express"}
    if price is not None and frame.amounts.currency in (None, "USD"):
        common["value"] = _text(price)
    if frame.gift:
        common["gift"] = True
    origins = [frame.origin] if frame.origin and frame.origin not in ("US", "EU") else ["TW", "CN"]
    if asks_when(frame.text) and len(named := origins_named(frame.text)) > 1:
        origins = list(named[:_ORIGINS])
    if frame.origin == "EU":
        origins = ["DE"]
    if frame.gift and len(origins) > 1:
        origins = origins[:1]
    days = [{"on": day.isoformat()} for day in frame.asked_days] or [{}]
    return [("us_de_minimis", common | day | {"origin": origin}) for day in days for origin in origins]


def _text(value: Decimal) -> str:
    return format(value, "f")
