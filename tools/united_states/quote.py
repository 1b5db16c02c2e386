"""A quote for goods entered into the United States: value, stacked duties, fees, entry type, and what stays open.

The law is read at the entry date, line by line. Open facts (a list not held, a declaration not made, the carrier's choice)
are computed on every answer: the result then gives a range and names the facts that decide. Regimes that are not held are
named, never taken for absent. Antidumping and countervailing duty is never computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tools.errors import InputError, NotInForce
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.result import Alternative, Line, Message, Missing, Result, Totals
from tools.tariff.schedule import Schedule
from tools.tariff.schedule import schedule as bundled
from tools.united_states import words
from tools.united_states.assess import Assessed, assess, exact_duty
from tools.united_states.candidates import over_candidates
from tools.united_states.combine import Outcome, combine
from tools.united_states.entry_type import EntryType, entry_type
from tools.united_states.fees import Fee, hmf, mpf
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.lines import duty_line, exempt_lines, fee_line
from tools.united_states.money import cents, dollars
from tools.united_states.relief import EXCISE, Exempt, FlatDuty, exemption, flat_duties, holds_any
from tools.united_states.subheading import with_tariff_lines
from tools.united_states.value import backed_out, charges, given_values, rounded, without_charges

MPF_EXEMPT, WORKSHEET = "us.programmes.mpf_exempt", "us.entry.mail_worksheet"


def quote(given: UsQuoteInput, *, as_of: date, store: LawStore | None = None, held: Schedule | None = None) -> Result:
    """Duties and fees of one shipment.

    Args:
        given: the shipment.
        as_of: entry date when the input names none; also the day the quote is made on.
        store, held: law and schedule, the shipped ones when not given.

    Raises:
        InputError: amounts beyond any entry, a rate that cannot be read, a preference that does not hold.
    """
    law, lines = store or shipped_law(), held or bundled("us")

    def settled(one: UsQuoteInput) -> Result:
        return Quote(law, lines, one, as_of).result()

    dated = with_tariff_lines(given.on(as_of), lines)
    if any(line.candidate_codes for line in dated.lines):
        return over_candidates(dated, lines, settled)
    return settled(dated)


class Quote:
    """One shipment being computed."""

    def __init__(self, store: LawStore, held: Schedule, given: UsQuoteInput, today: date) -> None:
        self.store, self.held, self.given, self.made_on = store, held, given, today
        self.day = given.entry_date or today
        self.missing: list[Missing] = []
        self.edition = held.edition(self.day).id

    def result(self) -> Result:
        """The quote."""
        self._held_on()
        if self.given.currency != "USD" and self.given.exchange_rate is None:
            return self._empty([words.exchange_rate(self.given)])
        invoiced = given_values(self.given)
        net = without_charges(self.given)
        total = sum(net if self.given.value_basis == "cif" else invoiced, Fraction(0))
        if (found := exemption(self.store, self.given, self.day, total)) is not None:
            return self._exempt(found, rounded(net))
        try:
            flat = flat_duties(self.store, self.given, self.day, net)
            if flat is not None:
                return self._flat(flat, net)
            assessed = [
                assess(self.store, self.held, self.given, n, self.day) for n in range(1, len(self.given.lines) + 1)
            ]
            return self._full(assessed, net)
        except NotInForce as gap:
            return self._empty([words.law_not_held(gap)])

    def _held_on(self) -> None:
        """Refuse a day before any law held.

        Raises:
            InputError: naming the first day.
        """
        first = min(v.first_day for v in self.store.parameter("us.stacking.decided").values)
        if self.day < first:
            raise InputError("entry_date", f"{self.day} lies before the law held", f"{first} or later")

    # ------------------------------------------------------------------------------------------ the ordinary duties

    def _full(self, assessed: list[Assessed], net: list[Fraction]) -> Result:
        given, day, store = self.given, self.day, self.store
        if given.value_basis == "ddp" and given.duty_separately_identified:
            net = self._inside_price(assessed, net)
        values = rounded(net)
        kind = self._entry_type(assessed, sum(net, Fraction(0)))
        fees = self._fees(assessed, values, kind)
        outcome = combine(store, assessed, values, day)
        missing = [*words.missing_of(assessed, outcome), *words.fee_gaps(fees)]
        complete = not missing
        lines = self._lines(outcome, assessed, fees)
        fee_total = sum(f.amount for f in fees)
        duty = outcome.low if complete else None
        totals = self._totals(sum(values), duty, fee_total)
        alternatives = (
            () if complete else words.alternatives(outcome, lambda d: self._totals(sum(values), d, fee_total))
        )
        return self._made(
            complete=complete,
            missing=missing,
            lines=lines,
            totals=totals,
            range=None if complete else words.range_of(outcome, missing, fee_total, bounded=not words.fee_gaps(fees)),
            alternatives=alternatives,
            regime=words.regime(kind, store, day),
            assumptions=words.assumptions(given, assessed),
            warnings=words.warnings(store, given, assessed, outcome, kind, day, self.made_on),
        )

    def _inside_price(self, assessed: list[Assessed], net: list[Fraction]) -> list[Fraction]:
        """Values inside prices that hold duty and fees, for the first stack of each line."""
        kind = self._entry_type(assessed, sum(net, Fraction(0)))

        def owed(values: Sequence[Fraction]) -> Fraction:
            duty = sum(
                (
                    exact_duty(a, a.possible[0], v, self.day)
                    for a, v in zip(assessed, values, strict=True)
                    if a.possible
                ),
                Fraction(0),
            )
            fees = self._fees(assessed, rounded(values), kind)
            return duty + sum((_exact(f, values) for f in fees), Fraction(0))

        return backed_out(net, owed)

    def _entry_type(self, assessed: list[Assessed], total: Fraction) -> EntryType:
        special = any(a.line.chapter_99 or a.line.program or _reports(a) for a in assessed)
        return entry_type(
            self.store, self.given, self.day, total, special=special, worksheet=_worksheet(self.store, self.day),
            excise=self.given.mode == "post" and holds_any(self.store, self.given, self.day, EXCISE),
        )  # fmt: skip

    def _fees(self, assessed: list[Assessed], values: list[int], kind: EntryType) -> list[Fee]:
        given, day = self.given, self.day
        free = _mpf_exempt(self.store, day)
        paying = [v for a, v in zip(assessed, values, strict=True) if a.mpf_claim not in free]
        found = [
            mpf(
                self.store, day, sum(paying), formal=kind.formal, filing=given.mpf_filing,
                express=given.at_express_facility, mail=given.mode == "post" and not given.ems,
                exempt="" if paying else "preference",
            )
        ]  # fmt: skip
        if given.mode == "ocean":
            found.append(hmf(self.store, day, sum(values)))
        return found

    def _lines(self, outcome: Outcome, assessed: list[Assessed], fees: list[Fee]) -> list[Line]:
        by_number = {a.number: a for a in assessed}
        lines = [
            duty_line(by_number[number], entry, applies="yes" if sure else "if")
            for number, entry, sure in outcome.entries
        ]
        return [*lines, *(fee_line(fee, self.store) for fee in fees)]

    # ------------------------------------------------------------------------------------------ exemptions and mail

    def _exempt(self, found: Exempt, values: list[int]) -> Result:
        why = words.exempt_reason(found)
        keys = ("column_1", "mpf", "hmf") if self.given.mode == "ocean" else ("column_1", "mpf")
        return self._made(
            complete=True,
            lines=exempt_lines(keys, found.value, found.used, sum(values), why),
            totals=self._totals(sum(values), 0, 0),
            regime={"name": found.name, "limit": format(found.limit.number, "f")},
            warnings=words.exempt_warnings(found),
        )

    def _flat(self, flat: list[FlatDuty], net: list[Fraction]) -> Result:
        chosen = [f for f in flat if self.given.postal_method in (None, f.method)] or flat
        value = sum(rounded(net))
        lines = [words.flat_line(f, applies="yes" if len(chosen) == 1 else "if") for f in chosen]
        regime = {"name": "postal_flat_duty", "methods": [f.method for f in flat]}
        if len(chosen) == 1:
            totals = self._totals(value, chosen[0].amount, 0)
            return self._made(complete=True, lines=lines, totals=totals, regime=regime, warnings=words.flat_warnings())
        alternatives = [
            Alternative(
                label=Message(code=f"postal_{f.method}"), totals=self._totals(value, f.amount, 0), lines=(line,)
            )
            for f, line in zip(chosen, lines, strict=True)
        ]
        low, high = min(f.amount for f in chosen), max(f.amount for f in chosen)
        return self._made(
            complete=False,
            missing=[words.postal_method()],
            lines=lines,
            totals=self._totals(value, None, 0),
            range=words.span(low, high, "postal_method"),
            alternatives=tuple(alternatives),
            regime=regime,
            warnings=words.flat_warnings(),
        )

    # ------------------------------------------------------------------------------------------ the result

    def _totals(self, value: int, duty: int | None, fees: int) -> Totals:
        given = self.given
        owed = None if duty is None else duty + fees
        known = given.freight is not None and given.insurance is not None
        landed = None
        if owed is not None and known:
            landed = value + dollars(cents(charges(given))) + dollars(owed)
        return Totals.built(
            customs_value=None, entered_value=Decimal(value), duty=None if duty is None else dollars(duty),
            taxes=Decimal("0.00"), fees=dollars(fees), total=None if owed is None else dollars(owed), landed_cost=landed,
        )  # fmt: skip

    def _empty(self, missing: list[Missing]) -> Result:
        return self._made(complete=False, missing=missing, totals=Totals())

    def _made(self, **fields: Any) -> Result:
        recorded = self.given.model_dump(mode="json", exclude_none=True, exclude={"id"})
        defaults: dict[str, Any] = {
            "missing": (), "lines": (), "range": None, "alternatives": (), "regime": {}, "assumptions": (), "warnings": (),
            "receipt": "",
        }  # fmt: skip
        whole = defaults | {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
        made = Result.built(
            id=self.given.id or "", jurisdiction="us", as_of=self.day, input=recorded,
            data_revision={"tariff": self.edition, "chapter_99": f"checked to {_frontier(self.store, self.day)}"}, **whole,
        )  # fmt: skip
        return made.sealed()


def _exact(fee: Fee, values: Sequence[Fraction]) -> Fraction:
    """A fee on unrounded values where it follows them: the harbor fee, not a minimum or a flat amount."""
    if fee.key == "hmf" and fee.used:
        return Fraction(fee.used[0].value) * sum(values, Fraction(0))
    return Fraction(fee.amount) / 100


def _reports(of: Assessed) -> bool:
    return any(rule.heading(of.goods.origin) for stack in of.possible[:1] for rule in stack.taken.values())


@lru_cache(maxsize=512)
def _frontier(store: LawStore, day: date) -> date:
    """Last day the additional duties are checked to."""
    return store.value("us.stacking.reported", day).frontier


@lru_cache(maxsize=512)
def _mpf_exempt(store: LawStore, day: date) -> frozenset[str]:
    value = store.value(MPF_EXEMPT, day).value
    return frozenset(value) if isinstance(value, tuple) else frozenset()


@lru_cache(maxsize=512)
def _worksheet(store: LawStore, day: date) -> bool:
    """Whether mail of any kind may use the worksheet on a day: in the days before it was narrowed."""
    rows = [v for v in store.parameter(WORKSHEET).values if v.holds(day)]
    return bool(rows) and rows[0] is store.parameter(WORKSHEET).values[0]
