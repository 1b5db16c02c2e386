"""Cash a traveller brings into Taiwan: each amount told is held against the limit of its currency."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.queries import query
from advisor.offline.triggers import punished
from advisor.offline.wordings import headed

#: limits by currency
LIMITS = {"USD": "tw.traveller_cash.foreign_usd", "TWD": "tw.traveller_cash.twd", "CNY": "tw.traveller_cash.cny"}
_NAMED = {
    "USD": re.compile(r"美[金元鈔]|USD|US ?\$|\b(?:US|American) dollars?\b", re.IGNORECASE),
    "TWD": re.compile(r"[台臺]幣|NT ?\$|TWD|\bTaiwan(?:ese)? dollars?\b", re.IGNORECASE),
    "CNY": re.compile(r"人民幣|RMB|CNY|\b(?:yuan|renminbi)\b", re.IGNORECASE),
}
_OTHER_THINGS = re.compile(r"黃金|金條|鑽石|寶石|珠寶|白金|證券|支票|\b(?:gold|diamonds?|gems?|jewel\w*|securities|che(?:ck|que)s?)\b", re.IGNORECASE)  # fmt: skip
#: money itself is carried, called cash or not: 帶 2 萬美元入境
_CARRIED = re.compile(
    r"(?:帶|攜帶?)了?[ \d,.萬千百兩一二三四五六七八九十]{1,10}(?:美[金元]|[臺台]幣|人民幣) ?(?:現鈔|鈔票)?(?:要|可以|能)?(?:入境|出境|回國|回[臺台]|進[臺台]灣)"
    r"|\b(?:bring|bringing|carry|carrying|take|taking)(?: in)? (?:US\$|NT\$|\$|RMB ?)?[\d,]+(?: ?(?:US dollars?|USD|TWD|NT dollars?|RMB|yuan))? (?:in)?to taiwan\b",
    re.IGNORECASE,
)
_BARE_UNITS = ("TWD", "?")  # what a figure with 元 alone, or a bare sign of money, is read as
_SHORT = 80  # characters of a later message that may leave out that cash is meant


def cash_told(frame: Frame) -> dict[str, Decimal]:
    """The amount of money of each currency a message tells; none where it tells several of one, or another currency."""
    sums = [(q.unit or "", q.value) for q in frame.quantities if q.kind == "money" and q.value is not None]
    named = [unit for unit, words in _NAMED.items() if words.search(frame.text)]
    if len(sums) == 1 and len(named) == 1 and sums[0][0] in _BARE_UNITS:
        return {named[0]: sums[0][1]}
    told = {"USD" if unit == "?" else unit: value for unit, value in sums}  # a bare sign of money abroad
    return told if len(told) == len(sums) and all(unit in LIMITS for unit in told) and len(told) >= len(named) else {}


def of_cash(frame: Frame, before: Frame | None) -> Frame:
    """The frame as a question for the limit of its currency, where it tells an amount of cash that comes to Taiwan."""
    matter = headed(query("cash", "zh-TW"))
    here = frame.matter == matter or frame.names_law("tw.traveller_cash.")
    asked_before = before is not None and (before.matter == matter or before.names_law("tw.traveller_cash."))
    later = asked_before and len(frame.text) < _SHORT and not frame.named_goods and frame.route in (None, "traveller")
    carried = _CARRIED.search(frame.text) is not None and not frame.named_goods and frame.route in (None, "traveller")
    if (
        not (here or later or carried)
        or frame.intent not in ("policy", "law")
        or frame.subject not in ("", "cash_carried")
    ):
        return frame
    abroad = frame.destination not in (None, "TW") or (about_us(frame) and not frame.names_law("tw."))
    if abroad or punished(frame.text) or says(frame.text, "document") or _OTHER_THINGS.search(frame.text):
        return frame
    told = cash_told(frame)
    if not told:
        return frame
    return replace(
        frame,
        intent="law",
        parameters=tuple(LIMITS[unit] for unit in told),
        within=False,
        lean="",
        origin=None,
        subject="",
    )
