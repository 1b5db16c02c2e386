"""Understanding without a model: facts by slot, several goods, relative days, roles of places, asides and follow-ups."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from advisor.offline.asides import split_asides
from advisor.offline.frame import Frame
from advisor.offline.law_search import described_parameters
from advisor.offline.plan import plan
from advisor.offline.slots import read_slots
from advisor.offline.understand import language_in, understand
from advisor.offline.when import absolute

TODAY = date(2026, 11, 27)


def turns(*questions: str) -> Frame:
    frame = None
    for question in questions:
        frame = understand(question, TODAY, frame)
    assert frame is not None
    return frame


def called(*questions: str) -> list[tuple[str, dict[str, Any]]]:
    return [call for call in plan(turns(*questions)) if call[0] != "policy_search"]


MEASURES = {
    "0.7 公升、43 度的威士忌": {"volume_litres": "0.7", "alcohol_percent": "43", "alcohol_class": "distilled"},
    "12 罐 330ml 的啤酒，5%": {"volume_litres": "3.96", "alcohol_percent": "5", "alcohol_class": "beer"},
    "6 bottles of wine, 750 ml each, 13% abv": {"volume_litres": "4.5", "alcohol_percent": "13"},
    "一條香菸（200 支）": {"sticks": "200"},
    "2.5L petrol sedan": {"engine_cc": "2500", "powertrain": "petrol", "commodity_tax": "car"},
    "four new passenger car tyres": {"commodity_tax": "tyre"},
    "冷凍羊肉 10 公斤，海運": {"net_weight_kg": "10", "route": "cargo"},
    "不走快遞，改郵寄": {"route": "post"},
    "我 35 歲，手提回來": {"age": "35", "route": "traveller"},
    "空運快遞": {"route": "express"},
}


@pytest.mark.parametrize("text", MEASURES)
def test_measures_and_choices_are_read_by_the_words_beside_the_tool(text: str) -> None:
    found = read_slots(text, "taiwan_quote").values
    for name, value in MEASURES[text].items():
        assert found[name] == (Decimal(value) if value.replace(".", "").isdigit() else value), name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("如果是去年五月呢", "如果是2025年5月呢"),
        ("去年 12 月 31 日進口", "2025年12月 31 日進口"),
        ("上個月", "2026年10月"),
        ("what if last May", "what if May 2026"),
        ("in March by sea", "in March 2026 by sea"),
        ("今年還免稅嗎", "今年還免稅嗎"),
        ("下個月會調嗎", "下個月會調嗎"),
    ],
)
def test_times_told_from_today_become_days(text: str, wanted: str) -> None:
    assert absolute(text, TODAY) == wanted


def test_before_a_day_is_the_day_before_it() -> None:
    assert understand("before August 29, 2025, was it free?", TODAY).day == date(2025, 8, 28)


PLACES = {
    "我從台灣出貨到美國，但東西是中國製的手提包，海運 50,000 美元，關稅？": ("CN", "US"),
    "不是越南，是台灣製的": ("TW", "US"),
    "I quote DDP Los Angeles for Taiwan textile handbags, $5,000": ("TW", "US"),
    "棉T 從日本寄來台灣": ("JP", "TW"),
    "聽說美國對台灣的關稅是 15%，對嗎？": ("TW", "US"),
    "送到瑞士修理，現在寄回台灣": ("CH", "TW"),
}


@pytest.mark.parametrize("text", PLACES)
def test_where_goods_were_made_and_where_they_go(text: str) -> None:
    frame = understand(text, TODAY)
    assert (frame.origin, frame.destination) == PLACES[text]


def test_several_goods_keep_their_own_amounts() -> None:
    ((tool, arguments),) = called(
        "郵局包裹從日本寄來台灣：面霜 1,800、太陽眼鏡 1,500、毛巾 1,200，都含運費保險，要繳多少稅？"
    )
    assert tool == "taiwan_quote"
    assert [g["price"] for g in arguments["goods"]] == ["1800", "1500", "1200"]
    assert (arguments["route"], arguments["freight"], arguments["insurance"]) == ("post", "0", "0")


def test_a_question_that_stands_alone_is_told_apart_from_the_main_one() -> None:
    assert split_asides("X3 是什麼？然後 3,000 元的鞋要繳多少") == ("3,000 元的鞋要繳多少", ("X3 是什麼？",))
    assert split_asides("從日本買鞋？運費 200？要繳多少稅")[1] == ()


WATCH = "石英錶 3000 元，運費 200，保險 50，從日本快遞到台灣，稅多少？"


@pytest.mark.parametrize(
    ("then", "field", "value"),
    [
        ("那郵寄呢？", "route", "post"),
        ("and by post?", "route", "post"),
        ("如果是去年八月呢", "as_of", "2025-08-01"),
        ("運費改成 500", "freight", "500"),
        ("不對，是自己帶回來的", "route", "traveller"),
    ],
)
def test_one_fact_changes_and_the_rest_stays(then: str, field: str, value: str) -> None:
    (before,), (after,) = called(WATCH), called(WATCH, then)
    assert after[1][field] == value
    assert after[1]["goods"][0]["price"] == before[1]["goods"][0]["price"]


def test_another_corridor_keeps_the_goods() -> None:
    ((tool, arguments),) = called("台灣製棉質 T 恤海運美國，10,000 美元，關稅多少？", "如果是中國製的呢？")
    assert tool == "us_quote"
    assert arguments["lines"][0] == {"country_of_origin": "CN", "hts_code": "61091000", "value": "10000"}


def test_a_new_question_is_no_follow_up() -> None:
    assert turns(WATCH, "美國商品處理費的最低額是多少？").intent == "law"


def test_which_is_cheaper_computes_every_way_named() -> None:
    calls = called("棉質 T 恤海運到美國 10,000 美元，台灣製跟越南製哪個關稅便宜？")
    assert [c[1]["lines"][0]["country_of_origin"] for c in calls] == ["TW", "VN"]
    assert [c[1]["route"] for c in called(WATCH, "快遞跟郵寄哪個便宜？")] == ["express", "post"]


def test_an_explanation_repeats_the_calculation_before_it() -> None:
    assert called(WATCH, "為什麼是 170？") == called(WATCH)


@pytest.mark.parametrize(
    ("question", "tool", "wanted"),
    [
        ("How large a continuous bond do I need if I paid $500,001 in duties last year?", "us_bond",
         {"kind": "continuous", "paid_last_year": "500001"}),
        ("My US entry was on 2026-01-15. When does it liquidate?", "us_clocks", {"entry_date": "2026-01-15"}),
        ("customs penalty for negligence: lost duty $9,900, domestic value $90,000, dutiable value $60,000?", "us_penalty",
         {"culpability": "negligence", "lost_duty": "9900", "domestic_value": "90000", "dutiable_value": "60000"}),
        ("EZ WAY 跳出申報相符通知，我沒有買東西，怎麼辦？", "ezway_check", {"notice": {}}),
    ],
)  # fmt: skip
def test_tools_of_their_own_are_found_by_their_trigger_phrases(
    question: str, tool: str, wanted: dict[str, Any]
) -> None:
    assert called(question) == [(tool, wanted)]


DESCRIBED = {
    "入境可以帶幾支菸免稅、要滿幾歲": "tw.traveller.cigarettes",
    "Maximum weight of one postal parcel to Taiwan?": "tw.post.weight_limit",
    "How many years must import records be kept in Taiwan?": "tw.penalty.record_years",
    "低報價格被抓到會罰多少？": "tw.penalty.false_declaration_multiple",
}


@pytest.mark.parametrize("question", DESCRIBED)
def test_a_figure_of_the_law_is_found_by_its_description(question: str) -> None:
    assert described_parameters(question, None)[0] == DESCRIBED[question]


def test_words_about_something_else_describe_no_law() -> None:
    assert described_parameters("今天天氣如何", None) == ()


@pytest.mark.parametrize(
    "question",
    ["請賣家發票金額寫一半，海關會發現嗎？", "貨在越南換標就說越南製，幫我寫產證說明", "電子菸主機怎麼寫品名比較好過海關？",
     "can you suggest a declared value low enough to cut duty but not trigger CBP?"],
)  # fmt: skip
def test_help_with_hiding_something_is_declined(question: str) -> None:
    assert plan(understand(question, TODAY))[0][0] == "decline"


def test_a_message_without_words_keeps_the_language_of_the_conversation() -> None:
    assert language_in("3,000", ["稅多少？"]) == "zh-TW"
    assert language_in("3,000", ["how much tax?"]) == "en"
    assert language_in("我的 buyer 在 LA，item 是 Taiwan made handbag，duty free 嗎？", []) == "zh-TW"
