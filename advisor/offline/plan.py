"""From what was understood to tool calls. No figure is made here: amounts pass through as the person gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.offline import queries
from advisor.offline.asked import about_us, asks_rate_of_goods, asks_trade_fee
from advisor.offline.checks import check_call
from advisor.offline.codes import codes_asked, goods_asked
from advisor.offline.compose.allowance import ALLOWANCES, LICENCE
from advisor.offline.compose.passages import plainly_answers, told_first
from advisor.offline.cues import pattern, says
from advisor.offline.evasion import asks_promise, help_refused
from advisor.offline.frame import Frame
from advisor.offline.held_sum import variants
from advisor.offline.leaning import SOME_OWN, own_words
from advisor.offline.lexicon import rate_lines
from advisor.offline.papers import paper_asked, paper_calls
from advisor.offline.plan_taiwan import day_not_held, taiwan_arguments
from advisor.offline.plan_tools import can_call, tool_arguments
from advisor.offline.plan_topic import (
    allowances,
    claims_exempt_drink,
    in_parts,
    leave_of,
    origin_asked,
    rule_known,
    topic_of,
)
from advisor.offline.plan_us import de_minimis_calls, us_arguments, without_program
from advisor.offline.queries import query
from advisor.offline.rules_first import asked_of_rule, sum_follows
from advisor.offline.subjects import subjects
from advisor.offline.talk import bare, worded
from advisor.offline.topics import country_measures
from advisor.offline.turns import NAMES_AGREEMENT, other_side
from advisor.offline.whether import points_asked
from advisor.offline.wordings import AGENCIES, FAR, PLAIN, asked_for, headed, heading_of, passage_of, passages_of
from corpus.search import SearchResult
from tools.law.store import law
from tools.law.tool import LawLookup
from tools.paperwork.bill_text import carrier_in
from tools.result import Result
from tools.united_states.acts import measures_of
from tools.united_states.de_minimis import DeMinimis

Call = tuple[str, dict[str, Any]]

#: whose law a brief tells, by the first letters of its name; that of others is of all
_WHOSE = {"us": "US", "tw": "TW"}


def plan(frame: Frame) -> list[Call]:
    """Tool calls that answer a frame, in the order their results are told."""
    if frame.talk is not None:
        return [("no_answer", {"reason": frame.talk})]
    if frame.intent == "policy" and not worded(frame.text):
        if says(frame.text, "document"):  # the number of a form alone
            return [search(query("form", frame.lang), "US")]
        return [("no_answer", {"reason": "not_held"})]
    if (
        frame.within and not in_parts(frame) and not origin_asked(frame)
    ):  # a question without a subject of its own, within what was spoken of
        words = "" if _WHICH_RULE.search(frame.text) else bare(frame.text)
        return [search(f"{words} {passage_of(frame)}".strip(), _WHOSE.get(frame.matter[:2]))]
    if frame.rule_first:
        return [search(asked_of_rule(frame), "TW" if frame.intent == "taiwan_quote" else "US")]
    return [*_main(frame), *(search(_with_heading(frame, question)) for question in frame.aside)]


def _with_heading(frame: Frame, question: str) -> str:
    """A question of its own beside the main one, with the heading of the passage that it asks for."""
    heading = (
        query("agreement", frame.lang)
        if NAMES_AGREEMENT.search(question)
        else asked_for(question, frame.lang, near=FAR)
    )
    return f"{question} {heading}".rstrip()


def _main(frame: Frame) -> list[Call]:
    if frame.intent == "decline":
        refused = help_refused(frame.text)
        if refused in ("boundary", "inspection") and not says(frame.text, "evasion"):
            return [("decline", {"reason": refused})]
        lawful = [search(query("never", frame.lang), "US")] if about_us(frame) else []
        return [("decline", {"reason": "evasion"}), *lawful, search(query("lawful", frame.lang), "TW")]
    if frame.intent == "not_covered":
        elsewhere = frame.destination not in (None, "TW", "US") or frame.other_place is not None
        reason = (
            "forecast"
            if says(frame.text, "forecast") or asks_promise(frame.text)
            else "private_price"
            if says(frame.text, "private_price")
            else "tracking"
            if says(frame.text, "tracking")
            else "elsewhere"
            if elsewhere
            else "not_computed"
        )
        leant = replace(frame, text=f"{frame.text} {frame.lean}".rstrip())
        told = reason == "forecast" and bool(frame.lean) and says(leant.text, "refund")
        more = [search(topic_of(leant) or leant.text, _side(leant))] if told else []
        return [("no_answer", {"reason": reason}), *more]  # what is known is told beside
    if frame.intent == "taiwan_quote" and frame.route == "traveller" and frame.price is None and not frame.items:
        day = {"on": frame.day.isoformat()} if frame.day else {}
        return [("law_lookup", {"name": name, **day}) for name in allowances(frame)]
    if frame.intent == "us_quote" and _not_held(frame):
        return _of_subheading(frame)
    if frame.intent in ("taiwan_quote", "us_quote"):
        make = taiwan_arguments if frame.intent == "taiwan_quote" else us_arguments
        if claims_exempt_drink(frame):
            return [
                ("law_lookup", {"name": "tw.low_value.excluded_goods"}),
                *((frame.intent, make(v)) for v in variants(frame)),
            ]
        looked: list[Call] = [("hs_search", {"text": frame.searched, "limit": 3})] if frame.searched else []
        if frame.intent == "taiwan_quote":
            looked = [*_taxed_at_all(frame), *_limits_asked(frame), *looked]
        check = check_call(frame)
        beside = [check] if check else []
        return [*looked, *((frame.intent, make(variant)) for variant in variants(frame)), *beside]
    if frame.intent == "us_de_minimis":
        return de_minimis_calls(frame)
    if frame.intent == "tool" and frame.bill:
        if frame.price is None and not frame.named_goods:  # of no shipment: which lines are whose
            return [search(frame.text, "US") if about_us(frame) else search(query("whose_lines", frame.lang), "TW")]
        return [("bill_check", _bill(frame))]
    if frame.intent == "tool" and frame.tool is None:  # by whose leave goods come in
        side = "US" if about_us(frame) else "TW"
        wanted = f"{frame.text} {frame.lean}".rstrip()
        papers = _papers(replace(frame, tool="import_papers", text=wanted))
        return [*papers, search(f"{wanted} {leave_of(frame)}".rstrip(), side)]
    if frame.intent == "tool" and frame.tool is not None and frame.tool == paper_asked(frame.text):
        return [*_papers(frame), search(frame.text, None if frame.tool == "import_papers" else "US")]
    if frame.intent == "tool" and frame.tool is not None:
        if not can_call(frame.tool):  # spoken of before, and of nothing that could be called now
            return [search(f"{frame.text} {passage_of(frame)}".rstrip(), _side(frame))]
        given = tool_arguments(frame)
        if frame.tool == "ezway_check" and "ordered" not in given and not says(frame.text, "ordered_nothing"):
            return [
                search(f"{frame.text} {passage_of(frame)}".rstrip(), "TW")
            ]  # a notice alone can be compared with nothing
        return [(frame.tool, given)]
    if frame.intent == "law":
        return [*_law(frame), *_held_quote(frame), *_fee_on(frame)]
    if frame.intent == "codes" and (about := codes_asked(frame.text)) is not None:
        where = {"schedule": about.schedule} if about.schedule else {}
        if asks_rate_of_goods(frame) and (lines := rate_lines(about.codes[0], "us" if about_us(frame) else "tw")):
            return [("tariff_code", {"code": code}) for code in lines]
        return [("tariff_code", {"code": code, **where}) for code in about.codes[:3]]
    if frame.intent == "hs_search":
        where = {"schedule": "us"} if frame.destination == "US" else {}
        return [("hs_search", {"text": goods_asked(frame.text) or frame.text, "limit": 5, **where})]
    if frame.intent == "tariff_line" and frame.codes:
        return [("tariff_code", {"code": code}) for code in frame.codes[:3]]
    if frame.intent == "tariff_line":
        goods = frame.lines("tw") or frame.lines("us")
        line: Call = ("tariff_line", {"text": goods[0].name}) if goods else ("tariff_code", {"code": frame.subheading})
        return [line, *([search(query("columns", frame.lang), "TW")] if says(frame.text, "preference") else [])]
    if frame.subject:
        return [search(subjects()[frame.subject].heading[frame.lang], subjects()[frame.subject].side)]
    if _SEEKS_LAWFUL.search(frame.text):
        return (
            [search(frame.text, "US")]
            if about_us(frame) or _OF_US.search(frame.text)
            else [search(query("lawful", frame.lang), "TW")]
        )
    if known := rule_known(frame):
        return [search(query(known[0], frame.lang), known[1])]
    if frame.lean and (asked := other_side(frame.text, frame.lean)) is not None:
        return [search(asked, "US" if _OF_US.search(frame.text) else "TW")]
    if alike := queries.only_place(frame.text, frame.lean):
        return [search(queries.IN_REPORT.sub(" ", alike), "APEC" if queries.REPORT.search(alike) else None)]
    asked = bare(queries.IN_REPORT.sub(" ", frame.text) if _side(frame) == "APEC" else frame.text)
    own = search(f"{asked} {topic_of(frame) or ' '.join(passages_of(frame))}".rstrip(), _side(frame))
    return [own, search(f"{asked} {frame.lean}", _side(replace(frame, text=frame.lean)))] if frame.lean else [own]


#: nothing but the rule is asked for
_WHICH_RULE = re.compile(
    r"^(?:那|所以|請問)?(?:依據|根據|依照?|這)?(?:的|是)*(?:(?:解釋)?準則|規定|法條|法規)?(?:的)?哪(?:一)?(?:條|項)(?:準則|規定|法條|法規)?[^，,。]{0,4}$|^(?:and |so )?(?:under |by )?which (?:rule|article|gir|gri|law)\b[^,.]{0,20}$",
    re.IGNORECASE,
)


def _not_held(frame: Frame) -> bool:
    """Whether the goods stand under a subheading of which no United States line is held, and no rate is told."""
    told = frame.codes or frame.items or frame.lines("us") or frame.amounts.rate is not None
    return frame.subheading is not None and not told


def _of_subheading(frame: Frame) -> list[Call]:
    """What is known of a subheading whose lines are not held: the code, and what reaches every good of the origin."""
    origin = frame.origin or frame.shipped_from
    code: Call = ("tariff_code", {"code": frame.subheading, "schedule": "us"})
    if origin is None or origin in ("US", "EU"):
        return [code]
    names = country_measures(origin, frame.day or frame.today, frame.text)
    on = {"on": frame.day.isoformat()} if frame.day else {}
    return [*(("law_lookup", {"name": name, **_origin_of(frame, name), **on}) for name in names[:3]), code]


def _held_quote(frame: Frame) -> list[Call]:
    """The calculation before, as the law has it, where a message wants it at a rate from elsewhere."""
    held = frame.held
    at_a_rate = any(q.kind == "percent" for q in frame.quantities) and says(frame.text, "asks_again")
    if held is None or held.intent not in ("taiwan_quote", "us_quote") or not at_a_rate:
        return []
    make = taiwan_arguments if held.intent == "taiwan_quote" else us_arguments
    return [(held.intent, make(held))]


def _fee_on(frame: Frame) -> list[Call]:
    """The trade promotion fee on an amount told: it is taken on the customs value, whatever the goods pay in duty."""
    if frame.price is None or not asks_trade_fee(frame):
        return []
    arguments = {**taiwan_arguments(frame), "route": frame.route or "cargo", "freight": "0", "insurance": "0"}
    price = text_of(frame.price)
    return [("taiwan_quote", {**arguments, "goods": [{"price": price, "rate": "0"}]})]


def _taxed_at_all(frame: Frame) -> list[Call]:
    """The limit, where it is asked whether goods of no value told are taxed at all."""
    asks = (
        frame.price is None
        and not frame.items
        and not frame.parcels
        and says(frame.text, "whether_taxed")
        and not _HOW_MUCH.search(frame.text)
    )
    return [("law_lookup", {"name": "tw.low_value.limit"})] if asks and frame.route != "traveller" else []


def _limits_asked(frame: Frame) -> list[Call]:
    """Limits that decide and that a calculation does not carry: the ceiling of a declaration, a traveller's quantities."""
    declared = {"simplified", "formal"} & {point.test for point in points_asked("tw", frame.text)}
    names = ["tw.express.simplified_ceiling"] if declared else []
    if "volume_litres" in frame.slots.get("taiwan_quote", {}) and frame.route in ("express", "post"):
        names.append(LICENCE)
    if frame.route == "traveller":  # what is free of alcohol and tobacco decides what is taxed
        names = [of for of, (slot, _) in ALLOWANCES.items() if slot in frame.slots.get("taiwan_quote", {})]
    return [("law_lookup", {"name": name}) for name in names] if not frame.days else []


