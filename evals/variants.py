"""Question variants for six demonstrations, each with an oracle that shares nothing with the product.

Frames are sentences of different people (sellers, parents, students, agents; typos, mixed language) filled from a seed.
A: Taiwan quote. B: headphones at a wrong rate. C: n-th small parcel. D: US de minimis. E: MPF. F: the 2,000 limit.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
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
FRAMES = Path(__file__).with_name("variant_frames.txt").read_text("utf-8")
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
