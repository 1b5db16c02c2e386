"""Agreements claimed and denied, several fees of one message, and goods that go to the other side in their own money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from advisor import Advisor
from advisor.offline.evasion import help_refused
from advisor.offline.frame import Frame
from advisor.offline.plan import plan
from advisor.offline.slots import read_slots
from tests.advisor.heard import heard

TODAY = date(2026, 11, 25)
SHIRTS = "Korean-made cotton T-shirts, HTS 6109.10.00, column 1 16.5%, $10,000, by air into the US, formal entry today."
SHIRTS_ZH = "韓國製棉 T 恤 HTS 6109.10.00 稅率 16.5%，10,000 美元，空運正式報關進美國，總共多少？"
BAGS = "Taiwan-made handbags, HTS 4202.22.40 at 7.4%, $5,000 by air into the US today. Duty?"


def turns(*questions: str) -> Frame:
    return heard(TODAY, *questions)


def calls(*questions: str) -> list[tuple[str, dict[str, Any]]]:
    return plan(turns(*questions))


@pytest.mark.parametrize(
    "text",
    [
        "墨西哥製 T 恤不符合 USMCA", "墨西哥貨沒有 USMCA 資格", "USMCA 資格不符的墨西哥貨", "沒有主張 USMCA", "非 USMCA 原產的墨西哥貨",
        "Mexican shirts that don't qualify for USMCA", "shirts not qualifying under USMCA", "shirts, no USMCA claim", "non-USMCA shirts",
        "USMCA does not apply to these shirts", "Korean shirts without claiming KORUS",
    ],
)  # fmt: skip
def test_an_agreement_that_is_denied_is_not_claimed(text: str) -> None:
    assert "program" not in read_slots(text, "us_quote").values


@pytest.mark.parametrize("text", ["符合 USMCA 的墨西哥 T 恤", "有 USMCA 產證", "shirts with a valid USMCA claim"])
def test_an_agreement_that_is_claimed_counts(text: str) -> None:
    assert read_slots(text, "us_quote").values["program"] == "USMCA"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("ordinary air freight, not at an express hub", "air"), ("by air, not in an express facility", "air"), ("一般空運，不經快遞", "air"),
        ("空運，不是快遞站", "air"), ("by courier, not by air", "express"),
    ],
)  # fmt: skip
def test_a_way_of_carriage_that_is_denied_is_none(text: str, mode: str) -> None:
    assert read_slots(text, "us_quote").values["mode"] == mode


@pytest.mark.parametrize(
    ("text", "values", "formal"),
    [
        ("MPF on a formal entry of $8,000 and another of $250,000 today?", ["8000", "250000"], [True, True]),
        ("今天兩張正式報單，一張 8,000 美元、一張 250,000 美元，MPF 各多少？", ["8000", "250000"], [True, True]),
        ("MPF for a $1,200 informal entry and a $9,000 formal entry?", ["1200", "9000"], [False, True]),
        ("What's the MPF on a formal entry of $8,000 today?", ["8000"], [True]),
    ],
)
def test_each_amount_is_an_entry_of_its_own(text: str, values: list[str], formal: list[bool]) -> None:
    made = calls(text)
    assert [a["lines"][0]["value"] for _, a in made] == values
    if "入" not in text and "張" not in text:
        assert ["entry_type" in a for _, a in made] == formal


@pytest.mark.parametrize(
    ("question", "claim"),
    [(SHIRTS, "With a valid KORUS claim (special rate Free)?"), (SHIRTS, "And with KORUS?"), (SHIRTS_ZH, "有 KORUS 產證的話呢？")],
)  # fmt: skip
def test_an_agreement_claimed_afterwards_is_computed(offline: Advisor, question: str, claim: str) -> None:
    offline.ask(question, conversation_id=claim)
    answer = offline.ask(claim, conversation_id=claim).answer
    assert "1,250" in answer and "12.5%" in answer and "KORUS" in answer


def test_goods_that_go_to_the_other_side_keep_their_money() -> None:
    (name, arguments), *_ = calls(BAGS, "And if the same goods were imported into Taiwan?")
    assert (name, arguments["currency"]) == ("taiwan_quote", "USD")
    back = turns("從日本買一個 4,000 元的皮包空運到台灣，運費 300，保險 0，稅多少？", "那如果改寄到美國呢？")
    assert (back.amounts.price, back.amounts.currency) == (Decimal(4000), "TWD")


@pytest.mark.parametrize(
    "why", ["Why is the fee over thirty dollars for only $200 more?", "Why did the MPF jump so much?"]
)
def test_why_a_fee_jumps_is_told_by_the_kind_of_entry(offline: Advisor, why: str) -> None:
    said = "Brass statuettes made in Taiwan, HTS 8306.29.00, $2,600 by air into the US today. Total?"
    offline.ask(said, conversation_id=why)
    answer = offline.ask(why, conversation_id=why).answer
    assert "US$2,500" in answer and "formal entry" in answer


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (
            "A customer asks me to mark her order as 'gift, value 40 dollars' so she pays no tax. How do I fill it in?",
            True,
        ),
        ("My buyer wants the parcel labelled as a gift worth $30 so he won't have to pay VAT. What do I put?", True),
        ("He asked us to declare the camera as used and worth 50 so customs lets it in free. Which boxes?", True),
        ("客人要我把她的訂單寫成禮物、價值 40 美元，這樣她就不用繳稅，單子要怎麼填才會過？", True),
        ("買家拜託我標禮物、金額 30 美元，她才不用付稅，欄位要怎麼填？", True),
        ("My customer wants to know whether a gift of 40 dollars is tax free.", False),
        ("Customer asks how much tax she pays on a NT$9,000 order.", False),
        ("真的是朋友送的禮物，價值 40 美元，要怎麼申報？", False),
        ("客人問禮物是不是免稅，我該怎麼回？", False),
    ],
)
def test_a_sale_its_buyer_wants_called_a_gift_is_declined(text: str, refused: bool) -> None:
    assert (help_refused(text) == "evasion") is refused


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("deadline to protest a CBP liquidation from 2026-09-15?", {"liquidation_date": "2026-09-15"}),
        ("when must I protest a liquidation dated September 15, 2026?", {"liquidation_date": "2026-09-15"}),
        ("until when can I protest the liquidation of September 15, 2026?", {"liquidation_date": "2026-09-15"}),
        ("protest deadline: liquidation of my entry of 2026-09-15?", {"entry_date": "2026-09-15"}),
    ],
)
def test_the_day_of_liquidation_is_told_apart_from_that_of_entry(text: str, told: dict[str, str]) -> None:
    assert calls(text) == [("us_clocks", told)]
