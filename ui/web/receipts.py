"""The receipt of each figure of an answer: formula, inputs, law value, article, interval, source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from advisor.answer import Answer, Number
from tools.labels import labels
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Sum, Totals


@dataclass(frozen=True, slots=True)
class Receipt:
    """One figure with what it stands on."""

    text: str
    of: str
    formula: str = ""
    basis: str = ""
    period: str = ""
    origin: str = ""
    url: str | None = None


def receipts(answer: Answer) -> list[Receipt]:
    """One receipt for each distinct figure of an answer, in order; workings stand inside the formulas they belong to."""
    seen: dict[tuple[str, str], Receipt] = {}
    for number in answer.numbers:
        if not number.of.endswith("_working"):
            seen.setdefault((number.value, number.of), _receipt(number, answer))
    return list(seen.values())


def _receipt(number: Number, answer: Answer) -> Receipt:
    name = _name(number.of, answer.language)
    ref = number.grounding.ref
    if number.grounding.kind == "tool" and (total := _total(number, answer)) is not None:
        return Receipt(number.text, name, total, origin=ref)
    for line in _lines(answer):
        if number.grounding.kind == "tool" and line["key"] == number.of and line["amount"] == number.value:
            return Receipt(number.text, name, line["formula"], line["legal_basis"], origin=ref)
    if number.of == "customs_value":
        for call in answer.tool_calls:
            if value := call.result.get("regime", {}).get("customs_value"):
                return Receipt(number.text, name, value["formula"], value["legal_basis"], origin=ref)
    if number.of.count(".") == 2:
        return _law_receipt(number, name, answer)
    return Receipt(number.text, name or number.unit, origin=_origin(number, answer))


def _total(number: Number, answer: Answer) -> str | None:
    """How a total of a calculation adds up."""
    for call in answer.tool_calls:
        for totals in (call.result.get("totals", {}), *(a["totals"] for a in call.result.get("alternatives", ()))):
            for of in get_args(Sum):
                if number.of == of and totals.get(of) == number.value:
                    return Totals.model_validate(totals).formula(of)
    return None


def _lines(answer: Answer) -> Iterator[dict[str, Any]]:
    for call in answer.tool_calls:
        yield from call.result.get("lines", ())
        for alternative in call.result.get("alternatives", ()):
            yield from alternative.get("lines", ())


def _law_receipt(number: Number, name: str, answer: Answer) -> Receipt:
    for value in law().parameter(number.of).values:
        shown = str(value.value)
        if value.holds(answer.as_of) or shown == number.value:
            start, end = value.effective_from or value.evidenced_on, value.effective_to
            cited = value.source.citation[answer.language]
            same = shown == number.value or value.holds(answer.as_of)
            if same:
                return Receipt(number.text, name, "", cited, f"{start} – {end or ''}", number.of, value.source.url)
    return Receipt(number.text, name, origin=number.of)


def _name(of: str, lang: Lang) -> str:
    if of in labels():
        return labels()[of].shown[lang]
    if of.count(".") == 2:
        return law().parameter(of).label[lang]
    return of


def _origin(number: Number, answer: Answer) -> str:
    kinds = {
        "tool": ("計算工具", "tool"),
        "passage": ("引用段落", "passage"),
        "question": ("您的問題", "your question"),
    }
    word = kinds[number.grounding.kind][0 if answer.language == "zh-TW" else 1]
    return f"{word} {number.grounding.ref}"
