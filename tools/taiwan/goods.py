"""Goods of a Taiwan quote set against the schedule: rates, levies, regulations, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tools.errors import NotInForce, OutOfScope
from tools.law import LawStore, Localized
from tools.law.lists import Membership, membership
from tools.result import Figure, Message, Missing
from tools.taiwan.inputs import TaiwanGoods
from tools.taiwan.taxes import cite
from tools.tariff.codes import CccCode
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
_EXCLUDED_LISTS = ("alcohol_headings", "tobacco_headings", "quota_headings")


@dataclass(frozen=True, slots=True)
class RateOption:
    """A rate that may apply, and the line or statement it was read from. `rate` None: not known."""

    rate: Decimal | None
    source: str
    line: TariffLine | None = None


@dataclass(slots=True)
class Examined:
    """One line of goods after the schedule was read."""

    goods: TaiwanGoods
    options: list[RateOption]
    schedule_rate: RateOption | None = None
    excluded: bool = False
    missing: list[Missing] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    assumptions: list[Message] = field(default_factory=list)


def examine(store: LawStore, held: Schedule, goods: TaiwanGoods, as_of: date) -> Examined:
    """Set one line of goods against the schedule held on a day.

    Raises:
        InputError, NotFound: a code that is no CCC code, or none that is held.
    """
    found = Examined(goods, [])
    codes = (goods.ccc_code,) if goods.ccc_code else goods.candidate_codes
    lines = [line for code in codes if (line := _line(held, code, as_of, found))]
    options = [_option(held, line, found) for line in lines]
    if goods.rate is not None:
        found.options = [RateOption(goods.rate, "input", lines[0] if lines else None)]
        if options and all(o.rate is not None and o.rate != goods.rate for o in options):
            found.schedule_rate = options[0]
            found.warnings.append(_conflict(goods.rate, options[0]))
    else:
        found.options = options or [RateOption(None, "not known")]
    for line in lines:
        _levies(line, found)
    if len(lines) == 1 and lines[0].import_regulations:
        codes_text = ", ".join(lines[0].import_regulations)
        words = {"codes": Localized(**{"zh-TW": codes_text, "en": codes_text})}
        found.warnings.append(Message(code="import_regulations", words=words))
    _exclusion(store, as_of, codes, found)
    if not codes and goods.rate is None:
        found.missing.append(_missing("ccc_code", "why_ccc_code", "effect_ccc_code"))
    return found


def _line(held: Schedule, code: str, as_of: date, found: Examined) -> TariffLine | None:
    CccCode.parse(code)
    try:
        return held.line(code, as_of)
    except NotInForce:
        day = {"day": Figure(value=as_of, unit="date", of="as_of")}
        found.warnings.append(Message(code="rate_not_held_then", figures=day))
        return None


def _option(held: Schedule, line: TariffLine, found: Examined) -> RateOption:
    try:
        rate = parse_rate_text(line.rates["column_1"]).decimal
    except OutOfScope:
        found.warnings.append(
            Message(code="rate_not_computed", words={"rate": Localized.model_validate(line.rates["column_1"])})
        )
        return RateOption(None, "unreadable", line)
    return RateOption(rate, f"{cite(held.revision.source)} {line.display_code}", line)


def _conflict(stated: Decimal, option: RateOption) -> Message:
    assert option.rate is not None and option.line is not None
    return Message(
        code="rate_conflict",
        figures={
            "stated": Figure(value=stated, unit="ratio", of="duty_rate"),
            "held": Figure(value=option.rate, unit="ratio", of="schedule_rate"),
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
    if not codes:
        found.assumptions.append(Message(code="assumed_ordinary_goods"))
        return
    for code in codes:
        digits = CccCode.parse(code).digits
        for name in _EXCLUDED_LISTS:
            if membership(store, f"tw.excluded_lists.{name}", digits, as_of)[0] is Membership.IN:
                found.excluded = True


def _missing(fact: str, why: str, effect: str, **figures: Figure) -> Missing:
    return Missing(
        fact=fact, why=Message(code=why, figures=figures), effect=Message(code=effect, figures=figures)
    )


def rate_words(option: RateOption) -> Message:
    """How an alternative by rate is named."""
    assert option.rate is not None and option.line is not None
    return Message(
        code="case_schedule_rate",
        figures={"rate": Figure(value=option.rate, unit="ratio", of="schedule_rate")},
        words={
            "name": option.line.name,
            "code": Localized.model_validate(option.line.display_code),
            "percent": Localized.model_validate(percent(option.rate)),
        },
    )
