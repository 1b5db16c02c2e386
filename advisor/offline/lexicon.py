"""Goods no schedule holds by name: by a code of six digits, or by the search of the nomenclature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from advisor.offline.frame import Schedule
from tools.registry import published
from tools.tariff.bundled import subheadings
from tools.tariff.names import NameMatch, fold
from tools.tariff.schedule import TariffLine, schedule
from tools.tariff.search.models import Candidate, Found
from tools.text.places import find_places
from tools.text.quantities import find_quantities
from tools.text.tokens import tokens

_SIX = re.compile(
    r"(?<![\d.,$])(?P<code>\d{4}\.\d{2}|\d{6})(?!\.?\d)(?! ?(?:元|塊|美|日[圓元]|人民|%|dollars?|usd|twd|ntd?|yen|公斤|kg))",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:NT\$|US\$|\$|€|£|¥|usd|twd|ntd|price|value|worth|價[格錢]?|金額|cif|fob) ?(?:是|為|of|is)?[ :：]?$", re.IGNORECASE)  # fmt: skip
#: words of a message that name no goods: who buys, how it goes, what is asked
_AROUND = re.compile(
    r"含(?:運|保|稅)+|(?:這|本|上|下)?半年|第 ?[一二兩三四五六七八\d]* ?次|請問|請|幫我|幫忙|算(?:一下)?|我(?:們|想|要)?|你們?|客人|客戶|朋友|公司|賣家|有人|名義|公司|每|想|要(?!素)|打算|準備|從|在|自|跟|向|買|賣|訂購|訂|寄|運(?:費|送|到)?|進口|出口|報關|快遞|郵寄|郵局|郵包|海運|空運|走(?!路)"
    r"|到(?!貨)|去|回|來|進|給|用|多少|幾|元|塊|美金|美元|台幣|臺幣|日圓|日幣|人民幣|歐元|關稅|營業稅|稅率|稅金|稅費|稅|課|繳|付|免|保險費?|含|不|沒有?|有|會|可以|嗎|呢|吧|啊|了|的|是|和|還|另外|總共|一共|今天|昨天|前天|明天|上個?月|這個?月|下個?月|上週|上星期|去年|今年|入境|現在|價格|價錢|貨價|產地|原產地|^製造?|做的|蝦皮|淘寶|樂天|亞馬遜|網購|團購|代購|網路上?|順豐|宅配|黑貓|新竹物流|郵差|才(?![料能])|合理|正常|發票|海關|賣家|買家|店家|出貨|發貨|包裹|郵件|貨件|謝謝|感謝|拜託|求救|不好意思|您好|你好|好意思|價值|實付|付款|自己|怎麼|這麼|為什麼|大概|大約|約|所以|如果|那|剛|新的?|客訴|超過|額|上限|門檻|輸美|輸入|輸出|趴|%|目前|現行|對(?!講)|以下|以上|東西|商品|貨品|[一二兩三四五六七八九十百]+(?:個|件|支|雙|台|臺|箱|包|條|瓶|盒|組|批|套|張|頂|輛|份|本|把|隻)"
    r"|\b(?:how much|what(?:'s| is| are)?|which|will|would|do|does|must|may|should|can|could|i|we|my|our|me|you|a|an|the|some|it|its|is|are|was|be|to|from|into|in|for|of|on|at|by|via|with|and|or|if|so|this|that|please|calculate|pay|owe|buy|bought|buying|ship|shipped|shipping|send|sending|sent|sell|selling|import|importing|imported|orders?|ordered|customs?|dut(?:y|ies)|tax(?:es)?|tariffs?|rate|fees?|total|cost|price|worth|value|valued|cif|fob|usd|us|twd|ntd|nt|freight|insurance|courier|express|post|mail|air|sea|ocean|parcel|package|shipment|each|made|today|now|above|over|under|below|low|limit|threshold|exempt(?:ion)?|free|all in|amazon|ebay|shopee|taobao|rakuten|fedex|dhl|ups|ems|usps|warehouse|ships|boxes|box|buyers?|consumers?|customers?|sellers?|gets?|got|selling|seller|friend|gift|uncle|aunt|mom|dad|something|some|new|costs?|priced|paid|paying|price[ds]?|customer|client|percent|applies|apply|currently|enter(?:ing|ed|s)?|entr(?:y|ies)|cleared|clears|released|landed|landing|dated?|when|did|has|had|have|been|yesterday|last|this|next|week|month|half(?:-| )?year|year|then|same|vs|versus|goods|made|shop|shops|store|stores|website|site|online|postage|coming|came|comes|arriving|arrives|arrived|billed|bills?|bill|charged?|charges|wants|asks|asking|fair|normal|—|hi|hello|thanks)\b",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"(?:安全)?帽|燈|鎖|鈴|鏈條?|輪胎|輪圈|坐墊|椅墊|充電器|鏡頭|鏡片|皮帶|支架|腳架|層架|鞋櫃|鞋架|收納"
    r"| (?:helmets?|lights?|lamps?|locks?|bells?|chains?|tires?|tyres?|wheels?|seats?|pumps?|baskets?|shelf|shelves|racks?|cabinets?|lens(?:es)?|brush(?:es)?|filters?|tools?|stickers?|toys?|cleaners?|polish|oil|frames?|mats?|cushions?|makers?|machines?|grinders?|blades?|sets? of)\b",
    re.IGNORECASE,
)  # goods of their own that a name before only describes: a bicycle helmet is a helmet
_SURE = ("strong", "good")
_HEADING, _SUBHEADING = 4, 6  # digits
_LIKELY = 0.51  # share of belief from which a candidate is taken that is only possible
_LEAST, _LEAST_LATIN = 2, 5  # letters a stretch in common must have
_ALL = 0.9  # the same, where several candidates are taken
_MEANT = 0.6  # share of the words that must have led to a candidate
_MOST_LINES, _MOST_WORDS = 12, 90


def subheadings_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Codes of six digits that are subheadings and stand as no amount: where they stand, and their digits.

    >>> [code for _, _, code in subheadings_in("helmet 650610 to US, 8306.29 too, NT$650610")]
    ['650610', '830629']
    """
    found = []
    for match in _SIX.finditer(text):
        digits = match["code"].replace(".", "")
        if digits in subheadings() and not _SIGN.search(text[: match.start()]):
            found.append((match.start(), match.end(), digits))
    return tuple(found)


