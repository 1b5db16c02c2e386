"""Figures of an answer, bound by value, unit and what they are of: tool before passage before question.

Closed list of exemptions: citation markers, list markers at the start of a line, a citation of the law word for
word, and 一 with a plain counter. An address must be the law's, a passage's or the person's own.
Everything else that is a quantity, a day of law or an identifier must stand in the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import alpha2digit

from advisor.answer import Grounding, Identifier, Number
from advisor.guard.context import Context, Sentence, Violation, sentences, within
from advisor.guard.labels import Named, Wording, name_for, names_in_header, only_name, wording
from advisor.guard.quoted import in_quotation, is_verbatim
from advisor.guard.times import INPUTS, bind_time, preference, times_of_passage
from advisor.ledger import Evidence, Ledger, key
from tools.text.normalise import normalise
from tools.text.numerals import CHINESE
from tools.text.quantities import IDENTIFIERS, QUANTITIES, TIMES, Quantity, find_quantities

_LIST_MARKER = re.compile(r"^\s*(?:\|\s*|[-*]\s+)?\d{1,2}[.)、]\s", re.MULTILINE)
_OPERATOR_BEFORE = re.compile(r"[×*+÷(→=≤]\s*$")
_OPERATOR_AFTER = re.compile(r"^\s*(?:[×*+÷)→=≤]|的 ?\d|× ?\d)")
_PLAIN_COUNTERS = ("piece", "time", "parcel", "person")
_FRACTION = re.compile(
    r"(?<!百)[一二三四五六七八九十]分之[一二三四五六七八九十]|兩倍|三倍|一半|廿|\b(?:twice|thrice|double|triple|half of|a third of|a quarter of)\b",
    re.IGNORECASE,
)
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SMALL = re.compile(
    rf"\b(?:{'|'.join(_WORDS)})\b(?=\s+(?:per ?cent|dollars?|NT|times|imports?|parcels?|exempt))|\bzero\b",
    re.IGNORECASE,
)
_NUMERAL_RUN = re.compile(rf"[{CHINESE}]{{3,}}(?=元|塊|美元|%|次)")
_NOW = re.compile(r"現在|目前|今日|如今|現行|\b(?:now|today|currently|at present|current)\b", re.IGNORECASE)
_PARTS = {"duty", "business_tax", "trade_promotion_fee", "customs_value", "landed_cost", "taxes", "fees"}
#: units of parameters by the unit a count is said in; anything countable is a count
_COUNTED = {"day": {"days"}, "kg": {"kilograms"}, "g": {"kilograms"}, "litre": {"litres"}}
_SECOND_CURRENCY = re.compile(
    r"^ ?(?:美元|美金|日[圓元幣]|歐元|英鎊|人民幣|港[幣元]|韓[元圜幣]|元|塊|[次天倍]|公斤|(?:USD|EUR|JPY|CNY|NTD?|TWD|yen|euros?|dollars?|pounds?)\b)"
)


@dataclass(frozen=True, slots=True)
class FigureReport:
    """Every figure and identifier of a text with its ground, and what stands on none."""

    numbers: tuple[Number, ...]
    identifiers: tuple[Identifier, ...]
    violations: tuple[Violation, ...]


def check_figures(text: str, ledger: Ledger) -> FigureReport:
    """Bind every figure of an answer to the ledger."""
    numbers: list[Number] = []
    identifiers: list[Identifier] = []
    violations: list[Violation] = []
    markers = [m.span() for m in _LIST_MARKER.finditer(text)]
    for sentence in sentences(text):
        formulas = _formula_spans(sentence.text, ledger)
        verbatim = is_verbatim(sentence, ledger)
        found = find_quantities(sentence.text)
        cited = [(at, at + len(c)) for c in ledger.citations if c and (at := sentence.text.find(c)) >= 0]
        for quantity in found:
            at = sentence.start + quantity.start
            if quantity.kind == "link":
                violations += _unknown_link(quantity, ledger)
                continue
            if quantity.kind == "marker" or any(a <= at < b for a, b in markers):
                continue
            if any(a <= quantity.start and quantity.end <= b for a, b in cited):
                identifiers.append(Identifier(text=quantity.text, kind="article", ref="law"))
                continue
            if quantity.kind in IDENTIFIERS:
                _identify(quantity, ledger, identifiers, violations)
                continue
            context = Context(sentence, quantity, found, ledger, formulas, verbatim)
            if quantity.unit in _PLAIN_COUNTERS and quantity.text.startswith("一") and not _counts_of_law(context):
                continue
            outcome = bind_time(context) if quantity.kind in TIMES else bind(context)
            if isinstance(outcome, Violation):
                violations.append(outcome)
            else:
                shown = outcome.unit or quantity.unit
                part = outcome.of or outcome.ref.partition("#")[2]  # of a message: its code
                of = f"{part}_working" if outcome.working else part
                numbers.append(
                    Number(
                        text=quantity.text, value=outcome.value, unit=shown, of=of,
                        grounding=Grounding(kind=outcome.kind, ref=outcome.ref),
                    )
                )  # fmt: skip
    violations += _spelled_out(text, ledger)
    return FigureReport(tuple(numbers), tuple(identifiers), tuple(violations))


def _counts_of_law(context: Context) -> bool:
    """Whether a count may be the law's: 每半年免稅一次 is a figure of the law, 一件包裹 is not."""
    exempt = re.search(r"免稅|exempt", context.sentence.text, re.IGNORECASE) is not None
    in_law = any(e.unit == "count" and e.of.count(".") == 2 for e in context.ledger.figures)
    return exempt and (in_law or context.quantity.unit == "time")


