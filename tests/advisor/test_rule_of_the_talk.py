"""Rules asked about within a talk: which way goods go, cash by its currency, the same rule on another day, what is reported."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.offline.cash import cash_told
from advisor.offline.hear import hear
from advisor.offline.places import read_places
from advisor.offline.plan_topic import topic_of
from advisor.offline.queries import query
from advisor.offline.triggers import punished
from advisor.offline.understand import understand

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("a parcel that's coming to me in Taiwan, ordered from Amazon US", "US", "TW"),
        ("我住在台灣,在美國買的包裹快到了", "US", "TW"),
        ("美國朋友送我生日禮物", "US", "TW"),
        ("my friend in California mailed me a birthday gift", "US", "TW"),
        ("台灣的朋友寄禮物到美國給我", "TW", "US"),
        ("a bill from Taiwan Customs", None, "TW"),
    ],
)
def test_who_receives_says_which_way(text: str, origin: str | None, destination: str) -> None:
    places = read_places(text, threshold=False)
    assert (places.origin, places.destination) == (origin, destination)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("美金現鈔帶9,000元", "USD"),
        ("帶12萬台幣現金", "TWD"),
        ("25,000 yuan in cash", "CNY"),
        ("美金5,000跟台幣3萬", "USD TWD"),
        ("美金5,000跟歐元300", ""),
    ],
)
def test_cash_is_of_the_currency_named(text: str, currency: str) -> None:
    assert " ".join(cash_told(understand(text, TODAY))) == currency


def test_another_day_keeps_the_rule() -> None:
    before = hear("What is the MPF minimum and maximum now?", TODAY, None)
    then = hear("And what was the lowest one in November 2025?", TODAY, before)
    assert then.parameters == ("us.mpf.minimum",)
    assert then.days == (date(2025, 11, 1),)


@pytest.mark.parametrize("text", ["But the news said it's 15% since January.", "可是新聞說一月起就是15%,哪個對?"])
def test_what_is_reported_is_judged_today(text: str) -> None:
    before = hear("What additional tariff does the US put on ordinary Taiwan-made goods right now?", TODAY, None)
    told = hear(text, TODAY, before)
    assert (told.intent, told.days, told.claim) == ("law", (), True)
    assert told.parameters == before.parameters


@pytest.mark.parametrize(
    ("text", "asked"),
    [("what happens if I don't declare the extra", True), ("沒報被查到會怎樣", True), ("報關要幾天", False)],
)
def test_what_befalls_the_undeclared(text: str, asked: bool) -> None:
    assert punished(text) is asked


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("德國買咖啡機 15000元含運含保 快遞 關稅4.5% 到台灣", "那如果分兩次寄呢"),
        (
            "Coffee machine from Germany to Taiwan by courier, NT$15,000 all in, duty 4.5%",
            "What if it comes in two parcels?",
        ),
    ],
)
def test_one_order_in_parts_is_asked_of_the_rule_on_parts(first: str, then: str) -> None:
    frame = understand(then, TODAY, understand(first, TODAY))
    assert topic_of(frame) == query("in_parts", frame.lang)
