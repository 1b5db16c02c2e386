"""Several arrivals of one importer: what is one consignment, and how the exemptions are used up.

Parcels of one sender and day are one consignment and are added up; others stand alone, and each exemption used counts
for the next within the half-year. Where a parcel stays open, the fewest and the most exemptions it may have used are both carried on.
Sources: 關稅法施行細則第 37 條; 空運快遞貨物通關辦法第 14, 28 條; 郵包物品進出口通關辦法第 11, 12 條.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.law import LawStore
from tools.result import Alternative, Line, Message, Missing, Range, Result, Totals
from tools.taiwan.exchange import ExchangeRates
from tools.taiwan.inputs import Parcel, TaiwanQuoteInput
from tools.taiwan.words import unique
from tools.tariff.schedule import Schedule
from tools.text.normalise import normalise

_COUNT = "exempt_imports_this_half_year"
_SECOND_HALF = 7  # July


def quote_parcels(
    given: TaiwanQuoteInput, *, day: date, store: LawStore, held: Schedule, rates: ExchangeRates | None
) -> Result:
    """Every consignment, one after the other, and their sum."""

    def run(groups: Sequence[Sequence[Parcel]], *, least: bool) -> list[Result]:
        return _run(given, groups, day, store, held, rates, least=least)

    groups = _consignments(given.parcels)
    first, other = run(groups, least=True), run(groups, least=False)
    told_apart = any(p.sender is not None or p.arrives is not None for p in given.parcels)
    warnings: list[Message] = [w for r in first for w in r.warnings]
    alternatives: tuple[Alternative, ...] = ()
    if len(given.parcels) > 1 and not told_apart:
        warnings.insert(0, Message(code="parcels_taken_together"))
        apart = run([[p] for p in given.parcels], least=True)
        if all(r.complete for r in apart) and _total(apart) != _total(first):
            alternatives = (
                Alternative(label=Message(code="case_parcels_apart"), totals=_total(apart), lines=_added(apart)),
            )
    complete = all(r.complete for r in first)
    if len(first) == 1 and not complete:
        alternatives = first[0].alternatives
    parts: dict[str, Any] = (
        {"lines": _added(first), "totals": _total(first)}
        if complete
        else {"totals": Totals(), "missing": _missing([*first, *other]), "range": _range(first, other)}
    )
    regime = {"route": given.route, "consignments": [_shown(r) for r in first]}
    if len(first) == 1:
        regime = {**first[0].regime, **regime}
    from tools.taiwan.quote import recorded

    made = Result.built(
        id=given.id or "", jurisdiction="tw", as_of=day, input=recorded(given), complete=complete, regime=regime,
        data_revision={"tariff": held.revision.id}, alternatives=alternatives, warnings=unique(warnings),
        assumptions=unique([a for r in first for a in r.assumptions]), **parts,
    )  # fmt: skip
    return made.sealed()


def _sender(name: str | None) -> str | None:
    """A sender's name without its capitals, points and spaces: written in two ways it is one sender still.

    >>> _sender("A Co."), _sender("a  co"), _sender(None)
    ('aco', 'aco', None)
    """
    return None if name is None else "".join(c for c in normalise(name).text.casefold() if c.isalnum()) or name


def _consignments(parcels: Iterable[Parcel]) -> list[list[Parcel]]:
    """Parcels by sender and day, in the order they arrive."""
    groups: dict[tuple[str | None, date | None], list[Parcel]] = {}
    for parcel in parcels:
        groups.setdefault((_sender(parcel.sender), parcel.arrives), []).append(parcel)
    return [groups[key] for key in sorted(groups, key=lambda k: k[1] or date.min)]


def _run(
    given: TaiwanQuoteInput,
    groups: Sequence[Sequence[Parcel]],
    day: date,
    store: LawStore,
    held: Schedule,
    rates: ExchangeRates | None,
    *,
    least: bool,
) -> list[Result]:
    """Every consignment with the exemptions used before it; `least`: only those that are certain count."""
    from tools.taiwan.quote import quote

    used, half, found = given.exempt_imports_this_half_year, _half(day), []
    for at, group in enumerate(groups, start=1):
        arrives = group[0].arrives or day
        if _half(arrives) != half:
            used, half = 0, _half(arrives)
        one = given.model_copy(
            update={
                "id": f"consignment-{at}", "as_of": arrives, "parcels": (), _COUNT: used,
                "goods": tuple(g for p in group for g in p.goods),
                "freight": _sum(p.freight for p in group), "insurance": _sum(p.insurance for p in group),
            }
        )  # fmt: skip
        result = quote(one, as_of=arrives, store=store, held=held, rates=rates)
        found.append(result)
        if used is not None:
            used += int(_exempt(result, least=least))
    return found


def _half(day: date) -> tuple[int, bool]:
    """The half-year exemptions are counted in."""
    return day.year, day.month >= _SECOND_HALF


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """A sum, not known where one part is not."""
    known = list(amounts)
    return None if any(a is None for a in known) else sum((a for a in known if a is not None), Decimal(0))


def _exempt(result: Result, *, least: bool) -> bool:
    """Whether a consignment uses one of the exemptions: for certain, or at least possibly."""
    low_value = result.regime.get("low_value")
    if low_value is None:
        return not least
    return bool(low_value["exempt"]) and low_value["reason"] != "samples"


def _shown(result: Result) -> dict[str, object]:
    """One consignment inside the regime of the whole."""
    return {
        "id": result.id,
        "as_of": result.as_of.isoformat(),
        "complete": result.complete,
        "totals": result.totals.model_dump(mode="json", exclude_none=True),
        "low_value": result.regime.get("low_value", {}).get("reason"),
        "class": result.regime.get("class"),
        "missing": [m.fact for m in result.missing],
    }


def _total(results: Sequence[Result]) -> Totals:
    names = ("customs_value", "duty", "taxes", "fees", "total", "landed_cost")
    return Totals(**{n: sum((getattr(r.totals, n) or Decimal(0) for r in results), Decimal(0)) for n in names})


def _added(results: Sequence[Result]) -> tuple[Line, ...]:
    """One line a tax, the consignments added up."""
    if len(results) == 1:
        return results[0].lines
    keys = dict.fromkeys(line.key for r in results for line in r.lines)
    return tuple(_one_line([line for r in results for line in r.lines if line.key == key]) for key in keys)


def _one_line(own: Sequence[Line]) -> Line:
    amount = sum((line.amount for line in own), Decimal(0))
    bases = [line.base for line in own if line.base is not None]
    lead = next((line for line in own if line.applies == "yes"), own[0])
    same = len({line.rate for line in own}) == 1
    return lead.model_copy(
        update={
            "amount": amount,
            "line_no": None,
            "base": sum(bases, Decimal(0)) if bases else None,
            "rate": lead.rate if same else None,
            "formula": " + ".join(f"{line.amount:,}" for line in own) + f" = {amount:,}",
        }
    )


def _missing(results: Sequence[Result]) -> tuple[Missing, ...]:
    seen: dict[str, Missing] = {}
    for result in results:
        for fact in result.missing:
            seen.setdefault(fact.fact, fact)
    return tuple(seen.values())


def _range(first: Sequence[Result], other: Sequence[Result]) -> Range | None:
    """From the sum of the lows to the sum of the highs; open upwards where one consignment is."""
    lows = [_end(r, low=True) for r in first]
    highs = [_end(r, low=False) for r in other]
    if all(low is None for low in lows):
        return None
    decided = ", ".join(m.fact for m in _missing([*first, *other]))
    high = None if any(h is None for h in highs) else sum((h for h in highs if h is not None), Decimal(0))
    return Range(low=sum((low or Decimal(0) for low in lows), Decimal(0)), high=high, decided_by=decided)


def _end(result: Result, *, low: bool) -> Decimal | None:
    if result.complete:
        return result.totals.total
    if result.range is None:
        return None
    return result.range.low if low else result.range.high
