"""Reading of the quote tables under tests/cases/taiwan/<topic> and tests/cases/united_states/<topic>.

A case holds an input exactly as the contract writes it, what a broker expects of it, and the arithmetic from which every
expected figure follows. Shares nothing with the code under test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import Field, model_validator

from tests.tools.arithmetic import evaluate
from tests.tools.tables import CASES, Amount, Span, Table, read_table, refuse_repeats

TaiwanKey = Literal[
    "duty",
    "commodity_tax",
    "alcohol_tax",
    "tobacco_tax",
    "health_surcharge",
    "business_tax",
    "luxury_tax",
    "trade_promotion_fee",
]
UnitedStatesKey = Literal[
    "column_1",
    "column_1_special",
    "column_2",
    "section_201",
    "section_232",
    "section_301_china",
    "section_301_brazil",
    "section_301_nicaragua",
    "section_301_forced_labor",
    "section_338",
    "section_122",
    "ieepa_fentanyl",
    "ieepa_reciprocal",
    "ieepa_brazil",
    "ieepa_russia_oil",
    "postal_duty",
    "mpf",
    "hmf",
]


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: names of the contract; an input with another name is a mistake of ours unless the case is about the mistake
TAIWAN_INPUT = _names(
    "as_of route importer exempt_imports_this_half_year currency exchange_rate freight insurance incoterm additions"
    " deductions decline_low_value_exemption parcels goods traveller"
    " gift transport usd_exchange_rate"  # beside the contract, which allows more
)
TAIWAN_GOODS = _names(
    "description ccc_code rate country_of_origin price quantity unit net_weight_kg volume_litres sticks alcohol_percent"
    " alcohol_class engine_cc powertrain motor_kw seats sugar juice commodity_tax repair_value export_date repair_proof"
    " used preference_proof quota_certificate sample"
)
UNITED_STATES_INPUT = _names(
    "entry_date mode entry_type currency exchange_rate export_date loading_date freight insurance value_basis"
    " duty_separately_identified importer_of_record gift express_facility ems mpf_filing claim_exemption postal_method"
    " lines"
)
UNITED_STATES_LINE = _names(
    "hts_code candidate_codes general_rate country_of_origin country_of_export value quantities program chapter_99 facts"
)


class _Output(Table):
    """What is expected of a quote: figures, what keeps it open, or the field it is refused for."""

    complete: bool
    missing: tuple[str, ...] = ()
    range: Span | None = None
    alternatives: dict[str, Amount] = Field(default_factory=dict)
    #: refused for this field: a clear input error that names it, or an open quote that does; never a total
    refused: str | None = None

    @property
    def figures(self) -> dict[str, str]:
        """Every expected amount by the name it has in the arithmetic."""
        span = {} if self.range is None else self.range.model_dump(exclude_none=True)
        return {**self.alternatives, **span}


class TaiwanOutput(_Output):
    """A tax that is not listed is zero or absent; in an open quote only the listed ones are known."""

    lines: dict[TaiwanKey, Amount] = Field(default_factory=dict)
    totals: dict[Literal["customs_value", "duty", "taxes", "fees", "total", "landed_cost"], Amount] = Field(
        default_factory=dict
    )
    declaration_class: Literal["X2", "X3", "X4"] | None = Field(None, alias="class")

    @property
    def figures(self) -> dict[str, str]:
        return {**super().figures, **_plain(self.lines), **_plain(self.totals)}

    @property
    def amounts(self) -> list[str]:
        """The amounts that make up the total."""
        return list(self.lines.values())

    @model_validator(mode="after")
    def _complete_or_open(self) -> TaiwanOutput:
        _one_state(self, bool(self.totals))
        return self


class UnitedStatesLine(Table):
    """One amount of a line of the entry; a fee has no line. A heading is given where the facts give one."""

    key: UnitedStatesKey
    line: Annotated[int, Field(ge=1)] | None = None
    heading: Annotated[str, Field(pattern=r"^99\d\d\.\d\d\.\d\d$")] | None = None
    amount: Amount
    applies: Literal["yes", "if"] = "yes"

    @property
    def name(self) -> str:
        """Its name in the arithmetic."""
        return self.key if self.line is None else f"{self.key}_line_{self.line}"


class UnitedStatesOutput(_Output):
    """An amount that is not listed is zero or absent; a heading listed with 0 must be reported; see TaiwanOutput."""

    lines: tuple[UnitedStatesLine, ...] = ()
    totals: dict[Literal["entered_value", "duty", "taxes", "fees", "total", "landed_cost"], Amount] = Field(
        default_factory=dict
    )
    entry_type: Literal["01", "11", "13"] | None = None

    @property
    def figures(self) -> dict[str, str]:
        return {
            **super().figures,
            **{x.name: x.amount for x in self.lines if x.applies == "yes"},
            **_plain(self.totals),
        }

    @property
    def amounts(self) -> list[str]:
        """The amounts that make up the total."""
        return [line.amount for line in self.lines if line.applies == "yes"]

    @model_validator(mode="after")
    def _complete_or_open(self) -> UnitedStatesOutput:
        _one_state(self, bool(self.totals))
        refuse_repeats([f"{line.name} {line.heading or ''}" for line in self.lines])
        return self


class _Case(Table):
    name: str = Field(min_length=5)
    input: dict[str, Any]
    arithmetic: str = ""
    source: str = Field(min_length=3)


class TaiwanCase(_Case):
    """One quote for Taiwan as a broker would write it down."""

    output: TaiwanOutput

    @property
    def day(self) -> date:
        """The day the quote is for."""
        return date.fromisoformat(self.input["as_of"])

    @model_validator(mode="after")
    def _shape(self) -> TaiwanCase:
        if self.output.refused is None:
            parcels = self.input.get("parcels", [])
            goods = self.input.get("goods", []) + [g for p in parcels for g in p["goods"]]
            _known(self.input, TAIWAN_INPUT, goods, TAIWAN_GOODS)
            _day_and_money(
                self.input, "as_of", ("exchange_rate", "freight", "insurance"), goods, ("price", "repair_value")
            )
        return self


class UnitedStatesCase(_Case):
    """One quote for the United States as a broker would write it down."""

    output: UnitedStatesOutput

    @property
    def day(self) -> date:
        """The entry date."""
        return date.fromisoformat(self.input["entry_date"])

    @model_validator(mode="after")
    def _shape(self) -> UnitedStatesCase:
        if self.output.refused is None:
            lines = self.input["lines"]
            _known(self.input, UNITED_STATES_INPUT, lines, UNITED_STATES_LINE)
            _day_and_money(self.input, "entry_date", ("exchange_rate", "freight", "insurance"), lines, ("value",))
        return self


class _QuoteTable(Table):
    #: ends the arithmetic of every case; what a case says itself goes first, and a tax it does not name is zero
    closing: str = ""

    def worked(self, case: TaiwanCase | UnitedStatesCase) -> dict[str, Fraction]:
        """Every figure of a case by name, from its own arithmetic and the closing of the table."""
        names = evaluate(case.arithmetic)
        if not case.output.complete:
            return names
        zero = {key: Fraction(0) for key in self._keys()}
        for statement in filter(None, (part.strip() for part in self.closing.split(";"))):
            target = statement.split("=", 1)[0].strip()
            if target not in names:
                zero.pop(target, None)
                names[target] = evaluate(statement, {**zero, **names})[target]
        return {**zero, **names}

    def _keys(self) -> frozenset[str]:
        return frozenset()


class TaiwanTable(_QuoteTable):
    """A file of Taiwan quotes."""

    cases: tuple[TaiwanCase, ...]

    def _keys(self) -> frozenset[str]:
        return frozenset(get_args(TaiwanKey))

    @model_validator(mode="after")
    def _unique(self) -> TaiwanTable:
        refuse_repeats([c.name for c in self.cases])
        return self


class UnitedStatesTable(_QuoteTable):
    """A file of United States quotes."""

    cases: tuple[UnitedStatesCase, ...]

    def _keys(self) -> frozenset[str]:
        return frozenset(get_args(UnitedStatesKey))

    @model_validator(mode="after")
    def _unique(self) -> UnitedStatesTable:
        refuse_repeats([c.name for c in self.cases])
        return self


TableKind = TypeVar("TableKind", TaiwanTable, UnitedStatesTable)


def tables(country: Literal["taiwan", "united_states"], model: type[TableKind]) -> dict[str, TableKind]:
    """Every table of a country by `topic/file`, from the sub-directories of its cases."""
    found = sorted((CASES / country).glob("*/*.yaml"))
    return {f"{path.parent.name}/{path.stem}": read_table(path.read_text("utf-8"), model) for path in found}


@cache
def taiwan_cases() -> list[tuple[str, TaiwanTable, TaiwanCase]]:
    """(id, table, case) of every Taiwan quote, for a parametrised test."""
    return [(f"{name}: {c.name}", t, c) for name, t in tables("taiwan", TaiwanTable).items() for c in t.cases]


@cache
def united_states_cases() -> list[tuple[str, UnitedStatesTable, UnitedStatesCase]]:
    """(id, table, case) of every United States quote, for a parametrised test."""
    return [
        (f"{name}: {c.name}", t, c) for name, t in tables("united_states", UnitedStatesTable).items() for c in t.cases
    ]


def _plain(amounts: Mapping[Any, str]) -> dict[str, str]:
    return {str(name): amount for name, amount in amounts.items()}


def _one_state(output: _Output, has_totals: bool) -> None:
    if output.refused is not None:
        if output.complete or has_totals or output.missing or output.range:
            raise ValueError("a refused quote has the field and nothing else")
    elif output.complete != has_totals:
        raise ValueError("a complete quote has totals, an open one none")
    elif output.complete and (output.range or output.missing):
        raise ValueError("a complete quote misses nothing and has no range")


def _known(
    top: Mapping[str, Any], names: frozenset[str], rows: list[Mapping[str, Any]], row_names: frozenset[str]
) -> None:
    unknown = sorted({*top} - names) + sorted({key for row in rows for key in row} - row_names)
    if unknown:
        raise ValueError(f"not in the contract: {', '.join(unknown)}")
    if not rows:
        raise ValueError("a case has goods or lines")


def _day_and_money(
    top: Mapping[str, Any], day: str, money: tuple[str, ...], rows: list[Mapping[str, Any]], row_money: tuple[str, ...]
) -> None:
    date.fromisoformat(top[day])
    amounts = [top[k] for k in money if k in top] + [row[k] for row in rows for k in row_money if k in row]
    if not all(isinstance(amount, str) for amount in amounts):
        raise ValueError("an amount of an input is a quoted string")
    rates = [row[k] for row in rows for k in ("rate", "general_rate") if k in row]
    if not all(re.fullmatch(r"\d+(\.\d+)?%", rate) for rate in rates):
        raise ValueError("a stated rate is a percentage")
