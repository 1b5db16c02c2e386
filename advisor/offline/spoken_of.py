"""What a later message says of the goods spoken of: the same on another day, of another material, to a country not held, worth so much."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.goods import find_goods
from advisor.offline.held_sum import QUOTES, again
from advisor.offline.materials import of_material
from advisor.offline.whys import asks_why

_LONG = 96  # characters of a message that only changes one fact of these goods
_HERE = (None, "TW", "US")
_SAME = re.compile(
    r"(?:同(?:樣|一)的?一?(?:批|個|件|包|票)?|一樣的)(?:貨|東西|商品|訂單|包裹|報單|內容|櫃)|\b(?:the )?(?:same|identical|very same) (?:shipment|order|goods|parcel|package|thing|things|entry|items?|one|product|purchase|consignment|box|container|load|lot|batch)\b",
    re.IGNORECASE,
)
#: a material told in place of the one told before
_CORRECTED = re.compile(
    r"看錯|打錯|說錯|記錯|寫錯|弄錯|搞錯|其實|原來|結果(?:是|發現)|才發現|不是|改(?:成|為|買|用)|換(?:成|作)?|如果(?:是)?|要是|那是|"
    r"\b(?:actually|turns? out|instead|sorry|wrong|mistake|not (?:cotton|leather|wool|polyester|knit|woven)|what if|if (?:it|they|these)|label says|made of)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:大概|大約|約|差不多|about|around|roughly|it'?s|it was|worth|值)? ?(?:NT\$?|US\$?|\$|台幣|臺幣|美金)? ?\d[\d,.]*(?:萬)? ?(?:元|塊錢?|台幣|臺幣|美[金元]|ntd?|usd|dollars?)?(?:左右|吧|上下)?[。.!！]?$",
    re.IGNORECASE,
)


def of_these_goods(frame: Frame, before: Frame) -> Frame | None:
    """The goods spoken of before with the one fact a message tells of them; None where it does something else."""
    return (
        _asked_again(frame, before)
        or _to_elsewhere(frame, before)
        or _on_another_day(frame, before)
        or _remade(frame, before)
        or _worth(frame, before)
    )


def _asked_again(frame: Frame, before: Frame) -> Frame | None:
    """The sum before, where it is wanted again by the name of its goods, whatever others are named beside them."""
    told = (
        frame.amounts.any or frame.days or frame.origin or frame.destination or frame.route or frame.mode or frame.items
    )
    if before.intent not in QUOTES or before.price is None or told or not frame.named_goods or before.items:
        return None
    held = {m.line.code[:_HEADING] for lines in before.goods.values() for m in lines}
    for clause in _CLAUSES.split(frame.text):
        named = {m.line.code[:_HEADING] for lines in find_goods(clause).values() for m in lines}
        if named & held and _COMES_TO.search(clause):
            return again(before, frame, aside=(frame.text,) if asks_why(frame) else ())
    return None


_HEADING = 4  # digits
_CLAUSES = re.compile(r"[，,。.；;？?！!]")
_COMES_TO = re.compile(r"(?:總共|一共|到底|全部|合計).{0,8}(?:多少|幾)|\b(?:how much|what)\b.{0,40}\b(?:total|altogether|in all|all in)\b|\btotal\b", re.IGNORECASE)  # fmt: skip


def _to_elsewhere(frame: Frame, before: Frame) -> Frame | None:
    """Goods of a calculation that go to a country whose law is not held now."""
    sums = (*QUOTES, "us_de_minimis")
    if before.intent not in sums or frame.destination in _HERE or says(frame.text, "sent_back"):
        return None
    priced = frame.price is not None and frame.intent != "not_covered"
    if frame.route == "traveller" or before.route == "traveller" or priced:
        return None
    return replace(frame, intent="not_covered", held=before)


def _on_another_day(frame: Frame, before: Frame) -> Frame | None:
    """The same shipment as before, told to have come on another day."""
    own = frame.named_goods or frame.price is not None or frame.origin not in (None, before.origin)
    days = frame.days or ((frame.today,) if before.days and _NOW.search(frame.text) else ())
    if before.intent not in QUOTES or not days or own or len(frame.text) > 2 * _LONG or len(days) > 1:
        return None
    entered = _ENTERS.search(frame.text) is not None and before.price is not None
    if not (_SAME.search(frame.text) or entered) or says(frame.text, "compares") or asks_why(frame):
        return None
    if entered and (frame.claim or says(frame.text, "refund") or says(frame.text, "asks_rule")):
        return None
    return again(before, frame, days=days, fiscal_year=None)


_NOW = re.compile(r"這個月|本月|現在|今天|目前|這[週周]|\b(?:this (?:month|week)|today|now)\b", re.IGNORECASE)
#: entered on another day than the one before: 晚一天 7/24 才進口呢
_ENTERS = re.compile(
    r"(?:晚|早|提早|延|改|拖).{0,20}(?:進口|報關|到港|入關|進關)|(?:如果|若|要是|假如).{0,24}(?:進口|報關|到港|入關|進關)|(?:進口|報關|到港|入關|進關)的?(?:話|呢)"
    r"|\b(?:what if|if|suppose|and if|how about|what about)\b.{0,60}\b(?:enter\w*|import\w*|arriv\w+|clear\w*)\b",
    re.IGNORECASE,
)


def _remade(frame: Frame, before: Frame) -> Frame | None:
    """The goods of the sum before in another material than the one told or taken for granted."""
    own = frame.named_goods or frame.amounts.any or frame.days or frame.destination or frame.said
    if before.intent not in QUOTES or own or before.items or len(frame.text) > _LONG or asks_why(frame):
        return None
    if not _CORRECTED.search(frame.text) or says(frame.text, "asks_rule"):
        return None
    goods = of_material(before.about, frame.text)
    if not goods or goods == before.goods or not any(side in goods for side in before.goods):
        return None
    told = replace(before.amounts, rate=None)  # a rate told was that of the other material
    return again(before, frame, goods={**before.goods, **goods}, amounts=told, subheading=None, searched="", codes=())


def _worth(frame: Frame, before: Frame) -> Frame | None:
    """Nothing but a price, after a question about goods that were named without one: what they owe."""
    if before.intent != "policy" or not before.named_goods or before.price is not None or frame.price is None:
        return None
    if not _BARE.match(frame.text.strip()):
        return None
    intent = "us_quote" if about_us(before) else "taiwan_quote"
    return again(before, frame, intent=intent, amounts=before.amounts.updated(frame.amounts), rule_first=False, lean="")