def under(digits: str, text: str = "") -> Mapping[str, tuple[NameMatch, ...]]:
    """Lines of each schedule below a subheading, as many as are held; those the words name, where they name some."""
    names: tuple[Schedule, ...] = ("tw", "us")
    said = _words(text)
    found: dict[str, tuple[NameMatch, ...]] = {}
    for name in names:
        lines = _below(name, digits)
        meant = [line for line in lines if said & _words(f"{line.name.zh_TW} {line.name.en}")]
        found[name] = tuple(NameMatch(line, line.name.en, False) for line in meant or lines)
    return {name: lines for name, lines in found.items() if lines}


def rate_lines(code: str, side: Schedule, most: int = 4) -> tuple[str, ...]:
    """Of the lines held below a heading or subheading, the first at each rate, by which its rates are told."""
    digits = _digits(code)
    if len(digits) > _SUBHEADING or len(digits) < _HEADING:
        return ()
    first: dict[str, str] = {}
    for line in _below(side, digits):
        first.setdefault(line.rates.get("column_1" if side == "tw" else "general", ""), line.code)
    return tuple(first.values())[:most]


def _words(text: str) -> set[str]:
    return {t for t in tokens(text) if len(t) > 1 and not t.isdigit()}


def _below(name: Schedule, digits: str) -> list[TariffLine]:
    return [line for code, line in schedule(name).lines.items() if code.startswith(digits)][:_MOST_LINES]


