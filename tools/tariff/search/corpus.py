"""What the search reads: names and phrases of every subheading, the lexicon's and those of the national lines held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.tariff.bundled import bundled_lines, subheadings
from tools.tariff.interpretation import chapters, headings
from tools.tariff.models import ScheduleName
from tools.tariff.search.lexicon import entries

#: what no goods are named by: the United Nations' code for goods not specified
_NOT_GOODS = "999999"
#: schedules whose bundled lines lend their names
NATIONAL: tuple[ScheduleName, ...] = ("tw", "us")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to name goods of a subheading. `kind`: name, phrase, line (of a national schedule), alias."""

    code: str
    text: str
    kind: str


def codes() -> list[str]:
    """The subheadings that are searched, sorted."""
    return sorted(subheadings() - {_NOT_GOODS})


def phrases(*, lexicon: bool = True, lines: bool = True) -> Iterator[Phrase]:
    """Every phrase held, by source."""
    if lexicon:
        for entry in entries().values():
            for text in entry.name.as_dict().values():
                yield Phrase(entry.code, text, "name")
            for text in entry.phrases.all():
                yield Phrase(entry.code, text, "phrase")
    if lines:
        for schedule in NATIONAL:
            for line in bundled_lines(schedule).values():
                if line.code[:6] not in subheadings():
                    continue
                for text in line.name.as_dict().values():
                    yield Phrase(line.code[:6], text, "line")
                for text in (*line.aliases.all(), *line.default_for.all()):
                    yield Phrase(line.code[:6], text, "alias")


def names_above() -> dict[str, tuple[str, ...]]:
    """Names of chapters and headings in both languages."""
    above = {code: tuple(row.name.as_dict().values()) for code, row in chapters().items()}
    return above | {code: tuple(row.name.as_dict().values()) for code, row in headings().items()}
