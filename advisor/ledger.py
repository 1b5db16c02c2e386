"""What may be said in a turn: figures with what they are of, and the formulas, passages and names they may be said by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from corpus.search import Passage
from tools.law.models import LocalizedList

Kind = Literal["tool", "passage", "question"]

#: fields of an input whose numbers are counts, ordinals or ratios rather than money
INPUT_UNITS = {
    "exchange_rate": "", "quantity": "count", "rate": "ratio", "general_rate": "ratio", "net_weight_kg": "kilograms",
    "volume_litres": "litres", "alcohol_percent": "percent", "sticks": "count", "engine_cc": "count", "motor_kw": "count",
    "seats": "count", "age": "count",
}  # fmt: skip
#: what a field of an input is called where figures are named
INPUT_NAMES = {
    "unit_price": "price", "value": "price", "repair_value": "price", "rate": "duty_rate", "general_rate": "duty_rate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure that may be said.

    `current` is false for a value of the law outside its interval: it needs its time said beside it.
    `of` is a concept of `tools/labels.toml` or the id of a parameter; "" where a passage does not name one.
    """

    value: str
    unit: str
    of: str
    kind: Kind
    ref: str
    current: bool = True
    interval: tuple[date | None, date | None] | None = None
    working: bool = False


@dataclass(slots=True)
class Ledger:
    """All evidence of one turn, with the formulas, passages and names it may be said by."""

    as_of: date
    figures: list[Evidence] = field(default_factory=list)
    formulas: dict[str, set[str]] = field(
        default_factory=dict
    )  # said word for word -> what it computes; none: a message
    citations: set[str] = field(default_factory=set)  # citations of the law: their numbers are identifiers
    taxed: bool = False  # a calculation of the turn came to something to pay, whatever the open facts
    passages: list[Passage] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    parameter_names: dict[str, LocalizedList] = field(default_factory=dict)

    def add(self, value: Any, unit: str, of: str, kind: Kind, ref: str, **more: Any) -> None:
        self.figures.append(Evidence(key(value), unit_key(unit), of, kind, ref, **more))

    def identify(self, line: str, heading: str | None, ref: str) -> None:
        """The heading a duty line is reported under, and the section of the act that its key names."""
        if heading:
            self.identifiers.setdefault(heading, ref)
        if section := _SECTION.match(line):
            self.identifiers.setdefault(f"Section {section[1]}", ref)
            self.identifiers.setdefault(f"第 {section[1]} 條", ref)


_SECTION = re.compile(r"section_(\d{3})(?!\d)")


def key(value: Any) -> str:
    """One spelling of a value: ISO for days, plain digits for numbers."""
    if isinstance(value, date):
        return value.isoformat()
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{number.normalize():f}"


def unit_key(unit: str) -> str:
    """Units as figures are compared: ratios are said as percentages."""
    return "percent" if unit == "ratio" else unit
