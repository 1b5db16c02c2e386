"""What a later message makes more or less of one amount of the sum before it: by a tenth, by a sum, for one of the pieces."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from advisor.offline.amounts import Amounts
from advisor.offline.changes import counted, names_shared, other_goods, read_number
from advisor.offline.cues import says
from advisor.offline.frame import Frame, Item
from advisor.offline.goods import of_all
from advisor.offline.held_sum import QUOTES, again, amounts_told, as_item
from advisor.offline.slots import COUNTERS, WORDS
from advisor.offline.whys import asks_why
from tools.text.places import find_places

_LONG = 96  # characters of a message that only adjusts an amount
_FREIGHT = r"運費|郵費|郵資|運送費|海運費|空運費|\bfreight\b|\bshipping\b|\bpostage\b|\bdelivery (?:fee|charge|cost)"
_INSURANCE = r"保險費?|保費|\binsurance\b|\bpremium\b"
_CHARGES = {"freight": re.compile(_FREIGHT, re.IGNORECASE), "insurance": re.compile(_INSURANCE, re.IGNORECASE)}
_VALUE = re.compile(r"單價|價格|價錢|貨價|售價|定價|貨值|總價|發票|完稅|(?<![A-Za-z])(?:FOB|CIF)(?![A-Za-z])|\b(?:prices?|invoice|value|goods)\b", re.IGNORECASE)  # fmt: skip
#: a message about a tax, a rate, an exemption or a rule, which no amount is changed by
_OTHER = re.compile(
    r"稅率|關稅|營業稅|匯率|免稅|罰|幾%|是不是|不是.{0,20}[嗎吧?？]|\b(?:dut(?:y|ies)|tax(?:es|ed)?|vat|rates?|exempt\w*|fine|penalty|why|isn't|shouldn't|correct|right)\b",
    re.IGNORECASE,
)
_DIGITS = {"兩": 2} | {c: n for n, c in enumerate("一二三四五六七八九", start=1)} | {str(n): n for n in range(1, 10)}
_TENTH = r"(?P<t>[一二兩三四五六七八九1-9])"
_ZHE = re.compile(r"(?P<a>[一二三四五六七八九1-9])[.點]?(?P<b>[一二三四五六七八九0-9])?\s?折(?![合算抵讓])")
_PARTS = re.compile(r"\s?[折成]")
_HALF_PRICE = re.compile(r"對折|半價|\bhalf (?:price|off)\b|\b50 ?% off\b", re.IGNORECASE)
_UP = r"漲|貴|上調|調高|提高|增加|多|加價|\b(?:up|rose|raised?|rises?|increas\w+|higher|more)\b"
_DOWN = r"降|便宜|跌|砍|少|減|調低|折|\b(?:down|fell|dropped|drops?|cut|knock\w*|reduc\w+|lower\w*|less|cheaper|off|discount\w*)\b"
_CHENG = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^，,。\d]{{0,5}}?{_TENTH}\s?成(?P<half>[一二三四五六七八九半])?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?P<n>\d{1,2}(?:\.\d+)?)\s?(?:%|percent|per cent)", re.IGNORECASE)
_UP_WORD, _DOWN_WORD = re.compile(_UP, re.IGNORECASE), re.compile(_DOWN, re.IGNORECASE)
_TWICE = re.compile(r"加倍|翻倍|翻一倍|漲一倍|變(?:成)?[兩二2]倍|\bdoubled?\b|\btwice\b", re.IGNORECASE)
_HALVED = re.compile(r"減半|砍半|少一半|剩一半|\bhalved?\b|\bby half\b", re.IGNORECASE)
_N = rf"[一二兩三四五六七八九\d]{{1,2}}|{'|'.join(WORDS)}"
_MONEY = r"(?:NT\$|US\$|\$)?\s?\d"
_BY_SUM = re.compile(
    rf"(?:(?P<up>多|貴|增加|漲)|(?P<down>少|便宜|減少|降|省))(?:了|收|付|掉|出)*\s?{_MONEY}"
    rf"|\b(?:up|rose|went up|increased|raised) by {_MONEY}(?P<e>)|\b(?:down|fell|dropped|cut|reduced|lowered) by {_MONEY}(?P<f>)"
    rf"|{_MONEY}[\d,.]* (?:more|extra|higher)(?P<g>)|{_MONEY}[\d,.]* (?:less|cheaper|lower)(?P<h>)",
    re.IGNORECASE,
)
_GONE = re.compile(
    rf"\b(?P<n>{_N}|\d+)(?: of (?:them|these|those|the [a-z]+)| [a-z]+(?: [a-z]+)?) (?:was|were|is|are|got|has been|have been) (?:cancel\w*|dropped|removed|returned|missing|lost|out of stock|sold out)"
    rf"|(?P<z>[一二兩三四五六七八九\d]{{1,2}}) ?(?:{COUNTERS})(?:被|已經?|要)?(?:取消|缺貨|退掉|退貨|不要了|賣完|沒了)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(rf"其中(?:一|1) ?(?:{COUNTERS})(?!取消|缺貨|退|不)|\bone of (?:them|these|those|the [a-z]+) (?:is|was|costs?|cost)\b", re.IGNORECASE)  # fmt: skip
_ONLY = re.compile(rf"^(?:it'?s |now |so |make (?:that|it) )?(?:only|just) (?P<n>\d{{1,4}}|{'|'.join(WORDS)})(?: now| instead| then| of them| pieces| pcs| units)*[ .?!]*$", re.IGNORECASE)  # fmt: skip
_OF_ONE = re.compile(rf"是(?:每|一)\s?(?:{COUNTERS})的?(?:價|錢|單價)|是單價|\bis (?:the price )?(?:each|apiece|per (?:piece|unit|item)|for (?:one|each)|the unit price)\b", re.IGNORECASE)  # fmt: skip
_NOW = re.compile(r"剩|變|改|降|漲|才對|其實|\b(?:now|becomes?|became|actually|instead)\b", re.IGNORECASE)
_LIMIT = re.compile(r"以下|以內|超過|[嗎吧]|\b(?:under|over|below|above|limit)\b", re.IGNORECASE)
_ADDS = re.compile(r"權利金|佣金|模具費|包裝費|\broyalt\w+|\bcommissions?\b|\bassists?\b|\blicen[cs]e fees?\b|\bmou?ld (?:fee|cost)", re.IGNORECASE)  # fmt: skip
_FREE = re.compile(r"(?:多|加|免費)送.{0,12}(?:不收錢|免費|不用錢|不算錢)|\b(?:threw|throws?|thrown) in\b.{0,24}\bfree\b|\bfree of charge\b", re.IGNORECASE)  # fmt: skip


def adjusted(frame: Frame, before: Frame) -> Frame | None:
    """The sum before with one of its amounts made more or less; None where the message does something else."""
    text = frame.text
    if before.intent not in QUOTES or len(text) > _LONG or frame.intent == "decline" or asks_why(frame):
        return None
    if (found := _split(frame, before) or _plus(frame, before) or _outside(frame, before)) is not None:
        return found
    elsewhere = frame.destination not in (None, before.destination)
    if frame.days or set(frame.said) - {"value_basis"} or elsewhere or other_goods(frame, before):
        return _unplaced(frame, before)
    measured = set(frame.slots.get(before.intent, {})) - {"value_basis"}  # litres, sticks, a certificate told beside it
    if frame.origin not in (None, before.origin) or measured or _OTHER.search(text):
        return None
    for rule in (_added_to, _scaled, _item_count, _by_sum, _fewer, _one_dearer, _each, _charge, _whole, _rated):
        if (found := rule(frame, before)) is not None:
            return found
    return None


def _asked_for(frame: Frame, before: Frame) -> Frame:
    """The sum before without its price: what a change comes to that cannot be placed is asked for, never left out."""
    asked = again(before, frame, amounts=replace(before.amounts, price=None, customs_value=None), items=())
    return replace(asked, unplaced=True)


def _unplaced(frame: Frame, before: Frame) -> Frame | None:
    """A change of the amount beside a change of another fact: the new amount is asked for."""
    scales = not _OTHER.search(frame.text) and _factor(frame.text) is not None
    scales = scales and not says(frame.text, "compares")  # which way is cheaper changes no price
    return _asked_for(frame, before) if scales and frame.price is None and not frame.items else None


def _added_to(frame: Frame, before: Frame) -> Frame | None:
    """A royalty or commission on top, or pieces thrown in: how it counts depends on facts that were not told."""
    if _ADDS.search(frame.text) and frame.quantities:
        return _asked_for(frame, before)
    return again(before, frame, amounts=before.amounts) if _FREE.search(frame.text) else None


#: a charge that is said to stay as it was
_KEPT = re.compile(
    rf"(?:\b(?:same|identical|unchanged)\b|同樣的?|相同的?) ?(?:{_FREIGHT}|{_INSURANCE})(?:\s*(?:and|&|與|和|跟|、|及)\s*(?:the )?(?:{_FREIGHT}|{_INSURANCE}))?"
    rf"|(?:(?:{_FREIGHT}|{_INSURANCE})\s*(?:and|&|與|和|跟|、|及|都)*\s*(?:the )?){{1,2}}[^，,.;。\d]{{0,12}}(?:\b(?:same|unchanged|as before)\b|不變|一樣|照舊|相同|沒變)",
    re.IGNORECASE,
)


def _target(text: str) -> str | None:
    """The amount a message names: a charge, the price where it names none; None where it names several."""
    text = _KEPT.sub(" ", text)
    named = [name for name, words in _CHARGES.items() if words.search(text)]
    if len(named) > 1 or (named and _VALUE.search(text)):
        return None
    return named[0] if named else "price"


def _factor(text: str) -> Decimal | None:
    """By how much an amount is multiplied; None where nothing of the sort is said."""
    if (match := _ZHE.search(text)) is not None:
        a, b = Decimal(_DIGITS[match["a"]]), match["b"]
        return a / 10 + (Decimal(_DIGITS.get(b, 0)) / 100 if b else 0)
    if _HALF_PRICE.search(text):
        return Decimal(1) / 2
    if (match := _CHENG.search(text)) is not None:
        part = Decimal(_DIGITS[match["t"]]) / 10 + Decimal(_DIGITS.get(match["half"], 5) if match["half"] else 0) / 100
        return 1 + part if match["up"] else 1 - part
    up, down = _UP_WORD.search(text), _DOWN_WORD.search(text)
    shares = list(_PERCENT.finditer(text))
    if len(shares) == 1 and (up is None) is not (down is None):  # of several each is the rate of something
        part = Decimal(shares[0]["n"]) / 100
        return 1 + part if up else 1 - part
    return None


def _scaled(frame: Frame, before: Frame) -> Frame | None:
    text, target = frame.text, _target(frame.text)
    factor = _factor(text)
    if factor is None and (target != "price" or _VALUE.search(text)):  # of nothing named it is the number of pieces
        factor = Decimal(2) if _TWICE.search(text) else Decimal(1) / 2 if _HALVED.search(text) else None
    if factor is None or _sums(frame):
        return None
    if target is None:
        return _asked_for(frame, before)
    if target != "price":
        held = getattr(before.amounts, target)
        return (
            again(before, frame, amounts=_charged(before.amounts, target, held * factor)) if held is not None else None
        )
    if before.items:
        touched = [item for item in before.items if names_shared(text, item, before.items)] or list(before.items)
        items = tuple(
            replace(item, amounts=_times(item.amounts, factor)) if item in touched else item for item in before.items
        )
        return again(before, frame, items=items)
    return again(before, frame, amounts=_times(before.amounts, factor)) if before.price is not None else None


def _charged(amounts: Amounts, target: str, sum_: Decimal) -> Amounts:
    return replace(amounts, freight=sum_) if target == "freight" else replace(amounts, insurance=sum_)


def _times(amounts: Amounts, factor: Decimal) -> Amounts:
    price, value = amounts.price, amounts.customs_value
    return replace(
        amounts,
        price=None if price is None else price * factor,
        customs_value=None if value is None else value * factor,
    )


def _sums(frame: Frame) -> list[Decimal]:
    return [q.value for q in amounts_told(frame) if q.value is not None and not _PARTS.match(frame.text[q.end :])]


def _plain(frame: Frame, before: Frame) -> Decimal | None:
    """The one sum of a message, in the money of the sum before."""
    sums = _sums(frame)
    alike = frame.amounts.currency in (None, before.amounts.currency) or before.amounts.currency is None
    return sums[0] if len(sums) == 1 and alike else None


def _split(frame: Frame, before: Frame) -> Frame | None:
    """A price told to be the goods and the freight together, each named now."""
    sums, whole = _sums(frame), before.price
    freight = _CHARGES["freight"].search(frame.text)
    if len(sums) != 2 or freight is None or whole is None or sum(sums) != whole or before.items or before.amounts.each:
        return None
    spots = [(abs((q.start + q.end) // 2 - freight.start()), q.value) for q in frame.quantities if q.value in sums]
    part = min(spots)[1]
    goods = sums[1] if part == sums[0] else sums[0]
    amounts = replace(before.amounts, price=goods, customs_value=None, freight=part)
    return again(before, frame, amounts=amounts)


def _by_sum(frame: Frame, before: Frame) -> Frame | None:
    """A charge dearer or cheaper by a sum."""
    match, target, sum_ = _BY_SUM.search(frame.text), _target(frame.text), _plain(frame, before)
    if match is None or target in (None, "price") or sum_ is None:
        return None
    held = getattr(before.amounts, target)
    if held is None:
        return None
    up = match["up"] is not None or match["e"] is not None or match["g"] is not None
    now = held + sum_ if up else held - sum_
    return again(before, frame, amounts=_charged(before.amounts, target, now)) if now >= 0 else None


def _fewer(frame: Frame, before: Frame) -> Frame | None:
    """So many pieces less, or only so many of those told."""
    old = before.amounts.count
    if before.items or old is None or frame.amounts.customs_value is not None:
        return None
    if (only := _ONLY.match(frame.text.strip())) is not None:
        return again(before, frame, amounts=before.amounts.updated(Amounts(count=read_number(only["n"]))))
    if (match := _GONE.search(frame.text)) is None or len(_sums(frame)) > 1:
        return None
    n = read_number(match["n"] or match["z"])
    if n is None or n >= old:
        return None
    return again(before, frame, amounts=before.amounts.updated(Amounts(count=old - n)))


def _one_dearer(frame: Frame, before: Frame) -> Frame | None:
    """One of several like pieces at a price of its own."""
    old, count, sum_ = before.amounts, before.amounts.count, _plain(frame, before)
    if _ONE_OF.search(frame.text) is None or sum_ is None or count is None or count < 2 or old.price is None:
        return None
    others = old.price * (count - 1) if old.each else old.price * (count - 1) / count
    return again(before, frame, amounts=replace(old, price=others + sum_, each=False))


def _each(frame: Frame, before: Frame) -> Frame | None:
    """The price told for all is that of one."""
    old = before.amounts
    if old.each or old.count is None or old.price is None or _OF_ONE.search(frame.text) is None:
        return None
    return again(before, frame, amounts=replace(old, each=True)) if _plain(frame, before) in (None, old.price) else None


def _charge(frame: Frame, before: Frame) -> Frame | None:
    """A charge with its new sum, in words that do not stand beside the figure."""
    target, sum_ = _target(frame.text), _plain(frame, before)
    if (
        target in (None, "price")
        or sum_ in (None, before.amounts.price)
        or frame.items
        or frame.amounts.count is not None
        or before.items
    ):
        return None
    held, whole = getattr(before.amounts, target), before.amounts.customs_value
    if whole is not None and (
        before.intent == "us_quote" or _MISTOLD.search(frame.text)
    ):  # the same whole, parted anew
        return again(before, frame, amounts=_charged(before.amounts, target, sum_)) if held is not None else None
    if whole is not None:  # the charge is in the value told: its old amount comes out, where it is known
        now = whole - held + sum_ if held else None
        if now is None:
            return _asked_for(frame, before)
        return again(before, frame, amounts=_charged(replace(before.amounts, customs_value=now), target, sum_))
    told = getattr(frame.amounts, target)
    if (held is None and told is None) or counted(frame, before)[0].amounts.count not in (None, before.amounts.count):
        return None  # two of them, with the freight of both
    return again(before, frame, amounts=_charged(before.amounts, target, sum_ if told is None else told))


def _outside(frame: Frame, before: Frame) -> Frame | None:
    """A charge that was told to be in the sum before, and is not: it comes on top."""
    target, sum_, old = _target(frame.text), _plain(frame, before), before.amounts
    if target not in _CHARGES or sum_ is None or before.items or frame.days or other_goods(frame, before):
        return None
    if not _OUTSIDE.search(frame.text) or (old.customs_value is None and getattr(old, target) != 0):
        return None
    if old.customs_value is not None:
        old = replace(old, customs_value=old.customs_value + sum_)
    return again(before, frame, amounts=_charged(old, target, sum_))


_OUTSIDE = re.compile(r"不(?:含|包含|算)在|[沒未]有?(?:包?含|算進|算在|包進)|不(?:包)?含|另(?:外|計|收|付|算)|\b(?:isn't|is not|wasn't|was not|not) (?:included|in (?:it|that|there|the price))|\b(?:on top|extra|excluded|separate(?:ly)?)\b", re.IGNORECASE)  # fmt: skip


def _whole(frame: Frame, before: Frame) -> Frame | None:
    """The value with its charges, at another sum."""
    sum_ = frame.amounts.customs_value
    if before.amounts.customs_value is None or sum_ is None or before.items or _LIMIT.search(frame.text):
        return None
    if _NOW.search(frame.text) is None or len(_sums(frame)) != 1:
        return None
    return again(before, frame, amounts=replace(before.amounts, customs_value=sum_))


_PLUS = re.compile(r"(?:再|又|還|另外|外加|後來|也)+(?:追加|加|買|訂|多買)(?:了|買|購|訂)?|追加|\b(?:plus|add(?:ed|ing)?|another|along with)\b", re.IGNORECASE)  # fmt: skip
_NAME = re.compile(r"的(?P<n>[\u4e00-\u9fff]{1,8})|\b(?:a|an|one|the|of) (?P<e>[a-z][a-z -]{1,24}?)(?= (?:at|for|worth|\()|[,.(])", re.IGNORECASE)  # fmt: skip


def _plus(frame: Frame, before: Frame) -> Frame | None:
    """Goods at a price and a rate of their own, beside those told."""
    told = frame.amounts
    if before.intent != "taiwan_quote" or told.price is None or told.rate is None:
        return None
    if (
        not _PLUS.search(frame.text)
        or frame.items
        or frame.days
        or frame.said
        or (before.price is None and not before.items)
    ):
        return None
    old = before.items or (as_item(before),)
    match = _NAME.search(frame.text)
    name = (match["n"] or match["e"]) if match else frame.text
    charges = replace(before.amounts, price=None, customs_value=None, count=None, each=False, rate=None)
    new = Item(name, frame.goods, replace(told, currency=told.currency or before.amounts.currency), {})
    whole = before.amounts.customs_value is not None
    return None if whole else again(before, frame, amounts=of_all((*old, new), charges), items=(*old, new))


#: a part of the value told wrongly, whose whole stays
_MISTOLD = re.compile(r"不是|應該|才對|看錯|打錯|寫錯|\b(?:not|actually|meant|should be|typo|mistake)\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?:改|換|變|買|要|訂)(?:成|為|買|訂)*\s?(?P<z>[一二兩三四五六七八九\d]{{1,2}}) ?(?:{COUNTERS})|\b(?:make (?:it|that)|change (?:it|that) to) (?P<n>{_N}) ", re.IGNORECASE)  # fmt: skip


def _item_count(frame: Frame, before: Frame) -> Frame | None:
    """How many there are of one of several goods, told at one piece before."""
    match = _COUNT.search(frame.text)
    if len(before.items) < 2 or match is None or frame.price is not None:
        return None
    touched = [at for at, item in enumerate(before.items) if names_shared(frame.text, item, before.items)]
    n = read_number(match["z"] or match["n"])
    if len(touched) != 1 or n is None:
        return None
    old = before.items[touched[0]].amounts
    new = _times(old, n / (old.count or 1)) if not old.each else replace(old, count=n)
    items = tuple(replace(item, amounts=new) if at in touched else item for at, item in enumerate(before.items))
    return again(before, frame, items=items)


_IF = re.compile(r"如果|若是|換成|改成|換作|\b(?:what if|instead|suppose)\b", re.IGNORECASE)


def _rated(frame: Frame, before: Frame) -> Frame | None:
    """Other goods at a rate of their own, the price as before; the schedule does not know them."""
    percents = [q.value for q in frame.quantities if q.kind == "percent" and q.value is not None]
    plain = len(percents) == 1 and not _sums(frame) and not frame.named_goods and before.intent == "taiwan_quote"
    if not plain or before.items or before.amounts.rate is None or _IF.search(frame.text) is None:
        return None
    return again(before, frame, amounts=replace(before.amounts, rate=percents[0] / 100))


_IN_ALL = re.compile(r"總|一共|全部|合計|含|\b(?:total|in all|altogether|for all|together|the lot|whole|including)\b", re.IGNORECASE)  # fmt: skip
_CARRIED = "traveller"


def of_each(frame: Frame, before: Frame) -> Frame:
    """A new price of goods told by the piece: of one piece, where it is nearer to what one cost than to what all did."""
    old, new = before.amounts, frame.amounts
    if not old.each or old.count is None or old.price is None or new.price is None or new.count is not None:
        return frame
    if before.items or frame.named_goods or new.each or _IN_ALL.search(frame.text):
        return frame
    near = new.price * new.price <= old.price * old.price * old.count
    return replace(frame, amounts=replace(new, each=True, count=old.count)) if near else frame


def without_carriage(frame: Frame, before: Frame) -> Frame:
    """The sum before without the charges of a carrier, where its goods come in the luggage now."""
    if before.intent != "taiwan_quote" or frame.route != _CARRIED or before.route in (None, _CARRIED):
        return before
    return replace(before, amounts=replace(before.amounts, freight=Decimal(0), insurance=Decimal(0)))


_ORIGIN = re.compile(r"(?:那|如果|若|要是)*(?:原)?產地(?:如果|要是)?(?:改|換)(?:成|為|到|作)?(?P<p>[\u4e00-\u9fff]{2,6}?)(?:製|做的|的話|呢)*[？?。]?")  # fmt: skip


def origin_supposed(text: str) -> str:
    """A bare "and if the origin is Japan" after a sum, said so that it is no wish to have the origin altered."""
    match = _ORIGIN.fullmatch(text.strip())
    return f"產地是{match['p']}" if match is not None and find_places(match["p"]) else text
