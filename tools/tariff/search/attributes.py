"""Attributes of goods named in a text: material, for whom, knitted or woven, powered, fresh or frozen.

A blend counts as its heaviest part, as the notes on textiles have it: of `60% cotton 40% polyester` only cotton is taken.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tools.law.models import Localized

_DATA = Path(__file__).parent / "attributes.toml"
_SHARE = re.compile(r"(\d{1,3})(?:\.\d+)?\s*%\s*(?:of\s+)?")

Attributes = Mapping[str, frozenset[str]]


@cache
def _raw() -> dict[str, dict[str, dict[str, list[str]]]]:
    raw: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(_DATA.read_text("utf-8"))
    return raw


def labels_of(kind: str, value: str) -> Localized:
    """What a value is called: the first of its words."""
    said = _raw()[kind][value]
    return Localized.model_validate({"zh-TW": said["zh"][0], "en": said["en"][0]})


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = []
    for kind, values in _raw().items():
        for value, said in values.items():
            chinese = "|".join(map(re.escape, sorted(said["zh"], key=len, reverse=True)))
            english = "|".join(map(re.escape, sorted(said["en"], key=len, reverse=True)))
            rows.append((kind, value, re.compile(rf"(?:{chinese})|\b(?:{english})\b")))
    return tuple(rows)


def attributes(text: str) -> dict[str, frozenset[str]]:
    """What a text in one spelling says of goods, by kind.

    >>> sorted(attributes("men's cotton shirt, knitted").items())
    [('fabric', frozenset({'knitted'})), ('gender', frozenset({'men'})), ('material', frozenset({'cotton'}))]
    """
    found: dict[str, set[str]] = {}
    for kind, value, pattern in _patterns():
        if pattern.search(text):
            found.setdefault(kind, set()).add(value)
    if heaviest := _heaviest(text):
        found["material"] = {heaviest}
    return {kind: frozenset(values) for kind, values in found.items()}


def _heaviest(text: str) -> str | None:
    """The material of the largest share, where shares are given: all before their materials, or all after."""
    marks = list(_SHARE.finditer(text))
    if len(marks) < 2:  # one share tells of no blend
        return None
    after = [_material_at(text[mark.end() : mark.end() + 24]) for mark in marks]
    ends = [0, *(mark.end() for mark in marks)]
    before = [_material_in(text[end : mark.start()]) for end, mark in zip(ends, marks, strict=False)]
    named = before if before[0] else after
    shares: dict[str, int] = {}
    for mark, value in zip(marks, named, strict=True):
        if value:
            shares[value] = shares.get(value, 0) + int(mark[1])
    return max(shares, key=lambda v: shares[v]) if len(shares) > 1 else None


def _material_at(text: str) -> str | None:
    return next((v for kind, v, p in _patterns() if kind == "material" and p.match(text)), None)


def _material_in(text: str) -> str | None:
    return next((v for kind, v, p in _patterns() if kind == "material" and p.search(text)), None)


def agreeing(asked: Attributes, held: Attributes) -> int:
    """Kinds of attributes both name and share a value of."""
    return sum(1 for kind, values in asked.items() if values & held.get(kind, frozenset()))


def clashing(asked: Attributes, held: Attributes) -> int:
    """Kinds of attributes both name and share no value of."""
    return sum(1 for kind, values in asked.items() if held.get(kind) and not values & held[kind])


def of_names(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The attributes the names of a subheading say."""
    return attributes(" ; ".join(names))
