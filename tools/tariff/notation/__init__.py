"""Rate notation of both tariffs: one grammar, an expression tree that computes exactly and prints back in both languages.

A rate is read whole or refused (`RateRefused`, an `OutOfScope`) with the text as it stands. Rates that stand elsewhere
("See …", "The rate applicable to …", "No change") are told apart and refused; "The duty provided in the applicable
subheading + …" computes once the rate of that subheading is given as `base`.
"""

from tools.tariff.notation.evaluate import Component, Evaluated
from tools.tariff.notation.rate import (
    Cell,
    Condition,
    Group,
    Rate,
    RateRefused,
    parse_cell,
    parse_rate,
    parse_rate_text,
)
from tools.tariff.notation.tree import AdValorem
from tools.tariff.notation.vocabulary import quantity_key

__all__ = [
    "AdValorem",
    "Cell",
    "Component",
    "Condition",
    "Evaluated",
    "Group",
    "Rate",
    "RateRefused",
    "parse_cell",
    "parse_rate",
    "parse_rate_text",
    "quantity_key",
]