def _spelled_out(text: str, ledger: Ledger) -> list[Violation]:
    """Figures hidden in words: English numerals, fractions, numerals nobody can read."""
    found: list[Violation] = []
    for sentence in sentences(text):
        if not is_verbatim(sentence, ledger):
            shares = _FRACTION.finditer(sentence.text)
            found += [Violation("fraction", m[0], "a share that no tool gave") for m in shares]
        taken = find_quantities(sentence.text)
        for run in _NUMERAL_RUN.finditer(sentence.text):
            if not any(q.start < run.end() and run.start() < q.end for q in taken):
                found.append(Violation("unreadable", run[0], "a numeral that cannot be read"))
        digits = in_digits(sentence.text)
        if digits == sentence.text or is_verbatim(sentence, ledger):
            continue
        said = {q.key for q in taken}
        written = Sentence(digits, sentence.start, sentence.markers, sentence.header)
        others = find_quantities(digits)
        for quantity in others:
            if (
                quantity.kind in QUANTITIES
                and quantity.key not in said
                and not _in_passage_words(quantity, sentence, ledger)
            ):
                outcome = bind(Context(written, quantity, others, ledger, [], None))
                if isinstance(outcome, Violation):
                    found.append(outcome)
    return found


def in_digits(text: str) -> str:
    """English numerals of a text in digits; small ones only where they count something.

    >>> in_digits("The duty is zero, about two hundred dollars, one of them")
    'The duty is 0, about 200 dollars, one of them'
    """
    small = _SMALL.sub(lambda m: str(_WORDS.index(m[0].lower())), text)
    pieces = re.split(r"([\u3000-\u9fff\uff00-\uffef|*]+)", small)
    return "".join(p if i % 2 or not re.search("[a-z]{3}", p) else alpha2digit(p, "en") for i, p in enumerate(pieces))


def _in_passage_words(quantity: Quantity, sentence: Sentence, ledger: Ledger) -> bool:
    """Whether a passage cited here writes the same number in words."""
    for marker in sentence.markers:
        if 0 < int(marker) <= len(ledger.passages):
            passage = ledger.passages[int(marker) - 1]
            written = alpha2digit(f"{passage.section} {passage.text}", "en") if passage.language == "en" else ""
            if any(q.value == quantity.value for q in find_quantities(written)):
                return True
    return False


