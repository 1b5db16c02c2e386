"""Goods that may not come in, contradictions that are named, and rates another rule decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.tools.taiwan.official_lines import whole_schedule
from tools.errors import InputError
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote

DAY = date(2026, 11, 21)
KNOWN = {"route": "cargo", "freight": "0", "insurance": "0"}


def run(goods: dict[str, Any], day: date = DAY, **more: object) -> Result:
    raw = KNOWN | more | {"goods": [{"price": "10000", **goods}]}
    return quote(read_input(TaiwanQuoteInput, raw), as_of=day, held=whole_schedule())


def codes(result: Result) -> set[str]:
    return {m.code for m in (*result.warnings, *result.assumptions)}


@pytest.mark.parametrize(
    ("goods", "route", "stop"),
    [
        ({"ccc_code": "85434000108", "country_of_origin": "JP"}, "express", "stop_ecigarettes"),
        ({"description": "電子煙主機", "rate": "4.5%"}, "express", "stop_ecigarettes"),
        ({"ccc_code": "02044200004", "country_of_origin": "AU", "net_weight_kg": "5"}, "post", "stop_meat_by_post"),
        ({"ccc_code": "09021000007", "country_of_origin": "CN"}, "express", "stop_china"),
    ],
)
def test_what_may_not_come_in_gets_no_figure(goods: dict[str, Any], route: str, stop: str) -> None:
    result = run(goods, route=route)
    assert not result.complete
    assert (result.totals.total, result.range, result.lines) == (None, None, ())
    assert [s["code"] for s in result.regime["hard_stops"]] == [stop]
    assert [m.fact for m in result.missing] == ["import_permitted"]
    assert stop in codes(result)


def test_the_same_goods_otherwise_may() -> None:
    assert run({"ccc_code": "02044200004", "country_of_origin": "AU", "net_weight_kg": "5"}).complete
    assert run({"ccc_code": "09021000007", "country_of_origin": "JP"}).complete


@pytest.mark.parametrize(
    ("day", "total", "warned"),
    [
        (date(2026, 9, 30), 0, "provisional_rate_applied"),
        (date(2026, 10, 1), 1182, "provisional_rate_unknown"),  # 650 + floor(10,650 x 5%)
    ],
)
def test_a_temporary_cut_ends_on_its_day(day: date, total: int, warned: str) -> None:
    result = run({"ccc_code": "10019900900", "country_of_origin": "US"}, day)
    assert result.complete
    assert result.totals.total == total
    assert warned in codes(result)


def test_frozen_beef_at_half_the_duty_while_the_cut_lasts() -> None:
    goods = {"ccc_code": "02023090902", "country_of_origin": "US", "net_weight_kg": "100"}
    assert [run(goods, date(2026, 9, 30)).totals.duty, run(goods).totals.duty] == [500, 1000]


def test_a_hybrid_is_shown_with_and_without_the_standard() -> None:
    car = {"price": "1000000", "rate": "17.5%", "commodity_tax": "car", "engine_cc": "1800", "powertrain": "hybrid"}
    result = run(car)
    assert [m.fact for m in result.missing] == ["meets_hybrid_standard"]
    assert len(result.alternatives) == 2
    assert run(car | {"meets_hybrid_standard": True}).lines[1].amount == 146_875  # 1,175,000 x 12.5%
    assert run(car | {"meets_hybrid_standard": False}).lines[1].amount == 293_750


@pytest.mark.parametrize(("kw", "amount"), [("155", 118_750), ("156", 142_500)])
def test_an_electric_car_by_its_motor(kw: str, amount: int) -> None:
    goods = {"price": "2000000", "rate": "17.5%", "commodity_tax": "car", "powertrain": "electric", "motor_kw": kw}
    assert run(goods).lines[1].amount == amount  # (2,350,000 - 1,400,000) x 12.5% or 15%


@pytest.mark.parametrize(
    ("goods", "field"),
    [
        ({"rate": "5%", "commodity_tax": "car", "engine_cc": "1800", "seats": 12}, "seats"),
        ({"rate": "5%", "commodity_tax": "oil:whale"}, "commodity_tax"),
        ({"rate": "5%", "quantity": "0"}, "quantity"),
        ({"rate": "5%", "repair_value": "10", "repair_proof": True, "export_date": "2026-12-24"}, "export_date"),
    ],
)
def test_facts_that_contradict_each_other_are_named(goods: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=field):
        run(goods)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"deductions": [{"kind": "freight", "amount": "10"}]}, "deductions.0.kind"),
        ({"deductions": [{"kind": "installation", "amount": "99999"}]}, "deductions"),
        ({"incoterm": "XYZ"}, "incoterm"),
        ({"traveller": {"age": 30}}, "traveller"),
    ],
)
def test_what_the_value_cannot_take_is_named(more: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=f"^{field}: "):
        run({"rate": "5%"}, **more)


def test_additions_and_deductions_move_the_value() -> None:
    result = run(
        {"rate": "5%"},
        additions=[{"kind": "royalties", "amount": "500"}, {"kind": "buying_commission", "amount": "300"}],
        deductions=[{"kind": "installation", "amount": "200"}],
    )
    assert result.totals.customs_value == 10_300
    assert "buying_commission_not_added" in codes(result)


def test_the_agency_behind_a_regulation_code_is_named() -> None:
    result = run({"ccc_code": "85171300005", "country_of_origin": "US"})
    text = next(w for w in result.warnings if w.code == "import_regulations").text
    assert "國家通訊傳播委員會" in text["zh-TW"]
    assert "National Communications Commission" in text["en"]


def test_proof_of_origin_that_would_help_is_told() -> None:
    result = run({"ccc_code": "85076000107", "country_of_origin": "CN"})
    assert result.totals.duty == 250
    assert "preference_with_proof" in codes(result)
    assert run({"ccc_code": "85076000107", "country_of_origin": "CN", "preference_proof": True}).totals.duty == 0


@pytest.mark.parametrize("origin", ["NI", "SV", "HN"])
def test_origins_no_longer_preferred_pay_column_1_and_are_told(origin: str) -> None:
    result = run({"ccc_code": "85076000107", "country_of_origin": origin, "preference_proof": True})
    assert result.totals.duty == 250
    assert "preference_not_granted" in codes(result)
