"""From what was understood to tool calls. No figure is made here: amounts pass through as the person gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.offline.codes import codes_asked, goods_asked
from advisor.offline.cues import says
from advisor.offline.evasion import asks_promise, help_refused
from advisor.offline.follow import other_side
from advisor.offline.frame import Frame
from advisor.offline.intent import about_us, allowance_of
from advisor.offline.papers import paper_asked, paper_calls
from advisor.offline.plan_taiwan import taiwan_arguments
from advisor.offline.plan_tools import tool_arguments
from advisor.offline.plan_us import us_arguments
from tools.law.store import law
from tools.law.tool import LawLookup
from tools.paperwork.bill_text import carrier_in
from tools.result import Result
from tools.united_states.acts import measures_of
from tools.united_states.de_minimis import DeMinimis

Call = tuple[str, dict[str, Any]]


def plan(frame: Frame) -> list[Call]:
    """Tool calls that answer a frame, in the order their results are told."""
    if frame.intent == "policy" and not re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", frame.text):  # no word in it
        return [("no_answer", {"reason": "not_held"})]
    if frame.intent == "policy" and says(frame.text, "greets"):
        return [("no_answer", {"reason": "greeting"})]
    return [*_main(frame), *(search(question) for question in frame.aside)]


def _main(frame: Frame) -> list[Call]:
    if frame.intent == "decline":
        if help_refused(frame.text) == "boundary" and not says(frame.text, "evasion"):
            return [("decline", {"reason": "boundary"})]
        return [("decline", {"reason": "evasion"}), search(_LAWFUL[frame.lang], "TW")]
    if frame.intent == "not_covered":
        elsewhere = frame.destination not in (None, "TW", "US") or frame.other_place is not None
        reason = (
            "forecast"
            if says(frame.text, "forecast") or asks_promise(frame.text)
            else "private_price"
            if says(frame.text, "private_price")
            else "elsewhere"
            if elsewhere
            else "not_computed"
        )
        return [("no_answer", {"reason": reason})]
    if frame.intent == "taiwan_quote" and frame.route == "traveller" and frame.price is None and not frame.items:
        day = {"on": frame.day.isoformat()} if frame.day else {}
        return [("law_lookup", {"name": name, **day}) for name in _allowances(frame)]
    if frame.intent in ("taiwan_quote", "us_quote"):
        make = taiwan_arguments if frame.intent == "taiwan_quote" else us_arguments
        return [(frame.intent, make(variant)) for variant in variants(frame)]
    if frame.intent == "us_de_minimis":
        return _de_minimis(frame)
    if frame.intent == "tool" and frame.bill:
        return [("bill_check", _bill(frame))]
    if frame.intent == "tool" and frame.tool is not None and frame.tool == paper_asked(frame.text):
        return [*_papers(frame), search(frame.text, None if frame.tool == "import_papers" else "US")]
    if frame.intent == "tool" and frame.tool is not None:
        return [(frame.tool, tool_arguments(frame))]
    if frame.intent == "law":
        return _law(frame)
    if frame.intent == "codes" and (about := codes_asked(frame.text)) is not None:
        where = {"schedule": about.schedule} if about.schedule else {}
        return [("tariff_code", {"code": code, **where}) for code in about.codes[:3]]
    if frame.intent == "hs_search":
        where = {"schedule": "us"} if frame.destination == "US" else {}
        return [("hs_search", {"text": goods_asked(frame.text) or frame.text, "limit": 5, **where})]
    if frame.intent == "tariff_line" and frame.codes:
        return [("tariff_code", {"code": code}) for code in frame.codes[:3]]
    if frame.intent == "tariff_line":
        goods = frame.lines("tw") or frame.lines("us")
        return [("tariff_line", {"text": goods[0].name})]
    if _SEEKS_LAWFUL.search(frame.text):
        return [search(_LAWFUL[frame.lang], "TW")]
    if frame.lean and (asked := other_side(frame.text, frame.lean)) is not None:
        return [search(asked)]
    own = search(f"{frame.text} {_topic(frame)}".rstrip())
    return [own, search(f"{frame.text} {frame.lean}")] if frame.lean else [own]


def _papers(frame: Frame) -> list[Call]:
    side = "us" if about_us(frame) else "tw"
    route = frame.mode if side == "us" else frame.route
    dollars = [q for q in frame.quantities if q.kind == "money" and q.value is not None]
    amount = text_of(dollars[0].value) if len(dollars) == 1 and dollars[0].value is not None else None
    return paper_calls(frame.tool or "", frame.text, side, route, amount)


def _bill(frame: Frame) -> dict[str, Any]:
    """A bill told in words, with the shipment it is for."""
    side = "us" if about_us(frame) else "tw"
    shipment = us_arguments(frame) if side == "us" else {"route": "express", **taiwan_arguments(frame)}
    told: dict[str, Any] = {"destination": side, "carrier": carrier_in(frame.text) or "other", side: shipment}
    told["lines"] = [{"label": label, "amount": amount} for label, amount in frame.bill]
    return told | ({"total": text_of(frame.bill_total)} if frame.bill_total is not None else {})


def _topic(frame: Frame) -> str:
    """What a question is about more than its words say: the exemption, more than the drink; what is scheduled."""
    if says(frame.text, "ahead_of_us") and frame.destination == "US" and not frame.days:
        return _SCHEDULED[frame.lang]
    if says(frame.text, "exempt") and allowance_of(frame) is not None:
        return law().parameter("tw.low_value.excluded_goods").label[frame.lang]
    return ""


def _allowances(frame: Frame) -> list[str]:
    """What a traveller may bring free of tax: of alcohol, of tobacco, or of anything else."""
    return [f"tw.traveller.{name}" for name in _TRAVELLER[allowance_of(frame)]]


#: allowances of travellers, by the kind of goods that has its own
_TRAVELLER = {
    "alcohol_percent": ("alcohol_litres", "alcohol_age"),
    "sticks": ("cigarettes", "cigars", "tobacco_age"),
    None: ("exemption", "used_item_limit"),
}


def variants(frame: Frame) -> list[Frame]:
    """The frame, or one for each value that is compared."""
    if frame.compare is None:
        return [frame]
    slot, values = frame.compare.slot, frame.compare.values
    if slot == "origin":
        return [replace(frame, origin=value) for value in values]
    if slot == "day":
        return [replace(frame, days=(value,)) for value in values]
    field = "route" if frame.intent == "taiwan_quote" else "mode"
    told = frame.slots.get(frame.intent, {})
    return [replace(frame, slots={**frame.slots, frame.intent: {**told, field: value}}) for value in values]


def plan_more(frame: Frame, results: Sequence[tuple[str, Any]], as_of: date) -> list[Call]:
    """Calls that follow from results: the passage on the very act that decided, how it stands today, the duty instead."""
    searched = sum(name == "policy_search" for name, _ in results)
    if searched > len(frame.aside) + bool(frame.lean) or frame.intent == "decline":
        return []
    done = {name for name, _ in results}
    states = [a for name, a in results if name == "us_de_minimis" and isinstance(a, DeMinimis)]
    if states:
        return _after_states(frame, states, done, as_of)
    quotes = [a for name, a in results if name == "us_quote" and isinstance(a, Result)]
    if quotes and "us_de_minimis" not in done and _exempt(quotes[0]):
        return _de_minimis(frame)
    lookups = [a for name, a in results if name == "law_lookup" and isinstance(a, LawLookup)]
    if lookups:
        labels = " ".join(e.label[frame.lang] for a in lookups for e in a.entries[:2])
        return [search(f"{frame.text} {labels}")]
    return []


def _after_states(frame: Frame, states: Sequence[DeMinimis], done: set[str], as_of: date) -> list[Call]:
    if states[0].gift:
        return [search(frame.text, "US")]
    state = states[-1] if len({s.on for s in states}) > 1 else states[0]
    query = " ".join(
        filter(None, [state.why[frame.lang] if state.why else "", state.citation[frame.lang], _ERA[frame.lang]])
    )
    calls = [search(query, "US")]
    if len(frame.asked_days) == 1 and state.on < as_of:
        calls.insert(0, ("us_de_minimis", {"origin": state.origin, "mode": state.mode}))
    priced = frame.price is not None and (frame.lines("us") or frame.codes or frame.mode == "post")
    if not states[0].available and priced and "us_quote" not in done:
        calls.insert(0, ("us_quote", us_arguments(frame)))
    return calls


def _exempt(result: Result) -> bool:
    """Whether a quote came out free by the low-value exemption."""
    return result.regime.get("name") in ("de_minimis", "gift")


_SCHEDULED = {"zh-TW": "美國關稅接下來有哪些變動 時間表", "en": "what is scheduled next for US duties"}
#: the lawful ways to pay less, asked for as such
_SEEKS_LAWFUL = re.compile(
    r"合法.{0,6}(?:省稅|節稅|少繳|做法|方法|方式)|(?:legal(?:ly)?|lawful(?:ly)?) .{0,24}(?:sav(?:e|ing)|reduc|pay less|ways?\b|lower)",
    re.IGNORECASE,
)
_ERA = {"zh-TW": "小額免稅", "en": "de minimis exemption"}
_LAWFUL = {
    "zh-TW": "低報價格、分拆、謊報禮物會被罰多少？有哪些合法的做法？",
    "en": "penalty for under-declaring, splitting or false gifts, and what is lawful instead",
}


def search(question: str, jurisdiction: str | None = None) -> Call:
    """A search of the policy library."""
    arguments: dict[str, Any] = {"question": question[:500]}
    return "policy_search", arguments | ({"jurisdiction": jurisdiction} if jurisdiction else {})


def _de_minimis(frame: Frame) -> list[Call]:
    price = frame.amounts.price
    common: dict[str, Any] = {"mode": frame.mode or "express"}
    if price is not None and frame.amounts.currency in (None, "USD"):
        common["value"] = text_of(price)
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
    if frame.acts and frame.origin:
        return _act(frame, frame.origin)
    calls: list[Call] = []
    for arguments in [{"on": day.isoformat()} for day in frame.asked_days] or [{}]:
        calls += [("law_lookup", {"name": n, **_origin_of(frame, n), **arguments}) for n in frame.parameters[:3]]
    return calls


def _act(frame: Frame, origin: str) -> list[Call]:
    """The codes of the goods, and what an act adds to them on each day: its measures differ from day to day."""
    calls: list[Call] = [("tariff_code", {"code": code, "schedule": "us"}) for code in frame.us_codes]
    for day in frame.asked_days or (frame.today,):
        for name in measures_of(frame.acts, frame.us_codes, origin, day):
            calls.append(("law_lookup", {"name": name, "origin": origin, "on": day.isoformat()}))
    return calls


def _origin_of(frame: Frame, name: str) -> dict[str, Any]:
    """The origin, for a value that differs by it."""
    scoped = name.count(".") == 2 and any(v.scope.origins for v in law().parameter(name).values)
    return {"origin": frame.origin} if scoped and frame.origin and frame.origin != "EU" else {}


def text_of(value: Decimal) -> str:
    """An amount as a tool takes it."""
    return format(value, "f")
