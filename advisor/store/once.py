"""Idempotency: what was answered under a key is answered again, and nothing is done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from advisor.store.database import Database
from advisor.store.tables import idempotency, insert_new, instant

_HELD = timedelta(hours=24)
_GIVEN_UP = timedelta(minutes=5)  # a request that long without an answer died with its worker


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of a key: nothing yet (None elsewhere), still running, another request, or its answer."""

    state: str
    status: int = 0
    media_type: str = ""
    body: str = ""


class Once:
    """Keys of requests by tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, tenant: str, key: str, request: str) -> Earlier | None:
        """Claim a key for a request.

        Returns:
            None when it is the caller's to answer, else what came earlier: `running`, `other` or `done`.
        """
        now = datetime.now(UTC)
        mine = (idempotency.c.tenant == tenant) & (idempotency.c.key == key)
        claim = {"request": request, "status": 0, "media_type": "", "body": "", "made_at": instant(now)}
        with self._database.writing() as connection:
            if insert_new(connection, idempotency, {"tenant": tenant, "key": key, **claim}):
                return None
            row = connection.execute(select(idempotency).where(mine).with_for_update()).mappings().one()
            dead = not row["status"] and row["made_at"] < instant(now - _GIVEN_UP)
            if row["made_at"] >= instant(now - _HELD) and not dead:
                if row["request"] != request:
                    return Earlier("other")
                if not row["status"]:
                    return Earlier("running")
                return Earlier("done", row["status"], row["media_type"], row["body"])
            connection.execute(update(idempotency).where(mine).values(claim))
        return None

    def finish(self, tenant: str, key: str, status: int, media_type: str, body: str) -> None:
        """Keep the answer."""
        mine = (idempotency.c.tenant == tenant) & (idempotency.c.key == key)
        with self._database.writing() as connection:
            connection.execute(update(idempotency).where(mine).values(status=status, media_type=media_type, body=body))

    def give_up(self, tenant: str, key: str) -> None:
        """Let the key be used again: nothing was done."""
        mine = (idempotency.c.tenant == tenant) & (idempotency.c.key == key)
        with self._database.writing() as connection:
            connection.execute(delete(idempotency).where(mine))
