"""A hundred sound answers in varied wording, and a hundred with one figure that has no ground."""

from __future__ import annotations

import re

#: (scene, what is said): every figure stands in the scene's trace of `made.py`
SOUND_ONCE: tuple[tuple[str, str], ...] = (
    ("taiwan", "應繳 332 元：關稅 162 元，營業稅 170 元，推廣貿易服務費 0 元。"),
    ("taiwan", "您一共要付 332 元，其中關稅 162 元、營業稅 170 元；連同貨價，落地成本 3,582 元。"),
    ("taiwan", "| 項目 | 金額 |\n|---|---|\n| 完稅價格 | 3,250 元 |\n| 關稅 | 162 元 |\n| 營業稅 | 170 元 |\n| 稅費合計 | 332 元 |"),
    ("taiwan", "完稅價格是 3,250 元（貨價 3,000、運費 200、保險 50）。關稅：3,250 × 5% = 162.5，捨去為 162 元。"),
    ("taiwan", "依關稅法第 29 條把運費 200 元和保險 50 元算進來，完稅價格 3,250 元，超過 2,000 元，全額課稅。"),
    ("taiwan", "關稅一百六十二元、營業稅一百七十元，合計三百三十二元。"),
    ("taiwan", "稅率百分之五，關稅 162 元；營業稅也是 5%，(3,250 + 162) × 5% = 170.6，收 170 元。"),
    ("taiwan", "屬 X3 低價應稅快遞，稅費合計新臺幣 332 元。"),
    ("taiwan", "以 9102.11.00.00-6 的稅率 5% 計：關稅 NT$162、營業稅 NT$170，總計 NT$332。"),
    ("taiwan", "推廣貿易服務費 3,250 × 0.04% = 1.3，未超過 100 元，不收；所以應繳就是 332 元。"),
    ("taiwan", "要繳。低價免稅限額自 2018 年 1 月 1 日起是 2,000 元，這件完稅價格 3,250 元。"),
    ("taiwan", "1. 關稅：162 元\n2. 營業稅：170 元\n3. 合計：332 元"),
    ("taiwan", "海關共收 332 塊，你手上這支錶的總成本是 3,582 塊。"),
    ("taiwan", "營業稅的稅基是 3,412 元（完稅價格加關稅），所以是 170 元，不是 3,250 元的 5%。"),
    ("taiwan", "三千元的錶加運費兩百元、保險五十元，完稅價格三千二百五十元。應繳三百三十二元。"),
    ("taiwan", "To pay: NT$332. Customs duty NT$162, business tax NT$170, no trade promotion fee. Landed cost NT$3,582."),
    ("taiwan", "The customs value is NT$3,250 (price 3,000, freight 200, insurance 50). At 5 percent the duty is TWD 162."),
    ("taiwan", "You owe NT$332 in all: 162 NTD of customs duty plus 170 NTD of VAT."),
    ("taiwan", "Duty: 3,250 × 5% = 162.5, truncated to NT$162. Business tax: (3,250 + 162) × 5% = 170.6, truncated to NT$170."),
    ("taiwan", "Over the NT$2,000 limit in force since January 1, 2018, so the whole NT$3,250 is taxed."),
    ("taiwan", "| Customs duty | Business tax | Total |\n|---|---|---|\n| NT$162 | NT$170 | NT$332 |"),
    ("taiwan", "Three hundred and thirty-two NT dollars: one hundred and sixty-two NT dollars of duty, the rest is VAT."),
    ("taiwan", "The goods are class X3 under art. 29 valuation; what you pay is NT$332 on a watch of NT$3,000."),
    ("taiwan", "The trade promotion fee of 0.04% comes to 1.3, which is not over 100, so nothing is collected."),
    ("fee", "不對。27.75 美元和 538.40 美元是舊的；現在最低 34.58 美元、最高 670.86 美元。"),
    ("fee", "MPF 按 0.3464% 計收，每份報單最低 34.58 美元，最高 670.86 美元，適用 2026 年 10 月 1 日到 2027 年 9 月 30 日。"),
    ("fee", "下限 US$34.58、上限 US$670.86（FY2027）。FY2026 的下限是 33.58 美元。"),
    ("fee", "您說的 27.75 已經過時，自 2026-10-01 起最低額是 34.58 美元。"),
    ("fee", "商品處理費最低三十四點五八美元，最高六百七十點八六美元。"),
    ("fee", "| 年度 | 最低 |\n|---|---|\n| FY2026 | 33.58 美元 |\n| FY2027 | 34.58 美元 |"),
    ("fee", "The minimum is US$34.58 and the maximum US$670.86 since October 1, 2026."),
    ("fee", "No: $27.75 and $538.40 are out of date. Today it is at least $34.58 and at most $670.86."),
    ("fee", "Until September 30, 2026 the minimum was US$33.58; for FY2027 it is US$34.58."),
    ("fee", "The rate is 0.3464% of the entered value, never below $34.58 or above $670.86 per entry."),
    ("fee", "From 1 October 2026 to 30 September 2027: minimum 34.58 USD, maximum 670.86 USD."),
    ("report", "報告說每年快遞報單已超過 3,500 萬筆 [1]。"),
    ("report", "依報告，自 1995 年起就有空運快遞通關，報單每年超過三千五百萬筆 [1]。"),
    ("report", "C1 貨物出倉只要 2 分鐘 [1]。"),
    ("report", "研究舉的簡化稅率級距是 20%、15%、10%、8%、5%、3% 或免稅 [1]。"),
    ("report", "會議在 2024 年 8 月 15 日至 16 日舉行，地點在秘魯 [1]。"),
    ("report", "8 月 15 日開會，報告日期是 113 年 11 月 8 日 [1]。"),
    ("report", "According to the report there are more than 35 million express declarations a year [1]."),
    ("report", "The report says C1 goods leave the warehouse in about 2 minutes, a service begun in 1995 [1]."),
    ("report", "The meeting took place on August 15, 2024 in Peru [1]."),
    ("report", "Rate bands of 20%, 15%, 10%, 8%, 5% and 3% are the study's examples [1]."),
    ("report", "報告還提到百分之二十到百分之三的級距 [1]。"),
    ("report", "民國 113 年 11 月 8 日的報告寫的是 3,500 萬筆以上 [1]。"),
    ("report", "一、1995 年起有快遞通關；二、C1 只要兩分鐘；三、報單破 3500 萬筆 [1]。"),
    ("report", "The report, dated 8 November 2024, gives thirty-five million declarations a year; two minutes for C1 [1]."),
    ("report", "2024 年的報告：快遞報單超過 3500萬 筆，簡化稅率最低 3% [1]。"),
)  # fmt: skip

