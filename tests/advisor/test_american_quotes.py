"""Goods told in words that the US schedule splits: every code computed, and what was assumed is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from advisor import Advisor
from advisor.settings import Settings
from corpus import Library

DAY = date(2026, 11, 27)


@pytest.fixture
def offline(settings: Settings, library: Library) -> Advisor:
    return Advisor(settings, library=library)


@pytest.mark.parametrize(
    ("question", "figures"),
    [  # 5000 and 4680 are 8,000 × 50 % plus 12.5 % and 8.5 %; 2740 and 3760 are 10,000 × 20 % plus 7.4 % and 17.6 %
        ("台灣製鋼鐵螺絲海運賣到美國，8,000 美元，關稅多少？", ("4,000", "4,680", "5,000", "4,724.58", "7318.15.80")),
        (
            "Textile handbags made in Taiwan, by air to the US, $10,000, entered 2025-09-15: duty?",
            ("2,740", "3,760", "2,774.64", "4202.22.40"),
        ),
        ("Upholstered wooden chairs made in Taiwan by sea to the US, $20,000: duty?", ("3,094.28", "9903.76.24")),
    ],
)
def test_goods_under_several_codes_are_told_with_each(
    offline: Advisor, question: str, figures: tuple[str, ...]
) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert not [f for f in figures if f not in answer.answer]
    assert re.search("反傾銷|antidumping", answer.answer)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("A $7,000 laptop to the US by air, how much duty?", "made in Taiwan"),
        ("空運 7,000 美元的筆電到美國要繳多少？", "先當臺灣製造計算"),
        ("Laptops shipped from Vietnam to the US by air, $7,000: duty?", "the place of dispatch, Viet"),
        ("Laptops made in Vietnam to the US, $7,000: duty?", "sent by air"),
    ],
)
def test_what_nobody_said_is_told(offline: Advisor, question: str, told: str) -> None:
    assert told in offline.ask(question, as_of=DAY).answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [  # 10 % of 612,000 is 61,200, rounded up by 10,000; 2025-12-01 and 314 days; 180 days from 2026-10-12
        ("去年我付的年度關稅是 612,000 美元，連續保證金要多少？", "70,000 美元"),
        ("Entry on 2025-12-01 liquidated on 2026-10-12: last day to protest?", "April 10, 2027"),
    ],
)
def test_tools_without_a_shipment_assume_none(offline: Advisor, question: str, figure: str) -> None:
    answer = offline.ask(question, as_of=DAY).answer
    assert figure in answer
    assert "未說" not in answer and "was not said" not in answer


def test_the_code_that_decides_is_asked_for(offline: Advisor) -> None:
    asked = {f.slot: f for f in offline.ask("中國製行李箱海運到美國 2,000 美元，關稅多少？", as_of=DAY).follow_up}
    assert len(asked["hts_code"].choices) == 2


@pytest.mark.parametrize(
    ("question", "currency"),
    [
        ("50 million IDR of cotton T-shirts made in Indonesia, by air to the US: duty?", "IDR"),
        ("500 萬印尼盾的印尼棉質 T 恤空運到美國要多少關稅？", "IDR"),
        ("500 Canadian dollars of cotton socks made in Canada by air to the US, duty?", "CAD"),
    ],
)
def test_money_without_its_rate_is_no_dollars(offline: Advisor, question: str, currency: str) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert currency in answer.answer
    assert not re.search(r"US\$|美元", answer.answer)
    assert [f.slot for f in answer.follow_up] == ["exchange_rate"]


@pytest.mark.parametrize(
    ("question", "figures"),
    [  # 20,000 × 0.3464 %, 50,000 × 0.125 %; 120 × 54 %
        ("兩萬美元的正式報關，MPF 要付多少", ("20,000 美元", "69.28 美元")),
        ("正式報關貨值 20,000 美元，要多少 MPF？", ("20,000 美元", "69.28 美元")),
        ("How much MPF and HMF on a $50,000 formal entry by sea?", ("US$173.20", "US$62.50")),
        (
            "China to US by post, $120, on 2025-05-20: what would be owed by the ad valorem method?",
            ("To pay: US$64.80",),
        ),
        ("2023 年 6 月報關 MPF 上下限是多少", ("29.66 美元", "575.35 美元")),
    ],
)
def test_a_fee_or_a_method_asked_for_is_told_alone(offline: Advisor, question: str, figures: tuple[str, ...]) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert not [f for f in figures if f not in answer.answer]
    assert "9903" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [  # facts 3.2 and 3.3: 10 % of fentanyl and 10 % reciprocal to 2026-02-23; the surcharge to 2026-07-23
        (
            "Is the extra 20% IEEPA tariff on goods from China still charged?",
            ("fentanyl duty on China and Hong Kong has ended", "until February 23, 2026", "12.5%"),
        ),
        ("中國貨的 IEEPA 芬太尼關稅現在還收嗎？", ("芬太尼關稅（中國、香港）已經停止", "2026年2月23日", "12.5%")),
        ("Does Section 122 still apply to goods from Taiwan?", ("surcharge has ended", "until July 23, 2026", "10%")),
        ("接下來美國關稅有什麼會變？", ("2026 年 12 月 4 日", "30%")),
        ("What US tariff changes are scheduled next?", ("2026-12-04", "30%")),
        (
            "Compare duty on $10,000 cotton T-shirts by sea from Taiwan, Vietnam and China",
            ("US$1,697.14", "US$2,947.14"),
        ),
        (
            "Phone cases from Guangzhou by courier, $40 each order: was the $800 exemption open on 1 May 2025, and on 2 May 2025?",
            ("Duty-free on May 1, 2025", "Not duty-free on May 2, 2025"),
        ),
        ("螺絲出口美國有沒有反傾銷稅？", ("商務部",)),
        ("Is there antidumping duty on Taiwan steel nails in the US?", ("Commerce",)),
        ("低報被抓到，漏稅 10,000 美元，國內價值 90,000，重大過失最高罰多少？", ("40,000 美元",)),
        ("How big must a single entry bond be for $20,000 goods with $3,000 duties?", ("US$23,000",)),
        ("2026-10-05 報關，什麼時候清算？抗議期限多久？", ("2027年8月15日", "180 日")),
    ],
)
def test_american_law_asked_in_words(offline: Advisor, question: str, said: tuple[str, ...]) -> None:
    answer = offline.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert not [words for words in said if words not in answer.answer]
