"""What a document is, found in its words: language, days, jurisdiction, title. Findings, never rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.documents.blocks import Parsed
from corpus.documents.passages import Cut
from tools.law.models import Lang
from tools.text import find_quantities
from tools.text.dates import DATE, date_of

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_SIDES: dict[Literal["TW", "US", "APEC"], re.Pattern[str]] = {
    "TW": re.compile(
        r"臺灣|台灣|我國|中華民國|財政部|關務署|新臺幣|新台幣|行政院|海關進口稅則|納稅義務人|Taiwan|TWD|NT\$"
    ),
    "US": re.compile(r"美國|美元|CBP|HTSUS?\b|U\.S\.|United States|Federal Register|USTR|7501|USD|US\$"),
    "APEC": re.compile(r"APEC|亞太經濟合作|SCCP|經濟體"),
}
_FILE_NAME = re.compile(r"\.(?:xml|docx?|pdf|html?|xlsx?|indd)\s*$", re.IGNORECASE)
_NO_TITLE = re.compile(r"[。；]|^\d|^[-•]|^table of contents$|[:：] ?[A-Z]\S+ \S+|,$", re.IGNORECASE)
_ERROR_PAGE = re.compile(r"^\s*[45]\d\d\b|not found|access denied|forbidden|找不到(?:網頁|頁面)", re.IGNORECASE)
_HEAD = 200_000  # characters looked at


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found."""

    title: str
    language: Lang
    dated: date | None
    dates: tuple[date, ...]
    jurisdiction: Literal["TW", "US", "APEC", "INTL"]


def find_facts(parsed: Parsed, name: str) -> Facts:
    """Language, days and jurisdiction of a document, and its title; the file's name where it says none."""
    text = parsed.text[:_HEAD]
    chinese, latin = len(_CJK.findall(text)), len(_LATIN.findall(text))
    return Facts(
        title=_title(parsed, name),
        language="zh-TW" if chinese * 3 > latin else "en",
        dated=_dated(parsed, text),
        dates=_days(text),
        jurisdiction=_jurisdiction(f"{name} {parsed.title} {text}"),
    )


def language_of(cut: Cut, whole: Lang) -> Lang:
    """The language of a passage, which need not be its document's."""
    chinese, latin = len(_CJK.findall(cut.text)), len(_LATIN.findall(cut.text))
    return whole if chinese + latin < 20 else "zh-TW" if chinese * 3 > latin else "en"


def _title(parsed: Parsed, name: str) -> str:
    """The title a document gives itself; else its first line that reads like one; else the name of its file."""
    said = " ".join(parsed.title.split())
    if len(said) >= 3 and not _FILE_NAME.search(said):
        return said[:150]
    heads = [b for b in parsed.blocks[:30] if b.kind == "heading"]
    for block in (*parsed.blocks[:1], *heads, *parsed.blocks[1:6]):
        words = " ".join(block.text.split()).removeprefix("Toggle")
        if 6 <= len(words) <= 90 and not block.header and not _NO_TITLE.search(words):
            return words
    return name


def looks_like_an_error_page(facts: Facts, parsed: Parsed) -> bool:
    """Whether a download left the page that says why there is no document."""
    return bool(_ERROR_PAGE.search(facts.title)) and len(parsed.text) < 4_096


def _dated(parsed: Parsed, text: str) -> date | None:
    """The day a document gives itself, in its head."""
    said = parsed.dated.strip()
    if re.fullmatch(r"(?:19|20)\d{6}", said):
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if re.match(r"\d{2,3} ?年", said):
        said = f"民國{said}"
    if (found := DATE.search(said)) and (day := date_of(found)):
        return day
    head = DATE.search(text[:700])
    return date_of(head) if head else None


def _days(text: str) -> tuple[date, ...]:
    """Full days a text names, the most recent first, at most fifty."""
    days = {d for m in DATE.finditer(text) if (d := date_of(m))}
    if not days:
        days = {q.day for q in find_quantities(text[:4_096]) if q.kind == "date" and q.day and q.day.year > 1900}
    return tuple(sorted(days, reverse=True)[:50])


def _jurisdiction(text: str) -> Literal["TW", "US", "APEC", "INTL"]:
    """The side a document speaks of most; INTL when none leads clearly."""
    counts = {side: len(pattern.findall(text)) for side, pattern in _SIDES.items()}
    if counts["APEC"] * 4 > counts["TW"] + counts["US"] and counts["APEC"] > 20:
        return "APEC"
    (lead, most), (_, next_most) = sorted(((k, counts[k]) for k in ("TW", "US")), key=lambda kv: -kv[1])
    if most >= 3 and most > 1.5 * next_most:
        return "US" if lead == "US" else "TW"
    return "INTL"
