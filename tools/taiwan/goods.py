"""Goods of a Taiwan quote set against the schedule: rates, levies, regulations, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tools.errors import NotInForce, OutOfScope
from tools.exact import as_decimal, as_fraction
from tools.law import LawStore, Localized
from tools.law.lists import Membership, membership
from tools.result import Figure, Message, Missing
from tools.taiwan.inputs import TaiwanGoods
from tools.taiwan.taxes import cite
from tools.tariff.codes import compact
from tools.tariff.notation import parse_rate_text
from tools.tariff.schedule import Schedule, TariffLine
from tools.text.format import percent

#: levy codes of the schedule that mean a tax this calculator does not compute
_OTHER_TAXES = {
    "T": Localized(**{"zh-TW": "貨物稅", "en": "commodity tax"}),
    "T*": Localized(**{"zh-TW": "貨物稅", "en": "commodity tax"}),
    "B": Localized(**{"zh-TW": "酒稅", "en": "alcohol tax"}),
    "B*": Localized(**{"zh-TW": "酒稅", "en": "alcohol tax"}),
    "C": Localized(**{"zh-TW": "菸稅及健康福利捐", "en": "tobacco tax and health surcharge"}),
    "G": Localized(**{"zh-TW": "特別防衛額外關稅", "en": "special safeguard duty"}),
}
#: every code of these lists is of goods the low-value exemption never reaches
_EXCLUDED_LISTS = ("alcohol_headings", "tobacco_headings", "quota_headings")
#: a number of this list is named by the quota chapter, often for a part of what it holds
_PERHAPS_EXCLUDED_LIST = "quota_goods_numbers"


@dataclass(frozen=True, slots=True)
class RateOption:
    """A rate that may apply, and the line or statement it was read from. `rate` None: not known."""

    rate: Fraction | None
    source: str
    line: TariffLine | None = None


@dataclass(slots=True)
class Examined:
    """One line of goods after the schedule was read.

    `excluded` tells whether the low-value exemption is closed to it: `NOT_HELD` where the code alone does not settle it.
    """

    goods: TaiwanGoods
    options: list[RateOption]
    schedule_rate: RateOption | None = None
    excluded: Membership = Membership.OUT
    missing: list[Missing] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    assumptions: list[Message] = field(default_factory=list)


def examine(store: LawStore, held: Schedule, goods: TaiwanGoods, as_of: date) -> Examined:
    """Set one line of goods against the schedule held on a day.

    Raises:
        NotFound: a code that is not held.
        NotInForce: no list of excluded goods is held for the day.
    """
    found = Examined(goods, [])
    codes = (goods.ccc_code,) if goods.ccc_code else goods.candidate_codes
    options = [_option(held, code, as_of, found) for code in codes]
    lines = [option.line for option in options if option.line]
    if goods.rate is not None:
        stated = as_fraction(goods.rate)
        found.options = [RateOption(stated, "input", lines[0] if lines else None)]
        if options and all(o.rate is not None and o.rate != stated for o in options):
            found.schedule_rate = options[0]
            found.warnings.append(_conflict(stated, options[0]))
    else:
        found.options = options or [RateOption(None, "not known")]
        if options and all(o.rate is None for o in options):
            found.missing.append(_missing("rate"))
    for line in lines:
        _levies(line, found)
    if len(lines) == 1 and lines[0].import_regulations:
        codes_text = ", ".join(lines[0].import_regulations)
        words = {"codes": Localized(**{"zh-TW": codes_text, "en": codes_text})}
        found.warnings.append(Message(code="import_regulations", words=words))
    _exclusion(store, as_of, codes, found)
    if not codes and goods.rate is None:
        found.missing.append(_missing("ccc_code"))
    return found


def _option(held: Schedule, code: str, as_of: date, found: Examined) -> RateOption:
    """The schedule's rate of a code; without a rate where none is held for the day or it is not ad valorem."""
    try:
        line = held.line(code, as_of)
    except NotInForce:
        day = {"day": Figure(value=as_of, unit="date", of="as_of")}
        found.warnings.append(Message(code="rate_not_held_then", figures=day))
        return RateOption(None, "not held")
    try:
        rate = parse_rate_text(line.rates["column_1"]).ratio
    except OutOfScope:
        words = {"rate": Localized.model_validate(line.rates["column_1"])}
        found.warnings.append(Message(code="rate_not_computed", words=words))
        return RateOption(None, "unreadable", line)
    return RateOption(rate, f"{cite(held.revision.source)} {line.display_code}", line)


def _conflict(stated: Fraction, option: RateOption) -> Message:
    assert option.rate is not None and option.line is not None
    return Message(
        code="rate_conflict",
        figures={
            "stated": Figure(value=as_decimal(stated), unit="ratio", of="duty_rate"),
            "held": Figure(value=as_decimal(option.rate), unit="ratio", of="schedule_rate"),
        },
        words={
            "name": option.line.name,
            "code": Localized.model_validate(option.line.display_code),
        },
    )


def _levies(line: TariffLine, found: Examined) -> None:
    for levy in line.levies:
        if levy in _OTHER_TAXES:
            words = {"tax": _OTHER_TAXES[levy], "name": line.name}
            fact = "tax_not_computed"
            if all(m.fact != fact for m in found.missing):
                found.missing.append(
                    Missing(
                        fact=fact,
                        why=Message(code="why_tax_not_computed", words=words),
                        effect=Message(code="effect_tax_not_computed", words=words),
                    )
                )


def _exclusion(store: LawStore, as_of: date, codes: tuple[str, ...], found: Examined) -> None:
    """Whether the exemption is closed to the goods: for certain, not at all, or not settled by the code."""
    if not codes:
        found.assumptions.append(Message(code="assumed_ordinary_goods"))
        return
    certain = [any(_listed(store, name, code, as_of) for name in _EXCLUDED_LISTS) for code in codes]
    perhaps = any(_listed(store, _PERHAPS_EXCLUDED_LIST, code, as_of) for code in codes)
    if all(certain):
        found.excluded = Membership.IN
    elif any(certain) or perhaps:
        found.excluded = Membership.NOT_HELD
    if perhaps:
        found.warnings.append(Message(code="quota_goods_perhaps"))


def _listed(store: LawStore, name: str, code: str, as_of: date) -> bool:
    return membership(store, f"tw.excluded_lists.{name}", compact(code), as_of)[0] is Membership.IN


def _missing(fact: str) -> Missing:
    return Missing(fact=fact, why=Message(code=f"why_{fact}"), effect=Message(code=f"effect_{fact}"))


def rate_words(option: RateOption) -> Message:
    """How an alternative by rate is named."""
    assert option.line is not None
    words = {"name": option.line.name, "code": Localized.model_validate(option.line.display_code)}
    if option.rate is None:
        return Message(code="case_rate_not_computed", words=words)
    rate = as_decimal(option.rate)
    return Message(
        code="case_schedule_rate",
        figures={"rate": Figure(value=rate, unit="ratio", of="schedule_rate")},
        words=words | {"percent": Localized.model_validate(percent(rate))},
    )
