"""Question variants for six demonstrations, each with an oracle that shares nothing with the product.

Frames are sentences of different people (sellers, parents, students, agents; typos, mixed language) filled from a seed.
A: Taiwan quote. B: headphones at a wrong rate. C: n-th small parcel. D: US de minimis. E: MPF. F: the 2,000 limit.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, Literal


@dataclass(frozen=True)
class Variant:
    """One question with what a right answer must hold; `figures` are (value, unit, of), grounded in a tool."""

    id: str
    demo: str
    question: str
    lang: Literal["zh-TW", "en"]
    as_of: date
    status: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]


Made = tuple[dict[str, str], date, tuple[tuple[str, str, str], ...], tuple[str, ...], tuple[str, ...]]
TODAY, DAY = date(2026, 11, 21), timedelta(1)
# tw-facts §0-§2: VAT 5% (營業稅法§10, §41); trade fee 0.04%, free at 100 or less (貿易法§21; 經貿字第11350200210號);
# limit 2,000 and six exempt imports a half-year since 2018-01-01 (關稅法§49 II); value half-up, each tax floored.
VAT, TRADE_FEE, FEE_FREE, LOW_VALUE, EXEMPT_IMPORTS = Decimal("0.05"), Decimal("0.0004"), 100, 2000, 6
# us-facts §2.1 (19 CFR 24.22(k), 24.23; annual notices): MPF minimum, maximum of fiscal years 2023-2027 (1 October).
MPF = (("29.66", "575.35"), ("31.67", "614.35"), ("32.71", "634.62"), ("33.58", "651.50"), ("34.58", "670.86"))
STALE = (("27.75", "538.40"), ("27.75", "538.40"), ("25", "485"), ("26.22", "508.70"), ("38.45", "760.68"))
# us-facts §1.1, §1.3: $800; days on which the answer changes for China and Hong Kong, the last one for everyone.
USD_LIMIT, CUT_FEB, BACK_FEB, CUT_CN, CUT_ALL = 800, *(date(2025, *md) for md in ((2, 4), (2, 7), (5, 2), (8, 29)))
ERAS = (date(2023, 6, 1), CUT_FEB, BACK_FEB, CUT_CN, CUT_ALL, date(2026, 2, 24), date(2026, 7, 24), TODAY + DAY)
# tw-facts §5 (海關進口稅則資料2025, column 1): measure word, names, rate, highest price. Earphones: 8518.30, 0%.
GOODS = re.findall(
    r"(\S):(\S+?):([^:]+):([\d.]+):(\d+)",
    """
