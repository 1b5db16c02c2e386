"""Migrations of the store, applied in order."""
