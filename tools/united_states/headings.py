"""Chapter 99 headings by the measures that are reported under them.

Source: the `headings` of the measures under `tools/law/us`, which follow HTSUS subchapter III of chapter 99.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tools.law.store import law

_HEADING = re.compile(r"(?<![\d.])(99\d{2}\.\d{2}\.\d{2})(?![\d.]*\d)")


@dataclass(frozen=True, slots=True)
class Reported:
    """A measure reported under a heading: by goods of one origin, or of any; `met` where column 1 already meets a total."""

    parameter: str
    origin: str | None
    met: bool


def headings_in(text: str) -> tuple[str, ...]:
    """Chapter 99 headings a text names, in the order said.

    >>> headings_in("9903.05.76 之外還有 6109.10.00")
    ('9903.05.76',)
    """
    return tuple(dict.fromkeys(_HEADING.findall(text)))


def reported_under(heading: str) -> tuple[Reported, ...]:
    """The measures reported under a heading, at any time.

    >>> reported_under("9903.05.75")
    (Reported(parameter='us.section_301_forced_labor.floor', origin='TW', met=True),)
    """
    return _by_heading().get(heading, ())


@cache
def _by_heading() -> dict[str, tuple[Reported, ...]]:
    found: dict[str, dict[tuple[str, bool], Reported]] = {}
    for parameter in law().measures("us"):
        for value in parameter.values:
            for origin, headings in value.headings.items():
                one = None if origin == "*" else origin
                for place, heading in enumerate(headings):  # of a group of origins the first stands for all
                    key = (parameter.id, place > 0)
                    found.setdefault(heading, {}).setdefault(key, Reported(parameter.id, one, place > 0))
    return {heading: tuple(rows.values()) for heading, rows in found.items()}
