"""The faults, each a context manager that breaks the running product and mends it again.

They hold on to what other code relies on (the door, published tools, dated law, retrieval, the guard), not to inner parts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from opencc import OpenCC
from pydantic import BaseModel

from advisor.advisor import Advisor
from advisor.answer import Answer
from advisor.guard import middleware
from advisor.guard.review import Review
from advisor.offline.model import OfflineModel
from corpus.search import Library
from evals.records import Outcome
from tools.law.models import LawValue
from tools.law.store import LawStore
from tools.registry import Tool
from tools.result import Result

Touches = Callable[[Outcome], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to be broken.

    Args:
        name: how it is switched on.
        what: what a user would meet.
        plant: breaks the product while the context lasts.
        touches: which cases it can change at all, told from their sound outcome.
    """

    name: str
    what: str
    plant: Callable[[], Any]
    touches: Touches


@contextmanager
def _patched(owner: Any, name: str, made: Callable[[Any], Any]) -> Iterator[None]:
    sound = getattr(owner, name)
    setattr(owner, name, made(sound))
    try:
        yield
    finally:
        setattr(owner, name, sound)


def _answers(change: Callable[[Answer], Answer]) -> Callable[[], Any]:
    """Break the answer after everything was checked, at the door."""

    def made(sound: Any) -> Any:
        def ask(self: Advisor, question: str, **more: Any) -> Answer:
            return change(sound(self, question, **more))

        return ask

    return lambda: _patched(Advisor, "ask", made)


def _door(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[], Any]:
    """Break what is handed in at the door."""
    return lambda: _patched(
        Advisor, "ask", lambda sound: lambda self, question, **more: sound(self, question, **change(more))
    )


def _tools(change: Callable[[Tool, dict[str, Any], date], tuple[dict[str, Any], date]]) -> Callable[[], Any]:
    """Break what tools are called with."""

    def made(sound: Any) -> Any:
        def call(self: Tool, arguments: Mapping[str, Any], as_of: date) -> BaseModel:
            result: BaseModel = sound(self, *change(self, dict(arguments), as_of))
            return result

        return call

    return lambda: _patched(Tool, "call", made)


def _results(change: Callable[[Result], Result]) -> Callable[[], Any]:
    """Break what calculations come to."""

    def made(sound: Any) -> Any:
        def call(self: Tool, arguments: Mapping[str, Any], as_of: date) -> BaseModel:
            found: BaseModel = sound(self, arguments, as_of)
            return change(found) if isinstance(found, Result) else found

        return call

    return lambda: _patched(Tool, "call", made)


def _law(name: str, value: Any) -> Callable[[], Any]:
    """Break one value of the law."""

    def made(sound: Any) -> Any:
        def read(self: LawStore, wanted: str, as_of: date, **more: Any) -> LawValue:
            held: LawValue = sound(self, wanted, as_of, **more)
            return held.model_copy(update={"value": value}) if wanted == name else held

        return read

    @contextmanager
    def planted() -> Iterator[None]:
        _forget()
        try:
            with _patched(LawStore, "value", made):
                yield
        finally:
            _forget()

    return planted