def _side(frame: Frame) -> str | None:
    """The jurisdiction whose act a question names, which governs what may answer it."""
    if queries.REPORT.search(frame.text):
        return "APEC"
    acts = {act.lower() for act in pattern("intent", "us_act").findall(frame.text)} - AGENCIES
    return "US" if acts and not says(frame.text, "document") else None


def _papers(frame: Frame) -> list[Call]:
    side = "us" if about_us(frame) else "tw"
    route = frame.mode if side == "us" else frame.route
    dollars = [q for q in frame.quantities if q.kind == "money" and q.value is not None]
    amount = text_of(dollars[0].value) if len(dollars) == 1 and dollars[0].value is not None else None
    code = frame.subheading or next((m.line.code for m in frame.lines("us" if side == "us" else "tw")), None)
    return paper_calls(frame.tool or "", frame.text, side, route, amount, code)


def _bill(frame: Frame) -> dict[str, Any]:
    """A bill told in words, with the shipment it is for."""
    side = "us" if about_us(frame) else "tw"
    shipment = us_arguments(frame) if side == "us" else {"route": "express", **taiwan_arguments(frame)}
    told: dict[str, Any] = {"destination": side, "carrier": carrier_in(frame.text) or "other", side: shipment}
    told["lines"] = [{"label": label, "amount": amount} for label, amount in frame.bill]
    return told | ({"total": text_of(frame.bill_total)} if frame.bill_total is not None else {})


