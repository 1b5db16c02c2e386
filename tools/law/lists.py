"""Membership of a code in a list of the law: in, out, or not held. Not held is never read as out."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tools.law.store import LawStore


class Membership(Enum):
    """Three-valued membership."""

    IN = "in"
    OUT = "out"
    NOT_HELD = "not held"


def membership(store: LawStore, parameter: str, code: str | None, as_of: date) -> tuple[Membership, str | None]:
    """Whether `code` is on the list a parameter holds, and the entry that decides.

    Entries are prefixes of digits. A code shorter than the entry it might fall under is not decided.

    Args:
        code: digits of an HS, HTS or CCC code, or None when it is not known.
    """
    if code is None:
        return Membership.NOT_HELD, None
    entries = store.value(parameter, as_of).value
    assert isinstance(entries, tuple), f"{parameter} is not a list"
    for entry in entries:
        if code.startswith(entry):
            return Membership.IN, entry
    if any(entry.startswith(code) for entry in entries):
        return Membership.NOT_HELD, None
    return Membership.OUT, None
