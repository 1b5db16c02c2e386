"""What may be due on one line of goods, as choices: each open fact gives several, each settled one gives one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tools.result import Figure, Message, Missing

ExciseKey = Literal["commodity_tax", "alcohol_tax", "tobacco_tax", "health_surcharge"]
#: which part of a line a missing fact is about
Dimension = Literal["duty", "commodity_tax", "alcohol_tax", "tobacco_tax", "value", "other"]


@dataclass(frozen=True, slots=True)
class Excise:
    """One internal tax on a line.

    Args:
        ratio: of customs value plus duty, or None where it goes by quantity.
        off: taken from that base first, TWD a piece (electric cars).
        amount: exact amount where it goes by quantity; None with `ratio` None: not known.
        formula: how that amount came about.
        rate: the rate in words.
        parameters: the law it was read from.
        ended: the tax no longer exists on the day; the line says so with 0.
    """

    key: ExciseKey
    parameters: tuple[str, ...]
    ratio: Fraction | None = None
    off: Fraction = Fraction(0)
    amount: Fraction | None = None
    formula: str = ""
    rate: str | None = None
    ended: bool = False

    @property
    def known(self) -> bool:
        return self.ratio is not None or self.amount is not None

    def scaled(self, share: Fraction) -> Excise:
        """The same tax on a part of the goods."""
        if self.amount is None or share == 1:
            return self
        shown = f"({self.formula}) × {share}"
        return Excise(self.key, self.parameters, amount=self.amount * share, formula=shown, rate=self.rate)


@dataclass(frozen=True, slots=True)
class Choice:
    """One possibility of an open fact: the taxes it means, and how it is named beside the others."""

    excises: tuple[Excise, ...] = ()
    name: Message | None = None


@dataclass(slots=True)
class Options:
    """The possibilities of one tax on a line, with what is to be asked and said."""

    choices: list[Choice] = field(default_factory=lambda: [Choice()])
    missing: list[Missing] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    assumptions: list[Message] = field(default_factory=list)


def missing(fact: str, *, why: str = "", effect: str = "", figures: dict[str, Figure] | None = None) -> Missing:
    """A missing fact with the messages that bear its name, unless others are named."""
    shown = figures or {}
    return Missing(
        fact=fact,
        why=Message(code=why or f"why_{fact}", figures=shown),
        effect=Message(code=effect or f"effect_{fact}", figures=shown),
    )


def figure(value: Decimal, unit: str, of: str) -> Figure:
    return Figure(value=value, unit=unit, of=of)
