"""Which percentage of a text is the rate of duty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from advisor.offline.cues import words
from advisor.offline.whether import doubts, is_added
from tools.text.quantities import Quantity

_ASKED_RATE = re.compile(
    r"是不是\s*$|\bis (?:the |my )(?:duty|tariff|tax|rate)(?: rate)? (?:really |just |only )?(?:at )?$", re.IGNORECASE
)


_THOUGHT = re.compile(r"我(?:覺得|以為|記得|想)|應該|\b(?:i (?:think|thought|believe)|should be)\b", re.IGNORECASE)
_DOUBTS = re.compile(r"算錯|錯了|不對|弄錯|搞錯|\b(?:wrong|mistaken|incorrect|not right)\b", re.IGNORECASE)
_HEARSAY = re.compile(
    r"(?:我(?:覺得|以為|記得|想)|聽說|聽人說|據說|網路(?:上)?說|有人說|大家(?:都)?說|不是都)[^，。,;；]{0,14}$|\b(?:i (?:think|thought|believe|guess)|heard|they say|people say|supposedly|someone said|read) [^,.;]{0,44}$",
    re.IGNORECASE,
)


_LEADS = re.compile(r"[率是為:： ]*|\s*(?:rate )?(?:is|of|at)?\s*", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\s*(?:的)?(?:營業稅|折|off|discount|vat)", re.IGNORECASE)
_ASKED_AFTER = re.compile(
    r"\s*(?:嗎|對嗎|是嗎|對不對|正確嗎)|\s*(?:是)?(?:怎麼|如何)|\s*(?:right|correct|ok|true)\b", re.IGNORECASE
)
_OF_EVERYTHING = re.compile(r"(?:一律|統一|都是|都課|一概|全部都)\D{0,6}$|\b(?:always|flat|everything|all parcels|any parcel)\b[^.?!\d]{0,20}$", re.IGNORECASE)  # fmt: skip
#: the one rate of the post, asked about: is it the 5% flat rate
_FLAT = re.compile(r" ?(?:flat|fixed|single|uniform)|(?:的)?(?:單一|固定|統一)稅率", re.IGNORECASE)
_ASKS_FLAT = re.compile(
    r"\b(?:is|does|do|will|would|can)\b[^.?!]{0,24}$|(?:是不是|是|會|用|適用)[^，。？?]{0,6}$", re.IGNORECASE
)
_TOLD_BY = re.compile(r"說|講|聽|網路|\b(?:sa(?:y|ys|id)|told|tells|heard?|claims?|read)\b", re.IGNORECASE)


def _is_asked(text: str, quantity: Quantity) -> bool:
    """Whether a percentage is the question somewhere in the text, or a rate of everything that somebody tells."""
    before, after = text[max(0, quantity.start - 28) : quantity.start], text[quantity.end : quantity.end + 12]
    general = _OF_EVERYTHING.search(before) and _TOLD_BY.search(text[: quantity.start])
    flat = _FLAT.match(text[quantity.end :]) and _ASKS_FLAT.search(text[: quantity.start])
    return bool(general or flat or _ASKED_RATE.search(before[-14:]) or _ASKED_AFTER.match(after))


#: what leads to the rate of business tax: the same figure again is no rate of duty
_VAT_RATE = re.compile(r"(?:營業稅|加值稅|(?<![a-z])vat|\bbusiness tax)(?:的)?(?:稅?率| ?rate)(?: ?(?:就|應該|固定|一律)?[是為:：]| is| of| at|) ?(?:only |just )?$", re.IGNORECASE)  # fmt: skip


def rate_said(text: str, quantities: Sequence[Quantity]) -> Decimal | None:
    """The duty rate a text tells; None where a percentage is another tax, hearsay, or itself the question."""
    asked = {q.value for q in quantities if q.kind == "percent" and _is_asked(text, q)}
    vat = {q.value for q in quantities if q.kind == "percent" and _VAT_RATE.search(text[: q.start])}
    for quantity in quantities:
        if quantity.kind != "percent" or quantity.value is None or quantity.value in asked:
            continue
        before, after = text[max(0, quantity.start - 14) : quantity.start], text[quantity.end : quantity.end + 12]
        other = [m.end() for m in words("rate", "other").finditer(before)]
        duty = [m.end() for m in words("rate", "duty").finditer(before)]
        led = bool(duty) and _LEADS.fullmatch(before[max(duty) :]) is not None  # 關稅 4% 營業稅多少
        follows = words("rate", "duty").match(after.lstrip()) is not None  # 保險五十，5% 稅率
        if (other and not follows and (not duty or max(other) >= max(duty))) or (_OF_ANOTHER.match(after) and not led):
            continue
        if quantity.value in vat and not (led or follows):
            continue
        own = bool(duty or words("rate", "duty").search(after))
        if doubts(text, quantity.start) and (not own or is_added(text, quantity.start, quantity.end)):
            continue  # what is asked about, or only said by somebody, is no fact of the case
        if _THOUGHT.search(text[: quantity.start]) and _DOUBTS.search(text):
            continue  # the schedule's rate stands against what is only thought
        if not duty and _HEARSAY.search(text[: quantity.start]):
            continue  # of all parcels by post, as people say
        if duty or words("rate", "duty").search(after) or len(quantities) > 1:
            return quantity.value / 100
    return None
