"""Which rate column a line of goods may use, and what duty that comes to.

Column 1 is for members of the WTO and reciprocal partners, column 2 for the origins it names and only with proof of
origin, column 3 for all others; where 1 and 2 both apply the lower counts (Customs Import Tariff, general rules 2 and 6).
Preferences are dated values of the law (`tw.preferences`), whatever the schedule still prints.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from tools.errors import OutOfScope
from tools.exact import Exact, as_decimal, part_of
from tools.law import Localized
from tools.result import Figure, Message
from tools.taiwan.goods_input import TaiwanGoods
from tools.taiwan.law import TaiwanLaw
from tools.tariff.notation import Rate, parse_cell, parse_rate
from tools.tariff.schedule import TariffLine
from tools.text.format import percent
from tools.text.places import name_of

Column = Literal["column_1", "column_2", "column_3"]
#: quantities by unit of the schedule
Quantities = dict[str, Decimal | Fraction]
UNSETTLED = "tw.preferences.column_1_unsettled"
THIRD = "tw.preferences.column_3"
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One way the duty of a line may be computed.

    Args:
        text: the rate as it is shown.
        ratio: the whole rate where it is a percentage of value, else None.
        rate: the rate read whole, where it is not a plain percentage.
        source: where it was read; empty where the user stated it.
        line: the tariff line it stands on.
        column: its column.
        share: what a provisional cut leaves of it.
        law: parameters that decided besides, as the receipt records them.
        lower: a second rate that applies too; the lower duty counts.
    """

    text: str
    ratio: Fraction | None = None
    rate: Rate | None = None
    source: str = ""
    line: TariffLine | None = None
    column: Column | None = None
    share: Fraction = Fraction(1)
    law: tuple[str, ...] = ()
    lower: DutyRule | None = None

    @property
    def known(self) -> bool:
        """Whether the rate was read."""
        return self.ratio is not None or self.rate is not None

    @property
    def needs(self) -> tuple[str, ...]:
        """Quantities it is computed from beside the value."""
        own = self.rate.needs if self.rate is not None and self.ratio is None else ()
        return own + (self.lower.needs if self.lower else ())

    def amount(self, value: Decimal, quantities: Quantities) -> Exact:
        """The exact duty on a customs value."""
        own: Exact
        if self.ratio is not None:
            own = part_of(int(value), self.ratio)
        else:
            assert self.rate is not None
            own = self.rate.evaluate(value, quantities).amount
        if self.share != 1:
            own *= self.share
        return min(own, self.lower.amount(value, quantities)) if self.lower else own

    def least(self, value: Decimal, quantities: Quantities) -> Exact:
        """What is owed at the least where a quantity is not known."""
        if self.ratio is not None and self.lower is None:
            return self.amount(value, quantities)
        if not self.known:
            return 0
        nothing: Quantities = dict.fromkeys(self.needs, Decimal(0))
        return self.amount(value, nothing | quantities)

    def counts(self, value: Decimal, quantities: Quantities) -> DutyRule:
        """The rule that decides: the lower duty, where two apply."""
        if self.lower is None:
            return self
        mine = replace(self, lower=None)
        return mine if mine.amount(value, quantities) <= self.lower.amount(value, quantities) else self.lower

    @property
    def shown(self) -> str:
        """The rate in a formula or in words."""
        cut = f" × {percent(as_decimal(self.share))}" if self.share != 1 else ""
        return f"{self.text}{cut}"

    @property
    def key(self) -> tuple[object, ...]:
        """Rules with the same key owe the same."""
        return (self.ratio, self.text if self.ratio is None else "", self.share, self.lower.key if self.lower else None)


def stated(ratio: Fraction, text: str) -> DutyRule:
    """A rate the user gave."""
    return DutyRule(text=text, ratio=ratio)


def _read(cell: str, line: TariffLine, column: Column, source: str) -> DutyRule:
    """A cell of one rate; unknown where it cannot be read."""
    try:
        rate = parse_rate(cell, "tw")
    except OutOfScope:
        return DutyRule(text=cell, source=source, line=line, column=column)
    return DutyRule(cell, rate.ad_valorem, rate, source, line, column)


@dataclass(frozen=True, slots=True)
class Columns:
    """The rules that may apply to a line, and what is to be said about them."""

    rules: tuple[DutyRule, ...]
    warnings: tuple[Message, ...] = ()
    open_fact: str | None = None


