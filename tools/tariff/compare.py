"""What changed between two editions of a schedule: lines added, removed, re-rated, re-described, split and merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pydantic import Field

from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.codes import compact, dotted
from tools.tariff.models import ScheduleName, TariffLine

Lines = Mapping[str, TariffLine]


class Row(Frozen):
    """A line that came or went."""

    code: str
    name: Localized
    rates: dict[str, str]


class Changed(Frozen):
    """A line that stayed, with what it said before and what it says now."""

    code: str
    name: Localized
    field: str
    before: str
    after: str


class Regrouped(Frozen):
    """Lines that went and lines that came under one parent: the goods were cut otherwise."""

    parent: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Differences(Frozen):
    """Two editions side by side. `words` tells the whole in sentences."""

    schedule: ScheduleName
    old: str
    new: str
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    re_rated: tuple[Changed, ...]
    re_described: tuple[Changed, ...]
    re_noted: tuple[Changed, ...]
    split: tuple[Regrouped, ...]
    merged: tuple[Regrouped, ...]
    renumbered: tuple[Regrouped, ...]
    words: tuple[Message, ...] = Field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        kinds = ("added", "removed", "re_rated", "re_described", "re_noted", "split", "merged", "renumbered")
        return {kind: len(getattr(self, kind)) for kind in kinds}


def compare(schedule: ScheduleName, old: tuple[str, Lines], new: tuple[str, Lines]) -> Differences:
    """Set two editions side by side.

    Args:
        schedule: whose editions they are.
        old, new: id and rows by code.
    """
    before, after = old[1], new[1]
    gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    groups = _regrouped(gone, come)
    moved = {compact(code) for group in groups for code in (*group.before, *group.after)}
    noted = all(any(line.footnotes for line in side.values()) for side in (before, after))  # CSV exports have none
    both = [(before[c], after[c]) for c in sorted(before.keys() & after.keys())]
    return Differences(
        schedule=schedule, old=old[0], new=new[0],
        added=tuple(_row(after[c]) for c in come if c not in moved),
        removed=tuple(_row(before[c]) for c in gone if c not in moved),
        re_rated=tuple(_re_rated(both)),
        re_described=tuple(_changed("name", a, b.name.en, a.name.en) for b, a in both if b.name != a.name),
        re_noted=tuple(
            _changed("footnotes", a, "\n".join(b.footnotes), "\n".join(a.footnotes))
            for b, a in both if noted and b.footnotes != a.footnotes and not _told_above(b, a, before, after)
        ),
        split=tuple(g for g in groups if len(g.before) == 1 and len(g.after) > 1),
        merged=tuple(g for g in groups if len(g.after) == 1 and len(g.before) > 1),
        renumbered=tuple(g for g in groups if (len(g.before) == 1) == (len(g.after) == 1)),
    )  # fmt: skip


def _row(line: TariffLine) -> Row:
    return Row(code=line.display_code, name=line.name, rates=line.rates)


def _changed(field: str, new: TariffLine, before: str, after: str) -> Changed:
    return Changed(code=new.display_code, name=new.name, field=field, before=before, after=after)


def _re_rated(both: Iterable[tuple[TariffLine, TariffLine]]) -> Iterable[Changed]:
    """Cells that changed where they stand; what only inherits is told once, at the row it inherits from."""
    for old, new in both:
        if old.inherited_from and old.inherited_from == new.inherited_from:
            continue
        for column in dict.fromkeys((*old.rates, *new.rates)):
            before, after = old.rates.get(column, ""), new.rates.get(column, "")
            if before != after:
                yield _changed(column, new, before, after)


def _told_above(old: TariffLine, new: TariffLine, before: Lines, after: Lines) -> bool:
    """Whether a change of footnotes is that of the row the rates are inherited from."""
    giver = new.inherited_from
    if not giver or giver != old.inherited_from or giver not in before or giver not in after:
        return False
    return before[giver].footnotes != after[giver].footnotes


def _regrouped(gone: list[str], come: list[str]) -> list[Regrouped]:
    """Codes that went and came under the same number one level up: national numbers only, headings are told as they are."""
    went, came = _by_parent(gone), _by_parent(come)
    return [
        Regrouped(
            parent=dotted(parent), before=tuple(map(dotted, went[parent])), after=tuple(map(dotted, came[parent]))
        )
        for parent in sorted(went.keys() & came.keys())
    ]


def _by_parent(codes: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        if len(code) >= 8 and not code.startswith("99"):
            groups[code[: 8 if len(code) > 8 else 6]].append(code)
    return groups
