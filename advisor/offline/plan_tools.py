"""Arguments of the smaller tools from what was understood: bonds, penalties, clocks, and the EZ WAY notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.slots import read_slots
from tools.text.quantities import Quantity, find_quantities

_LOST = re.compile(
    r"(?:漏|短繳|少繳|逃漏).{0,6}$|(?:lost|unpaid|evaded|underpaid) (?:duty|duties|revenue)(?: of)?\W*$|(?:duty|duties|revenue) (?:was |were )?(?:lost|loss|unpaid|evaded|underpaid)(?: of| is| was)?\W*$",
    re.IGNORECASE,
)
_DOMESTIC = re.compile(r"(?:國內|市).{0,4}價.{0,4}$|domestic value(?: of)?\W*$", re.IGNORECASE)
_DUTIABLE = re.compile(r"(?:完稅|申報|課稅)價.{0,4}$|(?:dutiable|entered|customs) value(?: of)?\W*$", re.IGNORECASE)
_DUTIES = re.compile(
    r"(?:關稅|稅費|稅|規費).{0,4}$|dut(?:y|ies)(?:[,/& ]+(?:and |& )?(?:tax(?:es)?|fees?))*(?: of| about| around| is| are|:)*\W*$",
    re.IGNORECASE,
)
_DUTIES_AFTER = re.compile(
    r"^ ?(?:元|美元|美金)? ?(?:的)?(?:關稅|稅費)|^ (?:in |of |for )?(?:taxes, |tax and )?(?:duties|duty)\b",
    re.IGNORECASE,
)
_NO_LOSS = re.compile(r"(?:沒有?|無|未)(?:造成)?(?:少繳|漏稅|短繳|稅收?損失)|\bno (?:loss|lost|revenue|duty)\b|without (?:a |any )?loss", re.IGNORECASE)  # fmt: skip
_LIQUIDATED = re.compile(
    r"(?<![何時候會要天快])(?:核定|清算)(?!期|要|多久)|(?<!\bbe )(?<!\bget )(?<!\bnot )\bliquidated\b|\bliquidation (?:was|date|on|happened|posted|from|dated|of(?= (?:(?:19|20)\d\d-|[a-z]{3,9}\.? \d)))\b|\bliqu?idated? on\b",
    re.IGNORECASE,
)


def tool_arguments(frame: Frame) -> dict[str, Any]:
    """The input of the tool the frame is about, with what the words do not give left out."""
    return _MAKERS[frame.tool or ""](frame)


def can_call(tool: str) -> bool:
    """Whether the words of a message can be turned into a call of this tool."""
    return tool in _MAKERS


def _texts(frame: Frame) -> list[tuple[str, list[Quantity]]]:
    """What was said now and before, each with its amounts: a later message changes one of them."""
    said = [(frame.text, frame.quantities)] + ([(frame.lean, find_quantities(frame.lean))] if frame.lean else [])
    return [(t, [q for q in found if q.kind in ("money", "number") and q.value is not None]) for t, found in said]


def _money(frame: Frame) -> list[Quantity]:
    return next((found for _, found in _texts(frame) if found), [])


def _said_as(frame: Frame, what: re.Pattern[str], after: re.Pattern[str] | None = None) -> str | None:
    """The amount that stands after the words for it, or before them."""
    for text, money in _texts(frame):
        for q in money:
            start = max([0, q.start - 28, *(o.end for o in money if o.end <= q.start)])
            if what.search(text[start : q.start]) or (after is not None and after.match(text[q.end :])):
                return _text(q.value)
    return None


def _told(frame: Frame, tool: str) -> dict[str, Any]:
    """Choices of a tool's own slots, those of this message over those before."""
    return {**read_slots(frame.lean, tool).values, **read_slots(frame.text, tool).values}


