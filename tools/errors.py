"""The error tree: the class says who can act, and what happens next.

CustomsError
├─ InputError        the caller mends the named field
│  └─ MissingFact    a fact without which nothing can be computed
├─ NotInForce        no value is held for that day; the intervals held are named
├─ NotFound          well-formed, but not in what is held
├─ OutOfScope        held, but not computed here (an unreadable rate, a case-specific duty)
├─ ServiceError      a configured model or service cannot be reached
└─ DataError         one of our own files is wrong
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


class CustomsError(Exception):
    """Base of every error the advisor raises on purpose. The text is one line fit for a person."""


class InputError(CustomsError):
    """A value given by the caller cannot be used.

    Args:
        field: the input's name, as the contracts spell it.
        problem: what is wrong with it.
        accepted: what would be accepted instead.
    """

    def __init__(self, field: str, problem: str, accepted: str) -> None:
        self.field, self.problem, self.accepted = field, problem, accepted
        super().__init__(f"{field}: {problem}; accepted: {accepted}")


class MissingFact(InputError):
    """A fact without which not even a range can be given."""

    def __init__(self, fact: str, why: str, accepted: str) -> None:
        self.why = why
        super().__init__(fact, why, accepted)


class NotInForce(CustomsError):
    """No value of a parameter is held for the day asked.

    Args:
        name: the parameter's id.
        as_of: the day asked.
        intervals: the intervals that are held, as (first day or None, last day or None).
    """

    def __init__(self, name: str, as_of: date, intervals: Sequence[tuple[date | None, date | None]]) -> None:
        self.name, self.as_of, self.intervals = name, as_of, tuple(intervals)
        held = ", ".join(f"{a or '…'} to {b or 'open'}" for a, b in intervals) or "none"
        super().__init__(f"{name}: no value is held for {as_of}; held: {held}")


class NotFound(CustomsError):
    """A well-formed name or code that is not held; neighbours may be offered."""

    def __init__(self, what: str, name: str, neighbours: Sequence[str] = ()) -> None:
        self.what, self.name, self.neighbours = what, name, tuple(neighbours)
        near = f"; near it: {', '.join(neighbours)}" if neighbours else ""
        super().__init__(f"{what} {name}: not held{near}")


class OutOfScope(CustomsError):
    """Known, but not computed here: named instead of guessed."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"{what}: {reason}")


class ServiceError(CustomsError):
    """A configured model or service cannot be reached."""


class DataError(CustomsError):
    """One of our own data files is wrong; no answer is given from it."""

    def __init__(self, file: str, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem}")
