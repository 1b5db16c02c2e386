"""Declared facts of a line: which names the law asks for, and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from tools.errors import InputError
from tools.exact import as_decimal
from tools.inputs import refusal
from tools.law.store import law
from tools.text.values import parse_amount, said
from tools.united_states.inputs import CONTENT_FACTS

AD_CVD, QUOTA = "ad_cvd", "quota"
#: facts that may be told in words or as a share, and count as declared when they say anything
_TOLD = ("exclusion", "us_content")
_NOTHING = frozenset({"", "0", "0%", "no", "false", "none"})


@cache
def known_facts() -> tuple[str, ...]:
    """Names of facts that can be declared: those a measure reads, the metal contents, and what fixes the entry type."""
    asked = {p.measure.fact for p in law().measures("us") if p.measure and p.measure.fact}
    return tuple(sorted(asked | set(CONTENT_FACTS) | {AD_CVD, QUOTA}))


def check_facts(facts: Mapping[str, Any], number: int) -> None:
    """Refuse a fact no measure asks for, and one that is neither yes nor no.

    Raises:
        PydanticCustomError: read at the border into an `InputError`.
    """
    for name, value in facts.items():
        where = f"facts.{name} of line {number}"
        if name not in known_facts():
            raise refusal(f"{where} is not known", ", ".join(known_facts()))
        if name in CONTENT_FACTS:
            try:
                parse_amount(value, name)
            except InputError as error:
                raise refusal(f"{where}: {error.problem}", error.accepted) from error
        elif not isinstance(value, bool) and name not in _TOLD:
            raise refusal(f"{where} is {said(value)}", "true or false")


def answer(facts: Mapping[str, Any], name: str) -> bool | None:
    """Whether a fact holds, as declared; None where nothing was declared."""
    if name not in facts:
        return None
    value = facts[name]
    return value if isinstance(value, bool) else str(value).strip().casefold() not in _NOTHING


def in_dollars(facts: Mapping[str, Any], rate: Fraction) -> Mapping[str, Any]:
    """The facts with their amounts of metal content in USD; they are declared in the currency of the entry."""
    if rate == 1 or not facts.keys() & set(CONTENT_FACTS):
        return facts
    turned = {n: as_decimal(Fraction(parse_amount(facts[n], n)) * rate) for n in CONTENT_FACTS if n in facts}
    return {**facts, **turned}


def content(facts: Mapping[str, Any], copper: bool) -> Decimal | None:
    """Declared value of the metal content: of copper, or of steel and aluminum together; None where none is declared."""
    names = CONTENT_FACTS[2:] if copper else CONTENT_FACTS[:2]
    given = [parse_amount(facts[name], name) for name in names if name in facts]
    return sum(given, Decimal(0)) if given else None
