"""Which side a message is about, and whether it asks for rates rather than for an amount."""

from __future__ import annotations

import re
from functools import cache

from advisor.offline.cues import says
from advisor.offline.frame import Frame
from tools.law.store import law
from tools.text.places import find_places
from tools.text.quantities import Quantity
from tools.united_states.acts import acts_named, measures_of


def about_us(frame: Frame) -> bool:
    """Whether goods go to the United States."""
    if frame.destination is not None:
        return frame.destination == "US"
    if _US_SIDE.search(frame.text):
        return True
    if frame.origin == "US" or _of_another(frame):
        return False
    quoted = not frame.wants_quote and quotes_threshold(frame.quantities)
    return quoted or says(frame.text, "us_exemption") or "美國" in frame.text


_US_SIDE = re.compile(r"\b(?:US|U\.S\.|USA|American) (?:imports?|importing|customs|entry|entries|side|law|dut(?:y|ies)|tariffs?|records?|importers?)\b")  # fmt: skip


#: words by which goods move, or the United States is meant
_MOVES = re.compile(
    r"從|寄|製|產|賣|出口|美|\bfrom\b|\bship|\bsen[dt]\b|\bmade\b|\bgoods\b|\bUSA?\b|America", re.IGNORECASE
)


def _of_another(frame: Frame) -> bool:
    """Whether the rule of another country is asked about: nothing moves, and no side of ours is named."""
    told = frame.destination or frame.price is not None or frame.mode or frame.named_goods or frame.gift
    return frame.other_place is not None and not told and not _MOVES.search(frame.text)


@cache
def _threshold() -> object:
    return max(law().parameter("us.de_minimis.threshold").values, key=lambda v: v.first_day).value


def quotes_threshold(quantities: tuple[Quantity, ...]) -> bool:
    """Whether an amount is the threshold of the US exemption, as last held."""
    return any(q.kind == "money" and q.unit in ("USD", "?") and q.value == _threshold() for q in quantities)


def names_threshold(quantities: tuple[Quantity, ...]) -> bool:
    """The same where exemption is spoken of, with or without a currency."""
    return any(q.kind in ("money", "number") and q.value == _threshold() for q in quantities)


def asks_general_rate(frame: Frame) -> bool:
    """Whether the additional duty on all goods of an origin is asked for: no goods, no amount, no exemption."""
    return (
        about_us(frame) and frame.origin not in (None, "US", "EU") and not frame.named_goods and frame.price is None
        and _TARIFF.search(frame.text) is not None and (_STILL.search(frame.text) or not _OF_ONE_ACT.search(frame.text)) and not says(frame.text, "exempt") and not frame.gift
        and not frame.names_law("us.ieepa_reciprocal.transshipped") and not any(says(frame.text, cue) for cue in ("whose_origin", "mends", "refund")) and (not frame.parameters or all(is_measure(name) or name.startswith("us.programmes.") for name in frame.parameters))
    )  # fmt: skip


_OF_ONE_ACT = re.compile(r"ieepa|fentanyl|芬太尼|(?:section|第)? ?122\b", re.IGNORECASE)
_STILL = re.compile(
    r"\bstill\b|現在還|還(?:在)?[收課徵有]|仍(?:然|在)?[收課徵有]", re.IGNORECASE
)  # what has ended is told, and what came after
_TARIFF = re.compile(
    r"\d ?%|\badd-?ons?\b|\bsurcharges?\b|\bon top of\b|\bextra\b|額外|[增多]?加(?:徵|收|課|付)?多少|關稅|稅率|對等|加徵|加收|加課|tariffs?\b|\bdut(?:y|ies)\b",
    re.IGNORECASE,
)


def asks_rate_of_goods(frame: Frame) -> bool:
    """Whether the rate on goods is asked for, without an amount: in percent, not in money."""
    asked = says(frame.text, "asks_percent") or _RATE_OF.search(frame.text) is not None
    return asked and frame.price is None and not says(frame.text, "exempt") and not frame.gift