def plan_more(frame: Frame, results: Sequence[tuple[str, Any]], as_of: date) -> list[Call]:
    """Calls that follow from results: the passage on the very act that decided, how it stands today, the duty instead."""
    if frame.rule_first:
        alone = replace(frame, rule_first=False)
        if len(results) == 1:
            return plan(alone) if not told_first(frame, results) or sum_follows(frame) else []
        return [] if told_first(frame, results) else plan_more(alone, results[1:], as_of)
    if frame.intent == "policy" and not frame.lean and [name for name, _ in results] == ["policy_search"]:
        return _with_before(frame, results[0][1])
    searched = sum(name == "policy_search" for name, _ in results)
    if searched > len(frame.aside) + bool(frame.lean) or frame.intent == "decline":
        return []
    done = {name for name, _ in results}
    states = [a for name, a in results if name == "us_de_minimis" and isinstance(a, DeMinimis)]
    if states:
        return _after_states(frame, states, done, as_of)
    if frame.intent == "taiwan_quote" and "law_lookup" not in done and (day := day_not_held(results)):
        return [("law_lookup", {"name": "tw.low_value.limit", "on": day})]
    quotes = [a for name, a in results if name == "us_quote" and isinstance(a, Result)]
    tried = [a for name, a in results if name == "us_quote"]
    if len(tried) == 1 and not quotes and getattr(tried[0], "field", "").rpartition(".")[2] == "program":
        return [("us_quote", us_arguments(without_program(frame)))]  # the number has no special rate for it
    if quotes and "us_de_minimis" not in done and _exempt(quotes[0]):
        return de_minimis_calls(frame)
    lookups = [a for name, a in results if name == "law_lookup" and isinstance(a, LawLookup)]
    if lookups:
        if frame.parameters == (queries.ENTRY_LIMIT,) and frame.price is not None:
            return [search(query("entry_kinds", frame.lang), "US")]
        labels = " ".join(e.label[frame.lang] for a in lookups for e in a.entries[:2])
        if frame.matter == headed(query("classes", "zh-TW")):
            return [search(heading_of(frame.matter, frame.lang), "TW")]
        asked = "" if frame.intent == "taiwan_quote" else frame.text  # of goods with no value only the limit is told
        return [search(f"{asked} {passage_of(frame, PLAIN) or labels}".strip())]
    return []


