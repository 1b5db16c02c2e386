"""What a later message changes of the sum before it: a charge left out, more or fewer pieces, an amount added, one of several goods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from advisor.offline.amounts import Amounts, is_limit
from advisor.offline.changes import names_shared, other_goods
from advisor.offline.cues import pattern, says
from advisor.offline.frame import Frame, Item
from advisor.offline.held_sum import QUOTES, again, amounts_told, as_item
from advisor.offline.slots import WORDS
from tools.text.numerals import read_numeral

_LONG = 96  # characters of a message that only edits the sum
_CHARGES = ("freight", "insurance")


def edited(frame: Frame, before: Frame) -> Frame | None:
    """The sum before as this message edits it; None where it does not.

    Each rule needs the very fact it edits: a charge that was told, goods that were told, a price that is known.
    """
    if before.intent not in QUOTES or len(frame.text) > _LONG or frame.intent == "decline":
        return None
    for rule in (_another_parcel, _without_charge, _of_items, _added, _used, _together):
        if (found := rule(frame, before)) is not None:
            return found
    return None


def _another_parcel(frame: Frame, before: Frame) -> Frame | None:
    """A second parcel of the same day beside the one before, with its goods where they are others."""
    old = before.amounts
    nothing = not old.freight and not old.insurance  # where nothing was said of a charge, what follows is the least
    whole = old.customs_value if old.customs_value is not None else old.price if nothing else None
    second = _only_sum(frame)
    if before.intent != "taiwan_quote" or before.items or before.parcels or whole is None or second is None or old.each:
        return None
    if not says(frame.text, "another_parcel", "later") or old.currency not in (None, "TWD"):
        return None
    items: tuple[Item, ...] = ()
    if other_goods(frame, before):
        items = (as_item(before), as_item(frame))
    elif frame.named_goods:
        return None
    senders = frame.senders or ("same" if says(frame.text, "same_sender", "later") else None)
    freight, insurance = (old.freight, old.insurance) if old.customs_value is None else (Decimal(0), Decimal(0))
    return again(
        before,
        frame,
        parcels=(whole, second),
        senders=senders,
        items=items,
        amounts=replace(old, price=None, customs_value=None, freight=freight, insurance=insurance),
    )


def _without_charge(frame: Frame, before: Frame) -> Frame | None:
    """The same without the freight or the insurance that was told."""
    if any(getattr(frame.amounts, name) for name in _CHARGES) or frame.named_goods or frame.amounts.price is not None:
        return None
    left = [
        name
        for name in _CHARGES
        if getattr(before.amounts, name) and pattern("later", f"without_{name}").search(frame.text)
    ]
    if not left:
        return None
    nothing, old = Decimal(0), before.amounts
    amounts = replace(
        old,
        freight=nothing if "freight" in left else old.freight,
        insurance=nothing if "insurance" in left else old.insurance,
    )
    return again(before, frame, amounts=amounts, left_out=True)


def _of_items(frame: Frame, before: Frame) -> Frame | None:
    """Several goods told before: one of them no longer bought, or at another price."""
    if len(before.items) < 2:
        return None
    touched = [at for at, item in enumerate(before.items) if names_shared(frame.text, item, before.items)]
    if len(touched) != 1:
        return None
    (at,) = touched
    limits = any(is_limit(frame.text, q) for q in amounts_told(frame))
    if frame.price is None and says(frame.text, "exempt") and (limits or not says(frame.text, "dropped", "later")):
        whole = before.intent == "taiwan_quote" and before.route != "traveller"  # whose limits are of each
        return again(before, frame, beside=("limit_of_all",)) if whole else None
    if says(frame.text, "dropped", "later") and frame.price is None:
        rest = tuple(item for n, item in enumerate(before.items) if n != at)
        return _of_rest(frame, before, rest)
    amount = frame.price if frame.price is not None else _only_sum(frame)
    if amount is None or len(frame.items) > 1 or not says(frame.text, "becomes", "later"):
        return None
    old = before.items[at].amounts
    whole = old.customs_value is not None
    new = replace(before.items[at], amounts=replace(old, customs_value=amount) if whole else replace(old, price=amount))
    items = tuple(new if n == at else item for n, item in enumerate(before.items))
    return again(before, frame, items=items)


def _of_rest(frame: Frame, before: Frame, rest: Sequence[Item]) -> Frame:
    """What is left of several goods; one kind alone is a calculation of that kind."""
    if len(rest) > 1:
        return again(before, frame, items=tuple(rest))
    one, whole = rest[0], before.amounts
    amounts = replace(
        one.amounts,
        freight=one.amounts.freight if whole.freight is None else whole.freight,
        insurance=one.amounts.insurance if whole.insurance is None else whole.insurance,
        currency=one.amounts.currency or whole.currency,
        exchange_rate=whole.exchange_rate,
    )
    slots = {tool: {**before.slots.get(tool, {}), **one.slots.get(tool, {})} for tool in {*before.slots, *one.slots}}
    return again(
        before, frame, items=(), goods=one.lines, amounts=amounts, slots=slots, codes=one.codes or before.codes
    )


def _only_sum(frame: Frame) -> Decimal | None:
    sums = amounts_told(frame)
    return sums[0].value if len(sums) == 1 else None


def _added(frame: Frame, before: Frame) -> Frame | None:
    """An amount more or less of the same goods: another $300 worth of them."""
    old = before.amounts
    held = old.price if old.price is not None else old.customs_value
    if other_goods(frame, before) or before.items or held is None or frame.origin or frame.days:
        return None
    if old.each:  # off the whole, not off one
        held = held * old.count if old.count is not None else None
    more, less = (pattern("later", name).search(frame.text) for name in ("adds_amount", "takes_amount"))
    amount = _only_sum(frame)
    if (
        (more is None) is (less is None)
        or amount is None
        or any(getattr(frame.amounts, n) is not None for n in _CHARGES)
    ):
        return None
    if held is None or (frame.amounts.currency not in (None, old.currency) and old.currency is not None):
        return None
    now = held + amount if more else held - amount
    amounts = replace(old, price=now) if old.price is not None else replace(old, customs_value=now)
    amounts = replace(amounts, each=False, unit=None)
    return again(before, frame, amounts=amounts) if now > 0 else None


def _used(frame: Frame, before: Frame) -> Frame | None:
    """How many exemptions were used, answered in a bare count or said of all of them."""
    if before.intent != "taiwan_quote" or before.route == "traveller" or _told(frame):
        return None
    text = frame.text.strip()
    match = _BARE_COUNT.match(text) or _ALL_USED.search(text)
    if match is None or not (_UNIT.search(text) or before.used_exemptions is None):
        return None
    word = match["n"].lower()
    number = _TIMES.get(word) or WORDS.get(word) or (Decimal(0) if word in _NONE else read_numeral(word))
    return None if number is None else again(before, frame, used_exemptions=int(number))


_UNIT = re.compile(r"次|件|times?\b|once|twice|used|exempt", re.IGNORECASE)
_TIMES = {"once": Decimal(1), "twice": Decimal(2)}
_NONE = ("none", "zero", "沒有", "還沒", "都沒有", "從來沒有")
_NUMBER = rf"\d{{1,2}}|[一二兩三四五六七八九十]|{'|'.join(WORDS)}"
_LEAD = (
    r"(?:已經?|大概|應該|我|這半年|今年|都|用過?了?|i've|i have|used|have|only|just|about|so far|it's|that's|[,， ])*"
)
_TAIL = r"(?:次|件|了|吧|喔|啦|的|用過?|times?|so far|used|already|of them|exemptions?|[ 。.!！])*"
#: our question about the count, answered in a word or two
_BARE_COUNT = re.compile(
    rf"^{_LEAD}(?P<n>{_NUMBER}|once|twice|none|zero|還沒|從來沒有)(?=\W|次|件|了|用|$){_TAIL}$", re.IGNORECASE
)
_ALL_USED = re.compile(
    rf"(?P<n>{_NUMBER}) ?(?:次|exemptions|of them|times|imports)?(?:的|免稅|額度|都|全|已經|are|were|have been|had been|already|all| )*"
    r"(?:用完|用光|用掉|用滿|額滿|used(?: up)?|gone|spent|exhausted)",
    re.IGNORECASE,
)


def _told(frame: Frame) -> bool:
    return bool(frame.price is not None or frame.named_goods or frame.origin or frame.days or frame.destination)


def _together(frame: Frame, before: Frame) -> Frame | None:
    """The goods before and those before them, in one consignment: both together."""
    old = before.earlier
    if old is None or old.intent != before.intent or _told(frame) or before.items or old.items:
        return None
    if not says(frame.text, "together", "later") or old.goods == before.goods or None in (old.price, before.price):
        return None
    items = tuple(as_item(f) for f in (old, before))
    charges = Amounts(
        freight=_sum(old.amounts.freight, before.amounts.freight),
        insurance=_sum(old.amounts.insurance, before.amounts.insurance),
        currency=before.amounts.currency, exchange_rate=before.amounts.exchange_rate,
    )  # fmt: skip
    return again(before, frame, items=items, amounts=charges)


def _sum(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b
