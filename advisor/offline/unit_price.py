"""A price of one unit, and of how many such units: 每公斤 450 元買 30 公斤, 12 pcs @ $9.50, 3 packs at NT$900 a pack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from advisor.offline.cues import cues
from advisor.offline.roles import lead_of
from advisor.offline.slots import WORDS
from tools.text.numerals import NUMERAL, read_numeral
from tools.text.quantities import Quantity


class UnitPrice(NamedTuple):
    """An amount for one unit, the name of that unit, and how many there are where it is told."""

    amount: Decimal
    unit: str
    many: Decimal | None


_ASCII = re.compile(r"[a-z]")
_NEAR = 60  # characters after a number of goods in which their price begins
#: 12 pcs @, 12 enamel mugs at: what leads to the price of one
_AT = re.compile(r"(?:@|\bat)\s*(?:about |around |only )?$", re.IGNORECASE)
_COUNTED_AT = re.compile(
    rf"(?<![\d.,$%])(?P<n>\d[\d,]{{0,6}}|\b(?:{'|'.join(WORDS)})\b) ?(?:x |pcs\b ?|(?:pieces|units|items|sets|pairs)\b ?(?:of )?)?(?:[a-z'-]+ ){{0,4}}?(?:[a-z'-]+s |[a-z'-]+ )?(?:@|at)\s*(?:about |around |only )?$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"^\s*(?:in )?(?:total|all\b|altogether|for (?:all|the lot|them all)|together|sum|(?:一共|共計|總共|合計|共|總)(?!\D{0,3}\d))",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(r"\b(?:rate|percent|%|day|days|week|weeks|month|months|years?|kg|ml|cl|l|abv|chapter|section|type|form|box)\b", re.IGNORECASE)  # fmt: skip


#: what is counted and is no goods: two parcels, two sellers
_NO_GOODS = (
    r"(?! ?(?:郵包|包裹|郵件|國|賣家|寄件|人|收件|月|星期|禮拜|小時|地方|訂單|部分|方案|問題|選項|不同|帳號|倉))"
)


@cache
def _units() -> dict[str, str]:
    """Spellings of each unit as one pattern."""
    made: dict[str, str] = {}
    for name, said in cues()["units"].items():
        latin = "|".join(re.escape(w) for w in sorted(said, key=len, reverse=True) if _ASCII.match(w))
        other = "|".join(w for w in sorted(said, key=len, reverse=True) if not _ASCII.match(w))
        made[name] = "|".join(p for p in (rf"(?:{latin})s?(?![a-z])" if latin else "", other) if p)
    return made


@cache
def _patterns(unit: str) -> tuple[re.Pattern[str], ...]:
    """What stands before the price of one unit, what after it, a number of such units, and one unit of goods by name."""
    words = _units()[unit]
    before = rf"(?:每|一|1|單)\s?(?:{words})(?:的)?(?:單?價|售價|價格|金額|賣|要|是|為|約|:|：|\s)*$|\b(?:per|a|an|each|every|one) (?:{words})(?: (?:is|costs?|at|for|price|:))*\s*$"
    after = rf"\s*(?:/|／|per |a |an |each |every |for (?:a|one|each) )\s?(?:{words})|\s*(?:一|每|1)\s?(?:{words})"
    number = rf"(?<![\d.,$每單第])(?<!第 )(?P<n>{NUMERAL}|\b(?:{'|'.join(WORDS)})) ?-?(?:{words}){_NO_GOODS}"
    named = rf"(?<![另第有再又分\d])(?:每|一)\s?(?:{words})[^\d，,。;；、？?共總合]{{1,8}}$"
    return tuple(re.compile(p, re.IGNORECASE) for p in (before, after, number, named))


@cache
def _said(unit: str) -> re.Pattern[str]:
    return re.compile(_units()[unit], re.IGNORECASE)


@cache
def _held_in(unit: str, outer: str) -> re.Pattern[str]:
    """So many units in a package of another kind."""
    words, said = _units()[unit], _units()[outer]
    return re.compile(
        rf"(?:每|一)\s?(?:{said})\s?(?:各|有|裝|含|內有|裡有)?\s?(?P<a>{NUMERAL})\s?(?:{words})|(?P<n>{NUMERAL}) ?(?:{said}) (?:of|with|x) (?P<b>{NUMERAL}) ?(?:{words})"
        rf"|(?P<c>{NUMERAL}) ?(?:{words}) ?(?:per|a|an|each|in each|to a|/) ?(?:{said})",
        re.IGNORECASE,
    )


def _nested(text: str, unit: str) -> Decimal | None:
    """How many units there are in several packages of so many each: 2 箱每箱 24 瓶, 5 cartons of 24 bottles."""
    for outer in _units():
        if outer == unit or not _said(outer).search(text) or (match := _held_in(unit, outer).search(text)) is None:
            continue
        inside = _number(match["a"] or match["b"] or match["c"])
        packages = (
            _number(match["n"]) if match["n"] else count_of(text[: match.start()] + " " + text[match.end() :], outer)
        )
        if inside is not None and packages is not None:
            return inside * packages
    return None


def unit_price(text: str, quantities: Sequence[Quantity], price: Decimal | None) -> UnitPrice | None:
    """The price of one unit where a text tells it so; None where the amount is of all.

    Args:
        text: the folded message.
        quantities: its figures.
        price: the amount taken as the price.
    """
    for quantity in quantities:
        if quantity.kind not in ("money", "number") or quantity.value is None or quantity.value != price:
            continue
        before, after = lead_of(text, quantity), text[quantity.end :]
        if _IN_ALL.match(after):
            continue
        for unit in _units():
            lead, tail, _, named = _patterns(unit)
            if (packed := _of_package(text, before, unit)) is not None:
                return UnitPrice(quantity.value, unit, packed)
            if lead.search(before) or tail.match(after):
                return UnitPrice(quantity.value, unit, _nested(text, unit) or count_of(text, unit))
            if named.search(before) and (count := count_of(after, unit)) is not None:  # 一打襪子 360 元買 10 打
                return UnitPrice(quantity.value, unit, count)
        if _AT.search(before) and (match := _COUNTED_AT.search(before[-_NEAR:])) is not None:
            count = _number(match["n"])
            if count is not None and count > 1 and not _NO_COUNT.search(match[0]):
                return UnitPrice(quantity.value, "piece", count)
    return None


#: one package with what it holds, right before its price: 一條 200 支 1,200 元
_PACKAGE = re.compile(
    r"(?:每|一|(?<!\d)1)\s?(?P<unit>[條箱盒包袋打組])\s?[(（]?(?:裝|有|內含|共)?\s?\d+\s?[支根入罐瓶包片顆粒個]裝?[)）]?[，, ]{0,2}(?:賣|要|是|約)?\s*$"
)


def _of_package(text: str, before: str, unit: str) -> Decimal | None:
    """How many packages a text tells whose price is that of one with what it holds; None where it is of no such package."""
    match = _PACKAGE.search(before)
    if match is None or not _said(unit).match(before, match.start("unit")):
        return None
    others = text[: match.start()] + text[match.end() :]
    told = re.findall(rf"(?<![\d.,])({NUMERAL}) ?{match['unit']}", others)
    counts = {n for said in told if (n := _number(said)) is not None}
    return counts.pop() if len(counts) == 1 else None if counts else Decimal(1)


def count_of(text: str, unit: str) -> Decimal | None:
    """How many units a text tells; one is what a price is of, and counts only where nothing else does."""
    found = [n for m in _patterns(unit)[2].finditer(text) if (n := _number(m["n"])) is not None and n != 1]
    return found[-1] if len(set(found)) == 1 else None


def _number(said: str) -> Decimal | None:
    return WORDS.get(said.lower()) or read_numeral(said.replace(",", ""))
