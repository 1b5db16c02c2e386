"""Subjects of questions, most of them about the United States, that the library answers under a heading of its own, read from `subjects.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tools.law.models import Lang


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by the ideas that meet in it, and the heading that answers it."""

    name: str
    ideas: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    us: bool
    over: bool
    side: Literal["US", "TW", "APEC"]
    heading: dict[Lang, str]

    def meets(self, text: str, *, us: bool) -> bool:
        """Whether a text says every idea of the subject and none that it leaves out."""
        if self.us and not us:
            return False
        return all(p.search(text) for p in self.ideas) and not any(p.search(text) for p in self.none)


def _subject(row: dict[str, Any]) -> Subject:
    ideas, none = (tuple(re.compile(p, re.IGNORECASE) for p in row.get(k, ())) for k in ("all", "none"))
    heading: dict[Lang, str] = {"zh-TW": row["zh-TW"], "en": row["en"]}
    return Subject(row["name"], ideas, none, bool(row.get("us")), bool(row.get("over")), row.get("side", "US"), heading)


@cache
def subjects() -> dict[str, Subject]:
    """The subjects by name, in the order in which they are tried."""
    rows = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))["subject"]
    return {row["name"]: _subject(row) for row in rows}


def subject_of(text: str, *, us: bool, over: bool = False) -> Subject | None:
    """The first subject a text is about.

    Args:
        text: a folded message.
        us: whether the United States are meant.
        over: only subjects that are answered whatever goods and amounts are told.
    """
    return next((s for s in subjects().values() if (s.over or not over) and s.meets(text, us=us)), None)
