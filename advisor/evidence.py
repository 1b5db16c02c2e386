"""What an answer may stand on: every figure that tools, passages and the question gave, and what it is of.

Evidence is made from typed artifacts only; nobody parses a number out of a tool's prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from advisor.control import ToolProblem
from advisor.evidence_codes import from_nomenclature, from_search
from advisor.evidence_papers import from_paper
from advisor.ledger import INPUT_NAMES, INPUT_UNITS, Kind, Ledger
from corpus.conflicts import parameters_of
from corpus.scan_models import Scan
from corpus.search import Passage, SearchResult, split_sentences
from tools.errors import NotInForce
from tools.labels import labels
from tools.law.models import LocalizedList
from tools.law.store import law
from tools.law.tool import LawEntry, LawLookup
from tools.result import Figure, Line, Message, ParameterUsed, Result, Sum, Totals
from tools.taiwan.ezway import EzWayCheck
from tools.tariff.look import CodeShown
from tools.tariff.search.models import Found
from tools.tariff.tool import TariffLines
from tools.text.quantities import QUANTITIES, TIMES, Quantity, find_quantities
from tools.united_states.de_minimis import DeMinimis


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
                _from_note(ledger, reference, entry)
                for used in filter(None, (entry.in_force, *entry.others)):
                    _parameter(ledger, reference, used)
        elif isinstance(artifact, TariffLines):
            _from_lines(ledger, reference, artifact)
        elif isinstance(artifact, CodeShown):
            _from_code(ledger, reference, artifact)
        elif isinstance(artifact, Found):
            from_search(ledger, reference, artifact)
        elif isinstance(artifact, EzWayCheck):
            _from_notice(ledger, reference, artifact)
        elif isinstance(artifact, ToolProblem):
            ledger.citations |= {artifact.field, artifact.accepted, artifact.message}
        elif isinstance(artifact, SearchResult):
            ledger.passages.extend(artifact.passages)
            _from_law(ledger, reference, parameters_of(artifact.conflicts), artifact.as_of)
        elif isinstance(artifact, Scan):
            _from_scan(ledger, reference, artifact)
        else:
            from_paper(ledger, reference, artifact, _from_message, _parameter, _from_result)
    for number, passage in enumerate(ledger.passages, start=1):
        _from_passage(ledger, str(number), passage)
    for quantity in (*find_quantities(question), *claims):
        _from_question(ledger, quantity)
    return ledger


def _from_scan(ledger: Ledger, ref: str, scan: Scan) -> None:
    """What a document claims, as a claim; the law's figures beside it; what a correction names."""
    for finding in scan.findings:
        for quantity in find_quantities(finding.claim):
            _from_question(ledger, quantity)
        _identify(ledger, f"{finding.correction} {finding.citation}", ref)
    _from_law(ledger, ref, [f.parameter for f in scan.findings if f.parameter and f.current], scan.on)


def _from_law(ledger: Ledger, ref: str, names: Sequence[str], on: date) -> None:
    """Values of the law told beside the claims of a document."""
    for name in dict.fromkeys(names):
        try:
            value = law().value(name, on)
        except NotInForce:  # a value scoped by origin or mode is told by its tool, not here
            continue
        _parameter(ledger, ref, ParameterUsed.of(name, law().parameter(name).unit, value))


def _from_note(ledger: Ledger, ref: str, entry: LawEntry) -> None:
    """The note of a value, sentence by sentence: said word for word, it is the tool that says it."""
    for text in (entry.note.zh_TW, entry.note.en) if entry.note else ():
        for said in split_sentences(text):
            ledger.formulas.setdefault(said.rstrip("。."), set())
            _figures_in(ledger, said, "", "tool", f"{ref}#note")
            _identify(ledger, said, ref)


