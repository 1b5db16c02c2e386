"""Each bad input gives one line that names the field and says what is accepted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import CustomsError, InputError, MissingFact
from tools.inputs import read_input, read_json
from tools.taiwan import TaiwanQuoteInput, quote
from tools.text import parse_amount

GOOD: dict[str, Any] = {
    "route": "express",
    "freight": "0",
    "insurance": "0",
    "goods": [{"price": "3000", "rate": "5%"}],
}


def _goods(**change: object) -> dict[str, Any]:
    return GOOD | {"goods": [GOOD["goods"][0] | change]}


BAD: dict[str, tuple[Any, str, str]] = {
    "unreadable amount": (
        _goods(price="three"),
        "goods.0.price",
        "'three' is not an amount; accepted: a number such as 3000",
    ),
    "empty amount": (_goods(price=""), "goods.0.price", "is not an amount; accepted: a number such as 3000"),
    "amount with its unit": (_goods(price="3000 kg"), "goods.0.price", "is not an amount; accepted: a number"),
    "amount that is a truth": (_goods(price=True), "goods.0.price", "is not an amount; accepted: a number"),
    "amount that is a list": (_goods(price=[3000]), "goods.0.price", "accepted: "),
    "amount that is an object": (_goods(price={"TWD": 3000}), "goods.0.price", "accepted: "),
    "amount that is no number": (_goods(price="NaN"), "goods.0.price", "is not an amount"),
    "amount without end": (_goods(price="Infinity"), "goods.0.price", "is not an amount"),
    "amount beyond reason": (_goods(price="1" + "0" * 40), "goods.0.price", "accepted: "),
    "negative price": (_goods(price="-1"), "goods.0.price", "-1 is negative; accepted: 0 or more"),
    "negative freight": (GOOD | {"freight": -200}, "freight", "-200 is negative; accepted: 0 or more"),
    "no price": (GOOD | {"goods": [{"rate": "5%"}]}, "goods.0.price", "is missing"),
    "price of nothing": (_goods(price=None), "goods.0.price", "accepted: "),
    "rate without a unit": (_goods(rate="5"), "goods.0.rate", "'5' is not a rate; accepted: a percentage such as 5%"),
    "rate in words": (_goods(rate="five"), "goods.0.rate", "is not a rate; accepted: a percentage such as 5%"),
    "rate with an impossible fraction": (_goods(rate="33 1/0%"), "goods.0.rate", "is not a rate"),
    "unknown currency": (
        GOOD | {"currency": "XYZ"},
        "currency",
        "'XYZ' is not known; accepted: an ISO 4217 code: TWD, USD, EUR",
    ),
    "currency in lower case": (
        GOOD | {"currency": "usd"},
        "currency",
        "is not known; accepted: an ISO 4217 code: TWD, USD",
    ),
    "exchange rate of nothing": (
        GOOD | {"currency": "USD", "exchange_rate": 0},
        "exchange_rate",
        "accepted: more than 0",
    ),
    "unknown route": (GOOD | {"route": "ship"}, "route", "'ship' is not known; accepted: 'express'"),
    "no route": ({"goods": GOOD["goods"]}, "route", "is missing; accepted: a value: it is required"),
    "unknown importer": (GOOD | {"importer": "friend"}, "importer", "accepted: 'person' or 'company'"),
    "impossible date": (
        GOOD | {"as_of": "2026-02-30"},
        "as_of",
        "is not a day of the calendar; accepted: a date such as",
    ),
    "unreadable date": (GOOD | {"as_of": "soon"}, "as_of", "'soon' is not a day of the calendar"),
    "unknown key": (GOOD | {"fright": 200}, "fright", "unknown key; accepted: one of id, as_of, route"),
    "unknown key of goods": (
        _goods(colour="red"),
        "goods.0.colour",
        "unknown key; accepted: one of description, ccc_code",
    ),
    "half a parcel": (
        GOOD | {"exempt_imports_this_half_year": "1.5"},
        "exempt_imports_this_half_year",
        "accepted: 0, 1, 2",
    ),
    "count in words": (GOOD | {"exempt_imports_this_half_year": "many"}, "exempt_imports_this_half_year", "accepted: "),
    "negative count": (GOOD | {"exempt_imports_this_half_year": -1}, "exempt_imports_this_half_year", "0 or more"),
    "origin in full": (_goods(country_of_origin="Japan"), "goods.0.country_of_origin", "accepted: "),
    "no goods": (GOOD | {"goods": []}, "goods", "accepted: "),
    "goods that are no list": (GOOD | {"goods": "watch"}, "goods", "accepted: "),
    "goods that are no object": (GOOD | {"goods": ["watch"]}, "goods.0", "accepted: "),
    "code that is a number": (_goods(ccc_code=91021100006), "goods.0.ccc_code", "accepted: "),
    "an array": ([GOOD], "input", "is not an object; accepted: an object with id, as_of, route"),
    "a text": ("express", "input", "is not an object; accepted: an object with id"),
    "nothing": (None, "input", "is not an object; accepted: an object with id"),
}


@pytest.mark.parametrize(("raw", "field", "says"), [pytest.param(*row, id=name) for name, row in BAD.items()])
def test_a_bad_input_is_one_line_that_names_the_field(raw: object, field: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_input(TaiwanQuoteInput, raw)
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.field == field
    assert line.startswith(f"{field}: ")
    assert says in line
    assert "; accepted: " in line
    assert not line.endswith(": ")


@pytest.mark.parametrize(
    ("goods", "field"),
    [
        ({"ccc_code": "9102.11.00.00-7"}, "ccc_code"),
        ({"ccc_code": "9102"}, "ccc_code"),
        ({"ccc_code": "watch"}, "ccc_code"),
        ({"candidate_codes": ["91021100006", "91021200006"]}, "candidate_codes"),
    ],
)
def test_a_wrong_code_is_one_line_that_names_the_field(goods: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        quote(read_input(TaiwanQuoteInput, GOOD | {"goods": [{"price": "3000"} | goods]}), as_of=date(2026, 11, 21))
    assert field in caught.value.field
    assert "\n" not in str(caught.value)
    assert "; accepted: " in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1 column 1"),
        ("{", "line 1 column 2"),
        ('{\n"a" 1}', "line 2 column 5"),
        ("route=express", "line 1 column 1"),
    ],
)
def test_what_is_no_json_says_where(text: str, place: str) -> None:
    with pytest.raises(InputError, match=f"FILE: not JSON at {place}; accepted: one JSON object"):
        read_json(text, "FILE")


@pytest.mark.parametrize(
    "text", ['{"price": NaN}', '{"price": Infinity}', '{"price": -Infinity}', '{"price": ' + "9" * 5000 + "}"]
)
def test_what_json_does_not_know_as_a_number_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_json(text, "FILE")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", "0.1"),
        ("3000", "3000"),
        ("1e3", "1000"),
        ("33.010", "33.010"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("12345678901234567890.12", "12345678901234567890.12"),
    ],
)
def test_json_numbers_are_read_exactly(text: str, value: str) -> None:
    raw = read_json(f'{{"route": "express", "goods": [{{"price": {text}}}]}}', "FILE")
    price = read_input(TaiwanQuoteInput, raw).goods[0].price
    assert isinstance(price, Decimal)
    assert price == Decimal(value)


@given(st.decimals(min_value=0, max_value=10**12, places=6))
def test_a_number_and_its_text_are_the_same_amount(amount: Decimal) -> None:
    as_number = read_json(f'{{"a": {amount:f}}}', "FILE")["a"]
    assert parse_amount(as_number, "a") == parse_amount(f"{amount:f}", "a") == amount


@pytest.mark.parametrize("price", [180.5, 3000.0, 0.1])
def test_a_float_from_a_program_is_read_as_written_or_refused(price: float) -> None:
    try:
        given_price = read_input(TaiwanQuoteInput, _goods(price=price)).goods[0].price
    except InputError:
        return
    assert given_price == Decimal(str(price))


@pytest.mark.parametrize("change", [{"as_of": "民國114年3月1日"}, {"as_of": "2025/3/1"}, {"as_of": date(2025, 3, 1)}])
def test_days_in_any_spelling(change: dict[str, Any]) -> None:
    assert read_input(TaiwanQuoteInput, GOOD | change).as_of == date(2025, 3, 1)


def test_inputs_are_immutable() -> None:
    given_input = read_input(TaiwanQuoteInput, GOOD)
    with pytest.raises(ValueError, match="frozen"):
        given_input.route = "post"  # type: ignore[assignment]


def test_a_missing_fact_is_an_input_error() -> None:
    error = MissingFact("exchange_rate", "the price is in USD", "TWD per unit")
    assert isinstance(error, InputError)
    assert isinstance(error, CustomsError)
    assert str(error) == "exchange_rate: the price is in USD; accepted: TWD per unit"


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.decimals() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(sorted(TaiwanQuoteInput.model_fields))


@given(KEYS, JUNK)
def test_junk_in_any_field_is_read_or_refused(key: str, junk: object) -> None:
    try:
        result = quote(read_input(TaiwanQuoteInput, GOOD | {key: junk}), as_of=date(2026, 11, 21))
    except CustomsError:
        return
    assert result.receipt
