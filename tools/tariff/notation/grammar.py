"""From the text of a cell to expression trees: one grammar for both tariffs, built once.

Blanks carry no meaning in the schedules ("inthe", "thou- sand", "/ liter") except between digits ("33 1/3%"): the text is
parsed without them. Everything is read, or nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, VisitError

from tools.tariff.notation.seasons import SEASON, overlap, read_season
from tools.tariff.notation.tree import (
    AdValorem,
    Bounded,
    Capped,
    Choice,
    Conditional,
    Free,
    PerDegree,
    Reference,
    Season,
    Seasonal,
    Specific,
    Sum,
    Tree,
)
from tools.tariff.notation.vocabulary import OTHER_PIECES, Jurisdiction, spelled, squeeze, terminal, vocabulary

LONGEST = 1000  # characters of a cell; the longest published has 442
_GRAMMAR = Path(__file__).with_name("rates.lark")
_TAG = re.compile(r"</?[a-z]{1,6} ?/?>")
_BROKEN_WORD = re.compile(r"(?<=[a-z])- (?=[a-z])")
_BLANK = re.compile(r"(?<![0-9.,])\s+|\s+(?![0-9.,])")
_WIDE = str.maketrans("（）：；，、", "():;,,")
_POWER = re.compile(r"(?<=m)[²³]")
_SUBHEADING = re.compile(r"thedutyprovided(?:for)?intheapplicablesubheading")
_CODE = re.compile(r"LDCs|[A-Z]{1,2}[*+]?")
_CODE_LIST = re.compile(r"\([A-Z][A-Z*+,. ]*\)")
_LOST_COMMA = re.compile(r"(?<=[A-Z*+]) (?=[A-Z])")


class Unreadable(Exception):
    """The text is no rate the grammar knows. Becomes a refusal before anyone sees it."""


class OtherCurrency(Unreadable):
    """The rate is in money that is not the jurisdiction's."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One rate of a cell, with the programme or origin codes it is for.

    Args:
        tree: the rate.
        codes: () where the cell names none.
        text: the words of the rate, without the codes.
    """

    tree: Tree
    codes: tuple[str, ...]
    text: str


def clean(text: str) -> str:
    """A cell as it was meant: without markup, broken words and the misprints we know; blanks single."""
    text = _POWER.sub(lambda power: "2" if power[0] == "²" else "3", text)
    plain = " ".join(_BROKEN_WORD.sub("", " ".join(_TAG.sub("", text).split())).split())
    for wrong, right in vocabulary().misprints.items():
        plain = plain.replace(wrong, right)
    return _CODE_LIST.sub(lambda codes: _LOST_COMMA.sub(",", codes[0]), plain)


def read(text: str, jurisdiction: Jurisdiction) -> tuple[Coded, ...]:
    """The rates of a cell.

    Raises:
        Unreadable: when any part of the text is not understood.
    """
    plain = clean(text)
    if len(plain) > LONGEST:
        raise Unreadable
    packed, places = _pack(plain)
    try:
        parsed = _parser().parse(packed.removesuffix("."))
        return tuple(_Reader(jurisdiction, lambda a, b: plain[places[a] : places[b - 1] + 1]).transform(parsed))
    except VisitError as error:
        if isinstance(error.orig_exc, Unreadable):
            raise error.orig_exc from error
        raise
    except LarkError as error:
        raise Unreadable from error


def _pack(plain: str) -> tuple[str, list[int]]:
    """The text without meaningless blanks, and where each character stood."""
    dropped = {i for m in _BLANK.finditer(plain) for i in range(*m.span())}
    places = [i for i in range(len(plain)) if i not in dropped]
    return "".join(plain[i] for i in places).translate(_WIDE), places


@cache
def _parser() -> Lark:
    words = {"UNIT": "units", "UNIT_ZH": "units", "BASIS": "basis", "PART": "parts"}
    made = "\n".join(f"{name}: /{terminal(kind)}/" for name, kind in words.items())  # type: ignore[arg-type]
    made += f"\nSEASON: /{SEASON}/"
    return Lark(f"{_GRAMMAR.read_text('utf-8')}\n{made}\n", parser="lalr", propagate_positions=True)


def _number(token: Token) -> Fraction:
    return Fraction(str(token))


def _count(token: Token) -> int:
    return int(re.sub(r"[^0-9]", "", token))


@v_args(inline=True)
class _Reader(Transformer[Token, Any]):
    """Parse tree to expression tree."""

    def __init__(self, jurisdiction: Jurisdiction, source: Callable[[int, int], str]) -> None:
        super().__init__()
        self.jurisdiction, self.source = jurisdiction, source

    # ---- cells

    def bare(self, tree: Tree) -> list[Coded]:
        return [Coded(tree, (), "")]

    def grouped(self, *groups: Coded) -> list[Coded]:
        return list(groups)

    @v_args(meta=True, inline=True)
    def coded(self, meta: Any, tree: Tree, codes: Token) -> Coded:
        start, end = meta.start_pos, codes.start_pos
        return Coded(tree, tuple(_CODE.findall(codes)), self.source(start, end if end is not None else meta.end_pos))

    # ---- terms

    def free(self, _: Token) -> Free:
        return Free()

    def percentage(self, *tokens: Token) -> Fraction:
        number = next(t for t in tokens if t.type in ("NUMBER", "MIXED"))
        parts = [Fraction(part) for part in number.split(" ")]
        if len(parts) > 1 and not 0 < parts[1] < 1:
            raise Unreadable  # "33 4/3" is a misprint of some other rate
        return sum(parts, Fraction(0)) / 100

    def whole(self, ratio: Fraction) -> AdValorem:
        return AdValorem(ratio)

    def part(self, ratio: Fraction, part: Token) -> AdValorem:
        return AdValorem(ratio, _key("parts", part))

    def dollars(self, _: Token, number: Token) -> Fraction:
        return self._money(_number(number), "us")

    def dollars_after(self, number: Token, sign: Token) -> Fraction:
        amount = _number(number)
        return self._money(amount / 100 if sign.type == "CENT" else amount, "us")

    def yuan(self, _: Token, number: Token, __: Token | None = None) -> Fraction:
        return self._money(_number(number), "tw")

    def yuan_after(self, number: Token, _: Token) -> Fraction:
        return self._money(_number(number), "tw")

    def _money(self, amount: Fraction, jurisdiction: Jurisdiction) -> Fraction:
        if jurisdiction != self.jurisdiction:
            raise OtherCurrency
        return amount

    def each_unit(self, *found: Fraction | Token) -> Specific:
        money = next(f for f in found if isinstance(f, Fraction))
        named = {f.type: f for f in found if isinstance(f, Token)}
        unit = named.get("UNIT") or named["UNIT_ZH"]
        basis = _key("basis", named["BASIS"]) if "BASIS" in named else None
        return Specific(money, _key("units", unit), basis, _count(named["OVER"]) if "OVER" in named else None)

    each_unit_zh = each_unit

    def each(self, money: Fraction, _: Token) -> Specific:
        return Specific(money, "No.")

    def each_other_piece(self, money: Fraction, _: Token) -> Specific:
        return Specific(money, OTHER_PIECES)

    def per_degree(self, rate: Specific, _: Token, less: Specific, *rest: Token) -> PerDegree:
        return _per_degree(rate, less, rest)

    def per_degree_zh(self, rate: Specific, under: Token, less: Specific, *rest: Token) -> PerDegree:
        return _per_degree(rate, less, (Token("NUMBER", re.sub(r"[^0-9.]", "", under)), *rest))

    # ---- expressions

    def sum(self, *found: Tree | Token) -> Tree:
        terms = tuple(f for f in found if not isinstance(f, Token))
        if len(terms) > 1 and any(isinstance(t, Free) for t in terms):
            raise Unreadable  # "Free + 5%" is no rate anybody meant
        return terms[0] if len(terms) == 1 else Sum(terms)

    def greater_of(self, *found: Tree | Token) -> Choice:
        return Choice(higher=True, options=tuple(f for f in found if not isinstance(f, Token)))

    def lesser_of(self, *found: Tree | Token) -> Choice:
        return Choice(higher=False, options=tuple(f for f in found if not isinstance(f, Token)))

    def at_least(self, _: Token, tree: Tree) -> tuple[str, Tree]:
        return "at_least", tree

    def at_most(self, _: Token, tree: Tree) -> tuple[str, Tree]:
        return "at_most", tree

    def bounded(self, tree: Tree, *bounds: tuple[str, Tree]) -> Bounded:
        named = dict(bounds)
        if len(named) < len(bounds):
            raise Unreadable
        return Bounded(tree, named.get("at_least"), named.get("at_most"))

    @v_args(meta=True, inline=True)
    def capped(self, meta: Any, tree: Tree, cap: Token) -> Capped:
        return Capped(tree, self._words(cap))

    def conditional(self, _: Token, condition: Token) -> Conditional:
        words = self._words(condition)
        return Conditional(Free(), words[len("（原文條件：") : -1] if "原文條件" in words else words)

    def dated(self, tree: Tree, season: Token) -> Season:
        days = read_season(str(season))
        if days is None:
            raise Unreadable
        return Season(*days, tree)

    def seasonal(self, *found: Tree | Token) -> Seasonal:
        seasons = tuple(f for f in found if isinstance(f, Season))
        rest = [f for f in found if not isinstance(f, Season | Token)]
        if any(overlap((a.first, a.last), (b.first, b.last)) for a, b in combinations(seasons, 2)):
            raise Unreadable  # two rates for one day
        return Seasonal(seasons, rest[0] if rest else None)

    # ---- references

    def see(self, words: Token) -> Reference:
        return Reference("see", self._words(words))

    def prose(self, words: Token) -> Reference:
        return Reference(_prose_kind(words), self._words(words))

    def prose_plus(self, words: Token, *found: Fraction | Token) -> Reference:
        ratio = next(f for f in found if isinstance(f, Fraction))
        part = next((_key("parts", f) for f in found if isinstance(f, Token) and f.type == "PART"), None)
        return Reference(_prose_kind(words), self._words(words), AdValorem(ratio, part))

    def prose_minus(self, words: Token, _: Token, ratio: Fraction) -> Reference:
        return Reference(_prose_kind(words), self._words(words), AdValorem(-ratio))

    def _words(self, token: Token) -> str:
        start = token.start_pos or 0
        return self.source(start, start + len(token))


def _key(kind: Any, token: Token) -> str:
    return spelled(kind)[squeeze(token).lower()]


def _per_degree(rate: Specific, less: Specific, rest: tuple[Token, ...]) -> PerDegree:
    if (rate.unit, rate.basis, rate.over) != (less.unit, less.basis, less.over):
        raise Unreadable  # so much a kilogram less so much a litre
    under = next(t for t in rest if t.type == "NUMBER")
    return PerDegree(rate, less, _number(under), any(t.type == "PROPORTION" for t in rest))


def _prose_kind(words: str) -> str:
    text = words.lower()
    if text == "nochange":
        return "no_change"
    return "applicable_subheading" if _SUBHEADING.fullmatch(text) else "prose"
