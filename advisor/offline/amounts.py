"""Which amount is the price, which the freight, which the insurance, which the rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from advisor.offline.cues import cues, words
from advisor.offline.rates_said import rate_said
from advisor.offline.roles import SEPARATOR, found_in, lead_of, role_of
from advisor.offline.slots import COUNTERS, WORDS, containers_said
from advisor.offline.sums_told import all_in, in_one_money, of_others, own_among_rules, tax_told
from advisor.offline.unit_price import unit_price
from tools.text.quantities import Quantity
from tools.united_states.acts import names_act


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
    unit: str | None = None  # what the price of one is of, where that is no piece
    others: Decimal | None = None  # what the others come to beside one told before

    @property
    def any(self) -> bool:
        """Whether any role is filled."""
        return any(getattr(self, f.name) for f in fields(self) if f.name not in ("currencies", "count", "unit")) or (
            self.freight is not None or self.insurance is not None or self.rate is not None
        )

    def updated(self, newer: Amounts) -> Amounts:
        """These amounts with those of a later message over them."""
        if newer.others is not None and self.price is not None:
            held, more = self.count or Decimal(1), newer.count or Decimal(0)
            first = self.price * (held - more if held > more else held) if self.each else self.price  # 1 of 3, 2 of 2
            newer = replace(newer, price=first + newer.others, each=False, count=None, others=None)
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
_NO_RATE = 999  # from which an amount of money is no rate of exchange


def read_amounts(text: str, quantities: Sequence[Quantity]) -> Amounts:
    """Amounts of a folded text by role."""
    quantities = in_one_money(text, quantities)
    found, spare, units = _by_role(text, quantities)
    found.pop("stated_tax", None)
    if not spare and found.keys() == {"freight"} and not _charges_carriage(text):
        found = {"price": found["freight"]}  # ship $20,000 of pans: how they go, not what it costs
    _settle_price(text, found, spare)
    if (own := own_among_rules(text, quantities)) is not None and {"price", "customs_value"} & found.keys():
        found.pop("customs_value", None)
        found["price"] = own
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
    told = found.get("price", found.get("customs_value"))
    each, count = _each(text, quantities, told)
    if (of_unit := unit_price(text, quantities, told)) is not None and (of_unit.many is not None or each):
        each, count = True, of_unit.many if of_unit.many is not None else count
    ones = [
        q.value
        for q in quantities
        if q.kind in ("money", "number") and q.value and _ONE_BEFORE.search(lead_of(text, q))
    ]
    others, beside = of_others(text, quantities)
    if others and beside and told is not None:  # one at 900, the other two 300 each
        ones = [*(ones or [told]), *others]
    elif others:
        each, count = True, Decimal(len(others))
    if len(ones) > 1 and "price" in found and (others or count in (None, 1, len(ones))):  # one at 500, one at 700
        of_unit, each = None, False
        found["price"], count = sum(ones, Decimal(0)), Decimal(len(ones))
    return Amounts(
        each=each, count=count, price=found.get("price"), freight=found.get("freight"), insurance=found.get("insurance"),
        customs_value=found.get("customs_value"), repair=found.get("repair"), rate=rate, exchange_rate=found.get("exchange_rate"),
        currency=currencies[0] if currencies else None, currencies=currencies, unit=of_unit.unit if of_unit is not None and each else None,
        others=None if beside or not others else sum(others, Decimal(0)),
    )  # fmt: skip


def _by_role(text: str, quantities: Sequence[Quantity]) -> tuple[dict[str, Decimal], list[Quantity], list[str]]:
    """Amounts by the role their words give, those without one, and the currencies told."""
    found: dict[str, Decimal] = {}
    spare: list[Quantity] = []
    units: list[str] = []
    sums = [q for q in quantities if q.kind in ("money", "number") and q.value is not None and not is_limit(text, q)]
    money = any(q.kind == "money" for q in sums)
    for quantity in sums:
        told = TAX_AFTER.match(text[quantity.end :]) or tax_told(text, quantity)
        role = "stated_tax" if told else role_of(text, quantity, quantities)
        left = max((q.end for q in quantities if q.end <= quantity.start), default=0)
        role = all_in(text, quantity, left) or role if role != "stated_tax" else role
        if role == "exchange_rate" and quantity.kind == "money" and (quantity.value or 0) >= _NO_RATE:
            role = None  # (base rate free), $30,000
        role = "freight" if _OF_WHICH.search(lead_of(text, quantity)) else role
        role = "price" if role == "freight" and _WORTH_OF.match(text[quantity.end :]) else role
        if _INSIDE.search(lead_of(text, quantity)):  # the freight is in the 24,000
            role = "price"
            found |= {name: Decimal(0) for name in ("freight", "insurance") if _named_before(text, quantity, name)}
        if quantity.kind == "number" and money and _counts_goods(text, quantity):
            continue
        if quantity.kind == "number" and _COUNTER_AFTER.match(text[quantity.end :]):
            continue
        if role == "price" and quantity.kind != "money" and money and (quantity.value or 0) < 30:
            role = None  # a small bare number beside real amounts is a count or a rank
        if quantity.kind == "money" and quantity.unit != "?" and role != "stated_tax" and quantity.value:
            units.append(quantity.unit)
        if role is None or role in found:
            spare.append(quantity)
        elif quantity.value is not None:
            found[role] = quantity.value
    return found, spare, units


def _settle_price(text: str, found: dict[str, Decimal], spare: Sequence[Quantity]) -> None:
    """The price, where it is told with its freight or by no word at all."""
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
        now = [q for q in named if _BECAME.search(text[: q.start])][-1:]  # 多 100 變 2,600: what it is now
        if named and (value := (now or named)[0].value) is not None:
            found["price"] = value


#: an amount that holds a charge named before it
_INSIDE = re.compile(
    r"(?:含|包|算|併|加)(?:在|進|入|到)(?:了)?(?:這|那|貨價|價格|總價|售價)?(?:的)? ?(?:NT\$|US\$|\$)?$|\b(?:included|inside|contained|rolled|folded|built) (?:in|into) (?:the |that |this |a )?(?:price of |total of )?(?:NT\$|US\$|\$)?$",
    re.IGNORECASE,
)


def _named_before(text: str, quantity: Quantity, name: str) -> bool:
    """Whether a charge is named in the clause that leads to an amount."""
    clause = re.split(r"[，,。；;.!?？！](?!\d{3})", text[: quantity.start])[-1]
    return any(role in (name, "charges") for _, _, role in found_in(clause))


_BECAME = re.compile(r"(?:變成?|變為|成為|改成|改為|漲到|漲成|降到|降成|調到)\s*$|\b(?:becomes?|became|making (?:it|that)|up to|down to|from [\d,.$]+ to) ?$", re.IGNORECASE)  # fmt: skip
#: ship $20,000 worth of pans
_WORTH_OF = re.compile(r"\s*(?:worth )?of (?!which|that|it\b|this)[a-z]{3}", re.IGNORECASE)


def _charges_carriage(text: str) -> bool:
    """Whether a text speaks of a charge for carriage, and not only of how goods go."""
    carried = cues()["roles_of_carriage"]["words"]
    return words("roles", "after_freight").search(text) is not None or any(
        role == "freight" and text[begin:end].lower() not in carried for begin, end, role in found_in(text)
    )


#: every price told holds its freight: 都含郵資
_EACH_WITH = re.compile(r"(?:都|皆|均|全都?|各)已?[含連]|\b(?:both|all|each)\b.{0,14}\bincl", re.IGNORECASE)
_EACH_BEFORE = re.compile(
    r"(?:每|一)\s?(?:個|件|支|副|雙|隻|條|台|臺|瓶|罐|盒|套|本|枚|頂|把|組|份|張|咖|顆|輛)\s*(?:都是?|是|要|賣|約)?\s*$|單價\s*(?:是|為|約)?\s*$"
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
    r" (?!(?:air|sea|ocean)(?! [a-z])|(?:plus|and|for|with|from|each|per|including|total|altogether|only|courier|via|then|but|extra|more|less|dhl|fedex|ups|ems|usps)\b)(?:[a-z]-)?[a-z]{3,}"
    r"(?: [a-z]{3,})?",
    re.IGNORECASE,
)


def _counts_goods(text: str, quantity: Quantity) -> bool:
    """Whether a bare number beside real amounts counts what follows it: shipping 200 laptops."""
    noun = _NOUN_AFTER.match(text[quantity.end :])
    return noun is not None and not found_in(noun[0])


def _each(text: str, quantities: Sequence[Quantity], price: Decimal | None) -> tuple[bool, Decimal | None]:
    """Whether the price is of one piece, and of how many pieces it then is."""
    least = 1 if _ONE_ONLY.search(text) else 2
    pieces = [q for q in quantities if q.kind == "count" and q.unit == "piece" and not _PEOPLE.match(text[q.end :])]
    count = next((q.value for q in pieces if (q.value or 0) >= least), None)
    if count is None and least == 1:
        count = Decimal(1)
    for quantity in quantities:
        if price is not None and quantity.kind in ("money", "number") and quantity.value == price:
            before, after = text[: quantity.start], text[quantity.end :]
            if (times := _TIMES_AFTER.match(after) or _TIMES_BEFORE.search(before)) is not None:  # 1,500 x 8
                return True, Decimal(times["n"])
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


#: a number of cans or bottles is no price
_COUNTER_AFTER = re.compile(r" ?(?:罐|瓶|盒|包(?!裹)|箱|袋|支|入)(?!裝)")
#: what is counted and is no goods: 兩個人
_PEOPLE = re.compile(r" ?(?:人|月|國家|星期|禮拜|小時|地方|賣家|旅客|大人|小孩)")
_ONE_BEFORE = re.compile(
    rf"(?:一|1)\s?(?:{COUNTERS})\s*(?:是|要|賣|約|的)?\s*(?:NT\$|US\$|\$)?$|\bone (?:is |was |costs? )?(?:at|for|is) (?:NT\$|US\$|\$)?$",
    re.IGNORECASE,
)
_TIMES_AFTER = re.compile(
    rf"\s?(?:元|塊|日圓|円)?\s?[x×*乘]\s?(?P<n>\d{{1,4}})\s?(?:{COUNTERS}|包|箱|pcs?\b|pieces?\b|units?\b|(?=[\s,，。;；?？)]|$))(?!\s?%)",
    re.IGNORECASE,
)
_TIMES_BEFORE = re.compile(
    rf"(?<![\d.,])(?P<n>\d{{1,4}})\s?(?:{COUNTERS}|包|箱|pcs?|pieces?|units?)?\s?[x×*]\s?(?:NT\$|US\$|\$)?$",
    re.IGNORECASE,
)


def tells_each(text: str, quantities: Sequence[Quantity], price: Decimal | None) -> bool:
    """Whether a price is said to be of one piece, however many there are: 一瓶 1,200, 1,200 each."""
    of_price = [q for q in quantities if q.kind in ("money", "number") and q.value == price]
    return any(_EACH_AFTER.search(text[q.end :]) or _EACH_BEFORE.search(text[: q.start]) for q in of_price)


TAX_AFTER = re.compile(
    r"\s*(?:元|塊)?(?:的)?(?:稅金|進口稅|關稅|稅款|稅費|營業稅|稅)(?=\s*(?:[，,。；;！!）)+]|$|為什麼|是不是|才|合理|正常|對[嗎不]|[跟和加與](?=[^多幾]{0,10}\d))|\s+(?:我|但|可是|東西|貨|商品|[他她客]))"
    r"|\s*(?:in|of) (?:(?:total|customs|import) )?(?:taxe?s?|dut(?:y|ies))\b|\s*(?:in total )?to (?:us )?(?:customs|cbp)\b|\s*tax(?:es)? on\b",
    re.IGNORECASE,
)


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
_REFERENCE = re.compile(r"(?:#|\b(?:ticket|case|order|ref(?:erence)?|inquiry|invoice)\.?(?: (?:no\.?|number|id))?[:# ]{0,3}|(?:工單|案號|單號|訂單|編號)(?:編號|號碼)?[:：# ]{0,3}[A-Z]{0,4})$", re.IGNORECASE)  # fmt: skip
#: how old somebody is: both over 60
_AGE = re.compile(r"\b(?:parents|moms?|mothers?|dads?|fathers?|grand\w+|sons?|daughters?|kids?|children|both|wife|husband|he|she|they)\b[^.?!\d]{0,16}\b(?:over|under|above|below|aged?|turning|turned|is|are|'re|'s)\s*$", re.IGNORECASE)  # fmt: skip
_SECTION = re.compile(
    r" ?(?:條款|條關稅|關稅(?!怎麼|多少|幾|要|呢|[率 ]*\d)|調查|清單|tariffs?\b|dut(?:y|ies)\b|action)", re.IGNORECASE
)


#: an amount that moved: went up to 10,000 is what it is now, no limit
_RISES = re.compile(
    r"\b(?:went|go(?:es)?|going|gone|rose|rises?|raised?|increased?|grew|grown|bump(?:s|ed)?|came|comes|moved?|upped|brings?|brought) (?:it |them |us |this |that |the \w+ )?up to ?\D{0,4}$",
    re.IGNORECASE,
)


_BECOMES = re.compile(
    r"\s*(?:[打寫說算]錯了?|不對|錯了|其實|應該|實際)*\s*(?:是|為|變成?|改成?|改為|總共|共)?\s*|.{0,12}\b(?:is|was|to|of|at|be|actually)\s*(?:nt\$?|\$)?\s*",
    re.IGNORECASE,
)


def is_charge(before: str) -> bool:
    """Whether words for freight, insurance or a value lead to what comes next: 運費打錯了是 1900."""
    clause = SEPARATOR.split(before)[-1]
    ends = [end for _, end, _ in found_in(clause)]
    return bool(ends) and _BECOMES.fullmatch(clause[max(ends) :]) is not None


#: a limit of the post for each item: 單件超過兩千
_OF_ONE_ITEM = re.compile(r"[單每]一?[件項個樣](?:物品|貨品)?(?:如果|要是|若)?(?:超過|超出|高於|逾) ?(?:NT\$)?$|\b(?:single|each|any|one) (?:item|piece|article) (?:is )?(?:over|above|exceeds|exceeding|more than) ?(?:NT\$)?$", re.IGNORECASE)  # fmt: skip


def is_limit(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a year, or a limit somebody quotes, rather than an amount of this purchase."""
    if quantity.kind == "number" and quantity.unit == "" and re.fullmatch(r"(?:19|20)\d\d", quantity.text):
        return _PRICED.search(text[: quantity.start]) is None and not is_charge(text[: quantity.start])
    near = lead_of(text, quantity)
    if quantity.kind == "number" and (
        _REFERENCE.search(near) or _CLASS.search(near) or (_AGE.search(near) and len(quantity.text) < 3)
    ):
        return True
    section = _SECTION.match(text[quantity.end :]) and re.fullmatch(r"\d{3}", quantity.text)
    if quantity.kind == "number" and (section or names_act(text, quantity.start)):
        return True
    if _OF_ONE_ITEM.search(near) or _APART_BEFORE.search(near) or _APART_AFTER.match(text[quantity.end :]):
        return True
    before, after = (
        text[max(0, quantity.start - 12) : quantity.start].lower(),
        text[quantity.end : quantity.end + 14].lower(),
    )
    return re.match(r"\s*(?:的)?(?:以下|以內|免稅額|門檻|小額免稅|免稅門檻|exemption|limit|threshold|de minimis|or less|rule)", after) is not None or (
        re.search(r"(?:under|below|up to|less than|limit of|低於|不到|[沒未不]有?(?:超過|超出|滿)) ?(?:us|nt)?$", before) is not None and not _RISES.search(near)
    )  # fmt: skip
