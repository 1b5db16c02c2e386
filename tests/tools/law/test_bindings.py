"""Figures bound to law inside a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.law.files import store
from tools.errors import DataError, NotFound
from tools.law import law
from tools.law.bindings import bindings, render

DAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("{{ zz.fee.minimum }}", "33.10 美元", "US$33.10"),
        ("{{zz.fee.minimum}}", "33.10 美元", "US$33.10"),
        ("{{ zz.fee.minimum @ 2020-03-01 }}", "25 美元", "US$25"),
        ("{{ zz.fee.minimum @ 2028-01-01 }}", "34.58 美元", "US$34.58"),
        ("{{ zz.fee.minimum | since }}", "2024年10月1日", "October 1, 2024"),
        ("{{ zz.fee.minimum | until }}", "2026年9月30日", "September 30, 2026"),
        ("{{ zz.fee.minimum @ 2027-01-01 | until }}", "尚無終止日", "open"),
        ("{{ zz.fee.minimum @ 2027-01-01 | since }}", "2027年1月1日", "January 1, 2027"),
        ("{{ zz.fee.minimum @ 2020-03-01 | citation }}", "範例法第七條", "Example Act art. 7"),
        ("{{ zz.fee.minimum @ 2026-12-31 }}", "（該日未收錄）", "(not held for that day)"),
        ("{{ zz.fee.codes }}", "2203、22071090", "2203, 22071090"),
        ("no binding, no { brace }", "no binding, no { brace }", "no binding, no { brace }"),
    ],
)
def test_a_binding_is_written_out_for_the_day(tmp_path: Path, text: str, zh: str, en: str) -> None:
    held = store(tmp_path)
    assert render(text, held, DAY, "zh-TW")[0] == zh
    assert render(text, held, DAY, "en")[0] == en


def test_each_figure_says_where_it_stands_and_what_it_was_read_from(tmp_path: Path) -> None:
    text = "從 {{ zz.fee.minimum @ 2020-03-01 }} 調為 {{ zz.fee.minimum }}。"
    shown, bound = render(text, store(tmp_path), DAY, "zh-TW")
    assert shown == "從 25 美元調為 33.10 美元。"
    assert [shown[b.start : b.end] for b in bound] == ["25 美元", "33.10 美元"] == [b.text for b in bound]
    assert [(b.id, b.unit, b.pinned) for b in bound] == [
        ("zz.fee.minimum", "USD", True),
        ("zz.fee.minimum", "USD", False),
    ]
    assert [str(b.value.number) for b in bound if b.value] == ["25", "33.10"]


def test_a_scoped_figure_is_read_for_the_shipment(tmp_path: Path) -> None:
    held = store(tmp_path)
    assert render("{{ zz.fee.open }}", held, DAY, "en", origin="TW")[0] == "yes"
    assert render("{{ zz.fee.open }}", held, DAY, "en", origin="CN", mode="air")[0] == "no"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ zz.fee.open for TW }}", "yes"),
        ("{{ zz.fee.open for CN by air }}", "no"),
        ("{{ zz.fee.open for TW @ 2025-01-01 }}", "yes"),
    ],
)
def test_a_scoped_figure_may_be_bound_for_one_origin_and_mode(tmp_path: Path, text: str, shown: str) -> None:
    held = store(tmp_path)
    assert render(text, held, DAY, "en")[0] == shown
    assert render(text, held, DAY, "en", origin="JP", mode="sea")[0] == shown, "the text's own scope goes first"


@pytest.mark.parametrize("name", ["zz.fee.maximum", "zz.toll.minimum", "zz.fee"])
def test_an_unknown_parameter_is_an_error_not_a_gap(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        render(f"{{{{ {name} }}}}", store(tmp_path), DAY, "en")


@pytest.mark.parametrize(
    "text",
    [
        "{{ }}",
        "{{ zz.fee.minimum",
        "{{ ZZ.Fee.minimum }}",
        "{{ zz.fee.minimum | from }}",
        "{{ zz.fee.minimum @ today }}",
        "{{ zz.fee.minimum for Taiwan }}",
        "{{ zz.fee.minimum by }}",
        "{{ zz.fee.minimum @ 2025-1-1 }}",
        "{{ zz.fee.minimum }} and {{ }}",
    ],
)
def test_what_is_no_binding_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="unreadable binding"):
        bindings(text)


def test_a_pinned_day_that_is_none_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        render("{{ zz.fee.minimum @ 2025-02-30 }}", store(tmp_path), DAY, "en")


@given(st.dates(min_value=date(2018, 1, 1), max_value=date(2027, 9, 30)))
def test_a_brief_never_contradicts_the_calculator(day: date) -> None:
    shown, (bound,) = render("{{ us.mpf.minimum }}", law(), day, "en")
    assert shown == f"US${law().number('us.mpf.minimum', day):.2f}"
    assert bound.value is law().value("us.mpf.minimum", day)
