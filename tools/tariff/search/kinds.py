"""What a description is before it is searched: goods, several goods, a service, goods nobody may send, a bare brand, nothing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from tools.tariff.search.words import query_terms, spelt

_DATA = Path(__file__).parent / "kinds.toml"
_SEAM = re.compile(r"[、;；\n]|[,，](?!\d{3})|\b(?:and|plus)\b|[+＋&]|以及|還有|和(?=[^諧風平服])|跟|與")
_SENTENCE = re.compile(r"(?:[^.。!！?？;；\n]|(?<=\d)\.(?=\d))+")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    said = tomllib.loads(_DATA.read_text("utf-8"))[kind]
    plain = (lambda word: word) if kind == "instruction" else re.escape
    chinese = "|".join(map(plain, sorted((w.replace("台", "臺") for w in said["zh"]), key=len, reverse=True)))
    english = "|".join(map(plain, sorted(said["en"], key=len, reverse=True)))
    return re.compile(rf"(?:{chinese})|\b(?:{english})\b")


def named(kind: str, text: str) -> tuple[str, ...]:
    """The words of a kind that stand in a text."""
    return tuple(dict.fromkeys(match[0] for match in _pattern(kind).finditer(spelt(text))))


def forged(text: str) -> tuple[str, ...]:
    """The words that call goods a copy of a brand's, with the brand; nothing where either is not said."""
    copied, brands = named("forged", text), named("brand", text)
    return (*copied, *brands) if copied and brands else ()


def only(kind: str, text: str) -> bool:
    """Whether a text says nothing beside words of a kind."""
    left = _pattern(kind).sub(" ", spelt(text))
    return bool(named(kind, text)) and not any(len(term.text) > 1 for term in query_terms(left))


def without_instructions(text: str) -> tuple[str, bool]:
    """A text without the sentences that tell a program what to do, and whether there were any: a text is never obeyed."""
    sentences = _SENTENCE.findall(text)
    kept = [s for s in sentences if not _pattern("instruction").search(spelt(s))]
    return (text, False) if len(kept) == len(sentences) else (" ".join(kept), True)


def pieces(text: str) -> list[str]:
    """What a list of goods is a list of; one piece where it is none."""
    found = [piece.strip() for piece in _SEAM.split(text) if piece and piece.strip()]
    return [piece for piece in found if any(len(term.text) > 1 for term in query_terms(piece))]


def says_something(text: str) -> bool:
    """Whether there is a word in a text."""
    return bool(re.search(r"[^\W\d_]", text)) and bool(
        query_terms(text) or named("vague", text) or named("brand", text)
    )
