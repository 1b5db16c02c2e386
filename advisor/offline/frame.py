"""What a message wants and gives, once read in the light of the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from advisor.offline.amounts import Amounts
from advisor.offline.cues import says
from tools.law.models import Lang
from tools.tariff.names import NameMatch
from tools.text.dates import us_fiscal_year
from tools.text.quantities import Quantity

Intent = Literal[
    "decline",
    "taiwan_quote",
    "us_quote",
    "us_de_minimis",
    "law",
    "tariff_line",
    "policy",
    "not_covered",
    "tool",
    "codes",
    "hs_search",
]
Schedule = Literal["tw", "us"]
#: courtesy, or a word that asks nothing when it stands alone
Talk = Literal["greeting", "thanks", "unclear"]
#: in which form the answer before is wanted again
Telling = Literal["recall", "reply", "summary", "again"]
_MOST_CODES = 5  # codes of one kind of goods that are told about
#: intents whose facts a later message may change one at a time
CALCULATED = ("taiwan_quote", "us_quote", "us_de_minimis", "law", "tariff_line", "tool")


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of goods of a message, with the amounts and measures said of it."""

    name: str
    lines: Mapping[str, tuple[NameMatch, ...]]
    amounts: Amounts = field(default_factory=Amounts)
    slots: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by tool
    codes: tuple[str, ...] = ()  # told beside it


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact with the several values it is to be computed for."""

    slot: Literal["route", "origin", "day", "proof", "rate"]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be checked of a calculation: how it differs from the one before, whether a claim holds, what is free."""

    difference: bool = False
    amount: Decimal | None = None
    percent: Decimal | None = None
    of: str | None = None
    excess: bool = False
    exactly: bool = False
    room: bool = False
    fresh: bool = False  # of a fact told in the same message: the new calculation is told too


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question wants and gives."""

    text: str
    lang: Lang
    intent: Intent
    today: date
    quantities: tuple[Quantity, ...] = ()
    amounts: Amounts = field(default_factory=Amounts)
    goods: Mapping[str, tuple[NameMatch, ...]] = field(default_factory=dict)  # by schedule
    items: tuple[Item, ...] = ()  # two or more kinds of goods
    one_sum: bool = False  # what was told for two or more kinds of goods together
    slots: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by tool
    said: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # every choice of a slot that was said
    origin: str | None = None
    shipped_from: str | None = None
    destination: str | None = None
    other_place: str | None = None
    days: tuple[date, ...] = ()
    fiscal_year: int | None = None
    gift: bool = False
    used_exemptions: int | None = None
    claim: bool = False
    wants_quote: bool = False
    codes: tuple[str, ...] = ()
    subheading: str | None = None  # six digits the goods are taken under: said, or found by their words
    searched: str = ""  # the words by which it was found, where it was not said
    parameters: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()  # sections whose duty on the goods is asked for, whatever these are worth
    tool: str | None = None
    bill: tuple[tuple[str, str], ...] = ()  # lines of a carrier's bill: label and amount
    bill_total: Decimal | None = None
    parcels: tuple[Decimal, ...] = ()  # values of several parcels of one day
    senders: Literal["same", "different"] | None = None  # of those parcels
    compare: Comparison | None = None
    check: Check | None = None  # what is to be checked of the calculation
    left_out: bool = False  # a charge that was told is left out for the sake of the question
    earlier: Frame | None = None  # the calculation before its last change
    changed: Comparison | None = None  # the one fact changed last, with its value before and after
    explain: bool = False
    subject: str = ""  # of those that the library answers under a heading of its own
    headings: tuple[str, ...] = ()  # numbers of chapter 99 that are asked about
    rates: bool = False  # rates are asked for, of goods that enter the United States, and no value is told
    fees: bool = False  # only the fees on an amount are asked for
    general: bool = False  # the duties on all goods of an origin are asked for, whichever they are on the day
    lean: str = ""  # the question before, of which this one takes its subject
    after: str = ""  # the message before, together with which it is searched for where its own words find nothing
    matter: str = ""  # the passage it is about: document and Chinese heading
    within: bool = False  # it has no subject of its own and is asked within that matter
    held: Frame | None = None  # the last calculation, when questions of rules came after it
    about: str = ""  # the words so far, by which a unit of a later message is understood
    aside: tuple[str, ...] = ()  # questions of the same message that stand on their own
    parts: tuple[Frame, ...] = ()  # several questions of one message, each in the light of the one before it
    brief: bool = False  # one answer among several
    beside: tuple[str, ...] = ()  # sentences told before the calculation, by the names of their phrases
    unplaced: bool = False  # it changes an amount, and what that comes to was not understood
    unknown: bool = False  # what was asked for is not known
    talk: Talk | None = None  # a message of nothing but courtesy, or of a word that asks nothing
    past: Frame | None = None  # what stood before such a message
    telling: Telling | None = None  # the answer before is wanted again, in this form
    asked_back: str = ""  # the words that want it
    rule_first: bool = False  # a rule is asked about, whatever its facts come to
    recomputes: bool = False  # and they were not computed before

    @property
    def day(self) -> date | None:
        """The first day named."""
        return self.days[0] if self.days else None

    @property
    def mode(self) -> str | None:
        """How goods go, as the United States side names it."""
        return self.slots.get("us_quote", {}).get("mode")

    @property
    def route(self) -> str | None:
        """How goods come, as the Taiwan side names it."""
        return self.slots.get("taiwan_quote", {}).get("route")

    def lines(self, schedule: Schedule) -> tuple[NameMatch, ...]:
        """Lines of a schedule that the goods may fall under."""
        return self.goods.get(schedule, ())

    @property
    def us_codes(self) -> tuple[str, ...]:
        """HTS numbers the goods may stand under, the ones told before those that a name finds; the first few."""
        return (self.codes or tuple(dict.fromkeys(m.line.code for m in self.lines("us"))))[:_MOST_CODES]

    @property
    def named_goods(self) -> bool:
        """Whether any goods are named that a schedule holds."""
        return bool(self.items) or any(self.goods.values()) or bool(self.codes) or self.subheading is not None

    @property
    def asked_days(self) -> tuple[date, ...]:
        """Days the law is asked about, at most three.

        Of a fiscal year its first; of a calendar year alone both ends, for the law may have changed between them.
        """
        if self.days:
            return self.days[:3]
        if self.fiscal_year is not None:
            return us_fiscal_year(self.fiscal_year)[:1]
        years = {int(q.value) for q in self.quantities if q.kind == "year" and q.value is not None}
        if len(years) != 1 or says(self.text, "not_of_a_year"):
            return ()
        (year,) = years
        return date(year, 1, 1), date(year, 12, 31)

    def names_law(self, prefix: str) -> bool:
        """Whether a parameter under this topic is named."""
        return any(p.startswith(prefix) for p in self.parameters)

    @property
    def price(self) -> Decimal | None:
        """The price, the value with charges or the fee of a repair, where one is given."""
        amounts = (self.amounts.customs_value, self.amounts.price, self.amounts.repair)
        return next((a for a in amounts if a is not None), None)
