"""Passages as an answer: the one whose heading and words meet the question, what its parts need beside it, cited."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.offline.asked import about_us
from advisor.offline.compose.asked_for import (
    asks_of_text,
    asks_several,
    of_others,
    parts_of,
    telling_sentences,
    tells,
    weights,
)
from advisor.offline.compose.base import Draft, say
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.leaning import FEW_OWN, SOME_OWN, own_words
from advisor.offline.subjects import subjects
from advisor.offline.wordings import NEAR, PLAIN, passage_of, passages_of
from corpus import glossary
from corpus.scan_models import Scan
from corpus.search import Conflict, Passage, SearchResult, best_sentences, question_words, words_of
from tools.law.models import Lang
from tools.text.places import find_places
from tools.text.tokens import tokens

_ADDS = 0.05  # share of the question's words a further passage must add to be quoted
_CLOSE = 0.3  # score of a further passage against the best
_NEAR = 0.6  # the same, for a passage quoted only because it adds words
_TWIN = 0.55  # the same, for the next passage of the same document, which is quoted whatever it adds
_RELEVANT = 0.5  # relevance from which a further passage is shown at all
_MOST = 3  # passages quoted
_PART = 0.2  # score of a passage against the best that may answer a part of the question
_OF_TEXT = 0.15  # score of a passage on the text asked about, beside the law that answers best
_WHOLE, _BRIEF = 6, 4  # sentences of the best passage; of one answer among several
_MOST_CLAIMS = 12  # claims of a document told at once
_OF_A_DOCUMENT = 3  # sentences of a user's document
_SHOWN = 240  # characters of a user's document where no sentence meets the question: they are still its own
_HEADING = 0.8  # what a heading that is the question adds to a passage's score
_UNDER = " › "  # between the headings over a passage of a user's document; the last is its own
_MEETS = 2  # words that must meet before a passage answers a part of a question
_SPOKEN_LANGUAGE = 0.45  # score of a passage in the language of the answer that is taken before one in the other
#: share of a heading's words that the question says, and share of the question a passage carries, for a plain answer
_PLAIN_HEADING, _PLAIN_COVERAGE = 0.58, 0.45
_VERDICT = re.compile(r"(?:Yes|No|Not|Mostly)\b|(?:不|多半|可以|會|是的|對|要|能|有|沒有)[^，,。]{0,6}[，,。]")

#: a yes or no that is a sentence of its own
_ONLY_VERDICT = re.compile(r"^(?:(?:Yes|No)[.,]\s+|(?:不對|對|不是|是的|可以|不可以)[。，]\s*)")


_SELF_ANSWERED = re.compile(r"[？?]\s*([^？?]{3,40})(?<![嗎呢麼])$")


_FEW_WORDS, _FEW_CHARACTERS = 4, 6  # of a question that says nothing of its own
_HOME = ("TW", "US")
_OWN_RULE = re.compile(
    r"門檻|免稅額|免稅|限額|上限|稅率|threshold|exemption|de minimis|duty[- ]free|tax[- ]free|limit|rate\b",
    re.IGNORECASE,
)
#: behind a country, what makes a limit that country's own: of Canada, not on goods of Canada
_OWN_LAW = re.compile(
    r"(?:'s|’s)? ?(?:own )?(?:de minimis|low[- ]value|threshold|import (?:tax|duty|limit)|customs (?:limit|threshold)|gst|vat|duty[- ]free)|(?:海關|那邊|海關的|的) ?(?:進口)?(?:免稅|低價|小額|gst|vat|加值稅|消費稅|關稅門檻)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Ranked:
    number: int
    passage: Passage
    score: float


def told_first(frame: Frame, results: Sequence[tuple[str, Any]]) -> bool:
    """Whether a rule asked about before a sum was looked for and plainly answered."""
    found = results[0][1] if results and frame.rule_first else None
    return isinstance(found, SearchResult) and plainly_answers(found)


def plainly_answers(found: SearchResult) -> bool:
    """Whether the best passages of a search answer its question: judged so, or their heading is the question."""
    led = any(
        len(p.section) > _FEW_CHARACTERS and p.section in found.query for p in found.passages[:2]
    )  # by its heading
    if not (found.covered or led or any(_is_heading_of(p, found.query) for p in found.passages[:2])):
        return False
    if says(found.query, "spent") and not any(says(p.text, "spent") for p in found.passages[:_MOST]):
        return False  # what a journey cost is told where money of it is spoken of
    abroad = {p.code for p in find_places(found.query)} - set(_HOME)
    if not abroad or not _OWN_RULE.search(found.query):
        return True
    own = any(_OWN_LAW.match(found.query[p.end :]) for p in find_places(found.query) if p.code in abroad)
    telling = [
        p
        for p in found.passages[: 1 if own else _MOST]
        if not own or p.jurisdiction not in _HOME or p.authority == "user"
    ]
    told = " ".join(t for p in telling for t in (f"{p.section} {p.text}",) if _OWN_RULE.search(t))
    return bool(abroad & {p.code for p in find_places(told)})  # another economy's limit is told where it is named


def _is_heading_of(passage: Passage, question: str) -> bool:
    """Whether a passage's heading asks what the question asks, and the passage carries a good part of it."""
    asked = question_words(question, passage.language)
    heading = _heading(passage)
    return (
        len(heading) > 1
        and len(heading & asked) / len(heading) >= _PLAIN_HEADING
        and passage.coverage >= _PLAIN_COVERAGE
    )


