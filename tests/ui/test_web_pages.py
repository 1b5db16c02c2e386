"""Every page but the chat: opened from its address, in both languages, and what a reader does first on it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.ui.test_web import on_page
from ui.web.words import Words
from ui.web.words import texts as all_texts

Open = Callable[..., AppTest]


def metrics(page: AppTest) -> dict[str, str]:
    return {m.label: m.value.replace("\\", "") for m in page.metric}


def charts(page: AppTest) -> list[Any]:
    return page.get("vega_lite_chart")


# ------------------------------------------------------------------------------------------------- calculators

WATCH = {"tw_price": "3000", "tw_goods": "石英錶", "tw_freight": "200", "tw_insurance": "50", "tw_origin": "JP"}


def test_an_address_opens_a_calculation_in_either_language(opened: Open) -> None:
    """162 duty + 170 VAT on 3,250 (facts A): 332, landed 3,582."""
    page = opened("calculators", **WATCH)
    assert metrics(page) == {"稅費合計": "NT$332", "落地成本": "NT$3,582"}
    assert "(3,250 + 162) × 5% = 170.6 → 170" in on_page(page)
    page = opened("calculators", **WATCH, lang="en")
    assert metrics(page) == {"Duties, taxes and fees": "NT$332", "Landed cost": "NT$3,582"}
    assert not re.search("[一-鿿]", "".join(t.label for t in page.tabs))


def test_what_is_typed_is_computed_and_written_into_the_address(opened: Open) -> None:
    page = opened("calculators")
    assert not page.metric and page.info
    page.text_input(key="tw_goods").set_value("9102.11.00.00-6").run()
    page.text_input(key="tw_price").set_value("3000")
    page.text_input(key="tw_freight").set_value("200")
    page.text_input(key="tw_insurance").set_value("50").run()
    assert metrics(page)["稅費合計"] == "NT$332"
    page.segmented_control(key="tw_route").set_value("post").run()
    assert page.query_params["tw_route"] == "post"


def test_only_what_the_goods_need_is_asked_for(opened: Open) -> None:
    """Whisky 0.7 l at 43 %: 2.5 dollars a degree and litre, 43 × 2.5 × 0.7 = 75.25 (facts: alcohol tax of distilled spirits)."""
    page = opened("calculators", tw_price="1500", tw_goods="威士忌", tw_freight="0", tw_insurance="0")
    asked = {t.key for t in page.text_input}
    assert {"taiwan_quote:volume_litres", "taiwan_quote:alcohol_percent"} <= asked
    assert not any("engine_cc" in str(k) for k in asked)
    page.text_input(key="taiwan_quote:volume_litres").set_value("0.7")
    page.text_input(key="taiwan_quote:alcohol_percent").set_value("43").run()
    assert "75.25" in on_page(page)
    assert "—" not in metrics(page).values()


def test_an_open_quote_says_between_what_and_what_decides(opened: Open) -> None:
    page = opened("calculators", tw_price="1800", tw_goods="6109.10.00.00-6", tw_freight="0", tw_insurance="0")
    assert "稅費介於" in metrics(page)
    assert "由這些事實決定" in on_page(page) and "本半年度已用的免稅次數" in on_page(page)


def test_wrong_input_is_one_line_that_names_the_field(opened: Open) -> None:
    page = opened("calculators", tw_price="-5")
    (error,) = page.error
    assert error.value.startswith("貨價：") and "negative" in error.value and not page.metric and not page.info
    (error,) = opened("calculators", tw_price="-5", lang="en").error
    assert error.value.startswith("Price\\: -5")


def test_the_united_states_calculator_stacks_compares_and_draws(opened: Open) -> None:
    """Cotton T-shirts of China, 12,500 dollars by sea: 16.5 % = 2,062.50 and the duties of the day (facts E)."""
    page = opened("calculators", calc="us", us_value="12500", us_goods="6109.10.00", us_origin="CN", lang="en",
                  us_freight="400", us_insurance="20", us_day="2026-11-21")  # fmt: skip
    assert "2,062.50" in on_page(page)
    assert len(charts(page)) == 3  # waterfall, origins, dates
    body = on_page(page)
    assert "Taiwan TW" in body and "2025-02-04" in body


def test_several_goods_are_computed_together_and_each_is_asked_for_what_it_lacks(opened: Open) -> None:
    """Watch 3,000 x 5% = 150, cotton T-shirts 2,000 x 10.5% = 210, VAT (5,000 + 360) x 5% = 268 (facts A): 628."""
    shirts = {"tw_goods_2": "6109.10.00.00-6", "tw_price_2": "2000", "tw_origin_2": "VN"}
    page = opened("calculators", **WATCH | {"tw_freight": "0", "tw_insurance": "0"}, tw_lines="2", **shirts)
    assert metrics(page) == {"稅費合計": "NT$628", "落地成本": "NT$5,628"}
    assert "3,000 × 5% + 2,000 × 10.5% = 360" in on_page(page)
    page.button(key="tw_lines-add").click().run()
    assert "這一項沒有算進結果" in on_page(page) and metrics(page)["稅費合計"] == "NT$628"
    page.text_input(key="tw_goods_3").set_value("威士忌").run()
    page.text_input(key="tw_price_3").set_value("1500").run()
    asked = {str(t.key) for t in page.text_input}
    assert {"taiwan_quote#3:volume_litres", "taiwan_quote#3:alcohol_percent"} <= asked
    assert not any(key.startswith(("taiwan_quote:", "taiwan_quote#2:")) for key in asked)
    page.button(key="tw_lines-drop").click().run()
    assert metrics(page)["稅費合計"] == "NT$628" and page.query_params["tw_lines"] in ("2", ["2"])


def test_lines_of_an_entry_are_told_apart(opened: Open) -> None:
    """Rates of one's own: 12,500 x 16.5% = 2,062.50 of line 1, 1,000 x 5% = 50 of line 2."""
    page = opened("calculators", calc="us", us_value="12500", us_goods="6109.10.00", us_origin="CN", us_freight="400",
                  us_insurance="20", us_day="2026-11-21", us_lines="2", us_value_2="1000", us_rate_2="5%", us_origin_2="JP")  # fmt: skip
    rows = [row for row in on_page(page).splitlines() if row.startswith("| #")]
    assert any(row.startswith("| #1 ") and "2,062.50" in row for row in rows), rows
    assert any(row.startswith("| #2 ") and "50.00" in row for row in rows), rows


