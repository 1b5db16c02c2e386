"""Look-up of dated law as a tool."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pydantic import Field

from tools.inputs import CountryIn, DateIn, Input
from tools.law.bindings import bindings, render
from tools.law.models import Lang, LawValue, Localized, Parameter
from tools.law.store import law
from tools.registry import Tool
from tools.result import ParameterUsed


class LawLookupInput(Input):
    """A parameter or a topic, and a day."""

    name: str = Field(max_length=100, description="parameter id such as us.mpf.minimum, or topic such as us.mpf")
    on: DateIn | None = Field(None, description="day the law is read at")
    origin: CountryIn | None = Field(None, description="country of origin, for values that differ by it")


class LawEntry(Input):
    """One parameter: its value on the day (or none), and its other intervals."""

    label: Localized
    per: Localized | None
    in_force: ParameterUsed | None
    note: Localized | None
    volatile: bool
    others: tuple[ParameterUsed, ...]


class LawLookup(Input):
    """What the law held says under a name on a day."""

    name: str
    title: Localized
    on: date
    entries: tuple[LawEntry, ...]


def lookup(given: LawLookupInput, as_of: date) -> LawLookup:
    """Values of a parameter or a whole topic on a day, with every other interval held.

    Raises:
        NotFound: with the nearest names.
    """
    on = given.on or as_of
    store = law()
    entries = tuple(_entry(_Same(parameter), on, given.origin) for parameter in store.show(given.name))
    return LawLookup(name=given.name, title=store.title(".".join(given.name.split(".")[:2])), on=on, entries=entries)


class _Same:
    """A parameter as a key: the law held is never changed, and comparing it costs more than reading it."""

    __slots__ = ("parameter",)

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter

    def __hash__(self) -> int:
        return id(self.parameter)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.parameter is self.parameter


@lru_cache(maxsize=4_096)
def _entry(same: _Same, on: date, origin: str | None) -> LawEntry:
    parameter = same.parameter
    if origin is not None:
        held = [v for v in parameter.values if v.scope.covers(origin, None)]
    else:
        held = [v for v in parameter.values if not v.scope.origins and not v.scope.modes] or list(parameter.values)
    current = next((v for v in held if v.certainty != "expected" and v.holds(on)), None)
    return LawEntry(
        label=parameter.label,
        per=parameter.per,
        in_force=_used(parameter, current) if current else None,
        note=_written(current.note, on) if current and current.note else None,
        volatile=parameter.volatile,
        others=tuple(_used(parameter, v) for v in held if v is not current),
    )


def _written(note: Localized, on: date) -> Localized:
    """A note with the figures that it binds written out for the day."""
    if not bindings(note.en):
        return note
    (zh, _), (en, _) = (render(note[lang], law(), on, lang) for lang in _LANGS)
    return Localized.model_validate({"zh-TW": zh, "en": en})


_LANGS: tuple[Lang, Lang] = ("zh-TW", "en")


def _used(parameter: Parameter, value: LawValue) -> ParameterUsed:
    return ParameterUsed.of(parameter.id, parameter.unit, value)


TOOL = Tool(
    name="law_lookup",
    use_when="Reads a dated figure of the law: limits, fees, rates, by day, with its source and other intervals.",
    not_for="computing what is owed; tariff rates of goods.",
    next_step="use taiwan_quote to compute, policy_search to explain.",
    input_model=LawLookupInput,
    run=lookup,
    clock=None,
    triggers={
        "zh-TW": ("最低", "最高", "門檻", "上限", "下限", "稅率是多少", "費率", "是多少", "幾次", "限額"),
        "en": ("minimum", "maximum", "threshold", "limit", "fee", "rate of"),
    },
    examples=(
        {"name": "us.mpf"},
        {"name": "us.mpf.minimum", "on": "2026-03-01"},
        {"name": "us.section_301_forced_labor.floor", "origin": "TW"},
        {"name": "tw.low_value.limit"},
        {"name": "tw.business_tax.rate", "on": "2025-12-31"},
        {"name": "us.de_minimis.gift_threshold"},
    ),
)