def _heading(passage: Passage) -> frozenset[str]:
    return question_words(passage.section.split(_UNDER)[-1], passage.language)


def stands_alone(found: SearchResult, question: str) -> bool:
    """Whether a question that leans on the one before is answered by itself: a heading of its own words is found."""
    few = len(question.split()) <= _FEW_WORDS and len(re.findall(r"[\u4e00-\u9fff]", question)) <= _FEW_CHARACTERS
    if few or not plainly_answers(found):
        return False
    best = found.passages[0]
    return bool(_heading(best) & (question_words(question, best.language) - glossary.general()))


def goes_on(own: SearchResult, both: SearchResult, frame: Frame) -> bool:
    """Whether a later message is answered by what it finds together with the message before, not by its own words."""
    led = any(p.section in own.query for p in own.passages[:2])  # by a heading that its words ask for
    if led or not plainly_answers(both):
        return False
    words = own_words(frame)
    if not plainly_answers(own) or words <= FEW_OWN:
        return True
    return words <= SOME_OWN and both.passages[0].id in {p.id for p in own.passages[1:]}


def compose_passages(
    passages: Sequence[Passage],
    conflicts: Sequence[Conflict],
    frame: Frame,
    lang: Lang,
    first: int = 0,
    *,
    near: float = NEAR,
) -> Draft:
    """The best passage in its own words; beside it what the parts of the question need, and its nearest neighbour.

    Where a document quoted says what the law of the day does not, the law follows it, with the source of each.

    Args:
        passages: of every search of the turn, in the order of their numbers.
        conflicts: claims of documents that disagree with the law.
        frame: what is asked.
        lang: language of the answer.
        first: passages of an earlier search that are not looked at.
        near: likeness of its wordings from which a passage was searched for by its heading.
    """
    ranked = _ranked(passages, first, f"{frame.text} {frame.lean}".rstrip(), lang)
    own = subjects()[frame.subject].heading[lang] if frame.subject else ""  # answered under a heading of its own
    heading = own or (passage_of(frame, near) if frame.within or not frame.lean else "")
    meant = [r for r in ranked if heading and r.passage.section == heading]
    if meant:  # found by its wordings: what else was found is of the same side, or tells a further part
        ranked = [meant[0], *(r for r in ranked if r is not meant[0] and _same_side(r.passage, meant[0].passage))]
    best = ranked[0]
    if best.passage.kind == "document" and best.passage.authority != "user":
        # the brief on a text tells it; the text itself is quoted where no brief does
        ranked = [r for r in ranked if r.passage.authority != "user"]
    usable = {r.number: r.passage for r in ranked if r is best or (r.score >= _CLOSE * best.score and _known(r, best))}
    scores = {r.number: r.score for r in ranked}
    told_too = passages_of(frame, near)[1:] if meant else ()
    wanted = [best.number, *(r.number for r in ranked if r.passage.section in told_too)]
    near_enough = {r.number: r.passage for r in ranked if r.score >= _PART * best.score and _known(r, best)}
    there = {n: p for n, p in near_enough.items() if p is best.passage or not of_others(p, frame.text)}
    wanted += [*(n for part in parts_of(frame.text) if (n := _for_part(part, there)) is not None)]
    wanted += [r.number for r in ranked if asks_of_text(frame.text) and _of_the_text(r, best)][:1]
    chosen = list(dict.fromkeys(wanted))[:_MOST]
    told, asked = words_of(best.passage), question_words(frame.text)
    for number, other in usable.items() if not frame.brief else ():
        if number in chosen or len(chosen) >= _MOST or (meant and passage_of(frame, PLAIN)):
            continue
        if (
            _across(other, best.passage, frame)
            or of_others(other, frame.text)
            or not (asks_several(frame.text) or tells(other, frame.text))
        ):
            continue
        adds = (asked & words_of(other)) - told
        near = scores[number] >= _NEAR * best.score and len(adds) >= max(2, len(asked) * _ADDS)
        twin = other.document_id == best.passage.document_id and scores[number] >= _TWIN * best.score
        if near or (twin and len(chosen) < 2):
            chosen.append(number)
            told |= words_of(other)
    most = _BRIEF if frame.brief else _WHOLE
    chosen = chosen[:1] if frame.brief else chosen
    parts = [quoted(best.passage, best.number, frame.text, most=most, conflicts=conflicts)]
    parts += [quoted(passages[n - 1], n, frame.text, most=4, headed=True, conflicts=conflicts) for n in chosen[1:]]
    parts += law_beside(conflicts, passages, {passages[n - 1].id: n for n in chosen}, lang)
    if best.passage.language != lang:
        parts.insert(0, say("policy_other_language", lang))
    near_by = [
        n
        for n, p in usable.items()
        if not (frame.brief or meant) and n not in chosen and p.document_id == best.passage.document_id
    ][:1]
    parts += [say("policy_more", lang, section=passages[n - 1].section, marker=f"[{n}]") for n in near_by]
    return Draft("\n\n".join(parts))


