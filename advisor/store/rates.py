"""Rates of keys, counted by all workers together.

A worker takes permits in small lots and hands them out; a lot not used soon is let go. So no key gets more than its rate
in any period, but for one lot a worker, and a request seldom asks the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from limits import RateLimitItem
from sqlalchemy import Connection, delete, func, insert, select

from advisor.store.database import Database
from advisor.store.tables import instant, permits

_LOTS = 20  # lots a rate is handed out in, and parts of its period that a lot may be kept for


@dataclass(frozen=True, slots=True)
class Lot:
    """Permits of one key, and until when they may be used; of an empty lot, when to ask again."""

    number: int
    until: datetime


class Rates:
    """Permits of a database.

    Args:
        database: where they are counted.
        now: the clock.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database, self._now = database, now

    def take(self, key_id: str, rate: RateLimitItem) -> Lot:
        """Some permits of a key, or an empty lot."""
        period = timedelta(seconds=rate.get_expiry())
        with self._database.writing() as connection:
            _alone(connection, key_id)
            now = self._now()
            mine = permits.c.key_id == key_id
            connection.execute(delete(permits).where(mine, permits.c.at <= instant(now - period)))
            taken, oldest = connection.execute(
                select(func.coalesce(func.sum(permits.c.number), 0), func.min(permits.c.at)).where(mine)
            ).one()
            number = min(max(1, rate.amount // _LOTS), rate.amount - taken)
            if number > 0:
                connection.execute(insert(permits).values(key_id=key_id, at=instant(now), number=number))
                return Lot(number, now + period / _LOTS)
        return Lot(0, datetime.fromisoformat(oldest) + period)


def _alone(connection: Connection, key_id: str) -> None:
    """One worker at a time counts a key; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"permits {key_id}"))))
