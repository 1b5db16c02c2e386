"""The whole check of an answer: figures, citations, language, promises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.answer import Identifier, Number
from advisor.guard.context import Violation, sentences
from advisor.guard.figures import check_figures
from advisor.guard.labels import wording
from advisor.guard.quoted import is_verbatim
from advisor.ledger import Ledger
from corpus import glossary
from tools.law.models import Lang
from tools.text.normalise import normalise, simplified_characters
from tools.text.tokens import tokens

_MARKER = re.compile(r"\[(\d{1,2})\]")
_FREE = re.compile(
    r"(?:免稅|免徵|不用繳|不必繳|不需繳|無須繳)|\b(?:exempt|duty[- ]free|tax[- ]free|no (?:duty|tax)\b)", re.IGNORECASE
)
_HEDGED = re.compile(
    r"廢止|停止|取消|不(?:能|適用|符|再|是|得)|無法|並非|超過|上限|次數|以下|以內|若|如果|除非|才|用完|已用|限額|門檻|假設|\d ?次|規定"
    r"|repeal|suspend|clos|\bended|\bnot\b|n't|\bif\b|once|unless|over|limit|threshold|used up|never|only|up to|under|\d exempt",
    re.IGNORECASE,
)
#: what a tool that decides on somebody's goods gives
_DECIDED = {"total", "us.de_minimis.exemption"}
_THESE_GOODS = re.compile(
    r"這(?:批|件|支|個|票)|您的(?:貨|包裹|東西|商品)|\b(?:your|this|these) (?:goods|parcel|watch|order|shipment|item)s?\b",
    re.IGNORECASE,
)
_FEW = 4  # Chinese characters below which an answer of our own is not in Chinese
_CITED_SHARE = 0.25  # share of a cited sentence's words that its passage must hold


@dataclass(frozen=True, slots=True)
class Review:
    """What was found, and what may not be shown."""

    numbers: tuple[Number, ...]
    identifiers: tuple[Identifier, ...]
    violations: tuple[Violation, ...]

    @property
    def passed(self) -> bool:
        return not self.violations


def review(text: str, ledger: Ledger, lang: Lang) -> Review:
    """Check an answer before anyone sees it."""
    report = check_figures(text, ledger)
    violations = [
        *report.violations,
        *_citations(text, ledger, lang),
        *_language(text, ledger, lang),
        *_promises(text, ledger),
        *_obeyed(text, ledger),
        *_against_result(text, ledger),
    ]
    if not text.strip():
        violations.append(Violation("empty", "", "there is no answer"))
    return Review(report.numbers, report.identifiers, tuple(violations))


def _citations(text: str, ledger: Ledger, lang: Lang) -> list[Violation]:
    found: list[Violation] = []
    for line in normalise(text).text.splitlines():
        for number in _MARKER.findall(line):
            if not 0 < int(number) <= len(ledger.passages):
                found.append(Violation("unknown_citation", f"[{number}]", "no such passage was retrieved"))
                continue
            passage = ledger.passages[int(number) - 1]
            if passage.language != lang:
                continue
            said = set(tokens(glossary.without_stopwords(_MARKER.sub("", line))))
            held = set(tokens(f"{passage.section} {passage.text} {passage.title}"))
            if said and len(said & held) / len(said) < _CITED_SHARE:
                found.append(Violation("misplaced_citation", f"[{number}]", "the passage does not say this"))
    return found


def _language(text: str, ledger: Ledger, lang: Lang) -> list[Violation]:
    said = sentences(text)
    own = [s.text for s in said if not is_verbatim(s, ledger)]
    bare = _MARKER.sub("", "\n".join(own))
    chinese = len(re.findall(r"[\u4e00-\u9fff]", bare))
    latin = len(re.findall(r"[A-Za-z]{2,}", bare))
    if lang == "en":
        return [Violation("wrong_language", "", "the answer is not in English")] if chinese > max(3, latin) else []
    found: list[Violation] = []
    few = chinese < _FEW and len(own) == len(said)  # beside a quotation a word or two is enough
    if bare.strip() and (few or chinese * 2 < latin):
        found.append(Violation("wrong_language", "", "the answer is not in Chinese"))
    quoted = "".join(p.text for p in ledger.passages)
    for char in simplified_characters(bare):
        if char not in quoted:
            found.append(Violation("simplified_character", char, "written in Simplified"))
    for term, ours in wording().mainland.items():
        if term in bare and term != ours and term not in quoted:
            found.append(Violation("mainland_term", term, f"in Taiwan: {ours}"))
    return found


def _against_result(text: str, ledger: Ledger) -> list[Violation]:
    """An exemption claimed where the calculation came to something to pay, or of goods that nothing was computed of."""
    computed = ledger.taxed or any(e.of in _DECIDED for e in ledger.figures)
    why = "the calculation came to something to pay" if ledger.taxed else "no tool decided on these goods"
    said = [s for s in sentences(text) if ledger.taxed or (not computed and _THESE_GOODS.search(s.text))]
    return [
        Violation("against_result", s.text.strip()[:60], why)
        for s in said
        if _FREE.search(bare := _without_names(s.text, ledger)) and not _HEDGED.search(bare)
    ]


def _without_names(text: str, ledger: Ledger) -> str:
    """A sentence without the names of lines and laws, which may hold the word exempt."""
    for name in sorted(ledger.citations, key=len, reverse=True):
        text = text.replace(name, " ") if name else text
    return text


def _obeyed(text: str, ledger: Ledger) -> list[Violation]:
    ours = _quoted_briefs(text, ledger)
    return [
        Violation("obeyed", m[0], "a document gives no orders here")
        for m in wording().obeys.finditer(text)
        if not _inside(m, ours)
    ]


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _promises(text: str, ledger: Ledger) -> list[Violation]:
    lowered, ours = text.lower(), _quoted_briefs(text, ledger)
    return [
        Violation("promise", match[0], "nobody may promise this")
        for word in wording().promises
        for match in re.finditer(word, lowered)
        if not re.search(r"(?:不|無法|不能|沒有|no |not |cannot |can't )$", lowered[: match.start()][-8:])
        and not _inside(match, ours)
    ]


def _quoted_briefs(text: str, ledger: Ledger) -> list[tuple[int, int]]:
    """Where a text says a sentence of our own library word for word; documents of users are not ours."""
    ours = {p.id for p in ledger.passages if p.authority == "brief"}
    return [(s.start, s.start + len(s.text)) for s in sentences(text) if is_verbatim(s, ledger) in ours]
