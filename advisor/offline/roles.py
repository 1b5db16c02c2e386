"""The role of an amount by the words beside it: the cue that stands nearest, before it rather than after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from advisor.offline.cues import cues, words
from tools.text.quantities import Quantity

_GAP = 10  # characters a cue may stand away from its amount
_AHEAD = 44  # characters after an amount in which a cue may begin and end: with freight and insurance included
_GAP_OF_ONE = 2  # the same for a cue of one character: 運 200
_GAPS = {"price": 24, "customs_value": 24, "stated_tax": 2}
SEPARATOR = re.compile(r"[，,。；;、+/]|\.(?=\s)|\b(?:and|plus)\b")


@cache
def _cues() -> list[tuple[re.Pattern[str], str]]:
    roles = cues()["roles"]
    roles = {**roles, "repair": cues()["repair"]["words"]}
    order = (
        "repair",
        "with_freight",
        "stated_tax",
        "customs_value",
        "charges",
        "exchange_rate",
        "freight",
        "insurance",
        "price",
        "no_role",
    )  # after_freight apart
    out = []
    for role in order:
        words = sorted(roles[role], key=len, reverse=True)
        parts = [rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w) for w in words]
        out.append((re.compile("|".join(parts), re.IGNORECASE), role))
    return out


def found_in(text: str) -> list[tuple[int, int, str]]:
    """Cues of a stretch of text, without those inside a longer one."""
    spans = [(m.start(), m.end(), role) for pattern, role in _cues() for m in pattern.finditer(text)]
    return [
        s
        for s in spans
        if s[2] != "no_role"
        and not any(o is not s and o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0] for o in spans)
    ]


_LEAD = 120  # characters in which what leads to an amount is told


def lead_of(text: str, quantity: Quantity) -> str:
    """What stands shortly before an amount: a message of many amounts is not read from its beginning for each."""
    return text[max(0, quantity.start - _LEAD) : quantity.start]


#: counts a sum of money, not goods: 收一筆 1,260
_ONE_SUM = re.compile(r"[一1] ?筆")
_SUM_OF = re.compile(r"[一1] ?筆 ?$")


_VALUED = re.compile(
    r"(?:價值|貨值|貨價|價格|金額|售價)[是為約]?\W{0,3}$|\b(?:worth|valued at|value of)\W{0,3}$", re.IGNORECASE
)
_HELD = re.compile(
    r"\s*(?:[和跟與加、及]?保(?:險費?|費))?(?:已|都|全)?(?:經)?(?:內|包)?含(?!稅)|\s*(?:is |was |are )?(?:already )?(?:incl(?:uded|\.)?|free)\b",
    re.IGNORECASE,
)


_LEAST = 99  # a smaller figure counts or measures
_CARRIES = re.compile(r" ?(?:寄|送|運到|快遞)")


def role_of(text: str, quantity: Quantity, others: Sequence[Quantity]) -> str | None:
    """The role whose cue stands nearest to an amount, before it rather than after; a longer cue hides those inside it."""
    left = max((q.end for q in others if q.end <= quantity.start and not _ONE_SUM.search(q.text)), default=0)
    right = min((q.start for q in others if q.start >= quantity.end), default=len(text))
    start = max(left, quantity.start - 28)
    before, after = text[start : quantity.start], text[quantity.end : min(right, quantity.end + _AHEAD)]
    before = _SUM_OF.sub("", before)
    best: tuple[int, str] | None = None
    for begin, end, role in found_in(before):
        distance = len(before) - end
        if distance <= (_GAP_OF_ONE if end - begin == 1 else _GAPS.get(role, _GAP)):
            penalty = 6 if SEPARATOR.search(before[end:]) else 0
            best = _nearer(best, (distance + penalty + (2 if role == "price" else 0), role))
    valued = best is not None and best[1] == "price" and _VALUED.search(before)  # 價值 99 美金 EMS
    priced = any(q.end <= quantity.start and q.kind in ("money", "number") and (q.value or 0) > _LEAST for q in others)
    carrier = words("roles", "after_freight").match(after.lstrip(" ("))
    # a carrier behind the one amount there is carries the goods: 3,000 元 DHL 寄台灣
    if carrier and priced and not valued and not _CARRIES.match(after.lstrip(" (")[carrier.end() :]):
        best = _nearer(best, (1, "freight"))
    for begin, end, role in found_in(after):
        theirs = (
            right < len(text)
            and 0 <= right - quantity.end - end <= 3
            and not SEPARATOR.search(text[quantity.end + end : right])
        )  # the cue leads the next amount
        if role in ("freight", "insurance") and _HELD.match(after[end:]):  # 2,600 with its freight in it
            continue
        if role == "exchange_rate" and _FOR_THE.fullmatch(after[:begin]):  # 32 for the exchange rate
            best = _nearer(best, (1, role))
            continue
        if not SEPARATOR.search(after[:begin]) and not theirs and begin <= 6:
            best = _nearer(best, (begin + 1 + (3 if role == "price" else 0), role))
    return best[1] if best else _moved(text[left : quantity.start])


#: what was spoken of is now this much: the freight quote just went up to 60,000
_MOVED = re.compile(
    r"(?:\b(?:went|gone?|goes|going|rose|risen|came|comes|moved|changed|increased|raised|dropped|fell|fallen)(?: (?:up|down|back))?(?: to)|\b(?:is|are|was|were|now|becomes?|became)(?: (?:now|actually|really|only))?|(?:漲|升|降|跌|調|變|改)(?:到|成|為|至))[:： ]*(?:NT\$?|US\$?|\$)?\s*$",
    re.IGNORECASE,
)
_CHARGED = ("freight", "insurance", "customs_value")


def _moved(before: str) -> str | None:
    """The charge or value a clause speaks of whose amount moved; None where it speaks of none."""
    clause = SEPARATOR.split(before)[-1]
    if _MOVED.search(clause) is None:
        return None
    roles = [role for _, _, role in sorted(found_in(clause)) if role in _CHARGED]
    return roles[-1] if roles else None


_FOR_THE = re.compile(r" (?:for|as) (?:the )?(?:customs )?", re.IGNORECASE)


def _nearer(best: tuple[int, str] | None, new: tuple[int, str]) -> tuple[int, str]:
    return new if best is None or new[0] < best[0] else best
