"""Reading of dated law: which value holds on a day, and which days are held at all.

Parameters are read lazily, one TOML file by topic; a parameter's id is its path. No clock is read here:
`as_of` is always given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tools.errors import DataError, InputError, NotFound, NotInForce
from tools.law.models import LawValue, Localized, Parameter

ROOT = Path(__file__).parent
_FILE_KEYS = {"title", "publisher", "frontier", "reviewed", "volatile"}
_VALUE_KEYS = {"from", "evidenced_on", "to", "value", "citation", "url", "certainty", "reviewed",
               "frontier", "note", "scope", "details", "publisher", "heading", "headings"}  # fmt: skip


class LawStore:
    """The law held under one directory.

    Args:
        root: directory with one sub-directory by jurisdiction, one TOML file by topic.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self._topics: dict[str, dict[str, Parameter]] = {}
        self._titles: dict[str, Localized] = {}
        self._measures: dict[str, tuple[Parameter, ...]] = {}

    def topics(self) -> list[str]:
        """Ids of the topics held, such as `us.mpf`."""
        return sorted(f"{f.parent.name}.{f.stem}" for f in self.root.glob("*/*.toml"))

    def topic(self, topic: str) -> dict[str, Parameter]:
        """Every parameter of one topic, by id."""
        if topic not in self._topics:
            jurisdiction, _, name = topic.partition(".")
            file = self.root / jurisdiction / f"{name}.toml"
            if not name.isidentifier() or not file.is_file():
                raise NotFound("law parameter", topic, self._near(topic))
            self._titles[topic], self._topics[topic] = _read_file(file, topic)
        return self._topics[topic]

    def title(self, topic: str) -> Localized:
        self.topic(topic)
        return self._titles[topic]

    def parameter(self, name: str) -> Parameter:
        """One parameter, over all its intervals.

        Raises:
            NotFound: with the nearest names held.
        """
        topic = ".".join(name.split(".")[:2])
        if name.count(".") == 2 and name in (held := self.topic(topic)):
            return held[name]
        raise NotFound("law parameter", name, self._near(name))

    def show(self, name: str) -> list[Parameter]:
        """The parameters a name stands for: one parameter, or all of a topic."""
        if name.count(".") == 1:
            return list(self.topic(name).values())
        return [self.parameter(name)]

    def all(self) -> list[Parameter]:
        return [p for topic in self.topics() for p in self.topic(topic).values()]

    def measures(self, jurisdiction: str) -> tuple[Parameter, ...]:
        """Every parameter that is the rate of a measure."""
        if jurisdiction not in self._measures:
            topics = [t for t in self.topics() if t.startswith(f"{jurisdiction}.")]
            self._measures[jurisdiction] = tuple(p for t in topics for p in self.topic(t).values() if p.measure)
        return self._measures[jurisdiction]

    def value(self, name: str, as_of: date, *, origin: str | None = None, mode: str | None = None) -> LawValue:
        """The value that is the law on a day.

        Args:
            name: parameter id.
            as_of: the day the law is read at.
            origin: ISO 3166 code of the country of origin, where values are scoped by it.
            mode: express, air, ocean, land or post, where values are scoped by it.

        Raises:
            NotInForce: when no value is held for that day; it names the intervals that are.
        """
        parameter = self.parameter(name)
        held = [v for v in parameter.values if v.certainty != "expected" and v.scope.covers(origin, mode)]
        for value in held:
            if value.holds(as_of):
                return value
        raise NotInForce(name, as_of, [(v.first_day, v.effective_to) for v in held])

    def number(self, name: str, as_of: date) -> Decimal:
        """Short for the number of `value(name, as_of)`."""
        return self.value(name, as_of).number

    def _near(self, name: str) -> list[str]:
        from difflib import get_close_matches

        names = self.topics() + [p for t in self.topics() for p in self.topic(t)]
        return get_close_matches(name, names, n=4, cutoff=0.5)


@cache
def law() -> LawStore:
    """The law this project ships."""
    return LawStore()


def label_of(name: str) -> Localized:
    """What a reader calls a parameter; its own name where none is held, as of a code list."""
    try:
        return law().parameter(name).label
    except NotFound:
        return Localized.model_validate(name)


def _read_file(file: Path, topic: str) -> tuple[Localized, dict[str, Parameter]]:
    where = f"{file.parent.name}/{file.name}"
    try:
        raw = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
        head = {key: raw.pop(key) for key in _FILE_KEYS & raw.keys()}
        parameters = {f"{topic}.{name}": _parameter(f"{topic}.{name}", table, head) for name, table in raw.items()}
        return Localized.model_validate(head["title"]), parameters
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(where, f"not readable as UTF-8 text: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(where, f"not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(where, f"{error.title} {place}: {first['msg']}") from error
    except (KeyError, InputError) as error:
        raise DataError(where, f"missing or unknown key {error}") from error


def _parameter(name: str, table: Any, head: dict[str, Any]) -> Parameter:
    if not isinstance(table, dict):
        raise KeyError(name.rpartition(".")[2])
    rows = table.pop("values")
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        raise KeyError(f"{name}.values, which is no list of tables")
    values = [_value(row, head) for row in rows]
    return Parameter.model_validate({"id": name, "volatile": head.get("volatile", False), **table, "values": values})


def _value(raw: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    if unknown := raw.keys() - _VALUE_KEYS:
        raise KeyError(", ".join(sorted(unknown)))
    start = raw["from"]
    return {
        "effective_from": None if start == "unknown" else start,
        "evidenced_on": raw.get("evidenced_on"),
        "effective_to": raw.get("to"),
        "value": raw["value"],
        "source": {
            "publisher": raw.get("publisher", head.get("publisher")),
            "citation": raw["citation"],
            "url": raw.get("url"),
        },
        "certainty": raw["certainty"],
        "frontier": raw.get("frontier", head.get("frontier")),
        "reviewed": raw.get("reviewed", head.get("reviewed")),
        "note": raw.get("note"),
        "scope": _scope(raw),
        "headings": _headings(raw),
        "details": raw.get("details", {}),
    }


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Origins that law names together, such as EU."""
    raw = tomllib.loads((ROOT / "groups.toml").read_text("utf-8"))
    return {name: tuple(codes) for name, codes in raw.items()}


def _members(names: Iterable[str]) -> list[str]:
    return [code for name in names for code in groups().get(name, (name,))]


def _scope(raw: dict[str, Any]) -> dict[str, Any]:
    """The scope with groups of origins spelt out; headings by origin name their origins."""
    scope = dict(raw.get("scope", {}))
    named = [name for name in raw.get("headings", {}) if name != "*"]
    if named and "*" not in raw["headings"]:
        scope.setdefault("origins", named)
    return {key: _members(part) if "origins" in key else part for key, part in scope.items()}


def _headings(raw: dict[str, Any]) -> dict[str, list[str]]:
    given = raw.get("headings", {"*": raw["heading"]} if "heading" in raw else {})
    listed = {name: [h] if isinstance(h, str) else h for name, h in given.items()}
    return {code: heads for name, heads in listed.items() for code in _members([name])}
