"""Spelling of a question before it is read: one script, plain digits, everyday shorthand, misspelt trade words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from text_to_num import alpha2digit, text2num

from advisor.offline.cues import cues
from tools.dialogue import dialogues
from tools.tariff.schedule import schedule
from tools.text.normalise import normalise, to_traditional
from tools.text.numerals import CHINESE, read_numeral

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
#: 3 萬 2 is 32,000, not two amounts
_TAIL = r"(\d) ?([萬千百]) ?(\d)(?![\d,.])(?! ?(?:[件個支條瓶台臺次歲月日號度公克盒包箱套雙隻]|%))"
#: sections by which duties are added, as people number them
_DUTY_ACT = "122|201|232|301|338"
_SHORTHAND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        (r"(\d(?:\.\d+)?) ?(?:趴|％|pct\b|per ?cent\b)", r"\1%"),
        (r"(?<=[免關課繳完抽納少])睡", "稅"),
        (_TAIL, r"\1\2\3"),
        (r"(?<=[買訂寄本])書(?=[，,、\s\d來到回]|$)|(?<![\u4e00-\u9fff])書(?=[，,、\s\d])|(?<=的)書$", "書籍"),
        (r"(?<=[雙買的寄訂])鞋(?=[，,、\s\d要來到回多嗎]|$)", "鞋子"),
        (r"(?<=[支隻只塊個])(?:手)?錶(?=.{0,24}石英)", "石英錶"),
        (r"(?<=[支隻只塊個])(?:手)?錶(?=.{0,24}機械)", "機械錶"),
        (r"(?<!石英)(?<!機械)[手]?錶[ ，,（(]{0,2}(石英|機械)的?[）)]?", r"\1錶"),
        (r"(?<=[一ㄧ1])ㄍ", "個"),
        (r"ㄉ", "的"),
        (r"ㄋ", "呢"),
        (r"ㄇ", "嗎"),
        (r"ㄅ", "吧"),
        (r"\bhair ?dri?er\b", "hair dryer"),
        (r"\bins\b\.?", "insurance"),
        (r"\bship(?= (?:is )?\d)", "shipping"),
        (r"T ?恤 ?[（(](純?棉|化纖|聚酯)[)）]", r"\1 T 恤"),
        (r"運[廢肺飛]", "運費"),
        (r"保[顯鮮現](?=\s|\d|[，,、有沒費]|$)", "保險"),
        (r"快[地弟第](?=\s|\d|[，,、到來]|$)", "快遞"),
        (r"\bN\.?T\.? ?dollars?\b|\bTaiwan(?:ese)? dollars?\b", "NTD"),
        (r"\bU\.?S\.? ?dollars?\b", "USD"),
        (r"(?<=[a-z])(?=(?:TWD|NTD|USD|NT\$|US\$))(?<!N)(?<!U)", " "),
        (r"(?<=[\u4e00-\u9fff]) ?(?-i:LA)(?![A-Za-z\d])", "洛杉磯"),
        (r"(?<=[\u4e00-\u9fff]) ?(?-i:NYC?)(?![A-Za-z\d])", "紐約"),
        (r"_|＝|=", " "),
        (r"[→⇒]|[-=]+>", " 到 "),
        (r"\b(\d+) ?[x×] (?=[a-z])", r"\1 pieces "),
        # a currency's name before its figure, none behind another figure
        (r"(?<![\d.] )\beuros? (?=\d)", "EUR "),
        (r"(?<![\d.] )\byen (?=\d)", "JPY "),
        (r"(?<![\d.] )\bpounds? (?=\d)", "GBP "),
        (r"\b(from [a-z][a-z .]{1,24} (?:in)?to) us\b", r"\1 the US"),
        # sections of acts by their number alone are no amounts
        (rf"(?<![\d.,$])({_DUTY_ACT}) ?(?=是多少|是幾|要多少 ?%|的?(?:關稅|稅率))", r" \1 條款 "),
        (r"\bnumber (\d{1,2})\b(?= (?:for|this|in|of))", r"\1th parcel"),
    )
)
#: trade words that people misspell; a word close to one of them and to no other is read as it
_TRADE_WORDS = (
    "shipping", "freight", "insurance", "insured", "tariff", "customs", "courier", "express", "threshold", "exemption",
    "minimum", "maximum", "declaration", "declare", "invoice", "parcel", "package", "processing", "merchandise",
    "penalty", "chapter", "interpretation", "identifier", "recommend", "business", "landed", "exempt", "delivery",
)  # fmt: skip
_CLOSE = 84.0  # similarity out of 100


@lru_cache(maxsize=512)
def fold_question(question: str, *, english: bool) -> str:
    """The question as understanding reads it.

    >>> fold_question("稅率 5趴，二〇二六年七月三日", english=False)
    '稅率 5%，2026年7月3日'
    """
    question = re.sub(r"(?<=\d)[，、](?=(?:19|20)\d\d ?[-/年])", lambda m: f"{m[0]} ", question)  # 20,000，2025-12-31
    question = _LISTED.sub(lambda m: f"{m[0]} ", question)
    question = _BEFORE_ACT.sub(", ", question)
    text = to_traditional(normalise(question).text)
    if english:
        text = alpha2digit(text, "en")
        text = re.sub(r"[A-Za-z]{5,}", _mended, text)
    text = _chinese_dates(text)
    if not english:
        text = _RULE.sub(_rule, text)
    text = re.sub(rf"([{CHINESE}]{{1,40}}(?:點[{CHINESE}]{{1,40}})?) ?趴", _percent, text)
    text = re.sub(rf"百分之 ?([{CHINESE}]{{1,40}}點[{CHINESE}]{{1,40}})", _percent, text)
    for pattern, to in _SHORTHAND:
        text = pattern.sub(to, text)
    return _pieces_of_dozens(text)


#: a Chinese comma behind a code, a decimal or a number with its own commas parts it from the next: 4202.22.40，700 美元
_LISTED = re.compile(
    r"(?<!\d)(?<!\d,)(?:\d[\d,]*\.\d[\d.]*|\d{1,3}(?:,\d{3})+|\d{4,})[，、](?=\d)|\d[，、](?=(?:\d{1,2}|\d{4,})(?![\d，]))"
)
#: a comma before the number of a section parts it from the figure before it, as what follows tells: 運費 200，232 要加嗎
_ACT = rf"(?:{_DUTY_ACT}|321)"
_BEFORE_ACT = re.compile(
    rf"(?<=\d\d)(?:，(?={_ACT} ?(?:、{_ACT}|[也還又都]?(?:條|適用|加徵|附加|清單|名單|調查|[還可]能|[要會有](?:不[要會]|沒有)?(?:再|另外|一起|也)*(?:加|[課收算]到?[嗎呢吧？?]))))|,(?={_ACT} ?(?:條款|適用|加徵)))"
)

_RULE = re.compile(r"(?:\bGIR|GRI|(?:解釋)?準則|\b[Rr]ule) ?(\d)(?: ?[(（]?([abcABC])[)）]?(?![A-Za-z]))?")
_PARTS = {"a": "（甲）", "b": "（乙）", "c": "（丙）"}


def _rule(match: re.Match[str]) -> str:
    """A general interpretation rule as it is named in Chinese: GIR 2(a)."""
    return f"解釋準則{'〇一二三四五六七八九'[int(match[1])]}{_PARTS[match[2].lower()] if match[2] else ''}"


_DOZENS = re.compile(
    rf"(?P<en>\b(?:\d+|half an?|an?|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)) (?:dozens?\b|doz\.?)(?: of\b)?|(?P<zh>(?<!\d)\d+|半|[{CHINESE}]{{1,4}}) ?打(?![折包火印開到電擾破孔字])",
    re.IGNORECASE,
)
_BY_THE_DOZEN = re.compile(
    rf"(?:\bper|/|\beach|(?<=\d) an?) ?doz(?:en\b|\.?)|每 ?打|一 ?打(?= ?(?:是|要|賣)? ?[\d{CHINESE}$])", re.IGNORECASE
)
_BY_THE_PIECE = re.compile(
    r"\b(?:each|apiece|a piece|per (?:piece|item|pair|unit))\b|(?:每|一) ?[件個支雙頂條瓶副]|單價", re.IGNORECASE
)


def _pieces_of_dozens(text: str) -> str:
    """Dozens as pieces where the price of one is said; a price by the dozen counts the dozens. Else a dozen stays a unit.

    >>> _pieces_of_dozens("2 dozen T-shirts at $12 each"), _pieces_of_dozens("兩打襪子，一打 600 元"), _pieces_of_dozens("5 dozen gloves")
    ('24 pieces T-shirts at $12 each', '2件襪子，每件 600 元', '5 dozen gloves')
    """
    by_dozen = _BY_THE_DOZEN.search(text) is not None
    if not by_dozen and not _BY_THE_PIECE.search(text):
        return text
    text = _BY_THE_DOZEN.sub(lambda m: " per piece" if "d" in m[0].lower() else "每件", text)

    def pieces(match: re.Match[str]) -> str:
        said = (match["en"] or match["zh"]).lower()
        count = _count(said)
        if count is None or (by_dozen and count != int(count)):
            return match[0]
        number = int(count if by_dozen else count * _DOZEN)
        return f"{number} pieces" if match["en"] else f"{number}件"

    return _DOZENS.sub(pieces, text)


_DOZEN = 12


def _count(said: str) -> Decimal | None:
    """How many dozens a word or figure says."""
    if said in ("half a", "half an", "半"):
        return Decimal(1) / 2
    if said in ("a", "an"):
        return Decimal(1)
    if said.isascii():
        return Decimal(said) if said.isdigit() else Decimal(text2num(said, "en"))
    return read_numeral(said)


def _percent(match: re.Match[str]) -> str:
    whole, _, part = match[1].partition("點")
    value = read_numeral(whole)
    if value is None:
        return match[0]
    decimals = "".join(_DIGITS.get(c, "") for c in part)
    return f"{value}{'.' + decimals if decimals else ''}%"


@cache
def _known_words() -> frozenset[str]:
    """Words that mean something of their own here: cheaper is no misspelt chapter."""
    texts = [*(w for group in cues().values() for words in group.values() for w in words)]
    texts += [w for d in dialogues().values() for s in d.slots.values() for c in s.choices for w in c.words.en]
    texts += [name for line in schedule("tw").lines.values() for name in (line.name.en, *line.aliases.en)]
    return frozenset(w for text in texts for w in re.findall(r"[a-z]{5,}", text.lower()))


def _mended(match: re.Match[str]) -> str:
    word = match[0].lower()
    if word in _TRADE_WORDS or word.rstrip("s") in _TRADE_WORDS or word in _known_words():
        return match[0]
    hits = process.extract(word, _TRADE_WORDS, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=2)
    close = [h for h in hits if abs(len(h[0]) - len(word)) <= 2 and h[0][0] == word[0]]
    return str(close[0][0]) if len(close) == 1 else match[0]


def _chinese_dates(text: str) -> str:
    """Dates written in Chinese numerals, in digits."""
    text = re.sub(r"([一二][〇零一二三四五六七八九]{3})(?= ?年)", lambda m: "".join(_DIGITS[c] for c in m[1]), text)
    number = r"[一二三四五六七八九十]{1,3}"

    def in_digits(match: re.Match[str]) -> str:
        month, day = read_numeral(match[1]), read_numeral(match[2])
        return match[0] if month is None or day is None else f"{month}月{day}日"

    return re.sub(rf"({number})月({number})[日號]", in_digits, text)
