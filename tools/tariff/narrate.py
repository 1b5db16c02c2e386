"""Differences between two editions in sentences a person can read: what went, what took its place, what points elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from pydantic import TypeAdapter, ValidationError

from tools.errors import DataError
from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.bundled import LINES
from tools.tariff.codes import compact, dotted
from tools.tariff.compare import Changed, Differences, Row

_ADDED = re.compile(
    r"^the duty provided (?:for )?in the applicable subheading\s*(?:\+|plus)\s*(?:a duty of )?", re.IGNORECASE
)
_SAME = re.compile(r"^(?:the duty provided (?:for )?in the applicable subheading|no change)\.?$", re.IGNORECASE)
_JOINED = re.compile(r"\.?\s*\b(?:also see|and|or)\s+|,\s+(?=\d{4}\.)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_NAMED, _RATES = 6, 6  # groups told one by one; rates listed of a group
_SHARE = 4  # a subject is told when a quarter of the headings speak of it


class Subject(Frozen):
    """What headings may be about."""

    words: frozenset[str]
    name: Localized


@cache
def subjects() -> dict[str, Subject]:
    """Subjects by key.

    Raises:
        DataError: the bundled table is wrong.
    """
    file = LINES / "subjects.toml"
    try:
        return TypeAdapter(dict[str, Subject]).validate_python(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


def narrate(found: Differences) -> Differences:
    """The same differences, told."""
    return found.model_copy(update={"words": tuple(_told(found))})


def _told(found: Differences) -> Iterable[Message]:
    counts = {k: str(v) for k, v in found.counts.items()}
    yield _say("diff_counts", old=found.old, new=found.new, **counts)
    went, came = _grouped(found.removed), _grouped(found.added)
    yield from _replacements(went, came)
    for key, groups in (("diff_removed", went), ("diff_added", came)):
        for prefix, rows in sorted(groups.items(), key=lambda g: -len(g[1]))[:_NAMED]:
            yield _group(key, prefix, rows)
    yield from _pointers(found.re_noted)
    for change in found.re_rated[:_NAMED]:
        dash = "–"
        yield _say("diff_re_rated", code=change.code, column=change.field, before=change.before or dash,
                   after=change.after or dash)  # fmt: skip
    for key, regrouped in (("diff_split", found.split), ("diff_merged", found.merged)):
        for each in regrouped[:_NAMED]:
            yield _say(key, before=", ".join(each.before), after=", ".join(each.after))


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[compact(row.code)[:6]].append(row)
    return groups


def _about(rows: Iterable[Row]) -> list[str]:
    """Subjects of a group of headings, those most spoken of first."""
    listed = list(rows)
    seen: Counter[str] = Counter()
    for row in listed:
        words = set(_WORD.findall(row.name.en.lower()))
        seen.update(key for key, subject in subjects().items() if subject.words & words)
    return [key for key, times in seen.most_common() if times * _SHARE >= len(listed)]


def _replacements(went: dict[str, list[Row]], came: dict[str, list[Row]]) -> Iterable[Message]:
    """Groups that went and groups that came under one heading, on the same subjects: a restructuring."""
    for heading in sorted({p[:4] for p in went} & {p[:4] for p in came}):
        gone = {p: rows for p, rows in went.items() if p.startswith(heading)}
        new = {p: rows for p, rows in came.items() if p.startswith(heading)}
        shared = [key for key in _about(r for rows in new.values() for r in rows)
                  if any(key in _about(rows) for rows in gone.values())]  # fmt: skip
        if not shared:
            continue
        about = set(shared)
        gone = {p: rows for p, rows in gone.items() if about & set(_about(rows))}
        new = {p: rows for p, rows in new.items() if about & set(_about(rows))}
        yield _say(
            "diff_restructured", subjects=_names(shared), gone=str(sum(map(len, gone.values()))),
            gone_where=_prefixes(gone), new=str(sum(map(len, new.values()))), new_where=_prefixes(new),
            rates=_rates(r for rows in new.values() for r in rows),
        )  # fmt: skip


def _group(key: str, prefix: str, rows: list[Row]) -> Message:
    about = _about(rows)
    words: dict[str, str | Localized] = {
        "prefix": dotted(prefix),
        "count": str(len(rows)),
        "first": rows[0].code,
        "last": rows[-1].code,
        "rates": _rates(rows),
    }
    return _say(f"{key}_about", subjects=_names(about), **words) if about else _say(key, **words)


def _pointers(noted: tuple[Changed, ...]) -> Iterable[Message]:
    """Lines whose footnotes point elsewhere than before: to other headings and notes of chapter 99."""
    lost, gained = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for change in noted:
        before, after = _pointed(change.before), _pointed(change.after)
        for heading in before - after:
            lost[heading].append(change.code)
        for heading in after - before:
            gained[heading].append(change.code)
    for key, table in (("diff_pointers_lost", lost), ("diff_pointers_gained", gained)):
        if table:
            codes = sorted({code for group in table.values() for code in group})
            most = sorted(table, key=lambda h: (-len(table[h]), h))
            yield _say(
                key, count=str(len(codes)), headings=_some(most),
                chapters=_some(sorted({code[:2] for code in codes})),
            )  # fmt: skip


def _pointed(footnotes: str) -> set[str]:
    parts = (part for note in footnotes.splitlines() for part in _JOINED.split(note.removeprefix("See ")))
    return {part.strip(" .,") for part in parts} - {""}


def _rates(rows: Iterable[Row]) -> Localized:
    """Rates of a group, the most frequent first; an addition is written as one."""
    told: Counter[str] = Counter()
    for row in rows:
        cell = next((c for c in row.rates.values() if c), "")
        told["=" if _SAME.match(cell) else _ADDED.sub("+", cell).rstrip(".") or "–"] += 1
    pairs = told.most_common(_RATES)
    kept = {"zh-TW": "不變", "en": "no change"}
    texts = {
        lang: ", ".join(f"{kept[lang] if cell == '=' else cell[:60]} (×{n})" for cell, n in pairs) for lang in kept
    }
    return Localized.model_validate(texts)


def _names(keys: Iterable[str]) -> Localized:
    names = [subjects()[key].name for key in keys]
    return Localized.model_validate({"zh-TW": "、".join(n.zh_TW for n in names), "en": ", ".join(n.en for n in names)})


def _prefixes(groups: dict[str, list[Row]]) -> str:
    return ", ".join(dotted(prefix) for prefix in sorted(groups))


def _some(values: list[str]) -> str:
    most = 8
    return "; ".join(values[:most]) + (" …" if len(values) > most else "")


def _say(key: str, /, **words: str | Localized) -> Message:
    both = {k: v if isinstance(v, Localized) else Localized.model_validate(v) for k, v in words.items()}
    return Message(code=key, words=both)
