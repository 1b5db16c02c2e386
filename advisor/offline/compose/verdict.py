"""Yes, no or it depends: what a message asks about a calculation, answered from the lines and the regime of the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from advisor.offline.compose.base import has_phrase, say
from advisor.offline.compose.tables import messages, money
from advisor.offline.frame import Frame
from advisor.offline.whether import Asked, Point, act_names, acts_in_words, doubts, is_billed, points, questions
from tools.labels import labels
from tools.law.models import Lang
from tools.law.store import law
from tools.result import Line, Result, Totals
from tools.text import format as write
from tools.united_states.acts import acts_named

_CEILING = "tw.express.simplified_ceiling"
_MOST = 2  # verdicts in one answer

Case = tuple[Sequence[Line], Totals]


@dataclass(frozen=True, slots=True)
class _Query:
    """One point asked about, in the words that ask it."""

    point: Point
    words: str
    result: Result
    lang: Lang


def verdicts(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """A sentence for each yes-or-no question of the message that the result answers, at most two."""
    if frame.beside:  # said already
        return []
    found = [*_rates_doubted(result, frame, lang), *_billed(result, frame, lang)]
    for asked in questions(frame.text):
        found += _verdict(asked, result, lang)
    return list(dict.fromkeys(found))[:_MOST]


def _verdict(asked: Asked, result: Result, lang: Lang) -> list[str]:
    for words in dict.fromkeys((asked.clause, asked.sentence)):
        for point in points():
            if point.of == result.jurisdiction and point.asked.search(words):
                said = _TESTS[point.test](_Query(point, words, result, lang))
                if said or point.special:  # what is asked by name is not answered by something more general
                    return said
    return []


def _cases(result: Result) -> list[Case]:
    """What can come out: one case of a settled calculation, else each of its alternatives."""
    if result.complete or not result.alternatives:
        return [(result.lines, result.totals)]
    return [(a.lines, a.totals) for a in result.alternatives]


def _line(asked: _Query) -> list[str]:
    cases = _cases(asked.result)
    owed = [
        line
        for lines, _ in cases
        for line in lines
        if line.key == asked.point.key and line.applies == "yes" and line.amount
    ]
    label = labels()[asked.point.key].shown[asked.lang]
    free = [c for c in cases if c[1].total == 0]
    if _goods_open(asked.result):
        return []
    if not owed:
        if len(free) == len(cases) and asked.result.jurisdiction == "tw":
            return [say("whether_free", asked.lang)]
        why = [m for lines, _ in cases for line in lines if line.key == asked.point.key and (m := line.reason)]
        own = f"whether_no_{asked.point.key}"
        said = say(own if has_phrase(own) else "whether_no_line", asked.lang, label=label)
        return [said, *messages(why[:1], asked.lang)]
    bearing = [c for c in cases if any(line in owed for line in c[0])]
    if free or any(c not in bearing for c in cases if c[0]):
        return [say("whether_line_depends", asked.lang, label=label)]
    if _DENIES.search(asked.words):
        return [say("whether_line_after_all", asked.lang, label=label)]
    rates = list(dict.fromkeys(line.rate for line in owed if line.rate))
    if len(rates) == 1 and rates[0].endswith("%"):
        return [say("whether_line", asked.lang, label=label, rate=rates[0])]
    return [say("whether_line_bare", asked.lang, label=label)]


#: that nothing is owed is what is asked: zero duty, so we pay nothing?
_DENIES = re.compile(
    r"免|零|(?<![需要用會該能得課收])不(?:用|必|需要?|須|課|收|會有?)|沒有?(?:關稅|稅)|\b0 ?%|\b(?:nothing|zero|free|exempt\w*|waived|no (?:\w+ )?(?:dut|tax|tariff|vat)\w*|(?:don|doesn|won|shouldn|wouldn)'?t|(?<!or )not)\b",
    re.IGNORECASE,
)


def _free(asked: _Query) -> list[str]:
    totals = [t.total for _, t in _cases(asked.result)]
    low = asked.result.regime.get("low_value", {}).get("exempt")
    if low is False or (totals and all(totals)):
        excess = asked.result.input.get("route") == "traveller"
        return [say("whether_owed_excess" if excess else "whether_owed", asked.lang)]
    if totals and all(t == 0 for t in totals):
        return [say("whether_free", asked.lang)]
    return [say("whether_depends", asked.lang)] if any(t == 0 for t in totals) else []


def _simplified(asked: _Query) -> list[str]:
    """Of express goods: simplified or formal, from the declaration of the regime, else from the value in every case."""
    if asked.result.input.get("route") != "express":
        return [say("whether_formal_cargo", asked.lang)] if asked.result.input.get("route") == "cargo" else []
    limit = next((v for v in law().parameter(_CEILING).values if v.holds(asked.result.as_of)), None)
    ceiling = write.money(Decimal(str(limit.value)), "TWD", asked.lang) if limit else ""
    wanted = "simplified" if asked.point.test == "simplified" else "formal"
    declared = asked.result.regime.get("declaration")
    over = [
        v > Decimal(str(limit.value)) for _, t in _cases(asked.result) if limit and (v := t.customs_value) is not None
    ]
    if declared is None and over and all(over):
        declared = "formal"
    if declared == "formal":
        reasons = asked.result.regime.get("formal_because", ["value"])
        code = "value" if "value" in reasons else "rule"
        return [say(f"whether_{wanted}_{'no' if wanted == 'simplified' else 'yes'}_{code}", asked.lang, limit=ceiling)]
    taxed = any(line.key in ("commodity_tax", "luxury_tax") for lines, _ in _cases(asked.result) for line in lines)
    if taxed and declared is None:
        return [say(f"whether_{wanted}_{'no' if wanted == 'simplified' else 'yes'}_rule", asked.lang, limit=ceiling)]
    if declared == "simplified" or (over and not any(over)):
        return [say(f"whether_{wanted}_{'yes' if wanted == 'simplified' else 'no'}", asked.lang, limit=ceiling)]
    return []


def _entry(asked: _Query) -> list[str]:
    """Of a United States entry: formal or informal, against the limit the quote read."""
    kind = asked.result.regime.get("name")
    if kind not in ("formal", "informal") or "limit" not in asked.result.regime:
        return []
    limit = Decimal(str(asked.result.regime["limit"]))
    value = asked.result.totals.entered_value
    over = kind == "formal" if value is None else value > limit
    code = "whether_entry_formal" if over else "whether_entry_informal"
    yes = over == (asked.point.test == "entry_formal")
    return [
        say(
            code,
            asked.lang,
            verdict=say("yes" if yes else "no", asked.lang),
            limit=write.money(limit, "USD", asked.lang),
        )
    ]


def _act(asked: _Query) -> list[str]:
    """Whether an act that is named adds to the duty of these goods on the day."""
    return [
        s
        for act in (*acts_named(asked.words), *acts_in_words(asked.words))
        for s in _of_act(act, asked.words, asked.result, asked.lang)
    ]


def _of_act(act: str, words: str, result: Result, lang: Lang) -> Iterator[str]:
    name = next((n[lang] for key, n in act_names().items() if act.startswith(key)), act)
    every = [line for lines, _ in [(result.lines, result.totals), *_cases(result)] for line in lines]
    lines = [x for x in every if x.key.startswith(act) and x.applies == "yes" and x.amount]
    maybe = [x for x in every if x.key.startswith(act) and x.applies == "if"]
    if lines:
        shown = dict.fromkeys(say("act_line", lang, label=x.label[lang], rate=x.rate or "") for x in lines)
        yield say("whether_act", lang, act=name, lines=("、" if lang == "zh-TW" else ", ").join(shown))
    elif maybe:
        yield say("whether_act_if", lang, act=name, label=maybe[0].label[lang])
    elif not _goods_open(result):
        code = "whether_no_act" if _says_section(name, words) else "whether_no_act_bare"
        yield say(code, lang, act=name, on=write.day(result.as_of, lang))


def _goods_open(result: Result) -> bool:
    """Whether the line of the goods or its rate is not known, so that nothing can be denied of them."""
    return not all(lines for lines, _ in _cases(result)) or not (result.complete or result.alternatives)


def _says_section(name: str, words: str) -> bool:
    """Whether the question names an act as it is named here: a section it does not write out is not written out."""
    return "".join(name.lower().split()) in "".join(words.lower().split())


def _duty(asked: _Query) -> list[str]:
    amounts = [t.duty for _, t in _cases(asked.result) if t.duty is not None]
    if not amounts:
        return []
    if all(a == 0 for a in amounts):
        return [say("whether_us_duty_none", asked.lang)]
    if any(a == 0 for a in amounts):
        return [say("whether_depends", asked.lang)]
    return [
        say(
            "whether_us_not_free"
            if asked.point.test == "no_duty" or _DENIES.search(asked.words)
            else "whether_us_duty",
            asked.lang,
        )
    ]


def _rates_doubted(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """A percentage that somebody says or that is asked about: whether a duty of the result has it."""
    found: list[str] = []
    duties = [
        line
        for lines, _ in _cases(result)
        for line in lines
        if line.rate and line.applies != "no" and line.key not in _NO_DUTY and line.rate.endswith("%")
    ]
    given = numbers_of(result.input)
    for quantity in frame.quantities:
        if (
            quantity.kind != "percent"
            or quantity.value is None
            or not doubts(frame.text, quantity.start)
            or not duties
            or _goods_open(result)
        ):
            continue
        if quantity.value / _WHOLE in given:
            continue  # what it was computed with
        same = next((x for x in duties if _percent(x) == quantity.value), None)
        if same is not None:
            found.append(say("whether_rate", lang, claim=quantity.text, label=same.label[lang]))
        else:
            held = dict.fromkeys(
                say("act_line", lang, label=x.label[lang], rate=x.rate or "")
                for x in duties
                if x.amount or len(duties) == 1
            )
            rates = ("、" if lang == "zh-TW" else ", ").join(list(held)[:3])
            found.append(
                say("whether_no_rate" if rates else "whether_no_rate_bare", lang, claim=quantity.text, rates=rates)
            )
    return found


def _billed(result: Result, frame: Frame, lang: Lang) -> list[str]:
    """An amount of tax that somebody asks for, against what the calculation comes to without charges nobody told."""
    first = next((t for _, t in _cases(result)), None)
    open_charges = {m.fact for m in result.missing} <= {"freight", "insurance"}
    if (
        (frame.claim and result.complete)
        or first is None
        or first.total is None
        or not (result.complete or open_charges)
    ):
        return []
    given, found = numbers_of(result.input), []
    for quantity in frame.quantities:
        value = quantity.value
        if (
            quantity.kind not in ("money", "number")
            or value is None
            or value in given
            or not is_billed(frame.text, quantity.start)
        ):
            continue
        code = "billed_right" if value == first.total else "billed_wrong"
        found.append(say(code, lang, claim=quantity.text, total=money(result, first.total, lang)))
    return found[:1]


_WHOLE = Decimal(10) ** 2  # percent


def _percent(line: Line) -> Decimal | None:
    """A rate that is a plain percentage."""
    text = (line.rate or "").rstrip("%")
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None


def numbers_of(value: Any) -> set[Decimal]:
    """Every number of an input."""
    if isinstance(value, dict):
        return {n for inner in value.values() for n in numbers_of(inner)}
    if isinstance(value, list | tuple):
        return {n for inner in value for n in numbers_of(inner)}
    text = str(value)
    return {Decimal(text)} if text.replace(".", "", 1).isdigit() else set()


#: lines that are taxes or fees beside the duty
_NO_DUTY = ("business_tax", "trade_promotion_fee", "mpf", "hmf", "commodity_tax", "luxury_tax")

_TESTS: dict[str, Callable[[_Query], list[str]]] = {
    "line": _line,
    "free": _free,
    "owed": _free,
    "simplified": _simplified,
    "formal": _simplified,
    "informal": _entry,
    "entry_formal": _entry,
    "act": _act,
    "duty": _duty,
    "no_duty": _duty,
}
