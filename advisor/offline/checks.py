"""What a later message holds of the result before it: a figure to be checked, or a difference to be explained."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from advisor.offline.cues import says
from advisor.offline.frame import Check, Frame
from advisor.offline.held_sum import QUOTES, again, amounts_told, variants
from advisor.offline.materials import is_remade
from advisor.offline.plan_taiwan import currency_of, taiwan_arguments
from advisor.offline.plan_us import us_arguments
from advisor.offline.slots import containers_said, slot_of
from advisor.offline.turns import NAMES_AGREEMENT, rate_corrected
from advisor.offline.whys import supposes
from tools.labels import labels
from tools.text.numerals import read_numeral

Call = tuple[str, dict[str, Any]]
_LONG = 120  # characters of a message that only holds something
#: lines a claim may be made of
_LINES = ("duty", "business_tax", "commodity_tax", "alcohol_tax", "tobacco_tax", "mpf", "hmf", "trade_promotion_fee")


def later(text: str, name: str) -> bool:
    """Whether a message holds one of the words of later turns."""
    return says(text, name, "later")


def asks_difference(text: str) -> bool:
    """Whether it is asked by how much or why two results differ."""
    return later(text, "differs")


def checked(frame: Frame, before: Frame) -> Frame | None:
    """The calculation before with what is to be checked of it; None where the message tells facts or asks anything else."""
    if before.intent not in QUOTES or len(frame.text) > _LONG or _own(frame, before):
        return None
    if (before.price is None and not before.items) or NAMES_AGREEMENT.search(frame.text):
        return None
    count = frame.amounts.count or containers_said(frame.text)
    more = count not in (None, before.amounts.count or 1) and frame.price is not None  # two for 1,800 altogether
    if supposes(frame, before) or rate_corrected(frame, before) is not None:
        return None
    if not more and (claim := _claim(frame, before)) is not None:
        if (rate := frame.amounts.exchange_rate) is not None and _OF_TAX.search(frame.text):  # told beside the claim
            amounts = replace(before.amounts, exchange_rate=rate)
            return _with(replace(before, amounts=amounts), frame, replace(claim, fresh=True))
        return _with(before, frame, claim)
    if not asks_difference(frame.text) or frame.amounts.rate is not None or frame.used_exemptions is not None:
        return None
    if _pair(before) is None:  # nothing to hold it against: what it is made of
        return _with(before, frame, None) if later(frame.text, "dear") else None
    return _with(before, frame, Check(difference=True))


def converted_at(frame: Frame, before: Frame) -> Frame | None:
    """The sum before at a rate of exchange told together with what its price comes to: 匯率 31.5 應該是 3,780 吧, after 120 dollars."""
    old = before.amounts
    if before.intent != "taiwan_quote" or old.currency in (None, "TWD") or old.price is None or _own(frame, before):
        return None
    price = old.price * old.count if old.each and old.count is not None else old.price
    whole = price + (old.freight or 0) + (old.insurance or 0)
    told = [q for q in amounts_told(frame) if q.value not in (old.price, price)]
    if len(told) != 2 or any(q.unit == old.currency for q in told if q.kind == "money"):
        return None
    rate, sum_ = sorted(q.value for q in told if q.value is not None)
    exact = any(int(amount * rate) <= sum_ <= amount * rate + 1 for amount in (price, whole))
    about = rate == frame.amounts.exchange_rate and 10 * abs(sum_ - whole * rate) <= whole * rate
    if not (exact or about):
        return None
    check = Check(amount=sum_, of="customs_value", fresh=True)
    return again(before, frame, amounts=replace(old, exchange_rate=rate), check=check)


def _own(frame: Frame, before: Frame) -> bool:
    """Whether a message tells facts of its own that a calculation would go by, other than those it went by."""
    told = [
        (tool, name, value)
        for tool, read in frame.slots.items()
        for name, value in read.items()
        if (slot := slot_of(tool, name)) is None or not slot.counts
    ]
    last = before.earlier or before
    held = [f.slots.get(tool, {}).get(name) for tool, name, _ in told for f in (before, last)]
    new = any(value not in held[2 * at : 2 * at + 2] for at, (_, _, value) in enumerate(told))
    charges = frame.amounts.freight is not None or frame.amounts.insurance is not None
    elsewhere = frame.origin not in (None, before.origin, last.origin) or frame.destination not in (
        None,
        before.destination,
    )
    facts = (frame.named_goods and not _same_goods(frame, before)) or frame.days or frame.parcels or charges
    facts = facts or is_remade(frame, before)
    return bool(facts or new or elsewhere or frame.intent in ("decline", "not_covered"))


def _same_goods(frame: Frame, before: Frame) -> bool:
    """Whether the goods a message names are those spoken of."""
    told = {m.line.code for found in before.goods.values() for m in found}
    return not frame.items and any(m.line.code in told for found in frame.goods.values() for m in found)


def _claim(frame: Frame, before: Frame) -> Check | None:
    """What is held of the result; None where nothing is."""
    text = frame.text
    if later(text, "room"):
        return Check(room=True)
    another = frame.price not in (None, before.price) and _CHANGES.search(text)  # of another price it is to be computed
    if later(text, "excess") and (later(text, "claims") or _ASKS.search(text)) and not another:
        return Check(excess=True)
    sums = [q for q in amounts_told(frame) if not _counts(q.text) and q.value != frame.amounts.exchange_rate]
    if (
        sums
        and later(text, "base")
        and _CHARGES.search(text)
        and sums[-1].value == before.amounts.price
        and _charged(before)
    ):
        return Check(amount=sums[-1].value, of="customs_value")
    percents = [q for q in frame.quantities if q.kind == "percent" and q.value is not None]
    part = percents and later(text, "share") and text.rstrip().endswith(("?", "？", "嗎", "吧"))
    if not (later(text, "claims") or part) or _CHANGES.search(text) or frame.amounts.customs_value is not None:
        return None
    named = _line(text)
    if percents and later(text, "share") and not (sums and named):
        return Check(percent=percents[-1].value, exactly=later(text, "method"))
    if (
        (match := _NOT_THIS.search(text)) is not None
        and named
        and (told := read_numeral((match["a"] or match["b"]).replace(",", ""))) is not None
    ):
        return Check(amount=told, of=named)
    if sums and (named or not percents) and (_ASKS.search(text) or not _TELLS.search(text)):
        return Check(amount=sums[-1].value, of=named)
    return None


_OF_TAX = re.compile(r"稅|繳|\b(?:tax(?:es)?|dut(?:y|ies)|vat|pay|owe)\b", re.IGNORECASE)
#: the figure something is said to be instead: 不是 300 嗎, isn't it 300
_NOT_THIS = re.compile(
    r"不(?:是|就是|應該是|該是) ?(?:只|才)?(?:NT\$|\$)?(?P<a>\d[\d,]*)(?:\.\d+)? ?[元塊]? ?(?:才對)?[嗎吧?？]|\b(?:isn't|shouldn't|wouldn't) (?:it|that|the \w+|vat|duty) (?:be |just )?(?:NT\$|\$)?(?P<b>\d[\d,]*)",
    re.IGNORECASE,
)
_CHARGES = re.compile(r"運費|郵資|郵費|保險|\b(?:shipping|freight|postage|insurance)\b", re.IGNORECASE)


def _charged(before: Frame) -> bool:
    """Whether a charge beside the price was told of a sum for Taiwan, whose value holds it."""
    return before.intent == "taiwan_quote" and bool(before.amounts.freight or before.amounts.insurance)


_ASKS = re.compile(r"[?？嗎吧]|不是|應該|\b(?:shouldn|isn|why|only)", re.IGNORECASE)
#: somebody tells what is bought, and asks nothing
_TELLS = re.compile(r"\bi(?:'m| am|'ll| will|'ve| have)? (?:now )?(?:buy\w*|bought|order\w*|tak\w+|got|get\w*|need)\b|\bsorry\b|抱歉|不好意思|(?:買|訂)了?(?:兩|[二三四五\d])", re.IGNORECASE)  # fmt: skip
#: a fact put in another's place
_CHANGES = re.compile(r"改|換|如果|假如|若是|要是|變成|調|拆|分(?:開|成|批|次|兩|二|幾)|看錯|打錯|寫錯|才對|\b(?:if|make|change|instead|actually|meant|rather|turns out|correction)\b", re.IGNORECASE)  # fmt: skip


def _counts(text: str) -> bool:
    """Whether a figure has one digit: a count or a rank, no sum."""
    return len(re.sub(r"\D", "", text)) == 1


def _line(text: str) -> str | None:
    """The one line a message names; None where it names none or several."""
    lowered = text.lower()
    named = [
        key for key in _LINES if (held := labels().get(key)) and any(n.lower() in lowered for n in held.names.all())
    ]
    if "business_tax" in named and "duty" in named and "進口營業稅" in lowered:
        named.remove("duty")
    return named[0] if len(named) == 1 else None


def _with(before: Frame, frame: Frame, check: Check | None) -> Frame:
    return replace(
        before, text=frame.text, quantities=frame.quantities, check=check, explain=check is None or not check.difference, aside=(),
        lang=frame.lang,
    )  # fmt: skip


def _pair(frame: Frame) -> tuple[Frame, Frame] | None:
    """The calculation now and the one it is held against: of two ways compared these, else the one before the change."""
    if frame.compare is not None and len(frame.compare.values) == 2:
        old, new = variants(replace(frame, check=None))
        return new, old
    return (frame, frame.earlier) if frame.earlier is not None and frame.earlier.intent == frame.intent else None


def remembered(merged: Frame, before: Frame) -> Frame:
    """A changed calculation with the one before it, against which it may be held in a later message."""
    if merged.intent not in QUOTES or before.intent not in QUOTES or merged.check is not None:
        return merged
    same = (
        merged.intent == before.intent and arguments(merged) == arguments(before) and merged.compare == before.compare
    )
    earlier = before.earlier if same else replace(before, earlier=None, held=None, check=None)
    return replace(merged, earlier=earlier)


def settled(before: Frame) -> Frame:
    """The message before as a later one goes on from it: nothing left to check, and a bare sign of money read as it was."""
    amounts = before.amounts
    bare = any(q.kind == "money" and q.unit == "?" for q in before.quantities)
    if bare and amounts.currency is None and before.intent in QUOTES:
        amounts = replace(amounts, currency=currency_of(before, "TWD" if before.intent == "taiwan_quote" else "USD"))
    return replace(before, check=None, left_out=False, amounts=amounts)


def arguments(frame: Frame) -> dict[str, Any]:
    """The input of the calculation of a frame."""
    return taiwan_arguments(frame) if frame.intent == "taiwan_quote" else us_arguments(frame)


def check_call(frame: Frame) -> Call | None:
    """The call that checks what is held of a calculation; None where there is nothing to hold it against."""
    check = frame.check
    if check is None:
        return None
    side = "tw" if frame.intent == "taiwan_quote" else "us"
    given: dict[str, Any] = {"destination": side}
    if check.difference:
        pair = _pair(frame)
        if pair is None:
            return None
        given |= {side: arguments(pair[0]), f"{side}_before": arguments(pair[1])}
    else:
        given[side] = arguments(frame)
        if check.percent is not None:
            given |= {"claimed_percent": format(check.percent, "f"), "exactly": check.exactly}
        if check.amount is not None:
            given |= {"claimed_amount": format(check.amount, "f")} | ({"claimed_of": check.of} if check.of else {})
        if check.excess or check.room:
            given["only_excess" if check.excess else "room"] = True
    return "quote_difference", given


def asks_difference_of(frame: Frame) -> Frame:
    """A changed calculation whose difference from the one before is asked for in the same message."""
    if frame.intent in QUOTES and asks_difference(frame.text) and _pair(frame) is not None:
        return replace(frame, check=Check(difference=True, fresh=True))
    return frame
