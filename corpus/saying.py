"""What a passage says, in words: what it is found by, and its sentences as they are kept beside the index and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.briefs_reader import Brief, Section
from corpus.glossary import without_stopwords
from corpus.sentences import split_sentences
from tools.law.bindings import BINDING, render
from tools.law.models import Lang
from tools.law.store import law
from tools.text.places import find_places
from tools.text.tokens import tokens

#: what stands before each question in what is written of a passage, and between its words and its way of asking
_ASKS, _WAY = "\f", "\t"
_DAY = re.compile(r"\d ?[年月日]|\d{4}-\d\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d")


def indexed_text(brief: Brief, section: Section) -> dict[str, str]:
    """The words a passage is found by: names of its document, its heading, its body with law in words."""
    front, lang = brief.front, section.language
    names = [front.title[lang], *front.known_as.all(), *front.topics, front.id.replace("-", " ")]
    if front.document:
        names.append(front.document.title)

    body = _in_words(brief, section)
    return {"names": " ".join(names), "heading": section.heading, "body": body, "asks": " ".join(section.asks)}


def meant(brief: Brief, section: Section) -> str:
    """The text whose meaning is kept of a passage: its document's title, its heading, its body with law in words."""
    return f"{brief.front.title[section.language]}\n{section.heading}\n{_in_words(brief, section)}"


def _in_words(brief: Brief, section: Section) -> str:
    """A body with the names of figures of the law in the place of their values, which change with the day."""

    def name(match: Any) -> str:
        lang: Lang = section.language
        return f" {law().parameter(match['id']).label[lang]} "

    return section.body if brief.authority == "user" else BINDING.sub(name, section.body)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that a passage answers.

    Args:
        words: what it is about.
        way: its other words: how it asks.
    """

    words: frozenset[str]
    way: frozenset[str]


def ask_of(question: str) -> Ask:
    """A question as its words.

    >>> sorted(ask_of("When did APEC meet?").words)
    ['apec', 'meet']
    """
    words = frozenset(tokens(without_stopwords(question)))
    return Ask(words, frozenset(tokens(question)) - words)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage the words found, and what it says.

    Args:
        name: its id.
        score: BM25 over the weighted words.
        over: words of the headings over it.
        sentences: words of each sentence, with the marks of `said_in`.
        words: every word it says.
        asked: the questions that it answers as people put them, as `written` kept them.
    """

    name: str
    score: float
    over: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    words: frozenset[str]
    asked: tuple[str, ...] = ()

    def asks(self) -> tuple[Ask, ...]:
        """The questions that it answers; read when they are wanted, for most passages found are never looked at."""
        return tuple(map(_read_ask, self.asked))


def said_by(brief: Brief, section: Section) -> list[set[str]]:
    """The words of its document's names, of the headings over it, and of each of its sentences as rendered."""
    front, body = brief.front, section.body
    if brief.authority != "user":
        body = render(body, law(), front.reviewed, section.language)[0]
    names = " ".join((*front.known_as.all(), front.title.zh_TW, front.title.en))
    named = set(tokens(names)) | places_in(front.title.zh_TW)
    over = set(tokens(section.heading)) | places_in(section.heading)
    return [named, over, *(said_in(sentence) for sentence in split_sentences(body))]


def said_in(sentence: str) -> set[str]:
    """The words of a sentence, with the places it names and marks for a figure (`#`) and a day (`#day`) in it."""
    marks = {"#"} if any(c.isdigit() for c in sentence) else set()
    return {*tokens(sentence), *places_in(sentence), *marks, *({"#day"} if _DAY.search(sentence) else ())}


def places_in(text: str) -> set[str]:
    """Marks of the countries a text names, in whichever language: `@VN`."""
    return {f"@{place.code}" for place in find_places(text)}


def written(brief: Brief, section: Section) -> str:
    """What a passage says as one text: a line for names, one for headings, one for each sentence; then the questions."""
    said = "\n".join(" ".join(sorted(words)) for words in said_by(brief, section))
    asks = (ask_of(question) for question in section.asks)
    return said + "".join(f"{_ASKS}{' '.join(sorted(a.words))}{_WAY}{' '.join(sorted(a.way))}" for a in asks)


def read_hit(name: str, score: float, said: str) -> Hit:
    """A passage found, with what `written` kept of it."""
    text, *asks = said.split(_ASKS)
    named, over, *sentences = (frozenset(line.split(" ")) for line in text.split("\n"))
    return Hit(name, score, over, tuple(sentences), named.union(over, *sentences), tuple(asks))


def _read_ask(line: str) -> Ask:
    words, _, way = line.partition(_WAY)
    return Ask(frozenset(words.split()), frozenset(way.split()))
