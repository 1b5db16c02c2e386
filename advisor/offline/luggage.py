"""What a traveller carries, told over several messages: the way it came stays, and what is denied is not brought."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from advisor.offline.frame import Frame
from advisor.offline.held_sum import again
from advisor.offline.whys import asks_why

_NONE = {
    "alcohol": re.compile(r"(?:沒有?|無|不含|都沒)(?:買|帶|有)?(?:任何)?(?:[菸煙][草品]?[、和跟與及]?)?酒|\b(?:no|without|not any) (?:\w+ (?:or|and) )?(?:alcohol|wine|spirits|liquor|drinks?)\b", re.IGNORECASE),
    "tobacco": re.compile(r"(?:沒有?|無|不含|都沒)(?:買|帶|有)?(?:任何)?(?:酒[類精]?[、和跟與及]?)?[菸煙]|\b(?:no|without|not any) (?:\w+ (?:or|and) )?(?:tobacco|cigarettes?|cigars?)\b", re.IGNORECASE),
}  # fmt: skip
_OF = {"alcohol": ("alcohol_percent", "alcohol_class", "volume_litres"), "tobacco": ("sticks",)}


def without_denied_goods(frame: Frame) -> Frame:
    """The frame without measures of alcohol or tobacco where the message says that there is none."""
    dropped = {slot for kind, said in _NONE.items() if said.search(frame.text) for slot in _OF[kind]}
    told = frame.slots.get("taiwan_quote", {})
    if not dropped & told.keys():
        return frame
    return replace(frame, slots={**frame.slots, "taiwan_quote": {n: v for n, v in told.items() if n not in dropped}})


def still_carried(frame: Frame, before: Frame) -> Frame:
    """A case told after a question about a traveller's allowance, which says no other way of coming: carried as well."""
    told = frame.slots.get("taiwan_quote", {})
    flat = before.amounts.rate if before.intent == "taiwan_quote" and before.route == "traveller" else None
    if flat is not None and frame.price is not None and frame.named_goods and frame.amounts.rate is None:
        items = tuple(replace(i, amounts=replace(i.amounts, rate=flat)) for i in frame.items)
        frame = replace(frame, items=items, amounts=frame.amounts if items else replace(frame.amounts, rate=flat))
    carried = before.intent == "law" and (before.route == "traveller" or before.names_law("tw.traveller."))
    unnamed = not frame.named_goods or frame.amounts.rate is not None or _OWN_USE.search(frame.text) is not None
    fits = frame.intent == "taiwan_quote" and frame.price is not None and "route" not in told and unnamed
    if not (carried and fits):
        return frame
    return replace(frame, slots={**frame.slots, "taiwan_quote": {**told, "route": "traveller"}})


_OWN_USE = re.compile(
    r"自用|自己(?:要)?(?:用|穿|戴|的)|\b(?:for|my|our) (?:my |our )?(?:own|personal) use\b", re.IGNORECASE
)


def recounted(frame: Frame, before: Frame) -> Frame | None:
    """What a traveller carries at another sum, something left out before now counted in."""
    carried = before.intent == "taiwan_quote" and before.route == "traveller" and before.price is not None
    if not carried or before.items or frame.price is None or len(frame.text) > _LONG or frame.parcels:
        return None
    if not (_LEFT_OUT.search(frame.text) and _IN_ALL.search(frame.text)):
        return None
    goods = {side: (*held, *(m for m in frame.goods.get(side, ()) if all(m.line.code != h.line.code for h in held))) for side, held in before.goods.items()}  # fmt: skip
    return again(before, frame, amounts=replace(before.amounts, price=frame.price, each=False, count=None), goods=goods)


_LEFT_OUT = re.compile(
    r"漏|忘|少算|沒算|還有|加上|再加|多算|\b(?:forgot|left out|missed|also|plus|add\w*|actually)\b", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"總共|一共|全部|合計|總計|加起來|變成?|\b(?:total|in all|altogether|comes? to|makes? it)\b", re.IGNORECASE
)


