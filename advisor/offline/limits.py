"""A quantity held against the limit that the talk is of: an amount against a class, pieces against those free of a permit, an age."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.owed import allowance_of
from advisor.offline.plan_taiwan import COMMODITY
from advisor.offline.queries import query
from advisor.offline.triggers import punished
from advisor.offline.turns import FOR_PROFIT
from advisor.offline.whether import points_asked
from advisor.offline.wordings import headed, side_of

_SHORT = 90  # characters of a message that holds a quantity against what was spoken of
_UNITS = {"money": ("TWD", "?"), "dollars": ("USD", "?")}  # units of money that limits are written in, or none
_BRIEF = 30  # characters of a message that only names the other way
_SENT = re.compile(r"寄|郵|快遞|網購|\b(?:mail|post|courier|order|ship)", re.IGNORECASE)
_CARRIED = re.compile(r"帶|行李|搭機|\b(?:carr|bring|brought|luggage|suitcase)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit by the passages whose talk it belongs to, and how the quantity is told that it is held against."""

    name: str
    matters: frozenset[str]
    told: str
    law: tuple[str, ...]
    words: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    goes: str = ""
    reached: bool = False
    asked: re.Pattern[str] | None = None

    def passed(self, quantity: Decimal, value: Decimal) -> bool:
        """Whether a quantity is beyond the limit; an age where it is reached."""
        return quantity >= value if self.reached else quantity > value


