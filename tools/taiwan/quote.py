"""A quote for goods imported into Taiwan by courier: value, duty, taxes, fees, class, and what stays open.

Open facts (freight not known, how many exemptions were used, a code between two candidates) are computed on every
alternative: the result then gives a range and names the fact that decides. Nothing is guessed and nothing open
enters the totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tools.errors import NotInForce
from tools.law import LawStore, Localized
from tools.law import law as shipped_law
from tools.result import Alternative, Figure, Message, Missing, Range, Result, Totals
from tools.taiwan import words
from tools.taiwan.cases import COUNT, LIMIT, Case, Consignment, Settled, settle
from tools.taiwan.goods import Examined, examine, rate_words
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.regimes import express_class
from tools.taiwan.taxes import TaiwanLaw
from tools.tariff.schedule import Schedule
from tools.tariff.schedule import schedule as bundled


def quote(
    given: TaiwanQuoteInput, *, as_of: date, store: LawStore | None = None, held: Schedule | None = None
) -> Result:
    """Duty, taxes and fees of one consignment.

    Args:
        given: the consignment.
        as_of: day the law is read at when the input names none.
        store, held: law and schedule, the shipped ones when not given.

    Raises:
        InputError: amounts beyond any consignment.
        NotFound: a code that is not held.

    Sources: 關稅法第 29, 49 條; 海關進口稅則總則; 營業稅法第 20 條; 貿易法第 21 條, as the lines cite them.
    """
    store, held = store or shipped_law(), held or bundled("tw")
    given = given.on(as_of)
    day = given.as_of or as_of
    try:
        law = TaiwanLaw.on(store, day)
        goods = tuple(examine(store, held, g, day) for g in given.goods)
    except NotInForce as gap:
        return _not_held(given, day, held, gap)
    missing = _once([m for g in goods for m in g.missing])
    if (exchange_rate := words.currency_missing(given)) is not None:
        return _open(given, day, held, goods, [*missing, exchange_rate], ())
    if any(m.fact == "tax_not_computed" for m in missing):
        return _open(given, day, held, goods, missing, ())
    consignment = Consignment(store, law, given, goods)
    settled = consignment.settled()
    missing += words.open_facts(consignment, settled)
    # where every case is exempt, no rate is needed
    only_rate_open = all(s.exempt.exempt for s in settled) and {m.fact for m in missing} <= {"ccc_code", "rate"}
    if (len(settled) == 1 and not missing) or only_rate_open:
        return _complete(consignment, day, held, settled[0])
    return _open(given, day, held, goods, missing, settled, consignment)


def _once(missing: list[Missing]) -> list[Missing]:
    """Each missing fact once, although several goods may miss it."""
    return [m for at, m in enumerate(missing) if m not in missing[:at]]


def _complete(of: Consignment, day: date, held: Schedule, settled: Settled) -> Result:
    alternatives: list[Alternative] = []
    if not settled.exempt.exempt and any(g.schedule_rate for g in of.goods):
        options = tuple(g.schedule_rate or g.options[0] for g in of.goods)
        names = tuple(rate_words(g.schedule_rate) for g in of.goods if g.schedule_rate)
        case = settled.case
        alternatives.append(words.alternative(settle(of, Case(case.charges, case.used, case.excluded, options, names))))
    name, reason = express_class(of.law, settled.customs_value, taxed=not settled.exempt.exempt)
    regime = {
        "customs_value": words.value_regime(of, settled),
        "class": name,
        "class_reason": reason.model_dump(mode="json"),
        "low_value": _low_value(of, settled),
    }
    return Result(
        id=of.given.id or "",
        jurisdiction="tw",
        as_of=day,
        input=_recorded(of.given),
        complete=True,
        lines=settled.lines,
        totals=settled.totals,
        alternatives=tuple(alternatives),
        regime=regime,
        assumptions=words.assumptions(of.given, of.goods),
        warnings=words.warnings(of, day, held, settled),
        data_revision={"tariff": held.revision.id},
    ).sealed()


def _low_value(of: Consignment, settled: Settled) -> dict[str, object]:
    """Whether the low-value exemption applies, why, and the law that decides."""
    return {
        "exempt": settled.exempt.exempt,
        "reason": settled.exempt.reason,
        "parameters": [p.model_dump(mode="json") for p in of.law.used(of.store, LIMIT, COUNT)],
    }


def _open(
    given: TaiwanQuoteInput,
    day: date,
    held: Schedule,
    goods: Sequence[Examined],
    missing: Sequence[Missing],
    settled: Sequence[Settled],
    of: Consignment | None = None,
) -> Result:
    reasons = {(s.exempt.exempt, s.exempt.reason) for s in settled}
    shown = [s for s in settled if s.case.names or s.totals.total is not None]
    regime: dict[str, object] = {}
    if of is not None and len(reasons) == 1:
        regime["low_value"] = _low_value(of, settled[0])
    if of is not None and len({s.customs_value for s in settled}) == 1:
        regime["customs_value"] = words.value_regime(of, settled[0])
    return Result(
        id=given.id or "",
        jurisdiction="tw",
        as_of=day,
        input=_recorded(given),
        complete=False,
        missing=tuple(missing),
        lines=tuple(line.model_copy(update={"applies": "if"}) for line in (settled[0].lines if settled else ())),
        totals=Totals(),
        alternatives=tuple(words.alternative(s) for s in shown),
        regime=regime,
        range=_range(given, missing, settled),
        assumptions=words.assumptions(given, goods),
        warnings=tuple(w for g in goods for w in g.warnings) + words.vintage(day, held, goods),
        data_revision={"tariff": held.revision.id},
    ).sealed()


def _range(given: TaiwanQuoteInput, missing: Sequence[Missing], settled: Sequence[Settled]) -> Range | None:
    """Lowest and highest total; no figure at all where no case has a total."""
    known = [s.totals.total for s in settled if s.totals.total is not None]
    if not known:
        return None
    bounded = given.freight is not None and given.insurance is not None and len(known) == len(settled)
    decided = ", ".join(dict.fromkeys(m.fact for m in missing))
    return Range(low=min(s.floor for s in settled), high=max(known) if bounded else None, decided_by=decided)


def _not_held(given: TaiwanQuoteInput, day: date, held: Schedule, gap: NotInForce) -> Result:
    figures = {"day": Figure(value=day, unit="date", of="as_of")}
    names = {"name": Localized.model_validate(gap.name), "detail": Localized.model_validate(str(gap))}
    return Result(
        id=given.id or "",
        jurisdiction="tw",
        as_of=day,
        input=_recorded(given),
        complete=False,
        totals=Totals(),
        missing=(
            Missing(
                fact=gap.name,
                why=Message(code="why_law_not_held", figures=figures, words=names),
                effect=Message(code="effect_law_not_held", figures=figures),
            ),
        ),
        data_revision={"tariff": held.revision.id},
    ).sealed()


def _recorded(given: TaiwanQuoteInput) -> dict[str, object]:
    return given.model_dump(mode="json", exclude_none=True, exclude={"id"})
