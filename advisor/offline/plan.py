"""From what was understood to tool calls. No figure is made here: amounts pass through as the person gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.offline.understand import Frame, says
from tools.law.tool import LawLookup
from tools.tariff.notation import parse_rate_text
from tools.tariff.schedule import TariffLine
from tools.united_states.de_minimis import DeMinimis

Call = tuple[str, dict[str, Any]]


def plan(frame: Frame) -> list[Call]:
    """Tool calls that answer a frame, in the order their results are told."""
    if not re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", frame.text):  # no word in it
        return [("no_answer", {"reason": "not_held"})]
    if frame.intent == "decline":
        return [("decline", {"reason": "evasion"}), _search(_LAWFUL[frame.lang], "TW")]
    if frame.intent == "not_covered":
        elsewhere = frame.destination not in (None, "TW", "US") or frame.other_place is not None
        reason = "forecast" if says(frame.text, "forecast") else "elsewhere" if elsewhere else "not_computed"
        return [("no_answer", {"reason": reason})]
    if frame.intent == "taiwan_quote":
        return _taiwan(frame)
    if frame.intent == "us_de_minimis":
        return _de_minimis(frame)
    if frame.intent == "law":
        return _law(frame)
    if frame.intent == "tariff_line":
        return [("tariff_line", {"text": frame.goods[0].name})]
    return [_search(frame.text)]


def plan_more(frame: Frame, results: Sequence[tuple[str, Any]], as_of: date) -> list[Call]:
    """Calls that follow from results: the passage on the very act that decided, and how it stands today."""
    if any(name == "policy_search" for name, _ in results):
        return []
    states = [a for name, a in results if name == "us_de_minimis" and isinstance(a, DeMinimis)]
    if states and not states[0].gift:
        state = states[-1] if len({s.on for s in states}) > 1 else states[0]
        query = " ".join(
            filter(None, [state.why[frame.lang] if state.why else "", state.citation[frame.lang], _ERA[frame.lang]])
        )
        calls = [_search(query, "US")]
        if len(frame.asked_days) == 1 and state.on < as_of:
            calls.insert(0, ("us_de_minimis", {"origin": state.origin, "mode": state.mode}))
        return calls
    if states:
        return [_search(frame.text, "US")]
    lookups = [a for name, a in results if name == "law_lookup" and isinstance(a, LawLookup)]
    if lookups:
        labels = " ".join(e.label[frame.lang] for a in lookups for e in a.entries[:2])
        return [_search(f"{frame.text} {labels}")]
    return []


_ERA = {"zh-TW": "小額免稅", "en": "de minimis exemption"}
_LAWFUL = {
    "zh-TW": "低報價格、分拆、謊報禮物會被罰多少？有哪些合法的做法？",
    "en": "penalty for under-declaring, splitting or false gifts, and what is lawful instead",
}


def _search(question: str, jurisdiction: str | None = None) -> Call:
    arguments: dict[str, Any] = {"question": question[:500]}
    return "policy_search", arguments | ({"jurisdiction": jurisdiction} if jurisdiction else {})


def _taiwan(frame: Frame) -> list[Call]:
    amounts, goods = frame.amounts, _goods(frame)
    if frame.mode in ("post", "traveller", "ocean", "air", "land") and goods:
        return [("no_answer", {"reason": "not_computed"}), _search(frame.text, "TW")]
    currency = _currency(frame)
    arguments: dict[str, Any] = {"route": "express", "currency": currency, "goods": [goods]}
    if amounts.customs_value is not None:
        arguments |= {"freight": "0", "insurance": "0"}
    for name in ("freight", "insurance", "exchange_rate"):
        value = getattr(amounts, name)
        if value is not None:
            arguments[name] = _text(value)
    if frame.used_exemptions is not None:
        arguments["exempt_imports_this_half_year"] = frame.used_exemptions
    if frame.day is not None:
        arguments["as_of"] = frame.day.isoformat()
    return [("taiwan_quote", arguments)]


def _currency(frame: Frame) -> str:
    if frame.amounts.currency:
        return frame.amounts.currency
    bare = any(q.kind == "money" and q.unit == "?" for q in frame.quantities)
    return "USD" if bare and frame.lang == "en" else "TWD"


def _goods(frame: Frame) -> dict[str, Any]:
    amounts = frame.amounts
    price = amounts.customs_value if amounts.customs_value is not None else amounts.price
    goods: dict[str, Any] = {}
    if frame.goods:
        goods["description"] = frame.goods[0].name
    if price is not None and amounts.each and amounts.count is not None and len(amounts.currencies) < 2:
        goods |= {"unit_price": _text(price), "quantity": _text(amounts.count)}
    elif len(amounts.currencies) > 1:
        pass  # one rate would convert them all: the person is asked for one currency
    elif price is not None and not amounts.each:  # of how many pieces is not known
        goods["price"] = _text(price)
    if amounts.rate is not None:
        goods["rate"] = _text(amounts.rate)
    if frame.origin and frame.origin not in ("TW", "EU"):
        goods["country_of_origin"] = frame.origin
    return goods | _codes([m.line for m in frame.goods], amounts.rate)


def _codes(lines: list[TariffLine], stated: Decimal | None) -> dict[str, Any]:
    """The line, or the lines between which it is open. Lines at one rate owe the same: the likeliest is taken."""
    if not lines:
        return {}
    rates = {line.code: parse_rate_text(line.rates["column_1"]).decimal for line in lines if _plain(line)}
    agreeing = [line for line in lines if stated is not None and rates.get(line.code) == stated]
    if agreeing or stated is not None or len(set(rates.values())) <= 1 or len(lines) == 1:
        return {"ccc_code": (agreeing or lines)[0].code}
    by_rate: dict[Decimal | None, str] = {}
    for line in lines:
        by_rate.setdefault(rates.get(line.code), line.code)
    return {"candidate_codes": list(by_rate.values())}


def _plain(line: TariffLine) -> bool:
    return line.rates["column_1"].endswith("%") and " " not in line.rates["column_1"]


def _de_minimis(frame: Frame) -> list[Call]:
    price = frame.amounts.price
    common: dict[str, Any] = {"mode": frame.mode if frame.mode not in (None, "traveller") else "express"}
    if price is not None and frame.amounts.currency in (None, "USD"):
        common["value"] = _text(price)
    if frame.gift:
        common["gift"] = True
    origins = [frame.origin] if frame.origin and frame.origin not in ("US", "EU") else ["TW", "CN"]
    if frame.origin == "EU":
        origins = ["DE"]
    if frame.gift and len(origins) > 1:
        origins = origins[:1]
    days = [{"on": day.isoformat()} for day in frame.asked_days] or [{}]
    return [("us_de_minimis", common | day | {"origin": origin}) for day in days for origin in origins]


def _law(frame: Frame) -> list[Call]:
    calls: list[Call] = []
    for arguments in [{"on": day.isoformat()} for day in frame.asked_days] or [{}]:
        calls += [("law_lookup", {"name": name, **arguments}) for name in frame.parameters[:3]]
    return calls


def _text(value: Decimal) -> str:
    return format(value, "f")
