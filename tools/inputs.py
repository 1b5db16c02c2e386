"""Typed borders: reading of inputs into models, and one clear line for what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError
from pydantic_core import PydanticCustomError

from tools.errors import InputError
from tools.text.dates import parse_date
from tools.text.quantities import parse_amount, parse_rate

Model = TypeVar("Model", bound=BaseModel)


class Input(BaseModel):
    """An input: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _border(reader: Any) -> Any:
    def read(value: Any) -> Any:
        if value is None:
            return None
        try:
            return reader(value)
        except InputError as error:
            raise PydanticCustomError(
                "input", "{problem}", {"problem": error.problem, "accepted": error.accepted}
            ) from error

    return read


def _as_text(value: Decimal) -> str:
    return format(value, "f")


def _date(value: Any) -> date:
    return value if isinstance(value, date) else parse_date(str(value), "date")


def _whole(value: Any) -> int:
    amount = parse_amount(value, "count")
    if amount != amount.to_integral_value():
        raise InputError("count", f"{value!r} is not a whole number", "0, 1, 2 …")
    return int(amount)


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes."""
    return frozenset((Path(__file__).parent / "text" / "iso3166.txt").read_text("utf-8").split())


def _country(value: Any) -> str:
    code = str(value).strip().upper()
    if code not in country_codes():
        raise InputError("country", f"{value!r} is not a country code", "an ISO 3166 code such as JP, CN or TW")
    return code


#: ISO 3166 code of a country
CountryIn = Annotated[str, BeforeValidator(_border(_country))]
#: an amount of money or a quantity: JSON number or text, read exactly, not negative
AmountIn = Annotated[
    Decimal, BeforeValidator(_border(lambda v: parse_amount(v, "amount"))), PlainSerializer(_as_text)
]
#: a duty rate as a ratio; "5%" and 0.05 are the same
RateIn = Annotated[Decimal, BeforeValidator(_border(lambda v: parse_rate(v, "rate"))), PlainSerializer(_as_text)]
DateIn = Annotated[date, BeforeValidator(_border(_date))]
CountIn = Annotated[int, BeforeValidator(_border(_whole))]


def read_json(text: str, field: str) -> Any:
    """JSON with exact numbers.

    Raises:
        InputError: naming `field`, with the place where the text stops being JSON.
    """
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InputError(field, f"not JSON at {place}", "one JSON object") from error


def read_input(model: type[Model], raw: Any) -> Model:
    """Raw keys and values as a model.

    Raises:
        InputError: for the first problem, naming the field and what is accepted.
    """
    if not isinstance(raw, Mapping):
        raise InputError("input", "is not an object", f"an object with {_keys(model)}")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "input"
        context = first.get("ctx", {})
        if first["type"] == "extra_forbidden":
            raise InputError(field, "unknown key", f"one of {_keys_at(model, first['loc'])}") from error
        if first["type"] == "missing":
            raise InputError(field, "is missing", "a value: it is required") from error
        if first["type"] == "literal_error":
            raise InputError(field, f"{first['input']!r} is not known", str(context["expected"])) from error
        accepted = str(context.get("accepted", _plainly(first["msg"])))
        problem = str(context.get("problem", f"{first['input']!r} cannot be used"))
        raise InputError(field, problem, accepted) from error


def _plainly(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ")


def _keys(model: type[BaseModel]) -> str:
    return ", ".join(model.model_fields)


def _keys_at(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    """Keys accepted where an unknown one was found."""
    here = model
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        annotation = here.model_fields[str(part)].annotation
        inner = [a for a in getattr(annotation, "__args__", (annotation,)) if isinstance(a, type)]
        models = [a for a in inner if issubclass(a, BaseModel)]
        if not models:
            break
        here = models[0]
    return _keys(here)
