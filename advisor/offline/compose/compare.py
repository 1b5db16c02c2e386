"""The same goods several ways: which owes least, and each with its total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.offline.compose.base import Draft, asks, has_phrase, say
from advisor.offline.compose.quote import compose_quote
from advisor.offline.compose.tables import messages, money, named, owed, row
from advisor.offline.frame import Comparison, Frame
from advisor.offline.slots import slot_of
from tools.difference import owed as least_owed
from tools.law.models import Lang
from tools.result import Result
from tools.text import format as write
from tools.text.places import name_of


def compose_comparison(results: Sequence[Result], frame: Frame, lang: Lang) -> Draft:
    """A verdict where every way has a total, and a table of them."""
    comparison = frame.compare
    assert comparison is not None
    rows = [
        (_name(value, comparison, result, lang), result)
        for value, result in zip(comparison.values, results, strict=False)
    ]
    totals = [(total, name) for name, result in rows if (total := result.totals.total) is not None]
    least = [(total, name) for name, result in rows if (total := _least(result)) is not None]
    if not totals and len(least) == len(rows):  # only charges nobody told of are open: what is owed without them
        totals = least
        said = [_verdict(totals, rows, lang), say("compare_no_charges", lang)]
    else:
        said = [_verdict(totals, rows, lang)]
    shown_totals = {name: total for total, name in totals}
    said += ["", say("compare_head", lang)]
    for name, result in rows:
        known = result.totals.total is not None
        total = shown_totals.get(name)
        shown = f"**{money(result, total, lang)}**" if total is not None else _open(result, lang)
        said.append(row(name, owed(result, lang) if known else "", shown))
    said += ["", *(how for name, result in rows if (how := _duty_of(name, result, lang)))]
    warnings = [m for _, result in rows for m in result.warnings]
    said += messages(warnings, lang)
    follow = next((asks(result, lang) for _, result in rows if not result.complete), [])
    if not totals:
        return compose_quote(rows[0][1], frame, lang)
    return Draft("\n".join(said).rstrip(), follow, list(dict.fromkeys(m.render(lang) for m in warnings)))


def _least(result: Result) -> Decimal | None:
    """What is owed at the least; None while more than charges is open."""
    one = least_owed(result)
    return one.totals.total if one is not None else None


#: lines that follow from the duty, or go by the value alone
_NOT_DUTY = ("business_tax", "trade_promotion_fee", "mpf", "hmf")


def _duty_of(name: str, result: Result, lang: Lang) -> str:
    """How the duty of one way comes about, which is what tells the ways apart."""
    duties = [x for x in result.lines if x.applies == "yes" and x.formula and x.key not in _NOT_DUTY]
    if result.totals.total is None or not duties:
        return ""
    joined = ("；" if lang == "zh-TW" else "; ").join(f"{line.label[lang]} {line.formula}" for line in duties)
    return "- " + say("compare_how", lang, name=name, how=joined)


def _open(result: Result, lang: Lang) -> str:
    """A way without one total: its range, where it has one."""
    bounds = (result.range.low, result.range.high) if result.range else (None, None)
    if bounds[0] is None or bounds[1] is None:
        return say("compare_open", lang)
    return say("compare_range", lang, low=money(result, bounds[0], lang), high=money(result, bounds[1], lang))


def _verdict(totals: list[tuple[Decimal, str]], rows: Sequence[tuple[str, Result]], lang: Lang) -> str:
    if len(totals) < len(rows) or len(totals) < 2:
        return say("compare_partly", lang)
    least = min(totals)
    result = rows[0][1]
    if len({total for total, _ in totals}) == 1:
        return say("compare_same", lang, total=money(result, least[0], lang))
    joint = [name for total, name in totals if total == least[0]]
    if len(joint) > 1:  # several owe the least
        least = (least[0], ("與" if lang == "zh-TW" else " and ").join(joint))
    others = ("、" if lang == "zh-TW" else ", ").join(
        say("compare_other", lang, name=name, total=money(result, total, lang))
        for total, name in totals
        if name not in joint
    )
    code = "compare_least_joint" if len(joint) > 1 else "compare_least"
    return say(code, lang, name=least[1], total=money(result, least[0], lang), others=others)


def _name(value: Any, comparison: Comparison, result: Result, lang: Lang) -> str:
    if comparison.slot == "origin":
        return name_of(str(value), lang)
    if comparison.slot == "proof":
        code = "proof_held" if value else "proof_none"
        origin = (result.input.get("goods") or [{}])[0].get("country_of_origin")
        return say(named_code if has_phrase(named_code := f"{code}_{origin}") else code, lang)
    if isinstance(value, date):
        return write.day(value, lang)
    tool, slot = ("taiwan_quote", "route") if result.jurisdiction == "tw" else ("us_quote", "mode")
    declared = slot_of(tool, slot)
    found = next((c.name[lang] for c in declared.choices if c.value == value), None) if declared else None
    return found or named(str(value), lang)
