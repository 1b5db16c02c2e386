"""Dated law as data, and its reader."""

from tools.law.models import Certainty, LawValue, Localized, Parameter, Source
from tools.law.store import LawStore, law

__all__ = ["Certainty", "LawStore", "LawValue", "Localized", "Parameter", "Source", "law"]
