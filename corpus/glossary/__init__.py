"""Bridges between languages, and between everyday words and those of the law; words that carry no meaning."""

from __future__ import annotations

import re
import tomllib
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


def bridged(text: str) -> list[str]:
    """Words that mean the same as words of the text, in either language."""
    folded = to_traditional(normalise(text).text).lower()
    found: list[str] = []
    for group in terms():
        names = group.all()
        if any(_stands(name.lower(), folded) for name in names):
            found.extend(n for n in names if not _stands(n.lower(), folded))
    return found


def _stands(name: str, text: str) -> bool:
    if name.isascii():
        return re.search(rf"(?<![a-z]){re.escape(name)}(?:s|es)?(?![a-z])", text) is not None
    return name in text
