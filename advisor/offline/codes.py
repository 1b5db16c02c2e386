"""Questions about the nomenclature: a code, heading or chapter that is asked about, and goods whose code is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.offline.cues import says
from advisor.offline.goods import TRACKED
from tools.tariff.interpretation import chapters, headings

_CHAPTER = re.compile(r"第 ?(?P<zh>\d{1,2}) ?章|\bchapters? (?P<en>\d{1,2})(?: and (?P<and>\d{1,2}))?\b", re.IGNORECASE)
_HEADING = re.compile(
    r"\b(?:hs|harmoni[sz]ed system|hts)(?: code)?(?: heading)? ?(?P<hs>\d{4})(?![\d.])|\bheading (?P<en>\d{4})(?![\d.])"
    r"|(?<![\d.])(?P<zh>\d{4}) ?(?:這一?節|節|號節)|(?:節|品目) ?(?P<after>\d{4})(?![\d.])",
    re.IGNORECASE,
)
_SUBHEADING = re.compile(r"(?<![\d.])(?P<code>\d{4}\.\d{2})(?![\d.]*\d)")
_FULL = re.compile(
    r"(?<![\d.])\d{4}\.\d{2}\.\d{2}(?:\.?\d{2}(?:\.\d{2})?)?(?:-\d)?(?![\d.]*\d)|(?<![\d.,])\d{8}(?:\d{2,3})?(?![\d,.])"
)
_ABOUT = re.compile(r"\b(?:hs|hts|ccc|harmonized|subheading)\b|號列|稅則|稅號|檢查碼|六碼|6 ?碼", re.IGNORECASE)
_HS = re.compile(r"\bhs\b|\bhts\b|harmoni[sz]ed|稅則|號列|章註|chapter notes?|classif", re.IGNORECASE)
_TAIWAN = re.compile(r"\bccc\b|申報進口|檢查碼|台灣|臺灣|taiwan|check digit", re.IGNORECASE)
_SEEKS = re.compile(
    r"(?:號列|稅則號別|稅號|\bhs ?code|\bhts ?(?:code|number))s? ?(?:是|為|要用|該用)? ?(?:什麼|多少|哪一?個|幾號|\?|？|$)"
    r"|(?:怎麼|如何|該)歸(?:類|列)|(?:要|該|應該?)?歸(?:在|到|入|類)?(?:於)?(?:哪|什麼)"
    r"|\b(?:hs|hts|tariff|customs) ?(?:code|number|classification|heading|subheading)s? (?:for|of|would|should|do i|does)\b"
    r"|\b(?:what|which) (?:hs|hts|tariff)(?: code| number| heading| subheading| classification)?\b.{0,24}\b(?:for|is|are|does|do|should)\b"
    r"|\bhow (?:do i|to|would you|should i) classify\b|^classify\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"請問|請幫我|查(?:一下|詢)?|的?(?:號列|稅則號別|稅號|hs ?code|hts ?(?:code|number))s? ?(?:是|為|要用|該用)? ?(?:什麼|多少|哪一?個|幾號)?"
    r"|(?:怎麼|如何|該)歸(?:類|列)|(?:要|該|應該?)?歸(?:在|到|入|類)?(?:於)?(?:哪|什麼)(?:一?[個節章類])?(?:號列)?"
    r"|\b(?:what(?:'s| is| are)?|which|how (?:do i|to|would you|should i)|please|find|the|code|codes|hs|hts|tariff|customs|number|heading|subheading"
    r"|classification|classify|would|should|do i use|apply to|applies to|fall under|come under|is|are|my|for|of|a|an)\b|[?？。]",
    re.IGNORECASE,
)

_RULES = re.compile(r"準則|號別|general rule|\bGIR\b|rule of interpretation", re.IGNORECASE)
_SHORT_OF_TAIWAN = (6, 10)  # digits that are no whole code in Taiwan


@dataclass(frozen=True, slots=True)
class Asked:
    """Codes that are asked about, and the schedule that is meant where the words say it."""

    codes: tuple[str, ...]
    schedule: str | None = None


def codes_asked(text: str) -> Asked | None:
    """The codes, headings or chapters a question is about; None where it is about something else."""
    found = [m[0] for m in _FULL.finditer(text) if not TRACKED.search(text[: m.start()])]
    if _ABOUT.search(text):
        found += [m["code"] for m in _SUBHEADING.finditer(text)]
    found += [code for m in _HEADING.finditer(text) for code in m.groups() if code and code in headings()]
    if _HS.search(text) and (not found or notes_asked(text)):
        chapters_ = [m[g].zfill(2) for m in _CHAPTER.finditer(text) for g in ("zh", "en", "and") if m[g]]
        found = [c for c in chapters_ if c in chapters()] + found
    short = any(sum(c.isdigit() for c in code) in _SHORT_OF_TAIWAN for code in found)
    schedule = "tw" if short and _TAIWAN.search(text) else None
    return Asked(tuple(dict.fromkeys(found)), schedule) if found else None


def goods_asked(text: str) -> str | None:
    """The goods whose code is asked for; None where none is."""
    if not _SEEKS.search(text) or says(text, "chapter") or _RULES.search(text):
        return None
    goods = " ".join(_QUESTION.sub(" ", text).split())
    return goods[:400] or None


def notes_asked(text: str) -> bool:
    """Whether the section and chapter notes are asked for."""
    return bool(
        re.search(r"章註|類註|註|排除|不在|不包|差在|區別|\bnotes?\b|exclud|leave out|differ", text, re.IGNORECASE)
    )
