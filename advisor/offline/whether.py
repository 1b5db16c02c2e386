"""Which sentences of a message want a yes or a no, what they ask about, and which figures they only doubt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tools.united_states.acts import acts_named

_SENTENCE = re.compile(r"(?:[^.?!？！。;；\n]|[.](?=\S))+[?？]?")


@dataclass(frozen=True, slots=True)
class Point:
    """Something a yes-or-no question can be about, and the reading of a result that answers it."""

    name: str
    of: Literal["tw", "us"]
    asked: re.Pattern[str]
    test: str
    key: str = ""
    special: bool = True  # names a part of a calculation, and is no way of asking what is owed


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("whether.toml").read_text("utf-8"))


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_data()["form"][name]), re.IGNORECASE)


@cache
def points() -> tuple[Point, ...]:
    """Every point, in the order in which they are tried."""
    return tuple(
        Point(
            p["name"],
            p["of"],
            re.compile(p["asked"], re.IGNORECASE),
            p["test"],
            p.get("key", ""),
            p.get("special", True),
        )
        for p in _data()["point"]
    )


def act_names() -> Mapping[str, Mapping[str, str]]:
    """What the acts behind additional duties are commonly called, by the beginning of the keys of their lines."""
    names: Mapping[str, Mapping[str, str]] = _data()["act"]
    return names


@cache
def _act_words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words, re.IGNORECASE) for name, words in _data()["act_words"].items()}


def acts_in_words(text: str) -> tuple[str, ...]:
    """Acts that a text names by a word rather than by their section."""
    return tuple(name for name, words in _act_words().items() if words.search(text))


_COMMA = re.compile(r"[,，](?!\d{3})")
_SPLIT = re.compile(r"[,，](?!\d{3})| (?=[\u4e00-\u9fff])")  # a space before Chinese parts clauses too


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause that wants a yes or a no, and the sentence it stands in."""

    clause: str
    sentence: str


def questions(text: str) -> list[Asked]:
    """The clauses that want a yes or a no; one that only asks if what was said is so stands for that.

    >>> [q.clause for q in questions("低於 2000 應該免稅吧? 運費多少?")]
    ['低於 2000 應該免稅吧']
    >>> [q.clause for q in questions("He says 39%. Is that right?")]
    ['He says 39%']
    """
    found: list[Asked] = []
    before: Asked | None = None
    for sentence in _sentences(text):
        for clause in filter(None, (c.strip(" ?？") for c in _COMMA.split(sentence.strip()))):
            if before is not None and _form("checks").search(clause):
                found.append(before)
            elif _form("asks").search(clause) and not _form("amount").search(clause):
                found.append(Asked(clause, sentence.strip()))
            before = Asked(clause, sentence.strip())
    return found


def _sentences(text: str) -> list[str]:
    return [m[0] for m in _SENTENCE.finditer(text)]


def doubts(text: str, start: int) -> bool:
    """Whether a figure that begins at a place is what is asked about, or what somebody says, and no fact of the case.

    >>> doubts("does the 20% tariff still apply?", 9), doubts("duty 5%, is it free?", 5)
    (True, False)
    """
    spans = [(m.start(), m.end()) for m in _SENTENCE.finditer(text)]
    begin, end = next(((b, e) for b, e in spans if b <= start < e), (start, start))
    following = next((text[b:e] for b, e in spans if b >= end), "")
    clauses = _COMMA.split(text[begin:end])
    n, reached = 0, begin + len(clauses[0]) + 1
    while start >= reached and n + 1 < len(clauses):
        n += 1
        reached += len(clauses[n]) + 1
    own, after = (
        clauses[n].strip(" ?？"),
        [c.strip(" ?？") for c in clauses[n + 1 :]] + _COMMA.split(following.strip(" ?？")),
    )
    checked = any(_form("checks").search(c.strip(" ?？")) for c in after[:1])
    if checked and _form("told").search(text[begin:start]):
        return True
    return not _form("amount").search(own) and _form("asks").search(own) is not None


def is_added(text: str, start: int, end: int) -> bool:
    """Whether a percentage is said to come on top of the duty of the goods, as the tariffs of the United States do."""
    return _form("added").search(text[max(0, start - _NEAR) : end + _NEAR]) is not None


def is_billed(text: str, start: int) -> bool:
    """Whether an amount is one of tax that somebody asks for, and whether it is right is asked."""
    asked = any(_form("checks").search(c.strip(" ?？")) for s in _sentences(text) for c in _SPLIT.split(s))
    return asked and _form("billed").search(text[max(0, start - _NEAR) : start]) is not None


_NEAR = 24  # characters around a percentage


def points_asked(side: Literal["tw", "us"], text: str) -> list[Point]:
    """The parts of a calculation that a message names in a question for a yes or a no."""
    asked = questions(text)
    return [p for p in points() if p.of == side and p.special and any(p.asked.search(q.clause) for q in asked)]


def asked_of(side: Literal["tw", "us"], text: str) -> bool:
    """Whether a message asks, yes or no, about a part of a calculation that it names: a tax, an act, a declaration."""
    acts = side == "us" and bool(questions(text)) and bool(acts_in_words(text) or acts_named(text))
    return acts or bool(points_asked(side, text))
