"""Fees on amounts: of several in one message each is an entry of its own; of one told after the rule, the fee on it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from advisor.offline.cues import says
from advisor.offline.frame import Frame

_CLAUSES = re.compile(r"[，,；;、。](?!\d)|\b(?:and|versus|vs\.?|or)\b|(?:另一|還有|以及|[和與跟])", re.IGNORECASE)
_MOST = 3  # amounts computed at once


def amounts_apart(frame: Frame) -> list[Frame]:
    """The frame once for each amount whose fee is asked for; itself where there are not several."""
    money = [q for q in frame.quantities if q.kind == "money" and q.value is not None and q.unit in ("USD", "?")]
    if not frame.fees or len({q.value for q in money}) < 2:
        return [frame]
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
    """The fee spoken of before, on an amount told now; None where goods are named or anything else is asked."""
    fees = tuple(name for name in before.parameters if name.startswith(_FEES))
    sums = [q.value for q in frame.quantities if q.kind == "money" and q.unit in ("USD", "?")]
    price = frame.price if frame.price is not None or len(sums) != 1 else sums[0]
    dollars = price is not None and frame.amounts.currency in (None, "USD") and frame.destination in (None, "US")
    asked = says(frame.text, "asks_amount") or says(frame.text, "tax_question") or _AND_ON.search(frame.text)
    if before.intent not in ("policy", "law") or not fees or not dollars or not asked or frame.named_goods:
        return None
    if frame.intent in ("decline", "tool") or frame.claim or frame.amounts.rate is not None:
        return None
    told: dict[str, Any] = dict(frame.slots.get("us_quote", {}))
    if all(name.startswith("us.hmf") for name in fees):  # no other way pays it
        told.setdefault("mode", "ocean")
    slots = {**frame.slots, "us_quote": told}
    parameters = tuple(dict.fromkeys((*frame.parameters, *fees)))
    amounts = replace(frame.amounts, price=price, customs_value=None)
    return replace(
        frame, intent="us_quote", destination="US", fees=True, amounts=amounts, slots=slots, parameters=parameters, about=frame.text
    )  # fmt: skip


_FEES = ("us.mpf", "us.hmf")
_AND_ON = re.compile(r"呢[？?。 ]*$|^(?:and|what about|how about)\b|\bwhat (?:does|would|will|do|is)\b", re.IGNORECASE)