def _known(other: _Ranked, best: _Ranked) -> bool:
    """Whether a further passage is relevant enough to be shown beside the best."""
    return other.passage.relevance >= min(_RELEVANT, best.passage.relevance)


def _of_the_text(other: _Ranked, best: _Ranked) -> bool:
    """Whether a passage is on the text asked about, where the best one is the law itself."""
    known = other.passage.relevance >= _RELEVANT and other.score >= _OF_TEXT * best.score
    return best.passage.kind != "document" and other.passage.kind == "document" and known


def _across(other: Passage, best: Passage, frame: Frame) -> bool:
    """Whether a passage is of the United States' law beside one of Taiwan's, and their law is not asked about."""
    sides = best.document_id.startswith("tw-"), other.document_id.startswith("us-")
    return all(sides) and not (frame.lean or about_us(frame))


def _same_side(one: Passage, other: Passage) -> bool:
    """Whether two passages are of one jurisdiction: a document of Taiwan's law is named so."""
    return one.document_id.split("-")[0] == other.document_id.split("-")[0]


def compose_scan(scan: Scan, lang: Lang) -> Draft:
    """What a document read says otherwise than the law, each claim with its correction."""
    if not scan.findings:
        return Draft(say("scan_agrees", lang))
    lines = [say("scan_line", lang, claim=f.claim, correction=f.correction) for f in scan.findings[:_MOST_CLAIMS]]
    return Draft("\n".join([say("scan_differs", lang), *dict.fromkeys(lines)]))


def law_beside(
    conflicts: Sequence[Conflict], passages: Sequence[Passage], quoted_as: Mapping[str, int], lang: Lang,
    told: Collection[str] = (),
) -> list[str]:  # fmt: skip
    """What the law says where a quoted document differs, from the passage that has the law's figure.

    Args:
        conflicts: claims of the documents found.
        passages: all that were found, in the order of their numbers.
        quoted_as: the numbers of those quoted, by id.
        told: parameters of the law told already.
    """
    lines: dict[str, str] = {}
    for conflict in conflicts:
        number = quoted_as.get(conflict.passage)
        law = next(
            (n for n, p in enumerate(passages, start=1) if any(b.parameter == conflict.parameter for b in p.bound)),
            None,
        )
        if number is None or law is None or conflict.parameter is None or conflict.parameter in told:
            continue
        lines.setdefault(conflict.parameter, say("law_today", lang, correction=f"{conflict.correction} [{law}]"))
    return ["\n".join(lines.values())] if lines else []


