"""Signs of an answer: what the passages found carry of a question, and what of the question speaks for another subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from corpus import glossary
from corpus.covering.areas import areas_of, goods
from corpus.relevance import Question
from corpus.saying import Hit
from tools.text.normalise import normalise, to_traditional
from tools.text.places import find_places
from tools.text.tokens import tokens

_LONG, _SHORT = 20.0, 4.0  # words beyond which a question is simply long; below which it is short
_READ, _NEAR = 5, 3  # passages read for their sentences; passages a word may stand in not to count as missing
_ASKED = 20  # passages whose questions are compared
_ANCHORS = 4  # rarest words looked for
_MANY_TERMS, _MANY_OTHERS = 5, 3
_HOME = frozenset({"TW", "US"})
#: subjects that weigh by themselves; the others weigh together
APART = (
    "opinion", "personal_case", "foreign_levy", "freight_price", "people", "statistics", "history", "place", "attribute", "account",
    "counts", "shop", "state", "one_rate",
)  # fmt: skip
_ASKS_RATE = re.compile(
    r"稅率|號列|號別|關稅|幾趴|第[一二三]欄|輸入規定|課多少|要課|檢驗|\b(?:hts|rates?|tariffs?|duty|codes?|column|quota)\b",
    re.IGNORECASE,
)


def signs(text: str, question: Question, hits: Sequence[Hit], weight: float) -> dict[str, float]:
    """Every sign with its strength, mostly from 0 to 1.

    Args:
        text: the question as asked.
        question: as read.
        hits: passages found, best first; at least one.
        weight: of all the question's words.
    """
    folded = to_traditional(normalise(text).text)
    return {
        **_carried(question, hits, weight), **_anchored(question, hits), **_missing(question, hits), **_subject(question, folded),
        **_places(question, folded, hits), **_others(question, folded, hits), **_answered(text, question, hits),
        **{f"cue_{name}": float(met) for name, met in question.cues.items()},
    }  # fmt: skip


def _carried(question: Question, hits: Sequence[Hit], weight: float) -> dict[str, float]:
    reading = question.reading
    shares = [reading.share(hit.words) for hit in hits[:_NEAR]]
    under = [max(reading.share(s | hit.over) for s in hit.sentences) for hit in hits[:_READ]]
    documents = Counter(hit.name.split("#")[0] for hit in hits[:_READ])
    return {
        "own": shares[0],
        "best": max(shares),
        "sentence_first": under[0],
        "sentence": max(under),
        "sentence_alone": max(reading.share(s) for hit in hits[:_READ] for s in hit.sentences),
        "heading": max(reading.share(hit.over) for hit in hits[:_READ]),
        "heading_said": max(_said_of(hit.over, reading.telling) for hit in hits[:_READ]),
        "score": hits[0].score / (weight or 1.0) / 10,
        "one_document": documents.most_common(1)[0][1] / _READ,
    }


def _answered(text: str, question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    """How near the question is to those that the passages answer: to one, every word of it counted, and to all of a passage."""
    words, nearest, together = frozenset(tokens(text)), 0.0, 0.0
    for hit in hits[:_ASKED]:
        asks = hit.asks()
        shares = (len(words & (said := ask.words | ask.way)) / len(words | said) for ask in asks)
        nearest = max(nearest, *shares, 0.0)
        if asks:
            together = max(together, question.reading.share(hit.over.union(*(ask.words for ask in asks))))
    return {"ask_nearest": nearest, "asks_together": together}


def _anchored(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    """What of the question the sentences carry that say the very thing it is about: its rarest words, a place abroad."""
    reading = question.reading
    rarest = sorted((t for t in reading.asked if _whole(t)), key=lambda t: (-reading.asked[t], t))[:_ANCHORS]
    shares = [(words := s | hit.over, reading.share(words)) for hit in hits[:_READ] for s in hit.sentences]
    told = [max((share for words, share in shares if t in words), default=0.0) for t in rarest]
    abroad = max((share for words, share in shares if question.abroad <= words), default=0.0)
    return {
        "rarest": told[0] if told else 0.0,
        "rarest_few": sum(told) / len(told) if told else 0.0,
        "abroad_share": abroad if question.abroad else 0.0,
        "abroad_gap": max((share for _, share in shares), default=0.0) - abroad if question.abroad else 0.0,
    }


def _said_of(over: frozenset[str], telling: frozenset[str]) -> float:
    """Share of a heading's words that the question says."""
    words = [w for w in over if w[0] not in "@#" and _whole(w)]
    return sum(w in telling for w in words) / len(words) if words else 0.0


def _whole(token: str) -> bool:
    return token.isascii() or len(token) > 1


def _missing(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    asked = question.reading.asked
    english = all(t.isascii() for t in asked)
    total = sum(asked.values()) or 1.0
    first = _absent(question, hits[:1])
    return {
        "unseen": question.unseen,
        "missing_heaviest": max((asked[t] for t in first), default=0.0) / 8,
        "missing_many": len(first) / 10,
        "missing_anywhere": sum(asked[t] for t in _absent(question, hits)) / total,
        "size": min(question.size, _LONG) / 10,
        "missing_latin": float(
            any(t.isascii() and t.isalpha() for t in _absent(question, hits[:_NEAR])) and not english
        ),
        "short": max(0.0, _SHORT - question.size) / _SHORT,
    }


def _absent(question: Question, hits: Sequence[Hit]) -> list[str]:
    """Words of the question that these passages neither say nor say in other words."""
    said = frozenset[str]().union(*(hit.words for hit in hits))
    bridged = question.reading.bridged(said)
    return [t for t in question.reading.asked if _whole(t) and t not in said and t not in bridged]


@cache
def _of_trade(said: str) -> frozenset[str]:
    """Tokens of a word of the glossary, unless any text has them."""
    words = frozenset(tokens(said))
    return frozenset() if words <= glossary.general() else words


def _subject(question: Question, folded: str) -> dict[str, float]:
    asked = question.reading.asked
    terms = [words for bridge in glossary.bridges(folded) if (words := _of_trade(bridge.said))]
    known = frozenset[str]().union(*terms)
    return {
        "terms": sum(w for t, w in asked.items() if t in known) / (sum(asked.values()) or 1.0),
        "terms_many": min(_MANY_TERMS, len(terms)) / _MANY_TERMS,
        "latin": sum(t.isascii() and t.isalpha() for t in asked) / (len(asked) or 1),
        "english": float(folded.isascii()),
    }


def _places(question: Question, folded: str, hits: Sequence[Hit]) -> dict[str, float]:
    abroad = question.abroad
    named = {place.code for place in find_places(folded)}
    missing = bool(abroad) and not abroad <= hits[0].words
    return {
        "home": float(bool(named & _HOME)),
        "abroad": float(bool(abroad)),
        "abroad_missing": float(missing),
        "abroad_rule": float(bool(abroad) and not missing and question.cues["foreign_rule"]),
        "abroad_alone": float(bool(abroad) and not named & _HOME),
        "abroad_of_no_document": float(bool(abroad) and not named & _HOME and not question.cues["document"]),
        "abroad_told": float(bool(abroad) and any(abroad <= s for hit in hits[:_NEAR] for s in hit.sentences)),
    }


def _others(question: Question, folded: str, hits: Sequence[Hit]) -> dict[str, float]:
    near = frozenset[str]().union(*(hit.words for hit in hits[:_NEAR]))
    asked = question.reading.asked
    total = sum(asked.values()) or 1.0
    lost = [t for t in _absent(question, hits[:_NEAR]) if t in goods()]
    subjects = areas_of(folded)
    strange = [word for words in subjects.values() for word in words if not _says(near, word)]
    rate = _ASKS_RATE.search(folded) is not None
    return {
        "goods": float(any(t in goods() for t in asked)),
        "goods_missing": float(bool(lost)),
        "goods_missing_share": sum(asked[t] for t in lost) / total,
        "rate": float(rate),
        "rate_of_missing": float(rate and bool(lost)),
        "other_said": min(_MANY_OTHERS, sum(map(len, subjects.values()))) / _MANY_OTHERS,
        "other_missing": min(_MANY_OTHERS, len(strange)) / _MANY_OTHERS,
        "other": float(bool(strange)),
        "other_rest": float(any(name not in APART for name in subjects)),
        **{f"other_{name}": float(name in subjects) for name in APART},
    }


def _says(words: Iterable[str], word: str) -> bool:
    return {t for t in tokens(word) if _whole(t)} <= frozenset(words)
