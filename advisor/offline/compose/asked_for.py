"""What a question asks a passage for: a share, a year, a length of time, a place in the nomenclature; of whom, by which text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus import glossary
from corpus.search import Passage, question_words, split_sentences
from tools.text.places import find_places
from tools.text.tokens import tokens

#: how a kind of thing is asked for, and how a passage that tells it says it
_KINDS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE))
    for asked, told in (
        (
            r"百分之幾|幾成|(?:幾|多少) ?%|(?:比例|比率|占比|佔比).{0,8}(?:多少|是|為|幾)|多少比例|\b(?:what|which) (?:share|proportion|percentage|fraction)\b|\bwhat per ?cent",
            r"\d ?%|百分之|[一二三四五六七八九半\d]成|一半|[二三四]分之|\bper ?cent|\bhalf\b|\b(?:two|three) (?:thirds|quarters)\b|\ba (?:third|quarter)\b",
        ),
        (r"哪一?年|何年|\b(?:which|what) year\b", r"(?<!\d)(?:19|20)\d\d(?!\d)|民國"),
        (r"幾天|多少天|\bhow many days\b", r"\d ?(?:個?工作)?[天日]|[一二三四五六七八九十]天|\bdays?\b"),
        (
            r"第幾類|(?:屬於?|在|歸|列)哪一?類|\b(?:which|what) section\b",
            r"第 ?(?:\d+|[一二三四五六七八九十]+) ?類|\bsections? [IVX\d]",
        ),
        (
            r"第幾章|(?:屬於?|在|歸|列)哪一?章|\b(?:which|what) chapter\b",
            r"第 ?(?:\d+|[一二三四五六七八九十]+) ?章|\bchapters? \d",
        ),
    )
)
#: a text that is asked about is told from what is held of that text
_TEXT = re.compile(
    r"文章|指南|報告(?:裡|中|說|書|提)|APEC.{0,24}(?:報告|report)|(?<![A-Za-z])SCCP|\b(?:the|that|this) (?:[\w,-]+ ){0,2}?(?:article|guide|report)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"多少|[幾誰哪嗎呢]|什麼|怎|何|\b(?:how|what|which|who|whom|whose|when|where|why|is|are|was|were|does|do|did|can)\b",
    re.IGNORECASE,
)
_LACKS = 0.255  # score of a passage that tells none of what is asked for, where another does
_CARRIES = 0.45  # beside the share of the question's rare words that a passage on it carries
_FRAGMENT = 4  # characters of what is no sentence: the number of a list
_COUNTS = re.compile(r"多少|[幾哪][一個份項家件年月日天號種次人國成]|\bhow (?:many|much|long)|\bwhen\b|\bwhat (?:share|year|day)", re.IGNORECASE)  # fmt: skip
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千萬]+[個份項家件年月日天種次人國成分]")
_WITHOUT = 0.45  # of a sentence without a figure where one is asked for
_BRIEFED = 0.45  # score of the text itself, where a brief tells it
_OF_THE_TEXT = 1.6  # score of a passage on the text asked about


def weights(passages: Sequence[Passage], question: str) -> list[float]:
    """What each passage's score is worth for a question: less without the thing asked for, more on the text asked about."""
    wanted = [told for asked, told in _KINDS if asked.search(question)]
    telling = [any(told.search(f"{p.section} {p.text}") for told in wanted) for p in passages]
    of_text, several = asks_of_text(question), asks_several(question)
    return [
        (1.0 if several or tells or not any(telling) else _LACKS) * (_on_text(p) if of_text else 1.0)
        for p, tells in zip(passages, telling, strict=True)
    ]


def _on_text(passage: Passage) -> float:
    """What the score of a passage is worth where it is asked what a text says."""
    worth = _OF_THE_TEXT * (_CARRIES + passage.coverage) if passage.kind == "document" else 1.0
    return worth * (_BRIEFED if passage.authority == "user" else 1.0)


def telling_sentences(passage: Passage, question: str, most: int) -> list[str]:
    """The sentences of a user's document that tell most of what is asked, in their order.

    A word counts by how few sentences of the passage say it; a sentence with a figure counts more where one is asked.
    """
    sentences = [s for s in split_sentences(passage.text) if len(s) > _FRAGMENT]
    words = [set(tokens(s)) for s in sentences]
    spread = Counter(w for said in words for w in said)
    asked = set(tokens(glossary.without_stopwords(question))) | question_words(question, passage.language)
    figure = _COUNTS.search(question) is not None
    scores = [
        sum(1 / spread[w] for w in asked & said) * (1 if not figure or _FIGURE.search(s) else _WITHOUT)
        for s, said in zip(sentences, words, strict=True)
    ]
    best = sorted(range(len(sentences)), key=lambda i: (-scores[i], i))[:most]
    return [sentences[i] for i in sorted(best) if scores[i] > 0]


def parts_of(text: str) -> list[str]:
    """Each part of a question that says several things; none of one that says one.

    >>> parts_of("Who wrote the report, and when?"), parts_of("Who wrote it?")
    (['Who wrote the report', ' when'], [])
    """
    pieces = [p for p in re.split(r"[？?，,；;。]|\band\b|、又?", text) if p.strip()]
    return [p for p in pieces if question_words(p)] if len(pieces) > 1 else []


def asks_several(text: str) -> bool:
    """Whether more than one part of a question asks something."""
    return sum(_ASKS.search(part) is not None for part in parts_of(text)) > 1


def asks_of_text(question: str) -> bool:
    """Whether it is asked what an article, a guide or a report says."""
    return _TEXT.search(question) is not None


def tells(passage: Passage, question: str) -> bool:
    """Whether a passage tells every kind of thing that a question, or a part of one, asks for."""
    said = f"{passage.section} {passage.text}"
    return all(told.search(said) for asked, told in _KINDS if asked.search(question))


def of_others(passage: Passage, question: str) -> bool:
    """Whether a passage is of other places than the only ones a question asks about."""
    asked = {p.code for p in find_places(question)}
    told = {p.code for p in find_places(f"{passage.section} {passage.text}")}
    return bool(asked and told) and not asked & told
