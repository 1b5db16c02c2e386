"""What a United States quote says beside its figures: what is missing, assumed and warned of; bad input; replaying."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.errors import InputError
from tools.inputs import read_input
from tools.result import Result, without_texts
from tools.united_states import UsQuoteInput, quote

TODAY = date(2026, 11, 21)
OCTOBER = "2026-10-05"


def made(
    code: str | None = "61091000", origin: str = "TW", value: str = "10000", day: str = OCTOBER, **more: Any
) -> Result:
    goods = {"country_of_origin": origin, "value": value} | ({"hts_code": code} if code else {}) | more.pop("line", {})
    return quote(read_input(UsQuoteInput, {"mode": "air", "entry_date": day, "lines": [goods]} | more), as_of=TODAY)


def codes(result: Result) -> set[str]:
    return {m.code for m in (*result.warnings, *result.assumptions)}


#: what brings a message in, and what leaves it out
MESSAGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("us_checked_to", {"day": "2026-11-01"}, {"day": "2026-10-10"}),
    ("us_scheduled", {"day": "2027-01-01"}, {"day": "2026-11-21"}),
    ("us_foreign_importer", {"importer_of_record": "foreign"}, {}),
    ("us_freight_not_dutiable", {"freight": "800"}, {}),
    ("us_rate_stated", {"line": {"general_rate": "16.5%"}}, {}),
    ("us_rate_clash", {"line": {"general_rate": "5%"}}, {"line": {"general_rate": "16.5%"}}),
    ("us_no_list_assumed", {"code": None, "line": {"general_rate": "5%"}}, {"line": {"general_rate": "5%"}}),
    ("us_programme_lapsed", {"origin": "TH", "line": {"program": "GSP"}}, {"origin": "TH"}),
    ("us_heading_not_applied", {"line": {"chapter_99": ["9903.05.93"]}}, {"line": {"chapter_99": ["9903.05.75"]}}),
    ("us_exclusion_possible", {"code": "7326908688", "origin": "CN"}, {"code": "7326908688", "origin": "TW"}),
    ("us_exclusion_ended", {"code": "7326908688", "origin": "CN", "day": "2026-11-10"}, {"code": "7326908688", "origin": "CN"}),
    ("us_mail_no_worksheet", {"mode": "post", "value": "60", "day": "2026-10-22"}, {"mode": "post", "value": "60"}),
    ("us_weak_source", {"origin": "CA", "day": "2026-09-01"}, {"origin": "CA", "day": "2026-08-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "on", "off"), MESSAGES, ids=[m[0] for m in MESSAGES])
def test_a_message_is_said_where_it_matters(code: str, on: dict[str, Any], off: dict[str, Any]) -> None:
    assert code in codes(made(**on))
    assert code not in codes(made(**off))


def test_antidumping_is_flagged_and_never_computed() -> None:
    result = made("73181580", line={"facts": {"ad_cvd": True}})
    assert "us_antidumping" in codes(result)
    assert result.regime["entry_type"] == "03"
    assert not [x for x in result.lines if "dumping" in x.key]


#: input that is refused: the field named, and what would be accepted
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"line": {"facts": {"steel_valu": "5"}}}, "steel_valu"),
    ({"line": {"facts": {"steel_value": "-5"}}}, "steel_value"),
    ({"line": {"facts": {"civil_aircraft": "yes"}}}, "civil_aircraft"),
    ({"line": {"general_rate": " "}}, "general_rate"),
    ({"line": {"chapter_99": ["6109.10.00"]}}, "chapter_99"),
    ({"line": {"program": "KORUS"}}, "program.*KR"),
    ({"origin": "KR", "code": "83062900", "line": {"program": "KORUS"}}, "program"),
    ({"exchange_rate": "1.2"}, "exchange_rate"),
    ({"value_basis": "cif", "freight": "9000", "insurance": "1000"}, "freight"),
    ({"value": "9" * 18}, "value"),
    ({"day": "2017-12-31"}, "entry_date.*2018-01-01"),
    ({"entry_type": "1"}, "entry_type"),
]


@pytest.mark.parametrize(("given", "field"), REFUSED, ids=[f"{n}-{r[1]}" for n, r in enumerate(REFUSED)])
def test_bad_input_is_named_in_one_line(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=field) as refused:
        made(**given)
    assert "\n" not in str(refused.value)
    assert "accepted" in str(refused.value)


def test_a_currency_without_its_rate_is_asked_for() -> None:
    result = made(currency="TWD", value="320000")
    assert (result.complete, [m.fact for m in result.missing]) == (False, ["exchange_rate"])
    # 320,000 at 0.0315 is 10,080 dollars; 16.5 % of it 1,663.20; the fee 34.92
    paid = made(currency="TWD", value="320000", exchange_rate="0.0315")
    assert paid.totals.total == Decimal("1698.12")


@pytest.mark.parametrize(("told", "duty"), [
    (True, "5290.00"), ("9903.88.69", "5290.00"), (False, "7790.00"), ("no", "7790.00"),
])  # fmt: skip
def test_an_exclusion_is_declared_by_yes_or_by_its_text(told: bool | str, duty: str) -> None:
    # 10,000: 2.9 % is 290, Section 232 5,000, and the China list 2,500 unless it is excluded
    result = made("7326908688", "CN", line={"facts": {"exclusion": told}})
    assert result.totals.duty == Decimal(duty)


def test_united_states_content_is_named_and_not_computed() -> None:
    result = made("61091000", "VN", day="2025-09-15", line={"facts": {"us_content": "0.25"}})
    assert [m.fact for m in result.missing] == ["us.not_held.us_content"]
    assert made("61091000", "VN", day="2025-09-15", line={"facts": {"us_content": "0"}}).complete


def test_a_retired_or_unknown_code_is_named_and_gives_no_total() -> None:
    for code in ("62034240", "77010000", "61091099"):
        result = made(code)
        assert [m.fact for m in result.missing] == ["hts_code"]
        assert result.totals.total is None
        assert result.missing[0].why.text["en"] != result.missing[0].why.text["zh-TW"]


def test_an_open_list_gives_a_range_and_both_answers() -> None:
    result = made("48202000", "CN", line={"general_rate": "5.3%"})
    assert not result.complete
    assert any(m.fact.startswith("list_membership.section_301_china") for m in result.missing)
    assert result.range is not None and result.range.high is not None and result.range.low is not None
    shown = [a.totals.total for a in result.alternatives if a.totals.total is not None]
    assert (min(shown), max(shown)) == (result.range.low, result.range.high)
    assert {x.key for x in result.lines if x.applies == "if"} == {"section_301_china"}


def test_a_missing_quantity_leaves_the_floor_as_the_least() -> None:
    # the floor of 10 % guarantees 500.00; MPF at its minimum 34.58
    result = made("96091000", value="5000")
    assert [m.fact for m in result.missing] == ["quantities.gross"]
    assert result.range is not None
    assert (result.range.low, result.range.high) == (Decimal("534.58"), None)


def test_metal_content_splits_the_value_before_the_restructuring() -> None:
    # 4,000 of steel at 50 %, the other 6,000 at Taiwan's 20 %, column 1 2.9 % of all: 2,000 + 1,200 + 290
    split = made("7326908676", day="2025-09-15", line={"facts": {"steel_value": "4000"}})
    assert split.totals.duty == Decimal("3490.00")
    # the same in Taiwan dollars at 0.03125: 320,000 and 128,000
    abroad = made("7326908676", value="320000", day="2025-09-15", currency="TWD", exchange_rate="0.03125",
                  line={"facts": {"steel_value": "128000"}})  # fmt: skip
    assert abroad.totals.duty == split.totals.duty
    undeclared = made("7326908676", day="2025-09-15")
    assert undeclared.range is not None
    # nothing of metal: 2,000 + 290; all of it: 5,000 + 290; the fee 34.64
    assert (undeclared.range.low, undeclared.range.high) == (Decimal("2324.64"), Decimal("5324.64"))


def test_a_quote_is_computed_again_from_what_it_recorded() -> None:
    for result in (made(), made("73269086"), made(mode="post", value="60", day="2025-09-15")):
        again = quote(read_input(UsQuoteInput, result.input), as_of=result.as_of)
        assert (again.receipt, again.id) == (result.receipt, result.id)
        recorded = Result.model_validate(without_texts(result.model_dump(mode="json")))
        assert recorded.sealed().receipt == result.receipt


@pytest.mark.parametrize(
    ("codes", "quoted", "total"),
    [  # 8306.29 is not divided: 10% floor on goods of Taiwan, and the minimum fee
        (["8306.29"], ["83062900"], "1034.64"),
        (["8306.29", "42022240"], ["83062900", "42022240"], "1034.64"),
    ],
)
def test_a_subheading_stands_for_its_tariff_lines(codes: list[str], quoted: list[str], total: str) -> None:
    result = made(None, line={"candidate_codes": codes})
    assert (result.complete, result.totals.total) == (True, Decimal(total))
    assert result.input["lines"][0]["candidate_codes"] == quoted


def test_a_subheading_is_refused_where_not_all_its_lines_are_held() -> None:
    with pytest.raises(InputError, match=r"lines\.0\.candidate_codes.*4202\.22\.40"):
        made(None, line={"candidate_codes": ["4202.22"]})
