"""Fees on amounts: of several in one message each is an entry of its own; of one told after the rule, the fee on it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.queries import ENTRY_LIMIT

_CLAUSES = re.compile(r"[，,；;、。](?!\d)|\b(?:and|versus|vs\.?|or)\b|(?:另一|還有|以及|[和與跟])", re.IGNORECASE)
_FAR = 50  # a sum with cents, so many times less than another, is of a fee
_MOST = 3  # amounts computed at once


def amounts_apart(frame: Frame) -> list[Frame]:
    """The frame once for each amount whose fee is asked for; itself where there are not several."""
    money = [q for q in frame.quantities if q.kind == "money" and q.value is not None and q.unit in ("USD", "?")]
    if not frame.fees or len({q.value for q in money}) < 2:
        return [frame]
    most = max(q.value for q in money if q.value is not None)
    money = [
        q for q in money if q.value is not None and (q.value * _FAR >= most or q.value == q.value.to_integral_value())
    ]
    cuts = [0, *(m.end() for m in _CLAUSES.finditer(frame.text)), len(frame.text)]
    found: list[Frame] = []
    for quantity in money[:_MOST]:
        start = max(c for c in cuts if c <= quantity.start)
        end = min(c for c in cuts if c >= quantity.end)
        clause = frame.text[start:end]
        about = clause if _KIND.search(clause) else frame.about
        found.append(
            replace(frame, amounts=replace(frame.amounts, price=quantity.value, count=None, each=False), about=about)
        )
    return found


_KIND = re.compile(r"formal|正式", re.IGNORECASE)


def fee_on_amount(frame: Frame, before: Frame) -> Frame | None:
    """The fee spoken of before, on an amount told now or before it; None where goods are named or anything else is asked."""
    own = tuple(name for name in frame.parameters if name.startswith(_FEES))
    fees = tuple(name for name in before.parameters if name.startswith(_FEES))
    of_entry = bool(own) and before.parameters == (ENTRY_LIMIT,)  # of the shipment whose kind of entry was asked for
    of_same = (
        before.fees and frame.price is None and (bool(own) or frame.mode is not None)
    )  # by another way, or the other fee
    sums = [q.value for q in frame.quantities if q.kind == "money" and q.unit in ("USD", "?")]
    price = frame.price if frame.price is not None or len(sums) != 1 else sums[0]
    if price is None and (of_entry or of_same):
        price = before.price
    dollars = price is not None and frame.amounts.currency in (None, "USD") and frame.destination in (None, "US")
    if not dollars or frame.named_goods or frame.intent == "decline" or frame.amounts.rate is not None:
        return None
    if not (of_entry or of_same):
        asked = says(frame.text, "asks_amount") or says(frame.text, "tax_question") or _AND_ON.search(frame.text)
        if before.intent not in ("policy", "law") or not fees or not asked or frame.claim or frame.intent == "tool":
            return None
    told: dict[str, Any] = {**(before.slots.get("us_quote", {}) if of_same else {}), **frame.slots.get("us_quote", {})}
    if all(name.startswith("us.hmf") for name in own or fees) and not (of_same and frame.mode):  # no other way pays it
        told["mode"] = frame.mode or "ocean"
    return replace(
        frame, intent="us_quote", destination="US", fees=True, amounts=replace(frame.amounts, price=price, customs_value=None),
        slots={**frame.slots, "us_quote": told}, parameters=tuple(dict.fromkeys((*frame.parameters, *fees))),
        days=frame.days or (before.days if of_same or of_entry else ()), about=frame.text, rule_first=False,
    )  # fmt: skip


_FEES = ("us.mpf", "us.hmf")
_AND_ON = re.compile(r"呢[？?。 ]*$|^(?:and|what about|how about)\b|\bwhat (?:does|would|will|do|is)\b", re.IGNORECASE)