#: the rate on goods, however it is asked
_RATE_OF = re.compile(
    r"(?:是不是|還是|仍是|是)(?:要)?(?:課|加|收)? ?\d[\d.]* ?(?:%|趴)|稅率|關稅 ?(?:是|要|會|大概|約)?(?:幾|多少) ?(?:%|趴|成|啪|percent)|幾 ?(?:%|趴|啪)|百分之(?:幾|多少)|課幾|(?:關稅|加徵|加收|課)(?:是|多)?多少 ?(?:%|趴)|(?:付|繳|課|收|加)(?:什麼|哪些|哪種)(?:樣的)?(?:進口)?(?:關稅|稅)"
    r"|(?:duty|tariff)s? (?:rates?|percent\w*)|rates? of duty|\btariffs? (?:on|for)\b|\b(?:what|how much)(?:'s| is| are)? (?:the )?(?:\w+ ){0,2}(?:tariffs?|percent)\b|\bwhat percent|\bwhat (?:import )?(?:dut(?:y|ies)|tariffs?) (?:do|does|will|would|must|should|is|are)\b|\b(?:which|what) (?:dut(?:y|ies)|tariffs?) (?:apply|applies)\b",
    re.IGNORECASE,
)


def asks_us_rate(frame: Frame) -> bool:
    """Whether the rates on named goods entering the United States are asked for, no amount given."""
    if frame.rates:
        return frame.price is None
    bare = frame.named_goods and not frame.items
    return (
        about_us(frame)
        and bare
        and (
            asks_rate_of_goods(frame)
            or (frame.price is None and (frame.compare is not None or _HOW_MUCH_DUTY.search(frame.text) is not None))
        )
    )


def origins_named(text: str) -> tuple[str, ...]:
    """Every country a text names but the United States, in its order."""
    return tuple(dict.fromkeys(p.code for p in find_places(text) if p.code not in ("US", "EU")))


def asks_when(text: str) -> bool:
    """Whether a day is asked for."""
    return _WHEN.search(text) is not None


_WHEN = re.compile(r"哪天|哪一天|何時|什麼時候|幾月幾[日號]|\bwhen\b|\b(?:which|what) (?:day|date)s?\b", re.IGNORECASE)


_HOW_MUCH_DUTY = re.compile(r"\bon top of (?:the |its |their )?(?:\d|normal|regular|base)|關稅(?:現在|目前|大概|約|總共|要|會|是|繳|付)*多少|多少關稅|\bhow much (?:is |are )?(?:the )?(?:\w+ )?(?:dut(?:y|ies)|tariffs?)\b", re.IGNORECASE)  # fmt: skip


def is_measure(name: str) -> bool:
    return name.count(".") == 2 and law().parameter(name).measure is not None


def asks_act(frame: Frame) -> tuple[str, ...]:
    """Sections whose duty on the goods named is asked for, without a value to compute from; none that a day knows nothing of."""
    if not frame.us_codes or frame.price is not None or frame.origin in (None, "US", "EU") or not about_us(frame):
        return ()
    if not (law_question(frame) or says(frame.text, "asks_percent") or _WHETHER.search(frame.text)):
        return ()
    acts = acts_named(frame.text)
    days = frame.asked_days or (frame.today,)
    reached = [bool(measures_of(acts, frame.us_codes, frame.origin, day)) for day in days] if acts else []
    return acts if reached and (all(reached) or (acts == _BY_LIST and not any(reached))) else ()


#: which of the two entries a shipment of a value takes
_ENTRY_KIND = re.compile(
    r"(?:走|用|辦|做|報|算|是|需要|屬於?|必須|要)(?:不)?(?:到|得)?.{0,4}(?:非?正式|簡易)(?:報關|進口|通關|申報|報單)?(?:嗎|還是|或|吧|\?|？|$)|(?:非?正式|一般)(?:報關|進口|通關|申報)?(?:還是|或|跟|和|與)(?:非?正式)"
    r"|(?:可以|能|需要|要不要|得|必須|該).{0,8}(?:非?正式|簡易)(?:報關|進口|通關|申報)|(?:哪|什麼)(?:一?種|一?類)?(?:報關|報單|進口|entry) ?(?:類型|類別|方式|種類|type)|(?:01|11) ?(?:還是|或|or) ?(?:型|類)? ?(?:01|11)"
    r"|\b(?:formal or informal|informal or formal)\b|\b(?:need|needs|require|requires|required|do|does|can|could|may|must|should|use|file|filed|enter|clear|go|still|qualify|ok|fine|allowed|that|it|is|be)\b[^.?!]{0,24}\b(?:an? )?(?:in)?formal(?:ly)?(?: entry)?\b|\b(?:what|which) (?:kind of |type of )?entry(?: type)?\b",
    re.IGNORECASE,
)