def described(text: str, day: date, *, unsure: bool = False) -> tuple[str, ...]:
    """The subheading of the goods a message names in words, or those it may be; none where the words do not tell.

    Args:
        text: a folded message.
        day: the day the nomenclature is read at.
        unsure: whether candidates are taken even where the search is not sure of one.
    """
    words = goods_words(text)
    if not words or len(words) > _MOST_WORDS:
        return ()
    found = _searched(words, day)
    if found.kind != "goods" or not found.candidates:
        return ()
    first = found.candidates[0]
    if _covered(words, first) < _MEANT:
        return ()
    likely = unsure and first.score >= _LIKELY and bool(under(_digits(first.code)))  # of no line held nothing follows
    if first.confidence in _SURE or likely:
        return (_digits(first.code),)
    if not unsure or _covered(words, first) < _ALL:
        return ()
    return tuple(_digits(c.code) for c in found.candidates if _covered(words, c) >= _ALL)


def lines_described(text: str, day: date) -> dict[str, tuple[NameMatch, ...]]:
    """Lines of each schedule below the subheadings that goods may be which a text names in words."""
    return lines_under(described(text, day, unsure=True), text)


def lines_under(subheadings: Sequence[str], text: str) -> dict[str, tuple[NameMatch, ...]]:
    """Lines of each schedule below any of some subheadings."""
    found = [under(digits, text) for digits in subheadings]
    goods = {side: tuple(m for lines in found for m in lines.get(side, ())) for side in ("tw", "us")}
    return {side: lines for side, lines in goods.items() if lines}


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())


def _covered(words: str, candidate: Candidate) -> float:
    """Share of the letters of a description that stand in the words by which a candidate was found."""
    fits = [
        w
        for why in candidate.why
        for name, said in why.words.items()
        if name == "words"
        for w in re.split(r"[、,，;；]", said.zh_TW)
    ]
    lowered = words.lower()
    near = [said.zh_TW.lower() for why in candidate.why for name, said in why.words.items() if name == "phrase"]
    fits += [
        shared
        for phrase in near
        if len(shared := _shared(lowered, phrase)) >= (_LEAST_LATIN if shared.isascii() else _LEAST)
    ]
    taken = {
        i for fit in fits for at in re.finditer(re.escape(fit.strip().lower()), lowered) for i in range(*at.span())
    }
    letters = [i for i, char in enumerate(lowered) if char.isalnum()]
    return len(taken & set(letters)) / max(len(letters), 1)


def _shared(one: str, other: str) -> str:
    """The longest stretch two descriptions have in common."""
    at = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[at.a : at.a + at.size].strip()


def misspelt(text: str, found: Sequence[NameMatch]) -> bool:
    """Whether the names found stand in the text only nearly, as a slip of the pen may have it."""
    folded = fold(text)
    return bool(found) and not any(match.name in folded for match in found)


def common_subheading(found: Sequence[NameMatch]) -> str | None:
    """The one subheading of lines found in another schedule; None where they differ."""
    codes = {_digits(match.line.code)[:_SUBHEADING] for match in found}
    return codes.pop() if len(codes) == 1 else None


def only_describes(text: str, found: Mapping[str, tuple[NameMatch, ...]]) -> bool:
    """Whether the name that was found only describes other goods, as bicycle does in bicycle helmet."""
    names = {match.name for lines in found.values() for match in lines}
    lowered = fold(text)
    ends = [at.end() for name in names for at in re.finditer(re.escape(name), lowered)]
    return bool(ends) and all(_NOUN_AFTER.match(lowered, end) for end in ends)


@lru_cache(maxsize=512)
def _searched(words: str, day: date) -> Found:
    tool = published()["hs_search"]
    found = tool.run(tool.input_model.model_validate({"text": words, "limit": 3}), day)
    assert isinstance(found, Found)
    return found


def goods_words(text: str) -> str:
    """A message without its amounts, places and the words around the goods."""
    cut = list(text)
    spans = [(q.start, q.end) for q in find_quantities(text) if q.kind != "code"]
    for start, end in (*spans, *((p.start, p.end) for p in find_places(text))):
        cut[start:end] = " " * (end - start)
    return " ".join(_AROUND.sub(" ", "".join(cut)).split()).strip(" ,，。.?？!！:：;；")
