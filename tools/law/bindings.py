"""Figures bound to law inside a text: `{{ us.mpf.minimum }}`, `{{ … @ 2022-03-01 }}`, `{{ … | since }}`.

A value that differs by origin or mode is bound for one of them: `{{ us.postal_duty.ad_valorem for TW by post @ 2026-03-10 }}`.
A bound text can neither go stale nor contradict a calculator: it is rendered on the day asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tools.errors import DataError, NotInForce
from tools.law.models import Lang, LawValue
from tools.law.store import LawStore
from tools.text.format import day, figure

BINDING = re.compile(
    r"\{\{ *(?P<id>[a-z_.0-9]+)(?: +for +(?P<origin>[A-Z]{2}))?(?: +by +(?P<mode>[a-z_]+))?"
    r" *(?:@ *(?P<on>\d{4}-\d{2}-\d{2}))? *(?:\| *(?P<part>since|until|citation))? *\}\}"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOT_HELD = {"zh-TW": "（該日未收錄）", "en": "(not held for that day)"}
_OPEN = {"zh-TW": "尚無終止日", "en": "open"}
_START_UNKNOWN = {"zh-TW": "起日不詳，至遲 {day}已適用", "en": "start not known; in force by {day}"}


@dataclass(frozen=True, slots=True)
class Bound:
    """One binding as rendered: what stood there, what it says, and the value it was read from."""

    id: str
    unit: str
    start: int
    end: int
    text: str
    value: LawValue | None
    pinned: bool


def bindings(text: str) -> list[re.Match[str]]:
    """Every binding of a text. A brace that is no binding, or a pinned day that is none, raises `DataError`."""
    found = list(BINDING.finditer(text))
    if text.count("{{") != len(found):
        raise DataError("binding", f"unreadable binding in {text[:80]!r}")
    for match in found:
        _pinned(match)
    return found


def _pinned(match: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(match["on"]) if match["on"] else None
    except ValueError as error:
        raise DataError("binding", f"{match['on']} is no day of the calendar in {match[0]!r}") from error


def render(
    text: str, store: LawStore, as_of: date, lang: Lang, *, origin: str | None = None, mode: str | None = None
) -> tuple[str, list[Bound]]:
    """The text with every binding written out for a day, and where each figure came from."""
    bound: list[Bound] = []
    pieces: list[str] = []
    length = cursor = 0
    for match in bindings(text):
        before = text[cursor : match.start()]
        if pieces and _CJK.match(pieces[-1][-1:]) and re.match(r" [\u4e00-\u9fff]", before):
            before = before[1:]  # `{{ … }} 以下` reads 2,000 元以下
        pieces.append(before)
        length += len(before)
        on = _pinned(match) or as_of
        scope = (match["origin"] or origin, match["mode"] or mode)
        value, shown = _read(store, match["id"], on, match["part"], lang, *scope)
        unit = store.parameter(match["id"]).unit
        bound.append(Bound(match["id"], unit, length, length + len(shown), shown, value, bool(match["on"])))
        pieces.append(shown)
        length += len(shown)
        cursor = match.end()
    rest = text[cursor:]
    if pieces and _CJK.match(pieces[-1][-1:]) and re.match(r" [\u4e00-\u9fff]", rest):
        rest = rest[1:]
    pieces.append(rest)
    return "".join(pieces), bound


def _read(
    store: LawStore, name: str, on: date, part: str | None, lang: Lang, origin: str | None, mode: str | None
) -> tuple[LawValue | None, str]:
    try:
        value = store.value(name, on, origin=origin, mode=mode)
    except NotInForce:
        return None, _NOT_HELD[lang]
    parts: dict[str, Callable[[], str]] = {
        "since": lambda: _since(value, lang),
        "until": lambda: day(value.effective_to, lang) if value.effective_to else _OPEN[lang],
        "citation": lambda: value.source.citation[lang],
    }
    if part:
        return value, parts[part]()
    return value, figure(value.value, store.parameter(name).unit, lang)


def _since(value: LawValue, lang: Lang) -> str:
    """The first day of a value; the day it is evidenced on is no start and is not said as one."""
    if value.effective_from is not None:
        return day(value.effective_from, lang)
    return _START_UNKNOWN[lang].format(day=day(value.first_day, lang))
