"""Whether what goods owe is to be computed, for Taiwan or for the United States."""

from __future__ import annotations

import re
from typing import Literal

from advisor.offline.acts import KNOWLEDGE, act_of
from advisor.offline.amounts import TAX_AFTER
from advisor.offline.asked import about_us, quotes_threshold
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.slots import mentions
from advisor.offline.triggers import EVADED, PUNISHED
from advisor.offline.whether import questions
from tools.dialogue import dialogues
from tools.registry import published

_THINGS = re.compile(
    r"這個|這件|這包|包裹|東西|商品|this|(?:my|an?|the)(?: \w+)? (?:parcel|package|order|shipment)|\bit\b",
    re.IGNORECASE,
)


def asks_bare(frame: Frame) -> bool:
    """Whether a calculation is asked for without anything to compute it from."""
    bare = frame.price is None and not frame.named_goods and not frame.parameters and not frame.gift
    asked = any(says(part.strip(), "compute_it") for part in _SENTENCES.split(frame.text) if part.strip())
    asked = asked or _of_own_goods(frame)
    return bare and asked and not says(frame.text, "exempt") and frame.origin is None


def _of_own_goods(frame: Frame) -> bool:
    """Whether what one's own goods owe is asked, of which nothing is told: a shipment to the US, 我有一批貨."""
    told = frame.quantities or frame.days or frame.acts or says(frame.text, "document")
    if told or len(frame.text) > _BRIEF or says(frame.text, "asks_rule") or _RULES.search(frame.text):
        return False
    return _OWN.search(frame.text) is not None and _DUE.search(frame.text) is not None


_BRIEF = 80  # characters of a message that tells nothing of its goods
_OWN = re.compile(
    r"我們?.{0,8}(?:貨|包裹|東西|商品|產品|寄|買)|(?:這|一)[批個件包]|\b(?:my|our)\b(?: \w+)? (?:shipment|package|parcel|order|goods|stuff|box|consignment|cargo|products?|things?)\b|\b(?:a|the|this) (?:shipment|package|parcel|consignment)\b|\bgoods (?:i|we)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:關稅|稅金|稅費|稅)(?:大概|是|要|會|得|需要|總共)*(?:繳|付|課)?(?:多少|怎麼算|幾)|(?:繳|付|課|收)(?:多少|幾)(?:關|的)?(?:稅|錢)?|\b(?:how much|what)\b.{0,24}\b(?:dut(?:y|ies)|tax(?:es)?|tariffs?|owe|charge[ds]?|customs)\b",
    re.IGNORECASE,
)
_RULES = re.compile(r"怎麼罰|期限|何時|什麼時候|多久|哪一?天|退|申請|\b(?:how long|when|which|why|who|deadline|refund|rate)\b", re.IGNORECASE)  # fmt: skip


_SENTENCES = re.compile(r"(?<=[.?!？！。;；])\s*")


def begins_purchase(frame: Frame) -> bool:
    """Whether goods are said to be bought and nothing is asked yet: the facts of a calculation begin to come."""
    text = frame.text
    told = any(frame.goods.values()) and frame.destination in (None, "TW") and says(text, "buys")
    asks = any(
        says(text, cue) for cue in ("what_is", "asks_rule", "checks_code", "compare_rate", "verify", "consequence")
    )
    return told and not asks and "?" not in text and frame.gift is False


def states_purchase(frame: Frame, schedule: Literal["tw", "us"]) -> bool:
    """Whether goods, their value and how they go are told, which is to ask what they owe."""
    if frame.price is None or says(frame.text, "asks_rule") or says(frame.text, "what_is"):
        return False
    beside = ("tw.customs_value",) if schedule == "tw" else ("tw.", "us.programmes.")
    if any(not p.startswith(beside) for p in frame.parameters):
        return False
    goods = (
        frame.items
        or frame.codes
        or frame.lines(schedule)
        or frame.subheading
        or (schedule == "us" and frame.named_goods)
    )
    if schedule == "tw":  # the way it comes, or so much of a case that nothing else can be meant
        told = frame.slots.get("taiwan_quote", {}).keys() - _NO_MEASURE
        whole = bool(told) or (frame.origin is not None and says(frame.text, "asks_bare_amount"))
        return bool(goods and (frame.route or (whole and act_of(frame.text).share(KNOWLEDGE) < _RULE)))
    return bool(goods and (frame.mode or frame.origin))


