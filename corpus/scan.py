"""Scan of a document for figures, thresholds and rules that disagree with the law on a day.

What is looked for is data (`scan_rules.toml`); the current value comes from the law held. The text is evidence: nothing
in it is obeyed. A claim that dates itself to another time is measured by the law of that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from corpus.documents.blocks import Block, Parsed
from corpus.documents.facts import find_facts
from corpus.documents.reader import read_file
from corpus.scan_models import FigureRule, Finding, FractionRule, Rule, Scan, StatementRule, TotalRule, rules
from tools.errors import NotInForce
from tools.law.bindings import render
from tools.law.models import Lang, LawValue
from tools.law.store import law
from tools.text.dates import us_fiscal_year
from tools.text.format import figure, money
from tools.text.quantities import Quantity, find_quantities

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_BEFORE, _AFTER = 40, 40  # characters looked at beside a quantity


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its place and what stands over it."""

    text: str
    start: int
    block: Block
    heading: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A document as scanned."""

    parsed: Parsed
    lang: Lang
    on: date

    def place(self, block: Block, at: int) -> int:
        """Offset in the document of a character of a block, whose line breaks were taken out."""
        raw, position = self.parsed.text, block.start
        for wanted in block.text[:at]:
            while position < block.end and raw[position] != wanted and not (wanted == " " and raw[position].isspace()):
                position += 1
            position += 1
        while position < block.end and at < len(block.text) and raw[position] != block.text[at]:
            position += 1
        return position


def scan_file(path: Path, on: date) -> Scan:
    """Claims of a file that disagree with the law on a day.

    Raises:
        InputError: the file cannot be read; one line says why.
    """
    return scan(read_file(path), path.name, on)


def scan(parsed: Parsed, name: str, on: date, *, whole: str | None = None) -> Scan:
    """Claims of a document that disagree with the law on a day, in the order of the text.

    Args:
        parsed: the document, or a part of it.
        name: what it is called.
        on: the day.
        whole: the text of all of it, where only a part is read: it tells what the document is about.
    """
    facts = find_facts(parsed, name)
    text, about = _Text(parsed, facts.language, on), parsed.text if whole is None else whole
    figures = [r for r in rules().figure if _speaks_of(r, about)]
    statements = [r for r in rules().rule if _speaks_of(r, about)]
    fractions = [r for r in rules().fraction if _speaks_of(r, about)]
    found: list[Finding] = []
    for sentence in _sentences(parsed):
        for figure_rule in figures:
            found.extend(_figures(text, sentence, figure_rule))
        for statement in statements:
            found.extend(_statements(text, sentence, statement))
        for fraction in fractions:
            found.extend(_fractions(text, sentence, fraction))
    for total in rules().total:
        found.extend(_totals(text, total))
    unique = {(f.rule, f.start, f.end): f for f in found}
    return Scan(
        name=name, language=facts.language, on=on,
        findings=tuple(sorted(unique.values(), key=lambda f: (f.start, f.rule))),
    )  # fmt: skip


def _sentences(parsed: Parsed) -> Iterator[_Sentence]:
    heading = ""
    for block in parsed.blocks:
        if block.kind == "heading":
            heading = block.text
        for match in _SENTENCE.finditer(block.text):
            if match[0].strip():
                yield _Sentence(match[0], match.start(), block, f"{heading} {block.header}")


def _speaks_of(rule: Rule, about: str) -> bool:
    """Whether a document is of the kind a rule is for."""
    return rule.document is None or rule.document.search(about) is not None


def _applies(rule: Rule, sentence: _Sentence) -> bool:
    around = f"{sentence.heading} {sentence.text}"
    return (rule.about is None or rule.about.search(around) is not None) and (
        rule.unless is None or rule.unless.search(sentence.text) is None
    )


# ------------------------------------------------------------------------------------------------- figures


def _figures(text: _Text, sentence: _Sentence, rule: FigureRule) -> Iterator[Finding]:
    if not _applies(rule, sentence):
        return
    quantities = find_quantities(sentence.text)
    day = _day_of(quantities, text.on)
    for q in quantities:
        before = sentence.text[max(0, q.start - _BEFORE) : q.start]
        after = sentence.text[q.end : q.end + _AFTER]
        near = rule.before.search(before) or (rule.after and rule.after.search(after))
        if q.value is None or q.kind not in rule.kinds or not near or not _of_unit(q, rule):
            continue
        value = _value(rule.parameter, day)
        if value is None or _same(q, value):
            continue
        yield _finding(text, sentence, rule, q.start, q.end, value)


def _of_unit(q: Quantity, rule: FigureRule) -> bool:
    """Whether a quantity may be of the rule's unit: money that names no currency may be of any, a count of any things."""
    if rule.unit is None or q.kind not in ("money", "count"):
        return True
    return q.unit == rule.unit or (q.kind == "money" and q.unit == "?")


def _same(q: Quantity, value: LawValue) -> bool:
    if not isinstance(value.value, Decimal) or q.value is None:
        return True
    held = value.number * 100 if q.kind == "percent" else value.number
    return q.value == held


def _day_of(quantities: list[Quantity], on: date) -> date:
    """The day a sentence speaks of: a fiscal year or year it names, else the day of the scan."""
    for q in quantities:
        if q.kind == "fiscal_year" and q.value is not None:
            return us_fiscal_year(int(q.value))[0]
        if q.kind == "date" and q.day is not None and q.day.year > 1950 and q.day < on:
            return q.day
        if q.kind == "year" and q.value is not None and int(q.value) < on.year:
            return date(int(q.value), 7, 1)
    return on


