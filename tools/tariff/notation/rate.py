"""Rates and cells of the schedules, read whole or refused with the words they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tools.errors import OutOfScope
from tools.tariff.notation import evaluate as compute
from tools.tariff.notation.render import print_tree
from tools.tariff.notation.tree import (
    AdValorem,
    Capped,
    Conditional,
    Free,
    Reference,
    Seasonal,
    Sum,
    Term,
    Tree,
    children,
    terms,
)
from tools.tariff.notation.vocabulary import Jurisdiction, Language, vocabulary
from tools.tariff.notation.working import working as work

if TYPE_CHECKING:
    from tools.tariff.notation.grammar import Coded

#: the commonest shape, read here so that most quotes never build the grammar; a test holds the two together
_PLAIN = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)%")
Refusal = Literal[
    "empty",
    "unreadable",
    "other_currency",
    "several_groups",
    "see",
    "no_change",
    "applicable_subheading",
    "prose",
    "capped",
]
_WHY: dict[Refusal, str] = {
    "empty": "the cell is empty",
    "unreadable": "is not a rate that can be read whole",
    "other_currency": "is in money that is not the jurisdiction's",
    "several_groups": "holds several rates, each for its own programmes or origins: one has to be chosen",
    "see": "refers to another provision and is not computed here",
    "no_change": "leaves the rate of another line as it is and is not computed on its own",
    "applicable_subheading": "builds on the duty of another subheading and is not computed on its own",
    "prose": "is worded by other provisions and is not computed here",
    "capped": "is limited by the duty on another article and is not computed here",
}


class RateRefused(OutOfScope):
    """A rate that is kept as it stands and not computed.

    Args:
        text: the words of the schedule.
        code: why, as one word.
    """

    def __init__(self, text: str, code: Refusal) -> None:
        self.text, self.code = text, code
        super().__init__("rate", f"{text!r} {_WHY[code]}" if code != "empty" else _WHY[code])


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rate depends on beside figures.

    Args:
        kind: "programme" (codes), "season", "term" (words of the schedule), "basis" (what is weighed or valued).
    """

    kind: Literal["programme", "season", "term", "basis"]
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate, read whole.

    Args:
        text: as the schedule writes it.
        codes: the programmes or origins it is for; () for all.
    """

    text: str
    jurisdiction: Jurisdiction
    tree: Tree
    codes: tuple[str, ...] = ()

    @property
    def ad_valorem(self) -> Fraction | None:
        """The ratio where the whole rate is free or a percentage of the value, else None."""
        return _ratio(self.tree)

    @property
    def needs(self) -> tuple[str, ...]:
        """Quantities, and values of parts, that have to be known beside the value."""
        return compute.needs(self.tree, self.jurisdiction)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the rate, in reading order."""
        return terms(self.tree)

    @property
    def currency(self) -> str:
        return "USD" if self.jurisdiction == "us" else "TWD"

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Programmes, seasons, terms and bases, in reading order."""
        codes = ", ".join(self.codes)
        programme = (Condition("programme", codes, "、".join(self.codes)),) if codes else ()
        return programme + _conditions(self.tree)

    def evaluate(
        self, value: Decimal | Fraction | None, quantities: Mapping[str, Decimal | Fraction], on: date | None = None
    ) -> compute.Evaluated:
        """What the rate comes to, exactly.

        Args:
            value: dutiable value in the jurisdiction's currency.
            quantities: by unit; units of one kind are converted, names are understood as systems write them.
            on: the day, for rates by season.

        Raises:
            MissingFact: naming what is not given.
            InputError: an amount below zero, or one quantity given twice.
            OutOfScope: no season holds the day.
        """
        return compute.evaluate(self.tree, compute.facts(self.tree, self.jurisdiction, value, quantities, on))

    def working(
        self, value: Decimal | Fraction | None, quantities: Mapping[str, Decimal | Fraction], on: date | None = None
    ) -> str:
        """The arithmetic of `evaluate` as a person would write it, without the sum."""
        return work(self.tree, compute.facts(self.tree, self.jurisdiction, value, quantities, on))

    def render(self, lang: Language) -> str:
        """The rate in words."""
        words = print_tree(self.tree, lang, self.jurisdiction)
        if not self.codes:
            return words
        return f"{words}（{'、'.join(self.codes)}）" if lang == "zh-TW" else f"{words} ({', '.join(self.codes)})"


@dataclass(frozen=True, slots=True)
class Group:
    """One rate of a cell and whom it is for.

    Args:
        text: words of the rate without the codes.
        codes: programmes or origins; () for all.
        rate: None where it is refused.
        refused: why, and None where it is read.
    """

    text: str
    codes: tuple[str, ...]
    rate: Rate | None
    refused: RateRefused | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a schedule. No groups: the cell is empty, and the rate stands on a line above."""

    text: str
    groups: tuple[Group, ...]

    def for_code(self, code: str) -> Group | None:
        """The group a programme or origin falls under, or None."""
        return next((g for g in self.groups if code in g.codes), None)


def parse_rate(text: str, jurisdiction: Jurisdiction, *, base: Rate | None = None) -> Rate:
    """The one rate a text states.

    Args:
        base: the rate referred to, for texts that build on another line ("The duty provided in the applicable
            subheading + 25%", "No change").

    Raises:
        RateRefused: an `OutOfScope`, with the text as it stands.

    >>> parse_rate("$1.05/kg + 2.3%", "us").needs
    ('kg',)
    """
    groups = parse_cell(text, jurisdiction).groups
    if not groups:
        raise RateRefused(text, "empty")
    if len(groups) > 1:
        raise RateRefused(text, "several_groups")
    if (rate := groups[0].rate) is not None:
        return rate
    refused = groups[0].refused
    if base is not None and refused is not None and refused.code in ("no_change", "applicable_subheading"):
        return _on_base(text, base, refused)
    raise RateRefused(text, refused.code if refused else "unreadable")


