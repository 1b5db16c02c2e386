"""API keys: shown once, kept as a hash, with a tenant, scopes, a rate and an end."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from limits import parse as parse_limit
from sqlalchemy import insert, select, update

from advisor.store.database import Database
from advisor.store.tables import instant, keys
from tools.errors import InputError, NotFound

#: scope -> what it lets a key do
SCOPES = {
    "ask": "answers, chat, conversations, support drafts",
    "compute": "tools, quotes, law, tariffs",
    "library": "policy search, documents",
    "records": "receipts and feedback",
    "metrics": "metrics",
}
_NAME = 80  # characters kept of a name
_TENANT = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_KEY = re.compile(r"ck_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as everybody but its holder sees it. Instants are text in UTC, empty where there is none."""

    id: str
    tenant: str
    name: str
    scopes: frozenset[str]
    rate: str
    made_at: str
    expires_at: str
    revoked_at: str

    def usable(self, now: str) -> bool:
        return not self.revoked_at and (not self.expires_at or now < self.expires_at)


class Keys:
    """The keys of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, tenant: str, name: str, scopes: Sequence[str] = (), *, rate: str = "", days: int = 0
    ) -> tuple[Key, str]:
        """A new key and its text, which is shown this once.

        Args:
            tenant: whose conversations, receipts and documents it opens.
            name: what it is for.
            scopes: what it may do; everything when empty.
            rate: such as `60/minute`; the setting's when empty.
            days: until it ends; no end when 0.

        Raises:
            InputError: naming what cannot be used.
        """
        if not _TENANT.fullmatch(tenant):
            raise InputError("tenant", f"{tenant!r} is no name", "small letters, digits, - and _, at most 40")
        if wrong := sorted(set(scopes) - SCOPES.keys()):
            raise InputError("scope", f"{wrong[0]!r} is not known", ", ".join(SCOPES))
        check_rate(rate, "rate")
        number, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        end = instant(datetime.now(UTC) + timedelta(days=days)) if days else ""
        made = Key(number, tenant, name[:_NAME], frozenset(scopes or SCOPES), rate, instant(), end, "")
        row = {"digest": _digest(secret), "scopes": " ".join(sorted(made.scopes))}
        plain = {k: getattr(made, k) for k in ("id", "tenant", "name", "rate", "made_at", "expires_at", "revoked_at")}
        with self._database.writing() as connection:
            connection.execute(insert(keys).values(plain | row))
        return made, f"ck_{number}_{secret}"

    def find(self, text: str) -> Key | None:
        """The usable key of a text; None for any other text."""
        match = _KEY.fullmatch(text)
        if match is None:
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(keys).where(keys.c.id == match[1])).mappings().first()
        if row is None or not hmac.compare_digest(row["digest"], _digest(match[2])):
            return None
        key = _key(row)
        return key if key.usable(instant()) else None

    def all(self) -> list[Key]:
        """Every key, the oldest first."""
        with self._database.reading() as connection:
            return [_key(row) for row in connection.execute(select(keys).order_by(keys.c.made_at)).mappings()]

    def any_usable(self) -> bool:
        now = instant()
        return any(key.usable(now) for key in self.all())

    def revoke(self, number: str) -> Key:
        """End a key now.

        Raises:
            NotFound: no key of that id.
        """
        key = self._one(number)
        with self._database.writing() as connection:
            connection.execute(
                update(keys).where(keys.c.id == number, keys.c.revoked_at == "").values(revoked_at=instant())
            )
        return key

    def rotate(self, number: str, grace_days: int = 0) -> tuple[Key, str]:
        """A new key with the rights of an old one, which ends now or after some days.

        Raises:
            NotFound: no key of that id.
            InputError: the key was revoked.
        """
        old = self._one(number)
        if old.revoked_at:
            raise InputError("id", f"{number} was revoked", "a key in use; create a new one instead")
        made = self.create(old.tenant, old.name, sorted(old.scopes), rate=old.rate)
        if grace_days:
            end = instant(datetime.now(UTC) + timedelta(days=grace_days))
            with self._database.writing() as connection:
                connection.execute(update(keys).where(keys.c.id == number).values(expires_at=end))
        else:
            self.revoke(number)
        return made

    def _one(self, number: str) -> Key:
        found = [key for key in self.all() if key.id == number]
        if not found:
            raise NotFound("key", number)
        return found[0]


def check_rate(text: str, field: str) -> str:
    """A rate limit as `limits` reads it; empty for none of its own.

    Raises:
        InputError: naming `field`.
    """
    if text:
        try:
            parse_limit(text)
        except ValueError as error:
            raise InputError(field, f"{text!r} is not a rate", "a count by a period, such as 60/minute") from error
    return text


def _digest(secret: str) -> str:
    """The secret is random and long, so one fast hash hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: object) -> Key:
    values = dict(row)  # type: ignore[call-overload]
    scopes = frozenset(values.pop("scopes").split())
    return Key(scopes=scopes, **{k: v for k, v in values.items() if k != "digest"})
