"""Official schedules fetched from their publishers' addresses."""

from tools.tariff.sync.sync import Synced, check, sync

__all__ = ["Synced", "check", "sync"]
