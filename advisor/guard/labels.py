"""What the words around a figure say it is of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase

from advisor.ledger import Ledger
from tools.labels import labels
from tools.text.longest import Names
from tools.text.quantities import QUANTITIES, Quantity, find_quantities

_BREAK = re.compile(r"[，,。；;：:、|（(）)\n]")
_GENITIVE = re.compile(r"^\s*(?:的|是|為|of |in |is |for )$", re.IGNORECASE)
_LINK_AFTER = re.compile(r"^(?:\s|的|之|為|in |of |for |as |,? ?a |the |[（(])*$", re.IGNORECASE)
#: qualifiers that name one end of a pair of parameters
_QUALIFIERS = {
    ".minimum": (
        "最低",
        "下限",
        "最少",
        "至少",
        "不低於",
        "不少於",
        "minimum",
        "min.",
        "lowest",
        "at least",
        "never less than",
        "not less than",
        "no less than",
        "floor",
    ),
    ".maximum": (
        "最高",
        "上限",
        "最多",
        "至多",
        "不高於",
        "封頂",
        "maximum",
        "max.",
        "highest",
        "cap",
        "capped",
        "at most",
        "never more than",
        "not more than",
        "no more than",
        "ceiling",
    ),
}


#: amounts that rates are taken of
_BASES = frozenset({"customs_value", "entered_value", "price", "freight", "insurance", "freight_and_insurance"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name found beside a figure, and the concepts it may mean."""

    name: str
    concepts: frozenset[str]
    suffix: str | None = None

    @property
    def is_parameter(self) -> bool:
        """Whether the name can only mean a parameter of the law."""
        return self.suffix is not None or all(c.count(".") == 2 for c in self.concepts)

    def allows(self, of: str) -> bool:
        if self.suffix is not None:
            return of.endswith(self.suffix)
        return any(of == c or of == f"{c}_rate" or _of_topic(of, c) or _kin(of, c) for c in self.concepts) or (
            ("duty_rate" in self.concepts and of in ("schedule_rate", "duty_rate", "column_2", "column_3"))
            or ("duty" in self.concepts and of in ("schedule_rate", "duty_rate"))
        )  # fmt: skip


def _of_topic(of: str, concept: str) -> bool:
    """Whether one is a line of a calculation and the other a parameter of the topic it is computed by.

    A line of the rate of Section 232 on metals may be called by the name of that rate, and the other way round.
    """
    for line, parameter in ((of, concept), (concept, of)):
        if parameter.count(".") == 2 and "." not in line:
            topic = parameter.split(".")[1]
            bare = line.removesuffix("_rate")
            return topic == bare or topic.startswith(f"{bare}_")
    return False


def _kin(one: str, other: str) -> bool:
    """Two parameters of one topic that are not the two ends of a pair."""
    if one.count(".") != 2 or one.rpartition(".")[0] != other.rpartition(".")[0]:
        return False
    return {one.rpartition(".")[2], other.rpartition(".")[2]} != {"minimum", "maximum"}


_AGREEING = re.compile(r"沒錯|沒有錯|不錯|無誤|not wrong|isn't wrong|not incorrect|no doubt", re.IGNORECASE)


class Wording:
    """The word lists of `wording.toml`."""

    def __init__(self, raw: dict[str, list[str]], mainland: dict[str, str]) -> None:
        self._attribution = re.compile("|".join(map(re.escape, raw["attribution"])), re.IGNORECASE)
        self._correction = re.compile("|".join(map(re.escape, raw["correction"])), re.IGNORECASE)
        self.comparators_before = tuple(raw["comparators_before"])
        self.comparators_after = tuple(raw["comparators_after"])
        self.working = tuple(raw["working"])
        self.promises = tuple(raw["promises"])
        self.obeys = re.compile("|".join(raw["obeys"]), re.IGNORECASE)
        self.mainland = mainland

    def attributes(self, sentence: str) -> bool:
        """Whether a sentence says whose words it reports."""
        return self._attribution.search(sentence) is not None

    def corrects(self, text: str) -> bool:
        """Whether a stretch of text takes a figure back."""
        return self._correction.search(_AGREEING.sub(" ", text)) is not None


@cache
def wording() -> Wording:
    raw = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
    mainland = raw.pop("mainland")
    return Wording(raw, mainland)


