"""Tariff codes, rate notation and the lines of the schedules held."""

from tools.tariff.codes import CccCode
from tools.tariff.notation import AdValorem, parse_rate_text
from tools.tariff.schedule import Schedule, TariffLine, schedule

__all__ = ["AdValorem", "CccCode", "Schedule", "TariffLine", "parse_rate_text", "schedule"]
