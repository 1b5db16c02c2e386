"""Words of other subjects in a question, and words of goods, told by lists."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from tools.text.tokens import stem

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")


@cache
def _lists() -> tuple[tuple[str, re.Pattern[str], dict[str, tuple[tuple[str, ...], ...]]], ...]:
    raw = tomllib.loads(Path(__file__).with_name("areas.toml").read_text("utf-8"))
    return tuple((name, _chinese(said["zh-TW"]), _english(said["en"])) for name, said in raw.items())


def _chinese(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted((w.replace("台", "臺") for w in words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _english(names: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        stems = tuple(stem(word) for word in _WORD.findall(name))
        found.setdefault(stems[0], []).append(stems)
    return {first: tuple(each) for first, each in found.items()}


@cache
def goods() -> frozenset[str]:
    """Tokens that name goods: frequent in the everyday names of few chapters of the tariff."""
    lines = Path(__file__).with_name("goods.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def areas_of(folded: str) -> dict[str, list[str]]:
    """Words of each subject that a text says.

    Args:
        folded: half-width, Traditional.

    >>> areas_of("臺北明天會下雨嗎")
    {'weather': ['下雨']}
    """
    low = folded.lower().replace("台", "臺")
    words = _WORD.findall(low)
    stems = [stem(word) for word in words]
    found: dict[str, list[str]] = {}
    for name, chinese, english in _lists():
        said = [match[0] for match in chinese.finditer(low)]
        for at, first in enumerate(stems):
            for wanted in english.get(first, ()):
                if tuple(stems[at : at + len(wanted)]) == wanted:
                    said.append(" ".join(words[at : at + len(wanted)]))
        if said:
            found[name] = said
    return found
