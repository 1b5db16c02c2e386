"""An entry summary checked: header, lines, fees and totals, each finding with its box, its rule and what was expected.

The duties are computed again by the quote engine at the entry date. What cannot be verified is said as a note and is no fault.
A reader and worksheet for information: nothing is filed, and no entry is prepared.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from tools.errors import InputError, NotInForce
from tools.inputs import Input
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.paperwork.entry_header import check_header
from tools.paperwork.entry_inputs import EntrySummary
from tools.paperwork.entry_lines import check_line, whole_value
from tools.paperwork.entry_money import check_bond, check_fees, check_totals, line_values
from tools.paperwork.entry_quote import Recomputed, programme_problem, recompute
from tools.paperwork.findings import Finding, Findings, codes
from tools.result import Amount, Figure, Message, Result
from tools.tariff.schedule import Schedule
from tools.tariff.schedule import schedule as bundled


class Difference(Input):
    """A total as written against the recomputation."""

    key: str
    written: Amount | None
    recomputed: Amount | None


class EntryCheck(Input):
    """Findings, the recomputation and the itemised differences."""

    clean: bool = Field(description="no error and no warning; notes may stand")
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    result: Result | None = Field(description="the entry computed again; null where it cannot be")
    verdict: Message
    boundary: Message = Message(code="paper_boundary")

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Findings that are no mere notes."""
        return tuple(f for f in self.findings if f.severity != "note")


def check_entry(summary: EntrySummary, *, store: LawStore | None = None, held: Schedule | None = None) -> EntryCheck:
    """Check an entry summary at its entry date."""
    store, held = store or shipped_law(), held or bundled("us")
    found = Findings()
    check_header(summary, found, store)
    summary_ = _without_bad_programmes(summary, found, store, held)
    kind = summary.entry_type if summary.entry_type in codes()["types"] else None
    first = _computed(summary_, [whole_value(line) for line in summary.lines], kind, store, held)
    values = line_values(summary, found, first)
    computed = _computed(summary_, values, kind, store, held)
    needed = _computed(summary_, values, None, store, held)
    if needed is not None and kind in codes()["kinds"]["informal"]:
        limit = store.number("us.informal_entry.limit", summary.entry_date)
        if Decimal(sum(values)) > limit:
            found.add("entry_type", "informal_over_limit", expected=limit, found=Decimal(sum(values)))
    duties = [
        check_line(summary_, number, computed, values[number - 1], found, store=store, held=held)
        for number in range(1, len(values) + 1)
    ]
    both = [c for c in (computed, needed if found.has("entry_type") else None) if c is not None]
    fees = check_fees(summary, values, both, found, store)
    check_totals(summary, duties, fees, found)
    check_bond(summary, values, found, store)
    result = computed.result if computed else None
    faults = sum(f.severity != "note" for f in found.all)
    count = {"faults": Figure(value=Decimal(faults), unit="count", of="findings")}
    return EntryCheck(
        clean=not faults, verdict=Message(code="entry_faults" if faults else "entry_clean", figures=count), findings=tuple(found.all),
        differences=_differences(summary, result), result=result,
    )  # fmt: skip


def _without_bad_programmes(summary: EntrySummary, found: Findings, store: LawStore, held: Schedule) -> EntrySummary:
    """The summary with claims left out that do not cover their origin, each of them found."""
    lines = list(summary.lines)
    for number, line in enumerate(lines, start=1):
        if line.program and programme_problem(summary, number, store=store, held=held):
            origin = summary.origin_of(line)
            found.add(f"lines.{number}.program", "program_of_origin", expected=origin, found=line.program)
            lines[number - 1] = line.model_copy(update={"program": ""})
    return summary.model_copy(update={"lines": tuple(lines)})


def _computed(
    summary: EntrySummary, values: list[int], kind: str | None, store: LawStore, held: Schedule
) -> Recomputed | None:
    try:
        return recompute(summary, values, kind, store=store, held=held)
    except (InputError, NotInForce):  # told by the checks of the fields themselves
        return None


def _differences(summary: EntrySummary, result: Result | None) -> tuple[Difference, ...]:
    totals = result.totals if result else None
    written = {
        "entered_value": summary.total_entered_value, "duty": summary.duty, "fees": summary.other, "total": summary.total
    }  # fmt: skip
    rows = ((key, amount, getattr(totals, key) if totals else None) for key, amount in written.items())
    return tuple(Difference(key=key, written=amount, recomputed=again) for key, amount, again in rows)
