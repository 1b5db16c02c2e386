"""Mistakes in bills for goods entered into the United States, each as a calculation of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from tools.errors import NotInForce
from tools.inputs import read_input
from tools.law.store import LawStore
from tools.paperwork.bill_causes import Case, Hypothesis, text, tried
from tools.paperwork.bill_lines import Vector
from tools.result import Result
from tools.tariff.codes import compact
from tools.united_states import UsQuoteInput, quote
from tools.united_states.money import cents, dollars, rate_cents
from tools.united_states.rules import Rule, in_force

_BACK = timedelta(days=730)  # how far back an ended measure is thought of
_FLAT = ("informal_automated", "express_facility", "informal_manual", "cbp_prepared")
_YEARLY = ("minimum", "maximum", *_FLAT)


def shipment(case: Case) -> UsQuoteInput:
    """The shipment of the bill."""
    assert case.given.us is not None
    return case.given.us


def run(case: Case, **changes: object) -> Result:
    """The shipment computed with some facts changed."""
    raw = shipment(case).model_dump() | changes
    given = read_input(UsQuoteInput, {name: value for name, value in raw.items() if value is not None})
    return quote(given, as_of=case.on, store=case.store)


def with_lines(case: Case, **changes: object) -> tuple[dict[str, object], ...]:
    """The lines of the shipment, each with some facts changed."""
    return tuple(line.model_dump() | changes for line in shipment(case).lines)


def flat_fees(case: Case, vector: Vector) -> list[Vector]:
    """The same with the other flat fees of an informal entry: where it was released does not stand on a bill."""
    flat = [_fee(case, name) for name in _FLAT[:2]]
    paid = vector.amounts.get("mpf")
    return [vector.put("mpf", fee) for fee in flat if fee is not None and paid in flat and fee != paid]


def _fee(case: Case, name: str) -> Decimal | None:
    try:
        return dollars(cents(Fraction(case.store.number(f"us.mpf.{name}", case.on))))
    except NotInForce:
        return None


def hypotheses(case: Case) -> Iterator[Hypothesis]:
    """Every mistake thought of, the most telling first."""
    yield from chain(
        _exemptions(case), _codes(case), _values(case), _origins(case), _fees(case), _floors(case), _ended(case),
    )  # fmt: skip


def _exemptions(case: Case) -> Iterator[Hypothesis]:
    given, regime = shipment(case), case.result.regime.get("name")
    if given.gift and regime == "gift":
        yield from tried("gift_taxed", lambda: run(case, gift=False, claim_exemption=False))
    if regime == "de_minimis":
        yield from tried("low_value_ignored", lambda: run(case, claim_exemption=False))
    if any(line.program for line in given.lines):
        yield from tried("preference_ignored", lambda: run(case, lines=with_lines(case, program=None)))


def _codes(case: Case) -> Iterator[Hypothesis]:
    stated = case.given.stated.hts_code
    own = {compact(line.hts_code or "") for line in shipment(case).lines}
    for code in (*((stated,) if stated else ()), *case.given.candidate_codes):
        if compact(code) not in own:
            words = {"code": text(code)}
            yield from tried("wrong_code", lambda c=code: run(case, lines=with_lines(case, hts_code=c)), words)  # type: ignore[misc]


def _values(case: Case) -> Iterator[Hypothesis]:
    """Charges in the value, a value of the bill's own, and money taken for another."""
    given = shipment(case)
    freight, insurance = given.freight or Decimal(0), given.insurance or Decimal(0)
    total = sum((line.value for line in given.lines), Decimal(0))
    if given.value_basis == "fob":
        for added in dict.fromkeys(a for a in (freight + insurance, freight, insurance) if a):
            lines = tuple(
                line.model_dump() | {"value": line.value + line.value * added / total} for line in given.lines
            )
            yield from tried("freight_in_value", lambda x=lines: run(case, lines=x, freight=None, insurance=None))  # type: ignore[misc]
    if (stated := case.given.stated.value) is not None and stated != total and stated > 0:
        lines = tuple(line.model_dump() | {"value": line.value * stated / total} for line in given.lines)
        yield from tried("wrong_value", lambda: run(case, lines=lines), {"value": text(f"{stated:,f}")})
    if given.currency != "USD":
        words = {"currency": text(given.currency)}
        yield from tried("currency_not_converted", lambda: run(case, currency="USD", exchange_rate=None), words)
        if (rate := case.given.stated.exchange_rate) is not None and rate != given.exchange_rate:
            yield from tried("exchange_rate", lambda: run(case, exchange_rate=rate), {"rate": text(f"{rate:f}")})


