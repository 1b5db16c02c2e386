"""A rate is read whole or refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import OutOfScope
from tools.tariff import parse_rate_text

READ = {
    "Free": "0",
    "free": "0",
    "FREE": "0",
    " Free ": "0",
    "免稅": "0",
    "0%": "0",
    "5%": "1/20",
    "10.5%": "21/200",
    "2.5%": "1/40",
    "17.5 %": "7/40",
    "213%": "213/100",
    "100%": "1",
    "33 1/3%": "1/3",
    "66 2/3%": "2/3",
    "0.1%": "1/1000",
}
REFUSED = (
    "$1.05/kg + 2.3%",
    "See 9903.88.15",
    "從高徵收",
    "0% (PA,GT)",
    "0% (NZ,SG) 17% (PA,GT,NI,SV,HN)",
    "3.7¢/kg on drained weight",
    "NT$11.3/KGM or 15% whichever is higher",
    "NT$45/KGM",
    "NT$11.3/kg 或 15% 從高",
    "NT$750/TNE or 5% whichever is higher",
    "The duty provided in the applicable subheading + 10%",
    "The duty provided in the applicable subheading",
    "No change",
    "Free (A+,AU,BH)",
    "Free, for such temporary periods as the Secretary of the Treasury by regulation may prescribe",
    "14.27¢/ liter",
    "$3.44/doz. + 12.5%",
    "10% + 5%",
    "5% or 10%",
    "50 percent of the cost of such parts",
    "5",
    "%",
    "",
    "-5%",
    "5%5%",
    "1,000%",
    "５％",
    "5٪",
    "33 1/0%",
    "1/3%",
    "5.%",
    ".5%",
    "5 %%",
    "5%\n10%",
    "0",
    "rate",
)
#: rows that must never leave the table above, however tidy somebody wants it
UGLY = ("33 1/3%", "$1.05/kg + 2.3%", "See 9903.88.15", "從高徵收", "Free", "0% (PA,GT)", "3.7¢/kg on drained weight")


@pytest.mark.parametrize(("text", "ratio"), READ.items())
def test_a_rate_is_read_exactly(text: str, ratio: str) -> None:
    assert parse_rate_text(text).ratio == Fraction(ratio)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_ad_valorem_is_refused_whole_and_quoted(text: str) -> None:
    with pytest.raises(OutOfScope, match="is not an ad valorem rate and is not computed here") as caught:
        parse_rate_text(text)
    assert repr(text.strip()) in str(caught.value)


def test_the_ugly_rows_are_still_there() -> None:
    assert set(UGLY) <= {*READ, *REFUSED}


@given(st.decimals(min_value=0, max_value=1000, places=3))
def test_every_plain_percentage_reads_back(percent: Decimal) -> None:
    assert parse_rate_text(f"{percent:f}%").decimal == percent / 100


@given(st.text(alphabet="0123456789.%/ $¢+()PAGTkgKGMNTFree免稅", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rate = parse_rate_text(text)
    except OutOfScope:
        return
    assert rate.ratio >= 0
