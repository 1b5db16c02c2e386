"""Headings and words that the library is searched for, whatever the words of the question; read from `queries.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from tools.law.models import Lang
from tools.text.places import find_places


@cache
def _held() -> dict[str, dict[Lang, str]]:
    raw: dict[str, dict[Lang, str]] = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))
    return raw


def query(name: str, lang: Lang) -> str:
    """What the library is searched for on a matter."""
    return _held()[name][lang]


def has_query(name: str) -> bool:
    """Whether anything is searched for on a matter."""
    return name in _held()


ENTRY_LIMIT = "us.informal_entry.limit"
REPORT = re.compile(r"APEC.{0,24}(?:報告|report)|(?:報告|report).{0,8}APEC|according to the APEC|SCCP", re.IGNORECASE)
#: the report itself, which what is searched in it need not name
IN_REPORT = re.compile(
    r",? ?\b(?:according to|in|per|from) (?:the |that )?APEC (?:trip )?report|(?:那份|這份|在)?(?:那份|這份)? ?APEC ?(?:的|那份)?報告(?:裡|中|書)?面?(?:提到|說)?",
    re.IGNORECASE,
)
_HOME = ("TW", "US")
_SAME = re.compile(
    r"\b(?:same|that|this) (?:trip )?report\b|同一?份(?:出國)?報告|(?:那|這)份(?:出國)?報告", re.IGNORECASE
)
_FEW_WORDS, _FEW_CHARACTERS = 4, 8


def only_place(text: str, lean: str) -> str:
    """What a message that names only another place asks, in the words of the question before; empty where it says more.

    >>> only_place("and Vietnam's, in the same report?", "What limit does Chile have?")
    "and Vietnam's, in the same report? What limit does Vietnam have?"
    """
    few = len(text.split()) <= _FEW_WORDS and len(re.findall(r"[\u4e00-\u9fff]", text)) <= _FEW_CHARACTERS
    abroad = any(place.code not in _HOME for place in find_places(text))
    if not lean or not abroad or not (few or _SAME.search(text)):
        return ""
    named = next(place.text for place in find_places(text) if place.code not in _HOME)
    there = [place for place in find_places(lean) if place.code not in _HOME]
    for n, place in reversed(list(enumerate(there))):
        lean = f"{lean[: place.start]}{'' if n else named}{lean[place.end :]}"
    return f"{text} {lean}"
