"""Composing an answer from results and passages: verdict first, the table, what could change it, sources."""

from advisor.offline.compose.answer import compose
from advisor.offline.compose.base import Draft

__all__ = ["Draft", "compose"]