def _value(parameter: str, on: date, origin: str | None = None, mode: str | None = None) -> LawValue | None:
    try:
        return law().value(parameter, on, origin=origin, mode=mode)
    except NotInForce:
        return None


def _ran_out(parameter: str, on: date) -> bool:
    """Whether every value held of a parameter ended before a day."""
    return all(v.effective_to is not None and v.effective_to < on for v in law().parameter(parameter).values)


# ------------------------------------------------------------------------------------------------- statements


def _statements(text: _Text, sentence: _Sentence, rule: StatementRule) -> Iterator[Finding]:
    if not _applies(rule, sentence):
        return
    if rule.when is not None:
        held = _value(rule.when.parameter, text.on, rule.when.origin, rule.when.mode)
        fits = held is None if rule.when.ended else held is not None and held.value == rule.when.value
        if not fits or (rule.when.ended and not _ran_out(rule.when.parameter, text.on)):
            return
    for match in rule.says.finditer(sentence.text):
        name = next(n for n in ("claim", "claim2") if n in match.groupdict() and match[n])
        start, end = match.span(name)
        value = _value(rule.parameter, text.on, rule.origin, rule.mode) if rule.parameter else None
        yield _finding(text, sentence, rule, start, end, value)


# ------------------------------------------------------------------------------------------------- arithmetic


def _fractions(text: _Text, sentence: _Sentence, rule: FractionRule) -> Iterator[Finding]:
    if not _applies(rule, sentence):
        return
    for q in find_quantities(sentence.text):
        if q.kind not in ("money", "number") or q.value is None or q.value == q.value.to_integral_value():
            continue
        if q.kind == "money" and q.unit not in ("TWD", "?"):
            continue
        if rule.near.search(sentence.text[max(0, q.start - _BEFORE) : q.start]):
            whole = money(Decimal(int(q.value)), "TWD", text.lang)
            value = _value(str(rule.parameter), text.on)
            yield _finding(text, sentence, rule, q.start, q.end, value, {"value": whole})


def _totals(text: _Text, rule: TotalRule) -> Iterator[Finding]:
    """Tables, column by column: the total against the base and the taxes above it."""
    rows: list[tuple[Block, list[str]]] = []
    for block in text.parsed.blocks:
        if block.kind != "row":
            rows = []
            continue
        cells = [cell.strip() for cell in block.text.split("|")]
        rows.append((block, cells))
        if not rule.total.search(cells[0]):
            continue
        for column in range(1, len(cells)):
            amounts = {row[0]: _number(row[column]) for _, row in rows if len(row) > column}
            base = next((a for name, a in amounts.items() if rule.base.search(name)), None)
            taxes = [a for name, a in amounts.items() if rule.taxes.search(name)]
            said = _number(cells[column])
            if base is None or said is None or len(taxes) < 2 or None in taxes:
                continue
            right = base + sum(a for a in taxes if a is not None)
            if abs(said - right) >= 1:
                at = block.text.rfind(cells[column])
                sentence = _Sentence(block.text, 0, block, block.header)
                shown = {"total": money(right, "TWD", text.lang)}
                value = _value(str(rule.parameter), text.on)
                yield _finding(text, sentence, rule, at, at + len(cells[column]), value, shown)


def _number(cell: str) -> Decimal | None:
    found = [q.value for q in find_quantities(cell) if q.kind in ("money", "number") and q.value is not None]
    return found[0] if len(found) == 1 else None


# ------------------------------------------------------------------------------------------------- what is told


def _finding(
    text: _Text, sentence: _Sentence, rule: Rule, start: int, end: int, value: LawValue | None,
    shown: dict[str, str] | None = None,
) -> Finding:  # fmt: skip
    begin = text.place(sentence.block, sentence.start + start)
    last = text.place(sentence.block, sentence.start + end - 1) + 1
    correction = rule.correction[text.lang]
    for name, words in (shown or {}).items():
        correction = correction.replace(f"{{{name}}}", words)
    source = rule.source if isinstance(rule, StatementRule) else None
    unit = law().parameter(rule.parameter).unit if rule.parameter else ""
    return Finding(
        rule=rule.id, severity=rule.severity, claim=text.parsed.text[begin:last], start=begin, end=last,
        line=text.parsed.text.count("\n", 0, begin) + 1, page=sentence.block.page, sentence=sentence.text.strip(),
        current=figure(value.value, unit, text.lang) if value and unit not in ("text", "boolean") else None,
        parameter=rule.parameter, effective_from=value.effective_from if value else None,
        effective_to=value.effective_to if value else None,
        citation=value.source.citation[text.lang] if value else source.citation if source else "",
        url=value.source.url if value else (source.url or None) if source else None,
        was_so=_was_so(rule, sentence.text[start:end]),
        correction=render(correction, law(), text.on, text.lang)[0],
    )  # fmt: skip


def _was_so(rule: Rule, claim: str) -> str | None:
    """The days in which a figure was the law, as far as values are held."""
    if not isinstance(rule, FigureRule):
        return None
    said = [q for q in find_quantities(claim) if q.value is not None]
    for value in law().parameter(rule.parameter).values:
        if said and value.effective_to is not None and _same(said[0], value):
            return f"{value.first_day} – {value.effective_to}"
    return None