支:石英錶:a quartz watch:5:260000 顆:行動電源:a power bank:2.5:4500 件:純棉T恤:a cotton T-shirt:10.5:4000
個:真皮皮夾:a leather wallet:6.6:30000 副:太陽眼鏡:a pair of sunglasses:5:20000 台:吹風機:a hair dryer:5:16000
個:真皮手提包:a leather handbag:6.6:340000 支:自動上鍊機械錶:an automatic watch:4:380000 支:釣竿:a fishing rod:5:30000
條:棉質牛仔褲:a pair of cotton jeans:10.5:8000 支:網球拍:a tennis racket:5:12000 把:小提琴:a violin:10:290000""",
)
EARS = ("headphones,earphones,over-ear headphones,wireless earbuds", "耳機,耳罩式耳機,藍牙耳機,真無線耳機,頭戴式耳機")
TEES = ("T-shirt,cotton T-shirt,tee shirt,t-shirt", "T恤,棉T恤,短袖棉T,T-shirt,純棉T恤")
LANDS = ("Japan,Korea,the US,Germany,Italy,the UK,Vietnam,China", "日本,韓國,美國,德國,義大利,英國,越南,中國")
CITIES = (
    "Shenzhen,Shanghai,Guangzhou,Yiwu,Hong Kong,Taipei,Taichung,Tokyo,Osaka,Seoul,Busan,Ho Chi Minh City",
    "深圳,上海,廣州,義烏,香港,台北,台中,東京,大阪,首爾,釜山,胡志明市",
)  # the first five: CN or HK
MODES = ("by DHL,via FedEx,by post,by EMS,by air freight,by sea", "用 DHL 快遞,走 FedEx,用郵局包裹,走 EMS,空運,海運")
BEFORE, AFTER = (",,Hi! ,Hello - ", ",,您好，,不好意思，"), (",,, Thanks!, thx, Cheers", ",,, 謝謝, 感恩🙏, 拜託了")
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
WIDE = {code: code + 0xFEE0 for code in range(33, 127)}
# What an answer says. Its verdict stands in the first sentence, so a contrary one there is a mistake.
NEGATIVE = r"\A[^。.\n]{0,90}?(?:不(?:能|可以?)免|不免稅|無法免|not (?:be |been )?(?:exempt|duty[- ]free|eligible))"
POSITIVE = r"\A(?!\W*No\b)[^。.\n]{0,90}?(?:(?<![不無沒未否])可以?免稅|(?:it|parcel) (?:is|was) (?:duty-free|exempt))"
DENIAL = r"\A[^。.\n]{0,90}?(?:不對|不正確|(?<!沒有)錯誤|過時|(?<!not )\bwrong|incorrect|not (?:correct|true)|outdated)"
EXEMPT = r"免(?:徵|關|進口)?稅|免徵|適用|可用|(?:duty|tax)[- ]free|exempt|qualif|no (?:tax|duty)"
TAXED = (
    r"不.{0,6}免|無法|無免|不適用|取消|停|應稅|課稅|超過|用完|用盡|(?:須|要|得).{0,6}[繳課]|"
    r"\bnot?\b|n't|no longer|suspend|ended|taxable|over\b|exceed|more than|unavailable"
)
WRONG = (
    r"不對|不正確|不是|並非|錯|有誤|不符|過時|舊|已.{0,6}[改調降失]|更新|年度|FY ?20|fiscal year|incorrect|"
    r"\bno[t ,]|n't|wrong|out of date|outdated|no longer|false|old\b|2018"
)
# Frames, parted by "|": p price, f freight, x insurance, fi both, cif all, fn/xn bare, n pieces of each, r rate, o land
# m measure word or mode, g goods (ag: with article), k/kth ordinal, u exemptions used, t shirt or limit claimed, a USD
# d day of sending, arr day of entry, lo/hi fees claimed. B also takes the frames of A.
FRAMES = """
#A zh 從{o}買一{m} {p} 的{g}，運費 {fn}、保險 {xn}，關稅率 {r}，快遞進口台灣要繳多少稅？|請問在{o}網站訂了{g}一{m}，商
品 {p}，國際運費 {f}，保險費 {x}，稅率 {r}，快遞回台灣稅金多少？|客人問：{g}從{o}快遞進台灣，貨價 {p}＋運費 {f}＋保
險 {x}，關稅 {r}，到手總成本？請列算式|運費{fn}、保險{xn}、東西{p}（{o}來的{g}，稅率{r}），DHL寄台灣會被課多少|兒子吵著
要{g}，{o}代購報價 {p}，空運快遞 {f}，保險 {x}，關稅是 {r} 的話台灣海關收我多少？|關稅率 {r} 的{g}，連運費保險一
起 {cif}，{o}快遞到台灣，稅要多少？|我是賣家，先進一{m}{g}試水溫：CIF {cif}，{o}快遞到台灣，關稅 {r}。請算關稅、營業稅
、推貿費。|買{n}{m}{g}每{m}{each}，{o}寄台灣快遞，運費全部 {fn}，保險 {xn}，稅率{r}，稅多少啊|shipping {f}、
insurance {x}，{g}本身 {p}，from {o}，duty rate {r}，快遞到台灣 total 要付多少？|{o}直送{g} {p}，運費加保險一共 {fi}，
快遞進口台灣，稅率{r}，落地成本？|学生党想问，从{o}买{g}{p}，运费{f}，保险{x}，税率{r}，快递到台湾要交多少税|賣家說運
費 0 元、保險 0 元，{g}就 {p}，{o}用 FedEx 快遞寄來台灣，關稅 {r}，要補多少稅？|試算台灣進口稅：品名 {g}／來源 {o}／貨
價 {p}／運費 {f}／保險 {x}／稅率 {r}／方式 快遞|一{m}{g}{p}，運廢{fn}，保險{xn}，{o}快遞道台灣，關稅率{r}，多少稅阿
#A en How much tax do I pay on {ag} from {o} at {p}, freight {f}, insurance {x}, duty rate {r}, by courier to
Taiwan?|Client ordered {ag} ({p}) from {o}, shipping {fn}, insurance {xn}. Express to Taiwan, {r} duty. Tax?|importing
{g}, Taiwan, express. price {p} / freight {f} / insurance {x} / duty {r} / from {o}. pls calculate|My son wants {ag}
from {o}: {p} plus {f} DHL and {x} insurance; duty is {r}. What will Taiwan charge?|hi, whats the landed cost in taiwan
for {ag}, {p}, shiping {fn}, insurence {xn}, tarif {r}, fedex from {o}?|Freight {f}. Insurance {x}. Goods {p}: {ag} out
of {o}. With {r} duty and express, what do I owe in Taiwan?|If the CIF value is {cif} for {ag} couriered from {o} and
Taiwan's duty is {r}, how much are duty and VAT?|Buying {n} x {g} at {each} each from {o}; {f} freight in all, {x}
insurance, rate {r}, courier to Taiwan. Tax?|Kindly work out Taiwan's import taxes: {ag}, {p}, freight plus insurance
{fi}, duty {r}, express, {o}.|Ticket: Taipei buyer disputes his bill. {g}, {o}, invoice {p}, freight {f}, insurance {x},
{r} duty, courier. Tax?|Seller in {o}: NT$0 shipping, NT$0 insurance. {g}, {p}, courier, {r} duty - the Taiwan import
tax?|what wil i pay when UPS brings {ag} worth {p} to Taipei from {o}? freight was {f}, insurance premium {x}, duty
{r}|At {r}, what are duty, business tax and trade fee on {p} + {f} freight + {x} insurance ({g}, {o}, express to
Taiwan)?|How much 關稅 and 營業稅 for {ag} from {o} by courier to Taiwan? {p}, freight {fn}, insurance {xn}, {r}
#B zh 代購跟我收{g}關稅 {r}，貨價{p}、運費{f}、保險{x}，{o}出貨走快遞到台灣，合理嗎？應該是多少？|ChatGPT 說{g}稅率 {r}
，請幫我算：CIF {cif}，{o}快遞到台灣|女兒要{g}，{o}網購 {p}，運費 {f}，保險 {x}，看到關稅{r}，快遞回台灣，準備多少稅金
？|同事說{g}進口要課 {r} 關稅是真的嗎？我的 {p}、運費 {f}、沒保險（0元），從{o}快遞到台灣，稅怎麼算
#B en The seller says {g} carry {r} duty in Taiwan. I paid {p} + {f} shipping + {x} insurance, courier, {o}. How much
tax?|My broker's sheet shows {r} for {g}. CIF {cif}, courier from {o} to Taiwan. Right? What is the total tax?|A friend
says Taiwan charges {r} on {g}. Mine: {p}, shipping {f}, no insurance (NT$0), courier from {o}. Compute?|{g} 耳機 from
{o}, {p}, freight {f}, insurance {x}, duty {r}, 快遞 to Taiwan - total tax?
#C zh 一件 {p} 的{t}快遞到台灣要繳多少稅？這是我這半年第{k}件|這半年第 {k} 次買，{t} {p}，快遞進口台灣，要課稅嗎？|我上
網買{t}，{p}，DHL 快遞寄來台灣，這半年已經用過{u}次免稅，這次還免嗎？|{p} 的{t}算低價免稅吧？這半年前面已經有{u}包免稅
進來了，這包快遞到台灣要不要稅|幫客人問：快遞寄台灣，{t}一件{p}，收件人這半年第{k}筆，稅金多少？|老公又買了一件{t}…{p}…
是他這半年的第{k}個快遞包裹，寄台灣會不會被課稅啊|T-shirt 一件 {p}，courier 到台灣，this half year 第{k}次，tax 多少？|
请问快递寄到台湾的{t}{p}，这半年第{k}次进口，要交税吗|第{k}個包裹（本半年），{t}，{p}，快遞到台灣，關稅多少？|這半年已
經免稅進口{u}次，想再買 {p} 的{t}，走快遞來台灣，運費還不知道，會超過免稅額嗎？|海外購物{t} {p}，EZ WAY 叫我按確認，這
是我這半年第{k}票快遞進台灣，會被課多少稅？|{t}特價 {p}，想用空運快遞寄回台北，這半年算下來是第{k}次低價免稅，要付稅嗎|
學生想省錢：{t}{p}快遞到台灣，這半年前{u}次都免稅，這次呢？|同一人這半年第{k}次收快遞，{t}，{p}，寄台灣，怎麽課稅
#C en How much tax on a {p} {t} by courier to Taiwan, my {kth} parcel this half year?|I've already had {u} duty-free
parcels this half-year. Ordering a {t} for {p}, express to Taiwan. Any tax?|{t}, {p}, courier into Taiwan, {kth} import
in this half of the year - taxable?|Will customs in Taiwan charge me for a {t} priced {p}? Express, {kth} time this half
year.|My daughter bought a {t} ({p}), DHL express to Taipei, her {kth} parcel this half-year. What tax?|hi, whats the
tax for a tshirt {p} sent by currier to taiwan, {kth} parcel this half year??|Buyer asks: {kth} low-value parcel this
half-year, {t}, {p}, FedEx courier to Taiwan. Duty and VAT?|I used Taiwan's low-value exemption {u} times this half
year; now a {t} worth {p} by express. What do I owe?|Is a {p} {t} duty free by courier to Taiwan? It would be number {k}
for me this half-year.|Taiwan, courier, {t} at {p}, no idea yet what freight is. {kth} shipment this half year.
tax?|Please tell me the import tax for a {t} ({p}) couriered to Taiwan, my {kth} parcel of the half year.|this half year
so far: {u} parcels, all exempt. next: {t}, {p}, UPS express to Taiwan. tax or no tax|a {t} for {p}, 快遞 to Taiwan,
{kth} parcel this half year, tax?|Must I pay for my {kth} courier parcel to Taiwan this half-year? Just a {t}, {p}.
#D zh {d} 從{o}寄 {a} 的包裹到美國免稅嗎？|我{d}{m}從{o}寄了一箱 {a} 的貨去美國，可以用低價免稅嗎？|賣家求救：{d}從{o}
出貨到洛杉磯，價值{a}，{m}，客人要付美國關稅嗎？|{a}的手機殼，{d}由{o}{m}寄美國，de minimis 還能用嗎|包裹{arr}到美國入
境，{o}寄出，{a}，{m}，免關稅嗎？|{arr}在美國進口報關、{o}來的 {a} 商品，適不適用 800 美元免稅？|如果美國進口日是 {arr}
，{m}從{o}寄，{a}，要不要繳稅？|客服請問：美國海關{arr}受理、從{o}{m}的包裹，{a}，可以免稅嗎？|{arr} entry 的包裹，
from {o} to US，{a}，可以免稅嗎？|从{o}寄到美国的包裹，{arr}入境，货值{a}，能免税吗？|現在從{o}{m}寄 {a} 的東西到美國，
還免稅嗎？|今天從{o}寄 {a} 給美國買家，{m}，需要繳關稅嗎？|蝦皮賣家想賣到美國，{o}出貨，一個包裹 {a}，{m}，會被課稅嗎？
|{o}→美國，{a}，{m}，現在免睡（免稅）？
#D en Is a {a} parcel sent from {o} to the US on {d} duty free?|On {d} I shipped {a} of phone cases {m} from {o} to a
buyer in Texas. Does de minimis cover it?|Sent {d} {m}, {o} to Chicago, worth {a}. Any US duty, or exempt?|A package
from {o} entered the United States on {arr}, value {a}, {m}. Was it exempt?|Entry date {arr}, goods from {o} to the US,
{a}, shipped {m}: can the $800 exemption be claimed?|customer in LA says no US duty on the {a} order from {o} that was
entered on {arr} ({m}). true?|If US customs gets my {a} parcel ({o}, {m}) on {arr}, do we pay?|US import {arr}; {o};
{a}; {m}; section 321 ok?|it arived {arr} in america, {a}, bought from {o}, {m}. duty free or nah?|Can I still ship {a}
duty-free from {o} to the US {m}?|I sell on Etsy out of {o}. For a {a} order {m} to the US today, is there a tax
exemption?|A shop in {o} will send a {a} order {m} to a buyer in New York. 免稅 or not?|whats the rule today for low
value parcels {o} -> USA? mine is {a}, {m}|Our {o} warehouse ships {a} boxes {m} to US consumers. Does duty apply now?
#E zh MPF 最低最高是多少？文章寫 {lo} 和 {hi}|美國商品處理費（MPF）現在下限跟上限多少，網路文章說 {lo}、{hi}|請
問 MPF 最低 {lo}、最高 {hi} 是現在的數字嗎？|報關行報價單寫 MPF min {lo} max {hi}，對嗎|學校講義說美國商品處理費最
高 {hi}，最低 {lo}，還能用嗎？|幫我確認：Merchandise Processing Fee 上限 {hi}、下限 {lo}，是本會計年度的嗎？|MPF的最低
收費跟最高收費各是多少？我手上資料是{lo}～{hi}|客戶拿文章來吵，說 MPF 只要 {lo} 起、{hi} 封頂，正確金額是？|那個 MPF 到
底是 {lo}/{hi} 還是已經調了|部落格寫貨物處理費（MPF）最少 {lo}，最多 {hi}，現在正確的是多少|MPF 上下限？有人說上限 {hi}
|MPF minimum 是不是 {lo} 啊？maximum 呢？|请问美国 MPF 最低和最高金额是多少？文章写 {lo} 和 {hi}|ERP 的 MPF 設
定 min={lo}、max={hi}，要更新成多少？
#E en What are the MPF minimum and maximum? An article says {lo} and {hi}|Is it true the merchandise processing fee runs
from {lo} to {hi}?|Our broker quotes MPF min {lo} / max {hi}. Are those the current numbers?|mpf floor and cap right
now? my notes say {lo} / {hi}|A blog claims MPF is capped at {hi} with a {lo} minimum. Please confirm the amounts in
force.|Updating an ERP table: MPF_MIN={lo}, MPF_MAX={hi}. Correct for today, and if not what do I enter?|hey whats the
maximun mpf on a formal entry, is it still {hi}? and the minimun?|Textbook: US merchandise processing fee no less than
{lo}, no more than {hi}. Has it changed?|Minimum MPF {lo}? Maximum?|Client insists MPF can't exceed {hi} per entry and
starts at {lo}. What do I tell him?|For my customs exam: lower and upper limits of MPF - {lo} and {hi}, right?|A forum
says "{lo} min, {hi} max" for the US processing fee (MPF). Which limits apply now?|MPF 最低 and 最高 please - an article
says {lo} and {hi}, is it outdated?|We were billed an MPF minimum of {lo}. What are the right minimum and maximum?
#F zh 網路文章說 {t}以下免關稅，對嗎？（台灣進口）|台灣進口包裹免稅額是不是 {t}？|我媽說海外網購寄台灣 {t} 以內不用繳稅
，真的假的|聽說寄到台灣的包裹沒超過 {t} 就免稅，正確嗎？|請問台灣快遞進口低價免稅門檻是 {t} 嗎？|客人堅持台灣進口{t}以
下不用稅，我該怎麼回？|超過 {t} 才要課關稅跟營業稅，這說法對不對（台灣進口）？|部落格寫「{t} 以下免徵進口關稅」，現在台
灣還是這樣嗎？|台灣 de minimis 是 {t}，right？|寄回台灣的包裹免稅門檻 {t}，我有記錯嗎？|我賣東西進台灣，物流說單
票 {t} 以下免稅，這個數字有沒有錯|网上说寄到台湾{t}以下免关税，对吗？|老師說快遞進口台灣{t}以下免稅，考試能這樣寫嗎？|
台灣進口{t}以下免關睡? 是真的嗎
#F en An online article says Taiwan imports under {t} are duty free. Is that right?|Is Taiwan's low-value exemption
{t}?|My mum says anything up to {t} comes into Taiwan without tax, true or not?|taiwan de minimis = {t} ?|A forwarder
says parcels of {t} or less clear Taiwan customs tax-free. Can you confirm?|I heard you only pay duty in Taiwan above
{t}. Correct?|Customer claims no import tax below {t} in Taiwan; what do I reply?|so its {t} before taiwan customs
charges you, yeah?|Our FAQ states "Orders up to {t} enter Taiwan exempt from duty and VAT." Does it need correcting?|Pls
verify: express parcels to Taiwan, duty-free threshold {t}|My homework says the Taiwan tax-free limit for courier
imports is {t}. Did I get it right?|ChatGPT told me {t} is the treshold for tax free import in Taiwan. Is it
wrong?|Taiwan 免稅 limit {t}, is this still valid?|Reddit says Taiwan doesn't tax packages below {t}. Reliable?
"""
DECKS = {one[:4]: one[5:].strip().replace("\n", " " * (one[2:4] == "en")).split("|") for one in FRAMES.split("#")[1:]}


def _figure_re(value: Decimal | int) -> str:
    """Match an amount in prose, with or without thousands separators."""
    return r"(?<![\d.,])" + re.escape(f"{value:,}").replace(",", ",?") + r"(?!\d|[.,]\d)"


def _date_re(days: tuple[date, ...]) -> str:
    """Match any of the days in the usual spellings of both languages."""
    return "|".join(
        rf"{d.year}\W*年?\W*0?{d.month}\W*月?\W*0?{d.day}(?!\d)|\b0?{d.day} {d:%b}\w* {d.year}|"
        rf"{d:%b}\w*\.? 0?{d.day}(?:st|nd|rd|th)?,? {d.year}"
        for d in days
    )


def _zh(n: int) -> str:
    """Spell a number below 100,000,000 in Chinese, with 兩 where people say it."""
    if n >= 10000:
        text = _zh(n // 10000) + "萬" + "零" * (0 < n % 10000 < 1000) + (_zh(n % 10000) if n % 10000 else "")
    else:
        pairs = zip(f"{n:04}", ("千", "百", "十", ""), strict=True)
        text = "".join("零一二三四五六七八九"[int(digit)] + unit * (digit != "0") for digit, unit in pairs)
        text = re.sub("零+", "零", text).strip("零") or "零"
    return re.sub("(?<!十)二(?=[千百萬])", "兩", text.removeprefix("一") if 10 <= n < 20 else text)


def _taxes(value: Decimal, rate: str) -> dict[str, int]:
    """Compute the Taiwan taxes on one line (tw-facts §1): value half-up, then every tax floored."""
    base = int(value.to_integral_value(ROUND_HALF_UP))
    duty, exact_fee = int(base * Decimal(rate) / 100), base * TRADE_FEE
    vat, fee = int((base + duty) * VAT), int(exact_fee) if exact_fee > FEE_FREE else 0
    total = {"total": duty + vat + fee, "landed_cost": base + duty + vat + fee}
    return {"customs_value": base, "duty": duty, "business_tax": vat, "trade_promotion_fee": fee, **total}


def _de_minimis(chinese: bool, day: date) -> tuple[bool, tuple[date, ...]]:
    """Say whether the $800 exemption is open (us-facts §1.3) and which days an answer about that state may cite."""
    if day >= CUT_ALL:
        return False, (CUT_ALL, CUT_CN) if chinese else (CUT_ALL,)
    if not chinese or day < CUT_FEB:
        return True, ()
    if BACK_FEB <= day < CUT_CN:
        return True, (BACK_FEB, CUT_CN - DAY, CUT_CN)
    return False, (CUT_FEB if day < BACK_FEB else CUT_CN,)


@dataclass(frozen=True)
class _Maker:
    """Fill one frame, and say what the answer must hold."""

    rng: Random
    demo: str
    frame: str
    zh: bool

    def word(self, words: tuple[str, str]) -> str:
        """Choose a word of the frame's language."""
        return self.rng.choice(words[self.zh].split(","))

    def within(self, first: date, last: date) -> date:
        """Choose a day, often the first or the last."""
        return self.rng.choice((first, last, first + DAY * self.rng.randint(0, (last - first).days)))

    def number(self, value: Decimal) -> str:
        """Spell a number in one of the ways people type it."""
        n, ways = int(value), [f"{value:,}", f"{value}"]
        if n == value and self.zh:
            ways += [f"{n:,}".translate(WIDE), f"{n}".translate(WIDE), _zh(n), _zh(n)]
            if n % 100 == 0 and 1000 <= n < 10000:
                ways += [f"{n // 1000}千{n // 100 % 10}".rstrip("0"), _zh(n).removesuffix("百").replace("千兩", "千二")]
        elif n == value and n % 100 == 0 and n >= 1000:
            ways += [f"{n // 1000}.{n // 100 % 10}k".replace(".0", "")]
            ways += [f"{SMALL[n // 1000]} thousand"] if n in range(1000, 13000, 1000) else []
        return self.rng.choice(ways)

    def money(self, value: Decimal, usd: bool = False) -> str:
        """Spell an amount with its currency."""
        text = self.number(value)
        names = ("{} US dollars", "{}美元,{}美金") if usd else ("{} NT dollars", "{}元,{}塊,台幣{},新台幣{}元")
        signs = ",${},US${},USD {},{} USD" if usd else ",NT${},NT$ {},TWD {},{} TWD,NTD{}"
        if not text[0].isdigit() or not text.isascii():
            signs = (",ＵＳ＄{}" if usd else ",ＮＴ＄{},ＮＴ＄{}") * ("０" <= text[0] <= "９")
        return self.rng.choice((names[self.zh] + signs).split(",")).format(text)

    def rate(self, rate: str) -> str:
        """Spell a rate: 5%, ５％, 百分之五, 5趴, 5 percent."""
        zh = [f"{rate}%".translate(WIDE), "百分之" + "點".join(_zh(int(n)) for n in rate.split(".")), f"{rate}趴"]
        return self.rng.choice([f"{rate}%", f"{rate} %", *(zh if self.zh else [f"{rate} percent", f"{rate} pct"])])

    def day(self, day: date) -> str:
        """Spell a day, also in the calendar of the Republic (year less 1911)."""
        y, m, d = day.year, day.month, day.day
        if not self.zh:
            return self.rng.choice((f"{day}", f"{day:%B} {d}, {y}", f"{d} {day:%B} {y}", f"{day:%b} {d} {y}"))
        year = "".join("〇一二三四五六七八九"[int(c)] for c in str(y))
        return self.rng.choice(
            (
                f"{day}",
                f"{y}年{m}月{d}日",
                f"{y}/{m}/{d}",
                f"{y}年{m}月{d}日".translate(WIDE),
                f"民國{y - 1911}年{m}月{d}日",
                f"{year}年{_zh(m)}月{_zh(d)}日",
            )
        )

    def quote(self) -> Made:
        """Fill A and B: a parcel over 2,000 with a stated rate (goods with an ECFA rate never come from China)."""
        rng, frame = self.rng, self.frame
        unit, name, article, rate, top = rng.choice(GOODS)
        land = rng.choice(LANDS[self.zh].split(",")[: -1 if name in ("石英錶", "行動電源") else None])
        if self.demo == "B":
            name = article = self.word(EARS)
            unit, rate, top = "副", rng.choice(("5", "7.5", "10", "3", "2.5", "12")), "16000"
        step, n = rng.choice((1000, 100, 10, 1)), rng.randint(2, 4) if "{n}" in frame else 1
        one = rng.choice((rng.randint(1900, 4000), rng.randint(1900, int(top)), int(top) - 137)) // n // step * step
        freight = Decimal(rng.choice(("80", "150", "200", "235.5", "450")) if "{f" in frame or "{cif" in frame else 0)
        cover = Decimal(rng.choice((20, 35, 50, 75, 100)) if any(s in frame for s in ("{x", "{fi", "{cif")) else 0)
        each = one + 1150 * (one * n + freight + cover < LOW_VALUE + 1)
        cif = each * n + freight + cover
        amounts = {"p": Decimal(each * n), "f": freight, "x": cover, "each": Decimal(each), "fi": freight + cover}
        slots = {key: self.money(value) for key, value in amounts.items()} | {"cif": self.money(cif)}
        slots |= {"fn": self.number(freight), "xn": self.number(cover), "r": self.rate(rate), "n": str(n), "m": unit}
        slots |= {"g": name if self.zh else re.sub("^an? (pair of )?", "", article), "ag": article, "o": land}
        taxes, free = _taxes(cif, rate), _taxes(cif, "0")["total"]
        figures = tuple((str(value), "TWD", of) for of, value in taxes.items() if value)
        if self.demo == "A":
            return slots, TODAY, figures, tuple(_figure_re(taxes[of]) for of in ("total", "landed_cost")), ()
        figures = (figures[0], (str(taxes["total"]), "TWD", "total"), (str(free), "TWD", "total"))
        found = (_figure_re(taxes["total"]), _figure_re(free), r"(?<![\d.])0\s*[%％]|duty[- ]free|zero")
        return slots, TODAY, figures, found, ()

    def count(self) -> Made:
        """Fill C: the n-th parcel of the half-year, freight unknown."""
        k = self.rng.choice((1, 2, 3, 4, 5, 6, 6, 7, 8)[2 * ("{u}" in self.frame) :])
        price = Decimal(self.rng.choice((1990, 1980, 1800, 1500, 1200, 990, *self.rng.sample(range(150, 1990), 2))))
        used = _zh(k - 1).replace("二", "兩") if self.zh else SMALL[k - 1]
        slots = {"p": self.money(price), "t": self.word(TEES), "u": self.rng.choice((str(k - 1), used))}
        slots["k"] = self.rng.choice((str(k), _zh(k), str(k).translate(WIDE))) if self.zh else str(k)
        slots["kth"] = self.rng.choice((ORDINALS[k], str(k) + {1: "st", 2: "nd", 3: "rd"}.get(k, "th")))
        as_of, room = self.rng.choice((TODAY, TODAY, date(2026, 3, 15), date(2025, 10, 1))), LOW_VALUE - price
        if k > EXEMPT_IMPORTS:
            return slots, as_of, (), (TAXED,), (POSITIVE,)
        return slots, as_of, ((str(room), "TWD", "freight_and_insurance"),), (EXEMPT, _figure_re(room)), ()

    def parcel(self) -> Made:
        """Fill D: a parcel to the United States; sending keeps 25 days clear of a change, entry does not."""
        city, clear = self.rng.choice((self.rng.randrange(5), self.rng.randrange(5, 12))), False
        while not clear:
            era = self.rng.randrange(len(ERAS) - 1)
            day = self.within(ERAS[era], ERAS[era + 1] - DAY)
            available, cited = state = _de_minimis(city < 5, day)
            clear = "{arr}" in self.frame or all(_de_minimis(city < 5, day + DAY * n) == state for n in range(26))
        amount = Decimal(self.rng.choice(("150", "350", "500", "500", "649.99", "799", "800", "800.01", "801", "2000")))
        said, exempt = self.day(day), available and amount <= USD_LIMIT
        slots = {"o": CITIES[self.zh].split(",")[city], "a": self.money(amount, usd=True), "m": self.word(MODES)}
        limit = ((str(USD_LIMIT), "USD", "us.de_minimis.threshold"),) if available else ()
        found = (EXEMPT if exempt else TAXED, *([_date_re(cited)] if cited else []))
        as_of = TODAY if "{d}" in self.frame or "{arr}" in self.frame else day
        return slots | {"d": said, "arr": said}, as_of, limit, found, (NEGATIVE if exempt else POSITIVE,)

    def fee(self) -> Made:
        """Fill E: the merchandise processing fee's bounds on a day, against claimed ones."""
        row, claim = self.rng.randrange(len(MPF)), self.rng.choice(STALE + MPF)
        sign = self.rng.choice(("{}", "${}", "US${}", "USD {}", "{} 美元" if self.zh else "{} dollars"))
        found = (*(_figure_re(Decimal(value)) for value in MPF[row]), *([] if claim == MPF[row] else [WRONG]))
        figures = ((MPF[row][0], "USD", "us.mpf.minimum"), (MPF[row][1], "USD", "us.mpf.maximum"))
        as_of = self.within(date(2022 + row, 10, 1), min(date(2023 + row, 9, 30), TODAY))
        return {"lo": sign.format(claim[0]), "hi": sign.format(claim[1])}, as_of, figures, found, ()

    def limit(self) -> Made:
        """Fill F: a claimed duty-free limit for Taiwan."""
        claim = Decimal(self.rng.choice((3000, 2500, 5000, 800, 2000, 2000)))
        as_of = self.rng.choice((TODAY, TODAY, date(2026, 1, 2), date(2024, 6, 30), date(2019, 5, 5)))
        figures, found = ((str(LOW_VALUE), "TWD", "tw.low_value.limit"),), (_figure_re(LOW_VALUE),)
        right = claim == LOW_VALUE
        return {"t": self.money(claim)}, as_of, figures, found if right else (*found, WRONG), (DENIAL,) * right


