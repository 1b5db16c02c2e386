"""The page for papers: a bill checked with its letter, a box looked up, an entry filled in and checked, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_web import on_page
from ui.web.words import Words

Open = Callable[..., AppTest]
HANDBAGS = {
    "bill_side": "us", "bill_us_goods": "42022240", "bill_us_value": "700", "bill_us_origin": "TW", "bill_us_day": "2026-10-05",
}  # fmt: skip
BILL = "Duty 314.30\nMerchandise Processing Fee 1.38\nDisbursement Fee 15.00\nTotal 330.68"


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_pasted_bill_is_explained_with_a_letter(opened: Open, lang: str) -> None:
    page = opened("papers", lang=lang, **HANDBAGS)
    page.text_area[0].set_value(BILL).run()
    assert not page.exception, page.exception[0].stack_trace
    assert "244.30" in page.warning[0].value
    assert "sha256:" in "".join(block.value for block in page.code)
    assert len(page.code) == 2


def test_a_right_bill_is_accused_of_nothing(opened: Open) -> None:
    page = opened("papers", lang="en", **HANDBAGS)
    page.text_area[0].set_value("Duty 70.00\nMPF 1.38\nBrokerage 20.00\n").run()
    assert page.success
    assert not page.error
    assert not page.code


def test_a_box_is_looked_up(opened: Open) -> None:
    assert "第 37 欄" in on_page(opened("papers", paper="form", form_box="21", form_numbering="guide"))


def test_an_example_is_filled_in_and_its_slip_found(opened: Open) -> None:
    page = opened("papers", lang="en", paper="form", form_part="check")
    assert page.info[0].value == Words("en")("paper.begin_entry")
    page.button(key="form_example").click().run()
    assert not page.exception, page.exception[0].stack_trace
    assert any("entry_number" in e.value for e in page.error)
    page.text_input(key="f_entry_number").set_value("ABC-1234567-6").run()
    assert page.success


def test_wrong_input_is_told_in_a_line(opened: Open) -> None:
    page = opened("papers", lang="en", paper="form", form_box="A9")
    assert not page.exception
    page = opened("papers", lang="en", **{**HANDBAGS, "bill_us_value": "-5"})
    page.text_area[0].set_value(BILL).run()
    assert "accepted" in page.error[0].value