def columns(law: TaiwanLaw, line: TariffLine, goods: TaiwanGoods, source: str) -> Columns:
    """The duty rules of a line for an origin, worked out once for a day.

    Args:
        source: how the schedule and line are cited.
    """
    key = (id(line), goods.country_of_origin, goods.preference_proof)
    known = law.memo.get(key)
    if known is not None and known[0] is line:
        return cast("Columns", known[1])
    found = _columns(law, line, goods, source)
    law.keep(key, (line, found))
    return found


def _columns(law: TaiwanLaw, line: TariffLine, goods: TaiwanGoods, source: str) -> Columns:
    first = _read(line.rates["column_1"], line, "column_1", source)
    origin = goods.country_of_origin
    if origin is None:
        return Columns((first,))
    preferred = _preferred(law, line, origin, source)
    if goods.preference_proof:
        granted, warning = preferred
        if granted is not None:
            outside = law.listed(UNSETTLED, origin) or law.listed(THIRD, origin)
            chosen = granted if outside else lower_of(first, granted)
            return Columns((chosen,))
        if warning is not None and warning.code == "ldc_list_not_held":
            second = _group(line, "LDCs", source)
            both = (lower_of(first, second), first) if second else (first,)
            return Columns(both, (warning,), "ldc_origin")
        more = () if warning is None else (warning,)
        return replace(_by_standing(law, line, first, origin, source), warnings=more)
    found = _by_standing(law, line, first, origin, source)
    granted, _ = preferred
    if granted is not None and granted.key != first.key:
        named = {"zh-TW": name_of(origin, "zh-TW"), "en": name_of(origin, "en")}
        words = {"origin": Localized.model_validate(named), "rate": Localized.model_validate(granted.text)}
        return replace(found, warnings=(*found.warnings, Message(code="preference_with_proof", words=words)))
    return found


def _by_standing(law: TaiwanLaw, line: TariffLine, first: DutyRule, origin: str, source: str) -> Columns:
    """Column 1 or 3 by the origin's standing, or both where that is not settled."""
    third = _read(line.rates["column_3"], line, "column_3", source)
    if law.listed(THIRD, origin):
        words = {"origin": Localized.model_validate(origin)}
        return Columns((replace(third, law=(THIRD,)),), (Message(code="column_3_used", words=words),))
    if law.listed(UNSETTLED, origin) is not True:
        return Columns((first,))
    if third.key == first.key:
        return Columns((first,))
    words = {"origin": Localized.model_validate(origin)}
    rules = (replace(first, law=(UNSETTLED,)), replace(third, law=(UNSETTLED,)))
    return Columns(rules, (Message(code="column_unsettled", words=words),), "country_of_origin")


def _preferred(law: TaiwanLaw, line: TariffLine, origin: str, source: str) -> tuple[DutyRule | None, Message | None]:
    """The column 2 rule of an origin, or why there is none."""
    words = {"origin": Localized.model_validate(origin)}
    name = f"tw.preferences.{origin.lower()}"
    rule = _group(line, origin, source)
    known = name in law.store.topic("tw.preferences")
    granted = law.held(name) if known else None
    if known and granted is not None and granted.value is False:
        figures = {"checked": Figure(value=granted.frontier, unit="date", of=name)}
        return None, Message(code="preference_not_granted", words=words, figures=figures)
    if rule is not None and granted is not None:
        return replace(rule, law=(name,)), None
    if known and granted is None:
        return None, Message(code="preference_not_held_then", words=words)
    if _group(line, "LDCs", source) is not None:
        return None, Message(code="ldc_list_not_held", words=words)
    return None, Message(code="no_preference_for_origin", words=words)


def _group(line: TariffLine, code: str, source: str) -> DutyRule | None:
    """The rate of column 2 for an origin code; None where the cell does not name it."""
    try:
        found = parse_cell(line.rates.get("column_2", ""), "tw").for_code(code)
    except OutOfScope:
        return None
    if found is None or found.rate is None:
        return None
    return DutyRule(found.text, found.rate.ad_valorem, found.rate, source, line, "column_2")


def lower_of(first: DutyRule, second: DutyRule) -> DutyRule:
    """Both apply: the lower counts, decided here where both are percentages, else on the goods."""
    if first.ratio is not None and second.ratio is not None:
        return second if second.ratio <= first.ratio else first
    if second.ratio == _ZERO:
        return second
    return replace(second, lower=first) if first.known else second
