"""What a later message changes of goods told before: how many there are, and the rate of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from decimal import Decimal

from advisor.offline.cues import says
from advisor.offline.frame import Frame, Item
from advisor.offline.slots import COUNTERS, WORDS, containers_said
from advisor.offline.turns import TODAY
from advisor.offline.unit_price import count_of
from tools.text.numerals import read_numeral

_WORD = re.compile(r"[a-z]{2,}")
_COUNTED = re.compile(
    rf"(?<![\d.,$])(?P<n>\d{{1,3}}|\b(?:{'|'.join(WORDS)})) (?P<words>(?:[a-z]+ ){{0,2}}?[a-z]+)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,.;:!?]")
_NEAR = 3  # words behind a number among which the name of the goods stands
_OF_THEM = re.compile(r"(?:of )?(?:them|these|those|ones|pieces|pcs|units)\b|of (?:it|each)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?P<en>\d{1,2}|one|another) more\b(?! (?:thing|question|time|day|week|month|year))"
    rf"|(?:再|多|又)(?:加|多)?(?:買|訂|帶|寄|拿|來|要)?\s?(?P<zh>[一二兩三四五六七八九\d]{{1,2}}) ?(?:{COUNTERS}|包(?!裹))(?!東西|包裹)",
    re.IGNORECASE,
)
#: what is counted and is no goods
_NO_GOODS = frozenset(
    [
        "dollar",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "parcel",
        "package",
        "shipment",
        "box",
        "boxes",
        "time",
        "exemption",
        "import",
        "percent",
        "tax",
        "question",
        "thing",
        "people",
        "person",
        "customs",
        "kilo",
        "kg",
        "gram",
        "litre",
        "liter",
        "ml",
        "cm",
        "rule",
        "country",
        "seller",
        "customer",
        "half",
        "order",
    ]
)


def counted(frame: Frame, before: Frame) -> tuple[Frame, Frame]:
    """A message that says how many there are now, and the one before it with how many there were.

    A number before the name of the goods counts them as one before a counter does; one more is one beside those told.
    """
    if before.intent not in ("taiwan_quote", "us_quote") or before.items or frame.items:
        return frame, before
    frame = _of_pieces(frame, before)
    new, old = frame.amounts.count, before.amounts.count
    if old is None and (held := containers_said(before.about)) is not None and held > 1:
        old = held
    old = old or _named(before, before)
    if (more := _MORE.search(frame.text)) is not None and frame.price is None and not other_goods(frame, before):
        said = (more["en"] or more["zh"]).lower()
        added = Decimal(1) if said in ("one", "another") else read_numeral(said)
        new = (old or Decimal(1)) + added if added is not None else new
    if (relative := _of_old(frame, old)) is not None:
        new = relative
    elif before.amounts.unit is not None and (in_unit := count_of(frame.text, before.amounts.unit)) is not None:
        new = in_unit
    if new is None:
        said_now = containers_said(frame.text)  # one bottle is what a price or a measure is of
        new = said_now if said_now is not None and said_now > 1 else _named(frame, before)
    if (new, old) == (frame.amounts.count, before.amounts.count):
        return frame, before
    return (
        replace(frame, amounts=replace(frame.amounts, count=new)),
        replace(before, amounts=replace(before.amounts, count=old)),
    )


def _of_pieces(frame: Frame, before: Frame) -> Frame:
    """Make it 60, after 20 pieces at a price each: a bare number there is of pieces, no price."""
    match = _MAKE_IT.search(frame.text)
    price, old = frame.amounts.price, before.amounts
    if price is None or not old.each or old.count is None:
        return frame
    told = {read_number(match["n"] or match["e"])} if match is not None else set()
    if old.unit is not None:  # only 30 cartons
        told.add(count_of(frame.text, old.unit))
    if price not in told:
        return frame
    bare = all(q.kind == "number" for q in frame.quantities if q.value == price)
    return replace(frame, amounts=replace(frame.amounts, price=None, each=False)) if bare else frame


def other_goods(frame: Frame, before: Frame) -> bool:
    """Whether goods are named that were not spoken of before."""
    told = {m.line.code for found in before.goods.values() for m in found}
    same = any(m.line.code in told for found in frame.goods.values() for m in found)
    return frame.named_goods and not same and not of_kind(frame, before)


_CHAPTER = 2  # digits of a code that tell its chapter


def of_kind(frame: Frame, before: Frame) -> bool:
    """Whether the goods a message names are those spoken of before in a wider word: 鞋子 after 布面運動鞋."""
    now, then = ([m for found in f.goods.values() for m in found] for f in (frame, before))
    if not {m.line.code[:_CHAPTER] for m in now} & {m.line.code[:_CHAPTER] for m in then}:
        return False
    heads = {m.name.rstrip("子")[-1:] if not m.name.isascii() else m.name.split()[-1] for m in then}
    told = [set(m.name.split()) for m in then if m.name.isascii()]
    return all(
        any(set(m.name.split()) <= words for words in told)
        if m.name.isascii() and len(m.name.split()) > 1
        else (m.name.split()[-1] if m.name.isascii() else m.name.rstrip("子")) in heads
        for m in now
    )


def read_number(said: str) -> Decimal | None:
    """A small number as people write it: three, 三, 3."""
    return WORDS.get(said.lower()) or read_numeral(said.lower())


_FEWER = re.compile(
    rf"(?:少|減|退)(?:買|訂|帶|寄|掉|了)*\s?(?P<n>[一二兩三四五六七八九\d]{{1,2}}) ?(?:{COUNTERS})"
    rf"|\b(?P<e>\d{{1,2}}|{'|'.join(WORDS)}) (?:fewer|less)\b",
    re.IGNORECASE,
)
#: a number in another's place with no name behind it: make it three
_MAKE_IT = re.compile(
    rf"\b(?:make (?:it|that|them)|change (?:it|that) to|i'?ll take|we'?ll take|take) (?P<e>\d{{1,3}}|{'|'.join(WORDS)})(?: (?!days?\b|percent\b|dollars?\b|usd\b|ntd?\b|kg\b)[a-z]+){{0,2}}(?=\s*(?:[,.;!?]|instead|then|$|and\b|with\b))"
    rf"|(?:改成|改為|變成|換成|改)\s?(?P<n>[一二兩三四五六七八九十\d]{{1,3}}) ?(?:{COUNTERS})(?:就好)?(?=[，,。 ]|$)",
    re.IGNORECASE,
)


def _of_old(frame: Frame, old: Decimal | None) -> Decimal | None:
    """How many there are now where it is said of those before: half of them, twice as many, the same one for a friend."""
    if frame.price is not None:
        return None
    if (match := _MAKE_IT.search(frame.text)) is not None:
        return read_number(match["n"] or match["e"])
    if frame.named_goods:
        return None
    if (match := _FEWER.search(frame.text)) is not None:
        n = read_number(match["n"] or match["e"])
        return old - n if old is not None and n is not None and n < old else None
    if says(frame.text, "halved", "later") and old is not None and old % 2 == 0:
        return old / 2
    if says(frame.text, "doubled", "later"):
        return (old or Decimal(1)) * 2
    if says(frame.text, "same_again", "later"):
        return (old or Decimal(1)) + 1
    return None


def _named(frame: Frame, before: Frame) -> Decimal | None:
    """The number that stands before the goods spoken of, or before a word for them."""
    names = " ".join(m.name for lines in before.goods.values() for m in lines)
    told = names if names or frame is before else f"{before.about} {before.text}"
    held = {_stem(w) for w in _WORD.findall(told.lower())} - _NO_GOODS
    for match in _COUNTED.finditer(frame.text):
        quantity = next((q for q in frame.quantities if q.start <= match.start() < q.end), None)
        value = WORDS.get(match["n"].lower()) or (quantity.value if quantity and quantity.kind == "number" else None)
        following = frame.text[match.start("words") :].lower()
        plural = [w for w in _WORD.findall(_CLAUSE.split(following)[0])[:_NEAR] if w.endswith("s")]
        if (
            value is not None
            and value > 1
            and (_OF_THEM.match(following) or any(_spoken_of(_stem(w), held) for w in plural))
        ):
            return value
    return None


def _spoken_of(stem: str, held: AbstractSet[str]) -> bool:
    """Whether a noun is one told before, or the last part of one: bags, of handbags."""
    return stem in held or (len(stem) > 2 and any(word.endswith(stem) for word in held))


def _stem(word: str) -> str:
    """A noun without the ending of many: watches, batteries, rackets."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ch|sh|ss|x)es$", word) else word.removesuffix("s")


