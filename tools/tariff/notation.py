"""Rates as the schedules write them, read whole or refused.

Held so far: free and ad valorem rates, with fractions (33 1/3%). Any other shape raises: a compound or specific
rate is never read in part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tools.errors import OutOfScope
from tools.exact import as_decimal

_AD_VALOREM = re.compile(r"(\d+(?:\.\d+)?)(?: (\d+)/(\d*[1-9]\d*))? ?%")
_FREE = re.compile(r"free|免稅", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AdValorem:
    """A ratio of the dutiable value."""

    ratio: Fraction

    @property
    def decimal(self) -> Decimal:
        """The ratio as a decimal; exact unless the schedule writes a fraction such as 1/3."""
        return as_decimal(self.ratio)


def parse_rate_text(text: str) -> AdValorem:
    """The rate a cell of a schedule states.

    Raises:
        OutOfScope: when the cell is anything but free or ad valorem; the text is kept in the message.

    >>> parse_rate_text("33 1/3%").ratio
    Fraction(1, 3)
    """
    cell = text.strip()
    if _FREE.fullmatch(cell):
        return AdValorem(Fraction(0))
    if match := _AD_VALOREM.fullmatch(cell):
        whole = Fraction(match[1])
        part = Fraction(int(match[2]), int(match[3])) if match[2] else Fraction(0)
        return AdValorem((whole + part) / 100)
    raise OutOfScope("rate", f"{cell!r} is not an ad valorem rate and is not computed here")
