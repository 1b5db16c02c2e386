"""One sum told for several kinds of goods: no rate is that of all of them, so what each cost is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from advisor.offline.amounts import read_amounts
from advisor.offline.frame import Frame, Item, Schedule
from advisor.offline.goods import lines_named, of_all
from advisor.offline.held_sum import again
from advisor.offline.slots import COUNTERS, WORDS
from tools.tariff.names import NameMatch
from tools.text.quantities import find_quantities

_JOINT = re.compile(r"[、＋+&]|\b(?:and|plus)\b|和|跟|與|以及|還有|加上", re.IGNORECASE)
_MANY_ZH = rf"(?:[一二兩三四五六七八九十]|\d{{1,3}}) ?(?:{COUNTERS}|包|袋|箱|對|塊)"
_MANY_EN = rf"(?:an?|some|\d{{1,3}}|{'|'.join(WORDS)}) (?:(?:box|pair|bottle|set|pack|packet|bag|piece|can|jar|tin)(?:e?s)? of )?"
_NAME_ZH = r"(?P<zh>[\u4e00-\u9fff]{1,8}?)"
_NAME_EN = r"(?P<en>[a-z][a-z-]+(?: [a-z][a-z-]+)?)"
_TOTAL = r"(?:一共|總共|合計|加起來|全部|共|總價|\b(?:together|altogether|in total|in all|for both|total)\b)"
#: goods by their number, in front of what joins them to others and behind it
_BEFORE = re.compile(rf"{_MANY_ZH} ?{_NAME_ZH} ?$|\b{_MANY_EN}{_NAME_EN} ?$", re.IGNORECASE)
_AFTER = re.compile(
    rf" ?{_MANY_ZH} ?{_NAME_ZH}(?=[^\u4e00-\u9fff]|從|到|寄|[一總]?共|合計|要|$)|\s*{_MANY_EN}{_NAME_EN}"
    rf"| ?(?P<sum>[\u4e00-\u9fff]{{1,6}}?|[a-z][a-z-]+)[，, ]*{_TOTAL}",
    re.IGNORECASE,
)
_NO_GOODS = re.compile(
    r"運|郵|保險|保費|稅|費|折|券|朋友|同事|家人|包裹|東西|禮物|\b(?:fee|charge|freight|shipping|postage|insurance|delivery|discount|coupon|friend|parcel|package|order|gift|tax|duty|dut(?:y|ies)|vat|rate|lot|few|couple|bit|half)",
    re.IGNORECASE,
)


def of_one_sum(frame: Frame, meant: str) -> Frame:
    """The frame, marked where its one sum is of several kinds of goods.

    Args:
        frame: the message by itself.
        meant: its folded text without the goods it takes back.
    """
    told = frame.items or frame.codes or frame.parcels or frame.amounts.each or frame.amounts.rate is not None
    if told or frame.price is None or frame.intent == "decline":
        return frame
    return replace(frame, one_sum=True, subheading=None, searched="") if _joined(meant) else frame


def shares_told(frame: Frame, before: Frame) -> Frame | None:
    """The sum before with what each of its goods cost; without a share for each it is asked for again."""
    if not before.one_sum or before.price is None or frame.items or frame.intent == "decline":
        return None
    pieces = [p for p in _PIECES.split(frame.text) if find_quantities(p)]
    items = tuple(_item(p) for p in pieces)
    if len(items) > 1 and sum(i.amounts.price or 0 for i in items) == before.price:
        return again(before, frame, items=items, amounts=of_all(items, before.amounts), one_sum=False)
    part = frame.named_goods and frame.price is not None and frame.price < before.price
    return again(before, frame) if part else None


def of_the_sum(frame: Frame, before: Frame) -> bool:
    """Whether a message names goods without a price after one sum of several, which stays that of all of them."""
    return before.one_sum and frame.price is None and not frame.items and _REPLACES.search(frame.text) is None


_REPLACES = re.compile(r"改成|換成|\binstead\b", re.IGNORECASE)
_PIECES = re.compile(rf"[，,；;](?!\d{{3}})|{_JOINT.pattern}", re.IGNORECASE)


def _item(piece: str) -> Item:
    """One of the goods with its share: its one number is that even where by itself it would be a year (鞋子 2000)."""
    lines: dict[str, tuple[NameMatch, ...]] = {n: hit for n in _SCHEDULES if (hit := lines_named(piece, n, False))}
    quantities = find_quantities(piece)
    amounts = read_amounts(piece, quantities)
    if amounts.price is None and len(quantities) == 1:
        amounts = replace(amounts, price=quantities[0].value)
    return Item(piece.strip(), lines, amounts)


_SCHEDULES: tuple[Schedule, ...] = ("tw", "us")


def lines_of_all(frame: Frame, lines: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Lines the goods may fall under; none where one sum is of several kinds and not each of them is held."""
    return () if frame.one_sum and len({m.name for m in lines}) < 2 else lines


def _joined(text: str) -> bool:
    """Whether two kinds of goods are told in one breath."""
    return any(_differ(one, other) for one, other in pairwise(_JOINT.split(text)))


def _differ(one: str, other: str) -> bool:
    """Whether what ends one piece of a text and what begins the next are goods of two kinds, one of them held at least."""
    left, right = _BEFORE.search(one), _AFTER.match(other)
    here, there = _held(one[-_NEAR:]), _held(other[:_NEAR])
    if here == there or not (here or left) or not (there or right):
        return False
    unheld = [m[0] for m, held in ((left, here), (right, there)) if m is not None and held is None]
    return not any(_NO_GOODS.search(name) for name in unheld)


_NEAR = 24  # characters beside what joins two kinds of goods in which either is named


def _held(piece: str) -> str | None:
    """The name of the goods a stretch of text names, where a schedule holds it."""
    found = lines_named(piece, "tw", False) or lines_named(piece, "us", False)
    return found[0].name if found else None
