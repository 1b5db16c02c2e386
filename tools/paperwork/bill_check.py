"""A carrier's bill checked: government money recomputed for day, origin, value and code; the carrier's own charges named.

A difference is explained by the calculation that reproduces it: the wrong code, base, rate, day, or a missed exemption. A bill that
is right under one answer of an open fact is called possible and never wrong. Private charges are not priced.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tools.errors import CustomsError
from tools.labels import label, labels
from tools.law.models import Localized
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.paperwork import bill_causes_tw as tw
from tools.paperwork import bill_causes_us as us
from tools.paperwork.bill_causes import Case, duplicates, matching, money
from tools.paperwork.bill_clocks import clocks_of
from tools.paperwork.bill_letter import letter_for
from tools.paperwork.bill_lines import (
    LUMP,
    Vector,
    billed_vector,
    computed_vector,
    fits,
    kinds,
    read_lines,
    vector,
)
from tools.paperwork.bill_models import BillCheck, BillInput, Cause, Group, Read, Verdict
from tools.result import Message, Result
from tools.taiwan import quote as quote_tw
from tools.united_states import quote as quote_us

CURRENCY = {"us": "USD", "tw": "TWD"}


def check_bill(given: BillInput, *, as_of: date, store: LawStore | None = None) -> BillCheck:
    """Check a bill.

    Args:
        as_of: the day of the shipment when it names none.

    Raises:
        InputError: of the shipment, where it cannot be computed at all.
    """
    store = store or shipped_law()
    lines = read_lines(given.lines)
    result = _result(given, as_of, store)
    on = result.as_of
    if given.us is not None and given.us.entry_date is not None:
        on = given.us.entry_date
    billed, right = billed_vector(lines), computed_vector(result)
    causes = _sum(given)
    verdict: Verdict
    if right is None:
        verdict, more = _open(given, result, billed)
        causes += more
    else:
        verdict, more = _settled(Case(given, result, right, lines, on, store), billed)
        causes += more
    if any(cause.code == "total_sum" for cause in causes):
        verdict = "differs"
    return _made(given, lines, result, on, store, verdict, causes)


def _result(given: BillInput, as_of: date, store: LawStore) -> Result:
    if given.destination == "us" and given.us is not None:
        return quote_us(given.us, as_of=as_of, store=store)
    assert given.tw is not None
    return quote_tw(given.tw, as_of=as_of, store=store)


def _sum(given: BillInput) -> list[Cause]:
    """Whether the lines add up to the total."""
    added = sum((line.amount for line in given.lines), Decimal(0))
    if given.total is None or given.total == added:
        return []
    unit = CURRENCY[given.destination]
    figures = {"total": money(given.total, unit, "bill_total"), "sum": money(added, unit, "bill_total")}
    return [Cause(code="total_sum", message=Message(code="bill_total_sum", figures=figures))]


def _open(given: BillInput, result: Result, billed: Vector) -> tuple[Verdict, list[Cause]]:
    """A bill against an open calculation: one of its cases, within its range, or beyond it."""
    totals = {a.totals.total for a in result.alternatives}
    span = result.range
    if billed.total in totals:
        return "possible", []
    if span is None or span.low is None:
        return "cannot_tell", []
    if billed.total >= span.low and (span.high is None or billed.total <= span.high):
        return "possible", []
    unit = CURRENCY[given.destination]
    figures = {"billed": money(billed.total, unit, "bill_total"), "low": money(span.low, unit, "total")}
    code = "bill_below_range"
    if span.high is not None:
        figures["high"], code = money(span.high, unit, "total"), "bill_outside_range"
    return "differs", [Cause(code="outside_range", message=Message(code=code, figures=figures))]


def _settled(case: Case, billed: Vector) -> tuple[Verdict, list[Cause]]:
    def same(amounts: Vector) -> list[Vector]:
        return us.flat_fees(case, amounts) if case.given.destination == "us" else []

    if any(fits(billed, amounts) for amounts in (case.right, *same(case.right))):
        return "agrees", []
    if any(fits(billed, amounts) for amounts in _candidates(case)):
        return "possible", []
    causes = list(duplicates(case, same))
    if not causes:
        thought = us.hypotheses(case) if case.given.destination == "us" else tw.hypotheses(case)
        causes = matching(billed, thought, same)
    return "differs", causes or [Cause(code="unexplained", message=Message(code="bill_unexplained"))]


def _candidates(case: Case) -> Iterable[Vector]:
    """What the other codes would owe between which the goods are open."""
    for code in case.given.candidate_codes:
        try:
            found = us.run(case, lines=us.with_lines(case, hts_code=code))
        except CustomsError:
            continue
        if (amounts := computed_vector(found)) is not None:
            yield amounts


def _made(
    given: BillInput, lines: tuple[Read, ...], result: Result, on: date, store: LawStore, verdict: Verdict,
    causes: list[Cause],
) -> BillCheck:  # fmt: skip
    billed, right = billed_vector(lines), computed_vector(result)
    unit, span = CURRENCY[given.destination], result.range
    overpaid = billed.total - right.total if right is not None else None
    found = BillCheck(
        destination=given.destination, currency=unit, on=on, verdict=verdict, lines=lines, groups=_groups(billed, right),
        billed=billed.total, computed=right.total if right is not None else None,
        low=span.low if span else None, high=span.high if span else None, overpaid=overpaid,
        private=sum((line.amount for line in lines if line.government is False), Decimal(0)), causes=tuple(causes),
        said=(), clocks=clocks_of(given, on, store), letter=None, result=result,
    )  # fmt: skip
    found = found.model_copy(update={"said": _said(found)})
    return found.model_copy(update={"letter": letter_for(given, found)})


def _groups(billed: Vector, right: Vector | None) -> tuple[Group, ...]:
    """Each kind of government money; a line for everything together is set against everything not billed apart."""
    apart = [kind for kind in billed.amounts if kind != LUMP]
    owed = right.amounts if right is not None else {}
    rest = vector({kind: amount for kind, amount in owed.items() if kind not in apart})
    rows = []
    wanted = [*apart, LUMP] if LUMP in billed.amounts else [*apart, *(k for k in owed if k not in apart)]
    for kind in wanted:
        paid = billed.amounts.get(kind, Decimal(0))
        due = None if right is None else rest.total if kind == LUMP else owed.get(kind, Decimal(0))
        gap = None if due is None else paid - due
        rows.append(Group(kind=kind, name=name_of(kind), billed=paid, computed=due, difference=gap))
    return tuple(rows)


def name_of(kind: str) -> Localized:
    """What a kind of money is called."""
    return label(kind) if kind in labels() and kind != "duty" else kinds()[kind].name


def _said(found: BillCheck) -> tuple[Message, ...]:
    """The check in sentences: verdict, groups, private charges, causes, what is not recognised."""
    unit = found.currency
    figures = {"billed": money(found.billed, unit, "bill_government")}
    if found.computed is not None and found.overpaid is not None:
        figures["computed"] = money(found.computed, unit, "total")
        figures["gap"] = money(abs(found.overpaid), unit, "bill_difference")
    more = "_over" if found.overpaid and found.overpaid > 0 else "_under" if found.overpaid else ""
    code = f"bill_{found.verdict}" + (more if found.verdict == "differs" and found.computed is not None else "")
    if found.verdict == "agrees" and found.overpaid:
        code = "bill_agrees_flat_fee"
    said = [Message(code=code, figures=figures)]
    for group in found.groups:
        if group.computed is None:
            continue
        words = {"name": group.name}
        amounts = {
            "billed": money(group.billed, unit, f"bill_{group.kind}"),
            "computed": money(group.computed, unit, group.kind),
        }
        same = "bill_group_same" if not group.difference else "bill_group_differs"
        said.append(Message(code=same, words=words, figures=amounts))
    said += [cause.message for cause in found.causes]
    for line in found.lines:
        words = {"label": Localized.model_validate(line.label), "name": line.name or Localized.model_validate("—")}
        amounts = {"amount": money(line.amount, unit, "bill_private")}
        if line.government is False:
            said.append(Message(code="bill_private", words=words, figures=amounts))
        elif line.government is None:
            said.append(Message(code="bill_unknown_line", words=words, figures=amounts))
    return tuple(said)
