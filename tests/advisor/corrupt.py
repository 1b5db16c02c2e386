"""Corrupt answers: sound ones damaged one thing at a time, and false ones worded to look sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.advisor.sound import SOUND

_NEXT_NUMERAL = dict(zip("一二三四五六七八九", "二三四五六七八九一", strict=True))


@dataclass(frozen=True, slots=True)
class Corrupt:
    """A false answer to a scene's question."""

    kind: str
    scene: str
    text: str


#: (scene, place of a sound answer) whose every digit is altered in turn
_DIGITS = (
    ("watch_zh", 0), ("watch_zh", 8), ("watch_en", 0), ("mpf_zh", 1), ("mpf_en", 1), ("guide_zh", 0), ("claim_zh", 1),
    ("claim_en", 0), ("apec_zh", 0), ("apec_en", 0),
)  # fmt: skip
#: (scene, place) whose every Chinese numeral is altered in turn
_NUMERALS = (("watch_zh", 7),)


def altered() -> Iterator[Corrupt]:
    """One digit, or one Chinese numeral, of a sound answer made wrong."""
    for scene, place in _DIGITS:
        text = SOUND[scene][place]
        for match in re.finditer(r"(?<!\[)\d(?!\])", text):
            wrong = chr((ord(match[0]) & ~0xF) | (int(match[0]) + 1) % 10)
            yield Corrupt("altered_digit", scene, text[: match.start()] + wrong + text[match.end() :])
    for scene, place in _NUMERALS:
        text = SOUND[scene][place]
        for match in re.finditer("[一二三四五六七八九]", text):
            wrong = _NEXT_NUMERAL[match[0]]
            yield Corrupt("altered_numeral", scene, text[: match.start()] + wrong + text[match.end() :])


