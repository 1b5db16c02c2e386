"""The worked examples of the facts (E1 to E20), line by line with their headings, from a fresh checkout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tools.inputs import read_input
from tools.result import Result
from tools.united_states import UsQuoteInput, quote

TODAY = date(2026, 11, 21)
OCTOBER = "2026-10-05"


def made(**given: Any) -> Result:
    return quote(read_input(UsQuoteInput, given), as_of=TODAY)


def line(code: str, origin: str, value: str, **more: Any) -> dict[str, Any]:
    return {"hts_code": code, "country_of_origin": origin, "value": value} | more


SHIRT, BAG, STATUETTE, SCREW, CHAIR = "6109.10.00", "4202.22.40", "8306.29.00.00", "7318.15.80", "9401.61.6011"
#: name, input, duty lines as key heading amount, fees, total
EXAMPLES: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("E1", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(SHIRT, "TW", "10000")]},
     "section_301_forced_labor 9903.05.75 0; column_1 6109.10.00 1650.00", "mpf 34.64; hmf 12.50", "1697.14"),
    ("E1 under Section 122", {"mode": "ocean", "entry_date": "2026-03-15", "lines": [line(SHIRT, "TW", "10000")]},
     "section_122 9903.03.01 1000.00; column_1 6109.10.00 1650.00", "mpf 34.64; hmf 12.50", "2697.14"),
    ("E1 under IEEPA", {"mode": "ocean", "entry_date": "2025-09-15", "lines": [line(SHIRT, "TW", "10000")]},
     "ieepa_reciprocal 9903.02.60 2000.00; column_1 6109.10.00 1650.00", "mpf 34.64; hmf 12.50", "3697.14"),
    ("E2", {"mode": "air", "entry_date": OCTOBER, "value_basis": "cif", "freight": "800", "insurance": "50",
            "lines": [line(BAG, "TW", "10850")]},
     "section_301_forced_labor 9903.05.76 260.00; column_1 4202.22.40 740.00", "mpf 34.64", "1034.64"),
    ("E3", {"mode": "air", "entry_date": OCTOBER, "lines": [line(STATUETTE, "TW", "2000")]},
     "section_301_forced_labor 9903.05.76 200.00; column_1 8306.29.00.00 0", "mpf 2.77", "202.77"),
    ("E3 at an express facility", {"mode": "express", "entry_date": OCTOBER, "lines": [line(STATUETTE, "TW", "2000")]},
     "section_301_forced_labor 9903.05.76 200.00; column_1 8306.29.00.00 0", "mpf 1.38", "201.38"),
    ("E4", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(BAG, "CN", "50000")]},
     "section_301_china 9903.88.03 12500.00; section_301_forced_labor 9903.05.31 6250.00; column_1 4202.22.40 3700.00",
     "mpf 173.20; hmf 62.50", "22685.70"),
    ("E6, a filed entry", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line("7326.90.8688", "CN", "14172")]},
     ("section_301_china 9903.88.03 3543.00; section_301_forced_labor 9903.05.90 0; section_232 9903.82.02 7086.00; "
     "column_1 7326.90.86.88 410.99"), "mpf 49.09; hmf 17.72", "11106.80"),
    ("E7 the day before", {"mode": "air", "entry_date": "2026-07-23", "lines": [line(SHIRT, "VN", "10000")]},
     "section_122 9903.03.01 1000.00; column_1 6109.10.00 1650.00", "mpf 34.64", "2684.64"),
    ("E7 the day", {"mode": "air", "entry_date": "2026-07-24", "lines": [line(SHIRT, "VN", "10000")]},
     "section_301_forced_labor 9903.05.84 1250.00; column_1 6109.10.00 1650.00", "mpf 34.64", "2934.64"),
    ("E7 in transit", {"mode": "air", "entry_date": "2026-07-27", "loading_date": "2026-07-23",
                       "lines": [line(SHIRT, "VN", "10000")]},
     "section_301_forced_labor 9903.05.85 0; column_1 6109.10.00 1650.00", "mpf 34.64", "1684.64"),
    ("E8", {"mode": "air", "entry_date": OCTOBER, "lines": [line("7117.19.90", "JP", "4000")]},
     "section_301_forced_labor 9903.05.49 60.00; column_1 7117.19.90.00 440.00", "mpf 34.58", "534.58"),
    ("E9", {"mode": "air", "entry_date": "2025-09-15", "lines": [line(BAG, "TW", "10000")]},
     "ieepa_reciprocal 9903.02.60 2000.00; column_1 4202.22.40 740.00", "mpf 34.64", "2774.64"),
    ("E12 in May 2025", {"mode": "air", "entry_date": "2025-05-05", "lines": [line(BAG, "CN", "700")]},
     ("section_301_china 9903.88.03 175.00; ieepa_fentanyl 9903.01.24 140.00; ieepa_reciprocal 9903.01.63 875.00; "
     "column_1 4202.22.40 51.80"), "mpf 2.62", "1244.42"),
    ("E12 in September 2025", {"mode": "air", "entry_date": "2025-09-05", "lines": [line(BAG, "TW", "700")]},
     "ieepa_reciprocal 9903.02.60 140.00; column_1 4202.22.40 51.80", "mpf 2.62", "194.42"),
    ("E12 in October 2026", {"mode": "air", "entry_date": OCTOBER, "lines": [line(BAG, "TW", "700")]},
     "section_301_forced_labor 9903.05.76 18.20; column_1 4202.22.40 51.80", "mpf 2.77", "72.77"),
    ("E13", {"mode": "air", "entry_date": OCTOBER, "lines": [line("8471.30.01.00", "TW", "300000")]},
     "section_301_forced_labor 9903.05.86 0; column_1 8471.30.01.00 0", "mpf 670.86", "670.86"),
    ("E13 by ocean", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line("8471.30.01.00", "TW", "300000")]},
     "section_301_forced_labor 9903.05.86 0; column_1 8471.30.01.00 0", "mpf 670.86; hmf 375.00", "1045.86"),
    ("E14", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(SCREW, "TW", "8000")]},
     "section_301_forced_labor 9903.05.90 0; section_232 9903.82.02 4000.00; column_1 7318.15.80 680.00",
     "mpf 34.58; hmf 10.00", "4724.58"),
    ("E14 from China", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(SCREW, "CN", "8000")]},
     ("section_301_china 9903.88.03 2000.00; section_301_forced_labor 9903.05.90 0; section_232 9903.82.02 4000.00; "
     "column_1 7318.15.80 680.00"), "mpf 34.58; hmf 10.00", "6724.58"),
    ("E15", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(CHAIR, "TW", "20000")]},
     "section_301_forced_labor 9903.05.90 0; section_232 9903.76.24 3000.00; column_1 9401.61.60.11 0",
     "mpf 69.28; hmf 25.00", "3094.28"),
    ("E15 in April 2026", {"mode": "ocean", "entry_date": "2026-04-15", "lines": [line(CHAIR, "TW", "20000")]},
     "section_122 9903.03.06 0; section_232 9903.76.02 5000.00; column_1 9401.61.60.11 0", "mpf 69.28; hmf 25.00", "5094.28"),
    ("E16 pencils", {"mode": "air", "entry_date": OCTOBER,
                     "lines": [line("9609.10.00", "TW", "5000", quantities={"gross": "500"})]},
     "section_301_forced_labor 9903.05.76 215.00; column_1 9609.10.00.00 285.00", "mpf 34.58", "534.58"),
    ("E16 footwear", {"mode": "air", "entry_date": OCTOBER,
                      "lines": [line("6402.19.50", "TW", "3000", quantities={"prs.": "600"})]},
     "section_301_forced_labor 9903.05.75 0; column_1 6402.19.50 1416.00", "mpf 34.58", "1450.58"),
    ("E17 KORUS", {"mode": "air", "entry_date": OCTOBER, "lines": [line(SHIRT, "KR", "10000", program="KORUS")]},
     "section_301_forced_labor 9903.05.71 1250.00; column_1_special 6109.10.00 0", "mpf 0", "1250.00"),
    ("E17 USMCA", {"mode": "ocean", "entry_date": OCTOBER, "lines": [line(SHIRT, "MX", "10000", program="USMCA")]},
     "section_301_forced_labor 9903.05.94 0; column_1_special 6109.10.00 0", "mpf 0; hmf 12.50", "12.50"),
    ("E17 not qualifying", {"mode": "land", "entry_date": OCTOBER, "lines": [line(SHIRT, "MX", "10000")]},
     "section_301_forced_labor 9903.05.55 1000.00; column_1 6109.10.00 1650.00", "mpf 34.64", "2684.64"),
    ("E19 at the limit", {"mode": "air", "entry_date": OCTOBER, "lines": [line(STATUETTE, "TW", "2500")]},
     "section_301_forced_labor 9903.05.76 250.00; column_1 8306.29.00.00 0", "mpf 2.77", "252.77"),
    ("E19 over the limit", {"mode": "air", "entry_date": OCTOBER, "lines": [line(STATUETTE, "TW", "2501")]},
     "section_301_forced_labor 9903.05.76 250.10; column_1 8306.29.00.00 0", "mpf 34.58", "284.68"),
    ("E20", {"mode": "ocean", "entry_date": OCTOBER, "value_basis": "ddp", "freight": "400", "insurance": "20",
             "lines": [line(BAG, "TW", "5000")]},
     "section_301_forced_labor 9903.05.76 107.33; column_1 4202.22.40 305.47", "mpf 34.58; hmf 5.16", "452.54"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "duties", "fees", "total"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_worked_example(name: str, given: dict[str, Any], duties: str, fees: str, total: str) -> None:
    result = made(**given)
    assert result.complete, result.missing
    found = [(x.key, x.heading, x.amount) for x in result.lines if x.key not in ("mpf", "hmf")]
    expected = [(key, heading, Decimal(amount)) for key, heading, amount in (d.split() for d in duties.split("; "))]
    assert found == expected
    charged = [(x.key, x.amount) for x in result.lines if x.key in ("mpf", "hmf")]
    assert charged == [(key, Decimal(amount)) for key, amount in (f.split() for f in fees.split("; "))]
    assert result.totals.total == Decimal(total)


#: entry date and the total of duty, MPF and HMF of one order of Chinese T-shirts (E5)
THROUGH_TIME = {
    "2025-01-15": "2447.14", "2025-02-20": "3447.14", "2025-03-15": "4447.14", "2025-04-06": "5447.14",
    "2025-04-09": "12847.14", "2025-04-12": "16947.14", "2025-05-20": "5447.14", "2025-11-15": "4447.14",
    "2026-03-15": "3447.14", "2026-10-05": "3697.14",
}  # fmt: skip


@pytest.mark.parametrize("day", THROUGH_TIME)
def test_one_order_through_time(day: str) -> None:
    result = made(mode="ocean", entry_date=day, lines=[line(SHIRT, "CN", "10000")])
    assert (result.complete, result.totals.total) == (True, Decimal(THROUGH_TIME[day]))


def test_lines_are_rounded_to_whole_dollars_each() -> None:
    values = ("1234.49", "1234.50", "777.51")
    result = made(mode="ocean", entry_date=OCTOBER, lines=[line(STATUETTE, "TW", v) for v in values])
    bases = [x.base for x in result.lines if x.key == "column_1"]
    assert bases == [Decimal(1234), Decimal(1235), Decimal(778)]
    assert result.totals.entered_value == Decimal(3247)
    fees = {x.key: x.amount for x in result.lines if x.key in ("mpf", "hmf")}
    assert fees == {"mpf": Decimal("34.58"), "hmf": Decimal("4.06")}


#: day, method, and what a parcel from China owed (E10)
MAIL_FROM_CHINA = [
    ("2025-05-05", "ad_valorem", "144.00"),
    ("2025-05-05", "specific", "100.00"),
    ("2025-05-20", "ad_valorem", "64.80"),
    ("2025-05-20", "specific", "100.00"),
]


@pytest.mark.parametrize(("day", "method", "total"), MAIL_FROM_CHINA)
def test_mail_from_china(day: str, method: str, total: str) -> None:
    parcel = {"country_of_origin": "CN", "value": "120"}
    result = made(mode="post", entry_date=day, postal_method=method, lines=[parcel])
    assert result.totals.total == Decimal(total)
    assert [x.key for x in result.lines] == ["postal_duty"]


#: day, totals by alternative or total of a parcel of shirts from Taiwan (E11)
MAIL_FROM_TAIWAN = [
    ("2025-08-20", True, ["0.00"]),
    ("2025-09-15", False, ["12.00", "160.00"]),
    ("2026-03-10", True, ["6.00"]),
    (OCTOBER, True, ["9.90"]),
    ("2026-10-22", True, ["9.90"]),
]


@pytest.mark.parametrize(("day", "complete", "totals"), MAIL_FROM_TAIWAN)
def test_mail_from_taiwan(day: str, complete: bool, totals: list[str]) -> None:
    result = made(mode="post", entry_date=day, lines=[line(SHIRT, "TW", "60")])
    shown = [result.totals.total] if complete else [a.totals.total for a in result.alternatives]
    assert (result.complete, shown) == (complete, [Decimal(t) for t in totals])


def test_a_gift_from_taiwan_is_exempt() -> None:
    result = made(mode="post", entry_date=OCTOBER, gift=True, lines=[line(SHIRT, "TW", "60")])
    assert (result.totals.total, result.regime["name"]) == (Decimal(0), "gift")


@pytest.mark.parametrize(("day", "origin"), [("2025-04-20", "CN"), ("2025-08-20", "TW")])
def test_the_low_value_exemption_while_it_was_open(day: str, origin: str) -> None:
    result = made(mode="air", entry_date=day, lines=[line(BAG, origin, "700")])
    assert (result.totals.total, result.regime["name"]) == (Decimal(0), "de_minimis")
    assert all(x.applies == "no" and x.reason for x in result.lines)


@pytest.mark.parametrize(("origin", "code", "value", "duty"), [
    ("BR", SHIRT, "10000", "5400.00"),  # 16.5 + 25 + 12.5
    ("CN", "7326.90.8688", "14172", "11039.99"),
])  # fmt: skip
def test_anchors_of_the_stacking_matrix(origin: str, code: str, value: str, duty: str) -> None:
    result = made(mode="air", entry_date=OCTOBER, lines=[line(code, origin, value)])
    assert result.totals.duty == Decimal(duty)
