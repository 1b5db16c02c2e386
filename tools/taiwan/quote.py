"""A quote for goods imported into Taiwan: value, duty, taxes, fees, regime, and what stays open.

Open facts (freight not known, how many exemptions were used, a code between two candidates) are computed on every
alternative: the result then gives a range and names the fact that decides. Nothing is guessed and nothing open
enters the totals. Goods that may not come in at all get no total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tools.errors import NotInForce
from tools.exact import exact
from tools.law import LawStore, Localized
from tools.law import law as shipped_law
from tools.law.store import label_of
from tools.result import Alternative, Figure, Message, Missing, Range, Result, Totals
from tools.taiwan import samples, traveller, words
from tools.taiwan.cases import Case, Consignment, Settled, settle
from tools.taiwan.dollars import Dollars, named, over_the_cap
from tools.taiwan.exchange import CustomsRate, ExchangeRates, exchange_rates
from tools.taiwan.goods import LineCase, examine, rate_words
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.regime_report import regime_of, route_warnings
from tools.taiwan.value import basis_of
from tools.tariff.schedule import Schedule
from tools.tariff.schedule import schedule as bundled


def quote(
    given: TaiwanQuoteInput,
    *,
    as_of: date,
    store: LawStore | None = None,
    held: Schedule | None = None,
    rates: ExchangeRates | None = None,
) -> Result:
    """Duty, taxes and fees of one consignment, or of several arrivals.

    Args:
        given: the consignment.
        as_of: day the law is read at when the input names none.
        store, held, rates: law, schedule and customs exchange rates; the shipped ones when not given.

    Raises:
        InputError: amounts beyond any consignment, or facts that contradict each other.
        NotFound: a code that is not held.

    Sources: 關稅法第 29, 37, 39, 49 條; 海關進口稅則總則; 貨物稅條例; 菸酒稅法; 營業稅法第 20 條; 貿易法第 21 條, as the lines
    cite them.
    """
    store, held = store or shipped_law(), held or bundled("tw")
    given = given if given.as_of else given.model_copy(update={"as_of": as_of})
    day = given.as_of or as_of
    if given.parcels:
        from tools.taiwan.parcels import quote_parcels

        return quote_parcels(given, day=day, store=store, held=held, rates=rates)
    try:
        law = TaiwanLaw.on(store, day)
        goods = tuple(examine(law, held, g, given.route) for g in given.goods)
        basis = basis_of(law, given, given.goods)
        rate = _rate(given, day, rates)
        per_unit = given.twd_per_unit if rate is None else exact(rate.sell)
        charges = sum(exact(c) for c in (given.freight, given.insurance) if c) + basis.other_charges
        if given.transport == "air":
            basis = samples.by_air(law, given, goods, basis)
        consignment = Consignment(law, given, goods, basis, per_unit, charges, samples.among(given.goods))
        if any(g.stops for g in goods):
            return _stopped(consignment, day, held, rate)
        if given.currency != "TWD" and given.exchange_rate is None and rate is None:
            facts = [words.currency_missing(consignment), *(m for g in goods for m, _ in g.missing)]
            return _open(consignment, day, held, _once(facts), (), rate)
        dollars = Dollars(consignment, day, rates)
        settled, capped = _settled(consignment, dollars)
        missing = _once([*words.open_facts(consignment, settled), *words.goods_facts(goods, settled), *capped])
        if not missing or (not capped and _agreed(consignment, missing, settled)):
            return _complete(consignment, day, held, settled[0], rate, dollars)
        return _open(consignment, day, held, missing, settled, rate)
    except NotInForce as gap:
        return _not_held(given, day, held, gap)


def _settled(of: Consignment, dollars: Dollars) -> tuple[list[Settled], list[Missing]]:
    """Every case, with what the cap of a traveller or the carriage of samples leaves open."""
    if of.given.route == "traveller":
        return over_the_cap(of, dollars, traveller.settled(of))
    found = of.settled()
    if of.samples == "none" or not samples.freight_open(of.given):
        return found, []
    air = replace(of, basis=samples.by_air(of.law, of.given, of.goods, of.basis), _values={})
    return [
        *named(air.settled(), Message(code="case_sample_by_air")),
        *named(found, Message(code="case_sample_not_by_air")),
    ], []


def _rate(given: TaiwanQuoteInput, day: date, rates: ExchangeRates | None) -> CustomsRate | None:
    """The customs rate of the day, where money of another currency came without a rate."""
    if given.currency == "TWD" or given.exchange_rate is not None:
        return None
    return (rates or exchange_rates()).rate(given.currency, day)


def _once(missing: list[Missing]) -> list[Missing]:
    """Each missing fact once, although several goods may miss it."""
    return list({m.fact: m for m in reversed(missing)}.values())[::-1] if len(missing) > 1 else missing


def _complete(
    of: Consignment, day: date, held: Schedule, settled: Settled, rate: CustomsRate | None, dollars: Dollars
) -> Result:
    given = of.given
    return _result(
        given,
        day,
        held,
        complete=True,
        lines=settled.lines,
        totals=settled.totals,
        alternatives=_by_schedule(of, settled),
        regime=regime_of(of, [settled], rate, dollars),
        assumptions=words.assumptions(of.law, given, of.goods, of.basis.assumptions, rate),
        warnings=words.unique([*words.warnings(of, day, held, settled), *route_warnings(of, settled, dollars)]),
    )


def _by_schedule(of: Consignment, settled: Settled) -> tuple[Alternative, ...]:
    """What the schedule's own rate would owe, where the rate stated differs from it."""
    if not any(g.schedule_rule for g in of.goods) or not any(settled.by_tariff) or settled.exempt is None:
        return ()
    lines = tuple(
        LineCase(g.schedule_rule or line.duty, line.excises)
        for g, line in zip(of.goods, settled.case.lines, strict=True)
    )
    names = tuple(rate_words(g.schedule_rule) for g in of.goods if g.schedule_rule)
    case = Case(settled.case.charges, settled.case.used, settled.case.excluded, lines, names)
    return (words.alternative(settle(of, case)[0]),)


