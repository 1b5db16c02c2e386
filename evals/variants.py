"""Question variants for six demonstrations, each with an oracle that shares nothing with the product.

Frames are whole sentences of different people (sellers, parents, students, support agents, typos, mixed language); a seeded
generator fills in amounts, goods, places and dates in many spellings. The law below is a small dated copy of the facts pack.
A: Taiwan express quote. B: headphones at a wrong stated rate. C: low-value parcel count. D: US de minimis. E: MPF. F: the 2,000 limit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from random import Random
from typing import Any, Literal, cast

Lang = Literal["zh-TW", "en"]
Figure = tuple[str, str, str]


@dataclass(frozen=True)
class Variant:
    """One question with what a right answer must hold; `figures` are (value, unit, of), grounded in a tool."""

    id: str
    demo: str
    question: str
    lang: Lang
    as_of: date
    status: tuple[str, ...]
    figures: tuple[Figure, ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]


TODAY = date(2026, 11, 21)
# tw-facts §0, §1, §2: VAT 5% (營業稅法§10, §41); trade fee 0.04%, free at 100 or less (貿易法§21; 經貿字第11350200210號);
# limit 2,000 and six exempt imports a half-year since 2018-01-01 (關稅法§49 II); value half-up, each tax floored (§1 Rounding).
VAT, TRADE_FEE, FEE_FREE, LOW_VALUE, EXEMPT_IMPORTS = Decimal("0.05"), Decimal("0.0004"), 100, 2000, 6
# us-facts §2.1 (19 CFR 24.22(k), 24.23; annual notices): first day of the fiscal year, MPF minimum, maximum.
MPF = ((date(2022, 10, 1), "29.66", "575.35"), (date(2023, 10, 1), "31.67", "614.35"), (date(2024, 10, 1), "32.71", "634.62"),
       (date(2025, 10, 1), "33.58", "651.50"), (date(2026, 10, 1), "34.58", "670.86"))
# us-facts §1.3: days on which the answer changes for China and Hong Kong (all) or for everyone (2025-08-29); limit §1.1.
CUT_FEB, BACK_FEB, CUT_CN, CUT_ALL, USD_LIMIT = (date(2025, 2, 4), date(2025, 2, 7), date(2025, 5, 2), date(2025, 8, 29), 800)
ERAS = tuple(zip([date(2017, 1, 1), CUT_FEB, BACK_FEB, CUT_CN, CUT_ALL, date(2026, 2, 24), date(2026, 7, 24)],
                 [date(2025, 2, 3), date(2025, 2, 6), date(2025, 5, 1), date(2025, 8, 28), date(2026, 2, 23), date(2026, 7, 23),
                  TODAY], strict=True))
# tw-facts §5 (海關進口稅則資料2025, column 1): measure word, names, rate, highest plausible price. ECFA: the first two are not asked from CN.
GOODS = (("支", "石英錶", "a quartz watch", "5", 260000), ("顆", "行動電源", "a power bank", "2.5", 4500),
         ("件", "純棉T恤", "a cotton T-shirt", "10.5", 4000), ("個", "真皮皮夾", "a leather wallet", "6.6", 30000),
         ("副", "太陽眼鏡", "a pair of sunglasses", "5", 20000), ("台", "吹風機", "a hair dryer", "5", 16000),
         ("個", "真皮手提包", "a leather handbag", "6.6", 340000), ("支", "自動上鍊機械錶", "an automatic watch", "4", 380000),
         ("條", "棉質牛仔褲", "a pair of cotton jeans", "10.5", 8000), ("支", "網球拍", "a tennis racket", "5", 12000),
         ("把", "電吉他", "an electric guitar", "10", 280000), ("條", "真皮皮帶", "a leather belt", "6.7", 20000),
         ("把", "小提琴", "a violin", "10", 290000), ("支", "電動牙刷", "an electric toothbrush", "7.5", 9000),
         ("支", "釣竿", "a fishing rod", "5", 30000), ("把", "摺疊傘", "a folding umbrella", "6.6", 4500))
EARS = {"zh-TW": ("耳機", "耳罩式耳機", "藍牙耳機", "真無線耳機", "入耳式耳機", "頭戴式耳機", "降噪耳機"),
        "en": ("headphones", "earphones", "over-ear headphones", "wireless earbuds", "noise-cancelling headphones")}
TEES = {"zh-TW": ("T恤", "棉T恤", "短袖棉T", "T-shirt", "純棉T恤"), "en": ("T-shirt", "cotton T-shirt", "tee shirt", "t-shirt")}
LANDS = {"zh-TW": ("日本", "韓國", "美國", "德國", "義大利", "英國", "法國", "越南", "泰國", "香港", "中國"),
         "en": ("Japan", "Korea", "the US", "Germany", "Italy", "the UK", "France", "Vietnam", "Thailand", "Hong Kong", "China")}
CITIES = {"zh-TW": ("深圳", "上海", "廣州", "義烏", "香港", "台北", "台中", "東京", "大阪", "首爾", "釜山", "胡志明市"),
          "en": ("Shenzhen", "Shanghai", "Guangzhou", "Yiwu", "Hong Kong", "Taipei", "Taichung", "Tokyo", "Osaka", "Seoul", "Busan",
                 "Ho Chi Minh City")}  # the first five are CN or HK
MODES = {"zh-TW": ("用 DHL 快遞", "走 FedEx", "用郵局國際包裹", "走 EMS", "空運", "海運", "用 UPS"),
         "en": ("by DHL", "via FedEx", "by international post", "by EMS", "by air freight", "by sea", "with UPS")}
EDGES = {"zh-TW": (("", "", "您好，", "不好意思，", "哈囉，"), ("", "", "", " 謝謝", " 感恩🙏", " 拜託了", " 在線等")),
         "en": (("", "", "Hi! ", "Hello, ", "Quick one: "), ("", "", "", " Thanks!", " thx", " Many thanks in advance."))}

# Braces: p price, f freight, x insurance, fi both, cif the three, fn/xn without currency, n pieces at `each`, r rate, o origin, m
# measure word or mode, g goods (ag with article), k/kth ordinal, u exemptions used, t shirt or limit, a US dollars, d/arr day, lo/hi.
FRAMES = """
# A zh-TW
從{o}買一{m} {p} 的{g}，運費 {fn}、保險 {xn}，關稅率 {r}，快遞進口台灣要繳多少稅？
請問我在{o}網站訂了{g}一{m}，商品 {p}，國際運費 {f}，保險費 {x}，稅率查到是 {r}，快遞寄回台灣稅金總共多少？
客人問：{g}從{o}走快遞進台灣，貨價 {p}＋運費 {f}＋保險 {x}，關稅 {r}，到手總成本多少，麻煩列一下算式
運費{fn}、保險{xn}、東西{p}（{o}來的{g}，稅率{r}），DHL寄台灣會被課多少
兒子吵著要{g}，{o}代購報價 {p}，空運快遞運費 {f}，保險 {x}，關稅是 {r} 的話，海關會收我多少錢？
關稅率 {r} 的{g}，連運費保險一起 {cif}，{o}快遞到台灣，稅要多少？
我是賣家，這次只進一{m}{g}試水溫：CIF {cif}，{o}出貨，快遞，關稅 {r}。請算關稅、營業稅、推廣貿易服務費。
買{n}{m}{g}每{m}{each}，{o}寄台灣快遞，運費全部 {fn}，保險 {xn}，稅率{r}，稅多少啊
shipping {f}、insurance {x}，{g}本身 {p}，from {o}，duty rate {r}，快遞到台灣 total 要付多少？
{o}直送{g} {p}，運費加保險一共 {fi}，用快遞進口，關稅稅率{r}，落地成本是多少呢？
学生党想问，从{o}买{g}{p}，运费{f}，保险{x}，税率{r}，快递到台湾要交多少税
賣家說運費 0 元、保險 0 元，{g}就 {p}，{o}用 FedEx 快遞寄來台灣，關稅 {r}，要補多少稅？
幫我試算台灣進口稅：品名 {g}／來源 {o}／貨價 {p}／運費 {f}／保險 {x}／稅率 {r}／方式 快遞
海關說我的{g}稅率是{r}，發票 {p}，運費 {f}，保險 {x}，從{o}快遞進台灣，我看不懂稅單，正確應該收多少？
一{m}{g}要價{p}，運廢{fn}，保險{xn}，{o}快遞道台灣，關稅率{r}，要付多少稅阿
# A en
How much tax do I pay on {ag} from {o} at {p}, freight {f}, insurance {x}, duty rate {r}, by courier to Taiwan?
Customer ordered {ag} ({p}) from {o}, shipping {fn} and insurance {xn} on top. Express into Taiwan, {r} duty. Total tax?
importing {g}, Taiwan, express. price {p} / freight {f} / insurance {x} / duty {r} / origin {o}. pls calculate
My son wants {ag} from {o}. The shop asks {p} plus {f} DHL shipping and {x} insurance; duty is {r}. What will Taiwan charge?
hi, whats the landed cost in taiwan for {ag}, {p}, shiping {fn}, insurence {xn}, tarif {r}, fedex from {o}?
Freight {f}. Insurance {x}. Goods {p}: {ag} out of {o}. If duty is {r} and it comes by express, what do I owe in Taiwan?
If the CIF value is {cif} for {ag} shipped from {o} by courier and Taiwan's duty is {r}, how much are duty and VAT?
Buying {n} x {g} at {each} each from {o}; {f} freight for the lot, {x} insurance, rate {r}, courier to Taiwan. Tax please.
Could you kindly work out Taiwan's import taxes on {ag}? Value {p}, freight and insurance together {fi}, duty {r}, express, {o}.
Support ticket: Taipei buyer disputes the bill. {g} from {o}, invoice {p}, freight {f}, insurance {x}, {r} duty, courier. Correct tax?
I'm a student in Kaohsiung, found {ag} in a shop in {o} for {p}; courier {f}, insurance {x}, duty {r}. Can I afford the tax?
Seller in {o} charges NT$0 shipping and NT$0 insurance. {g}, {p}, courier, {r} duty - what is the Taiwan import tax?
what wil i pay when UPS brings {ag} worth {p} to Taipei from {o}? freight was {f}, insurance premium {x}, duty {r}
At {r}, what do duty, business tax and trade fee come to on {p} + {f} freight + {x} insurance ({g}, {o}, express to Taiwan)?
How much 關稅 and 營業稅 for {ag} from {o} to Taiwan by courier? {p}, freight {fn}, insurance {xn}, rate {r}
# B zh-TW
從{o}買{g} {p}，運費 {fn}、保險 {xn}，關稅率 {r}，快遞進口台灣要繳多少稅？
賣家說{g}關稅要 {r}，我買 {p}，運費 {f}，保險 {x}，{o}快遞寄台灣，這樣稅多少？
代購跟我收{g}關稅 {r}，貨價{p}、運費{f}、保險{x}，{o}出貨走快遞到台灣，合理嗎？應該是多少？
{g}一副 {p}，{o}寄來台灣，快遞運費{fn}，保險{xn}，用{r}算關稅的話總稅額？
ChatGPT 說{g}稅率 {r}，請幫我算：CIF {cif}，{o}快遞到台灣
女兒上網課要{g}，{o}網購 {p}，運費 {f}，保險 {x}，關稅{r}，快遞回台灣，要準備多少稅金？
客服您好，{g}從{o}用 DHL 進口台灣，商品 {p}，運費 {f}，保險 {x}，我看到稅率 {r}，請問總共要付多少稅？
關稅{r}，{g}{p}，運費保險合計{fi}，{o}快遞到台灣，稅多少、落地多少
headphone（{g}）{p}，shipping {f}，insurance {x}，duty {r}，{o}快遞來台灣，tax 多少？
买{g}{p}，运费{f}，保险{x}，关税{r}，从{o}快递到台湾，税是多少
我進{n}副{g}，單價 {each}，{o}快遞台灣，運費共 {f}，保險 {x}，報關行寫關稅 {r}，請列總稅額
品名：{g}；來源：{o}；價格：{p}；運費：{f}；保險：{x}；稅率：{r}；運送：快遞。台灣進口稅？
就{g}啦，{p}，運費{fn}保險{xn}，朋友說關稅{r}，FedEx 快遞從{o}寄來台灣會繳多少錢
同事說{g}進口要課 {r} 關稅是真的嗎？我那副 {p}、運費 {f}、保險 {x}，從{o}快遞到台灣，稅怎麼算
買了{g}沒保險（0元），{p}，運費{f}，{o}空運快遞到台灣，關稅率 {r}，稅今多少？
# B en
What tax do I pay on {g} from {o}, {p}, freight {f}, insurance {x}, duty rate {r}, express to Taiwan?
The seller says {g} carry {r} duty in Taiwan. I paid {p} + {f} shipping + {x} insurance, courier from {o}. How much tax?
Taiwan express import, {g}, {o}, goods {p}, freight {fn}, insurance {xn}, tariff {r}. total please
My broker's sheet shows {r} for {g}. CIF {cif}, courier from {o} into Taiwan. Is that right and what is the total tax?
Buying {g} for my daughter's online class: {p}, DHL {f}, insurance {x}, from {o} to Taiwan, duty {r}. Tax due?
whats the tax on {g} {p} freight {fn} insurance {xn}, duty {r}, fedex {o} to taiwan
A friend told me Taiwan charges {r} on {g}. Mine cost {p}, shipping {f}, insurance {x}, courier from {o}. Please compute.
We want {n} x {g} at {each} apiece by courier from {o} to Taiwan, freight {f}, insurance {x}, {r} duty. Taxes in total?
Assume {r} customs duty. {g} worth {p}, freight plus insurance {fi}, express from {o}: what does Taiwan collect?
Helpdesk here - client imports {g} ({o}) to Taiwan by express at {p}, freight {f}, insurance {x}, he quotes {r}. Total taxes?
headphoens i mean {g}: {p}, shippng {f}, insurance {x}, rate {r}, courier from {o} to Taiwan, how much tax??
I read the rate for {g} is {r}. If freight is {f}, insurance {x} and the price {p}, what's payable on a courier parcel {o}-Taiwan?
{r} duty on {g}, is it? {p}, no insurance (NT$0), freight {f}, UPS express from {o} to Taiwan; give me the tax.
For the shop's price list I need Taiwan taxes on {g}: cost {p}, courier {f}, insurance {x}, duty {r}, made in {o}.
{g} 耳機 from {o}, {p}, freight {f}, insurance {x}, duty {r}, 快遞 to Taiwan - total tax?
# C zh-TW
一件 {p} 的{t}快遞到台灣要繳多少稅？這是我這半年第{k}件
這半年第 {k} 次買，{t} {p}，快遞進口台灣，要課稅嗎？
我上網買{t}，{p}，DHL 快遞寄來台灣，這半年已經用過{u}次免稅，這次還免嗎？
{p} 的{t}算低價免稅吧？這半年前面已經有{u}包免稅進來了，這包快遞到台灣要不要稅
幫客人問：快遞寄台灣，{t}一件{p}，收件人這半年第{k}筆，稅金多少？
老公又買了一件{t}…{p}…是他這半年的第{k}個快遞包裹，寄台灣會不會被課稅啊
T-shirt 一件 {p}，courier 到台灣，this half year 第{k}次，tax 多少？
请问快递寄到台湾的{t}{p}，这半年第{k}次进口，要交税吗
第{k}個包裹（本半年），{t}，{p}，快遞到台灣，關稅多少？
這半年已經免稅進口{u}次，現在想再買 {p} 的{t}，走快遞來台灣，運費還不知道，會超過免稅額嗎？
快遞，台灣，{t}，{p}，半年內第{k}次。要稅？
海外購物{t} {p}，EZ WAY 叫我按確認，這是我這半年第{k}票快遞進台灣，會被課多少稅？
{t}特價 {p}，想用空運快遞寄回台北，這半年算下來是第{k}次低價免稅，要付稅嗎
學生想省錢：{t}{p}快遞到台灣，這半年前{u}次都免稅，這次呢？
同一個人這半年第{k}次收快遞，內容是{t}，賣 {p}，寄台灣，請問怎麽課稅
# C en
How much tax on a {p} {t} by courier to Taiwan, my {kth} parcel this half year?
I've already had {u} duty-free parcels this half-year. Ordering a {t} for {p}, express to Taiwan. Any tax?
{t}, {p}, courier into Taiwan, {kth} import in this half of the year - taxable?
Will customs in Taiwan charge me for a {t} priced {p}? Express, {kth} time this half year.
My daughter is buying a {t} ({p}) abroad, DHL express to Taipei, her {kth} parcel this half-year. What tax?
hi, whats the tax for a tshirt {p} sent by currier to taiwan, {kth} parcel this half year??
Buyer asks: {kth} low-value parcel in the half-year, one {t}, {p}, FedEx courier to Taiwan. Duty and VAT?
If I used the low-value exemption {u} times this half year and now import a {t} worth {p} by express, what do I owe in Taiwan?
Is a {p} {t} duty free by courier to Taiwan? It would be number {k} for me this half-year.
Taiwan, courier, {t} at {p}, no idea yet what freight is. {kth} shipment this half year. tax?
Could you please tell me the import tax for one {t} ({p}) couriered to Taiwan as my {kth} parcel of the half year?
this half year so far: {u} parcels, all exempt. next: {t}, {p}, UPS express to Taiwan. tax or no tax
Support needs an answer for a Taichung customer: express parcel into Taiwan, {t}, {p}, {kth} this half-year. Taxed?
a {t} for {p}, 快遞 to Taiwan, my {kth} parcel this half year, how much tax?
Do I have to pay anything on my {kth} courier parcel to Taiwan this half-year? It's just a {t}, {p}.
# D zh-TW
{d} 從{o}寄 {a} 的包裹到美國免稅嗎？
我{d}{m}從{o}寄了一箱 {a} 的貨去美國，可以用低價免稅嗎？
賣家求救：{d}從{o}出貨到洛杉磯，價值{a}，{m}，客人要付美國關稅嗎？
{a}的手機殼，{d}由{o}{m}寄美國，de minimis 還能用嗎
包裹{arr}到美國入境，{o}寄出，{a}，{m}，免關稅嗎？
{arr}在美國進口報關、{o}來的 {a} 商品，適不適用 800 美元免稅？
如果美國進口日是 {arr}，{m}從{o}寄，{a}，要不要繳稅？
客服請問：美國海關{arr}受理的包裹，從{o}{m}，貨值 {a}，當天可以免稅嗎？
{arr} entry 的包裹，from {o} to US，{a}，可以免稅嗎？
从{o}寄到美国的包裹，{arr}入境，货值{a}，能免税吗？
現在從{o}{m}寄 {a} 的東西到美國，還免稅嗎？
今天從{o}寄 {a} 給美國買家，{m}，需要繳關稅嗎？
請教一下，{o}發貨到美國，一單 {a}，{m}，小額免稅還有嗎
蝦皮賣家想賣到美國，{o}出貨，一個包裹 {a}，{m}，會被課稅嗎？
{o}→美國，{a}，{m}，現在免睡（免稅）？
# D en
Is a {a} parcel sent from {o} to the US on {d} duty free?
On {d} I shipped {a} of phone cases {m} from {o} to a buyer in Texas. Does de minimis cover it?
Sent {d} {m}, {o} to Chicago, worth {a}. Any US duty, or exempt?
A package from {o} entered the United States on {arr}, value {a}, {m}. Was it exempt?
Entry date {arr}, goods from {o} to the US, {a}, shipped {m}: can the $800 exemption be claimed?
customer in LA says no US duty on the {a} order from {o} that was entered on {arr} ({m}). true?
If US customs gets my {a} parcel ({o}, {m}) on {arr}, do we pay?
US import {arr}; {o}; {a}; {m}; section 321 ok?
it arived {arr} in america, {a}, bought from {o}, {m}. duty free or nah?
Can I still ship {a} duty-free from {o} to the US {m}?
I sell on Etsy out of {o}. For a {a} order {m} to the US today, is there a tax exemption?
Does a {a} parcel from {o} going {m} to the States qualify for de minimis now?
A shop in {o} will send a {a} order {m} to a buyer in New York. 免稅 or not?
whats the rule today for low value parcels {o} -> USA? mine is {a}, {m}
Our warehouse in {o} ships {a} boxes {m} to American consumers. Please advise whether duty applies at this value at present.
# E zh-TW
MPF 最低最高是多少？文章寫 {lo} 和 {hi}
美國商品處理費（MPF）現在下限跟上限多少，網路文章說 {lo}、{hi}
請問 MPF 最低 {lo}、最高 {hi} 是現在的數字嗎？
報關行報價單寫 MPF min {lo} max {hi}，對嗎
學校講義說美國商品處理費最高 {hi}，最低 {lo}，還能用嗎？
幫我確認一下：Merchandise Processing Fee 上限 {hi}、下限 {lo}，是本會計年度的嗎？
MPF的最低收費跟最高收費各是多少？我手上資料是{lo}～{hi}
客戶拿文章來吵，說 MPF 只要 {lo} 起、{hi} 封頂，正確金額是？
那個 MPF 到底是 {lo}/{hi} 還是已經調了
我看部落格寫貨物處理費（MPF）最少收 {lo}，最多 {hi}，現在正確的最低最高額是多少
正式報關的 MPF 上下限？有人說上限 {hi}
MPF minimum 是不是 {lo} 啊？maximum 呢？
MPF 最低最高是多少 文章寫{lo}跟{hi} 感覺怪怪的
请问美国 MPF 最低和最高金额是多少？文章写 {lo} 和 {hi}
我們 ERP 的 MPF 設定：min={lo}、max={hi}，要不要更新？更新成多少？
# E en
What are the MPF minimum and maximum? An article says {lo} and {hi}
Is it true the merchandise processing fee runs from {lo} to {hi}?
Our broker quotes MPF min {lo} / max {hi}. Are those the current numbers?
mpf floor and cap right now? my notes say {lo} / {hi}
A blog claims MPF is capped at {hi} with a {lo} minimum. Please confirm the amounts in force.
I'm updating an ERP table: MPF_MIN={lo}, MPF_MAX={hi}. Correct for today, and if not what should I enter?
hey whats the maximun mpf on a formal entry, is it still {hi}? and the minimun?
Textbook figure for the US merchandise processing fee: no less than {lo}, no more than {hi}. Has it changed?
Minimum MPF {lo}? Maximum?
Client insists the MPF can't exceed {hi} per entry and starts at {lo}. What should I tell him?
For my customs exam: lower and upper limits of MPF - {lo} and {hi}, right?
Somebody on a forum wrote "{lo} min, {hi} max" about the US processing fee (MPF). Which fiscal year's limits apply now?
Can you tell me how much the MPF is at least and at most? I've seen {hi} and {lo}.
MPF 最低 and 最高 please - an article says {lo} and {hi}, is it outdated?
We were billed the MPF minimum of {lo}. What is the right minimum today, and the maximum?
# F zh-TW
網路文章說 {t}以下免關稅，對嗎？（台灣進口）
台灣進口包裹免稅額是不是 {t}？
我媽說海外網購寄台灣 {t} 以內不用繳稅，真的假的
聽說寄到台灣的包裹沒超過 {t} 就免稅，正確嗎？
請問台灣快遞進口低價免稅門檻是 {t} 嗎？
客人堅持{t}以下都不用稅，我該怎麼回他？台灣進口的規定是多少
PTT 有人說台灣進口{t}以下免關稅 這個數字對嗎
超過 {t} 才要課關稅跟營業稅，這說法對不對（台灣進口）？
部落格寫「{t} 以下免徵進口關稅」，現在台灣還是這樣嗎？
台灣 de minimis 是 {t}，right？
寄回台灣的包裹免稅門檻 {t}，我有記錯嗎？
我賣東西進台灣，物流說單票 {t} 以下免稅，這個數字有沒有錯
网上说寄到台湾{t}以下免关税，对吗？
老師說郵寄或快遞進口台灣，完稅價格在{t}以下免稅，考試可以這樣寫嗎？
台灣進口{t}以下免關睡? 是真的嗎
# F en
An online article says imports to Taiwan under {t} are duty free. Is that right?
Is Taiwan's low-value exemption {t}?
My mum says anything up to {t} comes into Taiwan without tax, true or not?
taiwan de minimis = {t} ?
A forwarder told us parcels of {t} or less clear Taiwan customs tax-free. Can you confirm the figure?
I heard you only pay duty in Taiwan above {t}. Correct?
Customer claims no import tax below {t} in Taiwan; what do I reply?
so its {t} before taiwan customs charges you, yeah?
Our website FAQ states "Orders up to {t} enter Taiwan exempt from duty and VAT." Does it need correcting?
Pls verify: express parcels to Taiwan, duty-free threshold {t}
For my logistics homework, the Taiwan tax-free limit for courier imports is {t}. Did I get it right?
Does the duty exemption for small parcels to Taiwan stop at {t}?
ChatGPT told me {t} is the treshold for tax free import in Taiwan. Is it wrong?
Taiwan 免稅 limit {t}, is this still valid?
Someone on Reddit wrote that Taiwan doesn't tax packages worth less than {t}. Can I rely on it?
"""

FIRST = r"\A[^。.\n]{0,90}?"  # the verdict of an answer stands in its first sentence
NEGATIVE = FIRST + r"(?:不(?:能|可以?)免|不免稅|不適用|無法免|not (?:be |been )?(?:exempt|duty[- ]free|eligible|available))"
POSITIVE = r"(?!\W*No\b)" + FIRST + r"(?:(?<![不無沒未否])可以?免稅|(?:it|this|parcel|package) (?:is|was) (?:duty[- ]free|exempt)|qualifies)"
EXEMPT = r"免(?:徵|關|進口)?稅|免徵|適用|可用|duty[- ]free|tax[- ]free|exempt|qualif|no (?:tax|duty)"
TAXED = r"不.{0,6}免|無法|無免|不適用|取消|停|應稅|課稅|超過|用完|用盡|(?:須|要|得).{0,6}[繳課]|\bnot?\b|no longer|n't|suspend|ended|taxable|over\b|exceed|more than|unavailable"
WRONG = r"不對|不正確|不是|並非|錯|有誤|不符|過時|舊|已.{0,6}[改調降失]|更新|年度|FY ?20|fiscal year|incorrect|\bno[t ,]|n't|wrong|out of date|outdated|no longer|false|old\b|2018"


def _figure_re(value: Decimal) -> str:
    """Match an amount in prose, with or without thousands separators."""
    return r"(?<![\d.,])" + re.escape(f"{value:,}").replace(",", ",?") + r"(?!\d|[.,]\d)"


def _date_re(days: Sequence[date]) -> str:
    """Match any of the days in the usual spellings of both languages."""
    return "|".join(rf"{d.year}(?:[-/.]|\s*年\s*)0?{d.month}(?:[-/.]|\s*月\s*)0?{d.day}(?!\d)|{d:%b}\w*\.? 0?{d.day}(?:st|nd|rd|th)?,? {d.year}|"
                    rf"\b0?{d.day} {d:%b}\w* {d.year}" for d in days)


def _zh(n: int) -> str:
    """Spell a number below 100,000,000 in Chinese, with 兩 where people say it."""
    if n >= 10000:
        rest = n % 10000
        head = "兩" if n // 10000 == 2 else _zh(n // 10000)
        return head + "萬" + (("零" if rest < 1000 else "") + _zh(rest) if rest else "")
    text = re.sub("零+", "零", "".join(
        "零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + unit
        for digit, unit in zip(f"{n:04d}", ("千", "百", "十", ""), strict=True))).strip("零") or "零"
    return re.sub("二(?=[千百])", "兩", text.removeprefix("一") if 10 <= n < 20 else text)


def _en(n: int) -> str:
    """Spell a number below 1,000,000 in English."""
    for unit, name in ((1000, "thousand"), (100, "hundred")):
        if n >= unit:
            return f"{_en(n // unit)} {name}" + (f" {_en(n % unit)}" if n % unit else "")
    small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
             "eighteen nineteen").split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    return small[n] if n < 20 else tens[n // 10 - 2] + (f"-{small[n % 10]}" if n % 10 else "")


def _wide(text: str) -> str:
    """Turn ASCII into its full-width form, as a Chinese keyboard types it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _number(rng: Random, value: Decimal, lang: Lang) -> str:
    """Spell a number in one of the ways people type it."""
    if value != int(value):
        return rng.choice((f"{value:,.2f}", f"{value}"))
    n, ways = int(value), [f"{value:,}", f"{value}"]
    if lang == "zh-TW":
        ways += [_wide(f"{value:,}"), _wide(f"{value}"), _zh(n), _zh(n)]
        if n % 100 == 0 and 1000 <= n < 10000:
            tail = n // 100 % 10
            ways += [f"{n // 1000}千" + (str(tail) if tail else ""), _zh(n).removesuffix("百") if tail else _zh(n)]
        if n % 1000 == 0 and n >= 10000:
            ways += [f"{n // 10000}萬" + (str(n // 1000 % 10) if n % 10000 else "")]
    elif n % 100 == 0 and n >= 1000:
        ways += [_en(n), f"{(value / 1000).normalize():f}k"]
    return rng.choice(ways)


def _money(rng: Random, value: Decimal, lang: Lang, usd: bool = False) -> str:
    """Spell an amount with its currency."""
    text = _number(rng, value, lang)
    spelled = not text.isascii() or text[0].isalpha()
    if lang == "zh-TW":
        if "０" <= text[0] <= "９" and rng.random() < 0.5:
            return ("ＵＳ＄" if usd else "ＮＴ＄") + text
        words = ("{}美元", "{}美金", "美金{}") if usd else ("{}元", "{}塊", "台幣{}", "新台幣{}元")
        signs = ("US${}", "USD {}", "{} 美元", "{}美金") if usd else ("NT${}", "NT$ {}", "TWD {}", "{} 元", "{}元台幣", "NTD{}")
    else:
        words = ("{} US dollars", "{} dollars") if usd else ("{} NT dollars", "{} New Taiwan dollars")
        signs = ("${}", "US${}", "USD {}", "{} USD") if usd else ("NT${}", "NT$ {}", "TWD {}", "{} TWD", "NTD {}", "{} NTD", "{} NT dollars")
    return rng.choice(words if spelled else words + signs).format(text)


def _rate(rng: Random, rate: str, lang: Lang) -> str:
    """Spell a rate: 5%, ５％, 百分之五, 5趴, 5 percent."""
    whole, _, part = rate.partition(".")
    if lang == "en":
        return rng.choice((f"{rate}%", f"{rate}%", f"{rate} percent", f"{rate} pct", f"{_en(int(whole))} percent" if not part else f"{rate} %"))
    spoken = _zh(int(whole)) + ("點" + "".join(_zh(int(c)) for c in part) if part else "")
    return rng.choice((f"{rate}%", f"{rate}%", _wide(f"{rate}%"), f"百分之{spoken}", f"{rate}趴", f"{rate} %"))


def _day(rng: Random, day: date, lang: Lang) -> str:
    """Spell a day."""
    if lang == "en":
        return rng.choice((f"{day}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day} {day.year}"))
    ymd = f"{day.year}年{day.month}月{day.day}日"
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    return rng.choice((f"{day}", ymd, f"{day.year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}", _wide(ymd).replace("／", "/"),
                       f"民國{day.year - 1911}年{day.month}月{day.day}日", f"{year}年{_zh(day.month)}月{_zh(day.day)}日"))


def _taxes(value: Decimal, rate: str) -> dict[str, int]:
    """Compute the Taiwan taxes on one line (tw-facts §1): value half-up, then every tax floored."""
    def floor(exact: Decimal) -> int:
        return int(exact.to_integral_value(ROUND_FLOOR))

    base = int(value.to_integral_value(ROUND_HALF_UP))
    duty = floor(base * Decimal(rate) / 100)
    vat, fee = floor((base + duty) * VAT), base * TRADE_FEE
    charged = floor(fee) if fee > FEE_FREE else 0
    total = duty + vat + charged
    return {"customs_value": base, "duty": duty, "business_tax": vat, "trade_promotion_fee": charged, "total": total, "landed_cost": base + total}


def _de_minimis(chinese: bool, day: date) -> tuple[bool, tuple[date, ...]]:
    """Say whether the $800 exemption is open (us-facts §1.3) and which days an answer about that state may cite."""
    if day >= CUT_ALL:
        return False, (CUT_ALL, CUT_CN) if chinese else (CUT_ALL,)
    if not chinese or day < CUT_FEB:
        return True, ()
    if day < BACK_FEB:
        return False, (CUT_FEB,)
    return (True, (BACK_FEB, CUT_CN - timedelta(1), CUT_CN)) if day < CUT_CN else (False, (CUT_CN,))


Made = tuple[dict[str, str], date, tuple[Figure, ...], tuple[str, ...], tuple[str, ...]]


def _quote(rng: Random, demo: str, frame: str, lang: Lang) -> Made:
    """Fill demonstrations A and B: a priced parcel over 2,000 with a stated rate."""
    zh = lang == "zh-TW"
    unit, name, article, rate, top = rng.choice(GOODS)
    land = rng.randrange(len(LANDS[lang]) - (name in (GOODS[0][1], GOODS[1][1])))
    if demo == "B":
        rate, top = rng.choice(("5", "7.5", "10", "3", "2.5", "12", "4")), 16000
    step = rng.choice((1000, 100, 10, 1))
    each = Decimal(max(1, rng.randint(1900, rng.choice((5000, 20000, top)) if top > 5000 else top) // step)) * step
    if top > 260000 and rng.random() < 0.5:
        each = Decimal(rng.randint(252, top // 1000) * 1000)
    if step == 1 and rng.random() < 0.4:
        each += Decimal("0.5")
    n = rng.randint(2, 4) if "{n}" in frame else 1
    free = not any(slot in frame for slot in ("{f}", "{fn}", "{fi}", "{cif}"))
    freight = Decimal(0 if free else rng.choice((80, 150, 200, 235, 320, 450, 688, 1200)))
    cover = Decimal(0 if free or "NT$0" in frame or "0元" in frame else rng.choice((20, 35, 50, 75, 100, 260)))
    if each * n + freight + cover < LOW_VALUE + 1:
        each += 1000
    price = each * n
    amounts = {"p": price, "f": freight, "x": cover, "each": each, "fi": freight + cover, "cif": price + freight + cover}
    slots = {key: _money(rng, value, lang) for key, value in amounts.items()}
    slots |= {"fn": _number(rng, freight, lang), "xn": _number(rng, cover, lang), "r": _rate(rng, rate, lang), "n": str(n), "m": unit}
    goods = rng.choice(EARS[lang]) if demo == "B" else name if zh else re.sub("^(?:an? pair of|an?) ", "", article)
    slots |= {"o": LANDS[lang][land], "g": goods, "ag": article}
    taxes = _taxes(amounts["cif"], rate)
    if demo == "A":
        figures = [(str(value), "TWD", of) for of, value in taxes.items() if value]
        return slots, TODAY, tuple(figures), tuple(_figure_re(Decimal(taxes[of])) for of in ("total", "landed_cost")), ()
    totals = (taxes["total"], _taxes(amounts["cif"], "0")["total"])  # schedule: 8518.30 and 8517.62 are 0%
    figures = [(str(taxes["customs_value"]), "TWD", "customs_value")] + [(str(total), "TWD", "total") for total in totals]
    return slots, TODAY, tuple(figures), (*(_figure_re(Decimal(total)) for total in totals), r"(?<![\d.])0\s*[%％]|免稅|duty[- ]free"), ()


def _count(rng: Random, frame: str, lang: Lang) -> Made:
    """Fill demonstration C: the n-th parcel of the half-year, freight unknown."""
    k = rng.choice((2, 3, 4, 5, 6, 7, 8) if "{u}" in frame else (1, 2, 3, 4, 5, 6, 6, 7, 8))
    price = Decimal(rng.choice((1990, 1980, 1800, 1500, 1200, 990, 500, rng.randint(150, 1989), rng.randint(150, 1989))))
    ordinals = "first second third fourth fifth sixth seventh eighth".split()
    slots = {"p": _money(rng, price, lang), "t": rng.choice(TEES[lang])}
    if lang == "zh-TW":
        slots |= {"k": rng.choice((str(k), _zh(k), _wide(str(k)))), "u": rng.choice((str(k - 1), _zh(k - 1).replace("二", "兩")))}
    else:
        slots |= {"k": str(k), "u": rng.choice((str(k - 1), _en(k - 1))), "kth": rng.choice((ordinals[k - 1], f"{k}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(k, 'th')}"))}
    as_of = rng.choice((TODAY, TODAY, date(2026, 3, 15), date(2025, 10, 1)))
    if k > EXEMPT_IMPORTS:
        return slots, as_of, (), (TAXED,), (POSITIVE,)
    room = LOW_VALUE - price
    return slots, as_of, ((str(room), "TWD", "freight_and_insurance"),), (EXEMPT, _figure_re(room)), ()


def _parcel(rng: Random, index: int, frame: str, lang: Lang) -> Made:
    """Fill demonstration D: a parcel to the United States on a day. Sending days keep 25 days clear of a change; entry days do not."""
    city = rng.choice((rng.randrange(5), rng.randrange(5, len(CITIES[lang]))))
    chinese, eras = city < 5, [ERAS[index % len(ERAS)], *(rng.choice(ERAS) for _ in range(200))]
    for first, last in eras:
        day = rng.choice((first, last, first + timedelta(rng.randint(0, (last - first).days))))
        state, last_day = _de_minimis(chinese, day), max(day, min(day + timedelta(25), TODAY))
        if "{arr}" in frame or all(_de_minimis(chinese, day + timedelta(n)) == state for n in range((last_day - day).days + 1)):
            break
    amount = Decimal(rng.choice(("150", "200", "350", "500", "500", "649.99", "799", "800", "800.01", "801", "1200", "2000")))
    dated = "{d}" in frame or "{arr}" in frame
    said = _day(rng, day, lang)
    slots = {"o": CITIES[lang][city], "a": _money(rng, amount, lang, usd=True), "m": rng.choice(MODES[lang]), "d": said, "arr": said}
    available, cites = state
    exempt = available and amount <= USD_LIMIT
    limit = ((str(USD_LIMIT), "USD", "us.de_minimis.threshold"),) if available else ()
    matches = (EXEMPT if exempt else TAXED, *((_date_re(cites),) if cites else ()))
    return slots, TODAY if dated else day, limit, matches, (NEGATIVE if exempt else POSITIVE,)


def _fee(rng: Random, frame: str, lang: Lang) -> Made:
    """Fill demonstration E: the merchandise processing fee's bounds on a day, against claimed ones."""
    row = rng.randrange(len(MPF))
    first, last = MPF[row][0], min(MPF[row + 1][0] - timedelta(1) if row + 1 < len(MPF) else TODAY, TODAY)
    as_of = rng.choice((first, last, first + timedelta(rng.randint(0, (last - first).days))))
    stale = [("27.75", "538.40"), ("27.75", "538.40"), ("25", "485"), ("26.22", "508.70"), ("27.23", "528.33"), ("38.45", "760.68")]
    low, high = rng.choice(stale + [pair[1:] for pair in MPF])
    signs = ("{}", "${}", "US${}", "{} 美元", "USD {}") if lang == "zh-TW" else ("{}", "${}", "US${}", "USD {}", "{} dollars")
    sign, now = rng.choice(signs), (MPF[row][1], MPF[row][2])
    figures = ((now[0], "USD", "us.mpf.minimum"), (now[1], "USD", "us.mpf.maximum"))
    matches = (*(_figure_re(Decimal(value)) for value in now), *(() if (low, high) == now else (WRONG,)))
    return {"lo": sign.format(low), "hi": sign.format(high)}, as_of, figures, matches, ()


def _limit(rng: Random, frame: str, lang: Lang) -> Made:
    """Fill demonstration F: a claimed duty-free limit for Taiwan."""
    claim = rng.choice((3000, 3000, 2500, 5000, 800, 2000, 2000))
    as_of = rng.choice((TODAY, TODAY, date(2026, 1, 2), date(2024, 6, 30), date(2019, 5, 5)))
    denial = FIRST + r"(?:不對|不正確|(?<!沒有)錯誤|過時|(?<!not )\bwrong|incorrect|not (?:correct|true|right)|outdated)"
    found = (_figure_re(Decimal(LOW_VALUE)), *(() if claim == LOW_VALUE else (WRONG,)))
    slots, figures = {"t": _money(rng, Decimal(claim), lang)}, ((str(LOW_VALUE), "TWD", "tw.low_value.limit"),)
    return slots, as_of, figures, found, (denial,) if claim == LOW_VALUE else ()


def _frames(demo: str, lang: Lang) -> list[str]:
    """List the sentence frames of one demonstration and language."""
    return FRAMES.split(f"# {demo} {lang}\n", 1)[1].split("# ", 1)[0].strip().splitlines()


def variants(demo: str | None = None, seed: int = 7, count: int = 30) -> list[Variant]:
    """Make `count` variants of each demonstration (or of one), the same ones for the same seed, the languages in turn."""
    made: list[Variant] = []
    for letter in demo or "ABCDEF":
        rng = Random(f"{seed}:{letter}")
        decks = {lang: rng.sample(_frames(letter, lang), len(_frames(letter, lang))) for lang in cast("tuple[Lang, ...]", ("zh-TW", "en"))}
        for index in range(count):
            lang: Lang = "en" if index % 2 else "zh-TW"
            frame = decks[lang][index // 2 % len(decks[lang])]
            fill = {"A": lambda f, g: _quote(rng, "A", f, g), "B": lambda f, g: _quote(rng, "B", f, g), "C": lambda f, g: _count(rng, f, g),
                    "D": lambda f, g: _parcel(rng, index, f, g), "E": lambda f, g: _fee(rng, f, g), "F": lambda f, g: _limit(rng, f, g)}[letter]
            slots, as_of, figures, matches, bans = fill(frame, lang)
            if lang == "zh-TW":
                frame = frame.replace("，", rng.choice(("，", "，", "，", ",", " ", "、")))
            before, after = (rng.choice(edges) for edges in EDGES[lang])
            question = before + frame.format(**slots) + after
            if lang == "en" and rng.random() < 0.15:
                question = question.lower()
            made.append(Variant(f"{letter}-{index + 1:02d}-{lang}", letter, question, lang, as_of, ("answered",), figures, matches, bans))
    return made


def _equal(found: object, value: str) -> bool:
    """Compare two values as decimals (a trailing % is ignored), else as text."""
    try:
        return Decimal(str(found).rstrip("%")) == Decimal(value.rstrip("%"))
    except InvalidOperation:
        return str(found) == value


def check(variant: Variant, answer: Mapping[str, Any]) -> list[str]:
    """Compare an Answer (as a JSON dict) with the oracle; return complaints, none when it is right."""
    prose = str(answer.get("answer") or "")
    plain = re.sub(r"[*`_]", "", prose)
    complaints = []
    if answer.get("status") not in variant.status:
        complaints.append(f"status {answer.get('status')!r}, expected one of {variant.status}")
    mixed = variant.lang == "en" and not variant.question.isascii()
    if not mixed and answer.get("language", variant.lang) != variant.lang:
        complaints.append(f"language {answer['language']!r}, expected {variant.lang!r}")
    tool = [number for number in answer.get("numbers") or [] if (number.get("grounding") or {}).get("kind") == "tool"]
    for value, unit, of in variant.figures:
        named = [number for number in tool if number.get("of") == of and number.get("unit") == unit]
        if not any(_equal(number.get("value"), value) and str(number.get("text", "")) in prose for number in named):
            complaints.append(f"no tool figure {of} = {value} {unit} in the prose; found {sorted({str(n.get('value')) for n in named})}")
    if variant.demo == "A" and all(of != "trade_promotion_fee" for *_, of in variant.figures):
        complaints += [f"trade promotion fee {n.get('value')}, expected none" for n in tool if n.get("of") == "trade_promotion_fee" and not _equal(n.get("value"), "0")]
    complaints += [f"answer does not match {pattern}" for pattern in variant.must_match if not re.search(pattern, plain, re.I)]
    return complaints + [f"answer matches {pattern}" for pattern in variant.must_not_match if re.search(pattern, plain, re.I)]


if __name__ == "__main__":
    for one in variants():
        print(json.dumps(asdict(one), ensure_ascii=False, default=str))
