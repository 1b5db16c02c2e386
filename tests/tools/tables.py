"""Reading of the case tables under tests/cases: unknown keys, repeated keys and repeated names are refused.

Shares nothing with the code under test.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

CASES = Path(__file__).resolve().parents[1] / "cases"
#: amounts are quoted strings of plain digits, so that YAML never turns one into a float
Amount = Annotated[str, Field(strict=True, pattern=r"^\d+(\.\d+)?$")]
TableModel = TypeVar("TableModel", bound="Table")


class Table(BaseModel):
    """A table or a row: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Table):
    """The range of an open quote; no `high` where nothing bounds it."""

    low: Amount
    high: Amount | None = None


class ExpressOutput(Table):
    """The amounts of a Taiwan express quote that matter."""

    complete: bool
    declaration_class: Literal["X2", "X3", "X4", "not settled"] | None = Field(None, alias="class")
    lines: dict[Literal["duty", "business_tax", "trade_promotion_fee"], Amount] = {}
    totals: dict[Literal["customs_value", "total", "landed_cost"], Amount] = {}
    missing: tuple[str, ...] | None = None
    range: Span | None = None
    alternatives: dict[str, Amount] = {}

    @model_validator(mode="after")
    def _complete_or_open(self) -> ExpressOutput:
        if self.complete != (self.declaration_class is not None) or self.complete != bool(self.totals):
            raise ValueError("a complete quote has a class and totals, an open one neither")
        if self.complete and (self.range or self.missing):
            raise ValueError("a complete quote misses nothing and has no range")
        return self


class ExpressCase(Table):
    """One quote as a broker would write it down."""

    name: str
    as_of: date
    input: dict[str, Any]
    output: ExpressOutput
    arithmetic: str = ""
    source: str = Field(min_length=3)


class ExpressTable(Table):
    """A file of quotes. `closing` ends the arithmetic of every case."""

    closing: str = ""
    cases: tuple[ExpressCase, ...]

    @model_validator(mode="after")
    def _unique(self) -> ExpressTable:
        refuse_repeats([c.name for c in self.cases])
        return self


class DeMinimisRow(Table):
    """One question about the US low-value exemption and its answer."""

    origin: str
    mode: Literal["express", "air", "ocean", "land", "post"]
    on: date
    value: Amount | None = None
    gift: bool = False
    available: bool
    applies: bool | None = None
    threshold: Amount | None
    since: date | None
    basis_since: date | None
    until: date | None

    @property
    def name(self) -> str:
        gift = "-gift" if self.gift else ""
        return f"{self.origin}-{self.mode}-{self.on}-{self.value or 'any'}{gift}"


class DeMinimisTable(Table):
    """Rows and where they were read."""

    source: str
    rows: tuple[DeMinimisRow, ...]

    @model_validator(mode="after")
    def _unique(self) -> DeMinimisTable:
        refuse_repeats([r.name for r in self.rows])
        return self


class DeMinimisBlock(Table):
    """One answer that holds for every origin, mode and day named."""

    origins: tuple[str, ...] = Field(min_length=1)
    modes: tuple[Literal["express", "air", "ocean", "land", "post"], ...] = Field(min_length=1)
    days: tuple[date, ...] = Field(min_length=1)
    value: Amount
    gift: bool
    available: bool
    applies: bool
    threshold: Amount | None
    since: date | None
    basis_since: date | None
    until: date | None

    @property
    def rows(self) -> tuple[DeMinimisRow, ...]:
        """One row a question."""
        answer = self.model_dump(exclude={"origins", "modes", "days"})
        return tuple(
            DeMinimisRow(origin=origin, mode=mode, on=day, **answer)
            for origin in self.origins
            for mode in self.modes
            for day in self.days
        )


class DeMinimisMatrix(Table):
    """Origin by mode by date, block by block; no question is asked twice."""

    source: str
    blocks: tuple[DeMinimisBlock, ...]

    @model_validator(mode="after")
    def _unique(self) -> DeMinimisMatrix:
        refuse_repeats([row.name for block in self.blocks for row in block.rows])
        return self


class MpfYear(Table):
    """The fees of one fiscal year; null where the facts give no amount."""

    year: str
    first: date
    last: date
    minimum: Amount
    maximum: Amount
    informal_automated: Amount
    informal_manual: Amount
    cbp_prepared: Amount
    manual_surcharge: Amount
    express_facility: Amount
    dutiable_mail: Amount | None
    source: str


class MpfTable(Table):
    """The fees by fiscal year, with the base amounts they are adjusted from."""

    source: str
    rate: Amount
    base: dict[str, Amount]
    years: tuple[MpfYear, ...]

    @model_validator(mode="after")
    def _unique(self) -> MpfTable:
        refuse_repeats([y.year for y in self.years])
        return self


class RateRow(Table):
    """A rate as printed and what it comes to: an amount, the fact that is missing, or the kind of refusal."""

    text: str
    line: str
    value: Amount | None = None
    quantities: dict[str, Amount] = {}
    on: date | None = None
    amount: Amount | None = None
    missing: str | None = None
    refused: str | None = None

    @model_validator(mode="after")
    def _one_outcome(self) -> RateRow:
        if sum(x is not None for x in (self.amount, self.missing, self.refused)) != 1:
            raise ValueError("a rate has an amount, a missing fact or a refusal: one of them")
        return self


class RateTable(Table):
    """Rates of one tariff."""

    jurisdiction: Literal["us", "tw"]
    source: str
    rows: tuple[RateRow, ...]


def refuse_repeats(names: list[str]) -> None:
    """Raise when a name stands twice."""
    repeated = sorted({n for n in names if names.count(n) > 1})
    if repeated:
        raise ValueError(f"names stand twice: {', '.join(repeated)}")


class _Loader(yaml.SafeLoader):
    """YAML in which a key may stand only once, and only true and false are boolean (`on` and `NO` are words)."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        refuse_repeats([str(key.value) for key, _ in node.value])
        return dict(super().construct_mapping(node, deep=deep))


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read_table(text: str, model: type[TableModel]) -> TableModel:
    """A table of cases from YAML text.

    Raises:
        ValueError: unknown key, repeated key or name, or an amount that is not a quoted string.
    """
    loader = _Loader(text)
    try:
        return model.model_validate(loader.get_single_data())
    finally:
        loader.dispose()


def load(path: str, model: type[TableModel]) -> TableModel:
    """The table of a file under tests/cases."""
    return read_table((CASES / path).read_text("utf-8"), model)


def exact(amount: str) -> Fraction:
    """An amount of a table as an exact number."""
    return Fraction(amount)
