"""What every calculator returns: a result that explains itself, and the receipt that can be replayed.

The explanation is born with the number: lines carry base, rate, formula, legal basis and the dated law they read.
No prose and no currency sign is made here; messages are codes with values, rendered from `messages.toml`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, computed_field
from pydantic_core import to_json, to_jsonable_python

from tools.law.models import Certainty, LawValue, Localized, Source
from tools.text import format as write

#: a space between two Chinese characters is a seam of the template
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")

Amount = Annotated[Decimal, PlainSerializer(lambda v: format(v, "f"), return_type=str)]
AmountOrDay = Annotated[
    Decimal | date,
    PlainSerializer(lambda v: format(v, "f") if isinstance(v, Decimal) else v.isoformat(), return_type=str),
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    @classmethod
    def built(cls, **values: Any) -> Self:
        """A model from values that are already of their types: no second validation of our own work.

        Every field without a default is given.
        """
        made = cls.__new__(cls)
        defaults, names = _fields(cls)
        _put(made, "__dict__", defaults | values)
        _put(made, "__pydantic_fields_set__", names)
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made


_put = object.__setattr__


@cache
def _fields(cls: type[BaseModel]) -> tuple[dict[str, Any], set[str]]:
    """Defaults of a model's fields, and the names of all; neither is ever changed."""
    fields = cls.model_fields
    return {name: field.default for name, field in fields.items() if not field.is_required()}, set(fields)


class Figure(_Model):
    """A quantity with its unit and what it is of."""

    value: AmountOrDay
    unit: str
    of: str

    def text(self, lang: Literal["zh-TW", "en"]) -> str:
        return write.figure(self.value, self.unit, lang)


class Message(_Model):
    """An assumption, warning or reason: a code with its figures and words."""

    code: str
    figures: dict[str, Figure] = {}
    words: dict[str, Localized] = {}

    def render(self, lang: Literal["zh-TW", "en"]) -> str:
        values = {k: f.text(lang) for k, f in self.figures.items()}
        values |= {k: w[lang] for k, w in self.words.items()}
        text = catalogue()[self.code][lang].format(**values)
        return _BETWEEN.sub("", text) if lang == "zh-TW" else text

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> dict[str, str]:
        """The message in both languages."""
        return {"zh-TW": self.render("zh-TW"), "en": self.render("en")}


class ParameterUsed(_Model):
    """A value of the law as a calculation read it."""

    id: str
    value: str
    unit: str
    effective_from: date | None
    evidenced_on: date | None = None
    effective_to: date | None
    source: Source
    certainty: Certainty
    frontier: date

    @cached_property
    def read(self) -> list[str | None]:
        """What a receipt keeps of it: the value and the day it began."""
        return [self.id, self.value, self.effective_from.isoformat() if self.effective_from else None]

    @classmethod
    def of(cls, name: str, unit: str, value: LawValue) -> ParameterUsed:
        raw = value.value
        text = format(raw, "f") if isinstance(raw, Decimal) else json_value(raw)
        return cls(
            id=name, value=text, unit=unit, effective_from=value.effective_from, evidenced_on=value.evidenced_on,
            effective_to=value.effective_to, source=value.source, certainty=value.certainty, frontier=value.frontier,
        )  # fmt: skip


class Line(_Model):
    """One duty, tax or fee."""

    key: str
    line_no: int | None = None
    label: Localized
    applies: Literal["yes", "no", "if"]
    amount: Amount
    currency: str
    base: Amount | None = None
    rate: str | None = None
    formula: str
    heading: str | None = None
    legal_basis: str
    citation: Localized | None = Field(None, description="the legal basis, in each language")
    parameters: tuple[ParameterUsed, ...] = ()
    reason: Message | None = None


class Missing(_Model):
    """A fact that is not known, why it is needed and what it can change."""

    fact: str
    why: Message
    effect: Message


#: totals that are sums of the others
Sum = Literal["total", "landed_cost"]


class Totals(_Model):
    """What the authorities collect, and what the goods cost once landed."""

    customs_value: Amount | None = None
    entered_value: Amount | None = None
    duty: Amount | None = None
    taxes: Amount | None = None
    fees: Amount | None = None
    total: Amount | None = None
    landed_cost: Amount | None = None

    def formula(self, of: Sum) -> str:
        """How a sum adds up; empty while a part of it is open.

        >>> Totals(duty=162, taxes=170, fees=0, total=332).formula("total")
        '162 + 170 + 0 = 332'
        """
        parts = (self.duty, self.taxes, self.fees) if of == "total" else (self.customs_value, self.total)
        known = [part for part in (*parts, getattr(self, of)) if part is not None]
        if len(known) <= len(parts):
            return ""
        *added, result = (f"{amount:,f}" for amount in known)
        return f"{' + '.join(added)} = {result}"