_RATED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8}|[a-z][a-z' -]{1,28}?)\s{0,3}(?:的)?(?:關稅率?|稅率|duty|rate|at|is|是|:|：){0,3}\s{0,3}(?P<rate>\d{1,3}(?:\.\d+)?) ?%", re.IGNORECASE)  # fmt: skip


def rates_told(frame: Frame, before: Frame) -> tuple[Frame, Frame]:
    """Several goods told before, at the rates this message names for them; the goods stay as they were."""
    if len(before.items) < 2 or frame.price is not None or frame.items:
        return frame, before
    told = [(m["name"].strip(), Decimal(m["rate"]) / 100) for m in _RATED.finditer(frame.text)]
    if len(told) < 2:
        return frame, before
    rates = _by_item(told, before.items)
    if not rates:
        return frame, before
    items = tuple(
        replace(item, amounts=replace(item.amounts, rate=rates[at])) if at in rates else item
        for at, item in enumerate(before.items)
    )
    return replace(frame, goods={}, amounts=replace(frame.amounts, rate=None), searched="", subheading=None), replace(
        before, items=items
    )


def _by_item(told: Sequence[tuple[str, Decimal]], items: Sequence[Item]) -> dict[int, Decimal]:
    """Which rate is of which goods: by the characters or words their names share, else in the order told."""
    found: dict[int, Decimal] = {}
    for name, rate in told:
        shared = [len(_parts(name) & _parts(_names(item))) for item in items]
        if max(shared) > 0 and (at := shared.index(max(shared))) not in found:
            found[at] = rate
    if len(found) == len(told):
        return found
    return {at: rate for at, (_, rate) in enumerate(told)} if len(told) == len(items) else {}


def _names(item: Item) -> str:
    return " ".join([item.name, *(m.line.name.zh_TW + " " + m.line.name.en for lines in item.lines.values() for m in lines[:1])])  # fmt: skip


def names_shared(text: str, item: Item, items: Sequence[Item]) -> bool:
    """Whether a text names one of several goods: by its name, or by a word or two characters that no other has."""
    others = [_names(other) for other in items if other is not item]
    spoken = {_stem(w) for w in _WORD.findall(text.lower())}
    words = {_stem(w) for w in _WORD.findall(_names(item).lower())} - {
        _stem(w) for o in others for w in _WORD.findall(o.lower())
    }
    pairs = [item.name[at : at + 2] for at in range(len(item.name) - 1) if "\u4e00" <= item.name[at] <= "\u9fff"]
    return bool(spoken & words) or any(pair in text and not any(pair in o for o in others) for pair in pairs)


def _parts(name: str) -> set[str]:
    return {c for c in name if "\u4e00" <= c <= "\u9fff"} | {_stem(w) for w in _WORD.findall(name.lower())}


def other_day(frame: Frame, before: Frame) -> date | None:
    """The day of which a calculation is wanted, to be held against the one before; None where none is wanted."""
    compared = before.intent in ("taiwan_quote", "us_quote") and before.price is not None and frame.price is None
    if not compared or not says(frame.text, "compares"):
        return None
    now = frame.today if before.days and not frame.days and TODAY.search(frame.text) else None
    day = frame.days[0] if len(frame.days) == 1 else now
    return day if day != (before.day or frame.today) else None
