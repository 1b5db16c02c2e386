"""Imports into the United States as people ask: subjects, gifts between persons, chapter 99, entries, codes beside goods."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from advisor.offline.frame import Frame
from advisor.offline.gifts import between_persons
from advisor.offline.plan import plan
from advisor.offline.subjects import subjects
from corpus.briefs_reader import shipped_briefs
from tests.advisor.heard import heard
from tools.united_states.acts import acts_named, names_act
from tools.united_states.headings import reported_under

TODAY = date(2026, 11, 28)


def turns(*questions: str) -> Frame:
    return heard(TODAY, *questions)


def first(*questions: str) -> tuple[str, dict[str, Any]]:
    return plan(turns(*questions))[0]


def test_every_subject_is_answered_under_a_heading_that_stands() -> None:
    headings = {(s.language, s.heading) for brief in shipped_briefs() for s in brief.sections}
    assert not [
        (s.name, lang) for s in subjects().values() for lang, said in s.heading.items() if (lang, said) not in headings
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我是留學生，八月要飛洛杉磯念書，行李裡有新買的筆電，要申報嗎", "student"),
        ("My dad flew back to SFO from Taipei with a $600 watch, duty?", "travels"),
        ("從台灣寄商品到美國要繳稅嗎", ""),
        ("美國製的零件退回美國原廠要繳稅嗎", "american_goods_back"),
        ("Sending 300 unsold stands to an Amazon warehouse. What value do I declare?", "no_sale"),
        ("指南說沒有 EIN 就不能當進口人嗎", ""),
        ("Delaware LLC owned from Taiwan, is it a US importer of record?", "llc"),
        ("買給朋友的東西從日本寄回台灣要稅嗎", ""),
    ],
)
def test_a_subject_is_met_by_its_ideas(text: str, name: str) -> None:
    assert turns(text).subject == name


@pytest.mark.parametrize(
    ("text", "gift"),
    [
        ("我媽在台北要寄鳳梨酥給在波士頓念書的我，1500 台幣，要稅嗎", True),
        ("客人下單 38 美金，寄給她在美國的媽媽，要稅嗎", False),
        ("grandma in Tainan mails us dried fruit, 60 bucks, do we owe anything?", True),
        ("my sister in Texas ordered it from my shop, $50 from Taiwan to the US, duty?", False),
    ],
)
def test_what_goes_between_persons_is_a_gift(text: str, gift: bool) -> None:
    assert turns(text).gift is gift


def test_a_trade_is_no_gift() -> None:
    assert not between_persons("buyer in Ohio paid $38")


def test_a_number_of_chapter_99_is_told_by_its_measure() -> None:
    assert [row.parameter for row in reported_under("9903.05.76")] == ["us.section_301_forced_labor.floor"]
    assert first("9903.05.76 是什麼意思？") == (
        "law_lookup",
        {"name": "us.section_301_forced_labor.floor", "origin": "TW"},
    )
    assert reported_under("9903.99.99") == ()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("課232嗎，台灣陶瓷", True),
        ("forced labor 301 為什麼台灣會被課", True),
        ("232 元的杯子，關稅多少", False),
        ("$301, duty?", False),
    ],
)
def test_a_bare_number_of_a_section_is_no_amount(text: str, act: bool) -> None:
    start = next(i for i, c in enumerate(text) if c.isdigit())
    assert names_act(text, start) is act
    assert acts_named("232 條款") == ("section_232",)


@pytest.mark.parametrize(
    ("questions", "tool", "argument", "value"),
    [
        (
            ("過失少繳一萬美金的稅，國內價值九萬，最高罰多少？", "如果是重大過失呢"),
            "us_penalty",
            "culpability",
            "gross_negligence",
        ),
        (("gross negligence, no loss of revenue, dutiable value 60,000 - max?",), "us_penalty", "lost_duty", "0"),
        (("our entry liquidated on 2026-08-10, protest deadline?",), "us_clocks", "liquidation_date", "2026-08-10"),
        (("single entry bond, entered value $18,000 with duties, taxes and fees 1,900",), "us_bond", "duties", "1900"),
        (
            ("Does a $2,501 shipment of mugs from Taiwan need a formal entry?",),
            "law_lookup",
            "name",
            "us.informal_entry.limit",
        ),
    ],
)
def test_the_smaller_tools_are_called_by_what_is_told(
    questions: tuple[str, ...], tool: str, argument: str, value: str
) -> None:
    name, arguments = first(*questions)
    assert (name, arguments[argument]) == (tool, value)


def test_a_code_told_beside_one_kind_is_none_of_anothers() -> None:
    name, arguments = first("台灣手提包 4202.22.40 3,000美金，還有台灣T恤 6109.10.00 2,000美金，海運，總稅費？")
    assert name == "us_quote"
    assert [line["hts_code"] for line in arguments["lines"]] == ["4202.22.40", "6109.10.00"]
