"""Deterministic ground of the advisor: dated law, text, tariff schedules, calculators. No clock, no network, no model."""
