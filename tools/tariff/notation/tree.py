"""The expression a rate is: frozen nodes with exact fractions.

Money is in the unit of the jurisdiction's currency (a cent is a hundredth of a dollar); ratios are of one, not of a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tools.exact import as_decimal


@dataclass(frozen=True, slots=True)
class Free:
    """No duty."""


@dataclass(frozen=True, slots=True)
class AdValorem:
    """A ratio of the value, or of a part of it.

    Args:
        ratio: 5 % is 1/20.
        part: key of the part in the vocabulary; None for the plain value.
    """

    ratio: Fraction
    part: str | None = None

    @property
    def decimal(self) -> Decimal:
        """The ratio as a decimal; exact unless the schedule writes a fraction such as 1/3."""
        return as_decimal(self.ratio)


@dataclass(frozen=True, slots=True)
class Specific:
    """Money for each unit of quantity.

    Args:
        money: amount per unit.
        unit: key of the unit in the vocabulary.
        basis: what is measured (drained weight, lead content), if not the goods as such.
        over: units above this count only.
    """

    money: Fraction
    unit: str
    basis: str | None = None
    over: int | None = None


@dataclass(frozen=True, slots=True)
class PerDegree:
    """Sugar: a specific rate, less so much for each degree of polarisation under a mark."""

    rate: Specific
    less: Specific
    under: Fraction
    proportional: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """A compound rate: every term is due."""

    terms: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The higher, or the lower, of several."""

    higher: bool
    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Bounded:
    """A rate that is at least, or at most, another."""

    rate: Tree
    at_least: Tree | None = None
    at_most: Tree | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    """A rate under a condition the schedule words, such as a bond."""

    rate: Tree
    text: str


@dataclass(frozen=True, slots=True)
class Season:
    """A rate in a part of the year, first and last day included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    rate: Tree


@dataclass(frozen=True, slots=True)
class Seasonal:
    """Rates by season; `otherwise` for the days in none of them."""

    seasons: tuple[Season, ...]
    otherwise: Tree | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A rate that stands elsewhere, and what is added to it.

    Args:
        kind: "see", "no_change", "applicable_subheading" or "prose".
        text: as the schedule words it.
        change: what is added to the rate referred to, or taken off it where negative.
    """

    kind: str
    text: str
    change: AdValorem | None = None


@dataclass(frozen=True, slots=True)
class Capped:
    """A rate whose total another duty limits, in words no arithmetic on the line can settle."""

    rate: Tree
    text: str


Tree = (
    Free
    | AdValorem
    | Specific
    | PerDegree
    | Sum
    | Choice
    | Bounded
    | Conditional
    | Season
    | Seasonal
    | Reference
    | Capped
)
Term = Free | AdValorem | Specific | PerDegree


def children(tree: Tree) -> tuple[Tree, ...]:
    """The rates a rate is made of; none for a term."""
    match tree:
        case Sum(terms):
            return terms
        case Choice(_, options):
            return options
        case Bounded(rate, at_least, at_most):
            return (rate, *(b for b in (at_least, at_most) if b is not None))
        case Conditional(rate, _) | Season(_, _, rate) | Capped(rate, _):
            return (rate,)
        case Seasonal(seasons, otherwise):
            return (*seasons, *((otherwise,) if otherwise is not None else ()))
        case _:
            return ()


def terms(tree: Tree) -> tuple[Term, ...]:
    """Every term of a rate, in reading order.

    >>> terms(Sum((Free(), AdValorem(Fraction(1, 20)))))
    (Free(), AdValorem(ratio=Fraction(1, 20), part=None))
    """
    if isinstance(tree, Free | AdValorem | Specific | PerDegree):
        return (tree,)
    return tuple(term for child in children(tree) for term in terms(child))