@cache
def limits() -> dict[str, Limit]:
    """The limits by the parameter that each is, as held."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["limit"]
    found = [
        Limit(
            name=row["name"],
            matters=frozenset(row["matters"]),
            told=row["told"],
            law=tuple(row["law"]),
            words=_words(row.get("words")),
            unless=_words(row.get("unless")),
            goes=row.get("goes", ""),
            reached=row.get("reached", False),
            asked=_words(row.get("asked")),
        )
        for row in rows
    ]
    return {limit.law[0]: limit for limit in found}


def _words(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern is not None else None


def quantity_of(limit: Limit, frame: Frame) -> Decimal | None:
    """The quantity a message tells that is held against a limit; None where it tells none or several."""
    if limit.told in _UNITS:
        units = _UNITS[limit.told]
        sums = [q for q in frame.quantities if q.kind in ("money", "number") and q.unit in (*units, None, "")]
        told = {q.value for q in sums if q.value is not None and not _more(frame.text, q.start, q.end)}
        if frame.amounts.price is not None and len(told) != 1 and frame.amounts.currency in (None, *units):
            told = {frame.amounts.price}
        return next(iter(told)) if len(told) == 1 else None
    if limit.told == "count":
        if _HOW_MANY.search(frame.text):
            return None
        counts = {q.value for q in frame.quantities if q.kind in ("count", "number") and q.value is not None}
        if not counts and _ONE.search(frame.text):
            counts = {Decimal(1)}
        return (
            frame.amounts.count if frame.amounts.count is not None else next(iter(counts)) if len(counts) == 1 else None
        )
    slot = frame.slots.get("taiwan_quote", {}).get(limit.told)
    return Decimal(str(slot)) if slot is not None else None


def _more(text: str, start: int, end: int) -> bool:
    """Whether an amount is what is more or less, not what is told: 多一塊錢, one dollar over."""
    return _MORE_BEFORE.search(text[:start]) is not None or _MORE_AFTER.match(text[end:]) is not None


_MORE_BEFORE = re.compile(r"(?:多|少|差|超過)了?\s*$")
_MORE_AFTER = re.compile(r"\s*(?:dollars? )?(?:more|less|over|extra|above)\b", re.IGNORECASE)
_NOT_OWN = re.compile(
    rf"{FOR_PROFIT.pattern}|公司|公司行號|店裡|\b(?:company|firm|shop|store)\b", re.IGNORECASE
)  # limits are of own use
_HOW_MANY = re.compile(r"幾[支件瓶條個副台臺罐盒]|多少[支件瓶條個副台臺罐盒]|how many", re.IGNORECASE)
#: one piece, told as an article
_ONE = re.compile(
    r"\b(?:one|a single)\b(?! (?:day|week|month|year|thing|more|of|time|question)\b)|\b(?:bought|buy(?:ing)?|order(?:ed|ing)?|get(?:ting)?|bring(?:ing)?|import(?:ed|ing)?) an? (?!few|lot|couple|dozen|pair|box|case|pack)",
    re.IGNORECASE,
)
#: how much is free is asked beside the papers
_LIMITED = re.compile(r"限制|限量|上限|(?:可以|能|行)(?:嗎|不)|\b(?:limit|allowed|how many|restriction)", re.IGNORECASE)
_AGE = "age"


def of_limit(frame: Frame, before: Frame | None) -> Frame:
    """The frame as a question for the limits that its quantities are held against, where the talk is of them."""
    if (classed := _classed(frame, before)) is not None:
        return classed
    papers = frame.tool == "import_papers" and _LIMITED.search(frame.text) is not None
    leave = frame.intent == "tool" and (frame.tool is None or papers)  # by whose leave goods come in
    if not (frame.intent in ("policy", "law") or leave) or len(frame.text) > _SHORT or frame.subject or frame.explain:
        return frame
    if punished(frame.text) or says(frame.text, "document") or _NOT_OWN.search(frame.text) or frame.days:
        return frame
    luggage = frame.names_law("tw.traveller.") or (before is not None and before.names_law("tw.traveller."))
    frame = _as_many(frame, before)
    talked = (
        before.matter if before is not None and _document(before) in ("", _document(frame) or _document(before)) else ""
    )
    spoken = {_heading(m) for m in (frame.matter, talked)}
    words = f"{frame.text} {before.text if before is not None else ''}"
    found = [
        limit
        for limit in limits().values()
        if (spoken & limit.matters or (luggage and limit.law[0].startswith("tw.traveller.")))
        and quantity_of(limit, frame) is not None
        and (limit.words is None or limit.words.search(words))
        and not (limit.unless is not None and limit.unless.search(words))
        and (not limit.goes or (limit.goes == "carried") == _carried(frame, before))
    ]
    found.sort(key=lambda limit: limit.told != _AGE)  # nothing is free before it, whatever the quantity
    if not found:
        return frame
    names = tuple(dict.fromkeys(name for limit in found for name in limit.law))
    if found[0].told == "dollars":  # told as the kind of entry of a shipment of that value
        amounts = replace(frame.amounts, price=quantity_of(found[0], frame), currency="USD")
        return replace(frame, intent="law", parameters=names, within=False, lean="", amounts=amounts, destination="US")
    return replace(frame, intent="law", parameters=names, within=False, lean="", origin=None, claim=False)


def _classed(frame: Frame, before: Frame | None) -> Frame | None:
    """A value of courier goods whose class or declaration is asked for, here or of another value before it; else None."""
    limit = next(limit for limit in limits().values() if limit.asked is not None)
    asked = limit.asked is not None and limit.asked.search(frame.text) is not None
    if (
        frame.named_goods
        and not _CLASS.search(frame.text)
        and {point.test for point in points_asked("tw", frame.text)} & {"simplified", "formal"}
    ):
        return None  # goods may need a formal declaration whatever their value: read from their calculation
    if any(_of_its_own(each) for each in (frame, before) if each is not None) or _INFORMAL.search(frame.text):
        return None
    again = before is not None and before.intent == "law" and before.parameters == limit.law
    if (
        not (asked or again)
        or _SUM.search(frame.text)
        or frame.intent not in _CLASSED
        or frame.route not in (None, "express")
        or frame.days
    ):
        return None
    value = frame.price if frame.amounts.currency in (None, "TWD") else None
    if value is None and again and before is not None and frame.amounts.currency in (None, "TWD"):
        value = before.price if frame.amounts.any else None  # what was told before, with its freight now
    away = about_us(frame) or side_of(frame) == "us" or frame.items or frame.destination not in (None, "TW")
    if value is None or away or _BOUND.search(frame.text):
        return None
    charges = [] if frame.amounts.customs_value is not None else [frame.amounts.freight, frame.amounts.insurance]
    amounts = replace(
        frame.amounts, price=sum(filter(None, charges), value), customs_value=None, freight=None, insurance=None
    )
    return replace(
        frame, intent="law", parameters=limit.law, within=False, rule_first=False, lean="", origin=None, claim=False,
        matter=headed(query("classes", "zh-TW")), held=replace(frame, intent="taiwan_quote", wants_quote=True, explain=False),
        amounts=amounts, quantities=(),
    )  # fmt: skip


def _of_its_own(frame: Frame) -> bool:
    """Whether goods have a class whatever their value, or their value is of each of several: read from their calculation."""
    taxed = allowance_of(frame) is not None or any(COMMODITY & set(m.line.levies) for m in frame.lines("tw"))
    return taxed or (frame.amounts.each and frame.amounts.count not in (None, 1))


#: an entry of the United States
_INFORMAL = re.compile(r"非正式|\binformal\b", re.IGNORECASE)


def before_class(question: str, before: Frame | None) -> Frame | None:
    """What stood before a message: where it asks what goods owe whose class alone was told, their calculation."""
    if before is None or before.held is None or before.intent != "law" or not _SUM.search(question):
        return before
    of_class = any(limit.asked is not None and before.parameters == limit.law for limit in limits().values())
    return before.held if of_class and before.held.price == before.price else before


#: an amount that is a bound of values, and no value of goods
_BOUND = re.compile(
    r"(?:超過|高於|大於|低於|不到|未滿|滿|以上|以下)了? ?(?:NT\$|\$)?\d|\d ?(?:元|塊)?(?:以上|以下|以內|起)|\b(?:over|above|more than|exceed(?:s|ing)?|beyond|below|under|less than|up to) (?:NT\$|TWD|NTD)? ?\d",
    re.IGNORECASE,
)
#: what is owed is asked for
_SUM = re.compile(
    r"(?:繳|課|付|收|扣)(?:的)?(?:多少|幾)|多少.{0,3}稅|稅.{0,4}多少|\bhow much\b|\bthe damage\b|\bwhat\b.{0,24}\b(?:pay|owe|tax(?:es)?|dut(?:y|ies))\b",
    re.IGNORECASE,
)
#: a class by its name
_CLASS = re.compile(r"(?<![A-Za-z])X ?[1-4幾?？]", re.IGNORECASE)
#: readings of a message in which a value may stand whose class is asked for
_CLASSED = ("taiwan_quote", "policy", "law", "not_covered")


def _heading(matter: str) -> str:
    return matter.partition("|")[2]


def _document(frame: Frame) -> str:
    return frame.matter.partition("|")[0]


def _carried(frame: Frame, before: Frame | None) -> bool:
    """Whether goods come in luggage, by this message or the one before it."""
    for told in (frame, before):
        if told is None:
            continue
        carried, sent = _CARRIED.search(told.text), _SENT.search(told.text)
        if (carried is None) != (sent is None):  # what it says itself, whatever way was told before
            return carried is not None
        if told.route:
            return told.route == "traveller"
    return False


def _as_many(frame: Frame, before: Frame | None) -> Frame:
    """The frame with the pieces told before, where it names nothing but the other way for them to come in."""
    limit = limits().get(before.parameters[0]) if before is not None and before.parameters else None
    if before is None or limit is None or limit.told != "count" or frame.quantities or len(frame.text) > _BRIEF:
        return frame
    way = _CARRIED.search(frame.text) or _SENT.search(frame.text)
    count = quantity_of(limit, before) if way else None
    return replace(frame, amounts=replace(frame.amounts, count=count)) if count is not None else frame
