"""Subjects of questions, most of them about the United States, that the library answers under a heading of its own, read from `subjects.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from advisor.offline.asked import about_us
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from tools.law.models import Lang
from tools.text.places import find_places


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by the ideas that meet in it, and the heading that answers it."""

    name: str
    ideas: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    spoken: tuple[re.Pattern[str], ...]
    unsaid: tuple[re.Pattern[str], ...]
    us: bool
    over: bool
    unpriced: bool
    side: Literal["US", "TW", "APEC", ""]
    heading: dict[Lang, str]

    def meets(self, text: str, *, us: bool, so_far: str = "") -> bool:
        """Whether a text says every idea of the subject and none that it leaves out, where the talk is of its matter."""
        if self.us and not us:
            return False
        if self.spoken and not all(p.search(f"{so_far} {text}") for p in self.spoken):
            return False
        if any(p.search(so_far) for p in self.unsaid):
            return False
        return all(p.search(text) for p in self.ideas) and not any(p.search(text) for p in self.none)


def _subject(row: dict[str, Any]) -> Subject:
    ideas, none, spoken, unsaid = (
        tuple(re.compile(p, re.IGNORECASE) for p in row.get(k, ())) for k in ("all", "none", "spoken", "unsaid")
    )
    heading: dict[Lang, str] = {"zh-TW": row["zh-TW"], "en": row["en"]}
    us, over = bool(row.get("us")), bool(row.get("over"))
    unpriced = bool(row.get("unpriced"))
    return Subject(row["name"], ideas, none, spoken, unsaid, us, over, unpriced, row.get("side", "US"), heading)


@cache
def subjects() -> dict[str, Subject]:
    """The subjects by name, in the order in which they are tried."""
    rows = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))["subject"]
    return {row["name"]: _subject(row) for row in rows}


def subject_of(text: str, *, us: bool, over: bool = False, so_far: str = "") -> Subject | None:
    """The first subject a text is about.

    Args:
        text: a folded message.
        us: whether the United States are meant.
        over: only subjects that are answered whatever goods and amounts are told.
        so_far: what was said before.
    """
    held = (s for s in subjects().values() if s.over or not over)
    return next((s for s in held if s.meets(text, us=us, so_far=so_far)), None)


_US_NAMED = re.compile(
    r"\bU\.?S\.?A?\b|United States|America|美國|(?<![A-Za-z])(?:CBP|FBA|HTS|MPF)(?![A-Za-z])|[Aa]mazon.{0,12}(?:[Ww]arehouse|[Ff]ulfil)|亞馬遜.{0,4}倉"
)


#: a text that is held; what "an article on the web" says is hearsay, and the law answers it
_OF_A_TEXT = re.compile(
    r"指南|(?<!網路)(?<!網上)(?<![網路]上)(?<!上的)文章|\bguide\b|(?<!online )(?<!web )\barticle\b(?! (?:online|on the (?:web|internet)))",
    re.IGNORECASE,
)


def subject_told(frame: Frame, so_far: str) -> str:
    """The subject of a question about the United States, named here or, where no side is, before."""
    near = frame.text if frame.destination or frame.other_place else f"{so_far} {frame.text}"
    goes = any(p.code == "US" and p.role != "origin" for p in find_places(frame.text))
    us = about_us(frame) or goes or (frame.destination in (None, "US") and _US_NAMED.search(near) is not None)
    found = subject_of(frame.text, us=us, over=True, so_far=so_far) or subject_of(frame.text, us=us, so_far=so_far)
    if found and found.unpriced and frame.destination == "US":  # what comes to Taiwan
        return ""
    told = says(frame.text, "document") or _OF_A_TEXT.search(frame.text)  # what a text says is told from that text
    return found.name if found and not (told and found.side != "APEC") else ""
