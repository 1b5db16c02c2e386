"""The working of a rate: the arithmetic a person can follow, term by term.

>>> from tools.tariff.notation import parse_rate
>>> parse_rate("NT$11.3/KGM or 15% whichever is higher", "tw").working(Decimal(6000), {"KGM": Decimal(10)})
'max(10 KGM × 11.3 = 113; 6,000 × 15% = 900)'
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from tools.exact import as_decimal, ends
from tools.tariff.notation.evaluate import Facts, evaluate, measured, need_of
from tools.tariff.notation.render import print_tree
from tools.tariff.notation.tree import AdValorem, Choice, Specific, Sum, Tree
from tools.text.format import percent, plain


def working(tree: Tree, known: Facts) -> str:
    """How the amount of a rate is made of the facts; the wording of the rate where it is no plain product."""
    match tree:
        case AdValorem(ratio, None) if known.value is not None:
            return f"{_shown(known.value)} × {percent(as_decimal(ratio))}"
        case Specific(money, _, _, _):
            unit = need_of(tree, known.jurisdiction)[0]
            return f"{_shown(measured(tree, known))} {unit} × {_shown(money)}"
        case Sum(terms):
            return " + ".join(working(term, known) for term in terms)
        case Choice(higher, options):
            worked = "; ".join(f"{working(o, known)} = {_shown(evaluate(o, known).amount)}" for o in options)
            return f"{'max' if higher else 'min'}({worked})"
        case _:
            return print_tree(tree, "en", known.jurisdiction)


def _shown(value: Fraction) -> str:
    """The number, to four places where it does not end."""
    return plain(as_decimal(value) if ends(value) else Decimal(f"{floor(value * 10**4)}E-4"))