def _from_notice(ledger: Ledger, ref: str, check: EzWayCheck) -> None:
    ledger.add(check.on, "date", "as_of", "tool", ref)
    said = (*(d.message for d in check.differences), *check.confirming, *check.refusing, check.words_to_seller)
    for message in said:
        _from_message(ledger, ref, message)
    for part, result in (("tax", check.tax), ("tax_as_declared", check.tax_as_declared)):
        if result is not None:
            _from_result(ledger, f"{ref}.{part}", result)


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
    currency = "USD" if result.jurisdiction == "us" else "TWD"
    _from_input(ledger, f"{ref}.input", result.input, result.input.get("currency", currency))
    ledger.add(result.as_of, "date", "as_of", "tool", ref)
    ledger.taxed = ledger.taxed or bool(result.complete and result.totals.total)
    _from_lines_of(ledger, ref, result.lines)
    _from_totals(ledger, ref, result.totals, currency)
    for alternative in result.alternatives:
        _from_lines_of(ledger, ref, alternative.lines)
        _from_totals(ledger, ref, alternative.totals, currency)
        _from_message(ledger, ref, alternative.label)
    if result.range:
        for bound in (result.range.low, result.range.high):
            if bound is not None:
                ledger.add(bound, currency, "total", "tool", f"{ref}.range")
    for message in (*result.assumptions, *result.warnings):
        _from_message(ledger, ref, message)
    for missing in result.missing:
        _from_message(ledger, ref, missing.why)
        _from_message(ledger, ref, missing.effect)
    _from_regime(ledger, ref, "regime", result.regime, currency)


def _from_input(ledger: Ledger, ref: str, given: Any, currency: str, field_name: str = "") -> None:
    """Every number of an input, as the person's own; codes are identifiers, the count of exemptions also an ordinal."""
    if isinstance(given, Mapping):
        for name, inner in given.items():
            _from_input(ledger, ref, inner, currency, field_name if field_name == "quantities" else name)
        return
    if isinstance(given, list | tuple):
        for inner in given:
            _from_input(ledger, ref, inner, currency, field_name)
        return
    if field_name.endswith(("_code", "_codes")):
        ledger.identifiers.setdefault(str(given), ref)
        return
    number = _number(given)
    if number is None:
        day = _day(given)
        if day is not None:
            ledger.add(day, "date", "as_of", "question", ref)
        return
    if field_name == "exempt_imports_this_half_year":
        ledger.add(number, "count", "exempt_imports_used", "question", ref)
        ledger.add(number + 1, "ordinal", "parcel_number", "question", ref)
        return
    unit = "count" if field_name == "quantities" else INPUT_UNITS.get(field_name, currency)
    shown = number * 100 if unit == "ratio" else number
    ledger.add(shown, unit, INPUT_NAMES.get(field_name, field_name), "question", ref)


def _number(given: Any) -> Decimal | None:
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        return None
    text = str(given)
    return Decimal(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given) else None


def _from_regime(ledger: Ledger, ref: str, of: str, value: Any, currency: str) -> None:
    """What a regime holds, whatever its shape: values of the law, messages, amounts with their formula and law."""
    if isinstance(value, list | tuple):
        for inner in value:
            _from_regime(ledger, ref, of, inner, currency)
        return
    if not isinstance(value, Mapping):
        return
    if "code" in value and "text" in value:
        _from_message(ledger, ref, Message.model_validate({k: v for k, v in value.items() if k != "text"}))
        return
    if value.keys() >= {"id", "unit", "value", "source", "frontier"}:
        _parameter(ledger, ref, ParameterUsed.model_validate(value))
        return
    if value.keys() >= {"formula", "amount"}:
        ledger.formulas.setdefault(value["formula"], set()).add(of)
        ledger.add(value["amount"], currency, of, "tool", f"{ref}#{of}")
        for quantity in find_quantities(value["formula"]):
            if quantity.value is not None:
                ledger.add(quantity.value, quantity.unit, of, "tool", f"{ref}#{of}", working=True)
        _identify(ledger, value.get("legal_basis", ""), ref)
        ledger.citations |= set(value.get("citation", {}).values())
    if value.keys() >= {"limit", "limit_parameter"}:  # a value of the law that decided the kind of entry
        ledger.add(value["limit"], currency, str(value["limit_parameter"]), "tool", f"{ref}#{of}")
    for name, inner in value.items():
        _from_regime(ledger, ref, name, inner, currency)


