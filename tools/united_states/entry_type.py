"""The entry type that a shipment needs: formal or informal, mail, and what fixes it whatever the value.

Source: 19 USC 1498(a)(1); 19 CFR 143.21, 143.22; mail: 19 CFR 145.12. Codes are those of CBP Form 7501, box 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tools.law.models import LawValue
from tools.law.store import LawStore
from tools.united_states.fees import read
from tools.united_states.inputs import UsQuoteInput

LIMIT = "us.informal_entry.limit"
FORMAL, INFORMAL, MAIL, ANTIDUMPING, QUOTA = "01", "11", "13", "03", "02"
#: types that are informal entries
INFORMAL_TYPES = frozenset({INFORMAL, MAIL, "12", "86"})


@dataclass(frozen=True, slots=True)
class EntryType:
    """Code of the entry type, whether it is formal, why, and the limit that was read."""

    code: str
    formal: bool
    reason: str
    limit: LawValue


def entry_type(
    store: LawStore, given: UsQuoteInput, day: date, total: Fraction, *, special: bool, worksheet: bool, excise: bool
) -> EntryType:
    """The type of entry.

    Args:
        total: value of the shipment in USD as invoiced, without freight and insurance.
        special: a Chapter 98 or 99 number, or a preference claim, is on the entry.
        worksheet: mail may use the worksheet for such goods on that day.
        excise: alcohol or tobacco is among the goods; by mail they are entered formally, always.
    """
    limit, _ = read(store, LIMIT, day)
    if given.entry_type is not None:
        return EntryType(given.entry_type, given.entry_type not in INFORMAL_TYPES, "stated", limit)
    facts = [line.facts for line in given.lines]
    if any(f.get("ad_cvd") is True for f in facts):
        return EntryType(ANTIDUMPING, True, "ad_cvd", limit)
    if any(f.get("quota") is True for f in facts):
        return EntryType(QUOTA, True, "quota", limit)
    if total > Fraction(limit.number):
        return EntryType(FORMAL, True, "over_limit", limit)
    if given.mode == "post" and excise:
        return EntryType(FORMAL, True, "mail_excise", limit)
    if given.mode == "post" and special and not worksheet:
        if any(line.program for line in given.lines):
            return EntryType(FORMAL, True, "mail_preference", limit)
        return EntryType(MAIL, False, "mail_special", limit)
    return EntryType(INFORMAL, False, "within_limit", limit)