@lru_cache(maxsize=8192)
def parse_cell(text: str, jurisdiction: Jurisdiction) -> Cell:
    """A cell with one rate or several, each with its programme or origin codes.

    Raises:
        RateRefused: nothing can be made of the cell as a whole. A group that is only a reference does not raise: it is
            refused by itself.

    >>> [(g.text, g.codes) for g in parse_cell("Free (A, AU) 3.5% (JP)", "us").groups]
    [('Free', ('A', 'AU')), ('3.5%', ('JP',))]
    """
    plain = text.strip()
    if not plain:
        return Cell(text, ())
    if match := _PLAIN.fullmatch(plain):
        rate = Rate(text, jurisdiction, AdValorem(Fraction(match[1]) / 100))
        return Cell(text, (Group(text, (), rate, None),))
    found = _read(text, jurisdiction)
    seen = [code for coded in found for code in coded.codes]
    if len(found) > 1 and len(set(seen)) < len(seen):
        raise RateRefused(text, "unreadable")  # one programme under two rates
    return Cell(text, tuple(_group(coded, text, jurisdiction, alone=len(found) == 1) for coded in found))


def _read(text: str, jurisdiction: Jurisdiction) -> tuple[Coded, ...]:
    """The rates of a cell by the grammar.

    Raises:
        RateRefused: any part of the text is not understood.
    """
    from tools.tariff.notation.grammar import OtherCurrency, Unreadable, read  # lark: only where a text needs it

    try:
        return read(text, jurisdiction)
    except OtherCurrency as error:
        raise RateRefused(text, "other_currency") from error
    except Unreadable as error:
        raise RateRefused(text, "unreadable") from error


def parse_rate_text(text: str) -> AdValorem:
    """The ratio of a cell that is free or ad valorem, without conditions.

    Raises:
        OutOfScope: when the cell is anything else; the text is kept in the message.

    >>> parse_rate_text("33 1/3%").ratio
    Fraction(1, 3)
    """
    cell = text.strip()
    try:
        rate = parse_rate(cell, "tw")
    except OutOfScope:
        rate = None
    if rate is not None and not rate.codes and (isinstance(rate.tree, Free) or _plain(rate.tree)):
        return AdValorem(rate.ad_valorem or Fraction(0))
    raise OutOfScope("rate", f"{cell!r} is not an ad valorem rate and is not computed here")


def _plain(tree: Tree) -> bool:
    return isinstance(tree, AdValorem) and tree.part is None


def _group(coded: Coded, text: str, jurisdiction: Jurisdiction, *, alone: bool) -> Group:
    words = coded.text or text
    code = _refusal(coded.tree)
    if code is not None:
        return Group(words, coded.codes, None, RateRefused(words, code))
    return Group(words, coded.codes, Rate(text if alone else words, jurisdiction, coded.tree, coded.codes), None)


def _refusal(tree: Tree) -> Refusal | None:
    """Why a rate that reads is not computed."""
    if isinstance(tree, Capped):
        return "capped"
    if isinstance(tree, Reference):
        kinds: dict[str, Refusal] = {
            "see": "see",
            "no_change": "no_change",
            "applicable_subheading": "applicable_subheading",
        }
        return kinds.get(tree.kind, "prose")
    return None


def _on_base(text: str, base: Rate, refused: RateRefused) -> Rate:
    """A reference with the rate it refers to put in its place."""
    found = _read(text, base.jurisdiction)[0]
    change = found.tree.change if isinstance(found.tree, Reference) else None
    if change is None:
        return Rate(text, base.jurisdiction, base.tree, found.codes)
    if change.ratio < 0:
        raise RateRefused(text, refused.code)
    under = () if isinstance(base.tree, Free) else base.tree.terms if isinstance(base.tree, Sum) else (base.tree,)
    tree = Sum((*under, change)) if under else change
    return Rate(text, base.jurisdiction, tree, found.codes)


def _ratio(tree: Tree) -> Fraction | None:
    match tree:
        case Free():
            return Fraction(0)
        case AdValorem(ratio, part):
            return ratio if part is None or vocabulary().parts[part].need is None else None
        case Conditional(rate, _):
            return _ratio(rate)
        case Sum(parts):
            found = [_ratio(p) for p in parts]
            return None if None in found else sum((f for f in found if f is not None), Fraction(0))
        case _:
            return None


def _conditions(tree: Tree) -> tuple[Condition, ...]:
    own: tuple[Condition, ...] = ()
    if isinstance(tree, Conditional):
        own = (Condition("term", tree.text.lstrip(", "), tree.text.lstrip(", ")),)
    elif isinstance(tree, Seasonal):
        own = tuple(
            Condition("season", f"{s.first[0]:02}-{s.first[1]:02}/{s.last[0]:02}-{s.last[1]:02}",
                      f"{s.first[0]}月{s.first[1]}日至{s.last[0]}月{s.last[1]}日")
            for s in tree.seasons
        )  # fmt: skip
    elif (basis := getattr(tree, "basis", None)) is not None:
        words = vocabulary().basis[basis]
        own = (Condition("basis", words.en.strip(", "), words.zh.strip("（）")),)
    return own + tuple(c for child in children(tree) for c in _conditions(child))
