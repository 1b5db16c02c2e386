"""Ranking: the passages of one collection over one opened index that answer a question, rendered for a day.

The lexical index leads. What a question means (its vector, against those in Chroma) is asked only where the words leave
it unsure: where the first passages are nearly as good as one another, or it is open whether anything held answers.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus import glossary
from corpus.briefs_reader import Brief, Section
from corpus.closeness import closeness, kinds_asked
from corpus.conflicts import conflicts_in, parameters_of
from corpus.covering import Words, by_words, covers, sure
from corpus.covering.wording import plain
from corpus.index import Near, OpenIndex
from corpus.passage import BoundFigure, Conflict, Passage, SearchResult
from corpus.relevance import Question, read_question, relevance
from corpus.saying import Hit
from corpus.weights import BRIDGE_WEIGHT, Counts, Reading, means, scaled, weights
from tools.errors import ServiceError
from tools.law.bindings import BINDING, render
from tools.law.models import Lang
from tools.law.store import law
from tools.text.normalise import normalise, to_traditional
from tools.text.places import find_places

logger = logging.getLogger("customs.library")

_CLOSE = 0.85  # of the first passage's score: where the second has it, the words leave the order unsure
_BY_MEANING = 0.1  # logarithm of the score gained by a passage one deviation nearer in meaning than the others
_CANDIDATES = 40
_OTHER_LANGUAGE = 0.72  # weight of a passage that is not in the language of the answer
_REMEMBERED = 4_000  # passages whose claims are kept in memory
_READ = 20  # passages read sentence by sentence
_PLAINLY = 2  # passages that may say what of the question is looked for as it is worded
_COMPARED = 20  # passages whose vectors are looked at
_HOME = ("TW", "US")
_OTHER_SIDE = 0.45
_OTHER_PLACE = 0.5  # coverage kept by a passage that is silent on the country a question names
#: the lexical score counts by how much of the question a passage carries
_BARE, _SHARE = 0.1, 1.2
_OF_USER = 0.4  # weight of a user's document beside the briefs, unless the question names it
_NAMED = 1.2  # weight of a document the question names
_OF_ONE, _NEARLY = 3, 0.85  # passages of one document that count in full; what the next ones keep of their score
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search."""

    question: str
    as_of: date
    lang: Lang
    limit: int
    narrowed: Mapping[str, Sequence[str]]
    in_force_only: bool