@pytest.mark.parametrize(("address", "verdict"), [
    ({"ez_n_what": "手機殼", "ez_n_amount": "500", "ez_nothing": "true"}, "沒有訂購"),
    ({"ez_n_what": "手機殼", "ez_n_amount": "500", "ez_o_what": "手機殼", "ez_o_amount": "800"}, "不符"),
    ({"ez_n_what": "手機殼", "ez_n_amount": "800", "ez_o_what": "手機殼", "ez_o_amount": "800"}, "相符"),
])  # fmt: skip
def test_a_notice_is_set_against_the_order(opened: Open, address: dict[str, str], verdict: str) -> None:
    page = opened("calculators", calc="ezway", **address)
    said = [b.value for b in (*page.error, *page.success, *page.warning)]
    assert any(verdict in s for s in said), said
    assert page.code, "the words to the seller are not there"


def test_a_file_is_computed_row_by_row() -> None:
    from ui.web.batch import computed, read_rows, written

    data = "\ufeffid,route,price,rate,freight,insurance\nA,express,3000,5%,200,50\nB,express,-1,5%,0,0\n=1+1,express,1500,,,\n"
    done = [computed(row, "tw", TODAY) for row in read_rows(data.encode(), "tw")]
    assert [(r["status"], r["total"]) for r in done] == [("done", "332"), ("error", ""), ("open", "")]
    assert "price" in done[1]["error"]
    back = list(csv.DictReader(io.StringIO(written(done).removeprefix("\ufeff"))))
    assert back[2]["id"] == "'=1+1", "a formula would run in a spreadsheet"


