"""The lines of an entry together: lowest and highest duty over what stays open, and which duties are sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tools.law.store import LawStore
from tools.united_states.assess import Assessed, Entry, Priced, price
from tools.united_states.stack import Stack, order_on


@dataclass(frozen=True, slots=True)
class Outcome:
    """Duties of an entry in cents.

    Args:
        entries: line number, duty, and whether it is owed in every case.
        low, high: over every case; `high` is None where nothing bounds it.
        cases: by line, its priced stacks.
    """

    entries: tuple[tuple[int, Entry, bool], ...]
    low: int
    high: int | None
    cases: tuple[tuple[Priced, ...], ...]


def combine(store: LawStore, assessed: list[Assessed], values: list[int], day: date) -> Outcome:
    """Every line priced under each of its stacks."""
    order = order_on(store, day, "reported")
    cases = tuple(_cases(a, value, day, order) for a, value in zip(assessed, values, strict=True))
    low = sum(min(_least(p) for p in priced) for priced in cases)
    highs = [
        _highest(priced) if not (a.gaps or not a.possible) else None for a, priced in zip(assessed, cases, strict=True)
    ]
    high = None if None in highs else sum(h for h in highs if h is not None)
    entries = [(a.number, e, sure) for a, priced in zip(assessed, cases, strict=True) for e, sure in _entries(priced)]
    return Outcome(tuple(entries), low, high, cases)


def _cases(of: Assessed, value: int, day: date, order: tuple[str, ...]) -> tuple[Priced, ...]:
    possible = of.possible or (Stack({}),)
    return tuple(price(of, stack, value, day, order) for stack in possible)


def _least(priced: Priced) -> int:
    return priced.least if priced.duty is None else priced.duty


def _highest(priced: tuple[Priced, ...]) -> int | None:
    known = [p.duty for p in priced if p.duty is not None]
    return max(known) if len(known) == len(priced) else None


def _entries(priced: tuple[Priced, ...]) -> list[tuple[Entry, bool]]:
    """Duties of all stacks, each once; sure where every stack owes it alike."""
    if len(priced) == 1:
        return [(e, priced[0].duty is not None or e.formula != "?") for e in priced[0].entries]
    shared: dict[tuple[str, str | None, int], Entry] = {}
    counts: dict[tuple[str, str | None, int], int] = {}
    for case in priced:
        for entry in case.entries:
            name = (entry.key, entry.heading, entry.amount)
            shared.setdefault(name, entry)
            counts[name] = counts.get(name, 0) + 1
    return [(entry, counts[name] == len(priced) and entry.formula != "?") for name, entry in shared.items()]