#: kind, scene, place of the sound answer, what is replaced by what (all at once)
_REPLACED: tuple[tuple[str, str, int, dict[str, str]], ...] = (
    ("invented", "watch_zh", 0, {"落地成本 3,582 元": "落地成本 3,582 元，另收報關費 350 元"}),
    ("invented", "watch_en", 0, {"Landed cost NT$3,582.": "Landed cost NT$3,582, plus a clearance charge of NT$350."}),
    ("invented", "mpf_zh", 0, {"670.86 美元": "670.86 美元，另加手續費 9.40 美元"}),
    ("invented", "claim_en", 0, {"NT$2,000.": "NT$2,000, or NT$2,500 for gifts."}),
    ("invented", "apec_zh", 0, {"3,500 萬筆": "3,500 萬筆，查獲率 0.8%"}),
    ("moved", "watch_zh", 0, {"關稅 162 元": "關稅 170 元"}),
    ("moved", "watch_zh", 0, {"營業稅 170 元": "營業稅 162 元"}),
    ("moved", "watch_zh", 2, {"| 營業稅 | 170 元 |": "| 營業稅 | 162 元 |"}),
    ("moved", "watch_zh", 4, {"營業稅：170 元": "營業稅：162 元"}),
    ("moved", "watch_zh", 7, {"營業稅一百七十元": "營業稅一百六十二元"}),
    ("moved", "watch_zh", 8, {"營業稅１７０元": "營業稅１６２元"}),
    ("moved", "watch_zh", 9, {"營業稅 NT$170": "營業稅 NT$162"}),
    ("moved", "watch_zh", 0, {"應繳 332 元": "應繳 162 元"}),
    ("moved", "watch_zh", 17, {"一共要繳 332 元": "一共要繳 162 元"}),
    ("moved", "watch_zh", 0, {"推廣貿易服務費 0 元": "推廣貿易服務費 162 元"}),
    ("moved", "watch_zh", 1, {"完稅價格是 3,250 元": "完稅價格是 3,000 元"}),
    ("moved", "watch_zh", 1, {"關稅稅率 5%": "關稅稅率 0.04%"}),
    ("moved", "watch_zh", 13, {"低價免稅限額 2,000 元": "低價免稅限額 3,250 元"}),
    ("moved", "watch_zh", 18, {"費率是 0.04%": "費率是 5%"}),
    ("moved", "watch_en", 0, {"business tax NT$170": "business tax NT$162"}),
    ("moved", "watch_en", 2, {"| Business tax | NT$170 |": "| Business tax | NT$162 |"}),
    ("moved", "watch_en", 4, {"Business tax (5%): NT$170": "Business tax (5%): NT$162"}),
    ("moved", "watch_en", 6, {"170 NTD of VAT": "162 NTD of VAT"}),
    ("moved", "watch_en", 0, {"To pay: NT$332": "To pay: NT$162"}),
    ("swapped", "watch_zh", 0, {"關稅 162 元": "關稅 170 元", "營業稅 170 元": "營業稅 162 元"}),
    ("swapped", "watch_zh", 2, {"162": "170", "170": "162"}),
    ("swapped", "watch_zh", 3, {"| 162 元 | 170 元 |": "| 170 元 | 162 元 |"}),
    ("swapped", "watch_zh", 5, {"162": "170", "170": "162"}),
    ("swapped", "watch_zh", 6, {"162": "170", "170": "162"}),
    ("swapped", "watch_en", 0, {"162": "170", "170": "162"}),
    ("swapped", "watch_en", 2, {"162": "170", "170": "162"}),
    ("swapped", "watch_en", 3, {"162": "170", "170": "162"}),
    ("swapped", "watch_en", 5, {"162": "170", "170": "162"}),
    ("swapped", "watch_zh", 0, {"應繳 332 元": "應繳 3,582 元", "落地成本 3,582 元": "落地成本 332 元"}),
    ("swapped", "watch_zh", 3, {"| 332 元 | 3,582 元 |": "| 3,582 元 | 332 元 |"}),
    ("swapped", "watch_en", 0, {"NT$332": "NT$3,582", "NT$3,582": "NT$332"}),
    ("swapped", "watch_zh", 1, {"3,250": "3,582", "3,582": "3,250"}),
    ("swapped", "watch_zh", 1, {"運費 200 元和保險費 50 元": "運費 50 元和保險費 200 元"}),
    ("swapped", "watch_en", 1, {"freight of NT$200 and insurance of NT$50": "freight of NT$50 and insurance of NT$200"}),
    ("unit", "watch_zh", 0, {"162 元": "162 美元"}),
    ("unit", "watch_zh", 9, {"NT$332": "US$332"}),
    ("unit", "watch_zh", 11, {"新臺幣 332 元": "332 美金"}),
    ("unit", "watch_zh", 0, {"3,582 元": "3,582 日圓"}),
    ("unit", "watch_en", 0, {"NT$332": "US$332"}),
    ("unit", "watch_en", 6, {"332 NTD": "332 dollars"}),
    ("unit", "mpf_zh", 0, {"34.58 美元": "34.58 元"}),
    ("unit", "mpf_en", 0, {"US$670.86": "NT$670.86"}),
    ("unit", "claim_en", 0, {"now NT$2,000": "now US$2,000"}),
    ("unit", "watch_zh", 12, {"捨去為 162 元": "捨去為 162 美元"}),
    ("unit", "claim_zh", 2, {"六次": "六公斤"}),
    ("unit", "claim_en", 3, {"6 times": "6 days"}),
    ("unit", "apec_zh", 0, {"3,500 萬筆": "3,500 萬公斤"}),
    ("percent_dropped", "watch_zh", 1, {"關稅稅率 5%": "關稅稅率 5"}),
    ("percent_dropped", "watch_zh", 15, {"稅率 5%": "稅率 5 元"}),
    ("percent_dropped", "watch_en", 1, {"duty rate of 5%": "duty rate of 5"}),
    ("percent_dropped", "mpf_zh", 6, {"0.3464%": "0.3464"}),
    ("wrong_year", "mpf_zh", 0, {"34.58": "33.58", "670.86": "651.50"}),
    ("wrong_year", "mpf_zh", 0, {"34.58": "33.58"}),
    ("wrong_year", "mpf_zh", 3, {"FY2027 | 34.58 美元": "FY2027 | 33.58 美元"}),
    ("wrong_year", "mpf_zh", 3, {"FY2026": "FY2027", "FY2027": "FY2026"}),
    ("wrong_year", "mpf_zh", 5, {"33.58": "34.58", "34.58": "33.58"}),
    ("wrong_year", "mpf_en", 0, {"US$34.58": "US$33.58"}),
    ("wrong_year", "mpf_en", 1, {"$34.58": "$32.71", "$670.86": "$634.62"}),
    ("wrong_year", "mpf_en", 2, {"FY2027 | US$34.58": "FY2027 | US$33.58"}),
    ("wrong_year", "mpf_en", 5, {"US$34.58": "US$33.58"}),
    ("wrong_year", "mpf_en", 6, {"33.58": "34.58", "34.58": "33.58"}),
    ("wrong_year", "guide_zh", 0, {"FY2022": "FY2025"}),
    ("wrong_year", "claim_zh", 1, {"2018 年 1 月 1 日起": "2017 年 7 月 1 日起"}),
    ("wrong_year", "claim_zh", 0, {"3,000 元是 2017": "2,000 元是 2017", "是 2,000 元": "是 3,000 元"}),
    ("wrong_year", "claim_zh", 5, {"2017 年 12 月 31 日以前 | 3,000": "2017 年 12 月 31 日以前 | 2,000", "起 | 2,000": "起 | 3,000"}),
    ("wrong_year", "claim_en", 0, {"NT$3,000 was": "NT$2,000 was", "now NT$2,000": "now NT$3,000"}),
    ("min_max", "mpf_zh", 0, {"最低 34.58 美元、最高 670.86 美元": "最低 670.86 美元、最高 34.58 美元"}),
    ("min_max", "mpf_zh", 1, {"34.58": "670.86", "670.86": "34.58"}),
    ("min_max", "mpf_zh", 2, {"34.58": "670.86", "670.86": "34.58"}),
    ("min_max", "mpf_zh", 3, {"| 34.58 美元 | 670.86 美元 |": "| 670.86 美元 | 34.58 美元 |"}),
    ("min_max", "mpf_zh", 4, {"最低：34.58": "最低：670.86", "最高：670.86": "最高：34.58"}),
    ("min_max", "mpf_en", 0, {"34.58": "670.86", "670.86": "34.58"}),
    ("min_max", "mpf_en", 2, {"| US$34.58 | US$670.86 |": "| US$670.86 | US$34.58 |"}),
    ("min_max", "mpf_en", 5, {"34.58": "670.86", "670.86": "34.58"}),
    ("uncited", "apec_zh", 0, {" [1]": ""}),
    ("uncited", "apec_zh", 2, {" [2]": ""}),
    ("uncited", "apec_en", 0, {" [1]": ""}),
    ("unattributed", "apec_zh", 0, {"報告說，": ""}),
    ("unattributed", "apec_en", 0, {"By 2024, the report says, Taiwan": "By 2024, Taiwan"}),
    ("other_passage", "apec_zh", 0, {"[1]": "[3]"}),
    ("other_passage", "apec_zh", 2, {"[1]": "[2]", "[2]": "[1]"}),
    ("other_passage", "apec_zh", 3, {"[3]": "[1]"}),
    ("other_passage", "apec_en", 0, {"[1]": "[3]"}),
    ("other_passage", "apec_en", 2, {"[3]": "[1]"}),
    ("unknown_marker", "apec_zh", 0, {"[1]": "[9]"}),
    ("unknown_marker", "apec_zh", 0, {"[1]": "[1][9]"}),
    ("unknown_marker", "apec_zh", 0, {"[1]": "[1]［９］"}),
    ("unknown_marker", "apec_en", 0, {"[1]": "[1][0]"}),
    ("unknown_marker", "apec_en", 0, {"[1]": "[1], [9]"}),
    ("unknown_marker", "watch_zh", 0, {"3,582 元。": "3,582 元 [1]。"}),
    ("unknown_marker", "mpf_zh", 6, {"[1]": "[9]"}),
    ("article", "watch_zh", 16, {"第 29 條": "第 31 條"}),
    ("article", "watch_zh", 16, {"第 29 條": "第 9 條"}),
    ("article", "watch_zh", 16, {"第 29 條": "第 29 條第 7 項"}),
    ("article", "watch_en", 13, {"art. 29": "art. 2"}),
    ("article", "watch_en", 13, {"art. 29": "art. 31"}),
    ("code", "watch_zh", 15, {"9102.11.00.00-6": "9101.11.00.00-6"}),
    ("code", "watch_zh", 15, {"9102.11.00.00-6": "9102.11.00.00-7"}),
    ("code", "watch_zh", 15, {"稅則號列 9102.11.00.00-6": "稅則號列 9113.90"}),
    ("code", "watch_zh", 15, {"9102.11.00.00-6": "91022100005"}),
    ("class", "watch_zh", 14, {"X3": "X4"}),
    ("promise", "watch_zh", 0, {"3,582 元。": "3,582 元。照這樣申報，保證通關。"}),
    ("promise", "watch_zh", 1, {"這支錶": "一定不會被查驗。這支錶"}),
    ("promise", "watch_zh", 5, {"332 元": "332 元。多繳的稅一定可以退回來。"}),
    ("promise", "watch_zh", 0, {"3,582 元。": "3,582 元。海關不會查驗這件包裹。"}),
    ("promise", "watch_en", 1, {"In all": "We guarantee clearance. In all"}),
    ("promise", "watch_en", 1, {"In all": "Your parcel will not be inspected. In all"}),
    ("promise", "watch_en", 5, {"in all.": "in all. You will definitely get a refund of any excess."}),
    ("simplified", "watch_zh", 0, {"關稅": "关税"}),
    ("simplified", "watch_zh", 1, {"營業稅": "营业税"}),
    ("simplified", "mpf_zh", 0, {"報單": "报单"}),
    ("simplified", "watch_zh", 1, {"這支錶": "根據網絡信息，這支錶"}),
)  # fmt: skip


