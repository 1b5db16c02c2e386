"""Which passage of the briefs a question asks for, by the likeness of its words to the ways people ask for it.

The search of the library ranks what passages say; people ask in words that no passage says. A question that is near
enough to one of the wordings held is searched for together with the heading of their passage.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from corpus import glossary
from tools.law.models import Lang
from tools.text.tokens import tokens

NEAR = 0.45  # likeness from which a question is taken to ask for a passage
FAR = 0.355  # the same, where nothing else answers
PLAIN = 0.6  # likeness from which it asks for nothing else
_NAME = 3  # what a name counts: NCC, BSMI, X3
_UNNAMED = 0.6  # what a wording keeps that has none of the names a message says
_PAIR = 0.51  # what a pair of characters counts beside the two
_SHORT = 40  # characters of a message whose goods may be those spoken of before
_WHOLE = 0.255  # by which power of its share of the message a clause counts: a longer one tells more
_LEAST = 3  # characters or words that must meet, beside pairs; a name counts as two
_SPANS = 6  # clauses of a message that are read, alone and together with their neighbours
_CLAUSE = re.compile(r"[，,。；;！!？?\n]+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])|\. ")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for a passage."""

    document: str
    heading: dict[Lang, str]
    features: frozenset[str]


def passage_of(frame: Frame, near: float = NEAR) -> str:
    """The heading of the passage of Taiwan's law that a message asks for; a short one with the goods spoken of before."""
    apart = frame.other_place not in (None, frame.origin, frame.shipped_from)  # neither where the goods come from
    elsewhere = apart and frame.destination is None and not _BACK.search(frame.text)
    if elsewhere or about_us(frame) or says(frame.text, "document") or says(frame.text, "us_entry"):
        return ""
    if _OF_CHAPTER.search(frame.text):
        return ""
    text, held = frame.text, frame.held
    if held is not None and not frame.named_goods and len(text) < _SHORT:
        goods = [*(i.lines.get("tw", ()) for i in held.items), held.lines("tw")]
        names = dict.fromkeys(lines[0].line.name[frame.lang] for lines in goods if lines)
        text = "\n".join([text, *names])
    found = asked_for(text, frame.lang, near=near)
    if not frame.lean or len(frame.text) >= _SHORT or frame.intent != "tool":
        return found
    both = asked_for(f"{frame.lean}\n{text}", frame.lang, near=near)  # a short question with the one it leans on
    return both or found


def passages_of(frame: Frame, near: float = NEAR) -> tuple[str, ...]:
    """The heading a message asks for, and those its further questions ask for, at most two in all."""
    first = passage_of(frame, near)
    if not first:
        return ()
    asked = [p for p in _QUESTION.split(frame.text) if len(p) > _SHORTEST]
    more = [asked_for(part, frame.lang, near=max(near, NEAR)) for part in asked] if len(asked) > 1 else []
    return tuple(dict.fromkeys([first, *(heading for heading in more if heading)]))[:2]


#: notes of the schedule, which tell of goods and not of what an authority wants of them
_OF_CHAPTER = re.compile(r"[章類]註|\b(?:chapter|section) notes?\b", re.IGNORECASE)
_QUESTION = re.compile(r"[？?。]|, and |\. |然後|另外|還有")
_SHORTEST = 6  # characters of a part that asks something


#: goods that went to another country and come back: its law is not asked about
_BACK = re.compile(r"送修|寄回|送回|退回|回來|回國|帶去|\brepair|\b(?:back|return(?:s|ed)?|warranty)\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def asked_for(text: str, lang: Lang, side: Literal["tw", "us"] = "tw", near: float = NEAR) -> str:
    """The heading of the passage a message asks for; empty where it is near to none.

    Args:
        text: the folded message.
        lang: language of the heading.
        side: whose law is asked about.
        near: likeness from which a passage is meant.

    >>> asked_for("易利委上面的價錢跟我付的不一樣耶，要按相符嗎", "zh-TW")
    'EZ WAY 上的金額或品名不對，該怎麼辦？'
    """
    best, found = 0.0, None
    every = _features(text)
    whole, named = _weight(every) or 1.0, every & _names()
    for features in _spans(text):
        share = min(1.0, _weight(features) / whole) ** _WHOLE
        for number in {n for feature in features for n in _index().get(feature, ())}:
            wording = _wordings()[number]
            met = features & wording.features
            if (
                not wording.document.startswith(side)
                or sum(2 if f in _names() else 1 for f in met if not _is_pair(f)) < _LEAST
            ):
                continue
            likeness = share * _likeness(features, wording, met)
            likeness *= 1 if not named or named & wording.features else _UNNAMED
            if likeness > best:
                best, found = likeness, wording
    return found.heading[lang] if found is not None and best >= near else ""


def _likeness(features: frozenset[str], wording: Wording, met: frozenset[str]) -> float:
    """The cosine of two sets of features, each by how rare it is among the wordings."""
    return _weight(met) / math.sqrt(_weight(features) * _weight(wording.features))


def _spans(text: str) -> set[frozenset[str]]:
    """Features of the clauses of a message, of neighbours together, and of the whole."""
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    ends = clauses[-_SPANS:] if len(clauses) > _SPANS else clauses
    spans = [" ".join(ends[i:j]) for i in range(len(ends)) for j in range(i + 1, len(ends) + 1)]
    return {f for f in map(_features, [*spans, text]) if f}


def _features(text: str) -> frozenset[str]:
    """Words, characters and pairs of a text without courtesies and figures; a name such as X3 is a word."""
    found = tokens(glossary.without_stopwords(text))
    return frozenset(t for t in found if not _FIGURE.match(t))


def _is_pair(feature: str) -> bool:
    return not feature.isascii() and len(feature) > 1


def _weight(features: Iterable[str]) -> float:
    """How much features tell together: the rarer among the wordings the more, a pair less than its characters, a name more."""
    counts, size, names = _counts(), len(_wordings()), _names()
    return sum(
        math.log(1 + size / (1 + counts.get(f, 0))) ** 2 * (_PAIR if _is_pair(f) else _NAME if f in names else 1)
        for f in features
    )


@cache
def _wordings() -> tuple[Wording, ...]:
    raw = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))
    found: list[Wording] = []
    for document, passages in raw.items():
        for heading, told in passages.items():
            headings: dict[Lang, str] = {"zh-TW": heading, "en": told["en"]}
            ways = (heading, told["en"], *told["asked"])
            found += [Wording(document, headings, features) for way in ways if (features := _features(way))]
    return tuple(found)


@cache
def _names() -> frozenset[str]:
    """Names in capitals that stand in the wordings; a carrier's is none, since every question may hold it."""
    text = Path(__file__).with_name("wordings.toml").read_text("utf-8")
    return (
        frozenset(n.lower() for n in re.findall(r"(?<![A-Za-z])[A-Z]{2,}\d?(?![A-Za-z])|\b[A-Z]\d\b", text)) - _CARRIERS
    )


_CARRIERS = frozenset(["dhl", "fedex", "ups", "ems", "way"])


@cache
def _counts() -> Counter[str]:
    return Counter(f for wording in _wordings() for f in wording.features)


@cache
def _index() -> dict[str, list[int]]:
    """Numbers of the wordings that hold a feature; features that most hold lead nowhere."""
    rows: dict[str, list[int]] = {}
    for number, wording in enumerate(_wordings()):
        for feature in wording.features:
            rows.setdefault(feature, []).append(number)
    return rows
