"""Days, years and fiscal years of an answer: each must stand in the ledger, and be said of what it is the time of."""

from __future__ import annotations

import re

from advisor.guard.context import Context, Violation
from advisor.ledger import Evidence, key
from corpus.search import split_sentences
from tools.text.dates import us_fiscal_year
from tools.text.quantities import TIMES, Quantity, find_quantities

#: what a calculation was given; the answer may say it as such
INPUTS = {"price", "freight", "insurance", "exchange_rate", "duty_rate", "exempt_imports_used", "parcel_number", "quantity", "as_of"}  # fmt: skip


def bind_time(context: Context) -> Evidence | Violation:
    """A day, month or year must stand in the ledger; a day said as a beginning must begin something, an end end it."""
    quantity, ledger = context.quantity, context.ledger
    found = [e for e in ledger.figures if _same_time(e, quantity) and _may_say(e, context)]
    if not found:
        return Violation("ungrounded_date", quantity.text, "no tool, passage or question gave this day")
    begins = re.match(r"\s*起(?!至)", context.after) or re.search(
        r"\b(?:since|starting|effective)(?: from)?\s*$", context.before, re.IGNORECASE
    )
    if begins and not any(e.interval is None or e.interval[0] == quantity.day for e in found):
        return Violation("wrong_time", quantity.text, "that day is an end, not a beginning")
    return min(found, key=preference)


def _may_say(evidence: Evidence, context: Context) -> bool:
    """A day that only a passage gives may be said where that passage is cited."""
    return evidence.kind != "passage" or evidence.ref[1 : evidence.ref.index("]")] in context.sentence.markers


def _same_time(evidence: Evidence, quantity: Quantity) -> bool:
    if quantity.kind == "fiscal_year":
        if evidence.unit == "fiscal_year":
            return evidence.value == key(quantity.value)
        ends = evidence.interval[1] if evidence.interval else None
        return quantity.value is not None and ends == us_fiscal_year(int(quantity.value))[1]
    if evidence.unit not in ("date", "month", "year"):
        return False
    if quantity.kind == "year":
        return evidence.value[:4] == key(quantity.value)
    if quantity.day is None:
        return False
    iso = quantity.day.isoformat()
    if quantity.kind == "month":
        return evidence.value[:7] == iso[:7]
    if quantity.day.year == 4:
        return evidence.value[4:] == iso[4:]
    return evidence.value == iso


def times_of_passage(context: Context, text: str) -> bool:
    """Whether the times said beside a passage's figure stand beside it in the passage too."""
    said = context.times_in_clause()
    if not said:
        return True
    holders = [s for s in split_sentences(text) if any(q.key == context.quantity.key for q in find_quantities(s))]
    held = {t.key for s in holders for t in find_quantities(s) if t.kind in TIMES}
    years = {t.day.year for s in holders for t in find_quantities(s) if t.day is not None} | {
        int(t.value) for s in holders for t in find_quantities(s) if t.kind == "year" and t.value is not None
    }
    return all(t.key in held or (t.kind == "year" and t.value is not None and int(t.value) in years) for t in said)


def preference(evidence: Evidence) -> tuple[int, int]:
    kinds = {"tool": 0, "passage": 2, "question": 1 if evidence.of in INPUTS else 3}
    return kinds[evidence.kind], 0 if evidence.current and not evidence.working else 1
