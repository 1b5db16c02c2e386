"""Limits the law writes in US dollars: on a postal parcel, on a private importer, on what one traveller brings.

A postal parcel over its FOB value is declared, a private importer over it needs a permit, and the taxable goods of a
traveller end at a cap. The dollar is taken at the customs rate of the day, or at the one stated. Where neither is held the
limit is still told apart by amounts so far from it that no likely rate could decide; between them it is open and the rate is
asked for. A limit that is not held for the day is not spoken of.
Sources: 郵包物品進出口通關辦法第 6 條; 貨品輸入管理辦法第 9 條; 入境旅客攜帶行李物品報驗稅放辦法第 5, 14, 17 條.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.exact import Exact, exact
from tools.result import Figure, Message, Missing
from tools.taiwan import traveller
from tools.taiwan.cases import Consignment, Settled
from tools.taiwan.choices import missing
from tools.taiwan.exchange import ExchangeRates, exchange_rates
from tools.taiwan.inputs import FREIGHT_INCLUDED

POST, PERSON, TRAVELLER = (
    "tw.post.declaration_limit_usd", "tw.import_controls.licence_free_value_usd", "tw.traveller.taxable_cap_usd",
)  # fmt: skip
#: a rate beyond this many times the nearest one held, either way, is not thought of
_FAR = 2


class Dollars:
    """TWD per US dollar on the day of a consignment: known, or only within bounds."""

    def __init__(self, of: Consignment, day: date, rates: ExchangeRates | None) -> None:
        self.of, self._day, self._rates = of, day, rates or exchange_rates()

    @property
    def rate(self) -> Exact | None:
        """TWD per dollar: stated, or the customs rate of the day."""
        given = self.of.given
        stated = given.exchange_rate if given.currency == "USD" else given.usd_exchange_rate
        if stated is not None:
            return exact(stated)
        found = self._rates.rate("USD", self._day)
        return None if found is None else exact(found.sell)

    def over(self, name: str, value: Exact) -> bool | None:
        """Whether an amount of TWD is over a limit in dollars; None where the rate decides and is not held."""
        law = self.of.law
        if law.held(name) is None:
            return False
        limit = law.exact(name) * law.once("the dollar's size", lambda: _size(law.day))
        if value * _FAR <= limit:
            return False
        rate = self.rate
        if rate is not None:
            return value > law.exact(name) * rate
        return True if value > limit * _FAR else None

    def fob_over(self, name: str) -> bool | None:
        """Whether the FOB value is over a limit; goods priced in dollars need no rate."""
        given, price = self.of.given, sum(self.of.basis.prices)
        if given.currency == "USD" and self.of.law.held(name) is not None:
            over: bool | None = price > self.of.law.exact(name)
        else:
            over = self.over(name, price * self.of.twd_per_unit)
        return None if over and given.incoterm in FREIGHT_INCLUDED else over

    def limit_twd(self, name: str) -> Decimal:
        """A limit in whole TWD at the rate known."""
        assert self.rate is not None
        return Decimal(int(self.of.law.exact(name) * self.rate))


def _size(day: date) -> Exact:
    """The dollar's rate nearest to a day, as a measure of size."""
    return exact(exchange_rates().nearest("USD", day))


def told(dollars: Dollars, over: bool | None, name: str, code: str) -> list[Message]:
    """What is said of a limit that is exceeded (`code`), or that a rate not held would decide (`code_open`)."""
    if over is False:
        return []
    figures = {"limit": Figure(value=dollars.of.law.number(name), unit="USD", of=name)}
    return [Message(code=code if over else f"{code}_open", figures=figures)]


def over_the_cap(of: Consignment, dollars: Dollars, settled: Sequence[Settled]) -> tuple[list[Settled], list[Missing]]:
    """A traveller's cases where the taxable goods are, or may be, over the cap: with a permit, or without what is over."""
    most = max(int(s.customs_value) for s in settled)
    over = False if traveller.single_item(of) else dollars.over(TRAVELLER, most)
    if over is False:
        return list(settled), []
    figures = {"cap": Figure(value=of.law.number(TRAVELLER), unit="USD", of=TRAVELLER)}
    if over is None:
        shown = [s for s in settled if s.totals.total is not None]
        return named(shown or settled, Message(code="case_within_cap", figures=figures)), [
            missing("usd_exchange_rate", figures=figures)
        ]
    room = dollars.limit_twd(TRAVELLER)
    less = traveller.settled(of, over=Decimal(most) - room)
    return [
        *named(less, Message(code="case_over_cap_returned", figures=figures)),
        *named(settled, Message(code="case_over_cap_permit", figures=figures)),
    ], [missing("import_permit", figures=figures)]


def named(settled: Sequence[Settled], name: Message) -> list[Settled]:
    """Cases with one more name."""
    return [replace(s, case=replace(s.case, names=(*s.case.names, name))) for s in settled]


def declaration_of_post(dollars: Dollars, *, excluded: bool) -> dict[str, object]:
    """Whether the addressee must declare a parcel, why, or that a rate decides."""
    goods = dollars.of.goods
    over = dollars.fob_over(POST)
    applies = {
        "value": over is True,
        "re_import": any(g.goods.repair_value is not None for g in goods),
        "duty_relief": any(g.goods.sample is not None for g in goods),
        "quota": excluded and any(g.may_be_quota for g in goods),
    }
    why = [name for name, true in applies.items() if true]
    return {"declaration": "formal" if why else None if over is None else "post", "formal_because": why}