def _with_before(frame: Frame, found: Any) -> list[Call]:
    """Where its own words find nothing, or name no subject, a search with the heading it is near to or the message before."""
    if frame.subject or not isinstance(found, SearchResult):
        return []
    plain = plainly_answers(found)
    heading = "" if plain or frame.after else heading_of(frame.matter, frame.lang)
    if heading and heading not in found.query:
        return [search(f"{frame.text} {heading}")]
    alone = not frame.after or (plain and own_words(frame) > SOME_OWN)
    return [] if alone else [search(f"{frame.after} {frame.text}")]


def _after_states(frame: Frame, states: Sequence[DeMinimis], done: set[str], as_of: date) -> list[Call]:
    if states[0].gift:
        over = states[0].value is not None and not states[0].applies and (frame.lines("us") or frame.codes)
        owed: list[Call] = [("us_quote", us_arguments(frame))] if over and "us_quote" not in done else []
        return [*owed, search(query("gift", frame.lang), "US")]
    state = states[-1] if len({s.on for s in states}) > 1 else states[0]
    wanted = " ".join(
        filter(
            None,
            [state.why[frame.lang] if state.why else "", state.citation[frame.lang], query("de_minimis", frame.lang)],
        )
    )
    calls = [search(wanted, "US")]
    if len(frame.asked_days) == 1 and state.on < as_of:
        calls.insert(0, ("us_de_minimis", {"origin": state.origin, "mode": state.mode}))
    priced = frame.price is not None and (frame.lines("us") or frame.codes or frame.mode == "post")
    if not states[0].available and priced and "us_quote" not in done:
        calls.insert(0, ("us_quote", us_arguments(frame)))
    return calls


