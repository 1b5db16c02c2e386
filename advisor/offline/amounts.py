"""Which amount is the price, which the freight, which the insurance, which the rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache

from tools.text.quantities import Quantity

_GAP = 10  # characters a cue may stand away from its amount
_SEPARATOR = re.compile(r"[，,。；;、]|\b(?:and|plus)\b")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts by role, in the currency named; None where the words do not give one."""

    price: Decimal | None = None
    freight: Decimal | None = None
    insurance: Decimal | None = None
    customs_value: Decimal | None = None
    rate: Decimal | None = None
    exchange_rate: Decimal | None = None
    currency: str | None = None
    currencies: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether any role is filled."""
        return any(getattr(self, f.name) for f in fields(self) if f.name != "currencies") or (
            self.freight is not None or self.insurance is not None or self.rate is not None
        )

    def updated(self, newer: Amounts) -> Amounts:
        """These amounts with those of a later message over them."""
        changes = {f.name: getattr(newer, f.name) for f in fields(self) if getattr(newer, f.name) not in (None, ())}
        if "customs_value" in changes:
            changes |= {"price": None, "freight": None, "insurance": None}
        elif "price" in changes:
            changes["customs_value"] = None
        return replace(self, **changes)


@cache
def _cues() -> list[tuple[re.Pattern[str], str]]:
    from advisor.offline.understand import cues

    roles = cues()["roles"]
    order = ("customs_value", "charges", "exchange_rate", "freight", "insurance", "price")
    out = []
    for role in order:
        words = sorted(roles[role], key=len, reverse=True)
        parts = [rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w) for w in words]
        out.append((re.compile("|".join(parts), re.IGNORECASE), role))
    return out


@cache
def _group(group: str, name: str) -> re.Pattern[str]:
    from advisor.offline.understand import cues

    return re.compile("|".join(re.escape(w) for w in sorted(cues()[group][name], key=len, reverse=True)), re.IGNORECASE)


def read_amounts(text: str, quantities: Sequence[Quantity]) -> Amounts:
    """Amounts of a folded text by role."""
    found: dict[str, Decimal] = {}
    spare: list[Quantity] = []
    units: list[str] = []
    sums = [q for q in quantities if q.kind in ("money", "number") and q.value is not None]
    for quantity in sums:
        role = _role(text, quantity, quantities)
        if quantity.kind == "money" and quantity.unit != "?":
            units.append(quantity.unit)
        if role is None or role in found:
            spare.append(quantity)
        elif quantity.value is not None:
            found[role] = quantity.value
    if "price" not in found and "customs_value" not in found and spare:
        named = [q for q in spare if q.kind == "money"] or [q for q in spare if q.value and q.value >= 30]
        if named and named[0].value is not None:
            found["price"] = named[0].value
    if "charges" in found:
        found["freight"] = found.pop("charges")
        found.setdefault("insurance", Decimal(0))
    rate = _rate(text, quantities)
    for role in ("freight", "insurance"):
        if role not in found and _group("nothing", role).search(text):
            found[role] = Decimal(0)
    if _group("nothing", "both").search(text):
        found.setdefault("freight", Decimal(0))
        found.setdefault("insurance", Decimal(0))
    if "customs_value" in found:
        for role in ("freight", "insurance", "price"):
            found.pop(role, None)
    currencies = tuple(dict.fromkeys(units))
    return Amounts(
        price=found.get("price"), freight=found.get("freight"), insurance=found.get("insurance"),
        customs_value=found.get("customs_value"), rate=rate, exchange_rate=found.get("exchange_rate"),
        currency=currencies[0] if currencies else None, currencies=currencies,
    )  # fmt: skip


def _role(text: str, quantity: Quantity, others: Sequence[Quantity]) -> str | None:
    """The role whose cue stands nearest to an amount, before it rather than after."""
    left = max((q.end for q in others if q.end <= quantity.start), default=0)
    right = min((q.start for q in others if q.start >= quantity.end), default=len(text))
    before = text[max(left, quantity.start - 24) : quantity.start]
    after = text[quantity.end : min(right, quantity.end + 16)]
    best: tuple[int, str] | None = None
    for pattern, role in _cues():
        for match in pattern.finditer(before):
            distance = len(before) - match.end()
            if distance <= (_GAP if role != "price" else 24):
                penalty = 6 if _SEPARATOR.search(before[match.end() :]) else 0
                best = _nearer(best, (distance + penalty + (2 if role == "price" else 0), role))
        if match2 := pattern.search(after):
            broken = _SEPARATOR.search(after[: match2.start()])
            theirs = right < len(text) and 0 <= right - quantity.end - match2.end() <= 3 and not _SEPARATOR.search(
                text[quantity.end + match2.end() : right]
            )  # the cue leads the next amount
            if not broken and not theirs and match2.start() <= 6:
                best = _nearer(best, (match2.start() + 1 + (3 if role == "price" else 0), role))
    return best[1] if best else None


def _nearer(best: tuple[int, str] | None, new: tuple[int, str]) -> tuple[int, str]:
    return new if best is None or new[0] < best[0] else best


def _rate(text: str, quantities: Sequence[Quantity]) -> Decimal | None:
    for quantity in quantities:
        if quantity.kind != "percent" or quantity.value is None:
            continue
        before, after = text[max(0, quantity.start - 14) : quantity.start], text[quantity.end : quantity.end + 12]
        other = [m.end() for m in _group("rate", "other").finditer(before)]
        duty = [m.end() for m in _group("rate", "duty").finditer(before)]
        if other and (not duty or max(other) > max(duty)) or re.match(r"\s*(?:的)?(?:營業稅|折|off|discount|vat)", after, re.I):
            continue
        if duty or _group("rate", "duty").search(after) or len(quantities) > 1:
            return quantity.value / 100
    return None
