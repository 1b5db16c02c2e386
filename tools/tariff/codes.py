"""Codes of the trade as text: HS (6 digits), HTS (8 or 10), CCC (11 with a check digit); compact and as printed.

Whether a code stands in a schedule is another question: see `tools.tariff.existence`.
Source: facts on the CCC check digit (verified on every code of the 2025 official file).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from tools.errors import InputError
from tools.text.values import said

_SEPARATORS = re.compile(r"[\s.\-]")
_ELEVEN = 11  # digits of a CCC code


def compact(code: str) -> str:
    """Digits of a code without dots, spaces and hyphens.

    >>> compact("6109.10.00.00-6")
    '61091000006'
    """
    return _SEPARATORS.sub("", code)


def dotted(digits: str) -> str:
    """A code of any level as it is printed.

    >>> dotted("61091000006"), dotted("8517130000"), dotted("851713"), dotted("8517"), dotted("85")
    ('6109.10.00.00-6', '8517.13.00.00', '8517.13', '8517', '85')
    """
    parts = [digits[:4], *(digits[i : i + 2] for i in range(4, min(len(digits), 10), 2))]
    return ".".join(p for p in parts if p) + (f"-{digits[10:]}" if len(digits) == _ELEVEN else "")


def ccc_check_digit(ten_digits: str) -> str:
    """Check digit of the first ten digits of a CCC code.

    >>> ccc_check_digit("8517130000")
    '5'
    """
    d = [int(c) for c in ten_digits]

    def doubled(x: int) -> int:
        return 2 * x if x < 5 else 2 * x - 9

    total = 2 * d[0] + sum(doubled(d[i]) for i in (2, 4, 6, 8)) + sum(d[i] for i in (1, 3, 5, 7, 9))
    return str((10 - total % 10) % 10)


@dataclass(frozen=True, slots=True)
class CccCode:
    """A Taiwan commodity code: 8 tariff digits, 2 statistical digits, 1 check digit."""

    digits: str

    @classmethod
    def parse(cls, text: str, field: str = "ccc_code") -> Self:
        """Read a code in any spelling.

        Raises:
            InputError: naming `field`: another number of digits, or a wrong check digit.
        """
        digits = compact(text)
        if not (digits.isascii() and digits.isdigit() and len(digits) == _ELEVEN):
            raise InputError(field, f"{said(text)} is not a CCC code", "11 digits such as 9102.11.00.00-6")
        expected = ccc_check_digit(digits[:10])
        if digits[10] != expected:
            raise InputError(field, f"{said(dotted(digits))} has check digit {digits[10]}", f"check digit {expected}")
        return cls(digits)

    def __str__(self) -> str:
        return dotted(self.digits)
