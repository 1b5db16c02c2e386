"""Typed borders: reading of inputs into models, and one clear line for what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError
from pydantic_core import PydanticCustomError

from tools.errors import InputError
from tools.text.dates import parse_date
from tools.text.values import parse_amount, parse_rate, rate_text, said

Model = TypeVar("Model", bound=BaseModel)
_LONGEST_NUMBER = 60  # characters of a number in JSON


class Input(BaseModel):
    """An input: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


def border(reader: Callable[[Any], Any]) -> BeforeValidator:
    """A reader that raises `InputError` as a validator whose error keeps what is accepted."""

    def read(value: Any) -> Any:
        if value is None:
            return None
        try:
            return reader(value)
        except InputError as error:
            raise refusal(error.problem, error.accepted) from error

    return BeforeValidator(read)


def refusal(problem: str, accepted: str, field: str = "") -> PydanticCustomError:
    """An error of a validator that `read_input` turns into an `InputError` naming the field.

    Args:
        field: the field meant, where a validator of the whole model finds the error.
    """
    return PydanticCustomError("input", "{problem}", {"problem": problem, "accepted": accepted, "field": field})


def _as_text(value: Decimal) -> str:
    return format(value, "f")


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise InputError("date", f"{said(value)} is not a day of the calendar", "a date such as 2026-11-21")
    return parse_date(value, "date")


def _whole(value: Any) -> int:
    amount = parse_amount(value, "count")
    if amount != amount.to_integral_value():
        raise InputError("count", f"{said(value)} is not a whole number", "0, 1, 2 …")
    return int(amount)


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes."""
    return frozenset((Path(__file__).parent / "text" / "iso3166.txt").read_text("utf-8").split())


def _country(value: Any) -> str:
    code = value.strip().upper() if isinstance(value, str) else ""
    if code not in country_codes():
        raise InputError("country", f"{said(value)} is not a country code", "an ISO 3166 code such as JP, CN or TW")
    return code


#: ISO 3166 code of a country
CountryIn = Annotated[str, border(_country)]
#: an amount of money or a quantity: JSON number or text, read exactly, not negative
AmountIn = Annotated[Decimal, border(lambda v: parse_amount(v, "amount")), PlainSerializer(_as_text)]
#: a duty rate as a ratio; "5%" and 0.05 are the same
RateIn = Annotated[Decimal, border(lambda v: parse_rate(v, "rate")), PlainSerializer(rate_text)]
DateIn = Annotated[date, border(_date)]
CountIn = Annotated[int, border(_whole)]


def read_json(text: str, field: str) -> Any:
    """JSON with exact numbers.

    Raises:
        InputError: naming `field`, with the place where the text stops being JSON, or the number that is none.
    """

    def number(digits: str) -> Decimal:
        beyond = InputError(field, f"the number {digits[:20]}… is beyond reason", f"at most {_LONGEST_NUMBER} digits")
        if len(digits) > _LONGEST_NUMBER:
            raise beyond
        try:
            value = Decimal(digits)
        except InvalidOperation as error:
            raise beyond from error
        if abs(value.adjusted()) > _LONGEST_NUMBER:
            raise beyond
        return value

    def constant(name: str) -> NoReturn:
        raise InputError(field, f"{name} is no number in JSON", "digits such as 3000 or 0.05")

    try:
        return json.loads(text, parse_float=number, parse_int=lambda d: int(number(d)), parse_constant=constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InputError(field, f"not JSON at {place}", "one JSON object") from error
    except RecursionError as error:
        raise InputError(field, "is nested too deeply", "one JSON object") from error


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
        context = first.get("ctx", {})
        place = (*first["loc"], *filter(None, [context.get("field")]))
        field = _printable(".".join(str(part) for part in place)) or "input"
        if first["type"] == "extra_forbidden":
            raise InputError(field, "unknown key", f"one of {_keys_at(model, first['loc'])}") from error
        if first["type"] == "missing":
            raise InputError(field, "is missing", "a value: it is required") from error
        if first["type"] == "literal_error":
            raise InputError(field, f"{said(first['input'])} is not known", str(context["expected"])) from error
        accepted = str(context.get("accepted", _plainly(first["msg"])))
        problem = str(context.get("problem", f"{said(first['input'])} cannot be used"))
        raise InputError(field, problem, accepted) from error


def _printable(name: str) -> str:
    """A name as one short line, whatever key was sent."""
    return "".join(c if c.isprintable() else "?" for c in name[:120])


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
