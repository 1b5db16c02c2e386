"""Bridges between languages, and between everyday words and those of the law; words that carry no meaning."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.law.models import LocalizedList
from tools.text.normalise import normalise, to_traditional


@cache
def terms() -> tuple[LocalizedList, ...]:
    """Groups of words that mean the same."""
    raw = tomllib.loads(Path(__file__).with_name("terms.toml").read_text("utf-8"))
    return tuple(LocalizedList(**{"zh-TW": tuple(t["zh-TW"]), "en": tuple(t["en"])}) for t in raw["term"])


@cache
def _stop() -> re.Pattern[str]:
    raw = tomllib.loads(Path(__file__).with_name("stopwords.toml").read_text("utf-8"))
    chinese = sorted(raw["zh-TW"], key=len, reverse=True)
    english = "|".join(re.escape(w) for w in raw["en"])
    return re.compile("|".join(map(re.escape, chinese)) + rf"|\b(?:{english})\b", re.IGNORECASE)


def without_stopwords(text: str) -> str:
    """The text with question words and courtesies blanked."""
    return _stop().sub(" ", to_traditional(normalise(text).text))


@dataclass(frozen=True, slots=True)
class Bridge:
    """A word of a text, and the words that mean the same."""

    said: str
    others: tuple[str, ...]


def bridges(text: str) -> list[Bridge]:
    """Words of a text that mean the same as others, in either language."""
    folded = to_traditional(normalise(text).text).lower()
    found: list[Bridge] = []
    for group in terms():
        names = group.all()
        said = [n for n in names if _stands(n.lower(), folded)]
        others = tuple(n for n in names if n not in said)
        found.extend(Bridge(name, others) for name in said if others)
    return found


def bridged(text: str) -> list[str]:
    """The other words of every bridge of a text."""
    return list(dict.fromkeys(other for bridge in bridges(text) for other in bridge.others))


def _stands(name: str, text: str) -> bool:
    if name.isascii():
        return re.search(rf"(?<![a-z]){re.escape(name)}(?:s|es)?(?![a-z])", text) is not None
    return name in text
