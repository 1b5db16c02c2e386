"""One number is one number, however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import InputError
from tools.text import find_quantities, parse_amount, to_traditional
from tools.text.numerals import is_chinese_numeral, read_numeral
from tools.text.quantities import parse_rate

PLAIN, FORMAL = "零一二三四五六七八九", "零壹貳參肆伍陸柒捌玖"
PLAIN_UNITS, FORMAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
NUMBERS = st.integers(0, 9_999) | st.integers(0, 99_999_999)


def in_chinese(number: int, digits: str = PLAIN, units: tuple[str, ...] = PLAIN_UNITS) -> str:
    """A whole number below 100 million as it is read aloud; written here, apart from the code under test."""
    if number == 0:
        return digits[0]
    high, low = divmod(number, 10_000)
    text = f"{_under_10_000(high, digits, units)}萬" if high else ""
    if high and 0 < low < 1_000:
        text += digits[0]
    return text + (_under_10_000(low, digits, units) if low else "")


def _under_10_000(number: int, digits: str, units: tuple[str, ...]) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + units[power]
        gap = digit == 0
    return text


@given(NUMBERS)
def test_spellings_of_a_number_agree(number: int) -> None:
    chinese = in_chinese(number)
    spelt = [str(number), f"{number:,}", f"{number:,}".translate(WIDE), chinese]
    assert [parse_amount(text, "price") for text in spelt] == [Decimal(number)] * len(spelt)
    assert is_chinese_numeral(chinese)


@given(NUMBERS)
def test_the_numerals_of_cheques_agree(number: int) -> None:
    assert parse_amount(in_chinese(number, FORMAL, FORMAL_UNITS), "price") == number


@given(st.integers(1, 9_999), st.integers(0, 9))
def test_ten_thousands_with_an_arabic_mantissa(whole: int, tenth: int) -> None:
    assert read_numeral(f"{whole}.{tenth}萬") == Decimal(whole * 10_000 + tenth * 1_000)
    assert read_numeral(f"{whole} 萬") == Decimal(whole * 10_000)


@given(st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_decimals_are_read_exactly(amount: Decimal) -> None:
    assert parse_amount(f"{amount:f}", "price") == amount
    assert parse_amount(f"{amount:,f}", "price") == amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("兩千", "2000"),
        ("二千", "2000"),
        ("兩千三百", "2300"),
        ("三千五", "3500"),
        ("3千5", "3500"),
        ("3千5百", "3500"),
        ("一萬二", "12000"),
        ("1萬2千", "12000"),
        ("十五", "15"),
        ("一十五", "15"),
        ("十五萬", "150000"),
        ("五百零一", "501"),
        ("一百七十", "170"),
        ("參佰", "300"),
        ("貳仟", "2000"),
        ("〇", "0"),
        ("1.5萬", "15000"),
        ("2.25億", "225000000"),
        ("3,00", None),
        ("1,2,3", None),
        ("", None),
        ("abc", None),
        ("1 000", "1000"),
        ("0.1", "0.1"),
        ("１２．５", "12.5"),
    ],
)
def test_spellings_people_use(text: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(InputError, match="is not an amount"):
            parse_amount(text, "price")
    else:
        assert parse_amount(text, "price") == Decimal(value)


@given(NUMBERS.filter(lambda n: n >= 10))
def test_a_question_gives_the_same_figure_in_either_spelling(number: int) -> None:
    values = {
        (q.value, q.unit)
        for text in (f"{number} 元", f"{number:,} 元", f"{in_chinese(number)}元", f"NT${number:,}")
        for q in find_quantities(text)
    }
    assert values == {(Decimal(number), "TWD")}


@pytest.mark.parametrize("text", ["5%", "5 %", "５％", "5.0%", "0.05", ".05", "0.050"])
def test_spellings_of_a_rate_agree(text: str) -> None:
    assert parse_rate(text, "rate") == Decimal("0.05")


@given(st.integers(0, 10_000))
def test_a_rate_as_percentage_and_as_ratio_agree(hundredths: int) -> None:
    percentage = Decimal(hundredths) / 100
    ratio = Decimal(hundredths) / 10_000
    assert parse_rate(f"{percentage:f}%", "rate") == ratio
    if 0 < ratio < 1:
        assert parse_rate(f"{ratio:f}", "rate") == ratio


@pytest.mark.parametrize(
    "text", ["5", "1.5", "five", "", "-5%", "5%%", "1001%", "5% + 1", "0% (PA,GT)", "33 1/0%", True]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="rate"):
        parse_rate(text, "rate")


@pytest.mark.parametrize(
    ("simplified", "traditional"), [("关税", "關稅"), ("运费", "運費"), ("台灣", "台灣"), ("面膜", "面膜")]
)
def test_simplified_is_written_the_taiwanese_way(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional
