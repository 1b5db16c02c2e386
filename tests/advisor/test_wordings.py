"""Ways people ask for a passage: each heading exists, and other words than those held lead there too."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from advisor.offline import wordings
from advisor.offline.queries import query
from advisor.offline.understand import understand
from advisor.offline.wordings import FAR, asked_for, headed, passage_of
from corpus.briefs_reader import shipped_briefs

DAY = date(2026, 11, 28)


def test_every_heading_is_one_of_the_brief_it_stands_under() -> None:
    held = {(b.front.id, s.heading) for b in shipped_briefs() for s in b.sections}
    raw = {
        k: v
        for f in Path(wordings.__file__).with_name("wordings_data").glob("*.toml")
        for k, v in tomllib.loads(f.read_text("utf-8")).items()
    }
    told = {(brief, heading) for brief, ways in raw.items() for zh, way in ways.items() for heading in (zh, way["en"])}
    assert told - held == set()


@pytest.mark.parametrize("name", ["deceit", "exemption_history", "cash"])
def test_a_matter_named_by_a_query_has_its_wordings(name: str) -> None:
    assert headed(query(name, "zh-TW")).endswith(query(name, "zh-TW"))


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("這筆處理費到底是海關拿走還是快遞賺的", "快遞公司收的手續費、倉租合理嗎？"),
        ("請問 EZ WAY 上面顯示的價錢比我付的便宜，應該按相符嗎", "EZ WAY 上的金額或品名不對，該怎麼辦？"),
        ("價格報太低被海關抓到，罰款會是幾倍啊", "進口申報不實會罰多少？"),
        ("維他命一次最多寄幾瓶回來", "自用的食品、保健食品可以進口多少？"),
        ("寄錯顏色要換貨，之前繳的稅還能退嗎", "退換貨、瑕疵品更換要再繳稅嗎？"),
        ("is the brokerage fee on my FedEx bill a government charge", "快遞公司收的手續費、倉租合理嗎？"),
        ("下半年寄了八次", "半年可以免稅幾次？第幾次開始課稅？"),
        ("同一張訂單分七次寄會怎樣", "同一批快遞可以拆成好幾筆申報嗎？"),
        ("可以分五次寄嗎", "拆成小包分批寄，可以各自免稅嗎？"),
        ("七包一起寄會合併算嗎", "同日收到多件郵包會合併計算嗎？"),
        ("賣家寄了兩次都退回去", ""),
        ("今天天氣如何", ""),
        ("推薦我一台好用的相機", ""),
    ],
)  # fmt: skip
def test_other_words_lead_to_the_passage(text: str, heading: str) -> None:
    assert asked_for(text, "zh-TW", near=FAR) == heading


def test_a_short_question_takes_the_goods_spoken_of() -> None:
    before = understand("iherb 買膠囊維他命 2400元含運 快遞 稅多少", DAY)
    after = understand("有數量限制嗎", DAY, before)
    assert passage_of(after) == "自用的食品、保健食品可以進口多少？"


def test_the_rule_of_another_country_is_not_taken_for_ours() -> None:
    assert passage_of(understand("新加坡 GST 的免稅門檻是多少", DAY)) == ""


@pytest.mark.parametrize(
    ("first", "then", "heading"),
    [
        ("朋友想從日本寄兩支電子煙給我,我自己抽,可以嗎", "那被查到會罰多少?", "電子煙、加熱菸可以網購寄來臺灣嗎？"),
        ("多付了關稅可以退嗎", "多久內要申請", "多繳的關稅可以退嗎？少繳會被追嗎？"),
        ("can I bring my prescription pills into Taiwan in luggage?", "mailing them instead?", "May medicine be mailed or couriered to Taiwan?"),
        ("How long do I have to protest a US customs decision", "and what happens if nobody protests", "What is liquidation? How is a mistake corrected or protested?"),
    ],
)  # fmt: skip
def test_a_question_without_a_subject_is_asked_within_the_matter(first: str, then: str, heading: str) -> None:
    assert passage_of(understand(then, DAY, understand(first, DAY))) == heading


def test_a_new_name_is_a_subject_of_its_own() -> None:
    before = understand("朋友想從日本寄兩支電子煙給我,我自己抽,可以嗎", DAY)
    assert not understand("那 APEC 呢", DAY, before).within
