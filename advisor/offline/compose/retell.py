"""What was answered before, told again: one figure of it, as a reply to a customer, in short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from advisor.offline.compose.base import Draft, say
from advisor.offline.compose.tables import currency, money, named
from advisor.offline.cues import pattern
from advisor.offline.frame import Frame
from advisor.support import support_words
from tools.labels import labels
from tools.law.models import Lang
from tools.result import Line, Result
from tools.text import format as write

_ROW = re.compile(r"^\| (.+) \|$")
_RULE = re.compile(r"^\|[-|]+\|$")
_LEADS = 3  # lines of a verdict that a summary keeps
_MOST = 8  # lines of a summary
_RATE = re.compile(r"稅率|百分之|幾 ?(?:%|趴)|\brates?\b|percent|%", re.IGNORECASE)


def retold(draft: Draft, frame: Frame, found: Sequence[Any], lang: Lang) -> Draft:
    """A draft in the form it is wanted in.

    Args:
        draft: the answer before, as it is given today.
        frame: what is wanted again, with the words that want it.
        found: what the tools of the turn gave.
        lang: language of the answer.
    """
    if frame.telling == "recall":
        result = next((a for a in found if isinstance(a, Result)), None)
        return draft if result is None else _recalled(result, frame, lang) or draft
    lines = _plain(draft)
    if frame.telling == "summary":
        return Draft("\n".join(_short(lines)), draft.follow_up, draft.warnings)
    if frame.telling == "reply":
        words = support_words()[lang]
        asked = [words["asked"], *(f"- {f.question}" for f in draft.follow_up), ""] if draft.follow_up else []
        said = [words["greeting_plain"], "", *lines, "", *asked, words["closing"]]
        return Draft("\n".join(said), draft.follow_up, draft.warnings)
    return draft


def _plain(draft: Draft) -> list[str]:
    """The lines of a draft without its table's frame and without the notes that are told apart as warnings."""
    noted = {f"- {w}" for w in draft.warnings}
    out: list[str] = []
    head = True
    for line in draft.text.split("\n"):
        if line in noted or _RULE.match(line):
            continue
        if (row := _ROW.match(line)) is None:
            head = True
            if line or (out and out[-1]):
                out.append(line)
            continue
        if not head:
            out.append(_bullet([cell.strip() for cell in row[1].split(" | ")]))
        head = False
    return out


def _bullet(cells: Sequence[str]) -> str:
    """A row of item, formula and amount, in a line."""
    name, formula, amount = (*cells, "", "", "")[:3]
    return f"- {name}: {amount} ({formula})" if formula else f"- {name}: {amount}"


def _short(lines: Sequence[str]) -> list[str]:
    """The verdict and what it is made of."""
    verdict = [x for x in lines if x and not x.startswith("- ")][:_LEADS]
    parts = [x for x in lines if x.startswith("- ")]
    return [*verdict, *parts[: _MOST - len(verdict)]]


def _recalled(result: Result, frame: Frame, lang: Lang) -> Draft | None:
    """The figure that is asked for again; None where none is named."""
    asked = frame.asked_back
    goods = [g for key in ("goods", "lines") for g in result.input.get(key) or ()]
    said: list[str] = []
    if _RATE.search(asked):
        shown = [x for x in _lines(result) if x.rate and (x.amount or x.rate == _FREE)]  # what is waived is left out
        wanted = [x for x in shown if _names(x.key, asked)] or shown
        said += [say("recall", lang, label=x.label[lang], amount=str(x.rate)) for x in wanted]
    else:
        unit = str(result.input.get("currency") or currency(result))
        for role in ("freight", "insurance"):
            if pattern_of(role).search(asked):
                value = result.input.get(role)
                said.append(
                    say("recall_missing", lang, label=named(role, lang))
                    if value is None
                    else say(
                        "recall_told",
                        lang,
                        label=named(role, lang),
                        amount=write.money(Decimal(str(value)), unit, lang),
                    )
                )
        prices = [g for g in goods if (g.get("price") or g.get("unit_price") or g.get("value")) is not None]
        if not said and _PRICE.search(asked) and prices:
            for good in prices:
                value = good.get("price") or good.get("unit_price") or good.get("value")
                said.append(
                    say(
                        "recall_told",
                        lang,
                        label=named("price", lang),
                        amount=write.money(Decimal(str(value)), unit, lang),
                    )
                )
        if not said:
            said += [
                say("recall", lang, label=x.label[lang], amount=write.money(x.amount, x.currency, lang))
                for x in _lines(result)
                if _names(x.key, asked)
            ]
        for key in ("landed_cost", "customs_value", "entered_value"):
            amount = getattr(result.totals, key)
            if not said and amount is not None and _names(key, asked):
                said.append(say("recall", lang, label=named(key, lang), amount=money(result, amount, lang)))
        if not said and result.totals.total is not None:
            said.append(
                say("recall", lang, label=named("total", lang), amount=money(result, result.totals.total, lang))
            )
    return Draft("\n".join(said)) if said else None


_FREE = "0%"
_PRICE = re.compile(r"價|買.{0,6}(?:多少|幾)|金額|\bprice|\bworth\b|\bvalued?\b|\bcost of the goods\b", re.IGNORECASE)


def pattern_of(role: str) -> re.Pattern[str]:
    """Words by which a charge is named."""
    return pattern("recalled", role)


def _lines(result: Result) -> Sequence[Line]:
    if result.complete or not result.alternatives:
        return [x for x in result.lines if x.applies != "no" or x.rate]
    return result.alternatives[0].lines or result.lines


def _names(key: str, asked: str) -> bool:
    held = labels().get(key)
    names = held.names.all() if held is not None else ()
    return any(n.lower() in asked.lower() for n in names)
