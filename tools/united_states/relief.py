"""What takes a shipment out of the ordinary duties: the gift exemption, the low-value exemption, and flat duty on mail.

Source: 19 USC 1321(a)(2); 19 CFR 10.151-.153; the executive orders on mail of 2025 and 2026 (`us.de_minimis`,
`us.postal_duty`). Where their flat duties have ended, mail owes what cargo owes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tools.errors import NotInForce
from tools.law.code_lists import Membership, on_any, plain_code
from tools.law.models import LawValue
from tools.law.store import LawStore
from tools.result import ParameterUsed
from tools.united_states.fees import read
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.money import cents, shown

EXEMPTION, THRESHOLD, GIFT = "us.de_minimis.exemption", "us.de_minimis.threshold", "us.de_minimis.gift_threshold"
#: goods subject to internal revenue tax, and those besides that are never exempt as a gift or for their low value
EXCISE = ("excise_goods",)
NEVER_EXEMPT = (*EXCISE, "alcoholic_perfume")
AD_VALOREM, SPECIFIC = "us.postal_duty.ad_valorem", "us.postal_duty.specific"


@dataclass(frozen=True, slots=True)
class Exempt:
    """An exemption that applies: its name, its limit and the law read."""

    name: str
    limit: LawValue
    value: LawValue
    used: tuple[ParameterUsed, ...]


@dataclass(frozen=True, slots=True)
class FlatDuty:
    """Duty on mail in lieu of all others, by one of the carrier's methods."""

    method: str
    amount: int
    base: Fraction
    rate: str
    formula: str
    value: LawValue
    used: ParameterUsed


def holds_any(store: LawStore, given: UsQuoteInput, day: date, lists: tuple[str, ...]) -> bool:
    """Whether goods of some line are on a list, or may be."""
    codes = [plain_code(line.hts_code) for line in given.lines if line.hts_code]
    return any(on_any(lists, code, day, store.root) is not Membership.OUT for code in codes)


def exemption(store: LawStore, given: UsQuoteInput, day: date, total: Fraction) -> Exempt | None:
    """The exemption a shipment enjoys, or None: alcohol, tobacco and perfume with alcohol take it from the whole of it."""
    if holds_any(store, given, day, NEVER_EXEMPT):
        return None
    if given.gift:
        limit, used = read(store, GIFT, day)
        if total <= Fraction(limit.number):
            return Exempt("gift", limit, limit, (used,))
    if not given.claim_exemption or any(f.get("ad_cvd") or f.get("quota") for f in (x.facts for x in given.lines)):
        return None
    try:
        limit, used = read(store, THRESHOLD, day)
    except NotInForce:
        return None
    if total > Fraction(limit.number):
        return None
    states = []
    for origin in {line.country_of_origin for line in given.lines}:
        try:
            states.append(store.value(EXEMPTION, day, origin=origin, mode=given.mode))
        except NotInForce:
            return None
    if not all(state.value is True for state in states):
        return None
    recorded = ParameterUsed.of(EXEMPTION, "boolean", states[0])
    return Exempt("de_minimis", limit, states[0], (recorded, used))


def flat_on(store: LawStore, day: date) -> bool:
    """Whether mail of some origin owed a flat duty that day."""
    return any(v.holds(day) for v in store.parameter(AD_VALOREM).values)


def flat_duties(store: LawStore, given: UsQuoteInput, day: date, values: list[Fraction]) -> list[FlatDuty] | None:
    """Flat duty on a parcel by each method the carrier may use; None where cargo duties apply instead.

    Raises:
        NotInForce: a flat duty was due that day and the origin's is not held.
    """
    if given.mode != "post" or not flat_on(store, day):
        return None
    try:
        limit, _ = read(store, THRESHOLD, day)
    except NotInForce:
        return None
    total = sum(values, Fraction(0))
    if total > Fraction(limit.number):
        return None
    origins = {line.country_of_origin for line in given.lines}
    exempt = [o for o in origins if store.value(EXEMPTION, day, origin=o, mode="post").value is True]
    if exempt:
        return None
    return [duty for duty in (_by_value(store, given, day, values), _by_parcel(store, given, day)) if duty]


def _by_value(store: LawStore, given: UsQuoteInput, day: date, values: list[Fraction]) -> FlatDuty:
    amount, parts, rates, last = 0, [], [], None
    for line, value in zip(given.lines, values, strict=True):
        rate = last = store.value(AD_VALOREM, day, origin=line.country_of_origin)
        part = cents(value * Fraction(rate.number))
        percent = f"{rate.number * 100:f}".rstrip("0").rstrip(".") + "%"
        amount += part
        parts.append(f"{shown(cents(value))} × {percent} = {shown(part)}")
        rates.append(percent)
    assert last is not None
    used = ParameterUsed.of(AD_VALOREM, "ratio", last)
    total = sum(values, Fraction(0))
    return FlatDuty("ad_valorem", amount, total, ", ".join(dict.fromkeys(rates)), "; ".join(parts), last, used)


def _by_parcel(store: LawStore, given: UsQuoteInput, day: date) -> FlatDuty | None:
    amounts = []
    for origin in sorted({line.country_of_origin for line in given.lines}):
        try:
            amounts.append(store.value(SPECIFIC, day, origin=origin))
        except NotInForce:
            return None
    value = max(amounts, key=lambda v: v.number)
    amount = cents(Fraction(value.number))
    used = ParameterUsed.of(SPECIFIC, "USD", value)
    return FlatDuty("specific", amount, Fraction(1), "", shown(amount), value, used)