# ------------------------------------------------------------------------------------------------- the other pages


def test_the_tariff_is_searched_and_a_code_shown_side_by_side(opened: Open) -> None:
    page = opened("tariff", q="石英錶")
    page.button(key="hit-tw-91021100006").click().run()
    assert not page.exception
    assert "9102.11.00.00-6" in on_page(page) and "第一欄" in on_page(page)
    page = opened("tariff", code="61091000", lang="en")
    assert "16.5%" in on_page(page)


def test_goods_whose_code_is_open_are_computed_under_every_code(opened: Open) -> None:
    """Handbags: of textile 6.6 %, of leather 10 % and more; on 10,000: 660 + VAT 533 = 1,193, the lowest that can be."""
    page = opened("tariff", q="手提包", doubt_value="10000")
    (between,) = [value for label, value in metrics(page).items() if label == "稅費介於"]
    assert between.startswith("NT$1,193 – ")
    assert "稅則號別（CCC）" in on_page(page)
    assert "個號別" in on_page(page)
    assert not [e.label for e in page.expander if ".." in e.label], "a code is pointed twice"


def test_the_tree_goes_down_to_lines_and_the_rules_are_there(opened: Open) -> None:
    page = opened("tariff", section="11", chapter="61", heading="6109")
    assert any(str(b.key).startswith("row-tw-6109") for b in page.button)
    assert any(str(b.key).startswith("row-us-6109") for b in page.button)
    page = opened("tariff", view="rules", lang="en")
    assert len(page.expander) >= 6


def test_the_timeline_shows_the_law_of_a_topic(opened: Open) -> None:
    page = opened("timeline", side="us", topic="us.mpf")
    assert charts(page) and "34.58" in on_page(page)
    page.text_input(key="contains").set_value("zzz").run()
    assert not charts(page) and page.info


def test_the_library_is_searched_and_read(opened: Open) -> None:
    page = opened("library", query="台灣海關 X3 是什麼？")
    assert "X3" in on_page(page)
    page = opened("library", show="documents", doc="apec-a2c2-formal-economy", lang="en")
    assert page.subheader and "historical" in on_page(page)


def test_a_pasted_text_is_scanned_and_marked_in_place(opened: Open) -> None:
    page = opened("library", show="scan")
    page.text_area(key="pasted").set_value("臺灣海關的低價免稅門檻為新臺幣 3,000 元。<b>其他</b>").run()
    assert not page.exception
    assert "3,000" in on_page(page) and "2,000" in on_page(page)
    assert any("-background[1: " in m.value and "\\<b\\>" in m.value for m in page.markdown)


def test_the_readers_own_documents_have_a_place(opened: Open) -> None:
    page = opened("library", show="mine", lang="en")
    assert page.get("file_uploader") and "marked as a user's document" in on_page(page)


def test_the_evals_page_says_how_to_run_them(opened: Open) -> None:
    page = opened("evals", lang="en")
    assert "./customs eval run" in page.code[0].value
    assert charts(page), "the kept scores are not drawn"


# ------------------------------------------------------------------------------------------------- texts


def test_every_text_that_is_asked_for_is_there_in_both_languages(root: Path) -> None:
    asked = set()
    for file in (root / "ui/web").glob("*.py"):
        asked |= set(re.findall(r'words\("([a-z_]+\.[a-z_0-9]+)"', file.read_text("utf-8")))
    assert asked and not asked - all_texts().keys()
    for key, text in all_texts().items():
        assert text.zh_TW.strip() and text.en.strip(), key
        assert set(re.findall(r"\{\w+\}", text.zh_TW)) == set(re.findall(r"\{\w+\}", text.en)), key
        if not re.search("[一-鿿]", Words("zh-TW")(key)):
            assert text.zh_TW == text.en, key  # only names and signs are the same in both