def asks_entry_kind(frame: Frame) -> bool:
    """Whether it is asked if a shipment of a told value is entered formally or informally; no tax is to be computed."""
    dollars = frame.price is not None and frame.amounts.currency in (None, "USD")
    unsaid = frame.destination is None and frame.origin is None and not _OF_TAIWAN.search(frame.text)
    bound = about_us(frame) or unsaid
    return dollars and bound and _ENTRY_KIND.search(frame.text) is not None and not _HOW_MUCH.search(frame.text)


_OF_TAIWAN = re.compile(
    r"完稅價格|快遞|空運快|簡易|(?<![A-Za-z])X[1-7](?!\d)|(?<![A-Za-z])NT(?![a-z])|[台臺]幣|(?<!美)元|\bsimplified\b",
    re.IGNORECASE,
)  # words of the Taiwan side
_HOW_MUCH = re.compile(r"多少(?!美)|幾(?:塊|元)|how much|總共|稅金|what(?:'s| is| are)? (?:the |my )?(?:total|dut|fees?|mpf|tax)|\bin total\b|what (?:do|will|would|must|should) (?:i|we|they|it) |calculate|compute", re.IGNORECASE)  # fmt: skip
_BY_LIST = ("section_232",)  # an act whose duties reach the goods of its lists: that goods are on none is an answer
_WHETHER = re.compile(
    r"嗎|呢|是不是|有沒有|要不要|會不會|算不算|適用|受.{0,4}影響|\?|\b(?:is|are|does|do|hit|subject|apply|applies|covered|affected)\b",
    re.IGNORECASE,
)


def asks_trade_fee(frame: Frame) -> bool:
    """Whether the trade promotion fee is asked for, with an amount it is taken on."""
    return frame.price is not None and frame.names_law("tw.trade_promotion_fee.") and not frame.claim


_LAW_QUESTION = re.compile(
    r"多少|幾|稅率|費率|up to (?:what|which|how)|heaviest|from what|最低|最高|上限|下限|門檻|額度|限額|\bmin\b|\bmax\b|\bmost\b|\bleast\b|幾歲|how old|how heavy|how (?:much|many|long)|多久|minimum|maximum|threshold|limit|what(?:'s| is| are| was| were) the|rate|amount"
    r"|哪天|何時|什麼時候|哪一天|\bwhen\b|which (?:dates?|day)",
    re.IGNORECASE,
)


def law_question(frame: Frame) -> bool:
    """A question about the figure of a rule, rather than about what a rule means."""
    if frame.claim and any(q.kind in ("money", "number", "percent", "count", "ordinal") for q in frame.quantities):
        return True
    return _LAW_QUESTION.search(frame.text) is not None


def tells_rule(frame: Frame) -> bool:
    """Whether the history of a rule is asked for, or who owes: nothing is to be computed."""
    if says(frame.text, "interpretation") and frame.price is None:
        return True
    if frame.days or frame.tool is not None or any(q.kind == "money" for q in frame.quantities):
        return False
    if says(frame.text, "history"):
        return True
    return says(frame.text, "who_owes") and frame.price is None and not says(frame.text, "document")


_ENDS = re.compile(r"最[高低]|[上下]限|\bmax|\bmin(?!g)", re.IGNORECASE)


def asks_ends(text: str) -> bool:
    """Whether the least or the most of a fee is spoken of."""
    return _ENDS.search(text) is not None
