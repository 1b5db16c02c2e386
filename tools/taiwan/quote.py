"""A quote for goods imported into Taiwan by courier: value, duty, taxes, fees, class, and what stays open.

Open facts (freight not known, how many exemptions were used, a code between two candidates) are computed on every
alternative: the result then gives a range and names the fact that decides. Nothing is guessed and nothing open
enters the totals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from tools.errors import NotInForce
from tools.law import LawStore, Localized
from tools.law import law as shipped_law
from tools.result import Alternative, Figure, Line, Message, Missing, Range, Result, Totals
from tools.taiwan import taxes
from tools.taiwan.goods import Examined, RateOption, examine, rate_words
from tools.taiwan.inputs import TaiwanQuoteInput
from tools.taiwan.regimes import LowValue, express_class, low_value
from tools.taiwan.taxes import Dutiable, TaiwanLaw
from tools.taiwan.value import customs_values
from tools.tariff.schedule import Schedule
from tools.tariff.schedule import schedule as bundled
from tools.text.format import plain


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of the open facts."""

    charges: Decimal
    used: int
    options: tuple[RateOption, ...]
    names: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One case computed."""

    case: Case
    customs_value: Decimal
    exempt: LowValue
    lines: tuple[Line, ...]
    totals: Totals


def quote(
    given: TaiwanQuoteInput, *, as_of: date, store: LawStore | None = None, held: Schedule | None = None
) -> Result:
    """Duty, taxes and fees of one consignment.

    Args:
        given: the consignment.
        as_of: day the law is read at when the input names none.
        store, held: law and schedule, the shipped ones when not given.

    Raises:
        InputError, NotFound: a code that is none, or is not held.

    Sources: 關稅法第 29, 49 條; 海關進口稅則總則; 營業稅法第 20 條; 貿易法第 21 條, as the lines cite them.
    """
    store, held = store or shipped_law(), held or bundled("tw")
    given = given.on(as_of)
    day = given.as_of or as_of
    try:
        law = TaiwanLaw.on(store, day)
        goods = [examine(store, held, g, day) for g in given.goods]
    except NotInForce as gap:
        return _not_held(given, day, held, gap)
    missing = [m for g in goods for m in g.missing]
    if (currency_missing := _currency(given)) is not None:
        return _open(given, day, held, goods, [*missing, currency_missing], ())
    if any(m.fact == "tax_not_computed" for m in missing):
        return _open(given, day, held, goods, missing, ())
    cases = _cases(law, given, goods)
    settled = [_settle(store, law, given, goods, case) for case in cases]
    missing += _open_facts(law, given, goods, settled)
    if len(settled) == 1 and not missing:
        return _complete(store, law, given, day, held, goods, settled[0])
    if all(s.exempt.exempt for s in settled) and _only_rate_open(missing):
        return _complete(store, law, given, day, held, goods, settled[0])
    return _open(given, day, held, goods, missing, tuple(settled))


def _only_rate_open(missing: list[Missing]) -> bool:
    return {m.fact for m in missing} <= {"ccc_code"}


def _currency(given: TaiwanQuoteInput) -> Missing | None:
    if given.currency == "TWD" or given.exchange_rate is not None:
        return None
    words = {"currency": Localized.model_validate(given.currency)}
    return Missing(
        fact="exchange_rate",
        why=Message(code="why_exchange_rate", words=words),
        effect=Message(code="effect_exchange_rate", words=words),
    )


def _cases(law: TaiwanLaw, given: TaiwanQuoteInput, goods: list[Examined]) -> list[Case]:
    """Every choice of the open facts that can change the money."""
    excluded = any(g.excluded for g in goods)
    price = sum((g.goods.price for g in goods), Decimal(0))
    limit, rate = law.number("tw.low_value.limit"), given.exchange_rate or Decimal(1)
    known = (given.freight or Decimal(0)) + (given.insurance or Decimal(0))
    value = _value(law, given, goods, known)
    may_be_exempt = value <= limit and not excluded and not given.decline_low_value_exemption
    room = {"room": Figure(value=(limit / rate - price - known).quantize(Decimal("0.01")).normalize() + 0,
                           unit=given.currency, of="freight_and_insurance")}  # fmt: skip
    if given.freight is not None and given.insurance is not None:
        charges: list[tuple[Decimal, tuple[Message, ...]]] = [(known, ())]
    elif may_be_exempt:
        over = (limit + 1) / rate - price
        charges = [
            (known, (Message(code="case_charges_within", figures=room),)),
            (over, (Message(code="case_charges_over", figures=room),)),
        ]
    else:
        charges = [(known, (Message(code="case_no_more_charges"),))]
    rates = [
        (combo, tuple(rate_words(o) for o in combo if o.rate is not None and o.line))
        for combo in product(*(_distinct(g.options) for g in goods))
    ]
    open_rates = len(rates) > 1
    cases: list[Case] = []
    count_limit = int(law.number("tw.low_value.exempt_imports_per_half_year"))
    for amount, charge_names in charges:
        exempt_here = may_be_exempt and _value(law, given, goods, amount) <= limit
        counts: list[tuple[int, tuple[Message, ...]]]
        if exempt_here and given.exempt_imports_this_half_year is None:
            figures = {"limit": Figure(value=Decimal(count_limit), unit="count",
                                       of="tw.low_value.exempt_imports_per_half_year")}  # fmt: skip
            counts = [
                (0, (Message(code="case_count_left", figures=figures),)),
                (count_limit, (Message(code="case_count_used", figures=figures),)),
            ]
        else:
            counts = [(given.exempt_imports_this_half_year or 0, ())]
        for used, count_names in counts:
            exempt = exempt_here and used < count_limit
            for combo, rate_names in rates[:1] if exempt else rates:
                names = charge_names + count_names + (rate_names if open_rates and not exempt else ())
                cases.append(Case(amount, used, combo, names))
    return cases


def _distinct(options: list[RateOption]) -> list[RateOption]:
    """Options that differ in rate: two codes at the same rate owe the same."""
    seen: dict[Decimal | None, RateOption] = {}
    for option in options:
        seen.setdefault(option.rate, option)
    return list(seen.values())


def _value(law: TaiwanLaw, given: TaiwanQuoteInput, goods: list[Examined], charges: Decimal) -> Decimal:
    prices = [g.goods.price for g in goods]
    rule = law.text("tw.customs_value.rounding")
    return sum(customs_values(prices, charges, given.exchange_rate or Decimal(1), rule), Decimal(0))


def _settle(
    store: LawStore, law: TaiwanLaw, given: TaiwanQuoteInput, goods: list[Examined], case: Case
) -> Settled:
    prices = [g.goods.price for g in goods]
    rule = law.text("tw.customs_value.rounding")
    values = customs_values(prices, case.charges, given.exchange_rate or Decimal(1), rule)
    customs_value = sum(values, Decimal(0))
    exempt = low_value(
        law, customs_value, case.used,
        declined=given.decline_low_value_exemption, excluded=any(g.excluded for g in goods),
    )  # fmt: skip
    if exempt.exempt:
        lines = (*_exempt_lines(store, law, customs_value), taxes.trade_promotion_fee_line(store, law, customs_value))
        return Settled(case, customs_value, exempt, lines, _totals(customs_value, lines))
    if any(o.rate is None for o in case.options):
        return Settled(case, customs_value, exempt, (), Totals(customs_value=customs_value))
    dutiable = [
        Dutiable(value, option.rate or Decimal(0), "" if option.source == "input" else option.source)
        for value, option in zip(values, case.options, strict=True)
    ]
    duty = taxes.duty_line(store, law, dutiable)
    tax = taxes.business_tax_line(store, law, customs_value, duty.amount)
    lines = (duty, tax, taxes.trade_promotion_fee_line(store, law, customs_value))
    return Settled(case, customs_value, exempt, lines, _totals(customs_value, lines))


def _exempt_lines(store: LawStore, law: TaiwanLaw, customs_value: Decimal) -> tuple[Line, ...]:
    figures = {"limit": Figure(value=law.number("tw.low_value.limit"), unit="TWD", of="tw.low_value.limit")}
    return tuple(
        Line(
            key=key, label=taxes.label(key), applies="no", amount=Decimal(0), currency="TWD", base=customs_value,
            formula=f"{customs_value:,} ≤ {law.number('tw.low_value.limit'):,} → 0",
            legal_basis=law.basis("tw.low_value.limit"), citation=law.citation("tw.low_value.limit"),
            parameters=law.used(store, "tw.low_value.limit", "tw.low_value.exempt_imports_per_half_year"),
            reason=Message(code="exempt_low_value", figures=figures),
        )
        for key in ("duty", "business_tax")
    )  # fmt: skip


def _totals(customs_value: Decimal, lines: tuple[Line, ...]) -> Totals:
    amounts = {line.key: line.amount for line in lines}
    duty, tax, fee = amounts["duty"], amounts["business_tax"], amounts["trade_promotion_fee"]
    total = duty + tax + fee
    return Totals(
        customs_value=customs_value, duty=duty, taxes=tax, fees=fee, total=total, landed_cost=customs_value + total
    )  # fmt: skip


def _open_facts(
    law: TaiwanLaw, given: TaiwanQuoteInput, goods: list[Examined], settled: list[Settled]
) -> list[Missing]:
    missing: list[Missing] = []
    edge = {"limit": Figure(value=law.number("tw.low_value.limit"), unit="TWD", of="tw.low_value.limit")}
    for fact in ("freight", "insurance"):
        if getattr(given, fact) is None:
            flips = any(s.exempt.exempt for s in settled) and any(not s.exempt.exempt for s in settled)
            effect = "effect_charges_flip" if flips else "effect_charges"
            missing.append(
                Missing(fact=fact, why=Message(code=f"why_{fact}"), effect=Message(code=effect, figures=edge))
            )
    if len({s.case.used for s in settled}) > 1:
        count = {"limit": Figure(value=law.number("tw.low_value.exempt_imports_per_half_year"), unit="count",
                                 of="tw.low_value.exempt_imports_per_half_year")}  # fmt: skip
        missing.append(
            Missing(fact="exempt_imports_this_half_year", why=Message(code="why_exempt_imports", figures=count),
                    effect=Message(code="effect_exempt_imports", figures=count))
        )  # fmt: skip
    if any(len(_distinct(g.options)) > 1 for g in goods):
        missing.append(
            Missing(fact="ccc_code", why=Message(code="why_candidates"), effect=Message(code="effect_candidates"))
        )
    return missing


def _complete(
    store: LawStore, law: TaiwanLaw, given: TaiwanQuoteInput, day: date, held: Schedule, goods: list[Examined],
    settled: Settled,
) -> Result:  # fmt: skip
    alternatives: list[Alternative] = []
    if not settled.exempt.exempt and any(g.schedule_rate for g in goods):
        options = tuple(g.schedule_rate or g.options[0] for g in goods)
        names = tuple(rate_words(g.schedule_rate) for g in goods if g.schedule_rate)
        other = _settle(store, law, given, goods, Case(settled.case.charges, settled.case.used, options, names))
        alternatives.append(_alternative(other))
    name, reason = express_class(law, settled.customs_value, taxed=not settled.exempt.exempt)
    regime = {
        "customs_value": _value_regime(store, law, given, goods, settled),
        "class": name,
        "class_reason": reason.model_dump(mode="json"),
        "low_value": {
            "exempt": settled.exempt.exempt, "reason": settled.exempt.reason,
            "parameters": [
                p.model_dump(mode="json", by_alias=True)
                for p in law.used(store, "tw.low_value.limit", "tw.low_value.exempt_imports_per_half_year")
            ],
        },
    }
    return Result(
        id=given.id or "", jurisdiction="tw", as_of=day, input=_recorded(given), complete=True, lines=settled.lines,
        totals=settled.totals, alternatives=tuple(alternatives), regime=regime,
        assumptions=_assumptions(given, goods), warnings=_warnings(law, day, held, goods, settled),
        data_revision={"tariff": held.revision.id},
    ).sealed()  # fmt: skip


def _value_regime(
    store: LawStore, law: TaiwanLaw, given: TaiwanQuoteInput, goods: list[Examined], settled: Settled
) -> dict[str, object]:
    """How the customs value came about, for the reader."""
    parts = [*(g.goods.price for g in goods), *(x for x in (given.freight, given.insurance) if x)]
    shown = " + ".join(plain(p) for p in parts)
    if given.exchange_rate is not None and given.currency != "TWD":
        exact = sum(parts, Decimal(0)) * given.exchange_rate
        inner = f"({shown})" if len(parts) > 1 else shown
        shown = f"{inner} × {plain(given.exchange_rate)} = {plain(exact)}"
        if exact != settled.customs_value:
            shown += f" → {plain(settled.customs_value)}"
    else:
        shown += f" = {plain(settled.customs_value)}"
    citation = law.citation("tw.customs_value.basis")
    used = law.used(store, "tw.customs_value.basis", "tw.customs_value.rounding")
    return {
        "formula": shown, "amount": format(settled.customs_value, "f"), "legal_basis": law.basis("tw.customs_value.basis"),
        "citation": citation.as_dict(), "parameters": [p.model_dump(mode="json", by_alias=True) for p in used],
    }  # fmt: skip


def _open(
    given: TaiwanQuoteInput, day: date, held: Schedule, goods: list[Examined], missing: list[Missing],
    settled: tuple[Settled, ...],
) -> Result:  # fmt: skip
    known = [s.totals.total for s in settled if s.totals.total is not None]
    unbounded = given.freight is None or given.insurance is None or len(known) < len(settled)
    decided = ", ".join(dict.fromkeys(m.fact for m in missing))
    first = settled[0].lines if settled else ()
    return Result(
        id=given.id or "", jurisdiction="tw", as_of=day, input=_recorded(given), complete=False,
        missing=tuple(missing), lines=tuple(line.model_copy(update={"applies": "if"}) for line in first),
        totals=Totals(), alternatives=tuple(_alternative(s) for s in settled),
        range=Range(low=min(known), high=None if unbounded else max(known), decided_by=decided) if known else None,
        assumptions=_assumptions(given, goods),
        warnings=tuple(w for g in goods for w in g.warnings) + _vintage(day, held, goods),
        data_revision={"tariff": held.revision.id},
    ).sealed()  # fmt: skip


def _not_held(given: TaiwanQuoteInput, day: date, held: Schedule, gap: NotInForce) -> Result:
    figures = {"day": Figure(value=day, unit="date", of="as_of")}
    words = {"name": Localized.model_validate(gap.name), "detail": Localized.model_validate(str(gap))}
    return Result(
        id=given.id or "", jurisdiction="tw", as_of=day, input=_recorded(given), complete=False, totals=Totals(),
        missing=(Missing(fact=gap.name, why=Message(code="why_law_not_held", figures=figures, words=words),
                         effect=Message(code="effect_law_not_held", figures=figures)),),
        data_revision={"tariff": held.revision.id},
    ).sealed()  # fmt: skip


def _recorded(given: TaiwanQuoteInput) -> dict[str, object]:
    return given.model_dump(mode="json", exclude_none=True, exclude={"id"})


def _alternative(settled: Settled) -> Alternative:
    figures = {f"{i}_{k}": f for i, m in enumerate(settled.case.names) for k, f in m.figures.items()}
    if settled.customs_value is not None:
        figures["customs_value"] = Figure(value=settled.customs_value, unit="TWD", of="customs_value")
    texts = {
        lang: ("；" if lang == "zh-TW" else "; ").join(m.render(lang) for m in settled.case.names)  # type: ignore[arg-type]
        for lang in ("zh-TW", "en")
    }
    label = Message(code="case", figures=figures, words={"text": Localized.model_validate(texts)})
    return Alternative(label=label, totals=settled.totals, lines=settled.lines)


def _assumptions(given: TaiwanQuoteInput, goods: list[Examined]) -> tuple[Message, ...]:
    found = [a for g in goods for a in g.assumptions]
    if any(g.goods.country_of_origin is None for g in goods):
        found.append(Message(code="assumed_column_1_no_origin"))
    else:
        origins = ", ".join(sorted({g.goods.country_of_origin or "" for g in goods}))
        found.append(Message(code="assumed_column_1", words={"origins": Localized.model_validate(origins)}))
    if given.exchange_rate is not None and given.currency != "TWD":
        rate = {"rate": Figure(value=given.exchange_rate, unit="number", of="exchange_rate")}
        words = {"currency": Localized.model_validate(given.currency)}
        found.append(Message(code="stated_exchange_rate", figures=rate, words=words))
    return tuple({m.code: m for m in found}.values())


def _warnings(
    law: TaiwanLaw, day: date, held: Schedule, goods: list[Examined], settled: Settled
) -> tuple[Message, ...]:
    found = [w for g in goods for w in g.warnings]
    found += _vintage(day, held, goods)
    limit = law.values["tw.low_value.limit"]
    if settled.exempt.reason in ("within_limit", "count_used_up") and day > limit.frontier:
        figures = {"frontier": Figure(value=limit.frontier, unit="date", of="tw.low_value.limit")}
        found.append(Message(code="low_value_checked_to", figures=figures))
    if not settled.exempt.exempt:
        found.append(Message(code="rounding_derived"))
    return tuple({m.code: m for m in found}.values())


def _vintage(day: date, held: Schedule, goods: list[Examined]) -> tuple[Message, ...]:
    """One line on how old the schedule's rates are, where one was read and the law moved since."""
    read = any(o.line for g in goods for o in [*g.options, *([g.schedule_rate] if g.schedule_rate else [])])
    moved = [d for d in held.revision.amended_since if d <= day]
    if not read or not moved:
        return ()
    figures = {
        "frontier": Figure(value=held.revision.frontier, unit="date", of="tariff_revision"),
        "amended": Figure(value=moved[0], unit="date", of="tariff_revision"),
    }
    words = {"edition": held.revision.source.citation}
    return (Message(code="schedule_vintage", figures=figures, words=words),)
