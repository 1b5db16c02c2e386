"""What an answer may say, recomputed from its own trace: results of its tools, passages it cites, the person's words.

Independent of the guard: nothing of `advisor/guard`, of the ledger, or of the product's reader of numerals is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from advisor.answer import Answer
from evals.reader import Read, plain, read

#: keys whose digits are no figures
_SKIPPED = {
    "receipt",
    "url",
    "id",
    "sha256",
    "data_revision",
    "score",
    "fingerprint",
    "index",
    "passages",
    "elapsed_ms",
}
_CURRENCIES = {"TWD", "USD", "EUR", "JPY", "CNY", "PHP"}
_HOME = {"TW": "TWD", "US": "USD"}


@dataclass(slots=True)
class Evidence:
    """Figures by kind, the days and years, every text for names, and the amounts of a calculation by key."""

    amounts: set[tuple[Decimal, str]] = field(default_factory=set)
    percents: set[Decimal] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    monthdays: set[tuple[int, int]] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    fiscal: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    keyed: dict[str, set[Decimal]] = field(default_factory=dict)

    def take(self, figures: Sequence[Read], home: str = "") -> None:
        """Add what a text says."""
        for f in figures:
            if isinstance(f.value, date):
                self.day(f.value)
            elif isinstance(f.value, tuple):
                self.monthdays.add(f.value)
            elif f.kind == "year" and isinstance(f.value, Decimal):
                (self.fiscal if f.unit else self.years).add(int(f.value))
            elif f.kind == "percent" and isinstance(f.value, Decimal):
                self.percents.add(f.value)
            elif f.kind == "amount" and isinstance(f.value, Decimal):
                self.amounts.add((f.value, f.unit if f.unit in _CURRENCIES else home and ""))

    def day(self, day: date) -> None:
        """Add a day, and the years it may be spoken of by: its own, and the fiscal year of the United States."""
        self.days.add(day)
        self.years.add(day.year)
        self.fiscal.add(day.year + (day.month >= 10))

    def number(self, value: Decimal, unit: str) -> None:
        """Add a number of a result: a ratio is also a percentage."""
        if unit in ("percent", "%"):
            self.percents.add(value)
            return
        self.amounts.add((value, unit if unit in _CURRENCIES else ""))
        if unit == "ratio" or abs(value) < 1:
            self.percents.add(value * 100)


def gather(asked: Sequence[str], answer: Answer) -> Evidence:
    """The evidence of one answer."""
    held = Evidence()
    held.day(answer.as_of)
    for call in answer.tool_calls:
        _walk(held, call.result, _HOME.get(str(call.result.get("jurisdiction", "")).upper(), ""), "")
        _walk(held, call.arguments, "", "")
        held.texts.append(str(call.arguments))
    for cited in answer.citations:
        for text in (cited.passage, cited.title, cited.section, cited.source.citation, cited.source.publisher):
            held.texts.append(plain(text))
            held.take(read(text))
        for day in (cited.effective_from, cited.effective_to):
            if day:
                held.day(day)
    for text in asked:
        held.texts.append(plain(text))
        held.take(read(text))
    return held


def _walk(held: Evidence, node: Any, home: str, unit: str) -> None:
    if isinstance(node, dict):
        own = str(node.get("unit") or node.get("currency") or "") or home
        if "key" in node and "amount" in node:
            _keep(held, str(node["key"]), node["amount"])
        if str(node.get("id", "")).endswith((".minimum", ".maximum")):
            _keep(held, str(node["id"]).rsplit(".", 1)[1], node.get("value"))
        for key, value in node.items():
            if key in _SKIPPED:
                if key == "id":
                    held.texts.append(str(value))
                continue
            if key == "totals" and isinstance(value, dict):
                for name, amount in value.items():
                    _keep(held, name, amount)
            _walk(held, value, home if key != "input" else "", own)
    elif isinstance(node, list | tuple):
        for value in node:
            _walk(held, value, home, unit)
    elif isinstance(node, str):
        _text(held, node, unit)
    elif isinstance(node, int) and not isinstance(node, bool):
        held.number(Decimal(node), unit)


def _text(held: Evidence, text: str, unit: str) -> None:
    held.texts.append(plain(text))
    if re.fullmatch(r"-?\d+(\.\d+)?%", text):
        held.percents.add(Decimal(text[:-1]))
    elif re.fullmatch(r"-?\d+(\.\d+)?", text):
        held.number(Decimal(text), unit)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            held.day(date.fromisoformat(text))
        except ValueError:
            return
    else:
        held.take(read(text))


def _keep(held: Evidence, key: str, amount: Any) -> None:
    try:
        held.keyed.setdefault(key, set()).add(Decimal(str(amount)))
    except InvalidOperation:
        return
