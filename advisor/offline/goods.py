"""Goods of a message: one kind, or several with an amount each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from advisor.offline.amounts import Amounts, read_amounts
from advisor.offline.frame import Item, Schedule
from advisor.offline.lexicon import lines_described
from advisor.offline.slots import WORDS, read_slots, slot_of
from tools.tariff.names import NameMatch, find_lines, fold
from tools.tariff.schedule import TariffLine, schedule
from tools.text.numerals import read_numeral
from tools.text.quantities import Quantity, find_quantities

_SCHEDULES: tuple[Schedule, ...] = ("tw", "us")
_SEAM = re.compile(r"[、；;+＋&\n]|[，,](?!\d{3})|(?<!\d)[，,]|\b(?:and|plus)\b|和|跟|與|以及|還有|另外")
_GOODS_SLOTS = ("taiwan_quote", "us_quote")


_DENIED_GOODS = re.compile(
    r"\bbrand[- ]?new\b|(?:不是|並非|不買)(?:買)?(?P<zh>[^，。,、？?0-9]{1,10})[，,、]\s*(?=(?:而?是|改|換|要))"
    r"|(?:沒有?|不含|無|除了|扣掉)(?:帶|買|任何)*[菸煙酒類、和或跟與及,]{1,8}"
    r"|\b(?:no|without(?: any)?|not any|neither) (?!brand|name|logo)[a-z]{3,12}(?:,? (?:or|and|nor) [a-z]{3,12})+(?=[,.;?!)]|$)"
    r"|\bnot (?:an? |the )?(?P<en>[a-z' -]{2,24}?)[,;]? (?=but\b|it's\b|it is\b)|\b(?P<instead>[a-z' -]{3,24}) instead of\b.*",
    re.IGNORECASE,
)


def without_denied(text: str) -> str:
    """A text without the goods it takes back: 不是吉他，是鋼琴."""
    kept = _DENIED_GOODS.sub(lambda m: m["instead"] or " " * len(m[0]), text)
    return _SAME_BOX.sub(lambda m: " " * len(m[0]), kept)


#: what goods come in, and no safe box
_SAME_BOX = re.compile(r"\b(?:the|one|that|this) (?:same|whole|entire) (?:box|parcel|package|carton)\b|\bwhole box\b", re.IGNORECASE)  # fmt: skip


def find_goods(text: str) -> Mapping[str, tuple[NameMatch, ...]]:
    """Lines of each schedule that a text names."""
    return {name: found for name in _SCHEDULES if (found := lines_named(text, name, True))}


@lru_cache(maxsize=2048)
def lines_named(text: str, name: Schedule, fuzzy: bool) -> tuple[NameMatch, ...]:
    """Lines of one schedule that a text names, those of the longest name first; misspelt ones where `fuzzy`."""
    return tuple(find_lines(text, schedule(name), fuzzy=fuzzy))


def find_items(text: str, day: date) -> tuple[Item, ...]:
    """Kinds of goods with an amount each; empty where there are not two of them.

    Args:
        text: a folded message.
        day: the day the nomenclature is read at, where goods are held under no name.
    """
    found = _priced(_SEAM.split(text), text, day)
    if (listed := _as_many(text) or _respectively(text)) and len(listed) > len(found):
        return listed
    if len({i.name for i in found}) > 1 and any(i.lines for i in found):
        return found
    for pieces in (
        _after_amounts(text),
        _in_turn(text),
        _behind_sums(text),
    ):  # no comma between them, or first the names and then the amounts
        told = _priced(pieces, text, day)
        if len(told) == len(pieces) > 1 and len({i.name for i in told}) > 1 and all(i.lines for i in told):
            return told
    return _unnamed(text) if not found else ()


def _priced(pieces: Sequence[str], text: str, day: date) -> tuple[Item, ...]:
    """Goods with an amount in each of the pieces of a text."""
    found: list[Item] = []
    listed = "、" in text
    for piece in filter(str.strip, pieces):
        if not (quantities := find_quantities(piece)):
            continue
        lines: dict[str, tuple[NameMatch, ...]] = {n: hit for n in _SCHEDULES if (hit := lines_named(piece, n, False))}
        told = {tool: read_slots(piece, tool, whole=text) for tool in _GOODS_SLOTS}
        amounts = read_amounts(piece, without(quantities, [s for read in told.values() for s in read.spans]))
        priced = amounts.price is not None or amounts.customs_value is not None
        if priced and lines:  # held by one schedule under that name, by the other perhaps in another spelling
            lines |= {n: hit for n in _SCHEDULES if n not in lines and (hit := lines_named(piece, n, True))}
        unknown = _UNKNOWN.match(piece.strip()) or (
            listed and _LISTED.match(_TAIL.sub("", re.split("[:：]", piece)[-1].strip()))
        )
        rated = amounts.rate is not None and _NAMED_FIRST.match(piece) and not _OF_A_LIMIT.search(piece)
        unheld = amounts.others is None and (unknown or rated)
        name = next(iter(lines.values()))[0].name if lines else piece
        if priced and not lines and amounts.rate is None and amounts.others is None and _may_be_goods(piece):
            lines = lines_described(piece, day)  # a coat, which no line is called
        if priced and (lines or unheld):
            found.append(
                Item(name, lines, amounts, {tool: read.values for tool, read in told.items()}, codes_in(piece))
            )
    named = {_amount(item) for item in found if item.lines}
    return tuple(item for item in found if item.lines or _amount(item) not in named)  # an amount said again is no goods


def _may_be_goods(piece: str) -> bool:
    """Whether a piece of a text with an amount may tell goods by words that are to be searched for."""
    return not (_NO_GOODS.search(piece) or _OF_A_LIMIT.search(piece)) and (
        not piece.isascii() or _COUNTED.search(piece) is not None
    )


def _amount(item: Item) -> Decimal | None:
    return item.amounts.price if item.amounts.customs_value is None else item.amounts.customs_value


def _after_amounts(text: str) -> list[str]:
    """A text cut behind each amount of money, as far as the pieces name goods: champagne NT$1,500 one whisky NT$2,000."""
    ends = [q.end for q in find_quantities(text) if q.kind == "money"]
    pieces = [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    named = [p for p in pieces if lines_named(p, "tw", False)]
    if len(named) > 1:
        return named
    return [p for p in _behind_sums(text) if lines_named(p, "tw", False)]


def _behind_sums(text: str) -> list[str]:
    """A text cut behind each sum that is no charge: 餅乾 1,200 巧克力 900."""
    sums = [q for q in find_quantities(text) if q.kind in ("money", "number") and (q.value or 0) > _LEAST_SUM]
    ends = [q.end for q in sums if not _MEASURED.match(text[q.end :])]
    pieces = [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    return [p for p in pieces if not _CHARGE.search(p.rstrip("0123456789,. 元"))]


_MEASURED = re.compile(
    r" ?(?:ml|cl|l\b|g\b|kg|cm|mm|cc|w\b|公升|毫升|公克|克|公斤|公分|度|%|瓶|罐|支|件|個|包|盒|片|張|年|月|日|號)",
    re.IGNORECASE,
)
_LEAST_SUM = 99  # a smaller bare number counts or measures
_EACH = re.compile(r"\beach\b|\bapiece\b|各(?!種|樣|位)|都是|每[個件支瓶樣]")


def _in_turn(text: str) -> list[str]:
    """Names told first and their amounts, measures and degrees after them in the same order: A and B, 1,500 and 2,000."""
    names = [p for p in _SEAM.split(text) if lines_named(p, "tw", False)]
    bare = [p if (first := _first_amount(p)) is None else p[:first] for p in names]
    quantities = find_quantities(text)
    prices = [q for q in quantities if q.kind == "money" and not _CHARGE.search(text[: q.start])]
    if len(prices) == 1 and _EACH.search(text[prices[0].end :]):
        prices = prices * len(names)
    if len(names) < 2 or len(prices) != len(names):
        return []
    inside = "CIF " if _WITH_CHARGES.search(text) else ""
    listed = [found for found in _measures(text) if len(found) == len(names)]
    return [
        " ".join([name, *(found[at] for found in listed), inside + text[price.start : price.end]])
        for at, (name, price) in enumerate(zip(bare, prices, strict=True))
    ]


_CHARGE = re.compile(r"(?:運費?|郵資|保險?費?|shipping|freight|postage|insurance)\D{0,10}$", re.IGNORECASE)
_WITH_CHARGES = re.compile(
    r"\bcif\b|完稅價格|含運|(?:including|incl\.?|with) (?:shipping|freight) and insurance|all[- ]in", re.IGNORECASE
)
_LITRES = re.compile(r"\d+(?:\.\d+)? ?(?:l|ml|cl|litres?|liters?|公升|毫升)(?![a-z])", re.IGNORECASE)
_DEGREES = re.compile(r"\d+(?:\.\d+)? ?(?:%|度)")


def _measures(text: str) -> list[list[str]]:
    """Measures and degrees of a text, each kind in the order told."""
    return [[m[0] for m in what.finditer(text)] for what in (_LITRES, _DEGREES)]


def _first_amount(piece: str) -> int | None:
    return next((q.start for q in find_quantities(piece) if q.kind in ("money", "percent")), None)


#: an amount that is held against a limit
_OF_A_LIMIT = re.compile(
    r"(?:超過|不到|未滿|低於|高於|滿了?|以[上下]|門檻|上限|額度)|\b(?:over|above|under|below|limit|threshold|exceed)",
    re.IGNORECASE,
)
#: an amount that is of no goods, whatever the words around it are like
_NO_GOODS = re.compile(
    r"運|郵資|保險|保費|費|稅|折|匯率|訂金|尾款|退|罰|\b(?:freight|shipping|insur|tax|dut|fee|rate|discount|deposit|balance|refund|weigh|customs|paid|charg|bill|ask|want|demand|coupon|postage|deliver)",
    re.IGNORECASE,
)
#: goods of which it is told how many there are, and right then their price: a coat for $300
_COUNTED = re.compile(
    rf"\b(?:an?|{'|'.join(WORDS)}|\d{{1,3}}) [a-z-]+(?: [a-z-]+)? ?(?:for |at |is |was |costs? )?(?:NT\$|US\$|\$)\d",
    re.IGNORECASE,
)
#: goods told by a name that is not held and an amount: 布鞋 1,010 元; no charge, and no sum of others
_UNKNOWN = re.compile(
    r"(?!.{0,8}(?:運|保|費|稅|折|共|計|總|付|匯率|收(?!音)|繳|課|罰|補|賠|說|訂金|尾款))[\u4e00-\u9fff]{2,6} ?(?:NT\$)?\d[\d,]* ?元"
    r"|(?!.{0,24}(?:freight|shipping|insur|tax|duty|fee|total|rate|customs|value|postage|paid|charg|bill|asked|wants|demand))(?:an? |one )?[a-z]{3,}(?: [a-z]{3,})? (?:for )?NT\$ ?\d",
    re.IGNORECASE,
)
#: words before the first figure of a piece: no bare reckoning, 5% = 160
_NAMED_FIRST = re.compile(r"[^\d]*?[A-Za-z\u4e00-\u9fff]{2}")
#: the same in a list, where the money is told once or not at all: 護手霜 1,300、太陽眼鏡 1,400
_LISTED = re.compile(r"(?!.{0,10}(?:運|保|費|稅|折|共|計|總|付|匯率|收(?!音)|繳|課|罰|補|賠|價|量|號|電話|編|年|月|日|前|第|其中|各|每|樣|種|項|東西|物品|商品|寄))[\u4e00-\u9fff]{2,6} ?\d[\d,]{2,8}(?: ?元)?$")  # fmt: skip
_TAIL = re.compile(r"[,， ]*(?:都|皆|均|全)?已?含[^\d]{0,10}$")
_KINDS = re.compile(
    r"(?P<n>[二三四五六七八九]|[2-9]) ?(?:樣|種|項)|(?P<e>[2-9]) (?:different )?(?:things|items|articles|goods|products)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?: ?元| ?dollars)?(?:\s*(?:、|[，,] |和|＋|\+|\band\b)\s*(?:NT\$|US\$|\$)?\d[\d,]*(?:\.\d+)?(?: ?元)?)+",
    re.IGNORECASE,
)


def _as_many(text: str) -> tuple[Item, ...]:
    """As many kinds of goods as a text says it lists (三樣：鋼筆 1,200、…), each by the name before its amount, held or not."""
    said = _KINDS.search(text)
    pieces = list(_NAMED.finditer(text[said.end() :])) if said else []
    if said is None or len(pieces) != read_numeral(said["n"] or said["e"]):
        return ()
    return tuple(_item_named(m["name"], m[0], text) for m in pieces)


_NAMED = re.compile(r"(?:^|[:：、，,;；/和跟與 ]|\band )\s*(?P<name>[\u4e00-\u9fff]{2,8}|[a-z]{3,}(?: [a-z]{3,})?) ?(?:NT\$|US\$|\$)?\d[\d,]*(?: ?元)?(?=[、，,;；/。和跟與 ]|\(|（|$)", re.IGNORECASE)  # fmt: skip


#: first the names, then as many amounts: 手機殼跟貼紙 分別 1,200 300
_SUM = r"(?:NT\$|US\$|\$)?(?<![\d.,])\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,4})?(?!\d)(?: ?元| ?塊)?"
#: separators are told, and so many amounts at most: a long run of digits is one figure
_IN_ORDER = re.compile(
    rf"(?:分別|各別|依序|依次)(?:是|為|要|賣|花了?)? ?[:：]? ?(?P<zh>{_SUM}(?:(?:[、，, /和跟與]|以及){{1,3}}{_SUM}){{1,8}})"
    rf"|(?P<en>{_SUM}(?:(?:, and |, ?| ?/ ?| and | ){_SUM}){{1,8}}),? respectively",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[、＋+&]|[，,](?!\d{3})|\b(?:and|plus)\b|和|跟|與|以及|還有")


def _respectively(text: str) -> tuple[Item, ...]:
    """Kinds of goods whose amounts follow in the same order, each by its name, held or not."""
    if (told := _IN_ORDER.search(text)) is None:
        return ()
    start = told.start("zh") if told["zh"] else told.start("en")
    prices = [q for q in find_quantities(text) if start <= q.start < told.end() and q.kind in ("money", "number")]
    names = [p.strip() for p in _JOINS.split(text[: told.start()]) if p.strip()]
    if len(names) == 1:  # several of one kind, each with its price
        names = names * len(prices)
    if len(prices) < 2 or len(names) < len(prices):
        return ()
    return tuple(
        _item_named(name, f"{name} {text[price.start : price.end]}", text)
        for name, price in zip(names[-len(prices) :], prices, strict=True)
    )


def goods_together(text: str) -> Mapping[str, tuple[NameMatch, ...]]:
    """Lines of several kinds of goods named in one breath (T 恤和帽子), which one amount may be of; none where only one is."""
    pieces = [p for p in _TIGHT.split(text) if p.strip()]
    found: dict[str, list[NameMatch]] = {}
    for one, other in pairwise(pieces):
        for name in _SCHEDULES:
            here, there = (lines_named(p, name, False) for p in (one, other))
            if not here or not there or here[0].name == there[0].name:
                continue
            left, right = fold(one), fold(other)
            apart = len(left) - left.rfind(here[0].name) - len(here[0].name), right.find(there[0].name)
            if apart[0] <= _BESIDE and apart[1] <= _BEFORE:
                held = found.setdefault(name, [])
                held += [m for m in (*here, *there) if all(m.line.code != h.line.code for h in held)]
    return {name: tuple(lines) for name, lines in found.items()}


_TIGHT = re.compile(r"[、＋+&/]|\b(?:and|plus|with)\b|和|跟|與|以及|還有|加上")
_BESIDE, _BEFORE = 1, 8  # characters between a name and what joins it to the next


def _item_named(name: str, piece: str, text: str) -> Item:
    lines: dict[str, tuple[NameMatch, ...]] = {n: hit for n in _SCHEDULES if (hit := lines_named(name, n, False))}
    told = {tool: read_slots(piece, tool, whole=text).values for tool in _GOODS_SLOTS}
    return Item(name, lines, read_amounts(piece, find_quantities(piece)), told)


def _unnamed(text: str) -> tuple[Item, ...]:
    """Kinds of goods told only by number and amounts: 三樣東西 1,800、1,500、1,200."""
    said = _KINDS.search(text)
    listed = _LIST.search(text) if said else None
    if said is None or listed is None:
        return ()
    amounts = [q for q in find_quantities(listed[0]) if q.kind in ("money", "number") and q.value is not None]
    count = read_numeral(said["n"] or said["e"])
    if count != len(amounts):
        return ()
    return tuple(
        Item(f"{n}", {}, Amounts(price=q.value, currency=q.unit if q.kind == "money" else None))
        for n, q in enumerate(amounts, start=1)
    )


def without(quantities: Sequence[Quantity], spans: Sequence[tuple[int, int]]) -> tuple[Quantity, ...]:
    """Quantities that no measure took: 0.7 公升 is no price."""
    return tuple(q for q in quantities if not any(a < q.end and q.start < b for a, b in spans))


def of_all(items: Sequence[Item], whole: Amounts) -> Amounts:
    """Amounts of the whole consignment: charges said once for all of it, prices left to the items."""
    currencies = tuple(dict.fromkeys([c for i in items for c in i.amounts.currencies] + list(whole.currencies)))
    return Amounts(
        freight=whole.freight, insurance=whole.insurance, exchange_rate=whole.exchange_rate, rate=None,
        currency=currencies[0] if currencies else None, currencies=currencies,
    )  # fmt: skip


_ENGINE = re.compile(r"(?P<cc>\d[\d,]*)(?= (?:up )?to | cc)")
_OVER = re.compile(r"\bover\b")


def by_engine(
    goods: Mapping[str, tuple[NameMatch, ...]], slots: Mapping[str, Any]
) -> Mapping[str, tuple[NameMatch, ...]]:
    """Goods of an engine size: a vehicle told only as such is a car, and the lines of other sizes are left out."""
    size = slots.get("engine_cc")
    if size is None:
        return goods
    kind = slots.get("commodity_tax", "car")
    vehicle = slot_of("taiwan_quote", "commodity_tax")
    name = next((c.name["en"] for c in vehicle.choices if c.value == kind), "") if vehicle else ""
    found: dict[str, tuple[NameMatch, ...]] = {}
    for held in _SCHEDULES:
        named = goods.get(held, ()) or lines_named(name, held, False)
        alike = named[0].line.code[:4] if named else ""
        lines = [m for m in named if _fits(m.line, size)] or [
            NameMatch(line, name, False)
            for line in schedule(held).lines.values()
            if alike and line.code.startswith(alike) and _fits(line, size)
        ]
        if lines or goods.get(held):
            found[held] = tuple(lines) or goods[held]
    return found


def of_sticks(
    goods: Mapping[str, tuple[NameMatch, ...]], slots: Mapping[str, Any]
) -> Mapping[str, tuple[NameMatch, ...]]:
    """Goods told as tobacco by the number of sticks alone are cigarettes."""
    if "sticks" not in slots or any(goods.values()):
        return goods
    return {name: found for name in _SCHEDULES if (found := lines_named(_CIGARETTES, name, False))}


_CIGARETTES = "cigarettes"


def _fits(line: TariffLine, size: Decimal) -> bool:
    """Whether the range of engines a line names holds a size, in cubic centimetres; over the first, up to the second."""
    text = line.name.en
    ends = [Decimal(m["cc"].replace(",", "")) for m in _ENGINE.finditer(text)]
    if not ends or not _OVER.search(text):
        return False
    return ends[0] < size and (len(ends) < 2 or size <= ends[1])


_CODE = re.compile(
    r"(?<![\d.])\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2}(?:\.\d{2})?(?:-\d)?)?)?(?![\d.]*\d)|(?<![\d.,])\d{8}(?:\d{2,3})?(?![\d,.])"
)
#: the number of a shipment, which is no code: 順豐單號 SF1029384756
TRACKED = re.compile(
    r"(?:單號|追蹤(?:碼|編號|號碼)|\b(?:tracking(?: number| no\.?)?|awb|waybill))[^\d，。,.]{0,8}$", re.IGNORECASE
)
_MONEY_AFTER = re.compile(r"^ ?(?:元|美元|%|dollars|USD|日圓|yen)")


def codes_in(text: str, least: int = 8) -> tuple[str, ...]:
    """Tariff codes written out, of so many digits or more, in the order said."""
    found = [
        m[0]
        for m in _CODE.finditer(text)
        if not (_MONEY_AFTER.match(text[m.end() :]) or TRACKED.search(text[: m.start()]))
    ]
    return tuple(dict.fromkeys(c for c in found if sum(d.isdigit() for d in c) >= least))
