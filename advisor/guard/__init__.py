"""Checks after the composer or the model has spoken and before anyone sees a word."""

from advisor.guard.context import Violation
from advisor.guard.figures import check_figures
from advisor.guard.review import Review, review

__all__ = ["Review", "Violation", "check_figures", "review"]