def bind(context: Context) -> Evidence | Violation:
    """The evidence a quantity stands on, or why it stands on none."""
    quantity, ledger, words = context.quantity, context.ledger, wording()
    if quantity.kind == "money" and (second := _SECOND_CURRENCY.match(context.after)):
        return Violation("two_currencies", quantity.text + second[0], "an amount is of one currency")
    value = None if quantity.value is None else key(quantity.value)
    candidates = [e for e in ledger.figures if e.value == value and _same_unit(e, quantity)]
    if not candidates:
        return Violation("ungrounded", quantity.text, "no tool, passage or question gave this figure")
    for start, end, computes in context.formulas:
        if start <= quantity.start and quantity.end <= end:
            if (other := _said_under(context, start, computes)) is not None:
                return Violation("wrong_subject", quantity.text, f"a formula of {sorted(computes)} said of {other}")
            return min(candidates, key=lambda e: _in_formula(e, quantity, computes))
    if context.verbatim is not None:
        quoted = [e for e in candidates if e.ref.endswith(f" {context.verbatim}") or e.ref.startswith("law:")]
        if quoted:
            best = min(quoted, key=lambda e: e.kind != "tool")
            named = name_for(context.before, context.after, quantity, context.others, ledger)
            wrong = best.kind == "passage" and named is not None and _computed_otherwise(best, named, ledger)
            if not wrong or words.attributes(context.sentence.text):
                return best
            return Violation("against_result", quantity.text, "the calculation gives another figure for this")
    named = name_for(context.before, context.after, quantity, context.others, ledger)
    named = names_in_header(context.column, quantity, ledger) or named if context.column else named
    bounded = _is_bound(context, words)
    matched = [e for e in candidates if _fits(e, named, bounded, context)]
    if not matched:
        of = named.name if named else "?"
        known = ", ".join(sorted({e.of for e in candidates if e.of}))
        return Violation("wrong_subject", quantity.text, f"said of {of}; it is of {known or 'something else'}")
    problems: list[Violation] = []
    for evidence in sorted(matched, key=preference):
        problem = _condition(evidence, named, context, words)
        if problem is None:
            return evidence
        if problem.code == "wrong_time" and not any(
            _condition(other, named, context, words) is None
            for other in matched
            if other.kind == "tool"
            and other.of == evidence.of  # the same value in two periods, of which the other is said
        ):
            return problem  # the right figure at the wrong time is not saved by the question having said it too
        if problem.code == "not_in_force" and not words.corrects(context.sentence.text):
            return problem  # nor is a value of another period, put as if it held
        problems.append(problem)
    return problems[0]


def _same_unit(evidence: Evidence, quantity: Quantity) -> bool:
    if evidence.unit == quantity.unit or (evidence.of == "claim" and "" in (evidence.unit, quantity.unit)):
        return True
    if quantity.unit == "":
        return evidence.unit != "percent"
    if quantity.unit == "?":
        return evidence.unit in ("TWD", "USD", "JPY", "CNY", "?", "")
    if quantity.kind in ("count", "ordinal"):
        return evidence.unit in _COUNTED.get(quantity.unit, {"count", "ordinal", ""})
    return evidence.unit == ""