def come_back(frame: Frame) -> Frame:
    """Somebody back from a journey carries what was bought there, where no other way of coming is told."""
    told = frame.slots.get("taiwan_quote", {})
    if (
        "route" in told
        or frame.destination not in (None, "TW")
        or not _BACK.search(frame.text)
        or _CASH.search(frame.text)
    ):
        return frame
    return replace(frame, slots={**frame.slots, "taiwan_quote": {**told, "route": "traveller"}})


_CASH = re.compile(r"現金|現鈔|外幣|\b(?:cash|banknotes|currency)\b", re.IGNORECASE)
_BACK = re.compile(
    r"(?:^|[.,;!?] ?)(?:hi[,!]? |hello[,!]? )?(?:i'?m |i am |i |we |we'?re )?(?:just )?(?:got |came |am |coming |flew |arrived )?(?:back|returned|returning) from (?!the (?:seller|shop|store|bank|customer|buyer)|(?:repair|him|her|them|customs)\b)"
    r"|\b(?:landing|landed|arriving|arrived|flying in|touch(?:ing)? down) (?:at|in|to|into) (?:taoyuan|taipei|taiwan|kaohsiung|songshan|tpe)\b|\bpersonal sundries\b"
    r"|\b(?:friend|sister|brother|mother|father|mom|dad|wife|husband|son|daughter|he|she) (?:is |will )?(?:carr(?:y|ies|ying)|bring(?:s|ing)?) (?:\w+ )?(?:back |home |a |an |nt\$|some )"
    r"|去[\u4e00-\u9fff]{2,4}(?:玩|旅遊|旅行|出差)[^。？?]{0,12}買(?!家)",
    re.IGNORECASE,
)


def at_flat_rate(frame: Frame, before: Frame) -> Frame | None:
    """What a traveller carries at the rate the officer takes, where a message tells it; at both where it asks for the tariff's."""
    if before.intent == "policy" and before.price is not None and before.destination != "US":  # over the allowance
        before = replace(before, intent="taiwan_quote", lean="")
    if before.intent != "taiwan_quote" or before.route != "traveller" or len(frame.text) > _LONG:
        return None
    own = frame.price is not None or frame.named_goods or frame.origin or frame.days or frame.parcels
    if own or asks_why(frame) or frame.intent == "decline" or (before.price is None and not before.items):
        return None
    rates = [q.value / 100 for q in frame.quantities if q.kind == "percent" and q.value is not None]
    if len(rates) == 1 and not _DOUBTED.search(frame.text) and not _TARIFF.search(frame.text):
        rate: Decimal | None = rates[0]
    elif _TARIFF.search(frame.text) and not _ASKS_RULE.search(frame.text):
        rate = None
    else:
        return None
    items = tuple(replace(i, amounts=replace(i.amounts, rate=rate)) for i in before.items)
    return again(before, frame, items=items, amounts=before.amounts if items else replace(before.amounts, rate=rate))


_LONG = 64  # characters of a message that only tells at which rate
_DOUBTED = re.compile(
    r"是不是|對嗎|對吧|[嗎吧][？?]?$|營業稅|\b(?:isn't|is it|right\?|correct|vat|business tax)", re.IGNORECASE
)
_TARIFF = re.compile(r"稅則(?:的)?稅率|正常稅率|一般稅率|各自(?:的)?稅率|\b(?:tariff|normal|regular|schedule) rates?\b", re.IGNORECASE)  # fmt: skip
_ASKS_RULE = re.compile(
    r"什麼|誰|可以(?:自己)?選|能不能|差在|\b(?:what is|who|can i|may i|choose|which)\b", re.IGNORECASE
)


def to_taiwan(frame: Frame) -> Frame:
    """Goods priced in Taiwan's money, and a third country named loosely: that is where they come from."""
    abroad = frame.destination not in (None, "TW", "US") and frame.origin is None
    money = {frame.amounts.currency, *(item.amounts.currency for item in frame.items)}
    told = frame.price is not None or frame.items
    if not abroad or "TWD" not in money or not told or _GOES_TO.search(frame.text):
        return frame
    return replace(frame, destination=None, origin=frame.destination)


_GOES_TO = re.compile(
    r"到(?!貨|府|港)|往|(?<!過)去(?!年|掉)|賣(?!家|場)|外銷|進口(?:到|至)|出口|\b(?:to|into|export\w*)\b", re.IGNORECASE
)
