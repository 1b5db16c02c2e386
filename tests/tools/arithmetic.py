"""A tiny evaluator for the arithmetic a broker signs. It shares nothing with the code under test.

Text such as `customs_value = 3000 + 200 + 50; duty = floor(customs_value * 0.05)` is read as Python syntax, figure by
figure from the text as Decimal, and computed exactly. Known: + - * /, comparisons, `a if b else c`, floor, half_up,
cents (half-up to the hundredth), min, max, and the names assigned before.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction) -> Fraction:
    """Nearest whole number, halves upwards.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(49, 20))
    (Fraction(3, 1), Fraction(2, 1))
    """
    return Fraction(floor(value + Fraction(1, 2)))


def cents(value: Fraction) -> Fraction:
    """Nearest hundredth, halves upwards.

    >>> cents(Fraction("17.715")), cents(Fraction("410.988"))
    (Fraction(443, 25), Fraction(41099, 100))
    """
    return half_up(value * 100) / 100


_CALLS: dict[str, Callable[..., Fraction]] = {
    "floor": lambda value: Fraction(floor(value)),
    "half_up": half_up,
    "cents": cents,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
}
_OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
}


def evaluate(text: str, known: Mapping[str, Fraction] | None = None) -> dict[str, Fraction]:
    """Every name the text assigns, with its exact value.

    Args:
        text: assignments separated by semicolons.
        known: names that may be read from the start.

    Raises:
        ValueError: anything that is not known arithmetic, a name read before it is assigned, or assigned twice.
    """
    names = dict(known or {})
    for statement in (part.strip() for part in text.split(";")):
        if not statement:
            continue
        tree = ast.parse(statement)
        match tree.body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
                if name in names:
                    raise ValueError(f"{name} is assigned twice")
                names[name] = _value(value, names, statement)
            case _:
                raise ValueError(f"not an assignment: {statement}")
    return names


def _value(node: ast.expr, names: Mapping[str, Fraction], source: str) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(Decimal(ast.get_source_segment(source, node) or ""))
        case ast.Name(id=name):
            if name not in names:
                raise ValueError(f"{name} is read before it is assigned")
            return names[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_value(left, names, source), _value(right, names, source))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS:
            return _CALLS[name](*(_value(a, names, source) for a in args))
        case ast.IfExp(test=ast.Compare(left=left, ops=[op], comparators=[right]), body=yes, orelse=no):
            if type(op) in _COMPARISONS:
                holds = _COMPARISONS[type(op)](_value(left, names, source), _value(right, names, source))
                return _value(yes if holds else no, names, source)
    raise ValueError(f"not arithmetic: {ast.get_source_segment(source, node)}")