def variants(demo: str | None = None, seed: int = 7, count: int = 30) -> list[Variant]:
    """Make `count` variants of each demonstration (or of one), the same ones for one seed, the languages in turn."""
    made = []
    for letter in demo or "ABCDEF":
        rng, of = Random(f"{seed}:{letter}"), "BA" if letter == "B" else letter
        decks = [[f for d in of for f in rng.sample(DECKS[d + key], len(DECKS[d + key]))] for key in (" en", " zh")]
        for index in range(count):
            zh = index % 2 == 0
            make = _Maker(rng, letter, decks[zh][index // 2 % len(decks[zh])], zh)
            fills = (make.quote, make.quote, make.count, make.parcel, make.fee, make.limit)
            slots, as_of, figures, found, banned = fills["ABCDEF".index(letter)]()
            text = make.frame.replace("，", rng.choice(("，", "，", "，", ",", " ")))  # Chinese people type all of them
            text = make.word(BEFORE) + text.format(**slots) + make.word(AFTER)
            text = text if zh or rng.random() > 0.15 else text.lower()
            lang: Literal["zh-TW", "en"] = "zh-TW" if zh else "en"
            name = f"{letter}-{index + 1:02}-{lang}"
            made.append(Variant(name, letter, text, lang, as_of, ("answered",), figures, found, banned))
    return made


def check(variant: Variant, answer: Mapping[str, Any]) -> list[str]:
    """Compare an Answer (as a JSON dict) with the oracle; return complaints, none when it is right."""
    prose, complaints = re.sub(r"[*`]", "", str(answer.get("answer") or "")), []
    if answer.get("status") not in variant.status:
        complaints.append(f"status {answer.get('status')!r}, expected one of {variant.status}")
    mixed = variant.lang == "en" and not variant.question.isascii()
    if answer.get("language", variant.lang) != variant.lang and not mixed:
        complaints.append(f"language {answer['language']!r}, expected {variant.lang!r}")
    tool = {
        (str(n.get("of")), str(n.get("unit")), Decimal(str(n["value"]).rstrip("%")))
        for n in answer.get("numbers") or []
        if (n.get("grounding") or {}).get("kind") == "tool"
        and str(n.get("text") or "") in prose
        and re.fullmatch(r"-?\d+(\.\d+)?%?", str(n.get("value")))
    }
    complaints += [
        f"no tool figure {of} = {value} {unit} in prose; found {[str(n) for it, _, n in tool if it == of]}"
        for value, unit, of in variant.figures
        if (of, unit, Decimal(value)) not in tool
    ]
    if variant.demo == "A" and all(figure[2] != "trade_promotion_fee" for figure in variant.figures):
        complaints += ["trade fee at 100 or less"] * any(n for of, _, n in tool if of == "trade_promotion_fee")
    complaints += [f"answer lacks {item}" for item in variant.must_match if not re.search("(?i)" + item, prose)]
    return complaints + [f"answer holds {item}" for item in variant.must_not_match if re.search("(?i)" + item, prose)]


if __name__ == "__main__":
    print(*variants(), sep="\n")
