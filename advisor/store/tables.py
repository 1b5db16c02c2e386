"""Tables of the store. Instants are text in UTC, of one length, so that they sort; documents are JSON text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

metadata = MetaData()

answers = Table(
    "answers",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(length=64), nullable=False, unique=True),
    Column("tenant", String(length=64), nullable=False),
    Column("conversation_id", String(length=64), nullable=False),
    Column("made_at", String(length=32), nullable=False),
    Column("as_of", String(length=10), nullable=False),
    Column("status", String(length=16), nullable=False),
    Column("question", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("answers_by_conversation", "tenant", "conversation_id", "seq"),
    Index("answers_by_time", "made_at"),
)

#: values of the law an answer said or computed with: what recall compares
answer_values = Table(
    "answer_values",
    metadata,
    Column("answer_id", String(length=64), primary_key=True),
    Column("parameter", String(length=120), primary_key=True),
    Column("value_key", String(length=64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("on_day", String(length=10), nullable=False),
    Index("values_by_parameter", "parameter"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(length=64), nullable=False),
    Column("receipt", String(length=80), nullable=False),
    Column("jurisdiction", String(length=8), nullable=False),
    Column("as_of", String(length=10), nullable=False),
    Column("made_at", String(length=32), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("tenant", "receipt", name="one_receipt_a_tenant"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(length=64), nullable=False, unique=True),
    Column("tenant", String(length=64), nullable=False),
    Column("answer_id", String(length=64), nullable=False),
    Column("made_at", String(length=32), nullable=False),
    Column("rating", String(length=8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("correction", Text, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(length=16), primary_key=True),
    Column("tenant", String(length=64), nullable=False),
    Column("name", String(length=100), nullable=False),
    Column("digest", String(length=64), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("rate", String(length=40), nullable=False),
    Column("made_at", String(length=32), nullable=False),
    Column("expires_at", String(length=32), nullable=False),
    Column("revoked_at", String(length=32), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", String(length=32), nullable=False),
    Column("tenant", String(length=64), nullable=False),
    Column("key_id", String(length=16), nullable=False),
    Column("request_id", String(length=64), nullable=False),
    Column("action", String(length=40), nullable=False),
    Column("target", String(length=200), nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(length=40), nullable=False),
    Index("audit_by_time", "at"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant", String(length=64), primary_key=True),
    Column("key", String(length=200), primary_key=True),
    Column("request", String(length=64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", String(length=80), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", String(length=32), nullable=False),
    Index("idempotency_by_time", "made_at"),
)

#: requests a key was allowed, in lots: what workers on any machine count together
permits = Table(
    "permits",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key_id", String(length=16), nullable=False),
    Column("at", String(length=32), nullable=False),
    Column("number", Integer, nullable=False),
    Index("permits_by_key", "key_id", "at"),
)


def instant(at: datetime | None = None) -> str:
    """An instant as the tables write it; now when none is given."""
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def plain(text: str) -> str:
    """A text as every database holds it: PostgreSQL has no character NUL."""
    return text.replace("\0", "\ufffd")


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless one of its keys is there already; whether it was inserted."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    wanted = dialect.insert(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(wanted).first() is not None
