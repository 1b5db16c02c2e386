"""Limits written in US dollars, both sides of each; and how samples are declared. Figures of facts sections 0, 2 and 3."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)


def run(route: str, goods: dict[str, Any], **more: Any) -> Result:
    raw = {"route": route, "freight": "0", "insurance": "0", "goods": [goods], **more}
    return quote(read_input(TaiwanQuoteInput, raw), as_of=DAY)


def said(result: Result) -> set[str]:
    return {m.code for m in (*result.warnings, *result.assumptions)}


@pytest.mark.parametrize(
    ("price", "more", "declaration", "because"),
    [
        ("5000", {"currency": "USD", "exchange_rate": "32"}, "post", []),
        ("5000.01", {"currency": "USD", "exchange_rate": "32"}, "formal", ["value"]),
        ("160000", {"usd_exchange_rate": "32"}, "post", []),
        ("160001", {"usd_exchange_rate": "32"}, "formal", ["value"]),
        ("160000", {}, None, []),
        ("3000", {}, "post", []),
        ("900000", {}, "formal", ["value"]),
        ("5001", {"currency": "USD", "exchange_rate": "32", "incoterm": "CIF"}, None, []),
    ],
)
def test_a_postal_parcel_is_declared_above_its_fob_value(
    price: str, more: dict[str, Any], declaration: str | None, because: list[str]
) -> None:
    result = run("post", {"price": price, "rate": "5%"}, importer="company", **more)
    assert result.complete
    assert result.regime["declaration"] == declaration
    assert result.regime["formal_because"] == because
    assert ("post_over_dollar_limit_open" in said(result)) is (declaration is None)
    assert ("post_over_dollar_limit" in said(result)) is (declaration == "formal")


@pytest.mark.parametrize(
    ("goods", "because"),
    [
        ({"price": "3000", "rate": "5%", "sample": "commercial"}, "duty_relief"),
        ({"repair_value": "3000", "repair_proof": True, "rate": "5%"}, "re_import"),
    ],
)
def test_a_postal_parcel_is_declared_for_its_nature(goods: dict[str, Any], because: str) -> None:
    assert run("post", goods).regime["formal_because"] == [because]


@pytest.mark.parametrize(
    ("importer", "price", "code"),
    [
        ("person", "20000", None),
        ("person", "20000.01", "person_needs_permit"),
        ("company", "30000", None),
    ],
)
def test_a_private_importer_needs_a_permit_above_a_value(importer: str, price: str, code: str | None) -> None:
    goods = {"price": price, "rate": "5%"}
    codes = said(run("cargo", goods, importer=importer, currency="USD", exchange_rate="32"))
    assert {c for c in codes if c.startswith("person_needs")} == ({code} if code else set())


def test_the_cap_is_read_on_the_day_before_the_allowance_rose() -> None:
    goods = {"price": "900000", "quantity": "2", "description": "presents"}
    result = run("traveller", goods, as_of="2024-06-25", usd_exchange_rate="32")
    assert [m.fact for m in result.missing] == ["import_permit"]  # 900,000 - 20,000 is over 640,000


@pytest.mark.parametrize(
    ("importer", "price", "declaration"),
    [
        ("company", "2000", "simplified"),
        ("company", "3000", "simplified"),
        ("company", "3001", "formal"),
        ("person", "2001", "formal"),
        ("person", "2000", "simplified"),
    ],
)
def test_samples_by_express_are_declared_formally_above_a_value(importer: str, price: str, declaration: str) -> None:
    result = run("express", {"price": price, "rate": "5%", "sample": True}, importer=importer)
    assert result.totals.total == 0
    assert result.regime["declaration"] == declaration


def test_the_limit_is_spread_over_several_samples_by_value() -> None:
    goods = [{"price": "10000", "rate": "10%", "sample": True}, {"price": "5000", "rate": "20%", "sample": True}]
    raw = {"route": "cargo", "freight": "0", "insurance": "0", "goods": goods}
    result = quote(read_input(TaiwanQuoteInput, raw), as_of=DAY)
    assert result.lines[0].amount == 2_000 * 10 // 100 + 1_000 * 20 // 100  # 12,000 split 8,000 and 4,000
    assert [m.fact for m in result.missing] == ["sample_business_tax_base"]


def test_a_gift_is_told_that_it_has_no_exemption() -> None:
    assert "gift_no_exemption" in said(run("express", {"price": "1500", "rate": "5%"}, gift=True))


@pytest.mark.parametrize(
    ("key", "value"), [("usd_exchange_rate", "0"), ("usd_exchange_rate", "-3"), ("transport", "rail")]
)
def test_a_wrong_fact_is_named(key: str, value: str) -> None:
    with pytest.raises(InputError, match=key):
        run("cargo", {"price": "3000", "rate": "5%"}, **{key: value})


def test_a_wrong_kind_of_sample_is_named() -> None:
    with pytest.raises(InputError, match=r"goods\.0\.sample"):
        run("cargo", {"price": "3000", "rate": "5%", "sample": "free"})


@pytest.mark.parametrize(
    ("beside", "because"),
    [({"price": "1800", "ccc_code": "1905.31.00.00-7"}, ()), ({"price": "1800", "ccc_code": "98100000100", "net_weight_kg": "2", "quota_certificate": True}, ("quota",))],
)  # fmt: skip
def test_goods_beside_alcohol_are_not_for_that_under_a_tariff_quota(
    beside: dict[str, Any], because: tuple[str, ...]
) -> None:
    whisky = {
        "price": "2400", "ccc_code": "2208.30.00.00-0", "alcohol_class": "distilled", "volume_litres": "1.4", "alcohol_percent": "40",
    }  # fmt: skip
    goods = [{**g, "country_of_origin": "JP"} for g in (whisky, beside)]
    raw = {"route": "express", "freight": "0", "insurance": "0", "goods": goods}
    assert tuple(quote(read_input(TaiwanQuoteInput, raw), as_of=DAY).regime["formal_because"]) == because