def _fits(evidence: Evidence, named: Named | None, bounded: bool, context: Context) -> bool:
    """Whether the words around a figure may mean this evidence."""
    if evidence.working:
        if named is not None and not named.allows(evidence.of):
            return False
        exact = "." in evidence.value and any(w in context.sentence.text for w in wording().working)
        return exact or bool(_OPERATOR_BEFORE.search(context.before) or _OPERATOR_AFTER.search(context.after))
    if evidence.of == "" and evidence.kind == "tool":
        return False  # figures of a tool's message stand only inside that message, word for word
    if named is None and evidence.kind == "tool" and evidence.of in _PARTS:
        # an amount without a name is understood as the total, unless the sentence speaks of one thing only
        only = only_name(context.sentence.text, context.ledger)
        return only is not None and only.allows(evidence.of)
    if named is None or evidence.of in ("", "claim"):
        return True
    if bounded and (evidence.of.count(".") == 2 or evidence.of == "freight_and_insurance"):
        return named.allows(evidence.of) or not named.is_parameter
    return named.allows(evidence.of)


def _condition(evidence: Evidence, named: Named | None, context: Context, words: Wording) -> Violation | None:
    """What the sentence must also say for this evidence to count; None when it does."""
    text = context.quantity.text
    attributed, corrected = words.attributes(context.sentence.text), words.corrects(context.clause)
    if evidence.kind == "tool":
        if evidence.ref.startswith("law:") and not in_quotation(
            context.quantity, context.others, context.sentence, context.ledger
        ):
            return Violation("altered_quotation", text, "the sentence quoted here says another figure")
        return _condition_in_time(evidence, context, corrected=corrected)
    if evidence.kind == "passage":
        marker = evidence.ref[1 : evidence.ref.index("]")]
        if marker not in context.sentence.markers:
            return Violation("uncited", text, f"only passage {evidence.ref} says it, and it is not cited here")
        passage = context.ledger.passages[int(marker) - 1]
        if passage.kind == "document" and not attributed:
            return Violation("unattributed", text, f"{passage.title} says it; the sentence does not")
        if not in_quotation(context.quantity, context.others, context.sentence, context.ledger):
            return Violation(
                "altered_quotation", text, f"the sentence of {passage.title} quoted here says another figure"
            )
        if not times_of_passage(context, passage.text):
            return Violation("wrong_time", text, f"{passage.title} says it of another time")
        if named is not None and _contradicts(evidence, named, context) and not words.corrects(context.sentence.text):
            return Violation("against_law", text, "the law held gives another figure for this")
        return None
    if evidence.of in INPUTS:
        return None
    if corrected:
        return None
    if not attributed:
        return Violation("echoed", text, "only the question says it, and it is put as a fact")
    if _contradicts(evidence, named, context) and not (
        words.corrects(context.sentence.text) and words.attributes(context.clause)
    ):
        return Violation("claim_confirmed", text, "the law held gives another figure, and the claim is not corrected")
    return None


def _condition_in_time(evidence: Evidence, context: Context, *, corrected: bool) -> Violation | None:
    """A value of the law is said of its own time: of today when it is in force, else with its time beside it."""
    text, interval = context.quantity.text, evidence.interval
    if evidence.current:
        if interval is not None and any(not within(t, interval) for t in context.times_in_clause()):
            return Violation("wrong_time", text, f"{evidence.of} did not have this value at the time said beside it")
        return None
    nearest = context.nearest_time()
    if _NOW.search(context.clause) and not corrected:
        return Violation("not_in_force", text, f"{evidence.of} has another value now")
    if interval is not None and any(not within(t, interval) for t in context.times_in_clause()):
        return Violation("wrong_time", text, f"{evidence.of} did not have this value at the time said beside it")
    if corrected or (interval is not None and nearest is not None and within(nearest, interval)):
        return None
    return Violation("not_in_force", text, f"{evidence.of} had this value in another period, which is not said")


def _contradicts(evidence: Evidence, named: Named | None, context: Context) -> bool:
    """Whether a tool holds another current figure for what the words name."""
    if named is None:
        return any(e.kind == "tool" and e.current and e.unit == context.quantity.unit and not e.working
                   for e in context.ledger.figures)  # fmt: skip
    return any(
        e.kind == "tool" and e.current and not e.working and named.allows(e.of) and e.value != evidence.value
        for e in context.ledger.figures
    )


