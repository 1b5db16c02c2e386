"""Merchandise processing fee and harbor maintenance fee of an entry.

Source: 19 USC 58c; 19 CFR 24.23 and 24.22(k) (MPF by fiscal year, minimum and maximum an entry summary); 26 USC 4461 and
19 CFR 24.24 (HMF, cargo unloaded from a vessel, no minimum and no maximum). Mail pays no MPF except express mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from tools.errors import NotInForce
from tools.law.models import LawValue
from tools.law.store import LawStore
from tools.result import ParameterUsed
from tools.united_states.money import cents, rate_cents, shown

_INFORMAL = {"automated": "us.mpf.informal_automated", "manual": "us.mpf.informal_manual", "cbp": "us.mpf.cbp_prepared"}


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in cents, with the arithmetic and the law it read; `gap` where the law of the day is not held."""

    key: str
    amount: int
    formula: str
    used: tuple[ParameterUsed, ...]
    base: int | None = None
    rate: str | None = None
    exempt: str = ""
    gap: NotInForce | None = None


@lru_cache(maxsize=4096)
def read(store: LawStore, name: str, day: date) -> tuple[LawValue, ParameterUsed]:
    """A value of the law and its record.

    Raises:
        NotInForce: no value is held for the day.
    """
    value = store.value(name, day)
    return value, ParameterUsed.of(name, store.parameter(name).unit, value)


def mpf(
    store: LawStore, day: date, base: int, *, formal: bool, filing: str, express: bool, mail: bool, exempt: str = ""
) -> Fee:
    """Merchandise processing fee.

    Args:
        base: whole-dollar value of the lines that pay it.
        formal: formal entry, else informal.
        filing: automated, manual or cbp.
        express: released at an express facility.
        mail: arrives by ordinary mail.
        exempt: why no line pays.
    """
    if mail or exempt:
        return Fee("mpf", 0, "0.00", (), base=base, exempt=exempt or "mail")
    try:
        if not formal:
            name = "us.mpf.express_facility" if express else _INFORMAL[filing]
            value, used = read(store, name, day)
            amount = cents(Fraction(value.number))
            return Fee("mpf", amount, shown(amount), (used,))
        return _formal(store, day, base, manual=filing != "automated", express=express)
    except NotInForce as gap:
        return Fee("mpf", 0, "?", (), base=base, gap=gap)


def _formal(store: LawStore, day: date, base: int, *, manual: bool, express: bool) -> Fee:
    rate, low, high = (read(store, f"us.mpf.{name}", day) for name in ("rate", "minimum", "maximum"))
    least, most = cents(Fraction(low[0].number)), cents(Fraction(high[0].number))
    exact = rate_cents(Fraction(rate[0].number), base)
    amount = min(max(exact, least), most)
    percent = f"{rate[0].number * 100:f}".rstrip("0")
    formula = f"{base:,} × {percent}% = {shown(exact)}"
    if amount != exact:
        formula += f" → {shown(amount)}"
    used = [rate[1], low[1], high[1]]
    for wanted, name in ((manual, "us.mpf.manual_surcharge"), (express, "us.mpf.express_facility")):
        if wanted:
            value, parameter = read(store, name, day)
            extra = cents(Fraction(value.number))
            amount, formula = amount + extra, f"{formula} + {shown(extra)}"
            used.append(parameter)
    return Fee("mpf", amount, formula, tuple(used), base, f"{percent}%")


def hmf(store: LawStore, day: date, base: int) -> Fee:
    """Harbor maintenance fee on cargo that a vessel unloads."""
    try:
        rate, used = read(store, "us.hmf.rate", day)
    except NotInForce as gap:
        return Fee("hmf", 0, "?", (), base=base, gap=gap)
    amount = rate_cents(Fraction(rate.number), base)
    percent = f"{rate.number * 100:f}".rstrip("0")
    return Fee("hmf", amount, f"{base:,} × {percent}% = {shown(amount)}", (used,), base, f"{percent}%")
