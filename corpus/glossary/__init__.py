"""Bridges between languages, and between everyday words and those of documents; words that carry no meaning.

A group of `*.toml` has the words of documents (`zh-TW`), what they are in English (`en`), and what people say instead
(`everyday`). English words lead to Chinese ones and back; everyday words lead to the words of documents, never back.
Chinese words of one group do not stand for each other: measured, that costs more than it finds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import Field

from tools.law.models import Frozen
from tools.text.normalise import normalise, to_traditional
from tools.text.tokens import stem, tokens

_WORD = re.compile(r"[a-z0-9][a-z0-9'.&/-]*")
_LONGEST = 7  # words of an English name


class Term(Frozen):
    """Words that mean the same."""

    zh_TW: tuple[str, ...] = Field((), alias="zh-TW")
    en: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """A word of a text, and the words that mean the same."""

    said: str
    others: tuple[str, ...]


@cache
def terms() -> tuple[Term, ...]:
    """Every group, by file and place."""
    files = sorted(p for p in Path(__file__).parent.glob("*.toml") if p.name != "stopwords.toml")
    return tuple(Term.model_validate(t) for f in files for t in tomllib.loads(f.read_text("utf-8"))["term"])


@cache
def _stop() -> re.Pattern[str]:
    raw = tomllib.loads(Path(__file__).with_name("stopwords.toml").read_text("utf-8"))
    chinese = sorted(raw["zh-TW"], key=len, reverse=True)
    english = "|".join(re.escape(w) for w in raw["en"])
    return re.compile("|".join(map(re.escape, chinese)) + rf"|\b(?:{english})\b", re.IGNORECASE)


def without_stopwords(text: str) -> str:
    """The text with question words and courtesies blanked."""
    return _stop().sub(" ", to_traditional(normalise(text).text))


@cache
def _english() -> dict[tuple[str, ...], tuple[str, ...]]:
    """English names as stems, and the Chinese words each leads to."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for term in terms():
        for name in term.en:
            found.setdefault(_stems(name.lower()), {}).update(dict.fromkeys(term.zh_TW))
    return {stems: tuple(others) for stems, others in found.items() if stems}


@cache
def _chinese() -> dict[str, tuple[str, ...]]:
    """Chinese words, and what each leads to: everyday ones to the documents' words, all of them to English."""
    found: dict[str, dict[str, None]] = {}
    for term in terms():
        for name in term.zh_TW:
            found.setdefault(name.lower(), {}).update(dict.fromkeys(term.en))
        for name in term.everyday:
            found.setdefault(name.lower(), {}).update(dict.fromkeys((*term.zh_TW, *term.en)))
    return {name: tuple(others) for name, others in found.items() if others}


@cache
def general() -> frozenset[str]:
    """Tokens that stand in any text: they tell little about what is asked."""
    raw = tomllib.loads(Path(__file__).with_name("general.toml").read_text("utf-8"))["term"]
    names = " ".join(name for t in raw for key in ("zh-TW", "en", "everyday") for name in t.get(key, ()))
    return frozenset(t for t in tokens(names) if t.isascii() or len(t) > 1)


@cache
def _longest_chinese() -> int:
    return max(map(len, _chinese()))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(w.strip(".'-/&")) for w in _WORD.findall(text) if w.strip(".'-/&"))


@lru_cache(maxsize=512)
def bridges(text: str) -> tuple[Bridge, ...]:
    """Words of a text that mean the same as others; of names within each other the longest counts."""
    folded = to_traditional(normalise(text).text).lower()
    return tuple({b.said: b for b in (*_english_bridges(folded), *_chinese_bridges(folded))}.values())


def _english_bridges(folded: str) -> Iterator[Bridge]:
    words = [w for w in _WORD.findall(folded) if w.strip(".'-/&")]
    stems = [stem(w.strip(".'-/&")) for w in words]
    known, at = _english(), 0
    while at < len(stems):
        for size in range(min(_LONGEST, len(stems) - at), 0, -1):
            if others := known.get(tuple(stems[at : at + size])):
                yield Bridge(" ".join(words[at : at + size]), others)
                break
        else:
            size = 1
        at += size


def _chinese_bridges(folded: str) -> Iterator[Bridge]:
    known, at = _chinese(), 0
    while at < len(folded):
        for size in range(min(_longest_chinese(), len(folded) - at), 0, -1):
            name = folded[at : at + size]
            if (others := known.get(name)) and not name.isascii():
                yield Bridge(name, others)
                at += size
                break
        else:
            at += 1


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """Words of documents, and the others of their groups in the same language."""
    found: dict[str, dict[str, None]] = {}
    for term in terms():
        for names in (term.zh_TW, term.en):
            for name in names:
                found.setdefault(name.lower(), {}).update(dict.fromkeys(n for n in names if n != name))
    return {name: tuple(others) for name, others in found.items()}


def alike(text: str) -> list[str]:
    """Other words of the same language for the words of a text: for reading a passage, not for finding it."""
    known = _alike()
    return list(dict.fromkeys(o for bridge in bridges(text) for o in known.get(bridge.said, ())))


def bridged(text: str) -> list[str]:
    """The other words of every bridge of a text."""
    return list(dict.fromkeys(other for bridge in bridges(text) for other in bridge.others))
