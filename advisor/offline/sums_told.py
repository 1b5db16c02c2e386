"""Sums that hold more than one amount, or that are one amount said twice: goods with their charges, a price and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from advisor.offline.roles import lead_of
from advisor.offline.slots import COUNTERS, WORDS
from tools.text.numerals import CHINESE, read_numeral
from tools.text.quantities import Quantity

_GOODS = re.compile(
    r"貨款|貨價|貨物|貨值|商品|東西|物品|本體|售價|價格|\b(?:goods|items?|price|products?|merchandise|order)\b",
    re.IGNORECASE,
)
_FREIGHT = re.compile(r"運費|郵資|郵費|快遞費|\b(?:shipping|freight|postage|delivery)\b", re.IGNORECASE)
_INSURANCE = re.compile(r"保險|保費|運保|\binsurance\b", re.IGNORECASE)
#: a charge that comes on top of what is named before it
_JOINED = re.compile(
    r"[\u4e00-\u9fffA-Za-z]\s*(?:加上?|和|與|跟|連同?|及|、|\+|\bplus\b|\band\b|\bwith\b)\s*(?:the )?(?:國際|海外|日本|境外|空運)?(?:運費|郵資|郵費|快遞費|shipping|freight|postage|delivery)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:合計|一共|總共|共計|總計|加起來|全部|加總|共)(?:是|為|要|大概|大約|約|才)?\s*(?:NT\$|US\$|\$)?$"
    r"|\b(?:comes? to|came to|total(?:s|led|ed)?|adds? up to|altogether|in all|in total)(?: of| is| was| about)?:? ?(?:NT\$|US\$|\$)?$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(r" ?(?:元|塊)? ?(?:in total|in all|altogether|total|all in|全包|全部)", re.IGNORECASE)
_END = re.compile(r"[。;；!！?？\n]")


def all_in(text: str, quantity: Quantity, left: int) -> Literal["customs_value", "with_freight"] | None:
    """Whether an amount is told to be of the goods with their freight, and with their insurance too.

    Args:
        text: the folded message.
        quantity: the amount.
        left: where the figure before it ends.
    """
    before = _END.split(text[left : quantity.start])[-1]
    freight = _FREIGHT.search(before)
    joined = _JOINED.search(before)
    summed = joined is not None and not before[joined.end() :].strip(" NT$:：")
    if freight is None or not (summed or _TOTAL.search(before) or _TOTAL_AFTER.match(text[quantity.end :])):
        return None
    if not (_GOODS.search(before[: freight.start()]) or joined):
        return None
    return "customs_value" if _INSURANCE.search(before) else "with_freight"


_TAX_TOLD = re.compile(
    r"(?:說|收|課|開|算|\b(?:billed|charged?|says?|said|wants?|claims?|quoted))\s*(?:me |us |的|是)?(?:the |a )?(?:customs |import )?(?:關稅|營業稅|duty|vat|business tax)(?:是| of| is)? ?(?:NT\$|US\$|\$)?$",
    re.IGNORECASE,
)


def tax_told(text: str, quantity: Quantity) -> bool:
    """Whether an amount is of a tax that somebody told: the courier says duty NT$330."""
    return _TAX_TOLD.search(lead_of(text, quantity)) is not None


_SAID = r"(?:折合|換算(?:成|後|下來)?|相當於|等於|也就是|約(?:合|當)?|大約|大概|差不多|≈|~|=|\babout\b|\baround\b|\broughly\b|\bapprox\.?|\bapproximately\b|\bequals?\b|\bthat's\b|\bwhich is\b|\bor\b|\bi\.e\.)"
_BETWEEN = re.compile(rf"[ ,，]{{0,3}}(?:[(（] ?(?:{_SAID}[ 是為]{{0,3}}){{0,2}}|(?:{_SAID}[ 是為]{{0,3}}){{1,2}})(?:新?[台臺]幣|NT\$?|TWD)? ?", re.IGNORECASE)  # fmt: skip
_HOME = "TWD"


def converted(text: str, quantities: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Amounts in another currency with what the person says they are in Taiwan's: 20,000 日圓約台幣 4,200."""
    pairs = [
        (one, other)
        for one, other in pairwise(quantities)
        if one.kind == other.kind == "money"
        and "?" not in (one.unit, other.unit)
        and (one.unit == _HOME) is not (other.unit == _HOME)
        and _BETWEEN.fullmatch(text[one.end : other.start])
    ]
    return [(a, b) if b.unit == _HOME else (b, a) for a, b in pairs]


