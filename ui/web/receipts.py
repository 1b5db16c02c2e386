"""The receipt of each figure of an answer: formula, what it was computed from, the law read, its article and interval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from advisor.answer import Answer, Number
from tools.errors import NotFound
from tools.labels import labels
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Sum, Totals
from tools.text.format import figure
from ui.web.given import given_name, given_value, law_value
from ui.web.words import Words

_LAW_ID = re.compile(r"(tw|us)\.\w+\.\w+")
#: signs beside a figure that make it a part of a formula
_BEFORE, _AFTER = re.compile(r"[×=+→≤≥<>÷(−]\s*$"), re.compile(r"^\s*[×=+→≤≥<>÷)−]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@dataclass(frozen=True, slots=True)
class LawRead:
    """A value of the law as it was read."""

    name: str
    value: str
    basis: str
    period: str
    certainty: str
    frontier: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One figure with what it stands on."""

    number: int
    text: str
    of: str
    key: tuple[str, str]
    formula: str = ""
    inputs: str = ""
    basis: str = ""
    origin: str = ""
    laws: tuple[LawRead, ...] = ()

    @property
    def sign(self) -> str:
        """The number by which the figure points to its receipt."""
        return _CIRCLED[self.number - 1] if self.number <= len(_CIRCLED) else f"({self.number})"


def receipts(answer: Answer) -> list[Receipt]:
    """One receipt for each distinct figure of an answer, in order; workings stand inside the formulas they belong to."""
    seen: dict[tuple[str, str], Number] = {}
    for number in answer.numbers:
        if not number.of.endswith("_working"):
            seen.setdefault((number.value, number.of), number)
    words = Words(answer.language)
    return [_receipt(at, number, answer, words) for at, number in enumerate(seen.values(), start=1)]


def marked(answer: Answer, found: list[Receipt]) -> str:
    """The text of an answer with the number of its receipt behind each figure.

    Inside a formula a figure is not marked again; one that stands only in formulas is marked there once.
    """
    by_key = {receipt.key: receipt for receipt in found}
    places: list[tuple[int, Receipt, bool]] = []
    cursor = 0
    for number in answer.numbers:
        at = answer.answer.find(number.text, cursor)
        if at < 0:
            continue
        cursor = end = at + len(number.text)
        receipt = by_key.get((number.value, number.of))
        if receipt:
            inside = bool(_BEFORE.search(answer.answer[:at]) or _AFTER.match(answer.answer[end:]))
            places.append((end, receipt, inside))
    outside = {receipt.number for _, receipt, inside in places if not inside}
    text, marks = answer.answer, set(outside)
    shown: list[tuple[int, Receipt]] = []
    for end, receipt, inside in places:
        if not inside or receipt.number not in marks:
            shown.append((end, receipt))
            marks.add(receipt.number)
    for end, receipt in reversed(shown):
        text = f"{text[:end]}{receipt.sign}{text[end:]}"
    return text


def law_read(raw: Mapping[str, Any], lang: Lang) -> LawRead:
    """A parameter of a dumped result, in words."""
    words, source = Words(lang), raw["source"]
    start = raw["effective_from"] or words("receipt.evidenced", day=str(raw.get("evidenced_on")))
    return LawRead(
        name=name_of(raw["id"], lang), value=law_value(str(raw["value"]), raw["unit"], words), basis=source["citation"][lang], period=words.period(start, raw["effective_to"]),
        certainty=raw["certainty"], frontier=str(raw["frontier"]), url=source["url"],
    )  # fmt: skip


def name_of(of: str, lang: Lang) -> str:
    """What a figure is of, in words; empty where we have no name for it."""
    if of in labels():
        return labels()[of].shown[lang]
    if _LAW_ID.fullmatch(of):
        try:
            return law().parameter(of).label[lang]
        except NotFound:
            return ""
    return ""


