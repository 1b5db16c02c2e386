"""Several parcels told in one message: what each is worth, and whether one sender sent them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from advisor.offline.amounts import TAX_AFTER
from tools.text.numerals import read_numeral
from tools.text.quantities import Quantity

Senders = Literal["same", "different"]

_SEVERAL = re.compile(
    r"(?P<n>[兩二三四五六2-6]) ?(?:(?:個|件|包|箱)?(?:國際|日本|美國)?(?:郵包|包裹|郵件|快遞|包(?!括|含)|箱)|件(?=都|各|加|分|、|，|,| |$))|(?P<e>two|three|four|[2-4]) (?:\w+ )?(?:parcels|packages|boxes|packets)",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4}
#: whether they count as one is what is asked, or what decides
_TOGETHER = re.compile(
    r"合併|併計|合計|一起算|加起來|加總|分開算|各自|各別|個別|同一?[天日]|add(?:ed)? (?:up|together)|aggregat|combin|together|separately|each on its own|same day",
    re.IGNORECASE,
)
_SAME = re.compile(r"同一?(?:個|家|位)?.{0,4}(?:賣家|寄件人|店家?|商家|網站)|\b(?:same|one) (?:\w+ )?(?:seller|sender|shop|store)", re.IGNORECASE)  # fmt: skip
_DIFFERENT = re.compile(r"(?:不同|兩個|兩家|各|另一).{0,5}(?:賣家|寄件人|店家|商家)|(?:賣家|寄件人)不(?:同|一樣)|\b(?:different|two|separate) (?:\w+ )?(?:sellers|senders|shops|stores)", re.IGNORECASE)  # fmt: skip
_OTHER_DAYS = re.compile(r"不同[天日]|隔[天日]|差[一二兩三\d] ?天|different days|day apart|next day", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:超過|不到|未達|低於|少於|over|under|below|less than|more than|up to) ?(?:NT\$|US\$|\$)?$", re.IGNORECASE
)
_LEAST = 30  # an amount below is a count or a rank


def senders_of(text: str) -> Senders | None:
    """Whether one sender or several sent the parcels; None where the words do not say.

    >>> senders_of("兩個不同賣家寄的呢"), senders_of("two parcels from the same seller")
    ('different', 'same')
    """
    return "different" if _DIFFERENT.search(text) else "same" if _SAME.search(text) else None


def parcels_in(text: str, quantities: Sequence[Quantity]) -> tuple[Decimal, ...]:
    """Values of several parcels of one day, in the order told; empty where there are not as many amounts as parcels."""
    said = _SEVERAL.search(text)
    if said is None or not _TOGETHER.search(text) or _OTHER_DAYS.search(text):
        return ()
    count = _COUNTS.get((said["n"] or said["e"]).lower()) or read_numeral(said["n"] or said["e"])
    amounts = [
        q.value
        for q in quantities
        if q.kind in ("money", "number")
        and q.value is not None
        and q.value >= _LEAST
        and not _LIMIT.search(text[: q.start])
        and not TAX_AFTER.match(text[q.end :])
    ]
    return tuple(amounts) if count == len(amounts) else ()


#: how the price of one piece is told, where each parcel has a value of its own
_OF_ONE = ("unit_price", "quantity")


def parcel_arguments(
    values: Sequence[Decimal],
    senders: Senders | None,
    charges: Mapping[str, str],
    goods: Sequence[Mapping[str, object]] = (),
) -> list[dict[str, object]]:
    """Parcels as the tool takes them; senders that are not said are taken as one.

    Args:
        values: of each parcel.
        senders: whether one sent them all.
        charges: said once, of each.
        goods: what is in each, where as many goods as parcels were told.
    """
    made: list[dict[str, object]] = []
    for number, value in enumerate(values, start=1):
        inside = dict(goods[number - 1]) if len(goods) == len(values) else dict(goods[0]) if len(goods) == 1 else {}
        inside = {name: told for name, told in inside.items() if name not in _OF_ONE}
        made.append({"goods": [{**inside, "price": format(value, "f")}], **charges})
        if senders == "different":
            made[-1]["sender"] = str(number)
    return made
