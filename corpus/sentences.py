"""Sentences of passages, and the words questions and passages share."""

from __future__ import annotations

import re

from corpus import glossary
from corpus.passage import Passage
from tools.text.tokens import tokens


def question_words(question: str) -> set[str]:
    """What a question is about: its words without courtesies, and their bridges; Chinese in pairs."""
    text = f"{glossary.without_stopwords(question)} {' '.join(glossary.bridged(question))}"
    return {t for t in tokens(text) if t.isascii() or len(t) > 1}


def words_of(passage: Passage) -> set[str]:
    """The words a passage says."""
    return set(tokens(f"{passage.section} {passage.text}"))


def best_sentences(passage: Passage, question: str, most: int = 4) -> list[str]:
    """Sentences of a passage, in order: all of a short one, the most telling of a long one."""
    sentences = split_sentences(passage.text)
    if len(sentences) <= most:
        return sentences
    asked = set(tokens(glossary.without_stopwords(question))) | set(tokens(" ".join(glossary.bridged(question))))
    ranked = sorted(range(len(sentences)), key=lambda i: (-len(asked & set(tokens(sentences[i]))), i))
    keep = sorted({0, *ranked[: most - 1]})
    return [sentences[i] for i in keep]


def split_sentences(text: str) -> list[str]:
    """Sentences of a text in either language; lists keep their lines."""
    parts = re.split(r"(?<=[。！？])\s*|(?<=[.!?])\s+(?=[A-Z\"'(])|\n+", text)
    return [p.strip() for p in parts if p.strip()]