_WIDE = {ord(str(d)): chr(0xFF10 + d) for d in range(10)}


def _dressed(text: str) -> str:
    """The same in full-width digits, with emphasis: nothing else is said."""
    wide = re.sub(r"\d+(?![^\[]*\])", lambda m: m[0].translate(_WIDE), text)
    return f"**{wide.splitlines()[0]}**" + "".join(f"\n{line}" for line in wide.splitlines()[1:])


#: a hundred: each as it stands, and once more in other dress
SOUND: tuple[tuple[str, str], ...] = tuple((s, t) for s, text in SOUND_ONCE for t in (text, _dressed(text)))

#: figures nobody gave, figures of another thing, other units, other days, in many spellings
_WRITTEN: tuple[tuple[str, str], ...] = (
    ("taiwan", "關稅 163 元，營業稅 170 元。"), ("taiwan", "應繳 332 元，另收報關費 350 元。"), ("taiwan", "關稅 170 元、營業稅 162 元。"),
    ("taiwan", "| 關稅 | 170 元 |\n| 營業稅 | 162 元 |"), ("taiwan", "應繳 332 美元。"), ("taiwan", "合計 US$332。"),
    ("taiwan", "稅率 6%，關稅 162 元。"), ("taiwan", "關稅一百六十三元。"), ("taiwan", "關稅叁佰元整。"),
    ("taiwan", "稅費合計 3,582 元，落地成本 332 元。"), ("taiwan", "低價免稅限額是 2,500 元。"), ("taiwan", "依關稅法第 31 條計算，關稅 162 元。"),
    ("taiwan", "完稅價格：3,582 元。"), ("taiwan", "落地成本：3,250 元。"), ("taiwan", "大約是貨價的百分之十二。"),
    ("taiwan", "自 2017 年 7 月 1 日起限額為 2,000 元。"), ("taiwan", "The duty is NT$163."), ("taiwan", "VAT: NT$162."),
    ("taiwan", "Customs duty NT$170, business tax NT$162."), ("taiwan", "You pay NT$332 plus a fee of NT$45."),
    ("taiwan", "The duty rate is seven percent."), ("taiwan", "Four hundred NT dollars in all."), ("taiwan", "Customs value: NT$3,582."),
    ("taiwan", "推廣貿易服務費 1.5 元。"), ("taiwan", "每半年可免稅 5 次。"),
    ("fee", "現在最低 35.58 美元。"), ("fee", "最低 670.86 美元、最高 34.58 美元。"), ("fee", "費率 0.21%。"),
    ("fee", "最低 34.58 元。"), ("fee", "自 2026 年 11 月 1 日起最低 34.58 美元。"), ("fee", "FY2029 的最低額是 34.58 美元。"),
    ("fee", "The minimum is US$670.86."), ("fee", "The minimum is $32.71."), ("fee", "Since October 15, 2026 it is $34.58."),
    ("fee", "The maximum is NT$670.86."), ("fee", "最高六百七十一美元。"), ("fee", "手工申報另加 4.15 美元。"),
    ("report", "報單每年超過 4,500 萬筆 [1]。"), ("report", "自 1996 年起辦理 [1]。"), ("report", "C1 只要 3 分鐘 [1]。"),
    ("report", "級距有 12% [1]。"), ("report", "會議在 2024 年 8 月 17 日 [1]。"), ("report", "More than 65 million a year [1]."),
    ("report", "It takes five minutes [1]."), ("report", "The meeting was on August 25, 2024 [1]."), ("report", "參加的有 21 個經濟體 [1]。"),
    ("report", "查獲率提高 30% [1]。"), ("report", "民國 112 年的報告 [1]。"), ("report", "共計六千五百萬筆 [1]。"),
    ("report", "The study proposes a 25% band [1]."),
)  # fmt: skip


def _altered() -> tuple[tuple[str, str], ...]:
    """One digit of the first and of the middle figure of each sound answer made another."""
    made = []
    for scene, text in SOUND_ONCE:
        places = list(re.finditer(r"(?<!\[)\d{2,}(?!\])", text))
        if places:
            for at in {places[len(places) // 2].end() - 1, places[0].end() - 1}:
                made.append((scene, text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]))
    return tuple(made)


UNGROUNDED: tuple[tuple[str, str], ...] = (*_WRITTEN, *_altered())