def _from_lines_of(ledger: Ledger, ref: str, lines: Sequence[Line]) -> None:
    for line in lines:
        here = f"{ref}#{line.key}"
        ledger.add(line.amount, line.currency, line.key, "tool", here)
        ledger.formulas.setdefault(line.formula, set()).add(line.key)
        if line.rate:
            of = "duty_rate" if line.key == "duty" else f"{line.key}_rate"
            _figures_in(ledger, line.rate, of, "tool", here)
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
        ledger.identify(line.key, line.heading, here)
        ledger.citations |= {line.label.zh_TW, line.label.en}
        _name_line(ledger, line)


def _name_line(ledger: Ledger, line: Line) -> None:
    """A line's own name, where the table of labels has none for its key."""
    if line.key not in labels():
        known = ledger.parameter_names.get(line.key)
        names = {line.label.zh_TW, *(known.zh_TW if known else ())}, {line.label.en, *(known.en if known else ())}
        ledger.parameter_names[line.key] = LocalizedList(
            **{"zh-TW": tuple(sorted(names[0])), "en": tuple(sorted(names[1]))}
        )


def _from_totals(ledger: Ledger, ref: str, totals: Totals, currency: str) -> None:
    for name, amount in totals.model_dump().items():
        if amount is not None:
            ledger.add(amount, currency, name, "tool", f"{ref}#totals.{name}")
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
    elif used.unit in ("text", "codes"):
        ledger.citations |= {used.value, *used.value.split(", ")}  # said as it is written
    elif used.unit == "date":
        ledger.add(date.fromisoformat(used.value), "date", used.id, "tool", where, **more)
    for day, edge in ((interval[0], (interval[0], None)), (interval[1], (None, interval[1])), (used.frontier, None)):
        if day is not None:
            ledger.add(day, "date", used.id, "tool", where, interval=edge)
    if used.source.url:
        ledger.identifiers.setdefault(used.source.url, where)
    for cited in (used.source.citation.zh_TW, used.source.citation.en):
        ledger.citations.add(cited)
        _identify(ledger, cited, where)


def _name(ledger: Ledger, parameter: str) -> None:
    if parameter not in ledger.parameter_names:
        held = law().parameter(parameter)
        ledger.parameter_names[parameter] = LocalizedList(
            **{"zh-TW": (held.label.zh_TW, *held.aliases.zh_TW), "en": (held.label.en, *held.aliases.en)}
        )
        ledger.citations |= {held.label.zh_TW, held.label.en}  # a name with a number in it, said word for word


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


#: what the rates of a column are of: the US columns beside Taiwan's
_RATE_COLUMNS = {"column_1": "schedule_rate", "general": "schedule_rate", "special": "duty_rate", "other": "column_2"}


def _from_code(ledger: Ledger, ref: str, shown: CodeShown) -> None:
    ledger.add(shown.revision.frontier, "date", "tariff_revision", "tool", ref)
    headings = (duty.heading for duty in shown.additional_duties if duty.heading)
    for said in ("column 1", "column 2", "column 3", shown.code, *shown.below, *headings):
        ledger.identifiers.setdefault(said, ref)
    for column, text in shown.rates.items():
        _figures_in(ledger, text, _RATE_COLUMNS.get(column, column), "tool", ref)
    ledger.citations |= set(shown.line.name.as_dict().values()) if shown.line else set()
    if shown.nomenclature:
        from_nomenclature(ledger, ref, shown.nomenclature)
    if shown.line:
        for codes in (shown.line.import_regulations, shown.line.export_regulations, shown.line.levies):
            ledger.citations |= {f"：{' '.join(codes)}", f": {' '.join(codes)}"} if codes else set()
    for note in (shown.verdict, *shown.notes):
        _from_message(ledger, ref, note)


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
