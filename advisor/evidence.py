"""What an answer may stand on: every figure that tools, passages and the question gave, and what it is of.

Evidence is made from typed artifacts only; nobody parses a number out of a tool's prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from advisor.control import ToolProblem
from corpus.search import Passage, SearchResult
from tools.law.models import LocalizedList
from tools.law.store import law
from tools.law.tool import LawLookup
from tools.result import Figure, Line, Message, ParameterUsed, Result, Sum, Totals
from tools.tariff.tool import TariffLines
from tools.text.quantities import QUANTITIES, TIMES, Quantity, find_quantities
from tools.united_states.de_minimis import DeMinimis

Kind = Literal["tool", "passage", "question"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure that may be said.

    `current` is false for a value of the law outside its interval: it needs its time said beside it.
    `of` is a concept of `tools/labels.toml` or the id of a parameter; "" where a passage does not name one.
    """

    value: str
    unit: str
    of: str
    kind: Kind
    ref: str
    current: bool = True
    interval: tuple[date | None, date | None] | None = None
    working: bool = False


@dataclass(slots=True)
class Ledger:
    """All evidence of one turn, with the formulas, passages and names it may be said by."""

    as_of: date
    figures: list[Evidence] = field(default_factory=list)
    formulas: dict[str, set[str]] = field(
        default_factory=dict
    )  # said word for word -> what it computes; none: a message
    citations: set[str] = field(default_factory=set)  # citations of the law: their numbers are identifiers
    taxed: bool = False  # a calculation of the turn came to something to pay, whatever the open facts
    passages: list[Passage] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    parameter_names: dict[str, LocalizedList] = field(default_factory=dict)

    def add(self, value: Any, unit: str, of: str, kind: Kind, ref: str, **more: Any) -> None:
        self.figures.append(Evidence(key(value), unit_key(unit), of, kind, ref, **more))


def key(value: Any) -> str:
    """One spelling of a value: ISO for days, plain digits for numbers."""
    if isinstance(value, date):
        return value.isoformat()
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{number.normalize():f}"


def unit_key(unit: str) -> str:
    """Units as figures are compared: ratios are said as percentages."""
    return "percent" if unit == "ratio" else unit


def build_ledger(
    question: str, as_of: date, artifacts: Sequence[tuple[str, Any]], claims: Iterable[Quantity] = ()
) -> Ledger:
    """The ledger of a turn.

    Args:
        question: the person's words; their figures may be said as inputs or as claims under test.
        as_of: the day the answer speaks for.
        artifacts: (tool call id, artifact) in the order they came back.
        claims: figures of earlier messages that still count as the person's own.
    """
    ledger = Ledger(as_of)
    ledger.add(as_of, "date", "as_of", "tool", "as_of")
    for reference, artifact in artifacts:
        if isinstance(artifact, Result):
            _from_result(ledger, reference, artifact)
        elif isinstance(artifact, DeMinimis):
            _from_de_minimis(ledger, reference, artifact)
        elif isinstance(artifact, LawLookup):
            ledger.add(artifact.on, "date", "as_of", "tool", reference)
            for entry in artifact.entries:
                ledger.citations |= {entry.per.zh_TW, entry.per.en} if entry.per else set()
                for used in filter(None, (entry.in_force, *entry.others)):
                    _parameter(ledger, reference, used)
        elif isinstance(artifact, TariffLines):
            _from_lines(ledger, reference, artifact)
        elif isinstance(artifact, ToolProblem):
            ledger.citations |= {artifact.field, artifact.accepted, artifact.message}
        elif isinstance(artifact, SearchResult):
            ledger.passages.extend(artifact.passages)
    for number, passage in enumerate(ledger.passages, start=1):
        _from_passage(ledger, str(number), passage)
    for quantity in (*find_quantities(question), *claims):
        _from_question(ledger, quantity)
    return ledger


def _from_question(ledger: Ledger, quantity: Quantity) -> None:
    if quantity.kind in QUANTITIES:
        if quantity.value is not None:
            ledger.add(quantity.value, quantity.unit, "claim", "question", "question")
    elif quantity.day is not None:
        ledger.add(quantity.day, quantity.unit, "claim", "question", "question")
    elif quantity.kind in ("year", "fiscal_year"):
        ledger.add(quantity.value, quantity.unit, "claim", "question", "question")
    else:
        ledger.identifiers.setdefault(quantity.text, "question")


