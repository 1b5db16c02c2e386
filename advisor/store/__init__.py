"""What the service keeps: answers with their receipts, feedback, audit, keys, idempotency. SQLite, or PostgreSQL by address."""

from advisor.store.database import Database, open_database

__all__ = ["Database", "open_database"]
