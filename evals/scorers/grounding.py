"""Figure grounding, recomputed independently of the guard.

Every figure of the prose must stand, by value and by kind, in a result of a tool, in a cited passage or in what the person
said; articles and codes must be known there too; and an amount said right after the name of one part of a calculation
must not be another part's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from advisor.answer import Answer
from evals.cases import Case
from evals.reader import Read, plain, read
from evals.scorers.base import Score, judged
from evals.scorers.evidence import Evidence, gather

#: how people name the parts of a calculation; the longer names first, as they are searched in this order
_PARTS: tuple[tuple[str, str], ...] = (
    ("landed_cost", r"落地成本|總成本|落地價|landed cost|all-in cost"),
    ("customs_value", r"完稅價格|customs value"),
    ("business_tax", r"營業稅|business tax|\bVAT"),
    ("luxury_tax", r"特種貨物(?:及勞務)?稅|(?:specifically )?selected goods(?: and services)? tax|luxury tax"),
    ("commodity_tax", r"貨物稅|commodity tax"),
    ("alcohol_tax", r"酒稅|alcohol tax"),
    ("tobacco_tax", r"菸稅|tobacco tax"),
    ("health_surcharge", r"健康福利捐|health (?:and welfare )?surcharge"),
    ("trade_promotion_fee", r"推廣貿易服務費|推貿費|trade promotion fee"),
    ("total", r"稅費合計|應繳合計|合計應繳|應繳稅費|(?<![未已不])應繳(?!稅款)|[Tt]o pay|[Tt]otal (?:tax|payable|to pay)"),
    ("duty", r"進口稅(?!則|費|捐)|關稅(?!稅率|率|法|總局|署|配額|稅則)|[Cc]ustoms duty|[Ii]mport duty"),
    ("minimum", r"最低額?|下限|\b[Mm]inimum"),
    ("maximum", r"最高額?|上限|\b[Mm]aximum"),
)  # fmt: skip
_GAP = r"\s*(?:[:：|=為是約計共繳額]|金額|comes to|amounts to|of|is|was|at|to)?(?:\s|[:：|*約])*(?:NT\$|US\$|\$|新[臺台]幣|TWD|USD)?\s*"
_AFTER = r"(?P<n>\d[\d,]*(?:\.\d+)?)(?!\s?(?:[%×*+/x≤≥<>→]|[.,]?\d|percent))"


def score(case: Case, answer: Answer) -> Score:
    wrong, checked = ungrounded(case.asked, answer)
    return judged(wrong, checked)


def ungrounded(asked: Sequence[str], answer: Answer) -> tuple[list[str], int]:
    """What has no ground, in words, and how many figures were looked at."""
    held = gather(asked, answer)
    said = read(answer.answer)
    digits = set(re.findall(r"\d+", " ".join(held.texts)))
    wrong = [f"{f.text!r} has no ground" for f in said if not _grounded(f, held, digits)]
    return [*wrong, *_misnamed(plain(answer.answer), held)], len(said)


def _grounded(figure: Read, held: Evidence, digits: set[str]) -> bool:
    value = figure.value
    if figure.kind == "name":
        marker = re.fullmatch(r"\[\d+\]|\d{1,2}[.)、]|#+\s*\d{1,2}[.)、]", figure.text)
        return bool(marker) or set(re.findall(r"\d+", figure.text)) <= digits
    if isinstance(value, date):
        return value in held.days
    if isinstance(value, tuple):
        return value in held.monthdays or any((d.month, d.day) == value for d in held.days)
    if figure.kind == "year":
        known = held.fiscal | held.years if figure.unit else held.years
        return int(value) in known or any(value == v for v, _ in held.amounts)
    if figure.kind == "percent":
        return value in held.percents
    return _amount(value, figure.unit, held)


def _amount(value: Decimal, unit: str, held: Evidence) -> bool:
    if (value, unit) in held.amounts or (value, "") in held.amounts:
        return True
    if unit in ("TWD", "USD", "EUR", "JPY", "CNY", "PHP"):
        return False
    if any(value == v for v, _ in held.amounts):
        return True
    return not unit and (value in held.percents or (value == value.to_integral_value() and int(value) in held.years))


def _misnamed(said: str, held: Evidence) -> list[str]:
    """Amounts that stand right after the name of one part and are another part's."""
    wrong = []
    taken: list[tuple[int, int]] = []
    for key, names in _PARTS:
        for match in re.finditer(rf"(?i:{names}){_GAP}{_AFTER}", said):
            if any(a <= match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            amount = Decimal(match["n"].replace(",", ""))
            own = held.keyed.get(key, set())
            if own and amount not in own and any(amount in v for k, v in held.keyed.items() if k != key):
                wrong.append(f"{match[0]!r}: {match['n']} is not the {key}")
    return wrong
