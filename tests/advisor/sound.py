"""Sound answers: everything they say stands in the results, in the many ways people and models word it."""

from __future__ import annotations

SOUND: dict[str, tuple[str, ...]] = {
    "watch_zh": (
        "**應繳 332 元**：關稅 162 元、營業稅 170 元、推廣貿易服務費 0 元。落地成本 3,582 元。",
        (
            "這支錶的完稅價格是 3,250 元（貨價 3,000 元，加上運費 200 元和保險費 50 元）。關稅稅率 5%，關稅是 162 元；"
            "營業稅是 170 元。稅費合計 332 元，落地成本 3,582 元。"
        ),
        (
            "| 項目 | 金額 |\n|---|---|\n| 完稅價格 | 3,250 元 |\n| 關稅 | 162 元 |\n| 營業稅 | 170 元 |\n| 稅費合計 | 332 元 |\n"
            "| 落地成本 | 3,582 元 |"
        ),
        "試算如下：\n\n| 關稅 | 營業稅 | 稅費合計 | 落地成本 |\n|---|---|---|---|\n| 162 元 | 170 元 | 332 元 | 3,582 元 |",
        "以快遞進口要繳的稅費：\n- 關稅：162 元\n- 營業稅：170 元\n- 推廣貿易服務費：0 元\n- 合計：332 元",
        "1. 完稅價格：3,250 元\n2. 關稅（5%）：162 元\n3. 營業稅（5%）：170 元\n4. 稅費合計：332 元",
        "您要付 162 元的關稅和 170 元的營業稅，合計 332 元。",
        "應繳三百三十二元：關稅一百六十二元，營業稅一百七十元。完稅價格是三千二百五十元，落地成本三千五百八十二元。",
        "關稅１６２元、營業稅１７０元，合計３３２元，落地成本３，５８２元。",
        "關稅 NT$162、營業稅 NT$170，合計 NT$332，落地成本 NT$3,582。",
        "關稅稅率是百分之五，以完稅價格 3,250 元計算，關稅為 162 元。營業稅稅率也是百分之五，營業稅為 170 元。",
        "稅費合計為新臺幣 332 元，其中關稅新臺幣 162 元、營業稅新臺幣 170 元。",
        "關稅：3,250 × 5% = 162.5，捨去為 162 元。\n營業稅：(3,250 + 162) × 5% = 170.6，捨去為 170 元。\n合計 332 元。",
        "完稅價格 3,250 元超過低價免稅限額 2,000 元，所以全額課稅，應繳合計 332 元。",
        "這件貨屬於 X3 低價應稅快遞（簡易申報），完稅價格 3,250 元。應繳 332 元。",
        "以稅則號列 9102.11.00.00-6、稅率 5% 計算，關稅 162 元，營業稅 170 元，合計 332 元。",
        "依關稅法第 29 條，運費 200 元和保險費 50 元都要加進完稅價格，所以完稅價格是 3,250 元。應繳合計 332 元。",
        "您一共要繳 332 元給海關，其中 162 元是關稅，170 元是營業稅。",
        "推廣貿易服務費的費率是 0.04%，算出來未超過 100 元，免收，所以是 0 元。應繳合計 332 元。",
        "關稅 162 元（3,250 元的 5%，捨去小數），營業稅 170 元。",
    ),
    "watch_en": (
        "**To pay: NT$332** — customs duty NT$162, business tax NT$170, trade promotion fee NT$0. Landed cost NT$3,582.",
        (
            "The customs value is NT$3,250: the price of NT$3,000 plus freight of NT$200 and insurance of NT$50. At a duty rate of 5% "
            "the customs duty is NT$162, and business tax is NT$170. In all you pay NT$332; the landed cost is NT$3,582."
        ),
        (
            "| Item | Amount |\n|---|---|\n| Customs value | NT$3,250 |\n| Customs duty | NT$162 |\n| Business tax | NT$170 |\n"
            "| Total | NT$332 |\n| Landed cost | NT$3,582 |"
        ),
        "| Customs duty | Business tax | Total |\n|---|---|---|\n| NT$162 | NT$170 | NT$332 |\n\nThese are the amounts due in Taiwan.",
        "Here is what you owe:\n\n- Customs duty (5%): NT$162\n- Business tax (5%): NT$170\n- Total: NT$332",
        "You will pay NT$162 in customs duty and NT$170 in business tax, NT$332 in all.",
        "You owe 162 NTD of import duty plus 170 NTD of VAT, for a total of 332 NTD.",
        "The duty comes to TWD 162 and the VAT to TWD 170, so the total payable is TWD 332.",
        "1. Customs value: NT$3,250\n2. Duty: NT$162\n3. VAT: NT$170\n4. Total payable: NT$332",
        "Customs duty: 3,250 × 5% = 162.5, truncated to NT$162. Business tax: (3,250 + 162) × 5% = 170.6, truncated to NT$170.",
        "The customs value of NT$3,250 is over the low-value exemption limit of NT$2,000, so the whole value is taxed: NT$332 in all.",
        "The landed cost is NT$3,582, of which NT$332 is the total of duties, taxes and fees.",
        "Duty is five percent, i.e. 5%, of the customs value of NT$3,250, which gives NT$162 of customs duty.",
        (
            "Freight (NT$200) and insurance (NT$50) belong to the customs value under Customs Act art. 29, so the base is the customs "
            "value of NT$3,250. The total is NT$332."
        ),
    ),
    "mpf_zh": (
        "目前 MPF 每份報單最低 34.58 美元、最高 670.86 美元。",
        "商品處理費最低額是 US$34.58，最高額是 US$670.86，適用於 2026 年 10 月 1 日至 2027 年 9 月 30 日（FY2027）。",
        "上限 670.86 美元，下限 34.58 美元。這是目前的商品處理費上下限。",
        "| 會計年度 | 最低 | 最高 |\n|---|---|---|\n| FY2026 | 33.58 美元 | 651.50 美元 |\n| FY2027 | 34.58 美元 | 670.86 美元 |\n\n以上為商品處理費。",
        "現在的 MPF：\n- 最低：34.58 美元\n- 最高：670.86 美元",
        "FY2026 的 MPF 最低額是 33.58 美元，自 2026 年 10 月 1 日起是 34.58 美元。",
        "MPF 按申報價值的 0.3464% 計收，但每份報單最低 34.58 美元、最高 670.86 美元 [1]。",
        "MPF 的最低額是三十四點五八美元，最高額是六百七十點八六美元。",
        "每份報單的商品處理費介於 34.58 美元與 670.86 美元之間。",
    ),
    "mpf_en": (
        "The MPF minimum is US$34.58 and the maximum is US$670.86 per entry.",
        "Since October 1, 2026 the minimum has been $34.58 and the maximum $670.86.",
        "| Fiscal year | Minimum | Maximum |\n|---|---|---|\n| FY2026 | US$33.58 | US$651.50 |\n| FY2027 | US$34.58 | US$670.86 |",
        "At most US$670.86 and at least US$34.58 is charged per entry as merchandise processing fee.",
        "- Minimum: 34.58 USD\n- Maximum: 670.86 USD\n\nThese hold from 2026-10-01 to 2027-09-30.",
        "The fee is 0.3464% of the entered value, never less than US$34.58 and never more than US$670.86 per entry summary [1].",
        "In FY2026 the minimum was US$33.58; it is now US$34.58.",
    ),
    "guide_zh": (
        "不對。指南寫的最低 27.75 美元和最高 538.40 美元是 FY2022 的舊數字；現在最低是 34.58 美元，最高是 670.86 美元。",
        "您提到的 27.75 已經過時，現行最低額是 34.58 美元；538.40 也已過時，現行最高額是 670.86 美元。",
        "指南寫的已經過時。\n\n| | 指南 | 現在 |\n|---|---|---|\n| 最低 | 27.75 美元（FY2022） | 34.58 美元 |\n| 最高 | 538.40 美元（FY2022） | 670.86 美元 |",
        "指南的數字屬於 FY2022（2021 年 10 月 1 日至 2022 年 9 月 30 日）[1]。目前最低 34.58 美元、最高 670.86 美元。",
    ),
    "guide_en": (
        "No. The guide's minimum of $27.75 and maximum of $538.40 belong to FY2022. The minimum is now $34.58 and the maximum $670.86.",
        "The 27.75 you mention is out of date: the minimum is now US$34.58. The 538.40 is out of date too: the maximum is US$670.86.",
    ),
    "claim_zh": (
        "不對。3,000 元是 2017 年底以前的舊限額，現在的低價免稅限額是 2,000 元。",
        "文章說的 3000 元已經過時：自 2018 年 1 月 1 日起，完稅價格在 2,000 元以下才免稅。",
        "不正確。現行免稅額是二千元，每半年最多六次 [2]。",
        "不是三千元，是兩千元以下免稅。",
        "完稅價格 2,000 元以下免稅，超過就全額課稅；您說的三千元是舊規定。",
        "| 期間 | 低價免稅限額 |\n|---|---|\n| 2017 年 12 月 31 日以前 | 3,000 元 |\n| 2018 年 1 月 1 日起 | 2,000 元 |\n\n所以文章的說法過時了。",
    ),
    "claim_en": (
        "No. NT$3,000 was the limit until the end of 2017; the low-value exemption limit is now NT$2,000.",
        "The article is out of date: since January 1, 2018 the exemption limit has been NT$2,000, not the NT$3,000 it gives.",
        "Not any more: NT$3,000 was the limit until December 31, 2017. Today it is NT$2,000.",
        "That is not correct. Parcels with a customs value of up to NT$2,000 are exempt, at most 6 times per half-year [2].",
    ),
    "apec_zh": (
        "報告說，臺灣到 2024 年每年的快遞報單已超過 3,500 萬筆 [1]。",
        "依 2024 年的那份報告，每年快遞報單超過三千五百萬筆 [1]。研究建議的簡化稅率級距，報告舉的例子有免稅、3%、5%、8%、10%、15% 與 20% [2]。",
        "- 報單量：報告說到 2024 年已超過 3,500 萬筆 [1]\n- 簡化稅率：報告提到的級距有 3%、5%、8%、10%、15% 與 20%，這是建議，不是現行稅率 [2]",
        "研究還建議境外賣家或電商平台在年度銷售額超過門檻時登記，定期繳納商品及服務稅或加值稅 [3]。",
    ),
    "apec_en": (
        "By 2024, the report says, Taiwan saw more than 35 million express declarations a year [1].",
        (
            "According to the report there were over 35 million express declarations a year by 2024 [1]. The study suggests rate bands; the "
            "report's examples are free, 3%, 5%, 8%, 10%, 15% and 20% [2]. That is a proposal, not a rate in force."
        ),
        (
            "The report recommends that foreign sellers or platforms with yearly sales above a threshold register and pay goods and services "
            "tax or value added tax periodically [3]."
        ),
    ),
}