def _open(
    of: Consignment,
    day: date,
    held: Schedule,
    missing: Sequence[Missing],
    settled: Sequence[Settled],
    rate: CustomsRate | None,
) -> Result:
    shown = [s for s in settled if s.case.names or s.totals.total is not None]
    found = [*words.no_origin(of.goods), *of.basis.warnings, *(w for g in of.goods for w in g.warnings)]
    return _result(
        of.given,
        day,
        held,
        complete=False,
        missing=tuple(missing),
        lines=tuple(line.model_copy(update={"applies": "if"}) for line in (settled[0].lines if settled else ())),
        totals=Totals(),
        alternatives=tuple(words.alternative(s) for s in shown),
        regime=regime_of(of, settled, rate),
        range=_range(of, missing, settled),
        assumptions=words.assumptions(of.law, of.given, of.goods, of.basis.assumptions, rate),
        warnings=words.unique([*found, *words.vintage(day, held, of.goods)]),
    )


def _agreed(of: Consignment, missing: Sequence[Missing], settled: Sequence[Settled]) -> bool:
    """Whether what is open changes no figure at all."""
    if len(settled) < 2:
        return False
    same = len({s.totals.model_dump_json() for s in settled}) == 1 and settled[0].totals.total is not None
    return same and not of.charges_open and not _UNBOUNDED & {m.fact for m in missing}


#: facts that can raise the total beyond every case computed
_UNBOUNDED = frozenset({"price"})
#: facts beside which no lowest total is known: how much of a traveller's goods may stay
_NO_FLOOR = frozenset({"usd_exchange_rate"})


def _range(of: Consignment, missing: Sequence[Missing], settled: Sequence[Settled]) -> Range | None:
    """Lowest and highest total; no figure at all where no case has a total."""
    known = [s.totals.total for s in settled if s.totals.total is not None]
    if not known and not any(s.bounded for s in settled):
        return None
    facts = [m.fact for m in missing]
    bounded = not of.charges_open and len(known) == len(settled) and not _UNBOUNDED & set(facts)
    low = None if _NO_FLOOR & set(facts) else min(s.floor for s in settled)
    return Range(low=low, high=max(known) if bounded else None, decided_by=", ".join(facts))


def _stopped(of: Consignment, day: date, held: Schedule, rate: CustomsRate | None) -> Result:
    """Goods that may not come in: why, and no figure."""
    stops = [stop for g in of.goods for stop in g.stops]
    missing = (Missing(fact="import_permitted", why=stops[0], effect=Message(code="effect_import_permitted")),)
    regime = {"route": of.given.route, "hard_stops": [stop.model_dump(mode="json") for stop in stops]}
    found = [*stops, *(w for g in of.goods for w in g.warnings)]
    return _result(
        of.given,
        day,
        held,
        complete=False,
        missing=missing,
        totals=Totals(),
        regime=regime,
        assumptions=words.assumptions(of.law, of.given, of.goods, of.basis.assumptions, rate),
        warnings=words.unique(found),
    )


def _not_held(given: TaiwanQuoteInput, day: date, held: Schedule, gap: NotInForce) -> Result:
    figures = {"day": Figure(value=day, unit="date", of="as_of")}
    names = {"name": label_of(gap.name), "detail": Localized.model_validate(str(gap))}
    missing = Missing(
        fact=gap.name,
        why=Message(code="why_law_not_held", figures=figures, words=names),
        effect=Message(code="effect_law_not_held", figures=figures),
    )
    return _result(given, day, held, complete=False, missing=(missing,), totals=Totals())


def _result(given: TaiwanQuoteInput, day: date, held: Schedule, **parts: Any) -> Result:
    """A sealed result; its parts are typed here already and are not validated again."""
    revision = {"tariff": held.revision.id}
    made = Result.built(
        id=given.id or "", jurisdiction="tw", as_of=day, input=recorded(given), data_revision=revision, **parts
    )
    return made.sealed()


def recorded(given: TaiwanQuoteInput) -> dict[str, object]:
    """The input as understood, which `replay` reads; what was left at its default is left out."""
    return given.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"id"})
