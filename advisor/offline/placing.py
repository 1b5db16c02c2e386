"""Goods told by six digits, or by words that name no line held: the lines below their subheading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from advisor.offline.asked import (
    about_us,
    asks_rate_of_goods,
)
from advisor.offline.cues import says
from advisor.offline.evasion import help_refused
from advisor.offline.frame import Frame, Schedule
from advisor.offline.goods import (
    without_denied,
)
from advisor.offline.lexicon import (
    common_subheading,
    described,
    goods_words,
    lines_under,
    misspelt,
    only_describes,
    under,
)
from tools.united_states.acts import acts_named, without_acts

_SIX_DIGITS = 6


def placed(frame: Frame, meant: str, said: Sequence[str], *, alone: bool) -> Frame:
    """Goods told by six digits, or by words that name no line held: the lines below their subheading.

    A message that goes on changes the goods only where it says so.
    """
    computes = (
        frame.price is not None or asks_rate_of_goods(frame) or (about_us(frame) and bool(acts_named(frame.text)))
    )
    plain = not (frame.said or frame.origin or frame.destination or frame.days or frame.amounts.any or frame.parameters)
    computes = computes or (not alone and plain and _OTHER_GOODS.search(frame.text) is not None)
    short = all(sum(c.isdigit() for c in code) == _SIX_DIGITS for code in frame.codes)
    if said and computes and short:
        return replace(frame, goods=under(said[0], meant), subheading=said[0], items=(), codes=())
    abroad = frame.price is not None and frame.amounts.currency not in (None, "TWD")  # whether a limit is passed
    beside = ("tw.customs_value", "tw.low_value") if abroad else ("tw.customs_value",)
    beside = (*beside, "us.mpf.", "us.hmf.") if frame.price is not None and _DUTY_TOO.search(frame.text) else beside
    rule = any(not name.startswith(beside) for name in frame.parameters)
    apart = frame.items or frame.codes or rule or frame.parcels or frame.gift or frame.tool
    if not alone and not _CHANGES_GOODS.search(frame.text):
        return frame
    if not computes or apart or help_refused(frame.text) is not None or says(frame.text, "document"):
        return frame
    schedule: Schedule = "us" if about_us(frame) else "tw"
    here, other = frame.lines(schedule), frame.lines("tw" if schedule == "us" else "us")
    slip, describes = misspelt(meant, here or other), only_describes(meant, frame.goods)
    if here and not describes and not slip:
        return frame
    if other and not here and not describes and not slip and (digits := common_subheading(other)) is not None:
        return replace(frame, goods={**under(digits, meant), **frame.goods}, subheading=digits)
    bound = bool(frame.destination or frame.route or frame.mode)
    asked = without_acts(meant) if frame.price is None else meant
    if _GENERIC.search(goods_words(asked)):
        return frame
    found = described(asked, frame.today, unsure=bound and not any(frame.goods.values()))
    if not found:
        return frame
    return replace(frame, goods=lines_under(found, meant), subheading=found[0], searched=goods_words(meant))


#: fees asked for beside the duty, or as a part of all that is owed
_DUTY_TOO = re.compile(
    r"稅|總共|一共|合計|\b(?:dut(?:y|ies)|tariffs?|tax(?:es)?|owe|landed|in all|total)\b", re.IGNORECASE
)
#: words that say no more than that something is bought
_GENERIC = re.compile(
    r"^\W*(?:(?:含|加|國際|海外)?(?:運費|郵資|郵費|保險費?|稅金?)|postage|shipping|freight|insurance|衣服|衣物|服飾|服裝|東西|商品|物品|包裹|禮物|clothes|clothing|apparel|stuff|things?|goods|items?|products?)\W*$",
    re.IGNORECASE,
)


def goods_before(merged: Frame, before: Frame) -> Frame:
    """Goods told before by words that name no line, now that their price is known."""
    if merged.named_goods or merged.price is None or before.price is not None or merged.intent != "taiwan_quote":
        return merged
    meant = without_denied(before.text)
    words = goods_words(meant)
    found = described(meant, merged.today, unsure=True) if words and not _GENERIC.search(words) else ()
    return replace(merged, goods=lines_under(found, meant), subheading=found[0], searched=words) if found else merged


#: other goods in the place of those told, and nothing else
_OTHER_GOODS = re.compile(r"(?:改|換)(?:成|買|為)(?!\d)|\b(?:what|how) about (?:an?|some|the) [a-z]", re.IGNORECASE)
_CHANGES_GOODS = re.compile(
    r"(?:改|換)(?:成|買|寄|為)|如果(?:是|買|換)|那(?!個|件|麼).{1,10}呢|另外|還有一|\b(?:what about|how about|instead|and (?:a|an|for)|another|also)\b",
    re.IGNORECASE,
)
