"""What the tables of quotes cannot show: warnings, assumptions, odd inputs, goods the schedule does not hold."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from tools.errors import InputError, NotFound
from tools.inputs import read_input
from tools.result import Result
from tools.taiwan import TaiwanQuoteInput, quote
from tools.tariff import Schedule, TariffLine, schedule

DAY = date(2026, 11, 21)
SETTLED = {"route": "express", "freight": "0", "insurance": "0", "exempt_imports_this_half_year": 0}


def run(goods: list[dict[str, Any]], day: date = DAY, held: Schedule | None = None, **more: object) -> Result:
    return quote(read_input(TaiwanQuoteInput, SETTLED | more | {"goods": goods}), as_of=day, held=held)


def _codes(result: Result) -> set[str]:
    return {m.code for m in (*result.warnings, *result.assumptions)}


def _held(code: str, rate: str, *levies: str) -> Schedule:
    line = TariffLine.model_validate(
        {
            "code": code,
            "parent": code[:6],
            "indent": 3,
            "path": [code[:2], code[:4], code[:6]],
            "name": "goods",
            "units": ["KGM"],
            "rates": {"column_1": rate, "column_2": "", "column_3": rate},
            "levies": list(levies),
            "evidenced_on": "2025-01-01",
            "revision": "test",
        }
    )
    return Schedule(schedule("tw").revision, [line])


@pytest.mark.parametrize(
    ("code", "rate"), [("02041000002", "NT$11.3/KGM or 15% whichever is higher"), ("10061000000", "NT$45/KGM")]
)
def test_a_rate_by_weight_never_gives_a_total_without_the_weight(code: str, rate: str) -> None:
    result = run([{"price": "6000", "ccc_code": code}], held=_held(code, rate))
    assert not result.complete
    assert result.totals.total is None
    assert [m.fact for m in result.missing] == ["net_weight_kg"]


def test_a_rate_that_cannot_be_read_never_gives_a_total() -> None:
    result = run([{"price": "6000", "ccc_code": "02041000002"}], held=_held("02041000002", "see note 3"))
    assert (result.complete, result.totals.total) == (False, None)
    assert "rate_not_computed" in _codes(result)


@pytest.mark.parametrize("day", [date(2025, 12, 31), DAY])
@pytest.mark.parametrize("code", ["07032090007", "10061000000"])
def test_goods_under_a_tariff_quota_never_use_the_low_value_exemption(code: str, day: date) -> None:
    result = run([{"price": "1500", "ccc_code": code, "rate": "20%"}], day, _held(code, "20%"))
    assert result.regime.get("low_value", {}).get("exempt") is not True
    assert result.totals.total != 0


@pytest.mark.parametrize(
    ("levy", "fact"),
    [("T", "commodity_tax"), ("T*", "commodity_tax"), ("B", "alcohol_class"), ("B*", "alcohol_class"), ("C", "sticks")],
)
def test_a_line_that_owes_another_tax_never_gives_a_total_without_its_facts(levy: str, fact: str) -> None:
    result = run([{"price": "6000", "ccc_code": "61091000006"}], held=_held("61091000006", "10%", levy))
    assert not result.complete
    assert result.totals.total is None
    assert fact in [m.fact for m in result.missing]


def test_a_special_safeguard_is_told() -> None:
    result = run([{"price": "6000", "ccc_code": "61091000006"}], held=_held("61091000006", "10%", "G"))
    assert "special_safeguard_possible" in _codes(result)


@pytest.mark.parametrize("levy", ["N", "R", "R*", "S*", "D*", "Z"])
def test_a_levy_code_that_is_no_tax_changes_nothing(levy: str) -> None:
    result = run([{"price": "3000", "ccc_code": "61091000006"}], held=_held("61091000006", "5%", levy))
    assert result.totals.total == 307


def test_money_in_twd_is_not_multiplied_by_an_exchange_rate() -> None:
    raw = SETTLED | {"exchange_rate": "33", "goods": [{"price": "3000", "rate": "5%"}]}
    try:
        value = quote(read_input(TaiwanQuoteInput, raw), as_of=DAY).totals.customs_value
    except InputError:
        return  # refusing it is as good as ignoring it
    assert value == 3000


def test_the_stated_exchange_rate_is_an_assumption() -> None:
    assert "stated_exchange_rate" in _codes(run([{"price": "180", "rate": "5%"}], currency="USD", exchange_rate="33"))
    assert "stated_exchange_rate" not in _codes(run([{"price": "3000", "rate": "5%"}]))


def test_no_origin_means_column_1_and_is_said() -> None:
    assert "assumed_column_1_no_origin" in _codes(run([{"price": "3000", "rate": "5%"}]))
    assert "assumed_column_1" in _codes(run([{"price": "3000", "rate": "5%", "country_of_origin": "JP"}]))


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 1, 27), False), (date(2026, 1, 28), True), (DAY, True)])
def test_the_schedule_s_age_is_said_from_the_day_the_tariff_was_amended(day: date, warned: bool) -> None:
    assert ("schedule_vintage" in _codes(run([{"price": "3000", "ccc_code": "91021100006"}], day))) is warned
    assert "schedule_vintage" not in _codes(run([{"price": "3000", "rate": "5%"}], day))


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 9, 11), False), (date(2026, 9, 12), True)])
def test_past_the_frontier_of_the_limit_the_exemption_still_applies_with_one_warning(day: date, warned: bool) -> None:
    result = run([{"price": "1500", "rate": "5%"}], day)
    assert result.totals.total == 0
    assert [w.code for w in result.warnings].count("low_value_checked_to") == int(warned)


def test_import_regulations_of_the_line_are_a_warning() -> None:
    result = run([{"price": "3000", "ccc_code": "8517.13.00.00-5"}])
    texts = [w.text["en"] for w in result.warnings if w.code == "import_regulations"]
    assert ["602" in t for t in texts] == [True]


def test_every_line_has_its_law() -> None:
    for line in run([{"price": "3000", "ccc_code": "91021100006"}]).lines:
        assert line.legal_basis
        assert line.formula
        assert line.parameters
        assert all(p.source.citation.en and p.certainty != "expected" for p in line.parameters)


def test_every_message_renders_in_both_languages() -> None:
    results = [
        run(
            [{"price": "1500", "candidate_codes": ["61091000006", "61099020005"]}],
            exempt_imports_this_half_year=None,
            freight=None,
            insurance=None,
        ),
        run([{"price": "3000", "ccc_code": "91021100006", "rate": "10%", "country_of_origin": "JP"}]),
        run([{"price": "3000", "ccc_code": "22083000000"}]),
        run([{"price": "3000"}], currency="USD"),
        run([{"price": "3000"}], date(2017, 12, 31)),
    ]
    for result in results:
        messages = [*result.warnings, *result.assumptions, *(a.label for a in result.alternatives)]
        messages += [m for missing in result.missing for m in (missing.why, missing.effect)]
        for message in messages:
            assert all("{" not in text and text for text in message.text.values())


def test_a_code_that_is_not_held_names_its_neighbours() -> None:
    with pytest.raises(NotFound, match=r"9102\.11\.00\.00-6"):
        run([{"price": "3000", "ccc_code": "9102.99.00.00-1"}])


@pytest.mark.parametrize("digit", ["0", "1", "2", "3", "4", "5", "7", "8", "9"])
def test_a_wrong_check_digit_is_named_with_the_right_one(digit: str) -> None:
    with pytest.raises(InputError, match=r"ccc_code: .*check digit 6"):
        run([{"price": "3000", "ccc_code": f"9102110000{digit}"}])


def test_the_id_is_echoed_or_made_from_the_receipt() -> None:
    assert run([{"price": "3000", "rate": "5%"}], id="mine").id == "mine"
    result = run([{"price": "3000", "rate": "5%"}])
    assert result.id == f"tw-{result.receipt.removeprefix('sha256:')[:12]}"


def test_spellings_of_one_amount_share_a_receipt() -> None:
    spelt = ["3000", "3,000", "三千", "3千", "３０００", 3000]
    assert len({run([{"price": s, "rate": "5%"}]).receipt for s in spelt}) == 1


@pytest.mark.parametrize(
    ("goods", "key", "end"),
    [
        (
            {"price": "1500", "ccc_code": "22083000000", "volume_litres": "0.7", "alcohol_percent": "40"},
            "alcohol_tax",
            " = 70",
        ),
        (
            {"price": "1500", "ccc_code": "22083000000", "volume_litres": "0.7", "alcohol_percent": "43"},
            "alcohol_tax",
            " = 75.25 → 75",
        ),
        ({"price": "3000", "rate": "5%"}, "duty", " = 150"),
        ({"price": "3001", "rate": "5%"}, "duty", " = 150.05 → 150"),
        ({"price": "3000", "rate": "33 1/3%"}, "duty", " = 1,000"),
    ],
)
def test_a_formula_ends_with_its_exact_product_and_what_truncation_makes_of_it(
    goods: dict[str, str], key: str, end: str
) -> None:
    raw = {"route": "express", "freight": "0", "insurance": "0", "goods": [goods]}
    result = quote(read_input(TaiwanQuoteInput, raw), as_of=date(2026, 11, 21))
    assert next(line for line in result.lines if line.key == key).formula.endswith(end)


def test_the_receipt_is_of_the_one_spelling_of_its_payload() -> None:
    raw = {"route": "express", "goods": [{"price": "1500", "candidate_codes": ["61091000006", "61099020005"]}]}
    result = quote(read_input(TaiwanQuoteInput, raw), as_of=date(2026, 11, 21))
    spelt = json.dumps(result.receipt_payload(), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    digest = hashlib.sha256(spelt.encode()).hexdigest()
    assert result.receipt == f"sha256:{digest}"


def test_goods_that_differ_only_in_price_or_spelling_do_not_share_words() -> None:
    def formula(litres: str, price: str) -> str:
        goods = {"price": price, "ccc_code": "22083000000", "volume_litres": litres, "alcohol_percent": "43"}
        raw = {"route": "express", "freight": "0", "insurance": "0", "goods": [goods]}
        result = quote(read_input(TaiwanQuoteInput, raw), as_of=date(2026, 11, 21))
        return next(line for line in result.lines if line.key == "alcohol_tax").formula

    assert "0.7 L" in formula("0.7", "1500")
    assert "1.4 L" in formula("1.4", "1500")
    assert "0.7 L" in formula("0.70", "2500")
