"""Goods told in words that may stand under several codes: each code is quoted, and what they leave open is told.

Where every code owes the same there is nothing to ask. Else the quote is open: what all have in common is sure, the rest
hangs on the code, and the range runs from the lowest to the highest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from tools.law.models import Localized
from tools.result import Alternative, Line, Message, Missing, Range, Result, Totals
from tools.tariff.codes import dotted
from tools.tariff.schedule import Schedule
from tools.united_states.inputs import UsLine, UsQuoteInput

_Said = TypeVar("_Said", Message, Missing)
Settle = Callable[[UsQuoteInput], Result]
_FACT = "hts_code"
_KEPT = ("entered_value", "taxes", "fees")  # totals that may be the same under every code


def over_candidates(given: UsQuoteInput, held: Schedule, settle: Settle) -> Result:
    """The quote over every code that its lines may stand under.

    Args:
        given: a dated shipment, some of whose lines have candidate codes.
        held: the schedule, for the names of the codes.
        settle: quotes a shipment whose codes are settled.

    Raises:
        InputError: as `settle` does.
    """
    open_at = [at for at, line in enumerate(given.lines) if len(set(line.candidate_codes)) > 1]
    if len(open_at) > 1:
        cases = _extremes(given, open_at, settle)
    else:
        at = open_at[0] if open_at else 0
        codes = tuple(dict.fromkeys(given.lines[at].candidate_codes)) if open_at else (None,)
        cases = [(code or "", settle(_under(given, {at: code} if code else {}))) for code in codes]
    results = [result for _, result in cases]
    named = [_named(given, at) for at in open_at]
    if _alike(results):
        alike = [Message(code="us_candidates_alike", words=words) for words in named]
        return _made(given, results[0], assumptions=(*results[0].assumptions, *alike))
    missing = [
        Missing(fact=_FACT, why=Message(code="us_why_candidates", words=w), effect=Message(code="us_effect_candidates"))
        for w in named[:1]
    ]
    missing += [m for m in _once(m for r in results for m in r.missing) if m.fact != _FACT]
    return _made(
        given,
        results[0],
        complete=False,
        missing=tuple(missing),
        lines=tuple(_lines(results)),
        totals=_common(results),
        range=_range(results, missing),
        alternatives=_alternatives(cases, given, held) if len(open_at) == 1 else (),
        assumptions=tuple(_once(m for r in results for m in r.assumptions)),
        warnings=tuple(_once(m for r in results for m in r.warnings)),
    )


def _made(given: UsQuoteInput, first: Result, **changed: Any) -> Result:
    """The first quote with what the others change, recorded under the input as it was given."""
    recorded = given.model_dump(mode="json", exclude_none=True, exclude={"id"})
    fields = first.__dict__ | {"id": given.id or "", "input": recorded, "receipt": ""} | changed
    return Result.built(**fields).sealed()


def _once(messages: Iterable[_Said]) -> list[_Said]:
    """Messages, each once."""
    return list({str(m): m for m in messages}.values())


def _under(given: UsQuoteInput, chosen: dict[int, str]) -> UsQuoteInput:
    """The shipment with one code a line: the one chosen, or the first."""

    def settled(at: int, line: UsLine) -> UsLine:
        return line.under(chosen.get(at, line.candidate_codes[0])) if line.candidate_codes else line

    return given.model_copy(update={"lines": tuple(settled(at, line) for at, line in enumerate(given.lines))})


def _extremes(given: UsQuoteInput, open_at: Sequence[int], settle: Settle) -> list[tuple[str, Result]]:
    """The shipment under the codes that owe least, and under those that owe most; a line's duty does not hang on the others."""
    least: dict[int, str] = {}
    most: dict[int, str] = {}
    for at in open_at:
        found = [(code, settle(_under(given, {at: code}))) for code in dict.fromkeys(given.lines[at].candidate_codes)]
        least[at] = min(found, key=lambda each: _low(each[1]) or Decimal(0))[0]
        most[at] = max(found, key=lambda each: _or_endless(_high(each[1])))[0]
    return [("", settle(_under(given, least))), ("", settle(_under(given, most)))]


def _or_endless(amount: Decimal | None) -> Decimal:
    return Decimal("Infinity") if amount is None else amount


def _low(of: Result) -> Decimal | None:
    return of.totals.total if of.range is None else of.range.low


def _high(of: Result) -> Decimal | None:
    return of.totals.total if of.range is None else of.range.high


def _alike(results: Sequence[Result]) -> bool:
    """Whether the code changes nothing: every quote is complete and owes the same, or none can say a figure."""
    first = results[0]
    if all(_low(r) is None for r in results):
        return all(r.missing == first.missing for r in results)
    return all(r.complete and r.totals == first.totals for r in results)


def _named(given: UsQuoteInput, at: int) -> dict[str, Localized]:
    codes = [dotted(code) for code in dict.fromkeys(given.lines[at].candidate_codes)]
    return {"line": Localized.model_validate(str(at + 1)), "codes": _joined(codes, codes)}


def _joined(chinese: Iterable[str], english: Iterable[str]) -> Localized:
    return Localized.model_validate({"zh-TW": "、".join(chinese), "en": ", ".join(english)})


def _lines(results: Sequence[Result]) -> list[Line]:
    """Duties and fees of all codes, each once: sure where every code owes it alike."""
    found = {_same(line): line for result in results for line in result.lines if line.applies != "no"}
    sure = [{_same(line) for line in result.lines if line.applies == "yes"} for result in results]
    return [
        line if all(name in each for each in sure) else line.model_copy(update={"applies": "if"})
        for name, line in found.items()
    ]


def _same(line: Line) -> tuple[object, ...]:
    return line.line_no, line.key, line.heading, line.amount, line.base, line.formula


def _common(results: Sequence[Result]) -> Totals:
    """Of the totals, those that are the same under every code."""
    first = results[0].totals
    kept = {n: getattr(first, n) for n in _KEPT if all(getattr(r.totals, n) == getattr(first, n) for r in results)}
    return Totals.built(**dict.fromkeys(Totals.model_fields) | kept)


def _range(results: Sequence[Result], missing: Sequence[Missing]) -> Range:
    lows, highs = [_low(r) for r in results], [_high(r) for r in results]
    return Range(
        low=min(low if low is not None else Decimal(0) for low in lows),
        high=None if None in highs else max(_or_endless(high) for high in highs),
        decided_by=", ".join(m.fact for m in missing),
    )


def _alternatives(cases: Sequence[tuple[str, Result]], given: UsQuoteInput, held: Schedule) -> tuple[Alternative, ...]:
    """What each code comes to; codes that owe the same stand together, those open by themselves apart."""

    def name(code: str) -> dict[str, str]:
        line = held.find(code, given.entry_date) if given.entry_date else None
        return {lang: f"{dotted(code)} {line.name[lang]}" if line else dotted(code) for lang in ("zh-TW", "en")}

    def shown(group: Sequence[tuple[str, Result]]) -> Alternative:
        names = [name(code) for code, _ in group]
        label = _joined((n["zh-TW"] for n in names), (n["en"] for n in names))
        return Alternative(
            label=Message(code="case", words={"text": label}), totals=group[0][1].totals, lines=group[0][1].lines
        )

    groups: dict[str, list[tuple[str, Result]]] = {}
    for code, result in cases:
        groups.setdefault(str(result.totals) if result.complete else code, []).append((code, result))
    return tuple(shown(group) for group in groups.values())
