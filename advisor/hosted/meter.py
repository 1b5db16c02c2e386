"""What a hosted model reads and writes: tokens, their cost, and the budgets that end a turn's use of it.

Tokens are counted of every reply, refused drafts included, since they are paid for too. A reply that does not tell
its tokens is counted apart. Prices are the operator's: without them there is no cost rather than a wrong one.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from langchain_core.messages import AIMessage
from pydantic import BaseModel, ConfigDict

from advisor.settings import Settings

logger = logging.getLogger("customs.hosted")
_MILLION = 1_000_000
_SCHEMA = "CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, dollars TEXT NOT NULL)"


class OverBudget(Exception):
    """No further call may be made."""


class Usage(BaseModel):
    """What an answer took of a hosted model. All zero offline."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    calls: int = 0
    untold: int = 0


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens."""

    input: Decimal
    output: Decimal

    def cost(self, read: int, written: int) -> Decimal:
        return (self.input * read + self.output * written) / _MILLION


@dataclass(slots=True)
class Meter:
    """Counts one turn.

    Args:
        tokens: the most a turn may take; unlimited when None.
        prices: None when the operator gave none.
        dollars_a_day: the most a day may cost, over all turns of this state directory.
        purse: where the day's spending is kept.
        today: the day it is kept for.
    """

    tokens: int | None = None
    prices: Prices | None = None
    dollars_a_day: Decimal | None = None
    purse: Path | None = None
    today: date = date.min
    read: int = 0
    written: int = 0
    calls: int = 0
    untold: int = 0
    _before: Decimal = field(default=Decimal(0), init=False)

    def __post_init__(self) -> None:
        if self.dollars_a_day is not None and self.purse is not None:
            try:
                self._before = _spent(self.purse, self.today)
            except (OSError, sqlite3.Error) as error:  # what cannot be counted may not be spent
                logger.warning("the day's spending cannot be read: %s", error)
                self._before = self.dollars_a_day

    @property
    def cost(self) -> Decimal | None:
        """US dollars so far."""
        return self.prices.cost(self.read, self.written) if self.prices else None

    def may_call(self) -> None:
        """Whether another call is within the budgets.

        Raises:
            OverBudget: it is not.
        """
        if self.tokens is not None and self.read + self.written >= self.tokens:
            raise OverBudget("tokens of a question")
        if self.dollars_a_day is not None and self._before + (self.cost or 0) >= self.dollars_a_day:
            raise OverBudget("dollars of the day")

    def count(self, message: AIMessage) -> None:
        """Add what a reply took."""
        self.calls += 1
        told = message.usage_metadata
        if told is None:
            self.untold += 1
            return
        self.read += told["input_tokens"]
        self.written += told["output_tokens"]

    def close(self) -> Usage:
        """What the turn took; the day's spending is written down."""
        if self.dollars_a_day is not None and self.purse is not None and self.cost:
            try:
                _spend(self.purse, self.today, self.cost)
            except (OSError, sqlite3.Error) as error:
                logger.warning("the day's spending cannot be kept: %s", error)
        return Usage(
            input_tokens=self.read, output_tokens=self.written, cost=self.cost, calls=self.calls, untold=self.untold
        )


def meter_of(settings: Settings) -> Meter:
    """A meter for one turn, with the operator's prices and budgets."""
    prices = (
        Prices(settings.price_input, settings.price_output) if settings.price_input and settings.price_output else None
    )
    return Meter(
        tokens=settings.budget_tokens, prices=prices, dollars_a_day=settings.budget_dollars_a_day,
        purse=settings.home / "spending.sqlite3", today=settings.today("tw"),
    )  # fmt: skip


def _open(purse: Path) -> sqlite3.Connection:
    purse.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(purse, timeout=10, isolation_level=None)
    connection.execute(_SCHEMA)
    return connection


def _spent(purse: Path, day: date) -> Decimal:
    with closing(_open(purse)) as connection:
        row = connection.execute("SELECT dollars FROM spent WHERE day = ?", (day.isoformat(),)).fetchone()
    return Decimal(row[0]) if row else Decimal(0)


def _spend(purse: Path, day: date, dollars: Decimal) -> None:
    """Add to a day's spending; two processes at once each add their own."""
    with closing(_open(purse)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute("SELECT dollars FROM spent WHERE day = ?", (day.isoformat(),)).fetchone()
        total = (Decimal(row[0]) if row else Decimal(0)) + dollars
        connection.execute("REPLACE INTO spent VALUES (?, ?)", (day.isoformat(), f"{total:f}"))
        connection.execute("COMMIT")
