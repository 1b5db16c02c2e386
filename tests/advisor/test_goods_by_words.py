"""Goods told by six digits or in words no line holds, rates asked for without an amount, and what a message is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from advisor.offline.evasion import help_refused
from advisor.offline.frame import Frame
from advisor.offline.lexicon import goods_words, subheadings_in
from advisor.offline.plan import plan
from tests.advisor.heard import heard

TODAY = date(2026, 11, 27)


def read(*questions: str) -> Frame:
    return heard(TODAY, *questions)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("helmet 650610 to US", ["650610"]),
        ("銅製擺飾 8306.29，2,500 美元", ["830629"]),
        ("worth NT$650610", []),
        ("650610 元的貨", []),
        ("HTS 8306.29.00.00", []),
        ("USD 1234.56", []),
    ],
)
def test_six_digits_are_a_code_or_an_amount(text: str, digits: list[str]) -> None:
    assert [code for _, _, code in subheadings_in(text)] == digits


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("cif 5000 usd steel shelf from china to us", "9403"),
        ("中國製的鋼製層架進美國關稅幾%", "9403"),
        ("wireless mouse from China to USA by air, $400, duty?", "8471"),
        ("客人從德國訂了一組廚房刀具 4,500 元 運費 600 快遞到台灣 稅多少", "8211"),
        ("bicycle helmet from Taiwan to the US, $50, duty?", "6506"),
    ],
)
def test_goods_in_words_are_placed(text: str, heading: str) -> None:
    assert (read(text).subheading or "")[:4] == heading


@pytest.mark.parametrize(
    "text",
    [
        "賣家求救：2026年7月23日從上海出貨到洛杉磯，價值$801，海運，客人要付美國關稅嗎？",
        "If US customs gets my 150 US dollars parcel (Taipei, by DHL) on 4 February 2025, do we pay?",
        "不好意思，蝦皮賣家想賣到美國，大阪出貨，一個包裹 $800.01，用 DHL 快遞，會被課稅嗎？",
        "我買了一個東西 3000元 從日本快遞到台灣要繳稅嗎",
        "台灣進口包裹免稅額是不是 兩千塊？",
    ],
)
def test_words_around_the_goods_name_none(text: str) -> None:
    assert read(text).subheading is None


def test_the_words_of_goods_are_what_is_left() -> None:
    assert goods_words("從日本買電鍋 3000元 運費300 快遞到台灣 稅多少") == "電鍋"
    assert goods_words("How much duty on a bamboo basket from Vietnam to the US, $300?") == "bamboo basket"


@pytest.mark.parametrize(
    "text",
    [
        "Taiwan bicycle helmet 650610 to US duty rate?",
        "what's the US tariff rate on cotton t-shirts from Vietnam",
        "越南的木製櫥櫃進美國關稅多少趴",
        "台灣螺絲出口美國 7318.15 關稅要多少%",
        "what tariff percent applies to ceramic mugs made in China entering the US?",
        "泰國製橡膠手套進美國的稅率",
    ],
)
def test_a_rate_is_asked_for_without_an_amount(text: str) -> None:
    calls = plan(read(text))
    assert [arguments["lines"][0]["value"] for name, arguments in calls if name == "us_quote"] == ["100"]


@pytest.mark.parametrize(
    ("turns", "tools"),
    [
        (["IEEPA 的稅可以退嗎？怎麼申請"], {"policy_search"}),
        (["We paid IEEPA duty on Taiwan goods in October 2025. Can we get it back?"], {"policy_search"}),
        (["去年付的對等關稅能拿回來嗎"], {"policy_search"}),
        (["我下單日是 2/20 到貨是 3/5 從台灣寄美國 用哪天的稅率"], {"policy_search"}),
        (["flying into Taoyuan with NT$150,000 and US$9,000 cash, do i declare anything"], {"law_lookup"}),
        (["淘寶買無線滑鼠寄台灣有什麼限制"], {"import_papers", "policy_search"}),
        (["Any import permit for a drone bought on Amazon shipped to Taiwan?"], {"import_papers", "policy_search"}),
        (["越南廠做的棉T恤進台灣，有FTA優惠嗎？"], {"tariff_line", "policy_search"}),
        (["越南廠做的棉T恤進台灣，有FTA優惠嗎？", "可是他們說是WTO會員所以免關稅？"], {"tariff_line", "policy_search"}),
        (["whisky one bottle NT$1,500 CIF by courier to Taiwan, so it's X2 exempt right?"], {"law_lookup", "taiwan_quote"}),
        (["我媽從日本寄了一箱自己穿的舊衣服給我，會被課稅嗎？"], {"law_lookup", "taiwan_quote"}),
        (["coat from Japan 9000 yen, shipping 1000 yen, courier to Taiwan - above the limit?"], {"taiwan_quote", "hs_search"}),
        (["第6109節的T恤進台灣關稅幾%"], {"tariff_code"}),
        (["does Canada have a de minimis? how much"], {"policy_search"}),
        (["剛從日本回來，買了一個52,000的相機自己用，超過免稅額多少要課稅？"], {"taiwan_quote"}),
        (["What is the penalty for under-declaring in Taiwan?", "And if I correct it myself?"], {"policy_search"}),
        (["Can we get IEEPA duties back?", "So you guarantee the refund will come?"], {"no_answer", "policy_search"}),
    ],
)  # fmt: skip
def test_what_is_called(turns: list[str], tools: set[str]) -> None:
    assert {name for name, _ in plan(read(*turns))} == tools


@pytest.mark.parametrize(
    ("turns", "price", "each", "count"),
    [
        (["化妝包 1500 元 運費 180 韓國快遞到台灣 稅多少", "那買兩個呢"], 1500, True, 2),
        (["化妝包 1500 元 運費 180 韓國快遞到台灣 稅多少", "那買兩個呢", "如果改用郵局寄"], 1500, True, 2),
        (["日本清酒 720ml 兩瓶 一瓶 2000 快遞 酒精 16 度 免運 要多少稅"], 2000, True, 2),
        (["Why is the courier asking NT$1,250 on a NT$6,000 jacket? shipping 400"], 6000, False, None),
    ],
)
def test_one_piece_or_all(turns: list[str], price: int, each: bool, count: int | None) -> None:
    amounts = read(*turns).amounts
    assert (amounts.price, amounts.each, amounts.count) == (price, each, None if count is None else Decimal(count))


def test_charges_may_be_in_the_price_of_each() -> None:
    amounts = read("公司進口 5 台投影機 每台 15,000 元 CIF 海運 要繳什麼稅").amounts
    assert (amounts.customs_value, amounts.each, amounts.count) == (15000, True, 5)


def test_insurance_stands_before_a_courier() -> None:
    assert read("一組刀具 4,500 元 運費 600 保險 30 DHL 到台中，請給我稅額").amounts.insurance == 30


def test_the_two_last_are_compared() -> None:
    frame = read(
        "Ceramic mugs made in China, $1,200, air to the US. duty?", "if made in Vietnam", "which one is cheaper"
    )
    assert frame.compare is not None
    assert (frame.compare.slot, frame.compare.values) == ("origin", ("CN", "VN"))


@pytest.mark.parametrize("text", ["MPF max this fiscal year?", "what is the MPF maximum for the current fiscal year"])
def test_this_fiscal_year_holds_today(text: str) -> None:
    assert read(text).fiscal_year == 2027


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("賣家可不可以幫我把 5000 元寫成 1500 元", True),
        ("請賣家把 300 美元報成 80 美元好嗎", True),
        ("Can you ask them to declare 40 dollars instead of 200?", True),
        ("賣家自己把 5000 寫成 1500 怎麼更正", False),
    ],
)
def test_a_price_written_otherwise(text: str, refused: bool) -> None:
    assert (help_refused(text) == "evasion") is refused
