"""Values, fees, totals and bond of an entry summary.

A sum is right when it adds up what is written or what was recomputed: a fault in one line is then found there and not again in
every total below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from tools.errors import NotInForce
from tools.law.store import LawStore
from tools.paperwork.entry_header import VESSEL, mode_of
from tools.paperwork.entry_inputs import EntrySummary
from tools.paperwork.entry_lines import whole_value
from tools.paperwork.entry_quote import FEES, Recomputed, fee_on
from tools.paperwork.findings import Findings, codes
from tools.united_states.money import cents, dollars, rate_cents

#: flat fees of an informal entry, any of which may be right: where and how it was filed does not stand on the form
_INFORMAL = ("informal_automated", "informal_manual", "cbp_prepared", "express_facility")


def line_values(summary: EntrySummary, found: Findings, computed: Recomputed | None) -> list[int]:
    """Whole-dollar values of the lines, corrected where the rest of the summary points to another one.

    Args:
        computed: the lines recomputed on the values as written.
    """
    values = [whole_value(line) for line in summary.lines]
    for number, line in enumerate(summary.lines, start=1):
        if line.entered_value != line.entered_value.to_integral_value():
            field = f"lines.{number}.entered_value"
            found.add(field, "whole_dollars", expected=Decimal(values[number - 1]), found=line.entered_value)
    total = summary.total_entered_value
    if total is None or sum(values) == total:
        return values
    wrong = [n for n in range(1, len(values) + 1) if computed is not None and not _duty_agrees(summary, n, computed)]
    if len(wrong) == 1:
        at = wrong[0] - 1
        implied = int(total) - (sum(values) - values[at])
        if implied > 0:
            field = f"lines.{wrong[0]}.entered_value"
            found.add(field, "value_against_total", expected=Decimal(implied), found=summary.lines[at].entered_value)
            return [*values[:at], implied, *values[at + 1 :]]
    found.add("total_entered_value", "total_value", expected=Decimal(sum(values)), found=total)
    return values


def _duty_agrees(summary: EntrySummary, number: int, computed: Recomputed) -> bool:
    """Whether the duties written on a line are those of its value."""
    written = sum((row.duty or Decimal(0) for row in summary.lines[number - 1].tariffs), Decimal(0))
    rows = computed.rows(number)
    return not rows or written == sum((row.amount for row in rows), Decimal(0))


def check_fees(
    summary: EntrySummary, values: Sequence[int], computed: Sequence[Recomputed], found: Findings, store: LawStore
) -> dict[str, Decimal]:
    """Processing fee and harbor fee.

    Args:
        computed: under the type written, and under the one the value needs where that may be another.

    Returns:
        The fees that should stand, by class.
    """
    right: dict[str, Decimal] = {}
    if computed:
        right[FEES["mpf"]] = _mpf(summary, values, computed, found, store)
    right[FEES["hmf"]] = _hmf(summary, values, found, store)
    return right


def _mpf(
    summary: EntrySummary, values: Sequence[int], computed: Sequence[Recomputed], found: Findings, store: LawStore
) -> Decimal:
    lines = [line for line in (c.fee("mpf") for c in computed) if line is not None]
    written, expected = fee_on(summary, FEES["mpf"]), lines[0].amount
    field = f"fees.{FEES['mpf']}"
    accepted = {line.amount for line in lines}
    day, informal = summary.entry_date, summary.entry_type in codes()["kinds"]["informal"]
    flat = {amount for name in _INFORMAL if (amount := _held(store, f"us.mpf.{name}", day)) is not None}
    if expected and informal:
        accepted |= flat
    if written in accepted or lines[0].applies == "if":
        return written
    if not expected:
        found.add(field, "mpf_exempt", found=written)
    elif informal:
        found.add(field, "mpf_informal", expected=expected, found=written)
    else:
        rate = _held(store, "us.mpf.rate", day) or Decimal(0)
        exact = dollars(rate_cents(Fraction(rate), sum(values)))
        rule = "mpf_amount" if exact == expected else "mpf_minimum" if exact < expected else "mpf_maximum"
        found.add(field, rule, expected=expected, found=written)
    return expected


def _hmf(summary: EntrySummary, values: Sequence[int], found: Findings, store: LawStore) -> Decimal:
    written, field = fee_on(summary, FEES["hmf"]), f"fees.{FEES['hmf']}"
    if not (mode := mode_of(summary)):
        return written
    if mode != VESSEL:
        if written:
            found.add(field, "hmf_not_due", found=written)
        return Decimal(0)
    rate = _held(store, "us.hmf.rate", summary.entry_date)
    if rate is None:
        return written
    expected = dollars(rate_cents(Fraction(rate), sum(values)))
    if not written and expected:
        found.add(field, "hmf_missing", expected=expected)
    elif written != expected:
        found.add(field, "hmf_amount", expected=expected, found=written)
    return expected


def _held(store: LawStore, name: str, day: date) -> Decimal | None:
    """A figure of the law in cents as it is charged, where one is held for the day."""
    try:
        value = store.number(name, day)
    except NotInForce:
        return None
    return value if name.endswith(".rate") else dollars(cents(Fraction(value)))


def check_totals(
    summary: EntrySummary, duties: Sequence[Decimal | None], fees: dict[str, Decimal], found: Findings
) -> None:
    """Totals of duty, other charges and everything."""
    rows = [sum((row.duty or Decimal(0) for row in line.tariffs), Decimal(0)) for line in summary.lines]
    right = [duty if duty is not None else row for duty, row in zip(duties, rows, strict=True)]
    duty_sums = {sum(rows, Decimal(0)), sum(right, Decimal(0))}
    written_fees = sum((fee.amount for fee in summary.fees), Decimal(0))
    unknown = sum((fee.amount for fee in summary.fees if fee.class_code not in fees), Decimal(0))
    other_sums = {written_fees, sum(fees.values(), unknown)}
    if summary.duty is not None and summary.duty not in duty_sums:
        found.add("duty", "total_duty", expected=sum(right, Decimal(0)), found=summary.duty)
    if summary.other is not None and summary.other not in other_sums:
        found.add("other", "total_other", expected=written_fees, found=summary.other)
    tax = summary.tax or Decimal(0)
    duty_sums |= {summary.duty} if summary.duty is not None else set()
    other_sums |= {summary.other} if summary.other is not None else set()
    sums = {duty + tax + other for duty, other in product(duty_sums, other_sums)}
    if summary.total is not None and summary.total not in sums:
        expected = (summary.duty if summary.duty is not None else sum(right, Decimal(0))) + tax
        expected += summary.other if summary.other is not None else written_fees
        found.add("total", "grand_total", expected=expected, found=summary.total)


def check_bond(summary: EntrySummary, values: Sequence[int], found: Findings, store: LawStore) -> None:
    """The amount of the bond, where it is told."""
    amount, day = summary.bond_amount, summary.entry_date
    if amount is None:
        return
    if summary.bond_type == "8":
        least = store.number("us.bond.continuous_minimum", day)
        if amount < least:
            found.add("bond_amount", "bond_minimum", expected=least, found=amount)
    elif summary.bond_type == "9":
        owed = sum((x or Decimal(0) for x in (summary.duty, summary.tax, summary.other)), Decimal(0))
        least = Decimal(sum(values)) + owed
        if amount < least:
            found.add("bond_amount", "bond_below_value", expected=least, found=amount)
