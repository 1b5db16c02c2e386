"""Parameters of the law that a text names, by their labels and aliases."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from advisor.offline.cues import says
from tools.law.store import law
from tools.text.longest import Names
from tools.text.normalise import normalise, to_traditional

_TOPIC_WORDS = {
    "us.mpf": r"\bmpf\b|商品處理費|貨物處理費|merchandise processing",
    "us.hmf": r"\bhmf\b|港口維護費|harbor maintenance",
}

_FREE_BELOW = re.compile(
    r"(?:元|塊|幣|[\d千百萬]) ?(?:以下|以內|內|之內|起跳|才).{0,8}(?:不用|不必|免|沒有|才要|要).{0,4}(?:稅|課|繳)|超過.{0,10}(?:才|就).{0,4}(?:課|繳|稅)"
    r"|(?:tax|taxed|charge[sd]?|charging).{0,24}(?:below|under|above|over)\b|(?:below|under(?! (?:\w+ ){1,3}(?:code|heading|name|number|chapter|rule|article|law|act)\b)|up to|or less|at most).{0,40}(?:tax|dut|exempt)"
    r"|(?:without|no|doesn't|does not|don't|isn't|not) (?:any )?(?:import )?(?:tax|duty|duties).{0,24}(?:below|under|up to|less)|before (?:taiwan )?customs charge"
    r"|taiwan(?:'s)? (?:\w+ )?(?:limit|threshold)\b|[台臺]灣(?:的)?(?:門檻|上限|限額)"
    r"|(?:threshold|limit|allowance).{0,30}(?:tax|dut|import|free)|low-value exemption|taiwan(?:'s)? de minimis|免稅 ?(?:limit|threshold)|pay (?:duty|tax|taxes).{0,24}(?:above|over|beyond)|(?:tax|duty)[- ]free (?:threshold|limit)|"
    r"(?:元|塊|以下|以內|以上|不到|低於).{0,6}免(?:關|進口)?稅|免(?:關|進口)?稅.{0,6}(?:門檻|額|上限|金額|多少)|多少(?:錢|元)?(?:以下|以內|內).{0,3}免稅"
    r"|(?:under|below|up to|less than).{0,24}(?:duty|tax)[- ]free|(?:duty|tax)[- ]free.{0,20}(?:under|below|limit|threshold|up to|allowance)"
    r"|(?:no|without) (?:tax|duty|customs).{0,20}(?:under|below|up to)|(?:under|below|up to).{0,24}(?:no|exempt|isn't taxed|not taxed|free of)"
)


_HOW_OFTEN = re.compile(
    r"用幾次.{0,24}(?:x2|免稅)|(?:x2|免稅).{0,24}用幾次|how many times.{0,40}(?:x2|low-value)|免稅.{0,8}(?:幾|多少)(?:次|件|包)|(?:幾|多少)(?:次|件|包).{0,6}免稅"
    r"|(?:how many|number of).{0,24}(?:tax|duty)[- ]free|how (?:often|many times).{0,40}(?:free|exempt)"
)


def floor_of(origin: str, day: date) -> Decimal | None:
    """The all-in floor that reaches all goods of an origin on a day; None where none does."""
    held = law().parameter("us.section_301_forced_labor.floor").values
    return next((v.number for v in held if v.scope.covers(origin, None) and v.holds(day)), None)


_ENDED_WORDS = {
    "ieepa_fentanyl": r"芬太尼|fentanyl|\bieepa\b", "ieepa_reciprocal": r"對等|reciprocal|\bieepa\b",
    "section_122": r"122 ?條|section 122|\b122 (?:tariff|surcharge|dut)",
}  # fmt: skip


def country_measures(origin: str, day: date, text: str = "") -> tuple[str, ...]:
    """Additional duties that reach all goods of an origin on a day: no list, no declared fact, no claim decides them.

    One that the text names comes first, in force or not: that it has ended is the answer.
    """
    named = {key for key, words in _ENDED_WORDS.items() if re.search(words, fold(text))}
    found: dict[str, tuple[tuple[int, int], str]] = {}
    for parameter in law().all():
        measure = parameter.measure
        if measure is None or measure.form == "none" or measure.lists or measure.footnotes or measure.programmes:
            continue
        if measure.claimed or measure.loaded_before or (measure.fact and not measure.fact_open) or measure.when_applied:
            continue
        held = [v for v in parameter.values if v.certainty != "expected" and v.scope.covers(origin, None)]
        ends = [v.effective_to.toordinal() for v in held if v.effective_to and v.effective_to < day]
        if any(v.holds(day) for v in held):
            rank = (0, measure.order)
        elif ends and measure.key in named:
            rank = (1, -max(ends))  # of several that have ended, the one that ended last
        else:
            continue
        found[measure.key] = min(found.get(measure.key, (rank, parameter.id)), (rank, parameter.id))
    return tuple(name for _, (_, name) in sorted(found.items(), key=lambda each: each[0] not in named))


@cache
def _names() -> tuple[Names, dict[str, str]]:
    """All folded names, and the parameter each stands for."""
    rows: dict[str, str] = {}
    for parameter in law().all():
        if not parameter.aliases.all():
            continue  # a measure, asked for by the topic it belongs to
        for name in (parameter.label.zh_TW, parameter.label.en, *parameter.aliases.all()):
            folded = fold(name)
            if len(folded) > 2 or (len(folded) == 2 and not folded.isascii()):
                rows.setdefault(folded, parameter.id)
    return Names(rows), rows


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Text as names of the law are compared."""
    return re.sub(r"\s+", " ", to_traditional(normalise(text).text).lower().replace("台", "臺"))