#: facts that are told of any goods, whatever is asked
_NO_MEASURE = frozenset({"route", "importer", "commodity_tax", "alcohol_class"})
_RULE = 0.55  # how likely a rule is asked for, from which no sum is begun


def wants_us_quote(frame: Frame) -> bool:
    """Whether duties on named goods entering the United States are asked for."""
    if not about_us(frame) or "us_quote" not in published():
        return False
    asked = says(frame.text, "tax_question") or says(frame.text, "asks_amount") or frame.compare is not None
    rated = frame.amounts.rate is not None and frame.price is not None and not frame.claim
    return asked and bool(frame.lines("us") or frame.codes or frame.items or frame.subheading or rated)


def wants_quote(frame: Frame) -> bool:
    """Whether duties on something imported into Taiwan are to be computed."""
    text, amounts = frame.text, frame.amounts
    if frame.parcels and frame.destination in (None, "TW"):
        return True
    if has_price_of_none(frame) and _TIME_LIMIT.search(text):  # until when, not how much
        return False
    if frame.destination not in (None, "TW") or frame.names_law("us."):
        return False
    if frame.route == "traveller" and frame.price is not None and says(text, "tax_question") and not frame.claim:
        return True  # what was bought and is carried, whatever limit is spoken of
    if _is_threshold(frame):
        return False
    if frame.names_law("tw.import_controls."):  # what may not come in has no tax
        return False
    if says(text, "count_apart") and len(frame.said.get("route", ())) > 1:  # how ways of carriage are counted
        return False
    unpaid = EVADED.search(text) is not None and not frame.named_goods  # the amount told is of tax
    if PUNISHED.search(text) and (unpaid or has_price_of_none(frame)):  # what happens, not what is owed
        return False
    whole = frame.price is not None and amounts.rate is not None  # a case of one's own, whatever limit is spoken of
    if whole and frame.destination in (None, "TW") and not frame.claim and says(text, "tax_question"):
        return True
    if frame.destination is None and quotes_threshold(frame.quantities) and _OF_US.search(text):
        return False
    if frame.destination is None and frame.origin in ("TW", "US") and says(text, "us_exemption"):
        return False
    if quotes_threshold(frame.quantities) and says(text, "exempt") and frame.destination is None:
        return False
    if frame.items:
        shipped = frame.route is not None or amounts.freight is not None
        return says(text, "tax_question") or says(text, "asks_amount") or (shipped and not says(text, "asks_rule"))
    has_price = frame.price is not None
    bought = frame.named_goods or frame.route == "express"
    if has_price and bought and (amounts.freight, amounts.insurance, amounts.rate) != (None, None, None):
        return True
    asked = says(text, "tax_question") or (frame.days and says(text, "exempt"))
    if has_price and frame.used_exemptions is not None and (frame.named_goods or asked):
        return True
    if states_purchase(frame, "tw") or _brings(frame):
        return True
    if frame.destination in (None, "TW") and asks_bare(frame):
        return True
    if frame.compare is not None and has_price and frame.named_goods:
        return True
    abroad = (
        has_price and frame.amounts.currency not in (None, "TWD", "USD") and "tw.low_value.limit" in frame.parameters
    )
    if abroad:
        return True
    if not has_price and says(text, "buys") and says(text, "asks_amount") and not frame.parameters:
        return not says(text, "asks_rule")
    if has_price and frame.destination in (None, "TW") and _tax_told(frame):
        return True
    if has_price and frame.route is not None and not frame.parameters and _COMES_TO.search(text):
        return True
    if not says(text, "tax_question"):
        return False
    if has_price and (frame.named_goods or amounts.rate is not None or amounts.freight is not None):
        return True
    if has_price and says(text, "asks_amount"):
        return not (frame.claim and frame.parameters) and not frame.names_law("tw.low_value.sample_limit")
    on_its_way = frame.route is not None and frame.origin is not None and frame.destination == "TW"
    named = frame.named_goods or _THINGS.search(text) or on_its_way
    return bool(says(text, "asks_amount") and named and not frame.parameters and not says(text, "compare_rate"))


