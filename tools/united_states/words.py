"""What a United States quote says beside its figures: missing facts, alternatives, assumptions, warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tools.errors import NotInForce
from tools.labels import label
from tools.law.code_lists import code_list
from tools.law.models import Localized
from tools.law.store import LawStore, label_of
from tools.result import Alternative, Figure, Line, Message, Missing, Range, Totals
from tools.tariff.codes import dotted
from tools.united_states.assess import Assessed, Priced
from tools.united_states.combine import Outcome
from tools.united_states.entry_type import LIMIT, EntryType
from tools.united_states.fees import Fee, read
from tools.united_states.inputs import UsQuoteInput
from tools.united_states.money import dollars
from tools.united_states.relief import Exempt, FlatDuty
from tools.united_states.stack import Open

_MOST = 12  # alternatives that are spelt out
_FOREIGN = "us.entry.foreign_importer"


def _both(text: str) -> Localized:
    return Localized.model_validate(text)


def _line_words(of: Assessed) -> dict[str, Localized]:
    named = dotted(of.found.code) if of.found.code else of.line.description or "?"
    return {"line": _both(str(of.number)), "code": _both(named)}


# ------------------------------------------------------------------------------------------------ missing facts


def exchange_rate(given: UsQuoteInput) -> Missing:
    """The rate of the export date, where money of another currency came without one."""
    words = {"currency": _both(given.currency)}
    return Missing(
        fact="exchange_rate",
        why=Message(code="us_why_exchange_rate", words=words),
        effect=Message(code="us_effect_no_figure", words={}),
    )


def law_not_held(gap: NotInForce) -> Missing:
    """A value of the law that is not held for the day."""
    figures = {"day": Figure(value=gap.as_of, unit="date", of="as_of")}
    names = {"name": label_of(gap.name), "detail": _both(str(gap))}
    return Missing(
        fact=gap.name,
        why=Message(code="why_law_not_held", figures=figures, words=names),
        effect=Message(code="effect_law_not_held", figures=figures),
    )


def fee_gaps(fees: Sequence[Fee]) -> list[Missing]:
    """Fees whose law is not held for the day."""
    return [law_not_held(fee.gap) for fee in fees if fee.gap is not None]


def postal_method() -> Missing:
    """The carrier's choice between the two methods of flat duty on mail."""
    return Missing(
        fact="postal_method",
        why=Message(code="us_why_postal_method"),
        effect=Message(code="us_effect_postal_method"),
    )


def missing_of(assessed: Sequence[Assessed], outcome: Outcome) -> list[Missing]:
    """Everything that keeps the duties of an entry from being complete, each once."""
    found: dict[str, Missing] = {}
    for of, cases in zip(assessed, outcome.cases, strict=True):
        if len(cases) == 1 and cases[0].duty is not None and of.possible and not of.gaps and not cases[0].stack.assumed:
            continue
        words = _line_words(of)
        for fact, message in _line_gaps(of, cases, words):
            found.setdefault(fact, Missing(fact=fact, why=message, effect=Message(code="us_effect_open", words=words)))
        for opened in _open_facts(cases):
            entry = _open_missing(opened, of, words)
            found.setdefault(entry.fact, entry)
    return list(found.values())


def _line_gaps(of: Assessed, cases: tuple[Priced, ...], words: dict[str, Localized]) -> list[tuple[str, Message]]:
    gaps: list[tuple[str, Message]] = []
    if not of.possible:
        gaps.append(("hts_code", Message(code="us_why_hts_code", words=words)))
    if of.column.rate is None:
        if of.column.problem == "unreadable":
            text = {"rate": _both(of.column.text or "")}
            gaps.append(("rate", Message(code="us_why_rate_unreadable", words=words | text)))
        elif of.possible:
            fact = "hts_code" if of.found.line is None else of.column.key
            cause = of.found.why or _both(str(of.found.gap) if of.found.gap else of.column.key)
            detail = {"cause": cause}
            gaps.append((fact, Message(code="us_why_rate_not_held", words=words | detail)))
    elif any(p.duty is None for p in cases):
        needs = ", ".join(of.column.rate.needs)
        for unit in of.column.rate.needs:
            text = {"units": _both(needs), "rate": _both(of.column.text or "")}
            gaps.append((f"quantities.{unit}", Message(code="us_why_quantity", words=words | text)))
    for rule in of.gaps:
        gaps.append((f"us.{rule.id}", Message(code="us_why_not_held", words=words | {"regime": rule.label})))
    return gaps


def _open_facts(cases: tuple[Priced, ...]) -> list[Open]:
    found: dict[str, Open] = {}
    for case in cases:
        for opened, _ in case.stack.assumed:
            found.setdefault(opened.fact, opened)
    return list(found.values())