def _free_in_taiwan(text: str) -> bool:
    """Whether a figure is said to be a limit of freedom from tax, in words that are no entry into the United States."""
    abroad = says(text, "us_entry") or _OF_THE_US.search(text) is not None
    return _FREE_BELOW.search(fold(text)) is not None and not abroad


#: what goods are worth, told as a fact of the case: 完稅價格 1,500, customs value of NT$2,300
_WORTH = re.compile(
    r"完稅價格(?:剛好|正好|大概|大約|總共|合計|一共|只有|才|是|為|約|共|:|：| )*(?:NT\$|新台幣|台幣)?\s?\d[\d,.]*\s?萬?元?"
    r"|\bcustoms value(?: of| is| was|:)? ?(?:NT\$|NTD|TWD)? ?\d[\d,.]*",
    re.IGNORECASE,
)


def without_worth(text: str) -> str:
    """A text without the values it tells: whoever tells one does not ask what a customs value is.

    >>> without_worth("那完稅價格1,900呢？"), without_worth("完稅價格怎麼算")
    ('那 呢？', '完稅價格怎麼算')
    """
    return _WORTH.sub(" ", text)


#: the limit asked for beside how often it may be used
_UP_TO = re.compile(
    r"(?:多少|幾)(?:錢|元|塊)?(?:以下|以內|內)|\b(?:up to|below|under) (?:what|how much|which)\b|\bwhat(?:'s| is) the (?:limit|threshold)\b"
)


def named_parameters(text: str) -> tuple[str, ...]:
    """Ids named in a text, each stretch of text counted once, for the longest name."""
    folded = fold(without_worth(text))
    names, parameters = _names()
    ids = [parameters[name] for _, _, name in names.find(folded)]
    for topic, words in _TOPIC_WORDS.items():
        if re.search(words, fold(text)) and not any(i.startswith(topic) for i in ids):
            ids.append(topic)
    if not any(i.startswith(("tw.low_value", "us.mpf", "us.hmf")) for i in ids) and _free_in_taiwan(text):
        ids = [i for i in ids if not i.startswith("us.")] + ["tw.low_value.limit"]
    if any(re.search(words, fold(text)) for words in _TOPIC_WORDS.values()):
        ids = [i for i in ids if i.startswith("us.")]
    if re.search(r"郵(?:包|局|寄|政)|\bpost(?:al)?\b", fold(text)) and not re.search(
        "快遞|express|courier", fold(text)
    ):
        ids = [i for i in ids if not i.startswith("tw.express.")]
    if _OF_THE_US.search(fold(text)):
        ids = [i for i in ids if not i.startswith("tw.low_value")]
    if re.search(r"非正式|\binformal", fold(text)):
        ids = [i for i in ids if not i.startswith("tw.")]
    if _CASH.search(fold(text)) and _LUGGAGE.search(fold(text)) and not any(i.startswith("us.") for i in ids):
        ids = [f"tw.traveller_cash.{name}" for name in ("twd", "foreign_usd", "cny")]
    if not re.search(r"美國|\b(?:us|usa|united states|america)\b", fold(text)):
        ids = [i for i in ids if i != "us.de_minimis.traveller_threshold"]
    free_luggage = not ids and re.search(r"免稅|(?:duty|tax)[- ]free|exempt", fold(text)) is not None
    if _LUGGAGE.search(fold(text)) and ("tw.low_value.limit" in ids or free_luggage):
        ids = [*_of_luggage(fold(text)), *(i for i in ids if i != "tw.low_value.limit")]
    if _HOW_OFTEN.search(fold(text)) and not any(i.startswith("us.") for i in ids):
        limit = [i for i in ids if i == "tw.low_value.limit" and _UP_TO.search(fold(text))]
        counted = "tw.low_value.exempt_imports_per_half_year"
        ids = [*limit, counted, *(i for i in ids if not i.startswith("tw.low_value"))]
    return tuple(dict.fromkeys(_both_ends(ids, fold(text))))