def name_for(before: str, after: str, quantity: Quantity, others: list[Quantity], ledger: Ledger) -> Named | None:
    """The name a figure is said under: beside it, else in its clause, else earlier in its sentence."""
    table = _table(tuple(sorted((p, n.all()) for p, n in ledger.parameter_names.items())))
    kind = "rate" if quantity.kind == "percent" else quantity.kind
    preceding = [(end, n) for (_, end), n in _found(table, before) if table.suits(n, kind)]
    following = [(start, n) for (start, _), n in _found(table, after) if table.suits(n, kind)]
    last = max(preceding, default=None, key=lambda p: p[0])
    first = min(following, default=None, key=lambda p: p[0])
    if first and _GENITIVE.match(after[: first[0]]):  # 162 元的關稅, NT$170 of VAT
        return first[1]
    if last and not _BREAK.search(before[last[0] :]) and len(before) - last[0] <= 12:
        if not (first and first[0] == 0 and len(before) - last[0] > 4):
            return last[1]
    if first and _LINK_AFTER.match(after[: first[0]]):
        return first[1]
    if last and not _BREAK.search(before[last[0] :]):
        return last[1]
    if last and not _figure_between(before, last[0], others, quantity):
        return last[1]
    if first and not _BREAK.search(after[: first[0]]) and not find_quantities(after[: first[0]]):
        return first[1]
    return None


def only_name(sentence: str, ledger: Ledger) -> Named | None:
    """The one concept of money a sentence speaks of; None when there are several, or none."""
    table = _table(tuple(sorted((p, n.all()) for p, n in ledger.parameter_names.items())))
    found = {n.concepts: n for _, n in _found(table, sentence) if table.suits(n, "money") and not n.is_parameter}
    return next(iter(found.values())) if len(found) == 1 else None


def names_in_header(column: str, quantity: Quantity, ledger: Ledger) -> Named | None:
    """What the header of a table's column names."""
    table = _table(tuple(sorted((p, n.all()) for p, n in ledger.parameter_names.items())))
    kind = "rate" if quantity.kind == "percent" else quantity.kind
    found = [n for _, n in _found(table, column) if table.suits(n, kind)]
    return found[0] if found else None


def _figure_between(before: str, since: int, others: list[Quantity], quantity: Quantity) -> bool:
    return (
        any(
            since <= o.start and o.end <= quantity.start and o.kind in QUANTITIES and o.unit == quantity.unit
            for o in others
        )
        and "|" not in before
    )


class _Table:
    """Names of concepts and of the parameters in evidence, longest first."""

    def __init__(self, parameters: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        concepts: dict[str, set[str]] = {}
        self._units: dict[str, str] = {}
        for concept, entry in labels().items():
            for name in entry.names.all():
                concepts.setdefault(name.lower(), set()).add(concept)
                self._units[name.lower()] = entry.unit
        for parameter, names in parameters:
            for name in names:
                concepts.setdefault(name.lower(), set()).add(parameter)
                self._units.setdefault(name.lower(), "any")
        self._named = {name: Named(name, frozenset(found)) for name, found in concepts.items()}
        for suffix, names_of in _QUALIFIERS.items():
            if any(p.endswith(suffix) for p, _ in parameters):
                for name in names_of:
                    self._named[name] = Named(name, frozenset(), suffix)
                    self._units[name] = "any"
        self._names = Names(self._named, _end)

    def find(self, text: str) -> tuple[tuple[tuple[int, int], Named], ...]:
        """Where names stand in a text, left to right, the longest where several begin."""
        folded = "".join(lower if len(lower := char.lower()) == 1 else char for char in text)
        return tuple(((start, end), self._named[name]) for start, end, name in self._names.find(folded))

    def suits(self, named: Named, kind: str) -> bool:
        """Whether a name can be said of a figure of this kind."""
        unit = self._units[named.name]
        if named.is_parameter or unit == "any":
            return True
        if kind == "rate":  # 5% of the customs value: the value is what the rate is taken of, not what it is
            return unit in ("rate", "money") and not named.concepts <= _BASES
        if kind in ("money", "number"):
            return unit in ("money", "number")
        return unit in ("count", "ordinal")


def _end(name: str, text: str, at: int) -> int | None:
    """Where a name ends in a text of small letters: a Latin one as whole words, also with an s, and not as in duty-free."""
    end = at + len(name)
    if not name.isascii():
        return end
    over = None if at and text[at - 1] in ascii_lowercase else _WORD_END.match(text, end)
    return over.end() if over else None


_WORD_END = re.compile(r"s?(?![a-z]|[- ]free)")


@lru_cache(maxsize=64)
def _table(parameters: tuple[tuple[str, tuple[str, ...]], ...]) -> _Table:
    return _Table(parameters)


@lru_cache(maxsize=512)
def _found(table: _Table, text: str) -> tuple[tuple[tuple[int, int], Named], ...]:
    """Names in a text, remembered: the figures of one formula stand behind the same words."""
    return table.find(text)
