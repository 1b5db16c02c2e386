"""Whether what a traveller carries stands within the quantity that is free, told before the rule itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from advisor.offline.cash import LIMITS, cash_told
from advisor.offline.compose.base import has_phrase, say
from advisor.offline.frame import Frame
from advisor.offline.limits import limits, quantity_of
from tools.law.models import Lang
from tools.law.tool import LawLookup
from tools.text import format as write

#: the allowance of a kind of goods, the slot its quantity is told by, and the words of another kind beside it
ALLOWANCES = {"tw.traveller.cigarettes": ("sticks", re.compile(r"雪茄|\bcigars?\b", re.IGNORECASE)),
       "tw.traveller.alcohol_litres": ("volume_litres", None)}  # fmt: skip


#: alcohol for own use that needs no importer's licence, where it is sent
LICENCE = "tw.import_controls.alcohol_without_licence"
#: how the limit of a currency works: above it cash is declared, or may not come in
CASH = {"USD": "carried_cash", "TWD": "carried_cash_limit", "CNY": "carried_cash_limit"}


def carried(lookups: Sequence[LawLookup], frame: Frame, lang: Lang) -> list[str]:
    """A verdict for each quantity told that has an allowance among the rules looked up."""
    told, found, own = frame.slots.get("taiwan_quote", {}), list[str](), list[str]()
    too_young = False
    values = [e.in_force for lookup in lookups for e in lookup.entries if e.in_force is not None]
    for entry in (e for lookup in lookups for e in lookup.entries):
        used = entry.in_force
        if used is None:
            continue
        cash = next(((unit, told_sum) for unit, told_sum in cash_told(frame).items() if LIMITS[unit] == used.id), None)
        if cash is not None:
            code = f"{CASH[cash[0]]}_{'over' if cash[1] > Decimal(used.value) else 'within'}"
            limit = write.figure(Decimal(used.value), used.unit, lang)
            found.append(say(code, lang, limit=limit, label=entry.label[lang]))
            continue
        if (held := limits().get(used.id)) is not None and (sum_told := quantity_of(held, frame)) is not None:
            state = "over" if held.passed(sum_told, Decimal(used.value)) else "within"
            limit = write.figure(Decimal(used.value), used.unit, lang)
            lower = next((v for v in values if v.id in held.law[1:]), None) if state == "within" else None
            if lower is not None and has_phrase(f"limit_{held.name}_within_over"):  # one limit lies below the other
                state = f"within_{'over' if held.passed(sum_told, Decimal(lower.value)) else 'within'}"
            code = f"limit_{held.name}_{state}"
            if has_phrase(code):  # of two limits, one alone may say nothing
                (own if used.id in ALLOWANCES else found).append(say(code, lang, limit=limit, label=entry.label[lang]))
            too_young = too_young or (held.told == "age" and state == "within")
            continue
        slot, other = ALLOWANCES.get(used.id, ("", None))
        quantity = told.get(slot)
        if quantity is None or (other is not None and other.search(frame.text)):
            continue
        over = Decimal(str(quantity)) > Decimal(used.value)
        limit = write.figure(Decimal(used.value), used.unit, lang)
        own.append(say(f"carried_{slot}_{'over' if over else 'within'}", lang, limit=limit, label=entry.label[lang]))
    return list(dict.fromkeys(found if too_young else [*own, *found]))  # who is too young has no quantity free


_YEARS = re.compile(r"\s*(?:歲|years?[- ]old|yo\b|years? of age)", re.IGNORECASE)
_AGED = re.compile(r"\b(?:i'?m|i am|aged?|he is|she is)\s*$|(?:今年|滿)\s*$", re.IGNORECASE)


def is_age(text: str, start: int, end: int) -> bool:
    """Whether a number is somebody's age, which is no claim about a quantity."""
    return _YEARS.match(text[end:]) is not None or "歲" in text[start:end] or _AGED.search(text[:start]) is not None
