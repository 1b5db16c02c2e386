"""Goods of a Taiwan quote set against the schedule: duty, internal taxes, exclusions, controls, and what stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import cast

from tools.errors import NotFound, NotInForce
from tools.exact import as_decimal, as_fraction
from tools.law import Localized
from tools.law.code_lists import Membership
from tools.result import Figure, Message, Missing
from tools.taiwan import alcohol_tobacco, controls
from tools.taiwan.choices import Choice, Dimension, Options, missing
from tools.taiwan.columns import DutyRule, Quantities, columns, stated
from tools.taiwan.commodity_tax import commodity_tax
from tools.taiwan.inputs import Route, TaiwanGoods
from tools.taiwan.law import TaiwanLaw, cite
from tools.taiwan.luxury_tax import Luxury, luxury
from tools.taiwan.special_rates import in_season, out_of_season, provisional, quota_rules
from tools.tariff.codes import compact, dotted
from tools.tariff.schedule import Schedule, TariffLine
from tools.text.format import percent

#: every code of these lists is of goods the low-value exemption never reaches
_EXCLUDED = tuple(f"tw.excluded_lists.{n}" for n in ("alcohol_headings", "tobacco_headings", "quota_headings"))
_ALCOHOL_TOBACCO = _EXCLUDED[:2]
#: a number of this list is named by the quota chapter, often for a part of what it holds
_PERHAPS = "tw.excluded_lists.quota_goods_numbers"
_PRICES = frozenset({"price", "unit_price"})


@dataclass(frozen=True, slots=True)
class LineCase:
    """One possibility of a line: its duty, its internal taxes, and how it is named beside the others."""

    duty: DutyRule
    excises: tuple[Choice, ...]
    names: tuple[Message, ...] = ()


@dataclass(slots=True)
class Examined:
    """One line of goods after the schedule was read.

    `excluded` tells whether the low-value exemption is closed to it: `NOT_HELD` where the code alone does not settle it.
    `tariff_only` lines never take a flat rate for another reason than a tariff quota. `in_other_months`: the number given is
    that of other months of import.
    """

    goods: TaiwanGoods
    duties: list[DutyRule] = field(default_factory=list)
    taxes: list[Options] = field(default_factory=list)
    schedule_rule: DutyRule | None = None
    excluded: Membership = Membership.OUT
    alcohol: bool = False
    tobacco: bool = False
    untaxed_staple: bool = False
    luxury: Luxury | None = None
    stops: list[Message] = field(default_factory=list)
    missing: list[tuple[Missing, Dimension]] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    assumptions: list[Message] = field(default_factory=list)
    lines: tuple[TariffLine, ...] = ()
    in_other_months: bool = False
    _cases: list[LineCase] = field(default_factory=list)

    @property
    def tariff_only(self) -> bool:
        return self.alcohol or self.tobacco

    @property
    def may_be_quota(self) -> bool:
        """Whether the goods are under a tariff quota, or may be."""
        return self.excluded is not Membership.OUT and not self.tariff_only

    def cases(self) -> list[LineCase]:
        """Every possibility of the line, those that owe the same once."""
        if not self._cases:
            self._cases = self._possibilities()
        return self._cases

    def _possibilities(self) -> list[LineCase]:
        found = [LineCase(duty, ()) for duty in distinct(self.duties)]
        several = len(found) > 1 or self.in_other_months
        found = [replace(c, names=(rate_words(c.duty),)) if several and c.duty.line else c for c in found]
        for options in self.taxes:
            found = [
                LineCase(c.duty, (*c.excises, choice), (*c.names, *([choice.name] if choice.name else ())))
                for c in found
                for choice in options.choices
            ]
        return found


def examine(law: TaiwanLaw, held: Schedule, goods: TaiwanGoods, route: Route) -> Examined:
    """Set one line of goods against the schedule held on a day; goods that differ only in price are read once.

    Raises:
        NotFound: a code that is not held.
        NotInForce: no list of excluded goods, or no rate of a tax the goods owe, is held for the day.
        InputError: facts of the goods that contradict each other.
    """
    key = (id(held), route, *_but_price(goods))
    known = law.memo.get(key)
    if known is None or known[0] is not held:
        examined = _examine(law, held, goods, route)
        examined.cases()
        law.keep(key, (held, examined))
        return examined
    return replace(cast("Examined", known[1]), goods=goods)


def _but_price(goods: TaiwanGoods) -> Iterator[object]:
    """What is known of the goods, spelling and all, but for the price that nothing here depends on."""
    values = goods.__dict__
    for name in sorted(goods.model_fields_set):
        if name not in _PRICES and not (name == "description" and (goods.ccc_code or goods.candidate_codes)):
            yield name
            yield str(values[name])


def _examine(law: TaiwanLaw, held: Schedule, goods: TaiwanGoods, route: Route) -> Examined:
    found = Examined(goods)
    codes = _of_the_month(law, found)
    lines = [_line(held, code, law, found) for code in codes]
    found.lines = tuple(line for line in lines if line is not None)
    _duties(law, held, found, lines)
    digits = tuple(compact(code) for code in codes)
    _exclusion(law, digits, found)
    _taxes(law, digits, found)
    found.stops = controls.hard_stops(law, goods, digits, found.lines, route)
    found.warnings += controls.regulations(law, found.lines, goods.country_of_origin)
    found.warnings += controls.self_use_limits(law, goods, alcohol=found.alcohol, tobacco=found.tobacco)
    found.luxury = luxury(law, goods, digits, found.lines)
    if found.luxury is not None:
        found.assumptions += found.luxury.assumptions
    return found


def _of_the_month(law: TaiwanLaw, found: Examined) -> tuple[str, ...]:
    """The codes between which it is open, without those that another month of import would ask for."""
    codes = found.goods.codes
    if len(codes) < 2:
        return codes
    kept = tuple(code for code in codes if not out_of_season(law, compact(code)))
    if not kept or len(kept) == len(codes):
        return codes
    day = {"day": Figure(value=law.day, unit="date", of="as_of")}
    found.assumptions.append(
        Message(
            code="number_of_the_month", figures=day, words={"code": Localized.model_validate(dotted(compact(kept[0])))}
        )
    )
    return kept


def _line(held: Schedule, code: str, law: TaiwanLaw, found: Examined) -> TariffLine | None:
    """The tariff line of a code on the day; None where none is held for it."""
    try:
        return held.line(code, law.day)
    except NotInForce:
        day = {"day": Figure(value=law.day, unit="date", of="as_of")}
        found.warnings.append(Message(code="rate_not_held_then", figures=day))
    except NotFound as unknown:
        if found.goods.rate is None:
            raise NotFound("ccc_code", unknown.name, unknown.neighbours) from unknown
        words = {"code": Localized.model_validate(code)}
        found.warnings.append(Message(code="code_not_held", words=words))
    return None


def _duties(law: TaiwanLaw, held: Schedule, found: Examined, lines: Sequence[TariffLine | None]) -> None:
    goods = found.goods
    rules = [rule for line in lines for rule in _rules_of(law, held, line, found)]
    if goods.rate is not None:
        ratio = as_fraction(goods.rate)
        line = found.lines[0] if found.lines else None
        found.duties = [replace(stated(ratio, percent(as_decimal(ratio))), line=line)]
        readable = [r for r in rules if r.known]
        if readable and all(r.ratio != ratio for r in rules):
            found.schedule_rule = readable[0]
            found.warnings.append(_conflict(ratio, readable[0]))
        found.missing = [m for m in found.missing if m[1] != "duty"]
        return
    found.duties = rules or [DutyRule(text="")]
    for rule in rules:
        for need in rule.needs:
            if (fact := _fact(need, goods)) and all(m.fact != fact for m, _ in found.missing):
                words = {"rate": Localized.model_validate(rule.text)}
                found.missing.append(
                    (
                        Missing(
                            fact=fact,
                            why=Message(code="why_specific_quantity", words=words),
                            effect=Message(code="effect_specific_quantity", words=words),
                        ),
                        "duty",
                    )
                )
    if goods.codes and all(not r.known for r in found.duties):
        found.missing.append((missing("rate"), "duty"))
    elif len({r.key for r in found.duties}) > 1 and not found.missing:
        found.missing.append((missing("ccc_code", why="why_candidates", effect="effect_candidates"), "duty"))
    if not goods.codes:
        found.missing.append((missing("ccc_code"), "duty"))


def _rules_of(law: TaiwanLaw, held: Schedule, line: TariffLine | None, found: Examined) -> list[DutyRule]:
    """The duty rules of one code: columns, season, quota and temporary cuts."""
    if line is None:
        return [DutyRule(text="")]
    goods, source = found.goods, f"{cite(held.revision_of(line).source)} {line.display_code}"
    chosen = columns(law, line, goods, source)
    found.warnings += chosen.warnings
    if chosen.open_fact:
        found.missing.append((missing(chosen.open_fact), "duty"))
    for rule in chosen.rules:
        if not rule.known:
            words = {"rate": Localized.model_validate(rule.text)}
            found.warnings.append(Message(code="rate_not_computed", words=words))
    rules = list(chosen.rules)
    season = in_season(law, held, line, goods)
    if season is not None:
        other, told = season
        found.warnings.append(told)
        found.in_other_months = True
        found.missing.append((missing("ccc_code", why="why_season", effect="effect_season"), "duty"))
        rules = [other] if other is not None else [replace(rules[0], ratio=None, rate=None)]
    quota = quota_rules(law, held, line, goods, rules[0])
    if quota is not None:
        rules, fact, message = quota
        if message is not None:
            found.warnings.append(message)
        if fact is not None:
            found.missing.append((missing(fact), "duty"))
    cut = provisional(law, line, rules)
    found.warnings += cut.warnings
    found.untaxed_staple = found.untaxed_staple or cut.free_of_business_tax
    if cut.open_fact:
        found.missing.append((missing(cut.open_fact), "duty"))
    return cut.rules


def _fact(need: str, goods: TaiwanGoods) -> str | None:
    """The input a quantity of a rate comes from, where it was not given."""
    given = quantities(goods)
    if need in given:
        return None
    return {"KGM": "net_weight_kg", "LTR": "volume_litres"}.get(need, "quantity")


def quantities(goods: TaiwanGoods) -> Quantities:
    """Quantities of a line by unit of the schedule."""
    found: Quantities = {}
    if goods.net_weight_kg is not None:
        found["KGM"] = goods.net_weight_kg
    if goods.volume_litres is not None:
        found["LTR"] = goods.volume_litres
    if goods.quantity is not None:
        found |= dict.fromkeys(("PCE", "SET", "MTR"), goods.quantity)
    return found


def _conflict(ratio: Fraction, rule: DutyRule) -> Message:
    assert rule.line is not None
    held = as_decimal(rule.ratio) if rule.ratio is not None else None
    figures = {"stated": Figure(value=as_decimal(ratio), unit="ratio", of="duty_rate")}
    words = {"name": rule.line.name, "code": Localized.model_validate(rule.line.display_code)}
    if held is None:
        return Message(
            code="rate_conflict_text", figures=figures, words=words | {"held": Localized.model_validate(rule.text)}
        )
    figures["held"] = Figure(value=held, unit="ratio", of="schedule_rate")
    return Message(code="rate_conflict", figures=figures, words=words)


def _taxes(law: TaiwanLaw, digits: tuple[str, ...], found: Examined) -> None:
    """Internal taxes of the line; of several candidate codes, those of the first that owes any."""
    goods = found.goods
    levies = [line.levies for line in found.lines] or [()]
    owing = next((i for i, each in enumerate(levies) if each), 0)
    number = digits[owing] if digits else None
    for dimension, tax in (
        ("commodity_tax", commodity_tax),
        ("alcohol_tax", alcohol_tobacco.alcohol_tax),
        ("tobacco_tax", alcohol_tobacco.tobacco_tax),
    ):
        options = tax(law, goods, number, levies[owing])
        found.warnings += options.warnings
        found.assumptions += options.assumptions
        found.missing += [(m, dimension) for m in options.missing]  # type: ignore[misc]
        if options.choices != [Choice()]:
            found.taxes.append(options)
            owed = any(c.excises for c in options.choices)
            found.alcohol = found.alcohol or (dimension == "alcohol_tax" and owed)
            found.tobacco = found.tobacco or (dimension == "tobacco_tax" and owed)
    if "G" in levies[owing]:
        found.warnings.append(Message(code="special_safeguard_possible"))
    if (found.alcohol or found.tobacco) and found.excluded is not Membership.IN:
        found.excluded = Membership.IN


def _exclusion(law: TaiwanLaw, digits: tuple[str, ...], found: Examined) -> None:
    """Whether the exemption is closed to the goods: for certain, not at all, or not settled by the code."""
    law.value(_PERHAPS)
    if not digits:
        if found.goods.alcohol_class is None and found.goods.sticks is None:
            found.assumptions.append(law.message("assumed_ordinary_goods"))
        return
    lists = [n for n in _EXCLUDED if not (n in _ALCOHOL_TOBACCO and alcohol_tobacco.is_weak(law, found.goods))]
    certain = [any(law.listed(name, code) for name in lists) for code in digits]
    perhaps = any(law.listed(_PERHAPS, code) for code in digits)
    if all(certain):
        found.excluded = Membership.IN
    elif any(certain) or perhaps:
        found.excluded = Membership.NOT_HELD
    if perhaps:
        found.warnings.append(Message(code="quota_goods_perhaps"))


def distinct(rules: Sequence[DutyRule]) -> list[DutyRule]:
    """Rules that differ in what they owe: two codes at the same rate owe the same."""
    seen: dict[object, DutyRule] = {}
    for rule in rules:
        seen.setdefault(rule.key if rule.known else None, rule)
    return list(seen.values())


def rate_words(rule: DutyRule) -> Message:
    """How an alternative by rate is named."""
    assert rule.line is not None
    words = {"name": rule.line.name, "code": Localized.model_validate(rule.line.display_code)}
    if not rule.known:
        return Message(code="case_rate_not_computed", words=words)
    words["percent"] = Localized.model_validate(rule.shown)
    if rule.ratio is None:
        return Message(code="case_schedule_rate", words=words)
    rate = as_decimal(rule.ratio * rule.share)
    figures = {"rate": Figure(value=rate, unit="ratio", of="schedule_rate")}
    return Message(code="case_schedule_rate", figures=figures, words=words)
