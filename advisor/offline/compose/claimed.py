"""Figures that somebody quotes for what is owed, each set against the calculation: right, a part of it, or not so."""

from __future__ import annotations

import re
from decimal import Decimal

from advisor.offline.compose.base import say
from advisor.offline.compose.tables import money
from advisor.offline.frame import Frame
from tools.labels import labels
from tools.law.models import Lang
from tools.result import Line, Result
from tools.text import format as write

_LEAST = 100  # an amount below is a rank or a rate
_NEAR = 14  # characters before a figure in which what it is of is named
#: said of about how much, or of by how much two figures differ
_ABOUT = re.compile(r"(?:快|近|將近|差不多|多|少|差|約|大概|大約|almost|nearly|about|around|over|by)\s*(?:NT\$|US\$|\$)?$", re.IGNORECASE)  # fmt: skip
_CLAUSE = re.compile(r"[，,。;；、.!?！？]|\band\b|和|跟|與")


def claims(result: Result, frame: Frame, lang: Lang, given: set[Decimal]) -> list[str]:
    """A sentence for each figure that is claimed.

    Args:
        result: the calculation, settled.
        frame: the message.
        lang: language of the answer.
        given: numbers of the input, which are facts and no claims.
    """
    if not frame.claim:
        return []
    out = []
    for quantity in frame.quantities:
        value, before = quantity.value, frame.text[: quantity.start]
        if quantity.kind not in ("money", "number") or value is None or value in given or value < _LEAST:
            continue
        if _ABOUT.search(before):
            continue
        out.append(_held(result, value, quantity.text, _named(before, result), lang))
    return out


def _held(result: Result, value: Decimal, said: str, named: Line | None, lang: Lang) -> str:
    if named is not None and named.amount != value:
        amount = write.money(named.amount, named.currency, lang)
        return say("claim_wrong_of", lang, claim=said, label=named.label[lang], amount=amount)
    part = named or next((x for x in result.lines if x.applies == "yes" and x.amount == value), None)
    if part is not None and value != result.totals.total:
        total = money(result, result.totals.total, lang) if result.totals.total is not None else ""
        amount = write.money(part.amount, part.currency, lang)
        return say("claim_part_of", lang, label=part.label[lang], amount=amount, total=total)
    totals = {Decimal(str(v)) for v in result.totals.model_dump().values() if v is not None}
    return say("claim_right" if value in totals else "claim_wrong", lang, claim=said)


def _named(before: str, result: Result) -> Line | None:
    """The line of the calculation a figure is said of, by the words that lead to it."""
    clause = _CLAUSE.split(before)[-1][-_NEAR:].lower()
    for line in result.lines:
        held = labels().get(line.key)
        names = (*(held.names.all() if held is not None else ()), line.label.zh_TW, line.label.en)
        if line.applies == "yes" and any(clause.rstrip(" 是為了:：$nt").endswith(n.lower()) for n in names):
            return line
    return None