def _bond(frame: Frame) -> dict[str, Any]:
    told = _told(frame, "us_bond")
    kind = told.get("kind", "continuous")
    amounts = [_text(q.value) for q in _money(frame)]
    duties = _said_as(frame, _DUTIES, _DUTIES_AFTER)
    arguments: dict[str, Any] = {"kind": kind}
    if kind == "continuous":
        return arguments | ({"paid_last_year": amounts[0]} if amounts else {})
    value = next((a for a in amounts if a != duties), None)
    if kind == "single" and value is not None:
        arguments["entered_value"] = value
    if (paid := duties or (amounts[0] if kind == "temporary" and amounts else None)) is not None:
        arguments["duties"] = paid
    return arguments


def _penalty(frame: Frame) -> dict[str, Any]:
    arguments = _told(frame, "us_penalty")
    found = {"lost_duty": _LOST, "domestic_value": _DOMESTIC, "dutiable_value": _DUTIABLE}
    if _NO_LOSS.search(frame.text):
        arguments["lost_duty"] = "0"
    return arguments | {name: amount for name, what in found.items() if (amount := _said_as(frame, what)) is not None}


def _clocks(frame: Frame) -> dict[str, Any]:
    arguments: dict[str, Any] = {"entry_date": frame.days[0].isoformat()} if frame.days else {}
    if _LIQUIDATED.search(frame.text) and frame.days:
        arguments["liquidation_date"] = frame.days[-1].isoformat()
        if len(frame.days) == 1:
            del arguments["entry_date"]
    if re.search(r"非正式|informal", frame.text, re.IGNORECASE):
        arguments["informal"] = True
    return arguments


_NOTICE = re.compile(r"通知|ez ?way|易利委|顯示|跳出|上面寫|他寫|只寫|notice|shows?|says|declared", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:我|他|她|客人|客戶|買家|對方|會員)(?:們)?(?:說)?(?:只|才|明明|其實|總共|一共)?(?:有)?(?:買|付|訂|實際)|實付|實際|買的|訂單|訂的|付了|(?:i|he|she|they|we|customer|buyer|client) (?:only |really |actually )?(?:paid|ordered|bought)|my order|actually|really",
    re.IGNORECASE,
)
_FEW = 30
_NOUN = re.compile(r" ?(?!(?:twd|ntd?|dollars?|yuan)\b)[a-z]", re.IGNORECASE)


def _ezway(frame: Frame) -> dict[str, Any]:
    """The notice and the order: each amount and count goes to the side whose words stand nearest before it."""
    sides: dict[str, dict[str, Any]] = {"notice": {}, "ordered": {}}
    money = any(q.kind == "money" for q in frame.quantities)
    for quantity in frame.quantities:
        if quantity.value is None or quantity.kind not in ("money", "number", "count"):
            continue
        before = frame.text[: quantity.start]
        last = {
            name: max((m.end() for m in what.finditer(before)), default=-1)
            for name, what in (("notice", _NOTICE), ("ordered", _ORDER))
        }
        side = sides[max(last, key=lambda name: last[name])]
        few = money and quantity.value < _FEW  # beside an amount a small bare number counts pieces
        counts = quantity.kind == "number" and (few or _NOUN.match(frame.text[quantity.end :]))
        if quantity.kind == "count" or counts:
            side.setdefault("quantity", _text(quantity.value))
        elif "amount" not in side:
            side["amount"] = _text(quantity.value)
            if quantity.kind == "money" and quantity.unit not in ("?", "TWD"):
                side["currency"] = quantity.unit
    lines = frame.lines("tw")
    if lines:
        for side in sides.values():
            side["goods"] = lines[0].line.name[frame.lang]
    arguments: dict[str, Any] = {"notice": sides["notice"]}
    if sides["ordered"].get("amount") is not None and not says(frame.text, "ordered_nothing"):
        arguments["ordered"] = sides["ordered"]
        arguments |= {"ccc_code": lines[0].line.code} if lines else {}
        for name in ("freight", "insurance"):
            value = getattr(frame.amounts, name)
            if value is not None:
                arguments[name] = _text(value)
    return arguments


def _text(value: Decimal | None) -> str:
    return format(value or Decimal(0), "f")


_MAKERS: dict[str, Callable[[Frame], dict[str, Any]]] = {
    "us_bond": _bond, "us_penalty": _penalty, "us_clocks": _clocks, "ezway_check": _ezway,
}  # fmt: skip