def _origins(case: Case) -> Iterator[Hypothesis]:
    given = shipment(case)
    own = {line.country_of_origin for line in given.lines}
    shipped = {line.country_of_export for line in given.lines if line.country_of_export}
    for origin in dict.fromkeys([case.given.stated.country_of_origin, *sorted(shipped), "CN"]):
        if origin is not None and origin not in own:
            changed = with_lines(case, country_of_origin=origin, program=None)
            yield from tried("wrong_origin", lambda x=changed: run(case, lines=x), {"origin": text(origin)})  # type: ignore[misc]


def _fees(case: Case) -> Iterator[Hypothesis]:
    """Processing fee and harbor fee under another rule."""
    given, right = shipment(case), case.right
    value = _entered(case)
    if given.mode == "post":
        for name in _FLAT:
            if (fee := _fee(case, name)) is not None:
                yield Hypothesis("mpf_on_mail", right.put("mpf", fee))
    elif case.result.regime.get("name") == "informal":
        yield from tried("mpf_formal_on_informal", lambda: run(case, entry_type="01"))
        formal = _fee(case, "minimum")
        if formal is not None:
            yield Hypothesis("mpf_formal_on_informal", right.put("mpf", formal))
    else:
        rate = case.store.number("us.mpf.rate", case.on)
        exact = dollars(rate_cents(Fraction(rate), value))
        yield Hypothesis("mpf_limits_ignored", right.put("mpf", exact))
    for fee in _of_other_years(case):
        yield Hypothesis("mpf_other_year", right.put("mpf", fee))
    if given.mode != "ocean":
        harbor = dollars(rate_cents(Fraction(case.store.number("us.hmf.rate", case.on)), value))
        yield Hypothesis("hmf_not_by_vessel", right.plus("hmf", harbor))


def _of_other_years(case: Case) -> list[Decimal]:
    names = [f"us.mpf.{name}" for name in _YEARLY]
    values = (v for name in names for v in case.store.parameter(name).values if not v.holds(case.on))
    return list(dict.fromkeys(dollars(cents(Fraction(v.number))) for v in values))


def _entered(case: Case) -> int:
    return int(case.result.totals.entered_value or 0)


def _floors(case: Case) -> Iterator[Hypothesis]:
    """A floor taken for an addition, and goods of an exempt heading taxed as all goods of the origin."""
    for line in case.result.lines:
        number, base = line.line_no, line.base
        if number is None or base is None:
            continue
        origin = shipment(case).lines[number - 1].country_of_origin
        for rule in _general(case.store, case.on, origin, line.key):
            whole = dollars(rate_cents(rule.rate, int(base)))
            if rule.measure.form == "total" and line.heading in rule.headings(origin):
                words = {"heading": text(line.heading)}
                yield Hypothesis("floor_added", case.right.plus("duty", whole - line.amount), words=words)
            elif line.heading not in rule.headings(origin) and not line.amount:
                column = sum(
                    (x.amount for x in case.result.lines if x.line_no == number and x.key.startswith("column_")),
                    Decimal(0),
                )
                added = max(Decimal(0), whole - column) if rule.measure.form == "total" else whole
                words = {"heading": text(line.heading)}
                yield Hypothesis("exemption_missed", case.right.plus("duty", added), words=words)


@lru_cache(maxsize=256)
def _general(store: LawStore, day: date, origin: str, key: str) -> tuple[Rule, ...]:
    """Measures of a key that reach all goods of an origin, unless a heading exempts them."""
    found = in_force(store, day, origin).get(key, ())
    return tuple(
        r for r in found
        if r.measure.form != "none" and not (r.measure.lists or r.measure.footnotes or r.measure.claimed or r.measure.fact
                                             or r.measure.programmes or r.measure.loaded_before)
    )  # fmt: skip


def _ended(case: Case) -> Iterator[Hypothesis]:
    """Measures that had ended: in place of today's, or on top of them."""
    now = {line.key for line in case.result.lines}
    for day in _last_days(case.store, case.on):
        try:
            then = run(case, entry_date=day, claim_exemption=False)
        except NotInForce:
            continue
        if not then.complete:
            continue
        gone = [x for x in then.lines if x.amount and x.line_no is not None and x.key not in now]
        duty = sum((x.amount for x in then.lines if x.line_no is not None), Decimal(0))
        words = {"measure": gone[0].label, "day": text(day.isoformat())} if gone else {}
        if words:
            yield Hypothesis("ended_measure", case.right.put("duty", duty), then, words)
        for line in gone:
            words = {"measure": line.label, "day": text(day.isoformat())}
            yield Hypothesis("ended_measure", case.right.plus("duty", line.amount), then, words)


@lru_cache(maxsize=256)
def _last_days(store: LawStore, day: date) -> tuple[date, ...]:
    """Last days of measures that ended before a day, the latest first."""
    ends = {
        value.effective_to
        for measure in store.measures("us")
        for value in measure.values
        if value.effective_to is not None and day - _BACK <= value.effective_to < day
    }
    return tuple(sorted(ends, reverse=True))
