"""Codes: spellings, and which slips of the pen the check digit catches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import InputError
from tools.tariff import CccCode
from tools.tariff.codes import ccc_check_digit, compact

TEN = st.text(alphabet="0123456789", min_size=10, max_size=10)
CODES = TEN.map(lambda ten: ten + ccc_check_digit(ten))


@given(CODES)
def test_a_code_reads_back_from_its_spelling(digits: str) -> None:
    code = CccCode(digits)
    assert CccCode.parse(str(code)) == code == CccCode.parse(digits)
    assert compact(str(code)) == digits
    assert str(CccCode.parse(str(code))) == str(code)


@given(CODES)
def test_every_slip_in_one_digit_is_caught_where_it_can_be(digits: str) -> None:
    missed = []
    for at, right in enumerate(digits):
        for wrong in "0123456789".replace(right, ""):
            slip = digits[:at] + wrong + digits[at + 1 :]
            # the first digit is doubled plainly, so two digits five apart weigh the same there: the one blind spot
            blind = at == 0 and abs(int(wrong) - int(right)) == 5
            try:
                CccCode.parse(slip)
            except InputError:
                assert not blind
            else:
                missed += [] if blind else [(at, wrong)]
    assert not missed


@pytest.mark.parametrize(
    "code",
    ["8517.13.00.00-5", "6109.10.00.00-6", "8507.60.00.10-7", "9102.11.00.00-6", "2208.30.00.00-0", "9899.00.00.00-6"],
)
def test_codes_printed_in_the_facts(code: str) -> None:
    assert str(CccCode.parse(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6109",
        "610910",
        "6109.10.00",
        "6109.10.00.00",
        "6109.10.00.00-66",
        "6109.10.00.00-X",
        "shirt",
        "６１０９１０００００６",
        "6109/10/00/00-6",
        "61091000006 0",
    ],
)
def test_what_is_no_code_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        CccCode.parse(text, "ccc_code")
    assert str(caught.value).startswith("ccc_code: ")
    assert "11 digits such as 9102.11.00.00-6" in str(caught.value)


def test_a_wrong_check_digit_names_the_right_one() -> None:
    with pytest.raises(InputError, match=r"goods: '6109\.10\.00\.00-7' has check digit 7; accepted: check digit 6"):
        CccCode.parse("6109.10.00.00-7", "goods")