#: what a person carries has allowances of its own
_OF_THE_US = re.compile(r"美國(?:的)?小額免稅|800 ?美[元金]")
_LUGGAGE = re.compile(
    r"旅客|入境|(?<![寄運送郵匯轉])回[台臺](?!幣)|出國|回國|返國|行李|帶(?:東西|回|進)|隨身|\btravell?ers?\b|\bluggage\b|\bbaggage\b|\bfly(?:ing)?\b|\bbring(?:ing)?\b"
    r"|\bcarry(?:ing)?\b|\bwith me\b"
)
_CASH = re.compile(r"現金|現鈔|鈔票|\bcash\b|banknotes?|paper money")
_OF_LUGGAGE = (
    (
        r"酒|幾瓶|威士忌|高粱|伏特加|香檳|alcohol|booze|liquor|whisk|\bwine|spirits|drink|\b(?:gin|rum|vodka|sake|beer|soju|brandy|tequila|bourbon|champagne)\b",
        ("alcohol_litres", "alcohol_age"),
    ),
    (r"菸|煙|tobacco|cigar|smok", ("cigarettes", "tobacco_age")),
    (r"用過|二手|舊|\bused\b", ("used_item_limit", "exemption")),
)


_CARRIED = re.compile(
    r"(?:可以|能|可|要|想)帶|帶[幾多]|\bfl(?:ew|own) (?:back|home|in)|\blanded\b|(?:回來|回國|返國)", re.IGNORECASE
)


def named_luggage(text: str) -> bool:
    """Whether a text speaks of what a traveller brings."""
    return _LUGGAGE.search(fold(text)) is not None or _CARRIED.search(text) is not None


def _of_luggage(text: str) -> list[str]:
    """The allowances of travellers a text is about: of alcohol, of tobacco, of used things, or of anything."""
    text = _LEFT_ASIDE.sub(" ", text)
    named = [name for words, names in _OF_LUGGAGE if re.search(words, text) for name in names]
    return [f"tw.traveller.{name}" for name in named or ["exemption", "used_item_limit"]]


#: what is left out of a question for an allowance
_LEFT_ASIDE = re.compile(
    r"(?:除了|不含|不算|撇開|不管)[菸煙酒類和跟與及、]{1,8}|[菸煙酒類和跟與及、]{1,8}(?:以外|之外|除外|不算|另計|另外算)|\b(?:leaving aside|apart from|besides|except(?: for)?|excluding|other than|not counting|aside from|without)\b (?:the )?(?:alcohol|tobacco|drinks?|cigarettes|liquor|wine|spirits)(?:,? (?:and|or) (?:alcohol|tobacco|drinks?|cigarettes|liquor|wine|spirits))?",
)


def _both_ends(ids: list[str], text: str) -> list[str]:
    """Where one end of a pair is named and the other asked for too, both; where only the fee is named, what is meant."""
    out: list[str] = []
    for name in ids:
        topic, _, end = name.rpartition(".")
        if name == "us.mpf" or name == "us.mpf.rate":
            out += [name] if name != "us.mpf" and not _parts_of_mpf(text) else []
            out += _parts_of_mpf(text) or ([name] if name == "us.mpf" else [])
        elif end == "minimum" and re.search(r"最高|上限|上下限|最多|max|cap", text):
            out += [name, f"{topic}.maximum"]
        elif end == "maximum" and re.search(r"最低|下限|最少|\bmin", text):
            out += [f"{topic}.minimum", name]
        else:
            out.append(name)
    return out


_MPF_PARTS = (
    ("informal_automated", r"informal|非正式|type 11|et ?11"),
    ("minimum", r"最低|下限|最少|上下限|起\b|起[、，]|\bmin|lower|start|\bleast\b|lowest"),
    ("maximum", r"最高|上限|上下限|最多|封頂|\bmax|upper|\bcap|exceed|\bmost\b|highest"),
)


def _parts_of_mpf(text: str) -> list[str]:
    """Parts of the merchandise processing fee a question means; its two ends where it only quotes figures."""
    named = [f"us.mpf.{part}" for part, words in _MPF_PARTS if re.search(words, text)]
    quotes_figures = re.search(r"\d", text) and not re.search(r"費率|%|rate\b", text)
    if not named and quotes_figures:
        return ["us.mpf.minimum", "us.mpf.maximum"]
    if named in (["us.mpf.minimum"], ["us.mpf.maximum"]) and len(re.findall(r"\d+\.\d\d|\$ ?\d+|usd ?\d+", text)) > 1:
        return ["us.mpf.minimum", "us.mpf.maximum"]
    return named
