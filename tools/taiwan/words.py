"""What a Taiwan quote says beside its figures: missing facts, assumptions, warnings, and how the value came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tools.exact import as_decimal
from tools.law import Localized
from tools.result import Alternative, Figure, Message, Missing
from tools.taiwan.cases import COUNT, LIMIT, Consignment, Settled, distinct
from tools.taiwan.goods import Examined
from tools.taiwan.inputs import TaiwanGoods, TaiwanQuoteInput
from tools.tariff.schedule import Schedule
from tools.text.format import plain


def currency_missing(given: TaiwanQuoteInput) -> Missing | None:
    """The exchange rate, where money of another currency came without one."""
    if given.currency == "TWD" or given.exchange_rate is not None:
        return None
    words = {"currency": Localized.model_validate(given.currency)}
    return Missing(
        fact="exchange_rate",
        why=Message(code="why_exchange_rate", words=words),
        effect=Message(code="effect_exchange_rate", words=words),
    )


def open_facts(of: Consignment, settled: Sequence[Settled]) -> list[Missing]:
    """The facts that the cases differ in, each with what it can change."""
    missing: list[Missing] = []
    edge = {"limit": Figure(value=of.law.number(LIMIT), unit="TWD", of=LIMIT)}
    count = {"limit": Figure(value=of.law.number(COUNT), unit="count", of=COUNT)}
    flips = len({s.exempt.exempt for s in settled}) > 1
    effect = "effect_charges_flip" if flips else "effect_charges"
    for fact in ("freight", "insurance"):
        if getattr(of.given, fact) is None:
            missing.append(
                Missing(fact=fact, why=Message(code=f"why_{fact}"), effect=Message(code=effect, figures=edge))
            )
    if len({s.case.used for s in settled}) > 1:
        missing.append(
            Missing(
                fact="exempt_imports_this_half_year",
                why=Message(code="why_exempt_imports", figures=count),
                effect=Message(code="effect_exempt_imports", figures=count),
            )
        )
    if len({s.case.excluded for s in settled}) > 1:
        missing.append(
            Missing(fact="quota_goods", why=Message(code="why_quota_goods"), effect=Message(code="effect_quota_goods"))
        )
    if any(len(distinct(g.options)) > 1 for g in of.goods):
        missing.append(
            Missing(fact="ccc_code", why=Message(code="why_candidates"), effect=Message(code="effect_candidates"))
        )
    return missing


def _price_words(goods: TaiwanGoods) -> str:
    if goods.unit_price is None:
        return plain(goods.price)
    return f"{plain(goods.quantity or Decimal(1))} × {plain(goods.unit_price)}"


def value_regime(of: Consignment, settled: Settled) -> dict[str, object]:
    """How the customs value came about, for the reader."""
    given, law = of.given, of.law
    parts = [*(g.goods.price for g in of.goods), *(x for x in (given.freight, given.insurance) if x)]
    singles = any(g.goods.unit_price is not None for g in of.goods)
    shown = " + ".join([*(_price_words(g.goods) for g in of.goods), *map(plain, parts[len(of.goods) :])])
    exact = sum((Fraction(part) for part in parts), Fraction(0)) * given.twd_per_unit
    if given.currency != "TWD" and given.exchange_rate is not None:
        inner = f"({shown})" if len(parts) > 1 or singles else shown
        shown = f"{inner} × {plain(given.exchange_rate)} = {plain(as_decimal(exact))}"
    elif len(parts) > 1 or singles:
        shown += f" = {plain(as_decimal(exact))}"
    if exact != settled.customs_value:
        shown += f" → {plain(settled.customs_value)}"
    used = law.used(of.store, "tw.customs_value.basis", "tw.customs_value.rounding")
    return {
        "formula": shown,
        "amount": format(settled.customs_value, "f"),
        "legal_basis": law.basis("tw.customs_value.basis"),
        "citation": law.citation("tw.customs_value.basis").as_dict(),
        "parameters": [p.model_dump(mode="json") for p in used],
    }


def alternative(settled: Settled) -> Alternative:
    """One case as the result shows it."""
    names = settled.case.names
    figures = {f"{i}_{key}": figure for i, name in enumerate(names) for key, figure in name.figures.items()}
    figures["customs_value"] = Figure(value=settled.customs_value, unit="TWD", of="customs_value")
    text = Localized(
        **{"zh-TW": "；".join(m.render("zh-TW") for m in names), "en": "; ".join(m.render("en") for m in names)}
    )
    label = Message(code="case", figures=figures, words={"text": text})
    return Alternative(label=label, totals=settled.totals, lines=settled.lines)


def assumptions(given: TaiwanQuoteInput, goods: Sequence[Examined]) -> tuple[Message, ...]:
    """What was taken for granted."""
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


def warnings(of: Consignment, day: date, held: Schedule, settled: Settled) -> tuple[Message, ...]:
    """What a reader of a complete quote must know besides."""
    found = [w for g in of.goods for w in g.warnings]
    found += vintage(day, held, of.goods)
    limit = of.law.values[LIMIT]
    if settled.exempt.reason in ("within_limit", "count_used_up") and day > limit.frontier:
        figures = {"frontier": Figure(value=limit.frontier, unit="date", of=LIMIT)}
        found.append(Message(code="low_value_checked_to", figures=figures))
    if not settled.exempt.exempt:
        found.append(Message(code="rounding_derived"))
    return tuple({m.code: m for m in found}.values())


def vintage(day: date, held: Schedule, goods: Sequence[Examined]) -> tuple[Message, ...]:
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
