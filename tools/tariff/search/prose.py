"""Descriptions in sentences, as one writes to a customs office: what each stretch of them says of the goods.

Only English prose is read so; a listing, a name and Chinese are read by `words.py` alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "prose.toml"
_SENTENCE = re.compile(r"[.!?;。；]+(?=\s|$)|\n+")
_WORD = re.compile(r"[a-z][a-z'-]*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ADJECTIVE = 2  # words of an article and an adjective
_CLAUSE = re.compile(r"\s*(?:,|:|\s[-–—]\s|[()\[\]])\s*")


class Stretch(NamedTuple):
    """Words that stand together, and their place: `name`, `stuff`, `parts`, `use`, `told`, `idle`."""

    text: str
    place: str


class _Rules(NamedTuple):
    """What sentences are read by.

    Args:
        function: words a sentence needs.
        asks: words of one who asks or tells of himself, and so describes no goods.
        generic: words that stand for any goods.
        filler: words of no weight in sentences.
        measure: "a pair of", before a name.
        lead: "the product under consideration", before what is said of it.
        calls: "is", "is described as", before a name.
        tells: "used for", "for", in place of a name.
        done: a participle.
        ends: where a name ends.
        marks: by place, the turns after which words stand there.
        least: words of a text and their share, in per cent, that make it prose; sentences that may name the goods.
    """

    function: frozenset[str]
    asks: frozenset[str]
    generic: frozenset[str]
    filler: frozenset[str]
    measure: re.Pattern[str]
    lead: re.Pattern[str]
    calls: re.Pattern[str]
    tells: re.Pattern[str]
    done: re.Pattern[str]
    ends: re.Pattern[str]
    marks: tuple[tuple[str, re.Pattern[str]], ...]
    least: dict[str, int]


def _one_of(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


@cache
def rules() -> _Rules:
    """The words and turns of `prose.toml`."""
    raw = tomllib.loads(_DATA.read_text("utf-8"))
    generic, ends, measure = _one_of(raw["generic"]), _one_of(raw["ends"]), _one_of(raw["measure"])
    done = rf"(?:\w+ed|{_one_of(raw['done'])})"
    stands_for = rf"(?:it|they)|(?:{_one_of(raw['before'])}\s+)?(?:[\w-]+\s+){{0,2}}?{generic}(?:\s+{generic})*"
    more = r"(?:under|in|at|of)\s+\w+|[\w-]*\d[\w-]*|no\.?\s*\S+"  # "under consideration", "AB-20", "no. 7"
    follows = rf"\s+{ends}\b|\s*[,(]|\s+(?:the|a|an)\b|$"
    return _Rules(
        frozenset(raw["function"]), frozenset(raw["asks"]), frozenset(raw["generic"]) | frozenset(raw["vague"]), frozenset(raw["filler"]),
        re.compile(rf"^(?:{_one_of(raw['number'])}\s+)*(?:[\w-]+\s+){{0,3}}?{measure}\s+of\s+(?!\d)"),
        re.compile(rf"^(?:{stands_for})(?:\s+(?:{more}))?,?\s+"),
        re.compile(rf"^{_one_of(raw['copula'])}\s+(?=\S)"),
        re.compile(rf"(?:\w+ly\s+)?(?:{done}|{ends})\b(?:\s+(?:or|and|once|twice|solely)\b)?(?={follows})|{ends}\b"),
        re.compile(done), re.compile(rf"\s{ends}\b|[,:(]"),
        tuple((place, re.compile(rf"\b{_one_of(said)}\b")) for place, said in raw["marks"].items()), raw["least"],
    )  # fmt: skip


def is_prose(text: str) -> bool:
    """Whether a text in one spelling is written in sentences: many words, and among them those a sentence needs, and no question."""
    given = rules()
    words = _WORD.findall(text)
    if len(words) < given.least["words"] or _CHINESE.search(text) or given.asks & set(words):
        return False
    return 100 * sum(word in given.function for word in words) >= given.least["share"] * len(words)


def stretches(text: str) -> Iterator[Stretch]:
    """What a text says of the goods, stretch by stretch."""
    named = False
    for number, sentence in enumerate(s.strip() for s in _SENTENCE.split(text)):
        if not sentence:
            continue
        name, rest = (
            _name(sentence, first=number == 0) if number < rules().least["sentences"] and not named else ("", sentence)
        )
        if name:
            named = True
            yield Stretch(name, "name")
        yield from _told(rest)


def _name(sentence: str, *, first: bool) -> tuple[str, str]:
    """What a sentence calls the goods, and the rest of it; no name where it only tells what they do."""
    given = rules()
    lead = given.lead.match(sentence)
    if lead:
        after = sentence[lead.end() :]
        calls = given.calls.match(after)
        if not calls:
            return "", sentence
        said = after[calls.end() :]
        return ("", sentence) if given.tells.match(said) else _cut(said)
    return _cut(sentence) if first else ("", sentence)


def _cut(phrase: str) -> tuple[str, str]:
    """The name at the beginning of a phrase, and the rest."""
    given = rules()
    if measure := given.measure.match(phrase):
        phrase = phrase[measure.end() :]
    for end in given.ends.finditer(phrase):
        name = phrase[: end.start()]
        if end[0] != "," or len(_WORD.findall(name)) > _ADJECTIVE:  # "a fine, white powder" goes on
            return name, phrase[end.start() :]
    return phrase, ""


def _told(sentence: str) -> Iterator[Stretch]:
    """The clauses of a sentence by the turn each begins with or holds; a turn holds to the next."""
    place = "told"
    for clause in _CLAUSE.split(sentence):
        if not clause:
            continue
        at = 0
        found = sorted((m.start(), m.end(), kind) for kind, pattern in rules().marks for m in pattern.finditer(clause))
        for start, end, kind in found:
            if start > at:
                yield Stretch(clause[at:start], place)
            place, at = kind, max(end, at)
        if at < len(clause):
            yield Stretch(clause[at:], place)
        if place == "idle":
            place = "told"


def head(name: str) -> str:
    """The word a name ends with, unless it says no more than that there are goods."""
    words = _WORD.findall(name)
    while len(words) > 1 and rules().done.fullmatch(words[-1]):
        words.pop()
    return words[-1] if words and words[-1] not in rules().generic else ""