def in_one_money(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The figures of a text with an amount that is said twice, in two currencies, once: in Taiwan's money."""
    pairs = converted(text, quantities)
    foreign = {q.unit for q in quantities if q.kind == "money" and q.unit not in (_HOME, "?") and q.value}
    if not pairs or len(pairs) < sum(q.kind == "money" and q.unit in foreign and bool(q.value) for q in quantities):
        return list(quantities)  # another amount is told in that currency alone
    first = {min(a, b, key=_start): (a, b) for a, b in pairs}
    second = {max(a, b, key=_start) for a, b in pairs}
    return [replace(q, value=first[q][1].value, unit=_HOME) if q in first else q for q in quantities if q not in second]


def _start(quantity: Quantity) -> int:
    return quantity.start


def own_among_rules(text: str, quantities: Sequence[Quantity]) -> Decimal | None:
    """The amount said of one's own parcel beside other amounts that a rule is spoken of with; None where none is."""
    sums = [q for q in quantities if q.kind in ("money", "number") and (q.value or 0) > _LEAST_SUM]
    own = [q.value for q in sums if _OWN.search(text[: q.start])]
    rules = [q for q in sums if _RULE.match(text[q.end :])]
    return own[0] if len(own) == 1 and rules and all(q.value != own[0] for q in rules) else None


_LEAST_SUM = 99
_OWN = re.compile(r"(?:我(?:的|這|那)?|這)(?:一)?(?:包|件|次|筆|批|個|張|盒)[^，。,；;？?！!\d]{0,8}$|[，,]那?我 ?$|\b(?:mine|my (?:parcel|package|order|book|one|\w+)) (?:is|was|costs?|of|at|worth|comes to)(?: only| just)? ?(?:NT\$|\$)?$", re.IGNORECASE)  # fmt: skip
_RULE = re.compile(r" ?元?(?:整|以下|以內|以上|剛好)?(?:不用|免|就|才|要)(?:繳|課|稅|要|全)|[^.?!,]{0,12}\b(?:is|are) (?:free|exempt|taxed)\b", re.IGNORECASE)  # fmt: skip


_MANY = rf"\d{{1,2}}|{'|'.join(WORDS)}|[{CHINESE}]"
#: what leads to what each of the others costs: the other two, 另外兩件各
_OTHERS = re.compile(
    rf"\b(?:other|remaining) (?P<en>{_MANY})\b(?: (?!one|parcel|package|seller)[a-z]+)?(?: (?:are|were|cost|at|for))? ?$"
    rf"|(?:另外|其他|其餘|剩下|剩餘|另)的?(?P<zh>{_MANY}) ?(?:{COUNTERS}|樣)(?!包裹|郵包|賣家)[\u4e00-\u9fff]{{0,4}}?(?:各|(?:各|都是?)?每(?:{COUNTERS}|樣)|都)(?:是|要|賣)? ?$",
    re.IGNORECASE,
)
_APIECE = re.compile(r"\s*(?:each|apiece|a piece)\b", re.IGNORECASE)


def of_others(text: str, quantities: Sequence[Quantity]) -> tuple[list[Decimal], bool]:
    """What each of the others of several goods costs, once for each of them, and whether another amount is told before it."""
    sums = [q for q in quantities if q.kind in ("money", "number") and q.value]
    for at, quantity in enumerate(sums):
        if (match := _OTHERS.search(text[: quantity.start])) is None or quantity.value is None:
            continue
        said = match["en"] or match["zh"]
        many = WORDS.get(said.lower()) or read_numeral(said)
        if many is not None and (match["zh"] or _APIECE.match(text[quantity.end :])):
            return [quantity.value] * int(many), any(
                (q.value or 0) > _LEAST_SUM or q.kind == "money" for q in sums[:at]
            )
    return [], False
