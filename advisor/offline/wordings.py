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
from advisor.offline.cues import pattern, says
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
_ABROAD = 0.45  # likeness from which a passage of the United States' law is meant
_STAYS, _STAYS_OWN = (
    0.155,
    0.317,
)  # what the passage spoken of counts more than its neighbours, with the words before and without
_COMMON = 5  # documents that say a word which is no subject
_FEW = 6  # words of a message in which one that no wording says is no subject
_TELLING = 2  # words of its own from which a message may turn to another passage
_APART = "|"
_SHORT = 40  # characters of a message whose goods may be those spoken of before
_WHOLE = 0.255  # by which power of its share of the message a clause counts: a longer one tells more
_SURELY = 0.999  # of a likeness that is the greatest a clause can have, whatever the last digits
_LEAST = 3  # characters or words that must meet, beside pairs; a name counts as two
_SPANS = 6  # clauses of a message that are read, alone and together with their neighbours
_CLAUSE = re.compile(r"[，,。；;！!？?\n]+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])|\. ")
_FIGURE = re.compile(r"\d")

Side = Literal["tw", "us"]
#: who applies the law of the United States, and takes part in more than its acts
AGENCIES = {"cbp", "ustr"}
_SIDES: tuple[Side, ...] = ("tw", "us")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for a passage."""

    document: str
    heading: dict[Lang, str]
    features: frozenset[str]
    weight: float  # of its features together


@dataclass(frozen=True, slots=True)
class _Held:
    wordings: tuple[Wording, ...]
    names: frozenset[str]
    counts: Counter[str]
    weights: dict[str, float]  # of each feature
    spread: Counter[str]  # by documents
    index: dict[str, list[int]]


def passage_of(frame: Frame, near: float = NEAR) -> str:
    """The heading of the passage that a message asks for; a short one with the goods, or within the matter, spoken of before."""
    if frame.within:
        return heading_of(frame.matter, frame.lang)
    if side_of(frame) == "us":
        return "" if says(frame.text, "document") else asked_for(frame.text, frame.lang, "us", max(near, _ABROAD))
    apart = frame.other_place not in (None, frame.origin, frame.shipped_from)  # neither where the goods come from
    elsewhere = apart and frame.destination is None and not _BACK.search(frame.text)
    if elsewhere or says(frame.text, "document"):
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


def side_of(frame: Frame) -> Side:
    """Whose law a question is about."""
    acts = {act.lower() for act in pattern("intent", "us_act").findall(frame.text)} - AGENCIES
    ruled = bool(frame.parameters) and all(name.startswith("us.") for name in frame.parameters)
    us = about_us(frame) or acts or ruled or says(frame.text, "us_entry")
    return "us" if us or (_US_LAW.search(frame.text) and not _ELSE.search(frame.text)) else "tw"


#: whose authority, schedule, form or law is that of the United States, whatever moves
_US_LAW = re.compile(
    r"(?<![A-Za-z])(?:CBP|HTS(?:US)?|ACE|FDA|FCC|CPSC)(?![A-Za-z])|7501|\bentry summar(?:y|ies)\b|\b(?:in|into|to|for|entering) (?:the )?(?:(?-i:US|USA|U\.S\.)|united states|america)\b"
    r"|(?-i:\bUS|\bU\.S\.|\bAmerican) (?:penalt|fines?|customs|rules?|permits?|broker|bond|port)",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"[台臺]灣|taiwan|taipei|(?<![A-Za-z])(?:APEC|SCCP|TFDA)(?![A-Za-z])|EZ ?WAY|入境[台臺]", re.IGNORECASE
)


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
def asked_for(text: str, lang: Lang, side: Side = "tw", near: float = NEAR) -> str:
    """The heading of the passage a message asks for; empty where it is near to none.

    Args:
        text: the folded message.
        lang: language of the heading.
        side: whose law is asked about.
        near: likeness from which a passage is meant.

    >>> asked_for("易利委上面的價錢跟我付的不一樣耶，要按相符嗎", "zh-TW")
    'EZ WAY 上的金額或品名不對，該怎麼辦？'
    """
    found = _nearest(text, side, near)
    return found.heading[lang] if found is not None else ""


def matter_of(text: str, side: Side, near: float = FAR) -> str:
    """The passage a message is about, as a later one may take it for its subject: document and Chinese heading."""
    found = _nearest(text, side, near)
    return f"{found.document}{_APART}{found.heading['zh-TW']}" if found is not None else ""


def heading_of(matter: str, lang: Lang) -> str:
    """The heading of a matter in a language."""
    document, _, heading = matter.partition(_APART)
    side: Side = "us" if document.startswith("us") else "tw"
    return next(
        (w.heading[lang] for w in _held(side).wordings if w.document == document and w.heading["zh-TW"] == heading), ""
    )


def headed(heading: str) -> str:
    """The matter of a Chinese heading; empty where no wordings of it are held."""
    found = (w for side in _SIDES for w in _held(side).wordings if w.heading["zh-TW"] == heading)
    return next((f"{w.document}{_APART}{heading}" for w in found), "")


def within(text: str, before: str, matter: str) -> str:
    """The passage of the same document that a later question asks for, by its own words, else together with those before.

    >>> within("那要多久內申請", "海關核的稅我不服", "tw-deadlines-refund-review|對稅額或號列不服，怎麼申請復查？")
    'tw-deadlines-refund-review|對稅額或號列不服，怎麼申請復查？'
    """
    document, _, heading = matter.partition(_APART)
    held = _held("us" if document.startswith("us") else "tw")
    own = frozenset(f for f in _features(_WAYS.sub(" ", text)) if held.spread.get(f, 0) < _COMMON and f in held.counts)
    if sum(_TELLING if f.isascii() else not _is_pair(f) for f in own) < _TELLING:
        own = frozenset()
    if plain := _best_within(held, _features(text), document, "", PLAIN, _way_left(text)):
        return f"{document}{_APART}{plain}"
    return next(
        (
            f"{document}{_APART}{best}"
            for features, stays in ((own, _STAYS_OWN), (_features(f"{_WAYS.sub(' ', before)} {text}"), _STAYS))
            if features and (best := _best_within(held, features, document, heading, stays, _way_left(text)))
        ),
        matter,
    )


def told_within(text: str, matter: str) -> bool:
    """Whether a message is near to a wording of the brief spoken of, whatever other brief is nearer."""
    document = matter.partition(_APART)[0]
    return bool(_best_within(_held("us" if document.startswith("us") else "tw"), _features(text), document, "", NEAR))


_CARRIED = re.compile(r"帶|行李|\b(?:carr|bring|luggage|suitcase)", re.IGNORECASE)
_SENT = re.compile(r"寄|郵|快遞|\b(?:mail|post|courier)", re.IGNORECASE)


def _way_left(text: str) -> re.Pattern[str] | None:
    """The way that a message does not mean, where it names the other."""
    carried, sent = _CARRIED.search(text), _SENT.search(text)
    return None if bool(carried) == bool(sent) else _SENT if carried else _CARRIED


def _of_way(wording: Wording, way: re.Pattern[str]) -> bool:
    """Whether a passage is only of goods that come in one way."""
    heading = wording.heading["zh-TW"]
    return way.search(heading) is not None and not all(w.search(heading) for w in (_CARRIED, _SENT))


def _best_within(
    held: _Held, features: frozenset[str], document: str, heading: str, stays: float,
    other: re.Pattern[str] | None = None,
) -> str:  # fmt: skip
    best, found = stays, ""
    for wording in held.wordings:
        met = features & wording.features
        if wording.document == document and met and not (other is not None and _of_way(wording, other)):
            likeness = _likeness(held, features, wording, met)
            likeness += stays if wording.heading["zh-TW"] == heading else 0
            if likeness > best:
                best, found = likeness, wording.heading["zh-TW"]
    return found


#: how goods come in, of which most briefs tell
_WAYS = re.compile(
    r"自己|隨身|攜帶|帶(?:回|進|入)?|行李|託運|郵寄|郵局|快遞|寄(?:送|來|回)?|被?(?:抓|查)(?:到|獲)?|罰(?:鍰|款|錢|單)?|期限|多[久少]|幾[天個次]|申請|文件|\b(?:fined?|fines|penalt(?:y|ies)|long|happens?|costs?|apply|file|documents?|papers|deadline|limit|days|late|miss(?:ed)?|need|instead|carry|carried|bring|brought|luggage|suitcase|mail(?:ed|ing)?|post(?:ed)?|courier|myself|caught)\b",
    re.IGNORECASE,
)


def without_ways(text: str) -> str:
    """A text without the words of how goods come in and what is done about them.

    >>> without_ways("what about in my luggage")
    'what about in my  '
    """
    return _WAYS.sub(" ", text)


_NAMED = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![a-z])")  # APEC, NCC
_IT = re.compile(r"\b(?:it|its|that|this|they|them|those|these)\b", re.IGNORECASE)


def says_more(text: str, side: Side) -> str:
    """The passage plainly asked for by the words that are a subject; empty where none are."""
    return matter_of(_WAYS.sub(" ", text), side, PLAIN)


def names_more(text: str, before: str) -> bool:
    """Whether a message says a name in capitals that was not said before: APEC, NCC."""
    return bool({n.lower() for n in _NAMED.findall(text)} - {n.lower() for n in _NAMED.findall(before)} - AGENCIES)


def has_no_subject(text: str, before: str, matter: str) -> bool:
    """Whether all that a message says is said of many matters, or was said before: what is fined, when, how many."""
    held = _held("us" if matter.startswith("us") else "tw")
    own = {f for f in _features(_WAYS.sub(" ", text)) - _features(before) if not _is_pair(f) and not f.isdigit()}
    if names_more(text, before):
        return False
    few = len(text.split()) <= _FEW
    if few and text.isascii() and _IT.search(text):
        return True
    document = matter.partition(_APART)[0]
    near = {f for w in held.wordings if w.document == document for f in w.features}
    return all(
        f in near or held.spread.get(f, 0) >= _COMMON or (f not in held.counts and (few or not f.isascii()))
        for f in own
    )


def _nearest(text: str, side: Side, near: float) -> Wording | None:
    best, found = 0.0, None
    held, every = _held(side), _features(text)
    whole, named = _weight(held, every) or 1.0, every & held.names
    for features in _spans(text):
        own = _weight(held, features)
        share = min(1.0, own / whole) ** _WHOLE
        if share < max(best, near) * _SURELY:  # nothing is more like a clause than the clause itself
            continue
        for number, weight in _meeting(held, features):
            wording = held.wordings[number]
            likeness = share * weight / math.sqrt(own * wording.weight)
            likeness *= 1 if not named or named & wording.features else _UNNAMED
            if likeness > best:
                best, found = likeness, wording
    return found if best >= near else None


def _meeting(held: _Held, features: frozenset[str]) -> list[tuple[int, float]]:
    """Numbers of the wordings that share enough with a text, and what the shared features weigh."""
    weights: dict[int, float] = {}
    words: dict[int, int] = {}
    for feature in sorted(features & held.counts.keys()):
        weight, counts = held.weights[feature], 0 if _is_pair(feature) else 2 if feature in held.names else 1
        for number in held.index[feature]:
            weights[number] = weights.get(number, 0.0) + weight
            if counts:
                words[number] = words.get(number, 0) + counts
    return [(number, weights[number]) for number, count in sorted(words.items()) if count >= _LEAST]


def _likeness(held: _Held, features: frozenset[str], wording: Wording, met: frozenset[str]) -> float:
    """The cosine of two sets of features, each by how rare it is among the wordings."""
    return _weight(held, met) / math.sqrt(_weight(held, features) * wording.weight)


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


def _weight(held: _Held, features: Iterable[str]) -> float:
    """How much features tell together: the rarer among the wordings the more, a pair less than its characters, a name more."""
    weights, size = held.weights, len(held.wordings)
    return sum(weights[f] if f in weights else _one_weight(f, 0, size, f in held.names) for f in features)


def _one_weight(feature: str, count: int, size: int, name: bool) -> float:
    return math.log(1 + size / (1 + count)) ** 2 * (_PAIR if _is_pair(feature) else _NAME if name else 1)


@cache
def _held(side: Side) -> _Held:
    """The wordings of one side's law, and how many of them, or of its documents, hold a feature."""
    texts = [path.read_text("utf-8") for path in sorted(_FILES.glob(f"{side}*.toml"))]
    found: list[tuple[str, dict[Lang, str], frozenset[str]]] = []
    for document, passages in (row for text in texts for row in tomllib.loads(text).items()):
        for heading, told in passages.items():
            headings: dict[Lang, str] = {"zh-TW": heading, "en": told["en"]}
            ways = (heading, told["en"], *told["asked"])
            found += [(document, headings, features) for way in ways if (features := _features(way))]
    index: dict[str, list[int]] = {}
    for number, (_, _, features) in enumerate(found):
        for feature in features:
            index.setdefault(feature, []).append(number)
    names, size = _names("\n".join(texts)), len(found)
    weights = {f: _one_weight(f, len(rows), size, f in names) for f, rows in index.items()}
    wordings = tuple(Wording(*row, sum(weights[f] for f in row[2])) for row in found)
    spread = Counter(f for f, rows in index.items() for _ in {found[n][0] for n in rows})
    counts = Counter({f: len(rows) for f, rows in index.items()})
    return _Held(wordings, names, counts, weights, spread, index)


def _names(text: str) -> frozenset[str]:
    """Names in capitals that stand in the wordings; a carrier's is none, since every question may hold it."""
    return (
        frozenset(n.lower() for n in re.findall(r"(?<![A-Za-z])[A-Z]{2,}\d?(?![A-Za-z])|\b[A-Z]\d\b", text)) - _CARRIERS
    )


_CARRIERS = frozenset(["dhl", "fedex", "ups", "ems", "way"])
_FILES = Path(__file__).with_name("wordings_data")