def _receipt(at: int, number: Number, answer: Answer, words: Words) -> Receipt:
    lang, ref, key = answer.language, number.grounding.ref, (number.value, number.of)
    name = name_of(number.of, lang) or words.or_else(f"figure.{number.of}", words("figure.other"))
    tool = number.grounding.kind == "tool"
    for given, result in _calculations(number, answer):
        inputs = _inputs(given, words)
        if tool and (total := _total(number, result)) is not None:
            return Receipt(at, number.text, name, key, formula=total, inputs=inputs, origin=ref)
        for line in _lines(result):
            if tool and line["key"] == number.of and _same(line["amount"], number.value):
                laws = tuple(law_read(p, lang) for p in line["parameters"])
                cited = (line.get("citation") or {}).get(lang) or line["legal_basis"]
                return Receipt(at, number.text, name, key, line["formula"], inputs, cited, ref, laws)
        if number.of == "customs_value" and (value := result.get("regime", {}).get("customs_value")):
            return Receipt(at, number.text, name, key, value["formula"], inputs, value["legal_basis"], ref)
    if _LAW_ID.fullmatch(number.of):
        return Receipt(at, number.text, name, key, origin=number.of, laws=_law_of(number, answer))
    return Receipt(at, number.text, name, key, origin=f"{words(f'grounding.{number.grounding.kind}')} {ref}")


def _calculations(number: Number, answer: Answer) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """What a figure was computed from, and the result: the one it refers to, else all of the answer."""
    held: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    for call in answer.tool_calls:
        held[call.id] = (call.arguments, call.result)
        for at, one in enumerate(call.result.get("results", ())):  # of two held against each other
            held[f"{call.id}.{at}"] = (one["input"], one)
    own = held.get(number.grounding.ref.partition("#")[0])
    return [own] if own is not None else list(held.values())


def _inputs(given: Mapping[str, Any], words: Words) -> str:
    """What a calculation was given, in short."""
    flat: dict[str, Any] = {}
    for row in (given, *(given.get("goods") or given.get("lines") or ())[:1]):
        flat |= {k: v for k, v in row.items() if v is not None and not isinstance(v, list | dict)}
    told = (f"{given_name(k, words)} {given_value(k, str(v), words)}" for k, v in flat.items())
    return ("；" if words.lang == "zh-TW" else "; ").join(told)


def _total(number: Number, result: Mapping[str, Any]) -> str | None:
    """How a total of a calculation adds up."""
    for totals in (result.get("totals", {}), *(a["totals"] for a in result.get("alternatives", ()))):
        for of in get_args(Sum):
            if number.of == of and _same(totals.get(of), number.value):
                return Totals.model_validate(totals).formula(of)
    return None


def _same(amount: str | None, value: str) -> bool:
    """Whether a printed amount and a figure are the same: 1650.00 and 1650."""
    try:
        return amount is not None and Decimal(amount) == Decimal(value)
    except InvalidOperation:
        return False  # a day or a code is no amount


def _lines(result: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from result.get("lines", ())
    for alternative in result.get("alternatives", ()):
        yield from alternative.get("lines", ())


def _law_of(number: Number, answer: Answer) -> tuple[LawRead, ...]:
    """The value of the law a figure names: the one that says the same or began or ended on that day, else the one in force.

    Of several that say the same, the one in force on the day of the answer, else the latest: an answer on the past
    tells figures of the past.
    """
    try:
        parameter = law().parameter(number.of)
    except NotFound:
        return ()
    same = [v for v in parameter.values if number.value in map(str, (v.value, v.effective_from, v.effective_to))]
    for value in (
        *(v for v in same if v.holds(answer.as_of)),
        *reversed(same),
        *(v for v in parameter.values if v.holds(answer.as_of)),
    ):
        lang = answer.language
        return (
            LawRead(
                name=parameter.label[lang], value=figure(value.value, parameter.unit, lang), basis=value.source.citation[lang],
                period=Words(lang).period(value.first_day, value.effective_to), certainty=value.certainty,
                frontier=str(value.frontier), url=value.source.url,
            ),
        )  # fmt: skip
    return ()