class Collection:
    """Briefs and documents with the index that was built from exactly these; never changed once made.

    Args:
        briefs: what can be found.
        index: an opened index of them.
    """

    _saying: dict[tuple[str, str], list[str]] | None
    _claims: dict[tuple[str, date], list[Conflict]]
    _plain: dict[str, str]

    def __init__(self, briefs: Sequence[Brief], index: OpenIndex) -> None:
        self._index, self._saying, self._claims, self._plain = index, None, {}, {}
        self._sections: dict[str, tuple[Brief, Section]] = {
            section.id: (brief, section) for brief in briefs for section in brief.sections
        }
        self._names: dict[str, set[str]] = {}
        for brief in briefs:
            for name in (*brief.front.known_as.all(), brief.front.title.zh_TW, brief.front.title.en):
                if len(name) >= _SHORTEST_NAME:
                    self._names.setdefault(to_traditional(normalise(name).text).lower(), set()).add(brief.front.id)

    @property
    def size(self) -> int:
        """Number of passages."""
        return len(self._sections)

    def texts(self, authority: str) -> list[str]:
        """Headings with bodies, as written, of every passage of one authority."""
        return [f"{s.heading}\n{s.body}" for brief, s in self._sections.values() if brief.authority == authority]

    def vectors_answer(self) -> bool:
        """Whether the vectors can be asked now; searches go on by words where they cannot."""
        return self._index.vectors_answer()

    def search(self, wanted: Wanted) -> SearchResult:
        """Passages for one search, best first.

        Raises:
            DataError: the index is damaged.
        """
        question, as_of, lang = wanted.question, wanted.as_of, wanted.lang
        counts = Counts(self._index.manifest.frequencies, self._index.manifest.size)
        named = self._named(question)
        asked, bridges = weights(question, counts), glossary.bridges(question)
        others = [
            [scaled(weights(o, counts), BRIDGE_WEIGHT[bridge.said.isascii()]) for o in bridge.others]
            for bridge in bridges
        ]
        hits = [
            hit
            for hit in self._index.lexical(asked, others, _CANDIDATES, wanted.narrowed)
            if not wanted.in_force_only or _holds(self._sections[hit.name][0], as_of)
        ]
        bridged = means(bridges)
        reading = Reading(asked, bridged)
        scored, coverage = self._scored(hits, reading, lang, question, named)
        kept = set(sorted(scored, key=lambda n: (-scored[n], n))[: max(_READ, 2 * wanted.limit)])
        scored, hits = {n: scored[n] for n in kept}, [h for h in hits if h.name in kept]
        kinds = kinds_asked(question)
        for hit in hits:
            scored[hit.name] *= closeness(hit, reading, kinds)
        hits.sort(key=lambda hit: (-scored[hit.name], hit.name))
        read, weight = read_question(question, asked, bridged, counts), sum(asked.values())
        judged, said = self._judged(hits, read, weight), "\n".join(self._said(hit.name) for hit in hits[:_PLAINLY])
        words = by_words(question, read, hits, weight, said)
        near = self._near(question, hits, scored, words)
        covered = covers(words, near if self._index.stores.bundled else None)
        if near is not None:
            _moved(scored, hits, near)
        scored, coverage, judged = (self._told_in(lang, each) for each in (scored, coverage, judged))
        scored = self._varied(sorted(scored, key=lambda n: (-scored[n], n)), scored, named)
        ranked = sorted(scored, key=lambda n: (-scored[n], n))[: wanted.limit]
        passages = tuple(self._passage(n, scored[n], coverage[n], judged[n], as_of) for n in ranked)
        conflicts = [c for p in passages if p.authority == "user" for c in self._conflicts(p.id, as_of)]
        passages += self._governing(conflicts, passages, lang, as_of)
        return SearchResult(query=question, as_of=as_of, passages=passages, covered=covered, conflicts=tuple(conflicts))

    def _said(self, name: str) -> str:
        """All that a passage says and answers, as `plain` has it: a line for each part and each question."""
        if len(self._plain) > _REMEMBERED:
            self._plain = {}
        if name not in self._plain:
            brief, section = self._sections[name]
            front = brief.front
            parts = (f"{front.title.zh_TW} {front.title.en} {section.heading} {section.body}", *section.asks)
            self._plain[name] = "\n".join(plain(to_traditional(normalise(part).text)) for part in parts)
        return self._plain[name]

    def _conflicts(self, name: str, as_of: date) -> list[Conflict]:
        """Read once a passage and day: what a document says does not change, nor does the law of a day."""
        if len(self._claims) > _REMEMBERED:
            self._claims = {}
        if (name, as_of) not in self._claims:
            self._claims[name, as_of] = conflicts_in(*self._sections[name], as_of)
        return self._claims[name, as_of]

    def _governing(
        self, conflicts: Sequence[Conflict], passages: Sequence[Passage], lang: Lang, as_of: date
    ) -> tuple[Passage, ...]:
        """For each figure in conflict a passage of a brief that has the law's, where none was found."""
        told = {b.parameter for p in passages for b in p.bound}
        found: list[Passage] = []
        for parameter in parameters_of(conflicts):
            held = self._bound().get((parameter, lang), []) or self._bound().get((parameter, "zh-TW"), [])
            if parameter not in told and held:
                found.append(self.passage(held[0], as_of))
                told |= {b.parameter for b in found[-1].bound}
        return tuple(found)

    def _bound(self) -> dict[tuple[str, str], list[str]]:
        """Passages of briefs by the parameters of the law that they say, those that say the fewest others first."""
        if self._saying is None:
            saying: dict[tuple[str, str], list[str]] = {}
            for name, (brief, section) in self._sections.items():
                if brief.authority != "user" and brief.front.kind == "law":
                    for match in BINDING.finditer(section.body):
                        saying.setdefault((match["id"], section.language), []).append(name)
            for names in saying.values():
                names.sort(key=lambda n: (len(set(BINDING.findall(self._sections[n][1].body))), n))
            self._saying = saying
        return self._saying

    def _named(self, question: str) -> set[str]:
        """Documents a question names as people call them: "那份 APEC 報告", "the guide"."""
        folded = to_traditional(normalise(question).text).lower()
        said = [name for name in self._names if name in folded]
        return {d for name in said for d in self._names[name] if not any(name != n and name in n for n in said)}

    def _scored(
        self,
        hits: Sequence[Hit],
        reading: Reading,
        lang: Lang,
        question: str,
        named: set[str],
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Score and coverage of each hit: the lexical score by language, side, place, names and coverage."""
        places = find_places(to_traditional(normalise(question).text))
        home = {p.code for p in places} & set(_HOME)
        abroad = {f"@{p.code}" for p in places if p.code not in _HOME}
        other = {"TW": "US", "US": "TW"}[home.pop()] if len(home) == 1 else None
        scored: dict[str, float] = {}
        coverage: dict[str, float] = {}
        for hit in hits:
            name, lexical, words = hit.name, hit.score, hit.words
            brief, section = self._sections[name]
            share = reading.share(words)
            coverage[name] = share if not abroad or abroad & words else share * _OTHER_PLACE
            score = lexical if section.language == lang else lexical * _OTHER_LANGUAGE
            if brief.front.jurisdiction == other:  # a question about one corridor is not answered from the other
                score *= _OTHER_SIDE
            if brief.front.id in named:
                score *= _NAMED
            elif brief.authority == "user":
                score *= _OF_USER
            scored[name] = math.sqrt(score) * (_BARE + coverage[name]) ** _SHARE
        return scored, coverage

    def _judged(self, hits: Sequence[Hit], question: Question, weight: float) -> dict[str, float]:
        """Relevance of each hit."""
        first = max((question.reading.share(h.words) for h in hits[:3]), default=0.0)
        return {h.name: relevance(question, h.words, h.score / (weight or 1.0), first) for h in hits}

    def _varied(self, ranked: Sequence[str], scored: Mapping[str, float], named: set[str]) -> dict[str, float]:
        """Scores with every further passage of one document counted for less, so that others nearly as good are seen."""
        seen: Counter[str] = Counter()
        penalty: dict[str, float] = {}
        for name in ranked:
            brief = self._sections[name][0]
            seen[brief.front.id] += 1
            crowd = seen[brief.front.id] > _OF_ONE and brief.front.id not in named and brief.authority == "brief"
            penalty[name] = _NEARLY if crowd else 1.0
        return {name: scored[name] * penalty[name] for name in ranked}

    def passage(self, name: str, as_of: date) -> Passage:
        """One passage by id, rendered for a day."""
        return self._passage(name, 0.0, 1.0, 1.0, as_of)

    def _told_in(self, lang: Lang, scored: dict[str, float]) -> dict[str, float]:
        """The same passages in the language of the answer wherever a brief has them in both."""
        told: dict[str, float] = {}
        for name, score in scored.items():
            brief, section = self._sections[name]
            twin = f"{brief.front.id}#{lang}-{section.number}"
            whole = 2 * sum(s.language == lang for s in brief.sections) == len(brief.sections)
            kept = twin if whole and twin in self._sections else name
            told[kept] = max(score, told.get(kept, score))
        return told

    def _near(self, question: str, hits: Sequence[Hit], scored: Mapping[str, float], words: Words) -> Near | None:
        """The question's vector beside those of the first passages, where the words leave it unsure and it can be had."""
        first = [scored[hit.name] for hit in hits[:2]]
        close = len(first) > 1 and first[1] > _CLOSE * first[0]
        stores = self._index.stores
        if not hits or not ((stores.hosted and close) or (stores.bundled and (close or not sure(words)))):
            return None
        try:
            near = self._index.near(question, [hit.name for hit in hits[:_COMPARED]])
        except ServiceError as error:  # the words alone are an order too; asked again at the next search
            logger.warning("searched by words alone: %s", error)
            return None
        return near if near.passages.any(axis=1).all() else None  # a very long document has not all its vectors

    def _passage(self, name: str, score: float, coverage: float, judged: float, as_of: date) -> Passage:
        brief, section = self._sections[name]
        front, lang = brief.front, section.language
        text, bound = (section.body, []) if brief.authority == "user" else render(section.body, law(), as_of, lang)
        source = front.sources[0]
        return Passage(
            id=section.id, document_id=front.id, title=front.title[lang], section=section.heading, text=text,
            language=lang, score=round(score, 4), coverage=round(coverage, 4), relevance=round(judged, 4), effective_from=front.effective_from,
            effective_to=front.effective_to, status=front.status, authority=brief.authority, kind=front.kind,
            certainty=front.certainty, jurisdiction=front.jurisdiction, publisher=source.publisher,
            citation="；".join(s.citation for s in front.sources[:3]), url=source.url,
            document=front.document.title if front.document else None, known_as=front.known_as.all(),
            page=section.page, line=section.line, start=section.start, end=section.end,
            bound=tuple(
                BoundFigure(
                    start=b.start, end=b.end, parameter=b.id, unit=b.unit,
                    value=None if b.value is None else str(b.value.value),
                    effective_from=b.value.first_day if b.value else None,
                    effective_to=b.value.effective_to if b.value else None, pinned=b.pinned,
                )
                for b in bound
            ),
        )  # fmt: skip


def _moved(scored: dict[str, float], hits: Sequence[Hit], near: Near) -> None:
    """Scores of the first passages by how much nearer in meaning each is than the others."""
    likeness = near.likeness
    apart = likeness - likeness.mean()
    deviation = float(likeness.std()) or 1.0
    for hit, more in zip(hits, apart, strict=False):
        scored[hit.name] *= math.exp(_BY_MEANING * float(more) / deviation)


def _holds(brief: Brief, as_of: date) -> bool:
    front = brief.front
    return (front.effective_from or date.min) <= as_of <= (front.effective_to or date.max)
