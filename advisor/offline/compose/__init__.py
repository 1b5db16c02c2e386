"""Composing an answer from results and passages: verdict first, the table, what could change it, sources."""

from advisor.offline.compose.answer import Draft, compose

__all__ = ["Draft", "compose"]
