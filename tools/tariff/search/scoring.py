"""Scores of headings and subheadings for the terms of a description: evidence at every level, the nearest phrase, attributes.

The only place of the search that reckons with floats; nothing of money stands here.
"""

from __future__ import annotations

import heapq
import math
import operator
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tools.tariff.search.index import Index, Level
from tools.tariff.search.words import PROSE, Term

_FILE = Path(__file__).parent / "weights.toml"
FEATURES = (
    "words_6", "words_4", "words_2", "match_6", "match_4", "phrase_cover", "phrase_alike", "phrase_whole", "phrase_heading",
    "own_name", "unexplained", "agrees", "clashes", "excluded", "richness", "votes_6", "votes_4", "votes_2", "alike_4", "head_6",
    "head_4", "residual", "residual_alike",
)  # fmt: skip


#: what the trust in a first candidate rests on, by the names of its weights
SIGNS = (
    "constant", "share", "lead", "alike", "whole", "told", "length", "clash", "called", "unknown", "other", "called_4", "long",
    "headless",
)  # fmt: skip
_LONG = 10  # terms; what is said beyond them is seldom about what the goods are


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weights of `weights.toml`."""
    raw: dict[str, dict[str, float]] = tomllib.loads(_FILE.read_text("utf-8"))
    return raw


@dataclass(slots=True)
class Asked:
    """A description as it is scored.

    Args:
        terms: term -> weight by its place and kind, with words near those that are not held.
        spread: term as held -> the word of the description it stands for.
        heads: terms that say what the goods are called.
        unknown: share of the description's words that are held nowhere.
        prose: whether it is written in sentences, and so weighed by weights learned on such texts.
    """

    terms: dict[str, float]
    spread: dict[str, str] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    unknown: float = 0.0
    prose: bool = False


@dataclass(slots=True)
class Scored:
    """A subheading with its score, what it rests on, and the phrase nearest to the description."""

    place: int
    code: str
    score: float
    features: tuple[float, ...]
    phrase: int | None = None


def asked(terms: Sequence[Term], index: Index, near: Callable[[str], Iterable[str]]) -> Asked:
    """The terms of a description weighted; a word not held is replaced by those near it."""
    places, kinds = weights()["places"], weights()["terms"]
    out: dict[str, float] = {}
    spread: dict[str, str] = {}
    heads: set[str] = set()
    said = known = 0.0
    for term in terms:
        weight = places[term.place] * _kind(term.text, kinds)
        said += weight
        if term.text in index.vocabulary:
            known += weight
            out[term.text] = max(weight, out.get(term.text, 0.0))
            if term.place == "head":
                heads.add(term.text)
            continue
        for other in near(term.text):
            if other not in out:
                out[other], spread[other] = weight * kinds["expanded"], term.text
                if term.place == "head":
                    heads.add(other)
    prose = any(term.place in PROSE for term in terms)
    return Asked(out, spread, frozenset(heads), 1 - known / said if said else 0.0, prose)


def _kind(term: str, kinds: dict[str, float]) -> float:
    return kinds["character"] if len(term) == 1 else kinds["pair"] if "_" in term else 1.0


def _rarity(holding: int, of: int) -> float:
    return math.log(1 + (of - holding + 0.5) / (holding + 0.5))


@dataclass(slots=True)
class _Evidence:
    match: dict[int, float]
    words: dict[int, float]


def _evidence(level: Level, terms: dict[str, float], within: frozenset[int] | None = None) -> _Evidence:
    """Both measures of one level: rarity times frequency, and how much likelier the words are here than anywhere."""
    set_ = weights()["levels"]
    k1, b, share = set_["k1"], set_["b"], set_["smoothing"]
    many, whole = len(level.codes), sum(level.sizes) or 1
    mean = whole / many
    match: dict[int, float] = {}
    words: dict[int, float] = {}
    for term, weight in terms.items():
        found = level.of(term)
        if not found:
            continue
        rarity = weight * _rarity(len(found), many)
        everywhere = level.total(term) / whole
        for place, count in found:
            if within is not None and place not in within:
                continue
            size = level.sizes[place]
            match[place] = match.get(place, 0.0) + rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * size / mean))
            ratio = count / (size + mean) / everywhere
            words[place] = words.get(place, 0.0) + weight * math.log(1 + share / (1 - share) * ratio)
    return _Evidence(match, words)


@dataclass(slots=True)
class _Near:
    cover: dict[int, float] = field(default_factory=dict)
    alike: dict[int, float] = field(default_factory=dict)
    whole: dict[int, float] = field(default_factory=dict)
    best: dict[int, int] = field(default_factory=dict)
    votes: dict[int, float] = field(default_factory=dict)


def _nearest(index: Index, terms: dict[str, float], rarity: dict[str, float]) -> _Near:
    """By subheading, how near its nearest phrase is."""
    mass: dict[int, float] = {}
    held: dict[int, int] = {}
    rare = sorted(terms, key=lambda t: -rarity[t] * terms[t])[: int(weights()["stages"]["terms"])]
    for term in rare:
        weight = terms[term] * rarity[term]
        for phrase in index.phrases_with(term):
            mass[phrase] = mass.get(phrase, 0.0) + weight
            held[phrase] = held.get(phrase, 0) + 1
    total = sum(terms[t] * rarity[t] for t in terms) or 1.0
    near = _Near()
    voters: list[tuple[float, int]] = []
    least = weights()["stages"]["least"] * max(mass.values(), default=0.0)
    for phrase, weight in mass.items():
        if weight < least:
            continue
        cover = held[phrase] / index.phrase_terms[phrase]
        code = index.phrase_codes[phrase]
        covered = weight / total * cover * cover
        if covered > near.cover.get(code, 0.0):
            near.cover[code] = covered
            near.best[code] = phrase
        alike = weight / (total + weight * (1 / cover - 1))
        near.alike[code] = max(alike, near.alike.get(code, 0.0))
        voters.append((alike, code))
        if held[phrase] == index.phrase_terms[phrase]:
            near.whole[code] = max(weight / total, near.whole.get(code, 0.0))
    for alike, code in heapq.nlargest(int(weights()["stages"]["voters"]), voters):
        near.votes[code] = near.votes.get(code, 0.0) + alike * alike
    return near


def _summed(index: Index, near: _Near, digits: int) -> dict[str, float]:
    """The votes of the nearest phrases by the codes of a level, as shares."""
    out: dict[str, float] = {}
    for place, vote in near.votes.items():
        code = index.subheadings.codes[place][:digits]
        out[code] = out.get(code, 0.0) + vote
    whole = sum(out.values()) or 1.0
    return {code: vote / whole for code, vote in out.items()}


def _heads(level: Level, given: Asked, rarity: dict[str, float]) -> dict[int, float]:
    """By place of a level, the share of what the goods are called that is said there."""
    whole = sum(given.terms[t] * rarity[t] for t in given.heads) or 1.0
    out: dict[int, float] = {}
    for term in given.heads:
        part = given.terms[term] * rarity[term] / whole
        for place, _ in level.of(term):
            out[place] = out.get(place, 0.0) + part
    return out


@dataclass(slots=True)
class Beside:
    """What is known of subheadings beside their words, by code: attributes that agree or clash, exclusions."""

    agrees: Callable[[str], float]
    clashes: Callable[[str], float]
    excluded: Callable[[str], float]


def rank(index: Index, given: Asked, beside: Beside) -> list[Scored]:
    """Subheadings, the likeliest first.

    Args:
        index: what is held.
        given: the description.
        beside: what attributes and exclusions say.
    """
    terms = given.terms
    if not terms:
        return []
    stages = weights()["stages"]
    subs = index.subheadings.codes
    many = len(index.headings.codes)
    rarity = {t: _rarity(len(index.headings.of(t)), many) for t in terms}
    value = {t: terms[t] * rarity[t] for t in terms}
    mass = sum(value.values()) or 1.0
    of_chapter, of_heading = _evidence(index.chapters, terms), _evidence(index.headings, terms)
    near = _nearest(index, terms, rarity)
    votes = [_summed(index, near, digits) for digits in (6, 4, 2)]
    heads_6, heads_4 = _heads(index.subheadings, given, rarity), _heads(index.headings, given, rarity)
    chapter_place, heading_place, below = _tree(index)
    first = {h: s + of_heading.words[h] for h, s in of_heading.match.items()}
    chosen = set(sorted(first, key=lambda h: -first[h])[: int(stages["headings"])])
    best = sorted(near.cover, key=lambda c: -near.cover[c])[: int(stages["phrases"])]
    chosen |= {heading_place[subs[c][:4]] for c in best}
    within = frozenset(place for h in chosen for place in below[h])
    of_sub = _evidence(index.subheadings, terms, within)
    table = weights()["prose" if given.prose else "features"]
    factors = tuple(table.get(name, 0.0) for name in FEATURES)
    scored = []
    for heading in chosen:
        phrase_heading = max((near.cover.get(c, 0.0) for c in below[heading]), default=0.0)
        alike_heading = max((near.alike.get(c, 0.0) for c in below[heading]), default=0.0)
        for place in below[heading]:
            code = subs[place]
            names = index.names.get(code, frozenset())
            chapter = chapter_place[code[:2]]
            residual = 1.0 if code[-1] == "9" or code.endswith("90") else 0.0
            shared = names & terms.keys()
            named = sum(value[t] for t in shared)
            features = (
                of_sub.words.get(place, 0.0) / mass, of_heading.words.get(heading, 0.0) / mass,
                of_chapter.words.get(chapter, 0.0) / mass, of_sub.match.get(place, 0.0) / mass,
                of_heading.match.get(heading, 0.0) / mass, near.cover.get(place, 0.0), near.alike.get(place, 0.0),
                near.whole.get(place, 0.0), phrase_heading, named / mass,
                (index.long_names(code) - sum(len(t) > 1 for t in shared)) / (len(names) + 1), beside.agrees(code),
                beside.clashes(code), beside.excluded(code), math.log(1 + index.subheadings.sizes[place]) / 10,
                votes[0].get(code, 0.0), votes[1].get(code[:4], 0.0), votes[2].get(code[:2], 0.0), alike_heading,
                heads_6.get(place, 0.0), heads_4.get(heading, 0.0), residual, residual * near.alike.get(place, 0.0),
            )  # fmt: skip
            score = sum(map(operator.mul, features, factors))
            scored.append(Scored(place, code, score, features, near.best.get(place)))
    scored.sort(key=lambda s: (-s.score, s.code))
    return _widened(scored, weights()["features" if given.prose else "prose"])


def _widened(scored: list[Scored], other: dict[str, float]) -> list[Scored]:
    """A ranking where, after the first places, every second one goes to whom the weights for other texts would have next.

    Both sets of weights err, each in its own way, and no text is wholly of one kind. A place keeps its score.
    """
    stages = weights()["stages"]
    own, far = int(stages["own"]), int(stages["far"])
    first, rest, last = scored[:own], scored[own:far], scored[far:]
    factors = tuple(other.get(name, 0.0) for name in FEATURES)
    theirs = sorted(rest, key=lambda s: (-sum(map(operator.mul, s.features, factors)), s.code))
    mixed = list({s.place: s for pair in zip(rest, theirs, strict=True) for s in pair}.values())
    for hit, score in zip(mixed, [s.score for s in rest], strict=True):
        hit.score = score
    return [*first, *mixed, *last]


_trees: dict[int, Any] = {}


def _tree(index: Index) -> tuple[dict[str, int], dict[str, int], list[list[int]]]:
    """Places of chapters and headings by code, and the subheadings below each heading."""
    if id(index) not in _trees:
        chapters = {code: n for n, code in enumerate(index.chapters.codes)}
        headings = {code: n for n, code in enumerate(index.headings.codes)}
        below: list[list[int]] = [[] for _ in headings]
        for number, code in enumerate(index.subheadings.codes):
            below[headings[code[:4]]].append(number)
        _trees.clear()
        _trees[id(index)] = (chapters, headings, below)
    found: tuple[dict[str, int], dict[str, int], list[list[int]]] = _trees[id(index)]
    return found


def likelihoods(scores: Sequence[float]) -> list[float]:
    """Shares of belief of ranked scores, summing to one."""
    top = max(scores, default=0.0)
    parts = [math.exp(score - top) for score in scores]
    whole = sum(parts) or 1.0
    return [part / whole for part in parts]


def halved(first: int, rest: Sequence[float]) -> list[float]:
    """Shares along an order that is given: to each half of what is left, and the remainder to the rest by their own shares.

    >>> halved(2, [0.75, 0.25])
    [0.5, 0.25, 0.1875, 0.0625]
    """
    left, whole = 0.5**first, sum(rest) or 1.0
    return [*(0.5 ** (n + 1) for n in range(first)), *(left * share / whole for share in rest)]


def likely(what: str) -> float:
    """A floor of belief from the table of confidence."""
    return weights()["confidence"][what]


def share_of(hit: Scored, feature: str) -> float:
    """One feature of a hit."""
    return hit.features[FEATURES.index(feature)]


def signs(ranked: Sequence[Scored], given: Asked) -> tuple[float, ...]:
    """What the trust in the first of a ranking rests on: share, lead, the nearest phrase, what it explains and what is left over."""
    shares = likelihoods([hit.score for hit in ranked[:50]])
    lead = math.log(shares[0] / shares[1]) if len(shares) > 1 and shares[1] > 0 else 10.0
    first = ranked[0]
    return (
        1.0, math.log(max(shares[0], 1e-9)), min(lead, 10.0), share_of(first, "phrase_alike"), share_of(first, "phrase_whole"),
        share_of(first, "own_name"), math.log(1 + len(given.terms)), share_of(first, "clashes"),
        share_of(first, "head_6"), given.unknown, share_of(first, "residual"), share_of(first, "head_4"),
        max(0, len(given.terms) - _LONG) / _LONG, 1.0 if headless(first, given) else 0.0,
    )  # fmt: skip


def headless(hit: Scored, given: Asked) -> bool:
    """Whether nothing at a subheading is called what the description calls the goods: a case for the thing, not the thing."""
    return bool(given.heads) and not share_of(hit, "head_6")


def believed(ranked: Sequence[Scored], given: Asked) -> float:
    """How often a first candidate like this one is right."""
    if not ranked:
        return 0.0
    factors = weights()["prose_confidence" if given.prose else "confidence"]
    total = sum(factors.get(n, 0.0) * s for n, s in zip(SIGNS, signs(ranked, given), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