def _computed_otherwise(evidence: Evidence, named: Named, ledger: Ledger) -> bool:
    """Whether a calculation of this turn gives another figure for what is named."""
    computed = [e for e in ledger.figures if "#" in e.ref and e.kind == "tool" and not e.working and named.allows(e.of)]
    return bool(computed) and all(e.value != evidence.value for e in computed)


def _said_under(context: Context, start: int, computes: set[str]) -> str | None:
    """The name a formula is said under, where that is not what it computes."""
    if not computes:
        return None
    named = name_for(context.sentence.text[:start], "", context.quantity, [], context.ledger)
    return named.name if named is not None and not any(map(named.allows, computes)) else None


def _is_bound(context: Context, words: Wording) -> bool:
    before, after = context.before.rstrip().lower(), context.after.lstrip(" ）)|*").lower()
    before = re.sub(r"(?:\s(?:the|a|an|only|about)|[*|（(])+$", "", before).rstrip()
    return before.endswith(words.comparators_before) or after.startswith(words.comparators_after)


def _identify(quantity: Quantity, ledger: Ledger, identifiers: list[Identifier], violations: list[Violation]) -> None:
    wanted = re.compile(rf"(?<!\d){re.escape(_plain(quantity.text))}(?!\d)")
    for text, ref in ledger.identifiers.items():
        if wanted.search(_plain(text)):
            identifiers.append(Identifier(text=quantity.text, kind=quantity.kind, ref=ref))
            return
    for number, passage in enumerate(ledger.passages, start=1):
        if wanted.search(_plain(f"{passage.section} {passage.text} {passage.title} {passage.citation}")):
            identifiers.append(Identifier(text=quantity.text, kind=quantity.kind, ref=f"[{number}] {passage.id}"))
            return
    violations.append(Violation("unknown_identifier", quantity.text, "in no law, schedule, passage or question"))


def _unknown_link(quantity: Quantity, ledger: Ledger) -> list[Violation]:
    """Addresses are often what an order in a document is about: one that only a document gives is not passed on."""
    documents = {p.id for p in ledger.passages if p.kind == "document"}
    ref = ledger.identifiers.get(quantity.text)
    known = ref is not None and ref.partition(" ")[2] not in documents
    if known or any(p.url and quantity.text.startswith(p.url) for p in ledger.passages):
        return []
    return [Violation("unknown_link", quantity.text, "an address that no law, passage or question gave")]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"[\s.,()（）\-]|(?<=條)款", "", normalise(text).text).lower()


def _formula_spans(sentence: str, ledger: Ledger) -> list[tuple[int, int, set[str]]]:
    """Where a sentence says a tool's formula or message word for word, and what that computes."""
    spans = [
        (start, end, of)
        for f, of in ledger.formulas.items()
        if f and f in sentence
        for start, end in _whole(f, sentence)
    ]
    return [s for s in spans if not any(o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0] for o in spans)]


def _whole(formula: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Where a formula stands in a sentence without being part of a longer figure."""
    at = sentence.find(formula)
    while at >= 0:
        end = at + len(formula)
        whole = not (at and _RUNS_ON.match(sentence, at - 1)) and not _GOES_ON.match(sentence, end)
        if whole:
            yield at, end
        at = sentence.find(formula, end if whole else at + 1)


_RUNS_ON, _GOES_ON = re.compile(r"[\d.,]"), re.compile(r"[.,]?\d")


def _in_formula(evidence: Evidence, quantity: Quantity, computes: set[str]) -> tuple[bool, bool, bool, bool]:
    """Order of preference for a figure inside a tool's own formula: a rate of that line, a settled figure, a working."""
    rates = {f"{key_of}_rate" for key_of in computes}
    other_rate = quantity.kind == "percent" and bool(computes) and evidence.of not in rates
    return evidence.of in ("claim", ""), other_rate, evidence.working, evidence.kind != "tool"
