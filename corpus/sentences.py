"""Sentences of passages, and the words questions and passages share."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus import glossary
from corpus.passage import Passage
from tools.law.models import Lang
from tools.text.tokens import tokens


@lru_cache(maxsize=512)
def question_words(question: str, lang: Lang | None = None) -> frozenset[str]:
    """What a question is about: its words without courtesies, and their bridges; Chinese in pairs.

    Args:
        question: as asked.
        lang: language of the passages it is held against; bridges lead only there. The question's own by default.
    """
    chinese = lang == "zh-TW" if lang else any(not c.isascii() for c in question)
    bridged = [w for w in (*glossary.bridged(question), *glossary.alike(question)) if w.isascii() is not chinese]
    own = frozenset(t for t in tokens(glossary.without_stopwords(question)) if t.isascii() or len(t) > 1)
    return own | {t for t in tokens(" ".join(bridged)) if t.isascii() or len(t) > 1} - glossary.general()


def words_of(passage: Passage) -> set[str]:
    """The words a passage says."""
    return set(tokens(f"{passage.section} {passage.text}"))


def best_sentences(passage: Passage, question: str, most: int = 4) -> list[str]:
    """Sentences of a passage, in order: all of a short one, the most telling of a long one."""
    sentences = split_sentences(passage.text)
    if len(sentences) <= most:
        return sentences
    asked = set(tokens(glossary.without_stopwords(question))) | question_words(question, passage.language)
    ranked = sorted(range(1, len(sentences)), key=lambda i: (-len(asked & set(tokens(sentences[i]))), i))
    keep = sorted({0, *ranked[: most - 1]})
    return [sentences[i] for i in keep]


def split_sentences(text: str) -> list[str]:
    """Sentences of a text in either language; lists keep their lines."""
    parts = re.split(r"(?<=[。！？])\s*|(?<=[.!?])\s+(?=[A-Z\"'(])|\n+", text)
    return [p.strip() for p in parts if p.strip()]
