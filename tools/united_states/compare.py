"""The time machine: one shipment over entry dates and countries of origin, as a table and as series for a chart.

Every cell is an ordinary quote. A cell that is open has no total and keeps its range; nothing is filled in between.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from tools.inputs import CountryIn, DateIn, Input
from tools.law.store import LawStore
from tools.result import Amount
from tools.tariff.schedule import Schedule
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.quote import quote


class CompareInput(Input):
    """A shipment, and the days and origins it is set against."""

    shipment: UsQuoteInput = Field(description="the shipment, as for a quote")
    dates: tuple[DateIn, ...] = Field((), max_length=60, description="entry dates; the shipment's own when empty")
    origins: tuple[CountryIn, ...] = Field((), max_length=60, description="origins of every line; its own when empty")


class Cell(Input):
    """The shipment on one day from one origin."""

    entry_date: date
    origin: str
    complete: bool
    duty: Amount | None
    total: Amount | None
    low: Amount | None = Field(description="where the cell is open")
    high: Amount | None
    by_key: dict[str, Amount] = Field(description="sure duties and fees by key")
    open_facts: tuple[str, ...]
    receipt: str


class Series(Input):
    """One origin over the days, for a chart: null where the cell is open."""

    origin: str
    totals: tuple[Amount | None, ...]


class Comparison(Input):
    """Cells by day and origin; `dates` is the axis of the series."""

    dates: tuple[date, ...]
    origins: tuple[str, ...]
    cells: tuple[Cell, ...]
    series: tuple[Series, ...]


def compare(
    given: CompareInput, *, as_of: date, store: LawStore | None = None, held: Schedule | None = None
) -> Comparison:
    """The same shipment on every day and from every origin asked for.

    Raises:
        InputError: a preference that does not hold for an origin, or a day before the law held.
    """
    shipment = given.shipment
    dates = tuple(sorted(set(given.dates))) or (shipment.entry_date or as_of,)
    origins = tuple(dict.fromkeys(given.origins)) or ("",)
    cells = [_cell(shipment, day, origin, as_of, store, held) for origin in origins for day in dates]
    rows = [
        Series(origin=origin or cells[0].origin, totals=tuple(c.total for c in cells[at * len(dates) :][: len(dates)]))
        for at, origin in enumerate(origins)
    ]
    return Comparison(dates=dates, origins=tuple(s.origin for s in rows), cells=tuple(cells), series=tuple(rows))


def _cell(
    shipment: UsQuoteInput, day: date, origin: str, as_of: date, store: LawStore | None, held: Schedule | None
) -> Cell:
    lines = [line.model_copy(update={"country_of_origin": origin or line.country_of_origin}) for line in shipment.lines]
    changed: dict[str, Any] = {"entry_date": day, "lines": tuple(lines)}
    result = quote(shipment.model_copy(update=changed), as_of=as_of, store=store, held=held)
    sure: dict[str, Any] = {}
    for line in result.lines:
        if line.applies == "yes" and line.amount:
            sure[line.key] = sure.get(line.key, 0) + line.amount
    named = ", ".join(sorted({line.country_of_origin for line in lines}))
    return Cell(
        entry_date=day, origin=named, complete=result.complete, duty=result.totals.duty, total=result.totals.total,
        low=result.range.low if result.range else None, high=result.range.high if result.range else None,
        by_key=sure, open_facts=tuple(m.fact for m in result.missing), receipt=result.receipt,
    )  # fmt: skip
