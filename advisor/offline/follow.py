"""A message in the light of the conversation: facts carry over and change one at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from advisor.offline.about_it import (
    IT,
    asks_about_it,
    asks_exemption,
    asks_part_of_it,
    asks_what_is_owed,
    claims_rate,
)
from advisor.offline.adjust import of_each, without_carriage
from advisor.offline.amounts import Amounts, tells_each
from advisor.offline.changes import counted, of_kind, other_day, other_goods, rates_told
from advisor.offline.cues import says
from advisor.offline.evasion import help_refused
from advisor.offline.frame import CALCULATED, Comparison, Frame, Intent
from advisor.offline.goods import of_all
from advisor.offline.held_sum import again, as_item
from advisor.offline.intent import compared
from advisor.offline.leaning import LONG, POINTS_BACK, SHORT
from advisor.offline.materials import is_remade, other_material, remade
from advisor.offline.one_sum import of_the_sum
from advisor.offline.places import Places
from advisor.offline.slots import read_slots
from advisor.offline.topics import country_measures
from advisor.offline.triggers import EVADED, PUNISHED
from advisor.offline.turns import (
    ANOTHER,
    CORRECTS,
    FOR_PROFIT,
    NAMES_AGREEMENT,
    TO_TAIWAN,
    TODAY,
    at_another_rate,
    back_to_today,
    claims_nothing,
    claims_program,
    doubts_rate,
    no_proof,
    of_count,
    of_these,
    other_proof,
    over,
    rate_corrected,
    repriced,
    says_the_same,
    used_before,
)
from advisor.offline.when import days_of, entry_days
from advisor.offline.whys import asks_why, supposes


def continued(frame: Frame, before: Frame, places: Places) -> Frame | None:
    """The frame before with what this message changes; None for a question of its own."""
    if before.intent not in CALCULATED:
        if before.held is None or not (POINTS_BACK.search(frame.text) or asks_why(frame)):
            return None
        before = before.held  # a rule was asked about in between
    text = frame.text
    if before.intent == "tool" and before.tool and (told := read_slots(text, before.tool).values):
        frame = replace(frame, slots={**frame.slots, before.tool: told})
    if frame.subject or says(text, "interpretation") or _case_of_its_own(frame, before):
        return None
    refunded = says(text, "refund") and frame.intent != "us_quote"
    if before.intent == "law" and (refunded or (before.names_law("tw.traveller") and FOR_PROFIT.search(text))):
        return None
    if (says(text, "mail_sheet") and frame.intent == "policy") or (says(text, "count_apart") and frame.price is None):
        return None
    if PUNISHED.search(text) and frame.intent in ("policy", "law") and (not frame.amounts.any or EVADED.search(text)):
        return None
    if says(text, "evasion") or says(text, "private_price") or help_refused(text) is not None:
        return None
    items = before.items
    frame, before = rates_told(*counted(frame, before))
    if before.items != items and not (frame.said or frame.days or frame.origin or frame.destination):
        return replace(before, text=text, quantities=frame.quantities, explain=False, compare=None, aside=(), lang=frame.lang)  # fmt: skip
    if asks_exemption(frame, before):
        return replace(
            before, intent="us_de_minimis", text=text, explain=False, compare=None, aside=(), lang=frame.lang
        )
    if claims_rate(frame, before):  # whether it is that rate instead
        return replace(before, text=text, quantities=frame.quantities, explain=True, aside=(), lang=frame.lang, parameters=frame.parameters)  # fmt: skip
    if asks_why(frame) and other_day(frame, before) is None and not supposes(frame, before):
        return replace(before, text=text, quantities=frame.quantities, explain=True, aside=(), lang=frame.lang)
    if (rated := rate_corrected(frame, before)) is not None:
        return rated
    if doubts_rate(frame, before):
        return replace(before, text=text, quantities=frame.quantities, explain=True, aside=(), lang=frame.lang)
    if before.intent == "us_quote" and _SINCE_WHEN.search(text) and len(text) < LONG and _FREE_BEFORE.search(before.text):  # fmt: skip
        return replace(
            before, intent="us_de_minimis", text=text, aside=(), explain=False, compare=None, lang=frame.lang
        )
    state = before.intent == "us_de_minimis" or (before.intent == "law" and before.general)
    if state and _SINCE_WHEN.search(text) and len(text) < LONG:
        return replace(before, aside=(), lang=frame.lang)
    if asks_what_is_owed(frame, before):
        goods = frame if frame.named_goods else before
        return replace(
            before, intent="us_quote", text=text, aside=(), lang=frame.lang, wants_quote=True, gift=False, quantities=frame.quantities,
            days=frame.days or before.days, amounts=before.amounts.updated(frame.amounts), goods=goods.goods, codes=goods.codes,
            subheading=goods.subheading,
        )  # fmt: skip
    frame = _told_of_these(frame, before)
    if (
        NAMES_AGREEMENT.search(text)
        and before.intent == "taiwan_quote"
        and not frame.slots.get("taiwan_quote", {}).get("preference_proof")
    ):
        return replace(before, text=text, quantities=frame.quantities, explain=True, aside=(text,), lang=frame.lang)
    if (rated := at_another_rate(frame, before)) is not None:
        return rated
    if (both := _compared_again(frame, before)) is not None:
        return both
    as_many = frame.amounts.count in (None, before.amounts.count)
    if as_many and asks_part_of_it(frame, before):  # a tax, an act, a declaration: said yes or no from the calculation
        return again(before, frame)
    if asks_about_it(frame, before):
        explain = says(text, "compare_rate") or says(text, "asks_percent")
        return replace(before, text=text, quantities=frame.quantities, explain=explain, aside=(), lang=frame.lang)
    if before.intent == "tariff_line" and says(text, "preference") and not frame.named_goods:
        return replace(before, text=text, quantities=frame.quantities, lean=before.text, aside=(), lang=frame.lang)
    if (goes_on := _with_more(frame, before)) is None:
        if not _continues(frame, before):
            return None
        goes_on = merged(frame, before)
    comparison = compared(replace(goes_on, text=text, said=frame.said), places)
    if comparison is None and len(frame.days) > 1 and before.intent in ("taiwan_quote", "us_quote"):
        entered = days_of(text, entry_days(text, frame.quantities), frame.today, frame.days[-1])
        if len(entered) == 1:  # flown out on one day and entered on another
            return replace(goes_on, days=entered)
        comparison = Comparison("day", frame.days[:3])
    kept = before.compare if comparison is None and says(text, "together", "later") else None  # both ways, as before
    return replace(goes_on, compare=comparison or kept)


def _case_of_its_own(frame: Frame, before: Frame) -> bool:
    """Whether goods with their price are told after a question about a rule: they are to be computed."""
    whole = frame.intent in ("taiwan_quote", "us_quote") and frame.named_goods and frame.price is not None
    return before.intent == "law" and whole


def _told_of_these(frame: Frame, before: Frame) -> Frame:
    """Taiwan, named after goods for the United States without going there, is where they come from."""
    abroad = before.destination == "US" or before.intent in ("us_quote", "us_de_minimis")
    if not abroad or frame.destination != "TW" or TO_TAIWAN.search(frame.text):
        return frame
    if frame.origin is None:
        return replace(frame, destination=None, origin="TW")
    if _MADE.search(frame.text) and not _CUSTOMS_HERE.search(frame.text):  # made there, and sent from here
        return replace(frame, destination=None, shipped_from="TW")
    return frame


_CUSTOMS_HERE = re.compile(r"[台臺]灣(?:的)?(?:海關|進口|關稅|營業稅)|\btaiwan(?:'s|ese)? (?:customs|import|dut|tax|vat)", re.IGNORECASE)  # fmt: skip


_MORE = re.compile(
    r"多加(?:買)?(?:了)?(?:一|兩|幾|\d)|(?<![附增參])加了?(?:個|(?:一|兩|幾|\d)\s?[件個雙支條瓶盒台臺包箱組張頂本])|加(?:買|購|訂|點)(?:了)?(?:一|兩|幾|\d)|(?:再|又|還|另外)(?:多|放|塞|裝|附|有)了?(?:一|兩|幾|\d)|同一?(?:包|箱|批|盒)(?:裡|內)?(?:面)?(?:再|又|還|也)|再加|加上|另外(?:再|還)?買|還(?:要|有)買|外加|多買|\balso (?:has|have|bought|brings?|got|carr\w+)\b|\b(?:plus|add|adding|along with|together with|as well as|in the same (?:box|parcel|package))\b",
    re.IGNORECASE,
)


_BECOMES = re.compile(r"(?<!運費)(?<!郵資)(?<!保險)(?<!保費)(?:變|變成|變為|總共|一共|合計|共)\s*(?:是|要|NT\$|\$)?\s?\d|\b(?:making|total(?:s|ling)?|altogether|now|comes? to|becomes?)\b.{0,12}\d", re.IGNORECASE)  # fmt: skip


def _with_more(frame: Frame, before: Frame) -> Frame | None:
    """The goods before and those of this message, where it adds some with their price."""
    if not _MORE.search(frame.text) or not any(frame.goods.values()) or frame.price is None:
        return None
    if _BECOMES.search(frame.text) and not other_goods(frame, before):  # the same, of which all cost so much now
        return None
    old = before.items or ((as_item(before),) if any(before.goods.values()) and before.price is not None else ())
    if not old:
        return None
    items = (*old, *(frame.items or (as_item(frame),)))
    charges = before.amounts.updated(replace(frame.amounts, price=None, customs_value=None, count=None))
    return replace(
        merged(frame, before), items=items, amounts=of_all(items, charges), goods=before.goods, one_sum=False
    )


#: it was free before
_FREE_BEFORE = re.compile(r"(?:以前|之前|過去|原本|本來).{0,8}(?:不用|不必|免|沒有?|不會)|\b(?:used to|before|previously|never|didn't|always)\b.{0,40}\b(?:free|duty|tax|paid?|charged?)", re.IGNORECASE)  # fmt: skip
_SINCE_WHEN = re.compile(r"^\W*(?:那|這|是|又){0,3}(?:從)?(?:什麼時候|何時|哪天|哪一天|幾號)(?:開始|起|的事)?|^\W*(?:and )?since when\b|^\W*(?:and |so |but )*when (?:did|was|were|has|have) (?:that|this|it|they|those|these)\b", re.IGNORECASE)  # fmt: skip


def _compared_again(frame: Frame, before: Frame) -> Frame | None:
    """Which is cheaper, asked after a calculation without naming what: the ways goods can come."""
    told = frame.slots.get("taiwan_quote", {})
    english = frame.lang == "en"
    most = LONG if told.get("preference_proof") is None and not english else 2 * LONG
    at_rate = told.get("preference_proof") is not None and any(q.kind == "percent" for q in frame.quantities)
    claimed = at_rate or "program" in frame.slots.get("us_quote", {})  # held against the quote without the preference
    if not says(frame.text, "compares") or len(frame.text) > most or frame.price is not None or claimed:
        return None
    values: tuple[Any, ...] = frame.said.get("route" if before.intent == "taiwan_quote" else "mode", ())
    here = before.route if before.intent == "taiwan_quote" else before.mode
    if len(values) == 1 and values[0] != here:
        values = (here or "express", *values)
    if frame.origin and before.origin and frame.origin != before.origin:
        return replace(merged(frame, before), compare=Comparison("origin", (before.origin, frame.origin)))
    if (day := other_day(frame, before)) is not None and len(values) < 2:
        return replace(merged(frame, before), compare=Comparison("day", (before.day or frame.today, day)))
    if len(values) < 2 and before.changed is not None and not frame.origin and not frame.days and not frame.said:
        return replace(merged(frame, before), compare=before.changed)
    if before.intent == "taiwan_quote" and len(values) < 2 and told.get("preference_proof") is not None:
        return replace(merged(frame, before), compare=Comparison("proof", (False, True)))
    if len(values) < 2 and (frame.amounts.any or is_remade(frame, before)):
        return None
    if len(values) < 2 and not frame.origin and not frame.days:
        values = ("express", "post") if before.intent == "taiwan_quote" else ("ocean", "air", "express")
    if len(values) < 2 or before.intent not in ("taiwan_quote", "us_quote"):
        return None
    return replace(merged(frame, before), compare=Comparison("route", values))


def _continues(frame: Frame, before: Frame) -> bool:
    """Whether a message only adds or changes facts of the question before it."""
    facts = (
        frame.amounts.any or frame.amounts.count is not None or frame.days or frame.said or frame.origin or frame.named_goods
        or any(frame.slots.values())
    )  # fmt: skip
    if (
        claims_nothing(frame, before)
        or supposes(frame, before)
        or (len(frame.text) < LONG and other_material(frame, before))
    ):
        return True
    if _made_elsewhere(frame, before) or _only_goes(frame, before):
        return True
    there = before.destination == "US" and frame.destination is None and frame.amounts.currency != "TWD"
    if there and frame.intent == "taiwan_quote" and not frame.named_goods and before.intent != "policy":
        return True  # another of them, by another way
    if not _changes(frame) or (before.intent == "tool" and not facts) or (says_the_same(frame, before) and not says(frame.text, "asks_amount")):  # fmt: skip
        return False
    if frame.price is not None and not frame.named_goods and CORRECTS.search(frame.text) and before.intent in ("taiwan_quote", "us_quote", "us_de_minimis"):  # fmt: skip
        return True
    if before.intent == "us_de_minimis" and before.price is not None and frame.price is not None and (says(frame.text, "exempt") or _STILL_FREE.search(frame.text) or _IN_ALL.search(frame.text) or before.gift):  # fmt: skip
        return True
    if before.intent in _QUOTES.values() and before.price is not None and frame.price is not None and not frame.named_goods and _NEXT.search(frame.text):  # fmt: skip
        return True
    own = frame.named_goods and frame.price is not None and says(frame.text, "tax_question")
    if POINTS_BACK.search(frame.text) and len(frame.text) < 2 * LONG:
        return not (own and len(frame.text) > LONG) and not _own_rule(frame, before)
    if before.intent in ("taiwan_quote", "us_quote", "tool"):
        if frame.wants_quote or (frame.destination == "US" and before.intent == "taiwan_quote"):
            bare = frame.amounts.rate is None and frame.destination != "US" and not other_goods(frame, before)
            told_anew = before.price is not None and says(frame.text, "tax_question") and ANOTHER.search(frame.text)
            moved = frame.price is None and before.price is not None and frame.origin is not None
            if moved and IT.search(frame.text):
                return True
            return bare and (frame.price is None or not told_anew)
        asks_law = (
            bool(frame.parameters)
            and not claims_program(frame)
            and frame.used_exemptions is None
            and len(frame.text) > SHORT
            and frame.amounts.customs_value is None
            and frame.amounts.exchange_rate is None
            and frame.amounts.rate is None
            and not other_proof(frame, before)
        )
        return not says(frame.text, "what_is") and not says(frame.text, "asks_rule") and not asks_law
    if before.intent == "law" and not (frame.named_goods or frame.price or frame.said) and IT.search(frame.text):
        return not frame.parameters or frame.parameters == before.parameters
    own_topic = frame.wants_quote or says(frame.text, "what_is") or (frame.parameters and before.intent != "law")
    return not own_topic and len(frame.text) < 40


_IN_ALL = re.compile(r"總共|一共|合計|加起來|\b(?:altogether|in total|in all|total(?:s|ing)?)\b", re.IGNORECASE)
_NEXT = re.compile(r"下一?(?:批|票|單|次|箱|趟)|(?:另|這|那)一?(?:批|票)|\b(?:next|another|second|following) (?:shipment|batch|lot|consignment|order|one)\b", re.IGNORECASE)  # fmt: skip
_STILL_FREE = re.compile(r"\b(?:still|also|that|it|all|too) (?:duty[- ]|tax[- ])?(?:free|ok(?:ay)?|exempt)\b|還(?:可以|能|是)?免|也免", re.IGNORECASE)  # fmt: skip


_MADE = re.compile(r"製造|製的|[製做](?=[，,。.;； ]|$|呢)|做的|生產|產地|工廠|代工|縫|\b(?:made|sewn|produced|manufactured|assembled|factory|woven|knitted|origin)\b", re.IGNORECASE)  # fmt: skip


def _made_elsewhere(frame: Frame, before: Frame) -> bool:
    """Whether the goods of a calculation are told to be made in another place, and nothing else of them."""
    other = frame.origin not in (None, before.origin) and frame.destination in (None, before.destination)
    own = frame.price is not None or frame.named_goods or frame.days
    return before.intent in _QUOTES.values() and other and not own and _MADE.search(frame.text) is not None


def _only_goes(frame: Frame, before: Frame) -> bool:
    """Whether a calculation of which nothing was told goes on with the way or the country alone."""
    nothing = before.intent in _QUOTES.values() and before.price is None and not before.named_goods
    told = frame.destination in _QUOTES or frame.route or frame.mode
    own = frame.price is not None or frame.named_goods or frame.parameters or frame.days
    return bool(nothing and told and not own and len(frame.text) < 2 * LONG and says(frame.text, "asks_bare_amount"))


def _own_rule(frame: Frame, before: Frame) -> bool:
    """Whether a message that points back asks about a rule instead."""
    asks = says(frame.text, "what_is") or (bool(frame.parameters) and not claims_program(frame))
    return asks and before.intent != "law" and not (
        frame.origin or frame.days or frame.amounts.any or frame.said or (frame.named_goods and before.price is not None)
    )  # fmt: skip


def _changes(frame: Frame) -> bool:
    return bool(
        frame.amounts.any or frame.amounts.count is not None or frame.senders or frame.parcels or frame.origin or frame.destination or frame.days or frame.said or frame.gift
        or frame.fiscal_year or frame.asked_days or frame.used_exemptions is not None or frame.named_goods
        or any(frame.slots.values()) or frame.parameters or says(frame.text, "sold") or TODAY.search(frame.text)
    )  # fmt: skip


def merged(frame: Frame, before: Frame) -> Frame:
    """The calculation before with every fact that this message tells in its place."""
    frame, before = of_each(frame, before), without_carriage(frame, before)
    goods_changed = frame.named_goods and not (of_kind(frame, before) or of_the_sum(frame, before))
    today = back_to_today(frame, before)
    days = () if today else frame.days or before.days
    origin = frame.origin or before.origin
    parameters = frame.parameters or before.parameters
    if before.general and origin is not None and (frame.origin or frame.days or today):
        parameters = country_measures(origin, days[0] if days else frame.today) or before.parameters
    if (
        frame.slots.get("taiwan_quote", {}).get("preference_proof")
        and frame.amounts.rate is None
        and before.lines("tw")
    ):
        before = replace(before, amounts=replace(before.amounts, rate=None))  # the rate told was without the proof
    if claims_nothing(frame, before):
        dropped = no_proof(frame.slots), no_proof(before.slots)
        frame, before = replace(frame, slots=dropped[0]), replace(before, slots=dropped[1])
    items = frame.items if goods_changed else repriced(before.items, frame)
    elsewhere = _goes_elsewhere(frame, before)
    if before.amounts.count is not None and tells_each(frame.text, frame.quantities, frame.amounts.price):
        frame = replace(frame, amounts=replace(frame.amounts, each=True))  # of so many told before
    given = frame.gift and not before.gift and before.intent == "us_quote" and not elsewhere
    intent: Intent = _QUOTES[elsewhere] if elsewhere else "us_de_minimis" if given else before.intent
    return replace(
        frame, intent=intent,
        amounts=(_without_charges(before, frame) if elsewhere else before.amounts).updated(frame.amounts),
        goods=frame.goods if goods_changed else remade(before, frame.text), items=items, one_sum=frame.one_sum if goods_changed else before.one_sum, codes=frame.codes or before.codes,
        subheading=frame.subheading if goods_changed else before.subheading, searched=frame.searched if goods_changed else before.searched,
        slots=over(of_count(before, frame), of_these(before, frame)), said={**before.said, **frame.said},
        origin=origin, shipped_from=frame.shipped_from or before.shipped_from,
        destination=frame.destination or before.destination, days=days,
        fiscal_year=None if today else frame.fiscal_year or before.fiscal_year, gift=(frame.gift or before.gift) and not says(frame.text, "sold"), claim=frame.claim,
        parcels=frame.parcels or before.parcels, senders=frame.senders or before.senders,
        used_exemptions=used_before(frame, before, days), fees=before.fees and not goods_changed, rates=before.rates and frame.price is None, lean=f"{before.text} {before.lean}".rstrip() if before.intent == "tool" else "",
        parameters=parameters, wants_quote=before.wants_quote, tool=before.tool,
        compare=None, changed=_changed(frame, before), explain=False, general=before.general, held=None,
    )  # fmt: skip


_QUOTES: dict[str, Intent] = {"TW": "taiwan_quote", "US": "us_quote"}


def _goes_elsewhere(frame: Frame, before: Frame) -> str | None:
    """The other of the two destinations, where the goods of a calculation go there now."""
    now = frame.destination or ""
    return now if before.intent in _QUOTES.values() and _QUOTES.get(now, before.intent) != before.intent else None


def _without_charges(before: Frame, frame: Frame) -> Amounts:
    """The amounts before for another destination: its rates are its own, and with a new price its charges and money too."""
    money = before.amounts.currency or ("USD" if before.intent == "us_quote" else "TWD")  # as it was computed
    kept = replace(before.amounts, rate=None, exchange_rate=None, currency=money)
    if frame.amounts.price is None and frame.amounts.customs_value is None:
        return kept
    return replace(kept, price=None, customs_value=None, freight=None, insurance=None, currency=None, currencies=())


def _changed(frame: Frame, before: Frame) -> Comparison | None:
    """What this message puts in another's place: origin, way of carriage or day."""
    if frame.origin and before.origin and frame.origin != before.origin:
        return Comparison("origin", (before.origin, frame.origin))
    if frame.days and before.days and frame.days != before.days:
        return Comparison("day", (before.days[0], frame.days[0]))
    here, there = (f.route if before.intent == "taiwan_quote" else f.mode for f in (before, frame))
    return Comparison("route", (here, there)) if here and there and here != there else before.changed
