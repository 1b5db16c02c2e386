"""Rates on goods entering the United States, where no amount is told: each in percent, and what decides."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.offline.compose.base import Draft, ask, say
from advisor.offline.compose.tables import cited, messages, money, reasons
from tools.law.models import Lang
from tools.result import Line, Result
from tools.text import format as write
from tools.text.places import name_of


def compose_rates(result: Result, lang: Lang) -> Draft:
    """The first column and what chapter 99 adds, line by line; where codes differ, code by code."""
    goods = result.input["lines"][0]
    origin = name_of(str(goods["country_of_origin"]), lang)
    on = write.day(result.as_of, lang)
    said = [say("rates_head", lang, origin=origin, on=on)]
    duties = [line for line in result.lines if line.rate and line.applies != "no"]
    if result.alternatives:
        shared = [line for line in duties if line.applies == "yes"]
        said += [_rate(line, lang) for line in shared]
        for case in result.alternatives:
            own = [x for x in case.lines if x.rate and x.applies != "no" and x.key not in {s.key for s in shared}]
            joined = ("、" if lang == "zh-TW" else ", ").join(f"{x.label[lang]} {_written(x)}" for x in own)
            words = {
                "label": case.label.render(lang),
                "rates": joined,
                "duty": money(result, case.totals.duty, lang),
                "value": _value(result, lang),
            }
            known = case.totals.duty is not None
            said.append(say("rates_case" if known else "rates_case_open", lang, **words))
    else:
        said += [_rate(line, lang) for line in duties]
        if result.totals.duty is not None:
            said.append(
                say("rates_sum", lang, duty=money(result, result.totals.duty, lang), value=_value(result, lang))
            )
    said += reasons(result, lang)
    said += [f"- {m.why.render(lang)}" for m in result.missing]
    said += messages(result.warnings, lang)
    said.append("- " + say("rates_fees", lang))
    follow = [ask("price", lang, say("matter_price", lang))]
    return Draft("\n".join(said), follow, [m.render(lang) for m in result.warnings])


def compose_at_rates(results: Sequence[Result], lang: Lang) -> Draft:
    """Several column 1 rates of one origin: what each comes to on the same value, and how."""
    first = results[0]
    origin = name_of(str(first.input["lines"][0]["country_of_origin"]), lang)
    said = [say("rates_head", lang, origin=origin, on=write.day(first.as_of, lang))]
    for result in results:
        duties = [line for line in result.lines if line.applies == "yes" and line.rate]
        added = next((line for line in duties if line.key != "column_1"), None)
        if added is not None and result is first:
            said.append(
                say("rates_line", lang, label=added.label[lang], rate=_written(added), basis=cited(added, lang))
            )
        how = ("；" if lang == "zh-TW" else "; ").join(f"{line.label[lang]} {line.formula}" for line in duties)
        words = {"duty": money(result, result.totals.duty, lang), "value": _value(result, lang), "how": how}
        column = next(line for line in duties if line.key == "column_1")
        said.append(say("rates_at", lang, label=column.label[lang], rate=_written(column), **words))
    said.append("- " + say("rates_fees", lang))
    return Draft("\n".join(said), [ask("price", lang, say("matter_price", lang))])


def _rate(line: Line, lang: Lang) -> str:
    code = "rates_line" if line.applies == "yes" else "rates_line_if"
    if line.applies == "yes" and not line.amount and "≥" in line.formula:  # a floor that the first column reaches
        code = "rates_line_met"
    return say(code, lang, label=line.label[lang], rate=_written(line), basis=cited(line, lang))


def _written(line: Line) -> str:
    return line.rate or ""


def _value(result: Result, lang: Lang) -> str:
    return money(result, result.totals.entered_value, lang)
