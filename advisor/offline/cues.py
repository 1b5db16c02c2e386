"""Words and patterns by which the offline model recognises roles and intents, read from `cues.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def cues() -> dict[str, dict[str, list[str]]]:
    """Cue words by group and name."""
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))


@cache
def pattern(group: str, name: str) -> re.Pattern[str]:
    """One pattern of all cues of a name."""
    return re.compile("|".join(cues()[group][name]), re.IGNORECASE)


@cache
def words(group: str, name: str) -> re.Pattern[str]:
    """One pattern of all words of a name, as they are written."""
    listed = sorted(cues()[group][name], key=len, reverse=True)
    ends = {w: r"(?![.,]?\d)" if w[-1].isdigit() else "" for w in listed}  # 保險 0 is not 保險 0.3%
    return re.compile("|".join(re.escape(w) + ends[w] for w in listed), re.IGNORECASE)


def says(text: str, name: str, group: str = "intent") -> bool:
    """Whether a text holds one of a group's cues."""
    return pattern(group, name).search(text) is not None