def _open_missing(opened: Open, of: Assessed, words: dict[str, Localized]) -> Missing:
    rule = opened.rule
    words = words | {"measure": rule.label, "heading": _both(rule.heading(of.goods.origin) or "—")}
    effect = Message(code="us_effect_measure", words=words | {"rate": _both(rule.shown)})
    if opened.fact.startswith("list:") and _ten_digits_decide(opened, of):
        return Missing(fact="hts_code", why=Message(code="us_why_ten_digits", words=words), effect=effect)
    if opened.fact.startswith("list:"):
        fact = f"list_membership.{rule.id}"
        return Missing(fact=fact, why=Message(code="us_why_list", words=words), effect=effect)
    if rule.measure.base == "content":
        return Missing(fact=opened.fact, why=Message(code="us_why_content", words=words), effect=effect)
    return Missing(
        fact=f"facts.{opened.fact}", why=Message(code="us_why_fact", words=words | {"fact": _both(opened.fact)}),
        effect=effect,
    )  # fmt: skip


def _ten_digits_decide(opened: Open, of: Assessed) -> bool:
    """Whether the list is held whole, and only the statistical digits are wanting."""
    names = opened.rule.measure.lists
    return of.found.code is not None and bool(names) and all(code_list("us", name).whole for name in names)


# ------------------------------------------------------------------------------------------------ ranges


def span(low: int, high: int | None, decided_by: str) -> Range:
    """A range of what is collected, in dollars."""
    return Range(low=dollars(low), high=None if high is None else dollars(high), decided_by=decided_by)


def range_of(outcome: Outcome, missing: Sequence[Missing], fees: int, *, bounded: bool) -> Range:
    """Lowest and highest total over everything open."""
    high = outcome.high + fees if bounded and outcome.high is not None else None
    return span(outcome.low + fees, high, ", ".join(dict.fromkeys(m.fact for m in missing)))


def alternatives(outcome: Outcome, totals: Callable[[int | None], Totals]) -> tuple[Alternative, ...]:
    """Each answer of the open facts with what it comes to, where only one line is open."""
    open_lines = [at for at, cases in enumerate(outcome.cases) if len(cases) > 1]
    if len(open_lines) != 1:
        return ()
    at = open_lines[0]
    rest = [cases[0].duty for n, cases in enumerate(outcome.cases) if n != at]
    if any(duty is None for duty in rest):
        return ()
    others = sum(duty for duty in rest if duty is not None)
    return tuple(
        Alternative(label=_case(case), totals=totals(None if case.duty is None else case.duty + others))
        for case in outcome.cases[at][:_MOST]
    )


def _case(case: Priced) -> Message:
    parts = [
        Message(
            code="us_case_yes" if answer else "us_case_no",
            words={"measure": opened.rule.label, "heading": _both(_some_heading(opened))},
        )
        for opened, answer in case.stack.assumed
    ]
    text = {"zh-TW": "；".join(p.render("zh-TW") for p in parts), "en": "; ".join(p.render("en") for p in parts)}
    return Message(code="case", words={"text": Localized.model_validate(text)})


def _some_heading(opened: Open) -> str:
    headings = [h for found in opened.rule.value.headings.values() for h in found]
    return headings[0] if headings else "—"


# ------------------------------------------------------------------------------------------------ regimes


def regime(kind: EntryType, store: LawStore, day: date) -> dict[str, object]:
    """How the shipment is entered."""
    return _regime(kind.code, kind.formal, kind.reason, store, day)


@lru_cache(maxsize=1024)
def _regime(code: str, formal: bool, reason: str, store: LawStore, day: date) -> dict[str, object]:
    limit, _ = read(store, LIMIT, day)
    return {
        "name": "formal" if formal else "informal",
        "entry_type": code,
        "entry_type_reason": reason,
        "limit": format(limit.number, "f"),
        "limit_parameter": LIMIT,
    }


def exempt_reason(found: Exempt) -> Message:
    """Why an exemption takes the duties away."""
    limit = {"limit": Figure(value=found.limit.number, unit="USD", of=f"us.de_minimis.{_LIMITS[found.name]}")}
    return Message(code=f"us_exempt_{found.name}", figures=limit)


_LIMITS = {"gift": "gift_threshold", "de_minimis": "threshold"}


def flat_line(flat: FlatDuty, *, applies: str) -> Line:
    """Flat duty on mail as the result shows it."""
    citation = flat.value.source.citation
    return Line.model_validate(
        {
            "key": "postal_duty", "label": label("postal_duty"), "applies": applies, "amount": dollars(flat.amount),
            "currency": "USD", "base": Decimal(flat.base.numerator) / flat.base.denominator, "rate": flat.rate or None,
            "formula": flat.formula, "legal_basis": citation.en, "citation": citation, "parameters": (flat.used,),
        }
    )  # fmt: skip


