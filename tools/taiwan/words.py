"""What a Taiwan quote says beside its figures: missing facts, assumptions, warnings, and how the value came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tools.exact import as_decimal
from tools.exact import exact as number
from tools.law import Localized
from tools.law.code_lists import Membership
from tools.result import Alternative, Figure, Message, Missing
from tools.taiwan import samples
from tools.taiwan.cases import Consignment, Settled
from tools.taiwan.exchange import CustomsRate
from tools.taiwan.goods import Examined
from tools.taiwan.inputs import TaiwanGoods, TaiwanQuoteInput
from tools.taiwan.law import TaiwanLaw
from tools.taiwan.regimes import COUNT, LIMIT
from tools.tariff.schedule import Revision, Schedule
from tools.text.format import plain
from tools.text.places import name_of

_PLAIN_MESSAGES = {code: Message(code=code) for code in ("rounding_derived", "assumed_column_1_no_origin")}


_RATE_PLACES = 4  # of a rate that is only a measure


def currency_missing(of: Consignment) -> Missing:
    """The exchange rate, where none came with money of another currency and none is held; the rate that is the limit's."""
    given = of.given
    words = {"currency": Localized.model_validate(given.currency)}
    effect = Message(code="effect_exchange_rate", words=words)
    known = sum(of.basis.prices) + of.known_charges
    spent = given.exempt_imports_this_half_year is not None and given.exempt_imports_this_half_year >= of.law.number(
        COUNT
    )
    reached = any(g.excluded is Membership.IN for g in of.goods) or given.route == "traveller" or spent
    if known > 0 and not reached and of.law.held(LIMIT) is not None:
        rate = Decimal(of.law.exact(LIMIT) * 10**_RATE_PLACES // known).scaleb(-_RATE_PLACES)
        figures = {
            "amount": Figure(value=as_decimal(known), unit=given.currency, of="price"),
            "rate": Figure(value=rate.normalize(), unit="", of="exchange_rate"),
            "limit": Figure(value=of.law.number(LIMIT), unit="TWD", of=LIMIT),
        }
        unit = "" if given.currency == "USD" else f" {given.currency}"  # dollars are written with their name
        shown = {"unit": Localized.model_validate(unit)}
        effect = Message(code="effect_exchange_rate_limit", words=shown, figures=figures)
    return Missing(fact="exchange_rate", why=Message(code="why_exchange_rate", words=words), effect=effect)


def open_facts(of: Consignment, settled: Sequence[Settled]) -> list[Missing]:
    """The facts that the cases differ in, each with what it can change."""
    missing: list[Missing] = list(of.basis.missing)
    flips = len({s.exempt.exempt for s in settled if s.exempt}) > 1
    effect = "effect_charges_flip" if flips else "effect_charges"
    lacking = {"freight": of.given.lacks_freight, "insurance": of.given.lacks_insurance}
    for fact, lacks in lacking.items():
        if lacks and of.charges_open:
            name = samples.LIMIT if of.samples == "all" else LIMIT
            edge = {"limit": Figure(value=of.law.number(name), unit="TWD", of=name)}
            missing.append(
                Missing(fact=fact, why=Message(code=f"why_{fact}"), effect=Message(code=effect, figures=edge))
            )
    if len(settled) == 1:
        return missing
    codes = {name.code for s in settled for name in s.case.names}
    if "case_sample_by_air" in codes:
        missing.append(_named("transport", "why_transport", "effect_transport"))
    if "case_sample_whole" in codes:
        base = "sample_business_tax_base"
        missing.append(_named(base, f"why_{base}", f"effect_{base}"))
    if len({s.case.used for s in settled}) > 1:
        count = {"limit": Figure(value=of.law.number(COUNT), unit="count", of=COUNT)}
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
    if "case_under_age" in codes:
        missing.append(_named("age", "why_age", "effect_age"))
    if "case_traveller_flat" in codes:
        missing.append(_named("traveller_duty_rate", "why_traveller_rate", "effect_traveller_rate"))
    elif "case_traveller_tariff_cheap" in codes:
        missing.append(_named("goods_under_allowance", "why_goods_under_allowance", "effect_goods_under_allowance"))
    if "case_luxury" in codes:
        missing.append(_named("luxury_goods", "why_luxury_goods", "effect_luxury_goods"))
    return missing


def _named(fact: str, why: str, effect: str) -> Missing:
    return Missing(fact=fact, why=Message(code=why), effect=Message(code=effect))


def goods_facts(goods: Sequence[Examined], settled: Sequence[Settled]) -> list[Missing]:
    """The facts of the goods that matter in some case: a rate does not where nothing is taxed, or all at a flat rate."""
    taxed = any(not s.exempt.exempt if s.exempt else s.customs_value > 0 for s in settled)
    found: list[Missing] = []
    for at, one in enumerate(goods):
        by_tariff = any(s.by_tariff[at] for s in settled)
        found += [m for m, about in one.missing if (by_tariff if about == "duty" else taxed)]
    return found


def _price_words(goods: TaiwanGoods) -> str:
    if goods.unit_price is None:
        return plain(goods.amount)
    return f"{plain(goods.quantity or Decimal(1))} × {plain(goods.unit_price)}"


def value_formula(of: Consignment, settled: Settled) -> str:
    """How the customs value came about."""
    given, basis = of.given, of.basis
    carried = [p for p in (given.freight, given.insurance) if p] if basis.needs_charges else []
    off = as_decimal(sum(basis.off)) if basis.off else None
    singles = any(g.goods.unit_price is not None for g in of.goods)
    repaired = any(g.goods.repair_value is not None for g in of.goods)
    prices = [plain(as_decimal(p)) for p in basis.prices] if repaired else [_price_words(g.goods) for g in of.goods]
    shown = " + ".join([*prices, *map(plain, carried), *(plain(c.amount) for c in given.additions)])
    left_out = [*(d.amount for d in given.deductions), *([off] if off else ())]
    shown += "".join(f" - {plain(d)}" for d in left_out)
    count = len(prices) + len(carried) + len(given.additions) + len(left_out)
    exact = (
        sum(basis.prices) + sum(map(number, carried)) + basis.other_charges - sum(basis.off or ())
    ) * of.twd_per_unit
    if of.twd_per_unit != 1:
        inner = f"({shown})" if count > 1 or singles else shown
        shown = f"{inner} × {plain(as_decimal(of.twd_per_unit))} = {plain(as_decimal(exact))}"
    elif count > 1 or singles:
        shown += f" = {plain(as_decimal(exact))}"
    if settled.exempt is None and exact != settled.customs_value:
        return f"{shown}; {plain(settled.customs_value)}"
    if exact != settled.customs_value:
        shown += f" → {plain(settled.customs_value)}"
    return shown


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


def assumptions(
    law: TaiwanLaw,
    given: TaiwanQuoteInput,
    goods: Sequence[Examined],
    basis: Sequence[Message],
    rate: CustomsRate | None,
) -> tuple[Message, ...]:
    """What was taken for granted."""
    found = [
        *basis,
        *([samples.told(law)] if samples.among(given.goods) != "none" else []),
        *(a for g in goods for a in g.assumptions),
    ]
    if given.gift:
        found.append(law.message("gift_no_exemption"))
    origins = sorted({g.goods.country_of_origin or "" for g in goods})
    if all(origins) and all(rule.column in (None, "column_1") for g in goods for rule in g.duties):
        found.append(_of_origins("assumed_column_1", ", ".join(origins)))
    elif all(origins) and all(g.goods.preference_proof for g in goods) and all(
        rule.column not in (None, "column_1") for g in goods for rule in g.duties
    ):  # fmt: skip
        found.append(_of_origins("assumed_preference", ", ".join(origins)))
    if given.exchange_rate is not None and given.currency != "TWD":
        shown = {"rate": Figure(value=given.exchange_rate, unit="number", of="exchange_rate")}
        words = {"currency": Localized.model_validate(given.currency)}
        found.append(Message(code="stated_exchange_rate", figures=shown, words=words))
    elif rate is not None:
        figures = {
            "rate": Figure(value=rate.sell, unit="number", of="exchange_rate"),
            "start": Figure(value=rate.start, unit="date", of="exchange_rate"),
            "end": Figure(value=rate.end, unit="date", of="exchange_rate"),
        }
        words = {"currency": Localized.model_validate(rate.currency), "source": rate.citation}
        found.append(Message(code="customs_exchange_rate", figures=figures, words=words))
    if given.incoterm is not None:
        words = {"term": Localized.model_validate(given.incoterm)}
        included = given.freight is None and not given.lacks_freight
        found.append(Message(code="incoterm_includes" if included else "incoterm_makes_no_difference", words=words))
    return unique(found)


@lru_cache(maxsize=256)
def _of_origins(code: str, origins: str) -> Message:
    codes = origins.split(", ")
    named = {"zh-TW": "、".join(name_of(c, "zh-TW") for c in codes), "en": ", ".join(name_of(c, "en") for c in codes)}
    return Message(code=code, words={"origins": Localized.model_validate(named)})


def no_origin(goods: Sequence[Examined]) -> list[Message]:
    """The warning that column 1 was used because no origin was given."""
    if any(g.goods.country_of_origin is None for g in goods):
        return [_PLAIN_MESSAGES["assumed_column_1_no_origin"]]
    return []


def warnings(of: Consignment, day: date, held: Schedule, settled: Settled) -> list[Message]:
    """What a reader of a complete quote must know besides."""
    found = [*no_origin(of.goods), *of.basis.warnings, *(w for g in of.goods for w in g.warnings)]
    found += vintage(day, held, of.goods)
    limit = of.law.value(LIMIT)
    if settled.exempt and settled.exempt.reason in ("within_limit", "count_used_up") and day > limit.frontier:
        figures = {"frontier": Figure(value=limit.frontier, unit="date", of=LIMIT)}
        found.append(Message(code="low_value_checked_to", figures=figures))
    if settled.exempt is None or not settled.exempt.exempt:
        found.append(_PLAIN_MESSAGES["rounding_derived"])
    return found


def unique(found: Sequence[Message]) -> tuple[Message, ...]:
    """Each message once, by its code and words."""
    if len(found) < 2:
        return tuple(found)
    seen: dict[object, Message] = {}
    for message in found:
        seen.setdefault((message.code, *(w.zh_TW for w in message.words.values())), message)
    return tuple(seen.values())


def vintage(day: date, held: Schedule, goods: Sequence[Examined]) -> tuple[Message, ...]:
    """One line on how old the schedule's rates are, where one was read and the law moved since."""
    edition = held.edition(day)
    moved = [d for d in edition.amended_since if d <= day]
    if not moved or not any(g.lines for g in goods):
        return ()
    return (_vintage(edition, moved[0]),)


@lru_cache(maxsize=64)
def _vintage(edition: Revision, moved: date) -> Message:
    figures = {
        "frontier": Figure(value=edition.frontier, unit="date", of="tariff_revision"),
        "amended": Figure(value=moved, unit="date", of="tariff_revision"),
    }
    return Message(code="schedule_vintage", figures=figures, words={"edition": edition.source.citation})