def _exempt(result: Result) -> bool:
    """Whether a quote came out free by the low-value exemption."""
    return result.regime.get("name") in ("de_minimis", "gift")


#: the lawful ways to pay less, asked for as such
_SEEKS_LAWFUL = re.compile(
    r"合法.{0,6}(?:省稅|節稅|少繳|做法|方法|方式)|(?:lower|reduce|save|cut|minimi[sz]e|pay less)\b.{0,24}\b(?:legal|lawful)(?:ly)?|(?:legal(?:ly)?|lawful(?:ly)?) .{0,24}(?:sav(?:e|ing)|reduc|pay less|ways?\b|lower)",
    re.IGNORECASE,
)
_OF_US = re.compile(r"first sale|\bUSA?\b|United States|美國", re.IGNORECASE)
_HOW_MUCH = re.compile(
    r"多少|how much|\bwhat (?:tax(?:es)? |dut(?:y|ies) )?(?:will|would|do|must|should)\b", re.IGNORECASE
)


def search(question: str, jurisdiction: str | None = None) -> Call:
    """A search of the policy library."""
    arguments: dict[str, Any] = {"question": question[:500]}
    return "policy_search", arguments | ({"jurisdiction": jurisdiction} if jurisdiction else {})


_MOST = 4  # rules looked up for one question: a traveller's alcohol and tobacco, each with its age


def _law(frame: Frame) -> list[Call]:
    if frame.acts and frame.origin:
        return _act(frame, frame.origin)
    calls: list[Call] = []
    for arguments in [{"on": day.isoformat()} for day in frame.asked_days] or [{}]:
        calls += [("law_lookup", {"name": n, **_origin_of(frame, n), **arguments}) for n in frame.parameters[:_MOST]]
    return calls


def _act(frame: Frame, origin: str) -> list[Call]:
    """The codes of the goods, and what an act adds to them on each day: its measures differ from day to day."""
    calls: list[Call] = [("tariff_code", {"code": code, "schedule": "us"}) for code in frame.us_codes]
    for day in frame.asked_days or (frame.today,):
        for name in measures_of(frame.acts, frame.us_codes, origin, day):
            calls.append(("law_lookup", {"name": name, "origin": origin, "on": day.isoformat()}))
    reached = any(name == "law_lookup" for name, _ in calls)
    return calls if reached else [*calls, search(subjects()["which_232"].heading[frame.lang], "US")]


def _origin_of(frame: Frame, name: str) -> dict[str, Any]:
    """The origin, for a value that differs by it."""
    scoped = name.count(".") == 2 and any(v.scope.origins for v in law().parameter(name).values)
    return {"origin": frame.origin} if scoped and frame.origin and frame.origin != "EU" else {}


def text_of(value: Decimal) -> str:
    """An amount as a tool takes it."""
    return format(value, "f")
