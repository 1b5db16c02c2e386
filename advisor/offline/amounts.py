"""Which amount is the price, which the freight, which the insurance, which the rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_DOWN, Decimal
from functools import cache
from typing import Any

from advisor.offline.cues import cues, words
from advisor.offline.rates_said import rate_said
from advisor.offline.slots import WORDS, containers_said
from tools.text.quantities import Quantity
from tools.united_states.acts import names_act

_GAP = 10  # characters a cue may stand away from its amount
_AHEAD = 44  # characters after an amount in which a cue may begin and end: with freight and insurance included
_GAP_OF_ONE = 2  # the same for a cue of one character: 運 200
_GAPS = {"price": 24, "customs_value": 24, "stated_tax": 2}
_SEPARATOR = re.compile(r"[，,。；;、+/]|\b(?:and|plus)\b")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts by role, in the currency named; None where the words do not give one."""

    price: Decimal | None = None
    each: bool = False
    count: Decimal | None = None
    freight: Decimal | None = None
    insurance: Decimal | None = None
    customs_value: Decimal | None = None
    repair: Decimal | None = None
    rate: Decimal | None = None
    exchange_rate: Decimal | None = None
    currency: str | None = None
    currencies: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether any role is filled."""
        return any(getattr(self, f.name) for f in fields(self) if f.name not in ("currencies", "count")) or (
            self.freight is not None or self.insurance is not None or self.rate is not None
        )

    def updated(self, newer: Amounts) -> Amounts:
        """These amounts with those of a later message over them."""
        changes = {f.name: getattr(newer, f.name) for f in fields(self) if getattr(newer, f.name) not in (None, ())}
        if newer.price is None and newer.customs_value is None:
            changes.pop("each")  # a message without a price says nothing of one piece or all
        if self.customs_value is not None and "price" in changes and not {"freight", "insurance"} & changes.keys():
            changes["customs_value"] = changes.pop("price")  # an amount in place of one with charges has them too
        if newer.repair is not None and not {"price", "customs_value"} & changes.keys():
            changes |= {"price": None, "customs_value": None}  # what it once cost counts no longer
        if changes.get("customs_value") is not None:
            changes |= {"price": None, "freight": newer.freight, "insurance": newer.insurance}
        elif changes.get("price") is not None:
            changes["customs_value"] = None
        elif newer.count is not None:
            changes |= self._of_count(newer.count)
        return replace(self, **changes)

    def _of_count(self, count: Decimal) -> dict[str, Any]:
        """Two of them: the amount said before was of one, or of as many as were told, and then its share is taken."""
        held = "price" if self.price is not None else "customs_value"
        amount: Decimal | None = getattr(self, held)
        if amount is None or self.each or count == self.count:
            return {}
        if self.count is None:
            return {"each": True}
        share = amount * count / self.count
        return {held: share if share == _cents(share) else None}  # what does not divide is asked for


def _cents(amount: Decimal) -> Decimal:
    """An amount cut to the hundredth."""
    return amount.quantize(_CENT, rounding=ROUND_DOWN)


_CENT = Decimal("0.01")


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


def read_amounts(text: str, quantities: Sequence[Quantity]) -> Amounts:
    """Amounts of a folded text by role."""
    found: dict[str, Decimal] = {}
    spare: list[Quantity] = []
    units: list[str] = []
    sums = [q for q in quantities if q.kind in ("money", "number") and q.value is not None and not _is_limit(text, q)]
    money = any(q.kind == "money" for q in sums)
    for quantity in sums:
        role = "stated_tax" if TAX_AFTER.match(text[quantity.end :]) else _role(text, quantity, quantities)
        role = "freight" if _OF_WHICH.search(text[: quantity.start]) else role
        if quantity.kind == "number" and money and _counts_goods(text, quantity):
            continue
        if role == "price" and quantity.kind != "money" and money and (quantity.value or 0) < 30:
            role = None  # a small bare number beside real amounts is a count or a rank
        if quantity.kind == "money" and quantity.unit != "?" and role != "stated_tax":
            units.append(quantity.unit)
        if role is None or role in found:
            spare.append(quantity)
        elif quantity.value is not None:
            found[role] = quantity.value
    found.pop("stated_tax", None)
    if "with_freight" in found:  # 含運費 1,500: a price with its freight, unless another amount is the price
        inside = found.pop("with_freight")
        if _EACH_WITH.search(text):
            found.setdefault("freight", Decimal(0))
            if not {"price", "customs_value"} & found.keys():
                found["price"] = inside
        elif {"price", "customs_value"} & found.keys() or any(
            q.kind == "money" or (q.value or 0) >= inside for q in spare
        ):
            found.setdefault("freight", inside)
        else:
            found["price"] = inside
            found.setdefault("freight", Decimal(0))
    if found.get("price") == 0 and any(q.kind == "money" and q.value for q in spare):
        found.pop("price")  # nothing costs nothing where another amount is told
    if not {"price", "customs_value", "repair"} & found.keys() and spare:
        named = (
            [q for q in spare if q.kind == "money" and q.value]
            or [q for q in spare if q.kind == "money"]
            or [q for q in spare if q.value and q.value >= 30]
        )
        if named and named[0].value is not None:
            found["price"] = named[0].value
    if "charges" in found:
        found["freight"] = found.pop("charges")
        found.setdefault("insurance", Decimal(0))
    rate = rate_said(text, quantities)
    for role in ("freight", "insurance"):
        if role not in found and words("nothing", role).search(text):
            found[role] = Decimal(0)
    if words("nothing", "both").search(text):
        found.setdefault("freight", Decimal(0))
        found.setdefault("insurance", Decimal(0))
    if "customs_value" in found:
        found.pop("price", None)
    currencies = tuple(dict.fromkeys(units))
    each, count = _each(text, quantities, found.get("price", found.get("customs_value")))
    return Amounts(
        each=each, count=count, price=found.get("price"), freight=found.get("freight"), insurance=found.get("insurance"),
        customs_value=found.get("customs_value"), repair=found.get("repair"), rate=rate, exchange_rate=found.get("exchange_rate"),
        currency=currencies[0] if currencies else None, currencies=currencies,
    )  # fmt: skip


#: every price told holds its freight: 都含郵資
_EACH_WITH = re.compile(r"(?:都|皆|均|全都?|各)已?[含連]|\b(?:both|all|each)\b.{0,14}\bincl", re.IGNORECASE)
_EACH_BEFORE = re.compile(
    r"(?:每|一)\s?(?:個|件|支|副|雙|隻|條|台|臺|瓶|罐|盒|套|本|枚|頂|把|組|份|張|咖|顆|輛)\s*(?:是|要|賣|約)?\s*$|單價\s*(?:是|為|約)?\s*$"
    r"|每\s?(?:個|件|支|副|雙|隻|條|台|臺|瓶|罐|盒|套|本|枚|頂|把|組|份|張|顆|輛)(?![^，,。;；、]*(?:共|總|合計))[^，,。;；、]{1,18}$"
)
#: one piece, said as a change of how many there are
_ONE_ONLY = re.compile(
    r"(?:只|才|就|剩)(?:要|買|有|寄|訂|帶|拿|留|剩|保留)?下?了?\s?[一1]\s?(?:個|件|支|副|雙|隻|條|台|臺|瓶|盒|套|本|枚|頂|把|組|份|張|罐|顆|輛)|(?:^|[，,。改成是買])\s?[一1]\s?(?:個|件|支|副|雙|隻|條|台|臺|瓶|盒|套|本|枚|頂|把|組|份|張|罐|顆|輛|組|份)(?:就好|而已|呢|的話|[，,。]|$)"
    r"|\b(?:just|only|keep(?:ing)?|make (?:it|that)|rather|it'?s|it was|meant) (?:a single|the one|one|1)\b(?! (?:hundred|thousand|million|day|week|month|year|more|thing|question|of))",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(
    r"^\s*(?:each|apiece|a piece|per (?:piece|item|pair|unit|bottle)|/ ?(?:pc|piece|個|件|支|副|雙)|一(?:個|件|支|副|雙|瓶))",
    re.IGNORECASE,
)


_FEW = {word: number for word, number in WORDS.items() if number > 1}
_IN_WORDS = re.compile(rf"\b({'|'.join(_FEW)}) (?:[a-z-]+ ){{0,2}}?[a-z-]+s\b", re.IGNORECASE)
_OF_THEM = re.compile(
    rf"[^.?!\d]{{0,40}}?[,;.] ?(?:and |i (?:want|need|bought|ordered|am buying) )?(?P<n>[2-9]|[1-9]\d|{'|'.join(_FEW)}) of (?:them|these|those)\b"
    r"(?! (?:for|in total|together|altogether))",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(r" ?[A-Za-z\u4e00-\u9fff]")


_NOUN_AFTER = re.compile(
    r" (?!(?:plus|and|for|with|from|each|per|including|total|altogether|only|courier|via|then|but|extra|more|less|dhl|fedex|ups|ems|usps)\b)[a-z]{3,}"
    r"(?: [a-z]{3,})?",
    re.IGNORECASE,
)


def _counts_goods(text: str, quantity: Quantity) -> bool:
    """Whether a bare number beside real amounts counts what follows it: shipping 200 laptops."""
    noun = _NOUN_AFTER.match(text[quantity.end :])
    return noun is not None and not _found(noun[0])


def _each(text: str, quantities: Sequence[Quantity], price: Decimal | None) -> tuple[bool, Decimal | None]:
    """Whether the price is of one piece, and of how many pieces it then is."""
    least = 1 if _ONE_ONLY.search(text) else 2
    count = next(
        (q.value for q in quantities if q.kind == "count" and q.unit == "piece" and (q.value or 0) >= least), None
    )
    if count is None and least == 1:
        count = Decimal(1)
    for quantity in quantities:
        if price is not None and quantity.kind in ("money", "number") and quantity.value == price:
            before, after = text[: quantity.start], text[quantity.end :]
            if count is None and (of_them := _OF_THEM.match(after)) is not None:  # 3,000, two of them: of each
                return True, _FEW.get(of_them["n"].lower()) or Decimal(of_them["n"])
            said_after = bool(_EACH_AFTER.search(after))
            if said_after and count is None:  # 2 T-shirts at 900 each: the bare number before a word counts them
                bare = [q for q in quantities if q.kind == "number" and q.unit == "" and q.end < quantity.start]
                few = [q for q in bare if q.value in range(2, 30) and _WORD_AFTER.match(text[q.end :])]
                many = [q for q in bare if (q.value or 0) >= 30 and _counts_goods(text, q)]
                counts = [q.value for q in (*few, *many)]
                count = counts[0] if len(counts) == 1 else None
                if not counts and len(words := _IN_WORDS.findall(text[: quantity.start])) == 1:
                    count = _FEW[words[0].lower()]
            said_before = bool(_EACH_BEFORE.search(before))
            if (
                (said_after or said_before)
                and count in (None, 1)
                and (held := containers_said(text)) is not None
                and held > 1
            ):
                count = held
            return said_after or (count is not None and said_before), count
    return False, count


def tells_each(text: str, quantities: Sequence[Quantity], price: Decimal | None) -> bool:
    """Whether a price is said to be of one piece, however many there are: 一瓶 1,200, 1,200 each."""
    of_price = [q for q in quantities if q.kind in ("money", "number") and q.value == price]
    return any(_EACH_AFTER.search(text[q.end :]) or _EACH_BEFORE.search(text[: q.start]) for q in of_price)


#: counts a sum of money, not goods: 收一筆 1,260
_ONE_SUM = re.compile(r"[一1] ?筆")
_SUM_OF = re.compile(r"[一1] ?筆 ?$")


def _role(text: str, quantity: Quantity, others: Sequence[Quantity]) -> str | None:
    """The role whose cue stands nearest to an amount, before it rather than after; a longer cue hides those inside it."""
    left = max((q.end for q in others if q.end <= quantity.start and not _ONE_SUM.search(q.text)), default=0)
    right = min((q.start for q in others if q.start >= quantity.end), default=len(text))
    start = max(left, quantity.start - 28)
    before, after = text[start : quantity.start], text[quantity.end : min(right, quantity.end + _AHEAD)]
    before = _SUM_OF.sub("", before)
    best: tuple[int, str] | None = None
    for begin, end, role in _found(before):
        distance = len(before) - end
        if distance <= (_GAP_OF_ONE if end - begin == 1 else _GAPS.get(role, _GAP)):
            penalty = 6 if _SEPARATOR.search(before[end:]) else 0
            best = _nearer(best, (distance + penalty + (2 if role == "price" else 0), role))
    if words("roles", "after_freight").match(after.lstrip(" (")):
        best = _nearer(best, (1, "freight"))
    for begin, end, role in _found(after):
        theirs = (
            right < len(text)
            and 0 <= right - quantity.end - end <= 3
            and not _SEPARATOR.search(text[quantity.end + end : right])
        )  # the cue leads the next amount
        if role == "exchange_rate" and _FOR_THE.fullmatch(after[:begin]):  # 32 for the exchange rate
            best = _nearer(best, (1, role))
            continue
        if not _SEPARATOR.search(after[:begin]) and not theirs and begin <= 6:
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
    clause = _SEPARATOR.split(before)[-1]
    if _MOVED.search(clause) is None:
        return None
    roles = [role for _, _, role in sorted(_found(clause)) if role in _CHARGED]
    return roles[-1] if roles else None


_FOR_THE = re.compile(r" (?:for|as) (?:the )?(?:customs )?", re.IGNORECASE)
TAX_AFTER = re.compile(
    r"\s*(?:元|塊)?(?:的)?(?:稅金|進口稅|關稅|稅款|稅費|營業稅|稅)(?=\s*(?:[，,。；;！!）)+]|$|為什麼|是不是|才|合理|正常|對[嗎不]|[跟和加與](?!多少))|\s+(?:我|但|可是|東西|貨|商品|[他她客]))"
    r"|\s*(?:in|of) (?:taxe?s?|dut(?:y|ies))\b|\s*tax(?:es)? on\b",
    re.IGNORECASE,
)


def _found(text: str) -> list[tuple[int, int, str]]:
    """Cues of a stretch of text, without those inside a longer one."""
    spans = [(m.start(), m.end(), role) for pattern, role in _cues() for m in pattern.finditer(text)]
    return [
        s
        for s in spans
        if s[2] != "no_role"
        and not any(o is not s and o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0] for o in spans)
    ]


#: by how much two amounts differ: 差一塊, one dollar off
_APART_BEFORE = re.compile(r"(?:相|只|才|就|僅|也)?差了?(?:個|到|不到)? ?$")
_APART_AFTER = re.compile(r" ?(?:的)?(?:差額|差距|之差)|\s*(?:dollars?|bucks?|cents?)? ?\b(?:off|apart|(?:of )?difference)\b", re.IGNORECASE)  # fmt: skip
#: of an amount that holds the freight, the part that is freight: 其中空運 800
_OF_WHICH = re.compile(
    r"(?:其中|內含|包含|包括|含有?)(?:有)?(?:空運|海運|陸運|船運)費?(?:是|為)? ?$"
    r"|(?:of which|thereof|including|incl\.?)(?: (?:the|for))? (?:air|ocean|sea|truck)(?: (?:freight|shipping|carriage))?(?: is| was)? ?$",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"(?:運費?|郵資|保險?費?|貨值|shipping|freight|postage|insurance|cif|fob|價格?|金額|price|cost|for|買|賣|[每一](?:個|件|瓶|支|雙|台|臺|條|盒|套|本|組|張|頂|隻|把|份|輛)|單價|each)\s*(?:是|為|of|is|:|：)?\s*$",
    re.IGNORECASE,
)
#: the letter of a declaration's class: X3
_CLASS = re.compile(r"(?<![A-Za-z])[xX]$")
#: the number of a ticket or an order
_REFERENCE = re.compile(r"(?:#|\b(?:ticket|case|order|ref(?:erence)?|inquiry|invoice)\.?(?: (?:no\.?|number|id))?[:# ]{0,3}|(?:工單|案號|單號|訂單|編號)(?:編號|號碼)?[:：# ]{0,3})$", re.IGNORECASE)  # fmt: skip
_SECTION = re.compile(r" ?(?:條款|條關稅|關稅|調查|清單|tariffs?\b|dut(?:y|ies)\b|action)", re.IGNORECASE)


#: an amount that moved: went up to 10,000 is what it is now, no limit
_RISES = re.compile(
    r"\b(?:went|go(?:es)?|going|gone|rose|rises?|raised?|increased?|grew|grown|bump(?:s|ed)?|came|comes|moved?|upped|brings?|brought) (?:it |them |us |this |that |the \w+ )?up to ?\D{0,4}$",
    re.IGNORECASE,
)


_BECOMES = re.compile(
    r"\s*(?:[打寫說算]錯了?|不對|錯了|其實|應該|實際)*\s*(?:是|為|變成?|改成?|改為|總共|共)?\s*|.{0,12}\b(?:is|was|to|of|at|be|actually)\s*(?:nt\$?|\$)?\s*",
    re.IGNORECASE,
)


def _is_charge(before: str) -> bool:
    """Whether words for freight, insurance or a value lead to what comes next: 運費打錯了是 1900."""
    clause = _SEPARATOR.split(before)[-1]
    ends = [end for _, end, _ in _found(clause)]
    return bool(ends) and _BECOMES.fullmatch(clause[max(ends) :]) is not None


def _is_limit(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a year, or a limit somebody quotes, rather than an amount of this purchase."""
    if quantity.kind == "number" and quantity.unit == "" and re.fullmatch(r"(?:19|20)\d\d", quantity.text):
        return _PRICED.search(text[: quantity.start]) is None and not _is_charge(text[: quantity.start])
    if quantity.kind == "number" and (
        _REFERENCE.search(text[: quantity.start]) or _CLASS.search(text[: quantity.start])
    ):
        return True
    if quantity.kind == "number" and (_SECTION.match(text[quantity.end :]) or names_act(text, quantity.start)):
        return True
    if _APART_BEFORE.search(text[: quantity.start]) or _APART_AFTER.match(text[quantity.end :]):
        return True
    before, after = (
        text[max(0, quantity.start - 12) : quantity.start].lower(),
        text[quantity.end : quantity.end + 14].lower(),
    )
    return re.match(r"\s*(?:的)?(?:以下|以內|免稅額|門檻|小額免稅|免稅門檻|exemption|limit|threshold|de minimis|or less|rule)", after) is not None or (
        re.search(r"(?:under|below|up to|less than|limit of|低於|不到) ?(?:us|nt)?$", before) is not None and not _RISES.search(text[: quantity.start])
    )  # fmt: skip


def _nearer(best: tuple[int, str] | None, new: tuple[int, str]) -> tuple[int, str]:
    return new if best is None or new[0] < best[0] else best
