"""Goods held against others: why these owe what those of a friend, or of last time, did not."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.changes import other_goods
from advisor.offline.cues import says
from advisor.offline.frame import Check, Frame
from advisor.offline.held_sum import QUOTES, again

_LONG = 120  # characters of a message that only holds one against the other
_THEIRS = re.compile(
    r"朋友|同事|同學|姊|姐|妹|哥|弟|媽|爸|老公|老婆|鄰居|人家|別人|有人|他|她|上次|上回|20\d\d ?年|之前|以前|去年|前陣子|我(?:上次|之前)?買"
    r"|\b(?:friends?|sister|brother|colleague|co-?worker|neighbou?r|mother|mum|mom|father|dad|cousin|roommate|someone|people|he|she|last (?:time|year|month)|in 20\d\d|before|earlier|previously)\b",
    re.IGNORECASE,
)
#: of the day nothing is asked: what was bought then was other goods
_THEN = re.compile(
    r"20\d\d ?年|in 20\d\d|去年|上個月|前年|之前|\b(?:last (?:year|month|week)|earlier)\b", re.IGNORECASE
)
_FREE = re.compile(
    r"(?:沒有?|不用|免|零|不必)(?:被)?(?:繳|課|付|收)?(?:到)?(?:關稅|稅)|便宜|\b(?:no|zero|without|free of|paid less|0) (?:any )?(?:duty|tax|customs)|\bduty[- ]free|\btax[- ]free|\b(?:less|cheaper|nothing)\b",
    re.IGNORECASE,
)


def against_others(frame: Frame, before: Frame) -> Frame | None:
    """The sum before set beside the same of the other goods; None where a message does not hold one against the other."""
    text = frame.text
    if before.intent not in QUOTES or before.price is None or before.items or frame.items or len(text) > _LONG:
        return None
    why = says(text, "explains") or says(text, "differs", "later") or says(text, "why_not", "later")
    if not why or not _THEIRS.search(text) or not other_goods(frame, before):
        return None
    if (
        (frame.days and not _THEN.search(text))
        or frame.parcels
        or (frame.destination not in (None, before.destination))
    ):
        return None
    told, old = frame.amounts, before.amounts
    if told.price is None and not (_FREE.search(text) or says(text, "differs", "later")):
        return None
    price = told.price if told.price is not None else told.customs_value
    whole = old.customs_value is not None
    theirs = old if price is None else replace(old, customs_value=price) if whole else replace(old, price=price)
    theirs = replace(theirs, rate=told.rate, count=told.count, each=told.each)
    other = replace(
        before, goods=frame.goods, amounts=theirs, codes=frame.codes, subheading=frame.subheading, searched=frame.searched,
        slots={**before.slots, before.intent: {n: v for n, v in before.slots.get(before.intent, {}).items() if n in ("route", "mode")}},
        earlier=None, held=None, check=None, compare=None,
    )  # fmt: skip
    return again(before, frame, earlier=other, check=Check(difference=True), beside=("against_others",))