class Range(_Model):
    """Lowest and highest total over the open facts; `high` is null where nothing bounds it."""

    low: Amount | None
    high: Amount | None
    decided_by: str


class Alternative(_Model):
    """The totals under one choice of the open facts, with the figures that name the choice."""

    label: Message
    totals: Totals
    lines: tuple[Line, ...] = ()


class Result(_Model):
    """A calculation with everything needed to explain, check and repeat it."""

    id: str
    jurisdiction: Literal["tw", "us"]
    as_of: date
    input: dict[str, Any]
    complete: bool
    missing: tuple[Missing, ...] = ()
    lines: tuple[Line, ...] = ()
    totals: Totals
    range: Range | None = None
    alternatives: tuple[Alternative, ...] = ()
    regime: dict[str, Any] = {}
    assumptions: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    data_revision: dict[str, str] = {}
    receipt: str = Field(default="", pattern=r"^(sha256:[0-9a-f]{64})?$")

    def sealed(self) -> Result:
        """The same result with its receipt hash, and an id made from it where none was given."""
        digest = hashlib.sha256(to_json(self.receipt_payload())).hexdigest()
        name = self.id or f"{self.jurisdiction}-{digest[:12]}"
        return self.built(**self.__dict__ | {"id": name, "receipt": f"sha256:{digest}"})

    def receipt_payload(self) -> dict[str, Any]:
        """What the receipt vouches for: the input as understood, and every figure that came out.

        Keys come in the order of the alphabet at every level, so that its JSON has one spelling.
        """
        return {
            "alternatives": [
                {"label": a.label.code, "lines": [_figures_of(x) for x in a.lines], "totals": _amounts(a.totals)}
                for a in self.alternatives
            ],
            "as_of": self.as_of.isoformat(),
            "complete": self.complete,
            "input": _in_order(to_jsonable_python(self.input)),
            "jurisdiction": self.jurisdiction,
            "lines": [_figures_of(line) for line in self.lines],
            "missing": [m.fact for m in self.missing],
            "range": _amounts(self.range) if self.range else None,
            "regime": _figures_in(self.regime),
            "totals": _amounts(self.totals),
        }


def without_texts(value: Any) -> Any:
    """A dumped result without the texts that are computed from message codes for reading."""
    if isinstance(value, dict):
        computed = "code" in value and "text" in value
        return {k: without_texts(v) for k, v in value.items() if not (computed and k == "text")}
    return [without_texts(v) for v in value] if isinstance(value, list) else value


#: keys of a regime that hold words for the reader
_TEXTS = frozenset({"text", "citation", "legal_basis"})


def _figures_in(value: Any) -> Any:
    """A regime or input as the receipt holds it: no texts, and of a parameter what was read."""
    kind = type(value)
    if kind is dict:
        if "effective_from" in value and "certainty" in value:
            return [value["id"], value["value"], value["effective_from"]]
        return {k: _figures_in(value[k]) for k in sorted(value) if k not in _TEXTS}
    if kind is str or kind is bool or value is None or kind is int:
        return value
    if kind is list or kind is tuple:
        return [_figures_in(v) for v in value]
    return _figures_in(to_jsonable_python(value, by_alias=True))


def _amounts(of: Totals | Range) -> dict[str, str | None]:
    """Amounts as the receipt holds them."""
    values = of.__dict__
    return {k: format(v, "f") if isinstance(v := values[k], Decimal) else v for k in sorted(values)}


def _in_order(value: Any) -> Any:
    """JSON with its keys in the order of the alphabet."""
    if isinstance(value, dict):
        return {k: _in_order(value[k]) for k in sorted(value)}
    return [_in_order(v) for v in value] if isinstance(value, list) else value


def _figures_of(line: Line) -> dict[str, Any]:
    return {
        "amount": format(line.amount, "f"),
        "applies": line.applies,
        "base": None if line.base is None else format(line.base, "f"),
        "currency": line.currency,
        "heading": line.heading,
        "key": line.key,
        "line_no": line.line_no,
        "parameters": [p.read for p in line.parameters],
        "rate": line.rate,
    }


def json_value(value: Any) -> str:
    """A non-numeric value of the law as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@cache
def catalogue() -> dict[str, Localized]:
    """Message templates by code."""
    raw = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
    return {code: Localized.model_validate(texts) for code, texts in raw.items()}


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """Where two JSON values differ, one line a leaf."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [d for k in sorted(old.keys() | new.keys()) for d in differences(old.get(k), new.get(k), f"{path}.{k}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [d for i, (a, b) in enumerate(zip(old, new, strict=True)) for d in differences(a, b, f"{path}[{i}]")]
    return [] if old == new else [f"{path.lstrip('.')}: {old!r} -> {new!r}"]
