"""Fees on several amounts of one message: each is an entry of its own, of the kind that its own words say."""

from __future__ import annotations

import re
from dataclasses import replace

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
