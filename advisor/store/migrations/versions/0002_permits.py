"""Rates counted across workers: permits that were handed out, by key and instant."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of permits."""
    op.create_table(
        "permits",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_index("permits_by_key", "permits", ["key_id", "at"])