def _forget() -> None:
    """Empty what calculators remember of the law, so that a fault neither comes too late nor stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("tools.taiwan", "tools.united_states")):
            for held in list(vars(module).values()):
                for kept in (held, *(vars(held).values() if isinstance(held, type) else ())):
                    clear = getattr(getattr(kept, "__func__", kept), "cache_clear", None)
                    if callable(clear):
                        clear()


def _business_tax_without_duty(result: Result) -> Result:
    value = result.totals.customs_value
    if value is None or result.totals.total is None or result.totals.landed_cost is None:
        return result
    lines, less = [], Decimal(0)
    for line in result.lines:
        if line.key == "business_tax" and line.rate and line.amount:
            wrong = (value * Decimal(line.rate.rstrip("%")) / 100).to_integral_value(ROUND_FLOOR)
            less = line.amount - wrong
            lines.append(line.model_copy(update={"amount": wrong, "formula": f"{value} × {line.rate}"}))
        else:
            lines.append(line)
    taxes = None if result.totals.taxes is None else result.totals.taxes - less
    totals = result.totals.model_copy(
        update={"taxes": taxes, "total": result.totals.total - less, "landed_cost": result.totals.landed_cost - less}
    )
    return result.model_copy(update={"lines": tuple(lines), "totals": totals})


def _swapped_lines(result: Result) -> Result:
    amounts = {line.key: line.amount for line in result.lines}
    if not {"duty", "business_tax"} <= amounts.keys():
        return result
    other = {"duty": amounts["business_tax"], "business_tax": amounts["duty"]}
    lines = tuple(line.model_copy(update={"amount": other.get(line.key, line.amount)}) for line in result.lines)
    return result.model_copy(update={"lines": lines})


def _swapped_prose(answer: Answer) -> Answer:
    """The first two amounts of tools that stand beside each other change places."""
    texts = list(dict.fromkeys(n.text for n in answer.numbers if n.of in ("duty", "business_tax") and n.value != "0"))
    if len(texts) < 2:
        return answer
    one, two = texts[:2]
    changed = re.sub("|".join(map(re.escape, (one, two))), lambda m: two if m[0] == one else one, answer.answer)
    return answer.model_copy(update={"answer": changed})


def _day_before(_: Tool, arguments: dict[str, Any], as_of: date) -> tuple[dict[str, Any], date]:
    for key in ("on", "as_of"):
        if arguments.get(key):
            arguments[key] = (date.fromisoformat(str(arguments[key])) - timedelta(days=1)).isoformat()
    return arguments, as_of - timedelta(days=1)


def _fee_of_last_year(_: Tool, arguments: dict[str, Any], as_of: date) -> tuple[dict[str, Any], date]:
    if str(arguments.get("name", "")).startswith("us.mpf"):
        day = date.fromisoformat(str(arguments.get("on") or as_of))
        arguments["on"] = (day - timedelta(days=365)).isoformat()
    return arguments, as_of


def _without_freight(_: Tool, arguments: dict[str, Any], as_of: date) -> tuple[dict[str, Any], date]:
    return {k: "0" if k == "freight" else v for k, v in arguments.items()}, as_of


def _reopened(tool: Tool, arguments: dict[str, Any], as_of: date) -> tuple[dict[str, Any], date]:
    if tool.name == "us_de_minimis" and not arguments.get("gift"):
        arguments["on"] = "2024-01-15"
    return arguments, as_of


@contextmanager
def _guard_off_and_a_figure_made_up() -> Iterator[None]:
    def pass_all(sound: Any) -> Any:
        def review(*given: Any) -> Review:
            found: Review = sound(*given)
            return Review(found.numbers, found.identifiers, ())

        return review

    def make_up(sound: Any) -> Any:
        def reply(self: OfflineModel, *given: Any, **more: Any) -> Any:
            message = sound(self, *given, **more)
            if message.tool_calls:
                return message
            added = "另收手續費 387 元。" if self.lang == "zh-TW" else "There is a handling charge of NT$387."
            return message.model_copy(update={"content": f"{message.text}\n{added}"})

        return reply

    with _patched(middleware, "review", pass_all), _patched(OfflineModel, "reply", make_up):
        yield


def _citations_turned(answer: Answer) -> Answer:
    """Each marker leads to the document of the next one; a single citation, to another shelf."""
    cited = answer.citations
    places = [(c.document_id, c.title) for c in cited]
    if len(set(places)) < 2:
        places = [("chapter-64-footwear", c.title) for c in cited]
    turned = tuple(
        c.model_copy(update={"document_id": document, "passage": title})
        for c, (document, title) in zip(cited, (*places[1:], *places[:1]), strict=True)
    )
    return answer.model_copy(update={"citations": turned})


def _wrong_shelf(sound: Any) -> Any:
    def search(self: Library, _: str, **more: Any) -> Any:
        return sound(self, "鞋靴 雨鞋 拖鞋 零件 第 64 章 footwear boots slippers", **(more | {"jurisdictions": ()}))

    return search


def _other_language(more: dict[str, Any]) -> dict[str, Any]:
    return more | {"lang": "en"}


def _forgetful(more: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in more.items() if k != "conversation_id"}


def _simplified(answer: Answer) -> Answer:
    return answer.model_copy(update={"answer": OpenCC("tw2s").convert(answer.answer)})


def _dollars(answer: Answer) -> Answer:
    return answer.model_copy(update={"answer": re.sub(r"(?<=\d) ?元", " 美元", answer.answer.replace("NT$", "US$"))})


def _called(*names: str) -> Touches:
    return lambda o: bool(o.trace) and any(c["name"] in names for c in (o.trace.tool_calls if o.trace else ()))


def _says(*parts: str) -> Touches:
    return lambda o: bool(o.trace) and {n["of"] for n in (o.trace.numbers if o.trace else ())} >= set(parts)


def _cites(o: Outcome) -> bool:
    return bool(o.trace and o.trace.citations)


def _wants(*statuses: str) -> Touches:
    return lambda o: o.status in statuses


_QUOTES = ("taiwan_quote", "united_states_quote", "us_quote")
FAULTS: tuple[Fault, ...] = (
    Fault("rounding", "taxes rounded half-up instead of truncated", _law("tw.duty.rounding", "half_up"), _called(*_QUOTES)),
    Fault("vat_base", "business tax computed without the duty", _results(_business_tax_without_duty), _says("business_tax")),
    Fault("swapped_lines", "duty and business tax change places in the result", _results(_swapped_lines), _says("duty", "business_tax")),
    Fault("swapped_prose", "the same, in the words alone, after the guard", _answers(_swapped_prose), _says("duty", "business_tax")),
    Fault("freight_dropped", "freight left out of the customs value", _tools(_without_freight), _called(*_QUOTES)),
    Fault("limit_of_2017", "the low-value limit of 2017 taken for today's", _law("tw.low_value.limit", Decimal(3000)), _called("taiwan_quote")),
    Fault("day_before", "the law read a day too early", _tools(_day_before), _called("us_de_minimis", "law_lookup")),
    Fault("mpf_year", "the processing fee of the fiscal year before", _tools(_fee_of_last_year), _says("us.mpf.minimum")),
    Fault("de_minimis_open", "the US exemption said to be open as in 2024", _tools(_reopened), _called("us_de_minimis")),
    Fault("guard_off", "no guard, and a composer that makes a figure up", _guard_off_and_a_figure_made_up, lambda o: o.lang == "zh-TW"),
    Fault("citations_shuffled", "citations lead to the wrong document", _answers(_citations_turned), _cites),
    Fault("retrieval_shuffled", "passages from the wrong shelf", lambda: _patched(Library, "search", _wrong_shelf), _cites),
    Fault("language_swapped", "Chinese questions answered in English", _door(_other_language), lambda o: o.lang == "zh-TW"),
    Fault("simplified", "Traditional characters turned into simplified ones", _answers(_simplified), lambda o: o.lang == "zh-TW"),
    Fault("currency", "New Taiwan dollars said to be US dollars", _answers(_dollars), _says("total")),
    Fault("receipts_lost", "figures without their ground", _answers(lambda a: a.model_copy(update={"numbers": ()})), _says("total")),
    Fault("boundaries_gone", "declined and uncovered questions answered", _answers(lambda a: a.model_copy(update={"status": "answered"})), _wants("declined", "not_covered", "needs_input")),
    Fault("nothing_asked", "what is missing is not asked for", _answers(lambda a: a.model_copy(update={"follow_up": ()})), _wants("needs_input")),
    Fault("forgetful", "a conversation forgets its earlier turns", _door(_forgetful), lambda o: len(o.asked) > 1),
)  # fmt: skip