def _from_result(ledger: Ledger, ref: str, result: Result) -> None:
    given = result.input
    for name in ("freight", "insurance", "exchange_rate"):
        if name in given:
            unit = "" if name == "exchange_rate" else given.get("currency", "TWD")
            ledger.add(given[name], unit, name, "question", f"{ref}.input.{name}")
    if "exempt_imports_this_half_year" in given:
        used = given["exempt_imports_this_half_year"]
        ledger.add(used, "count", "exempt_imports_used", "question", f"{ref}.input")
        ledger.add(used + 1, "ordinal", "parcel_number", "question", f"{ref}.input")
    for goods in given.get("goods", ()):
        currency = given.get("currency", "TWD")
        ledger.add(goods["price"], currency, "price", "question", f"{ref}.input.goods")
        if "unit_price" in goods:
            ledger.add(goods["unit_price"], currency, "price", "question", f"{ref}.input.goods")
            ledger.add(goods["quantity"], "count", "quantity", "question", f"{ref}.input.goods")
        if "rate" in goods:
            ledger.add(Decimal(goods["rate"]) * 100, "percent", "duty_rate", "question", f"{ref}.input.goods")
        for code in (goods.get("ccc_code"), *goods.get("candidate_codes", ())):
            if code:
                ledger.identifiers.setdefault(str(code), ref)
    ledger.add(result.as_of, "date", "as_of", "tool", ref)
    ledger.taxed = ledger.taxed or bool(result.complete and result.totals.total)
    _from_lines_of(ledger, ref, result.lines)
    _from_totals(ledger, ref, result.totals)
    for alternative in result.alternatives:
        _from_lines_of(ledger, ref, alternative.lines)
        _from_totals(ledger, ref, alternative.totals)
        _from_message(ledger, ref, alternative.label)
    if result.range:
        for bound in (result.range.low, result.range.high):
            if bound is not None:
                ledger.add(bound, "TWD", "total", "tool", f"{ref}.range")
    for message in (*result.assumptions, *result.warnings):
        _from_message(ledger, ref, message)
    for missing in result.missing:
        _from_message(ledger, ref, missing.why)
        _from_message(ledger, ref, missing.effect)
    for used in result.regime.get("low_value", {}).get("parameters", ()):
        _parameter(ledger, ref, ParameterUsed.model_validate(used))
    if (value := result.regime.get("customs_value")) is not None:
        ledger.formulas.setdefault(value["formula"], set()).add("customs_value")
        ledger.add(value["amount"], "TWD", "customs_value", "tool", f"{ref}#customs_value")
        for quantity in find_quantities(value["formula"]):
            if quantity.value is not None:
                ledger.add(quantity.value, quantity.unit, "customs_value", "tool", f"{ref}#customs_value", working=True)
        _identify(ledger, value["legal_basis"], ref)
        ledger.citations |= set(value["citation"].values())
    if (reason := result.regime.get("class_reason")) is not None:
        _from_message(ledger, ref, Message.model_validate({k: v for k, v in reason.items() if k != "text"}))


def _from_lines_of(ledger: Ledger, ref: str, lines: Sequence[Line]) -> None:
    for line in lines:
        here = f"{ref}#{line.key}"
        ledger.add(line.amount, line.currency, line.key, "tool", here)
        ledger.formulas.setdefault(line.formula, set()).add(line.key)
        if line.rate:
            of = "duty_rate" if line.key == "duty" else f"{line.key}_rate"
            ledger.add(line.rate.rstrip("%"), "percent", of, "tool", here)
        for quantity in find_quantities(line.formula):
            if quantity.kind in QUANTITIES and quantity.value is not None:
                ledger.add(quantity.value, quantity.unit, line.key, "tool", here, working=True)
        for used in line.parameters:
            _parameter(ledger, here, used)
        if line.reason:
            _from_message(ledger, here, line.reason)
        if line.citation:
            ledger.citations |= {line.citation.zh_TW, line.citation.en}
        _identify(ledger, line.legal_basis, here)


def _from_totals(ledger: Ledger, ref: str, totals: Totals) -> None:
    for name, amount in totals.model_dump().items():
        if amount is not None:
            ledger.add(amount, "TWD", name, "tool", f"{ref}#totals.{name}")
    for of in get_args(Sum):
        if formula := totals.formula(of):
            ledger.formulas.setdefault(formula, set()).add(of)


def _from_message(ledger: Ledger, ref: str, message: Message) -> None:
    for figure in message.figures.values():
        _figure(ledger, ref, figure)
    for text in message.text.values():
        ledger.formulas.setdefault(text, set())  # said word for word, it is the tool that says it
        _figures_in(ledger, text, "", "tool", f"{ref}#{message.code}")
        _identify(ledger, text, ref)


def _figure(ledger: Ledger, ref: str, figure: Figure) -> None:
    value = figure.value * 100 if figure.unit == "ratio" and isinstance(figure.value, Decimal) else figure.value
    ledger.add(value, figure.unit, figure.of, "tool", f"{ref}#{figure.of}")
    if figure.of.count(".") == 2:
        _name(ledger, figure.of)


