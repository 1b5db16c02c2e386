"""Figures and identifiers of a text: where they stand, what they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import InputError
from tools.text import find_quantities, normalise
from tools.text.dates import parse_date

PIECES = st.sampled_from(
    [
        "NT$3,000",
        "3,000 元",
        "三千元",
        "US$20",
        "20 美元",
        "¥30,000",
        "5%",
        "33 1/3%",
        "百分之五",
        "2025-03-01",
        "2025/3/1",
        "2025年3月1日",
        "民國114年3月1日",
        "March 1, 2025",
        "1 Mar 2025",
        "FY2027",
        "2027 會計年度",
        "第 7 次",
        "7th",
        "seventh",
        "6109.10.00.00-6",
        "91021100006",
        "關稅法第 49 條第 2 項",
        "19 CFR 24.23(c)",
        "EO 14324",
        "§49",
        "X3",
        "C1",
        "CBP Form 7501",
        "box 29",
        "[1]",
        "[a]",
        "https://example.org/3000",
        "2 支",
        "70 公斤",
        "30 kg",
        "三個",
        "1.5萬",
        "2k",
        "兩千三",
        "９８％",
        "½",
        "③",
    ]
)
CHARACTERS = st.text(
    alphabet="0123456789,.%$ -/年月日第條元萬千百十三二一兩€¥①③½⅛㏠％０５ＮＴabcUSDNT\u3000\u200b\n", max_size=40
)
TEXTS = st.lists(PIECES | CHARACTERS | st.text(max_size=8), max_size=6).map(" ".join) | CHARACTERS


@given(TEXTS)
def test_spans_slice_back_to_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.text
        assert found.start < found.end
        assert found.start >= end
        end = found.end


@pytest.mark.parametrize("text", ["⅛", "3⅛ 吋", "運費 5⅐ 元", "㏠", "1㏠", "⑴⑵", "㍘"])
def test_one_character_never_holds_two_figures(text: str) -> None:
    spans = [(q.start, q.end) for q in find_quantities(text)]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("text", ["5 1/0%", "33 1/0 %", "稅率是 1 0/0% 嗎"])
def test_an_impossible_fraction_is_no_crash(text: str) -> None:
    assert all(q.value is None or q.value.is_finite() for q in find_quantities(text))


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = normalise(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= at < len(text) for at in folded.offsets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "從日本買一支 3,000 元的石英錶，運費 200，快遞要繳多少稅？",
            [("count", "1"), ("money", "3000"), ("number", "200")],
        ),
        ("Is a US$600 parcel still duty free? And on 2025-03-01?", [("money", "600"), ("date", None)]),
        ("三千元、運費兩百、稅率 10.5%", [("money", "3000"), ("number", "200"), ("percent", "10.5")]),
        ("HS code 6109.10 for 3 pcs", [("code", None), ("count", "3")]),
        ("依關稅法第 49 條第 2 項", [("article", None)]),
        ("X3 不是 X4", [("class", None), ("class", None)]),
        ("清單 4A 與註 16", [("part", None), ("part", None)]),
        ("Lists 1, 2 and 3, note 52", [("part", None), ("part", None)]),
        ("a list 3.5 kg heavy", [("count", "3.5")]),
        ("一般來說，萬一被查", []),
    ],
)
def test_kinds_are_told_apart(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(q.kind, q.value) for q in find_quantities(text)]
    assert found == [(kind, None if value is None else Decimal(value)) for kind, value in expected]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("NT$3,250", "TWD", "3250"),
        ("50 million IDR", "IDR", "50000000"),
        ("500 萬印尼盾", "IDR", "5000000"),
        ("AED 500", "AED", "500"),
        ("500 Canadian dollars", "CAD", "500"),
        ("3,000 pesos", "PHP", "3000"),
        ("RM 500", "MYR", "500"),
        ("3250 元", "TWD", "3250"),
        ("US$9.35", "USD", "9.35"),
        ("9.35 美元", "USD", "9.35"),
        ("€1,200", "EUR", "1200"),
        ("30,000 日圓", "JPY", "30000"),
        ("人民幣 120", "CNY", "120"),
        ("$800", "?", "800"),
        ("US$2 million", "USD", "2000000"),
        ("3k 元", "TWD", "3000"),
        ("1.5萬元", "TWD", "15000"),
        ("33 1/3%", "percent", None),
    ],
)
def test_money_has_its_currency(text: str, unit: str, value: str | None) -> None:
    (found,) = find_quantities(text)
    assert (found.text, found.unit) == (text, unit)
    if value is not None:
        assert found.value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "2025/3/1",
        "2025.3.1",
        "2025年3月1日",
        "2025 年 3 月 1 號",
        "民國114年3月1日",
        "民國 114 年 3 月 1 日",
        "March 1, 2025",
        "Mar 1st, 2025",
        "1 March 2025",
        "1st Mar. 2025",
    ],
)
def test_spellings_of_a_day_agree(text: str) -> None:
    assert parse_date(text, "as_of") == date(2025, 3, 1)
    (found,) = find_quantities(text)
    assert (found.kind, found.day) == ("date", date(2025, 3, 1))


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "2025-03", "tomorrow", "", "20250301"]
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"as_of: .* is not a day of the calendar; accepted: a date such as"):
        parse_date(text, "as_of")


@given(st.dates(min_value=date(1999, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    assert parse_date(day.isoformat(), "as_of") == day
    assert parse_date(f"民國{day.year - 1911}年{day.month}月{day.day}日", "as_of") == day
