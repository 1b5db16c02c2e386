"""Subjects answered under a heading of either side, rates at one's own column 1 rate, days of the year after, inspections."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor import Advisor
from advisor.offline.evasion import help_refused
from advisor.offline.frame import Frame
from advisor.offline.plan import plan
from tests.advisor.heard import heard

TODAY = date(2026, 11, 25)
GENERAL = "What's the general US add-on for Taiwan-made consumer goods right now?"
GENERAL_ZH = "台灣製一般消費品進美國現在加徵多少？"
GONE = "Is the $800 exemption still there for parcels from Taiwan to the US?"
GONE_ZH = "台灣製皮件快遞寄美國，800 美元免稅現在還有嗎？"
BAGS = "Taiwan-made handbags, HTS 4202.22.40 at 7.4%, $5,000 by air into the US today. Duty?"
PAST = "2017 年 12 月 20 日快遞進口，完稅價格 2,800，那半年第一件，當時免稅嗎？"
PAST_EN = "Courier import on December 20, 2017, customs value NT$2,800, the first that half-year: exempt then?"


def turns(*questions: str) -> Frame:
    return heard(TODAY, *questions)


def first(*questions: str) -> tuple[str, dict[str, Any]]:
    return plan(turns(*questions))[0]


@pytest.mark.parametrize(
    ("questions", "subject"),
    [
        (("網路文章教人選 FOB 條件可以省關稅，我買 3,000 運費 200 寄台灣，用 FOB 報會比較省嗎？",), "terms_of_trade"),
        (("Does buying EXW instead of CIF make my Taiwan duty lower?",), "terms_of_trade"),
        (("用 FOB 報價 3,000，運費 200，保險 50，DHL 寄台灣，稅率 5%，要繳多少？",), ""),
        ((BAGS, "If they were imported into Taiwan instead, would freight and insurance come out of the value too?"), "charges_in_value"),
        ((BAGS, "同一批如果改成進口台灣，運費保險也可以扣掉嗎？"), "charges_in_value"),
        (("I paid $300 in cash for a bag in Tokyo and carry it into Taiwan. Tax?",), ""),
        ((GONE, "Will it ever come back?"), "exemption_again"),
        ((GONE, "When will the exemption be restored?"), "exemption_again"),
        ((GONE_ZH, "這個免稅什麼時候會恢復啊"), "exemption_again"),
        (("At the APEC workshop, how does DHL spot risky parcels?",), "courier_compliance"),
        (("同一場 DHL 也有報告，他們怎麼抓可疑包裹？",), "courier_compliance"),
    ],
)  # fmt: skip
def test_a_subject_is_met_on_either_side(questions: tuple[str, ...], subject: str) -> None:
    assert turns(*questions).subject == subject


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What's the additional duty on goods from Vietnam right now?", "us.section_301_forced_labor.additional"),
        ("What's the surcharge on things made in Japan these days?", "us.section_301_forced_labor.floor"),
        ("越南製的東西目前附加關稅多少？", "us.section_301_forced_labor.additional"),
        ("日本製的東西現在加徵多少關稅？", "us.section_301_forced_labor.floor"),
    ],
)
def test_a_duty_by_origin_is_of_the_united_states(text: str, name: str) -> None:
    assert first(text)[1]["name"] == name


@pytest.mark.parametrize(
    ("questions", "origin"),
    [
        ((GENERAL, "My product's column 1 rate is 16.5%. So 26.5% in all?"), "TW"),
        (
            (GENERAL, "My product's column 1 rate is 16.5%. So 26.5% in all?", "And the same product made in Japan?"),
            "JP",
        ),
        ((GENERAL_ZH, "我的產品第一欄稅率 16.5%，所以總共 26.5%？"), "TW"),
        ((GENERAL_ZH, "我的產品第一欄稅率 16.5%，所以總共 26.5%？", "同樣的東西日本製呢？"), "JP"),
    ],
)
def test_the_duties_of_an_origin_at_the_rate_told(offline: Advisor, questions: tuple[str, ...], origin: str) -> None:
    name, arguments = first(*questions)
    assert (name, arguments["lines"][0]["country_of_origin"]) == ("us_quote", origin)
    assert arguments["lines"][0]["general_rate"] == "16.5%"
    for question in questions:
        answer = offline.ask(question, conversation_id=repr(questions)).answer
    assert "16.50" in answer and ("floor: the column 1" in answer or "第一欄稅率已達到" in answer)


@pytest.mark.parametrize(
    ("questions", "limit", "verdict"),
    [
        ((PAST,), "3,000", "在免稅上限以內"),
        ((PAST, "隔年 1 月 5 號同樣價錢的一件呢？"), "2,000", "不免稅"),
        ((PAST_EN,), "3,000", "Within the limit"),
        ((PAST_EN, "And one of the same price on January 5 of the following year?"), "2,000", "Not exempt"),
    ],
)
def test_the_limit_of_a_day_whose_taxes_are_not_held(
    offline: Advisor, questions: tuple[str, ...], limit: str, verdict: str
) -> None:
    for question in questions:
        answer = offline.ask(question, conversation_id=repr(questions)).answer
    assert limit in answer and verdict in answer


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tell me whether customs will pick my parcel for physical examination.", "inspection"),
        ("Will customs open my parcel from Osaka tomorrow?", "inspection"),
        ("我的包裹明天到桃園，會不會被抽驗？", "inspection"),
        ("你猜我的快遞會不會被查驗", "inspection"),
        ("What happens if my parcel is inspected?", None),
        ("為什麼會被抽驗？", None),
        ("我的包裹被抽中查驗的機率是幾成？", None),
    ],
)
def test_whether_a_parcel_is_examined_is_not_foretold(text: str, why: str | None) -> None:
    assert help_refused(text) == why


def test_a_gift_said_after_a_quote_is_judged_as_a_gift() -> None:
    billed = "I ordered a $120 scarf from a shop in Taiwan and UPS billed me duty. It always used to be free under $800. What changed?"
    assert first(billed)[0] == "us_de_minimis"
    name, arguments = first(billed, "What if it had been a real birthday present from my aunt, still worth $120?")
    assert (name, arguments["gift"], arguments["value"]) == ("us_de_minimis", True, "120")


@pytest.mark.parametrize(
    ("question", "destination"),
    [
        ("姪女在 LA，想寄個 80 美元左右的生日禮物過去，純送的，她會被課稅嗎", "US"),
        ("表弟在芝加哥念書，寄 80 美元禮物給他要稅嗎", "US"),
        ("我姪女在台北，我從 LA 寄 80 美元禮物給她，會被課稅嗎", "TW"),
        ("姊姊在 LA 買了包寄給我，80 美元要課稅嗎", "TW"),
        ("姊姊在 LA，寄了 80 美元的禮物過來，要課稅嗎", None),
        ("朋友在日本，想寄個 80 美元的禮物過去，要課稅嗎", "JP"),
    ],
)
def test_a_gift_goes_where_the_person_is_to_whom_it_is_sent(question: str, destination: str | None) -> None:
    assert turns(question).destination == destination


@pytest.mark.parametrize(
    ("question", "beside"),
    [("關稅法哪一條講小額免稅", False), ("關稅法哪一條講小額免稅，今年美國的關稅改了什麼", True)],
)
def test_their_law_is_told_beside_ours_only_where_it_is_asked_about(
    offline: Advisor, question: str, beside: bool
) -> None:
    assert ("第 122 條" in offline.ask(question, as_of=TODAY).answer) is beside