def _ranked(passages: Sequence[Passage], first: int, question: str, lang: Lang) -> list[_Ranked]:
    """Passages by score and heading, in one language: that of the answer where anything near is held in it."""
    looked_at = passages[first:]
    rows = [
        _Ranked(
            n,
            p,
            p.score
            * (1 + _HEADING * _met(_heading(p), question_words(question, p.language)))
            * _same_number(p, question)
            * weight,
        )
        for n, (p, weight) in enumerate(zip(looked_at, weights(looked_at, question), strict=True), start=first + 1)
    ]
    rows.sort(key=lambda r: (-r.score, r.number))
    spoken = [r for r in rows if r.passage.language == lang]
    if spoken and spoken[0].score >= _SPOKEN_LANGUAGE * rows[0].score:
        return spoken
    return [r for r in rows if r.passage.language == rows[0].passage.language]


def _same_number(passage: Passage, question: str) -> float:
    """More for a heading that carries the number the question asks of, less for one that carries another: rule 6."""
    rule, named = _RULE.search(question), _RULE.search(passage.section)
    if rule is not None and named is not None:
        alike = rule[1] == named[1] and (rule[2] is None or named[2] in (None, rule[2]))
        return _ITS_NUMBER * (1 if rule[2] == named[2] else _NEARLY) if alike else 1 / _ITS_NUMBER
    asked, told = set(_NUMBERED.findall(question)), set(_NUMBERED.findall(passage.section))
    return 1.0 if not asked or not told else _ITS_NUMBER if asked & told else 1 / _ITS_NUMBER


_NUMBERED = re.compile(r"(?<![\d.,/-])\d{1,2}(?![\d.,/%-])")
_ITS_NUMBER = 1.5
_NEARLY = 0.8  # of a rule's parts another, where no part is asked for
_RULE = re.compile(r"準則([一二三四五六])(?:（([甲乙丙])）)?")


def _met(heading: frozenset[str], asked: frozenset[str]) -> float:
    """How much a heading and a question are one: the words both say against the longer of them."""
    return len(heading & asked) / max(len(heading), len(asked), 1)


def _for_part(part: str, passages: Mapping[int, Passage]) -> int | None:
    """The passage that answers one part: its heading counts double; none when nothing but chance meets.

    It tells the kind of thing the part asks for, where one does.
    """
    words = question_words(part)
    telling = {n: p for n, p in passages.items() if tells(p, part)} or passages
    scores = {n: 2 * len(words & set(tokens(p.section))) + len(words & set(tokens(p.text))) for n, p in telling.items()}
    best = max(scores, key=lambda n: (scores[n], -n), default=None)
    return best if best is not None and scores[best] >= _MEETS else None


def quoted(
    passage: Passage, number: int, question: str, most: int, *, headed: bool = False, heading: bool = True,
    conflicts: Sequence[Conflict] = (),
) -> str:  # fmt: skip
    """Sentences of a passage with its marker, under its heading where that says what they are about.

    Those of a user's document are each told as what it says.

    Args:
        passage: what is quoted.
        number: its marker.
        question: decides which sentences of a long passage are told.
        most: sentences told.
        headed: whether the heading is shown in any case.
        heading: false where it is never shown; a yes or no, which answers the heading, is then left out.
        conflicts: claims that disagree with the law; a sentence that makes one is told as differing.
    """
    sentences = best_sentences(passage, question, most)
    if passage.authority == "user":
        sentences = telling_sentences(passage, question, min(most, _OF_A_DOCUMENT)) or [passage.text[:_SHOWN]]
        claims = [c.claim for c in conflicts if c.passage == passage.id]
        says = ["document_says_otherwise" if any(c in s for c in claims) else "document_says" for s in sentences]
        lines = [
            say(phrase, passage.language, sentence=f"{s} [{number}]") for phrase, s in zip(says, sentences, strict=True)
        ]
        return "\n".join([say("document_named", passage.language, title=passage.title), *lines])
    joined = "".join(sentences) if passage.language == "zh-TW" else " ".join(sentences)
    title, answered = passage.section, _SELF_ANSWERED.search(passage.section)
    if not heading:
        joined = _ONLY_VERDICT.sub("", joined)
    elif answered and not any(c.isdigit() for c in answered[1]):  # 怎麼課？全額課稅: the heading says it already
        joined = f"**{answered[1].strip()}** {joined}"
    elif headed or _VERDICT.match(joined) or not re.search(r"[？?]", title):
        joined = f"**{title}** {joined}"  # a yes or no answers the heading, not necessarily this question
    return f"{joined} [{number}]"