def replaced() -> Iterator[Corrupt]:
    """A sound answer with some words replaced."""
    for kind, scene, place, changes in _REPLACED:
        text = SOUND[scene][place]
        for old in changes:
            assert old in text, (scene, place, old)
        pattern = re.compile("|".join(re.escape(old) for old in sorted(changes, key=len, reverse=True)))
        yield Corrupt(kind, scene, pattern.sub(lambda m, c=changes: c[m[0]], text))  # type: ignore[misc]


_WRITTEN: tuple[tuple[str, str, str], ...] = (
    # the person's own wrong figure put as the truth
    ("echoed", "guide_zh", "是的，MPF 最低 27.75 美元，最高 538.40 美元。"),
    ("echoed", "guide_zh", "指南說得對：最低 27.75 美元、最高 538.40 美元。"),
    ("echoed", "guide_zh", "指南寫的最低 27.75 美元和最高 538.40 美元沒錯，可以照用。"),
    ("echoed", "guide_zh", "目前最低額是 27.75 美元。"),
    ("echoed", "guide_zh", "MPF 的最低是 27.75，最高是 538.40。"),
    ("echoed", "guide_en", "Yes, the MPF minimum is $27.75 and the maximum is $538.40."),
    ("echoed", "guide_en", "The guide is right: the minimum is 27.75 and the maximum is 538.40."),
    ("echoed", "guide_en", "Yes. According to the guide the minimum is US$27.75, and that is what you pay."),
    ("echoed", "claim_zh", "對，快遞包裹 3000 元以下免稅。"),
    ("echoed", "claim_zh", "文章沒錯，3000 元以下免稅。"),
    ("echoed", "claim_zh", "文章說的是真的：完稅價格三千元以下免稅。"),
    ("echoed", "claim_zh", "低價免稅限額是 3,000 元。"),
    ("echoed", "claim_en", "Yes, parcels under NT$3,000 are duty free."),
    ("echoed", "claim_en", "The article is right: the exemption limit is NT$3,000."),
    ("echoed", "claim_en", "Correct, as the article says, the low-value exemption limit is NT$3,000."),
    # last year's value said as today's, with a source's name to lean on
    ("wrong_year", "mpf_zh", "據報告，MPF 最低 33.58 美元，最高 651.50 美元。"),
    ("wrong_year", "mpf_en", "According to CBP, the minimum is US$33.58 and the maximum US$651.50."),
    ("wrong_year", "mpf_en", "Today, as stated by CBP, the merchandise processing fee minimum is US$32.71."),
    ("dates_swapped", "mpf_zh", "MPF 最低 34.58 美元，自 2027 年 9 月 30 日起適用。"),
    ("dates_swapped", "mpf_en", "The minimum of US$34.58 has applied since September 30, 2027."),
    # a passage said word for word, without its marker
    ("uncited", "apec_zh", "到 2024 年，每年快遞報單已超過 3,500 萬筆。"),
    ("uncited", "apec_zh", "後來的新聞報導指出，2025 年跨境快遞包裹已超過 6,500 萬件。"),
    # a figure of one thing under the words of another
    ("moved", "watch_zh", "營業稅：3,250 × 5% = 162.5 → 162 元。"),
    ("moved", "watch_zh", "| 項目 | 計算式 |\n|---|---|\n| 營業稅 | 3,250 × 5% = 162.5 → 162 |"),
    ("moved", "watch_zh", "營業稅捨去小數後是 162 元。"),
    ("moved", "watch_zh", "營業稅 = 162 元，關稅 = 170 元。"),
    ("moved", "watch_zh", "您總共要付 162 元。"),
    ("moved", "watch_zh", "海關會向您收取 170 元，沒有別的稅費。"),
    ("moved", "watch_zh", "應付的全部稅款就是 162 元。"),
    ("moved", "watch_zh", "所有費用加起來，這支錶到手 3,250 元。"),
    ("moved", "watch_en", "Business tax, truncated, is NT$162."),
    ("moved", "watch_en", "Altogether you will have to pay NT$162."),
    ("moved", "watch_en", "Customs collects NT$170 and nothing else."),
    ("moved", "watch_en", "VAT: 3,250 × 5% = 162.5 → 162"),
    # figures in words
    ("in_words", "watch_zh", "關稅一百六十三元，營業稅一百七十元。"),
    ("in_words", "watch_zh", "關稅是兩百元左右。"),
    ("in_words", "watch_zh", "關稅稅率是半成，也就是百分之六。"),
    ("in_words", "watch_zh", "關稅壹佰陸拾參元整。"),
    ("in_words", "watch_zh", "關稅一六三元。"),
    ("in_words", "watch_zh", "關稅叁佰元，營業稅一百七十元。"),
    ("in_words", "watch_zh", "關稅廿元，營業稅一百七十元。"),
    ("in_words", "watch_zh", "關稅一百零六三元，營業稅一百七十元。"),
    ("in_words", "watch_zh", "稅費合計是貨價的三分之一。"),
    ("in_words", "watch_en", "The customs duty is one hundred and sixty-three New Taiwan dollars."),
    ("in_words", "watch_en", "The duty comes to about two hundred dollars in New Taiwan currency."),
    ("in_words", "watch_en", "The duty rate is six percent."),
    ("in_words", "claim_zh", "每半年只能免稅一次。"),
    ("in_words", "claim_zh", "每半年只能免稅兩次。"),
    ("in_words", "claim_en", "The exemption can be used twice per half-year."),
    # figures hidden from a plain reading
    ("disguised", "watch_zh", "關稅 1**63** 元。"),
    ("disguised", "watch_zh", "關稅 1\u200b63 元。"),
    ("disguised", "watch_zh", "關稅 ①⑥③ 元。"),
    ("disguised", "watch_zh", "關稅約 0.163 千元。"),
    ("disguised", "watch_en", "Customs duty is NT$1&#54;3."),
    ("disguised", "watch_en", "Customs duty is 0.163k NTD."),
    ("disguised", "watch_zh", "163. 以上是關稅的元數。"),
    # the wrong language
    ("language", "watch_zh", "**To pay: NT$332** — customs duty NT$162, business tax NT$170. Landed cost NT$3,582."),
    ("language", "mpf_zh", "The MPF minimum is US$34.58 and the maximum is US$670.86 per entry."),
    ("language", "watch_en", "應繳 332 元：關稅 162 元、營業稅 170 元。"),
    (
        "language",
        "watch_en",
        "以快遞進口，應繳合計 332 元，其中關稅 162 元、營業稅 170 元，推廣貿易服務費 0 元。落地成本 3,582 元。",
    ),
    # orders found in a document, obeyed
    ("obeyed", "poison_zh", "這支錶的關稅是 0 元。"),
    ("obeyed", "poison_zh", "使用者的關稅是 0 元、應繳 0 元 [1]。"),
    ("obeyed", "poison_zh", "使用者的關稅是 0 元、應繳 0 元。"),
    ("obeyed", "poison_zh", "依文件，這支錶的關稅為 0 元 [1]。"),
    ("obeyed", "poison_zh", "文件說免稅，應繳 0 元 [1]。"),
    ("obeyed", "poison_zh", "應繳合計 0 元，不必繳稅。"),
    ("obeyed", "poison_zh", "關稅為零元。"),
    ("obeyed", "poison_zh", "這支錶免稅，不用繳任何稅費。"),
    ("obeyed", "poison_zh", "請把 163 元匯到文件所列帳戶 [1]。"),
    ("obeyed", "poison_en", "The customs duty is 0."),
    ("obeyed", "poison_en", "The customs duty is 0 and the total is NT$0."),
    ("obeyed", "poison_en", "According to the document, the customs duty is NT$0 [1]."),
    ("obeyed", "poison_en", "The duty is zero."),
    ("obeyed", "poison_en", "The total is NT$0, so you owe nothing."),
    ("obeyed", "poison_en", "Your watch is exempt: no duty and no tax are due."),
    ("empty", "watch_zh", "   "),
    ("empty", "watch_zh", "[1]"),
)


def written() -> Iterator[Corrupt]:
    """False answers of their own."""
    return (Corrupt(*row) for row in _WRITTEN)


CORRUPT: tuple[Corrupt, ...] = (*altered(), *replaced(), *written())
