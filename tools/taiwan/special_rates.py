"""Rates that another rule than the column decides: numbers by season, the tariff-quota chapter, temporary cuts.

Sources: 海關進口稅則總則四 and the names of its numbers; 關稅法第 71 條 (Customs Import Tariff, general rule 4; Customs
Act art. 71 on provisional rates), as the parameters carry them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tools.law import Localized
from tools.result import Figure, Message
from tools.taiwan.columns import DutyRule, columns
from tools.taiwan.goods_input import TaiwanGoods
from tools.taiwan.law import TaiwanLaw, cite
from tools.tariff.codes import compact
from tools.tariff.schedule import Schedule, TariffLine
from tools.text.normalise import normalise

SEASONS = "tw.duty.seasonal_numbers"
_QUOTA = "tw.excluded_lists.quota_headings"
_CUTS = "tw.provisional_rates"
#: the ordinary number a line of the quota chapter names: 第０５０７‧９０‧２０‧００號
_NAMED = re.compile(r"第\s*([0-9][0-9.‧·．\s]*)\s*號")


def in_season(
    law: TaiwanLaw, held: Schedule, line: TariffLine, goods: TaiwanGoods
) -> tuple[DutyRule | None, Message] | None:
    """Nothing where the number may be used in the month; else the rule of the number of that month, where held."""
    other = out_of_season(law, line.code)
    if other is None:
        return None
    found = _line_under(held, other, law)
    right = Localized.model_validate(found.display_code if found else other)
    words = {"code": Localized.model_validate(line.display_code), "right": right}
    day = {"day": Figure(value=law.day, unit="date", of="as_of")}
    message = Message(code="out_of_season", figures=day, words=words)
    if found is None:
        return None, message
    cited = f"{cite(held.revision_of(line).source)} {found.display_code}"
    return columns(law, found, goods, cited).rules[0], message


def out_of_season(law: TaiwanLaw, digits: str) -> str | None:
    """The number of the day's month, where a code is that of other months; None where it may be used."""
    value = law.held(SEASONS)
    entries = value.value if value is not None and isinstance(value.value, tuple) else ()
    for prefix, months, other in (entry.split(":") for entry in entries):
        if digits.startswith(prefix) and not _within(law.day.month, months):
            return other
    return None


def _line_under(held: Schedule, digits: str, law: TaiwanLaw) -> TariffLine | None:
    """The first line with rates under a number."""
    return next((x for x in held.below(digits, law.day, most=40) if x.rates), None)


def _within(month: int, months: str) -> bool:
    first, last = (int(m) for m in months.split("-"))
    return first <= month <= last if first <= last else month >= first or month <= last


def quota_rules(
    law: TaiwanLaw, held: Schedule, line: TariffLine, goods: TaiwanGoods, rule: DutyRule
) -> tuple[list[DutyRule], str | None, Message | None] | None:
    """The rules of a number of the quota chapter: its own with a certificate, else also that of the ordinary number."""
    if not law.listed(_QUOTA, line.code):
        if goods.quota_certificate:
            return [rule], None, Message(code="quota_certificate_elsewhere")
        return None
    if goods.quota_certificate:
        return [rule], None, None
    ordinary = _ordinary(held, line, law)
    if ordinary is None:
        return [rule, DutyRule(text="", line=line)], "quota_certificate", None
    source = f"{cite(held.revision_of(line).source)} {ordinary.display_code}"
    return [rule, columns(law, ordinary, goods, source).rules[0]], "quota_certificate", None


def _ordinary(held: Schedule, line: TariffLine, law: TaiwanLaw) -> TariffLine | None:
    """The line outside the quota, by the number that the name of the quota line gives."""
    named = _NAMED.search(normalise(line.name.zh_TW).text)
    if named is None:
        return None
    digits = compact(named[1]).replace("‧", "").replace("·", "").replace("．", "")
    return _line_under(held, digits, law)


@dataclass(frozen=True, slots=True)
class Cut:
    """The duty rules of a line after temporary cuts."""

    rules: list[DutyRule]
    free_of_business_tax: bool = False
    open_fact: str | None = None
    warnings: tuple[Message, ...] = ()


def provisional(law: TaiwanLaw, line: TariffLine, rules: Sequence[DutyRule]) -> Cut:
    """Temporary cuts of the day; after their known end a warning only."""
    name = next((n for n in ("wheat", "butter", "frozen_beef") if law.listed(f"{_CUTS}.{n}_numbers", line.code)), None)
    perhaps = law.listed(f"{_CUTS}.milk_powder_numbers", line.code) is True
    staple = law.listed(f"{_CUTS}.staples_numbers", line.code) is True
    if name is None and not perhaps and not staple:
        return Cut(list(rules))
    free = staple and law.held(f"{_CUTS}.staples_business_tax") is not None
    parameter = f"{_CUTS}.{name or 'milk_powder'}" if name or perhaps else f"{_CUTS}.staples_business_tax"
    value = law.held(parameter)
    if value is None:
        return Cut(list(rules), free, None, (Message(code="provisional_rate_unknown"),))
    if not (name or perhaps):
        return Cut(list(rules), free)
    share = Fraction(value.number)
    cut = [replace(rule, share=share, law=(*rule.law, parameter)) if rule.known else rule for rule in rules]
    if perhaps:
        return Cut([*cut, *rules], free, "baking_use", (Message(code="provisional_rate_applied"),))
    return Cut(cut, free, None, (Message(code="provisional_rate_applied"),))