def flat_warnings() -> tuple[Message, ...]:
    """What a reader of a quote of flat mail duty must know besides."""
    return (Message(code="us_flat_in_lieu"),)


def exempt_warnings(found: Exempt) -> tuple[Message, ...]:
    """What a reader of an exempt quote must know besides."""
    return (Message(code="us_exempt_gift_bona_fide"),) if found.name == "gift" else ()


# ------------------------------------------------------------------------------------------------ beside the figures


def assumptions(given: UsQuoteInput, assessed: Sequence[Assessed]) -> tuple[Message, ...]:
    """What was taken for granted."""
    found: list[Message] = []
    if given.value_basis == "fob" and (given.freight or given.insurance):
        found.append(Message(code="us_freight_not_dutiable"))
    if given.value_basis == "ddp":
        found.append(Message(code="us_ddp_identified" if given.duty_separately_identified else "us_ddp_not_identified"))
    if given.exchange_rate is not None and given.currency != "USD":
        rate = {"rate": Figure(value=given.exchange_rate, unit="number", of="exchange_rate")}
        found.append(Message(code="us_stated_exchange_rate", figures=rate, words={"currency": _both(given.currency)}))
    if any(of.line.general_rate for of in assessed):
        found.append(Message(code="us_rate_stated"))
    if any(of.possible and of.found.code is None for of in assessed):
        found.append(Message(code="us_no_list_assumed"))
    return tuple(found)


def warnings(
    store: LawStore,
    given: UsQuoteInput,
    assessed: Sequence[Assessed],
    outcome: Outcome,
    kind: EntryType,
    day: date,
    today: date,
) -> tuple[Message, ...]:
    """What a reader of the quote must know besides."""
    found = [_ANTIDUMPING]
    frontier = store.value(_ORDER, day).frontier
    if day > frontier:
        found.append(_checked_to(frontier))
    if day > today:
        found.append(Message(code="us_scheduled", figures={"day": _day(day, "as_of")}))
    for of in assessed:
        if of.line.program and of.claimed is None:
            found.append(Message(code="us_programme_lapsed", words={"programme": _both(of.line.program)}))
    if given.importer_of_record == "foreign":
        found.append(Message(code="us_foreign_importer", words={"act": _foreign(store, day)}))
    for of in assessed:
        clash = of.line.general_rate is not None and of.found.line is not None
        if clash and of.found.line and of.found.line.rates.get("general") != of.column.text:
            text = {"rate": _both(of.found.line.rates.get("general", ""))}
            found.append(Message(code="us_rate_clash", words=_line_words(of) | text))
    found += _exclusions(store, assessed, day)
    for of, cases in zip(assessed, outcome.cases, strict=True):
        if of.goods.declared:
            used = {h for c in cases for r in c.stack.taken.values() for h in r.headings(of.goods.origin)}
            for heading in sorted(of.goods.declared - used):
                words = _line_words(of) | {"heading": _both(heading)}
                found.append(Message(code="us_heading_not_applied", words=words))
    weakest = {r.value.certainty for c in outcome.cases for p in c for r in p.stack.taken.values()}
    if weakest & {"contested", "unverified"}:
        found.append(Message(code="us_weak_source"))
    if given.mode == "post" and kind.reason in ("mail_special", "mail_preference"):
        found.append(Message(code="us_mail_no_worksheet"))
    return tuple(found)


def _exclusions(store: LawStore, assessed: Sequence[Assessed], day: date) -> list[Message]:
    """That a line's footnote names an exclusion of the China duty: not claimed, or past its last day."""
    value = store.parameter(_EXCLUSION).values[0]
    headings = {h for found in value.headings.values() for h in found}
    named = [
        of for of in assessed if of.goods.origin in value.scope.origins and (of.found.footnotes or set()) & headings
    ]
    open_ones = [of for of in named if not of.goods.facts.get("exclusion") and not of.goods.declared & headings]
    if not open_ones or value.effective_to is None:
        return []
    code = "us_exclusion_possible" if value.holds(day) else "us_exclusion_ended"
    return [Message(code=code, figures={"day": _day(value.effective_to, _EXCLUSION)}, words=_line_words(open_ones[0]))]


_EXCLUSION = "us.section_301_china.exclusion"
_ANTIDUMPING = Message(code="us_antidumping")
_ORDER = "us.stacking.reported"


@lru_cache(maxsize=8)
def _checked_to(frontier: date) -> Message:
    return Message(code="us_checked_to", figures={"frontier": _day(frontier, _ORDER)})


def _foreign(store: LawStore, day: date) -> Localized:
    try:
        return store.value(_FOREIGN, day).source.citation
    except NotInForce:
        return store.parameter(_FOREIGN).values[0].source.citation


def _day(value: date, of: str) -> Figure:
    return Figure(value=value, unit="date", of=of)