#: a period that runs is asked for
_TIME_LIMIT = re.compile(
    r"\b(?:how long|how many days|until when|by when|deadline|time limit)\b|(?:多久|幾[天日個]{1,2}月?|何時|什麼時候)(?:以|之)?(?:內|前)|期限",
    re.IGNORECASE,
)
#: words that make an amount the threshold of the United States exemption
_OF_US = re.compile(r"\bexempti?on\b|\bde minimis\b|免稅(?:額|門檻|規定)", re.IGNORECASE)


def has_price_of_none(frame: Frame) -> bool:
    """Whether no amount of the goods is told."""
    return frame.price is None and not any(i.amounts.price is not None for i in frame.items)


#: what goods on their way come to, however it is asked
_COMES_TO = re.compile(r"(?:要|會|得|需要?)(?:付|給|花)?多少(?:錢)?[呢啊?？]*$|\bhow much (?:in total|altogether|will it be|is it)\b", re.IGNORECASE)  # fmt: skip


def _tax_told(frame: Frame) -> bool:
    """Whether an amount of tax that somebody asks for is told beside the price: what is owed is held against it."""
    return any(q.kind in ("money", "number") and TAX_AFTER.match(frame.text[q.end :]) for q in frame.quantities)


def _brings(frame: Frame) -> bool:
    """Whether a traveller asks what may come along free: goods told, no amount."""
    if frame.route != "traveller" or frame.price is not None or frame.parameters:
        return False
    asked = says(frame.text, "tax_question") or says(frame.text, "asks_rule") or bool(questions(frame.text))
    return (asked and allowance_of(frame) is not None) or asks_to_bring(frame) or says(frame.text, "exempt")


def asks_to_bring(frame: Frame) -> bool:
    """Whether a traveller asks if alcohol or tobacco may come along."""
    may = frame.route == "traveller" and frame.price is None and _MAY_BRING.search(frame.text)
    return bool(may) and allowance_of(frame) is not None


_MAY_BRING = re.compile(
    r"(?:可以|能|能不能|可不可以)[^，,。？?]{0,6}帶|帶[^，,。？?]{1,10}(?:可以嗎|行嗎|行不行)|\b(?:can|may|could) (?:i|we) bring\b|\ballowed to bring\b",
    re.IGNORECASE,
)


def allowance_of(frame: Frame) -> str | None:
    """The kind of traveller's goods that have an allowance of their own: alcohol or tobacco."""
    slots, text = dialogues()["taiwan_quote"].slots, frame.text.lower()
    return next((kind for kind in ("alcohol_percent", "sticks") if mentions(slots[kind].about, text)), None)


def _is_threshold(frame: Frame) -> bool:
    """Whether a figure is said to be the limit up to which imports are free."""
    if frame.price is not None and frame.amounts.currency not in (None, "TWD", "USD"):
        return False  # money of another currency is set against it
    if frame.price is not None and frame.amounts.freight is not None:
        return False  # a case with its charges, whatever limit it speaks of
    return "tw.low_value.limit" in frame.parameters and frame.used_exemptions is None and not (
        frame.named_goods and (frame.amounts.freight is not None or frame.amounts.rate is not None or not frame.claim)
        and frame.price is not None
    )  # fmt: skip