def _parameter(ledger: Ledger, ref: str, used: ParameterUsed) -> None:
    _name(ledger, used.id)
    interval = (used.effective_from or used.evidenced_on, used.effective_to)
    current = (interval[0] or date.min) <= ledger.as_of <= (used.effective_to or date.max)
    more = {"current": current, "interval": interval}
    where = f"{ref}:{used.id}"
    if used.unit == "ratio":
        ledger.add(Decimal(used.value) * 100, "percent", used.id, "tool", where, **more)
    elif used.unit in ("USD", "TWD", "count", "days", "kilograms", "litres"):
        ledger.add(used.value, used.unit, used.id, "tool", where, **more)
    elif used.unit == "date":
        ledger.add(date.fromisoformat(used.value), "date", used.id, "tool", where, **more)
    for day, edge in ((interval[0], (interval[0], None)), (interval[1], (None, interval[1])), (used.frontier, None)):
        if day is not None:
            ledger.add(day, "date", used.id, "tool", where, interval=edge)
    for cited in (used.source.citation.zh_TW, used.source.citation.en):
        ledger.citations.add(cited)
        _identify(ledger, cited, where)


def _name(ledger: Ledger, parameter: str) -> None:
    if parameter not in ledger.parameter_names:
        held = law().parameter(parameter)
        ledger.parameter_names[parameter] = LocalizedList(
            **{"zh-TW": (held.label.zh_TW, *held.aliases.zh_TW), "en": (held.label.en, *held.aliases.en)}
        )


def _from_de_minimis(ledger: Ledger, ref: str, state: DeMinimis) -> None:
    for used in state.parameters:
        _parameter(ledger, ref, used)
    for day in (state.on, state.since, state.basis_since, state.until, state.statute_ends):
        if day is not None:
            ledger.add(day, "date", "us.de_minimis.exemption", "tool", f"{ref}#dates")
    if state.value is not None:
        ledger.add(state.value, "USD", "price", "question", f"{ref}.input.value")
    for text in filter(None, (state.instead, state.why)):
        for said in (text.zh_TW, text.en):
            ledger.formulas.setdefault(said, set())
            _figures_in(ledger, said, "", "tool", f"{ref}#text")
            _identify(ledger, said, ref)


def _from_lines(ledger: Ledger, ref: str, found: TariffLines) -> None:
    ledger.add(found.frontier, "date", "tariff_revision", "tool", ref)
    ledger.add(found.on, "date", "as_of", "tool", ref)
    ledger.citations |= {found.source.citation.zh_TW, found.source.citation.en}
    for column in ("column 1", "column 2", "column 3"):
        ledger.identifiers.setdefault(column, ref)
    for line in found.lines:
        ledger.identifiers.setdefault(line.code, ref)
        for column, text in line.rates.items():
            of = "schedule_rate" if column == "column_1" else column
            _figures_in(ledger, text, of, "tool", f"{ref}#{line.code}.{column}")


def _figures_in(ledger: Ledger, text: str, of: str, kind: Kind, ref: str) -> None:
    for quantity in find_quantities(text):
        if quantity.kind in QUANTITIES and quantity.value is not None:
            ledger.add(quantity.value, quantity.unit, of, kind, ref)
        elif quantity.kind in TIMES and quantity.day is not None:
            ledger.add(quantity.day, quantity.unit, of, kind, ref)
        elif quantity.kind in TIMES:
            ledger.add(quantity.value, quantity.unit, of, kind, ref)


def _from_passage(ledger: Ledger, marker: str, passage: Passage) -> None:
    """Figures rendered from law are the law's; the others are what the passage says."""
    ref = f"[{marker}] {passage.id}"
    for quantity in find_quantities(passage.text):
        bound = next((b for b in passage.bound if b.start < quantity.end and quantity.start < b.end), None)
        of = bound.parameter if bound else ""
        value = quantity.day if quantity.day is not None else quantity.value
        if value is None:
            ledger.identifiers.setdefault(quantity.text, ref)
            continue
        interval = (bound.effective_from, bound.effective_to) if bound else None
        current = bound is None or (bound.effective_from or date.min) <= ledger.as_of <= (
            bound.effective_to or date.max
        )
        kind: Kind = "tool" if bound else "passage"
        ledger.add(value, quantity.unit, of, kind, f"law:{of}" if bound else ref, current=current, interval=interval)
        if bound:
            _name(ledger, of)
    _figures_in(ledger, passage.section, "", "passage", ref)
    _identify(ledger, f"{passage.section} {passage.title} {passage.citation}", ref)


def _identify(ledger: Ledger, text: str, ref: str) -> None:
    for quantity in find_quantities(text):
        if quantity.kind not in QUANTITIES and quantity.kind not in TIMES:
            ledger.identifiers.setdefault(quantity.text, ref)
