"""Places in a text, by ISO 3166 code, and which way the goods go."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from tools.text.longest import Names

Role = Literal["origin", "destination", "unknown"]

_TO = re.compile(
    r"[海空陸航]運$|(?:到|回|往|去|進口|進|寄給?|(?<![海空陸航])運|送|銷|賣|給|出口到?|(?<!從)(?<!以)來)(?:了|住)?\s*$|\b(?:to|into|for|entering|enters?|reach|reaching|clears?)(?: the)?\s*$"
    r"|\b(?:tax|taxes|duty|duties|customs|charged?|buyers?|customers?|clients?|consumers?|import|taxed|vat|friend|consignee) in(?: the)?\s*$|\b(?:arriv(?:al|e|es|ed|ing)|land(?:s|ed|ing)?|unloaded|delivered|delivery) (?:in|at)(?: the)?\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:從|自|由|跟|向|在|於|產於|來自)\s*$"
    r"|\b(?:from|made in|out of|via|bought in|buying from|(?:sellers?|shop|store|website|supplier|warehouse|brand|plants?|factory|factories|mill|workshop|facility) in)(?: the)?\s*$",
    re.IGNORECASE,
)
#: goods will be made elsewhere: the factory may move to Vietnam
_MOVES = re.compile(
    r"(?:工廠|產線|生產線?|製造|供應商)[^，,。；;？?]{0,8}(?:搬|移|遷|轉|改)(?:到|去|至|往|在)\s*$"
    r"|\b(?:mov|relocat|shift|switch|transfer)\w* (?:(?:our|the|my|all|some) )*(?:factory|factories|plants?|prod\w{0,3}tion|manufactur\w+|assembly|sewing|sourcing|suppliers?) (?:over )?to(?: the)?\s*$"
    r"|\b(?:factory|factories|plants?|production|manufacturing|assembly|suppliers?)\b[^,.;?!]{0,24}\b(?:mov\w+|relocat\w+|shift\w*) to(?: the)?\s*$",
    re.IGNORECASE,
)
_CLAUSE = 60  # characters before a place in which it is said that goods will be made there
_AFTER_ORIGIN = re.compile(r"^\s*(?:的?(?:朋友|同事|同學|親戚|家人|阿姨|表[姊哥弟妹])(?:用|要|想)?(?:快遞|寄|郵寄|宅配)|買(?!家)|代購|寄|製|產|出貨|出產|品牌|網拍|網購|網站|下單|直送|發貨|賣家|來的|購|的(?!海關|關稅|客|買家)|到 |→)|^\s*(?:made|seller|brand|store|website|warehouse|supplier|shop)", re.IGNORECASE)  # fmt: skip
_AFTER_DESTINATION = re.compile(
    r"^\s*(?:海關|關務|關稅|進口|入境|要繳|會課|免稅|小額|那邊|還有|買家|客人|客戶|消費者|朋友|的?客|的?低價免稅|的?營業稅|課)|^\s*(?:customs|duty|import|side|charges?|collects?|lev(?:y|ies)|consumers?|customers?|buyers?|clients?|enters?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written and the way the goods go there."""

    code: str
    text: str
    start: int
    end: int
    role: Role


@cache
def _names() -> tuple[tuple[Names, dict[str, str]], dict[str, dict[str, list[str]]]]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    codes: dict[str, str] = {}
    for code, names in raw.items():
        for name in (*names["zh-TW"], *names["en"]):
            codes[name] = code
    return (Names(codes), codes), raw


def name_of(code: str, lang: Literal["zh-TW", "en"]) -> str:
    """What we call a place.

    >>> name_of("JP", "zh-TW")
    '日本'
    """
    (_, _), raw = _names()
    names = raw.get(code)
    if names is None:
        return code
    if lang == "zh-TW":
        return names["zh-TW"][0]
    name = names["en"][0]
    return name.upper() if len(name) <= 3 else name.title()


def find_places(text: str) -> list[Place]:
    """Places of a text (already folded to half-width and Traditional), left to right."""
    return list(_found(text))


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[Place, ...]:
    """Places of a text, remembered: a question is asked for them at every step, a passage with every question."""
    lowered = text.lower()
    (names, codes), _ = _names()
    found = []
    for start, end, name in names.find(lowered):
        before, after = lowered[max(0, start - 14) : start], lowered[end : end + 10]
        moves = _MOVES.search(lowered[max(0, start - _CLAUSE) : start])
        role: Role = "origin" if moves or _of_goods(name, after) else _role(before, after)
        found.append(Place(codes[name], name, start, end, role))
    for match in re.finditer(
        r"\b(?:US|U\.S\.)(?![$\w]| ?(?:dollars?|D\b))|(?<=\bthe )us\b(?! dollar)|\bus(?= (?:imports?|customs|dut(?:y|ies)|tariffs?|buyers?|market|entry)\b)",
        text,
    ):
        if not any(p.start <= match.start() < p.end for p in found):
            before = lowered[max(0, match.start() - 14) : match.start()]
            role = _role(before, lowered[match.end() : match.end() + 10])
            found.append(Place("US", match[0].lower(), match.start(), match.end(), role))
    return tuple(sorted(found, key=lambda p: p.start))


#: who is given something there: 送給在美國念書的朋友
_GIVEN = re.compile(r"給(?:住|人)?在\s*$")


#: what is sold is named by where it comes from: 賣韓國面膜, unlike 賣美國要多少稅
_SELLS = re.compile(r"[賣卖]\s*$")
_NO_GOODS = re.compile(r"\s*(?:$|[^一-鿿]|[要會的客市買多關稅得海可能需嗎呢那這有怎是])")


#: Taiwanese tea comes from there, whatever stands before it: what tariffs apply to Taiwanese tea
_ADJECTIVE = re.compile(r"(?!fujian)\w{2,}(?:ese|ian|[cer]an|ish)$|(?:french|swiss|thai|german|dutch|greek|czech)$")
_NOUN = re.compile(
    r" (?!(?:and|or|to|in|at|on|for|by|is|law|rules?|government|compan|business|firm|owner|importer|exporter|address|citizen|resident|passport"
    r"|market|warehouse|port|airport|friend|side|person|people|tourist|travell?er|dollar|currency|vat|tax|tariff)\w*\b)[a-z]{2,}"
)


def _of_goods(name: str, after: str) -> bool:
    """Whether a place is told by an adjective with goods behind it, and not with a buyer or its customs."""
    return bool(_ADJECTIVE.match(name) and _NOUN.match(after) and not _AFTER_DESTINATION.search(after))


def _role(before: str, after: str) -> Role:
    if _GIVEN.search(before):
        return "destination"
    if _SELLS.search(before) and not _NO_GOODS.match(after):
        return "origin"
    if _FROM.search(before) and not (before.rstrip().endswith(("在", "於")) and _AFTER_DESTINATION.search(after)):
        return "origin"
    if _TO.search(before):
        return "destination"
    if _AFTER_ORIGIN.search(after):
        return "origin"
    if _AFTER_DESTINATION.search(after):
        return "destination"
    return "unknown"
