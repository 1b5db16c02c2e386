"""Codes of the trade as text: HS (6 digits), HTS (8 or 10), CCC (11 with a check digit); each compact, valid, printed.

In the manner of python-stdnum: `compact`, `validate`, `is_valid` and `format` of one kind of code each.
Whether a code stands in a schedule is another question: see `tools.tariff.existence`.
Source: facts on the CCC check digit (verified on every code of the 2025 official file).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

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
class _Code:
    """A code of one schedule, by its digits."""

    lengths: ClassVar[tuple[int, ...]]
    kind: ClassVar[str]
    accepted: ClassVar[str]
    field: ClassVar[str] = "code"

    digits: str

    @classmethod
    def parse(cls, text: str, field: str | None = None) -> Self:
        """Read a code in any spelling.

        Raises:
            InputError: naming `field`: another number of digits, or what else the kind forbids.
        """
        field, digits = field or cls.field, compact(text)
        if not (digits.isascii() and digits.isdigit() and len(digits) in cls.lengths):
            raise InputError(field, f"{said(text)} is not {cls.kind}", cls.accepted)
        cls._check(digits, field)
        return cls(digits)

    @classmethod
    def _check(cls, digits: str, field: str) -> None:
        """What the kind asks of its digits beyond their number."""

    @staticmethod
    def compact(text: str) -> str:
        """Digits without separators."""
        return compact(text)

    @classmethod
    def validate(cls, text: str) -> str:
        """The digits of a sound code.

        Raises:
            InputError: it is not one.
        """
        return cls.parse(text).digits

    @classmethod
    def is_valid(cls, text: str) -> bool:
        """Whether a text is a sound code of this kind; nothing is said about any schedule."""
        try:
            cls.parse(text)
        except InputError:
            return False
        return True

    @classmethod
    def format(cls, text: str) -> str:
        """A sound code as it is printed."""
        return str(cls.parse(text))

    def __str__(self) -> str:
        return dotted(self.digits)

    @property
    def subheading(self) -> str:
        """The six digits the whole world shares."""
        return self.digits[:6]


@dataclass(frozen=True, slots=True)
class HsCode(_Code):
    """A subheading of the Harmonized System.

    >>> HsCode.format("851713"), HsCode.is_valid("8517")
    ('8517.13', False)
    """

    lengths: ClassVar[tuple[int, ...]] = (6,)
    kind: ClassVar[str] = "an HS subheading"
    accepted: ClassVar[str] = "6 digits such as 8517.13"


@dataclass(frozen=True, slots=True)
class HtsCode(_Code):
    """A US tariff number: 8 digits fix the rate, 10 report statistics.

    >>> HtsCode.format("8517130000"), HtsCode.parse("8517.13.00").rate_line
    ('8517.13.00.00', '85171300')
    """

    lengths: ClassVar[tuple[int, ...]] = (8, 10)
    kind: ClassVar[str] = "an HTS number"
    accepted: ClassVar[str] = "8 or 10 digits such as 8517.13.00.00"

    @property
    def rate_line(self) -> str:
        """The eight digits that fix the rate."""
        return self.digits[:8]


@dataclass(frozen=True, slots=True)
class CccCode(_Code):
    """A Taiwan commodity code: 8 tariff digits, 2 statistical digits, 1 check digit."""

    lengths: ClassVar[tuple[int, ...]] = (_ELEVEN,)
    kind: ClassVar[str] = "a CCC code"
    accepted: ClassVar[str] = "11 digits such as 9102.11.00.00-6"
    field: ClassVar[str] = "ccc_code"

    @classmethod
    def _check(cls, digits: str, field: str) -> None:
        expected = ccc_check_digit(digits[:10])
        if digits[10] != expected:
            raise InputError(field, f"{said(dotted(digits))} has check digit {digits[10]}", f"check digit {expected}")
