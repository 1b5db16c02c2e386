"""What is wanted: the one reading of a message that its words carry."""

from __future__ import annotations

import re

from advisor.offline.asked import (
    about_us,
    asks_ends,
    asks_entry_kind,
    asks_us_rate,
    asks_when,
    is_measure,
    law_question,
    origins_named,
    quotes_threshold,
    tells_rule,
)
from advisor.offline.codes import codes_asked, goods_asked
from advisor.offline.cues import pattern, says
from advisor.offline.evasion import asks_promise, help_refused, is_honest
from advisor.offline.frame import Comparison, Frame, Intent
from advisor.offline.headings import headings_asked
from advisor.offline.law_search import described_parameters
from advisor.offline.owed import asks_bare, begins_purchase, states_purchase, wants_us_quote
from advisor.offline.papers import paper_asked, permits_asked
from advisor.offline.places import Places
from advisor.offline.subjects import subjects
from advisor.offline.whether import questions
from advisor.offline.wordings import PLAIN, passage_of


def choose_intent(frame: Frame) -> Intent:
    """The intent of a message on its own."""
    text = frame.text
    if help_refused(text) is not None:
        return "decline"
    if asks_promise(text) and not says(text, "document"):  # a share that a document tells is no odds
        return "not_covered"
    if _hides(text) and not is_honest(text) and not says(text, "asks_law"):
        return "decline"
    if says(text, "evasion") and not is_honest(text) and not says(text, "asks_law") and (
        not (says(text, "consequence") or says(text, "who_owes")) or says(text, "seeks_way")
    ):  # fmt: skip
        return "decline"
    computes = frame.tool in ("us_bond", "us_penalty", "us_clocks")
    if frame.subject and subjects()[frame.subject].over and not _whole_case(frame) and not computes:
        priced = subjects()[frame.subject].unpriced and frame.price is not None and frame.named_goods
        return "taiwan_quote" if priced else "policy"
    if frame.tool is not None and frame.tool == paper_asked(text):
        return "tool"
    if asks_permit(frame):
        return "tool"
    if says(text, "count_apart") and len(frame.said.get("route", ())) > 1 and frame.destination != "US":
        return "policy"
    if says(text, "mail_sheet") and not frame.codes:
        return "policy"
    if asks_entry_kind(frame) and not frame.names_law("us.mpf") and not frame.names_law("us.hmf"):
        return "law"
    fees = frame.names_law("us.mpf") or frame.names_law("us.hmf")
    told = frame.claim and says(text, "verify")
    if says(text, "document") and not told and not _whole_case(frame) and not (fees and _HOW_MUCH.search(text)):
        return "policy"
    if headings_asked(frame):
        return "law"
    if (about := about_nomenclature(frame)) is not None:
        return about
    if tells_rule(frame):
        return "policy"
    if frame.destination not in (None, "TW", "US") and says(text, "tax_question") and not says(text, "sent_back"):
        return "not_covered"
    if says(text, "forecast") and (says(text, "tax_question") or says(text, "ahead")):
        return "not_covered"
    if says(text, "tracking"):
        return "not_covered"
    if says(text, "private_price") and not (
        frame.names_law("us.")
        or (frame.price is not None and (says(text, "customs_sum") or (_RIGHT.search(text) and wants_us_quote(frame))))
    ):
        return "not_covered"
    if frame.names_law("us.mpf") or frame.names_law("us.hmf"):
        if asks_fee(frame):
            return "us_quote"
        if not wants_us_quote(frame):
            return "law" if law_question(frame) or _figures(frame) or frame.asked_days else "policy"
    if frame.tool is not None:
        return "tool"
    if says(text, "antidumping") and frame.price is None:
        return "policy"  # a flag and where to look, never a rate
    if about_us(frame):
        if (of_us := _us_intent(frame)) is not None:
            return of_us
    abroad = frame.other_place and frame.destination is None and frame.route is None
    if abroad and not frame.wants_quote and not frame.named_goods:
        exempt = says(text, "exempt") and not frame.destination
        if says(text, "tax_question") and not frame.parameters and not says(text, "topic") and not exempt:
            return "not_covered"
    if (
        set(frame.parameters) & _THRESHOLDS and _elsewhere(frame) and not frame.wants_quote
    ):  # another economy's threshold
        return "policy"
    if _of_origins(frame):
        return "us_de_minimis"
    if frame.parameters and not frame.wants_quote and (
        law_question(frame) or _figures(frame) or frame.names_law("tw.import_controls.")
    ):  # fmt: skip
        return "law"
    if frame.wants_quote:
        return (
            "policy" if not _of_goods(frame) and not _OWED.search(text) and passage_of(frame, PLAIN) else "taiwan_quote"
        )
    if frame.codes and not frame.wants_quote and says(text, "checks_code"):
        return "tariff_line"
    if asks_preference(frame):
        return "tariff_line"
    if frame.named_goods and says(text, "compare_rate") and not says(text, "chapter"):
        return "tariff_line"
    return "taiwan_quote" if begins_purchase(frame) else "policy"


def _of_goods(frame: Frame) -> bool:
    """Whether a calculation has goods, a rate or charges told: facts that no question of a rule brings."""
    amounts = frame.amounts
    told = (amounts.freight, amounts.insurance, amounts.rate, amounts.repair, frame.used_exemptions)
    carried = frame.route == "traveller" and frame.price is not None  # what exceeds the allowance is taxed at one rate
    return carried or frame.named_goods or bool(frame.parcels) or any(fact is not None for fact in told)


def asks_permit(frame: Frame) -> bool:
    """Whether it is asked if named goods may come in: no value is told, and no rule of the law is named."""
    bare = not frame.parameters and frame.tool is None and not says(frame.text, "exempt")
    known = any(frame.goods.values()) or frame.subheading is not None
    return (
        bare
        and known
        and permits_asked(frame.text)
        and not says(frame.text, "tax_question")
        and frame.route != "traveller"
    )


def asks_preference(frame: Frame) -> bool:
    """Whether a better rate of an agreement is asked for, on goods named, for Taiwan."""
    return (
        frame.named_goods
        and frame.price is None
        and frame.destination in (None, "TW")
        and not about_us(frame)
        and says(frame.text, "preference")
    )


def _whole_case(frame: Frame) -> bool:
    """Whether a case is told with its code and value, and what it owes is asked: a form beside it is only mentioned."""
    return bool(frame.codes) and (frame.price is not None or bool(frame.items)) and wants_us_quote(frame)


def _hides(text: str) -> bool:
    """Whether a way past customs is sought: something false is to be written, or it is not to be found out."""
    false = len(set(pattern("intent", "falsifies").findall(text)))
    return (says(text, "conceals") and (false > 0 or says(text, "seeks_way"))) or (
        false > 1 and says(text, "seeks_way")
    )


def about_nomenclature(frame: Frame) -> Intent | None:
    """Whether a code is asked about, or the code of goods: nothing is to be computed, and no origin changes it."""
    if frame.price is not None or frame.gift or frame.origin is not None or says(frame.text, "exempt"):
        return None
    if (asked := codes_asked(frame.text)) is not None and not frame.names_law("us.section_"):
        return "codes" if asked.codes else None
    return "hs_search" if goods_asked(frame.text) and not _RATE.search(frame.text) else None


#: what is owed is asked for, not how it is reckoned
_OWED = re.compile(
    r"(?:要|該|得|需)要?繳(?:多少|幾)|how much (?:do|will|would|must) I (?:owe|have to pay|pay)", re.IGNORECASE
)
_RATE = re.compile(r"稅率|duty rate|rate of duty|tariff rate", re.IGNORECASE)


def described_law(frame: Frame) -> tuple[str, ...]:
    """Parameters that a question for a figure describes without naming them."""
    told = bool(frame.subject) and subjects()[frame.subject].over  # under a heading of its own
    if told or frame.intent != "policy" or not law_question(frame) or says(frame.text, "document") or _elsewhere(frame):
        return ()
    side = "us" if about_us(frame) else "tw" if _TAIWANESE.search(frame.text) else None
    return _of_degree(frame.text, described_parameters(frame.text, side))


def _of_degree(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Parameters without those of a degree of fault that is not named: negligence alone is not gross."""
    left = tuple(n for n in names if all(words.search(text) for key, words in _DEGREES.items() if key in n))
    return left or names


_DEGREES = {"gross_": re.compile(r"gross|重大", re.IGNORECASE), "_disclosed_": re.compile(r"disclos|主動|自首|揭露", re.IGNORECASE)}  # fmt: skip


def _of_origins(frame: Frame) -> bool:
    """Whether it is asked when the exemption of the United States ended for several origins."""
    named = says(frame.text, "us_exemption") or quotes_threshold(frame.quantities)
    return named and len(origins_named(frame.text)) > 1 and asks_when(frame.text)


#: words of Taiwan's own customs
_TAIWANESE = re.compile(r"進口報單|報關(?!行)|稅單|EZ ?WAY", re.IGNORECASE)
#: what is owed, beside what somebody quotes for it
_RIGHT = re.compile(r"正確|合理|對嗎|對不對|應該|\b(?:right|correct|should|really|actual(?:ly)?|fair)\b", re.IGNORECASE)
_THRESHOLDS = {"us.de_minimis.threshold", "tw.low_value.limit"}


def _elsewhere(frame: Frame) -> bool:
    """Whether a country is spoken of whose law is not held."""
    return frame.other_place is not None and frame.destination is None


_FEE = re.compile(r"(?<![a-z])[mh][mp]f(?![a-z])|處理費|維護費|processing fee|harbou?r maintenance", re.IGNORECASE)


_WHOLE = re.compile(r"總共|一共|合計|共要|\btotal\b|\bin all\b|\baltogether\b", re.IGNORECASE)


_TOTAL = re.compile(r"總共|總額|合計|\btotal\b(?! (?:fees?|mpf|hmf))", re.IGNORECASE)


#: the fee is asked for, and its ends beside it
_FEE_ITSELF = re.compile(
    r"(?:(?<![a-z])[mh][mp]f|[處維][理護]費)[^最上下，,。？?]{0,4}(?:付|繳|收)?多少|\bhow much (?:is the )?(?:[mh][mp]f|[a-z]+ \w+ fee)\b",
    re.IGNORECASE,
)


def asks_fee(frame: Frame) -> bool:
    """Whether the fee on an amount is asked for, goods left open."""
    fee = frame.names_law("us.mpf") or frame.names_law("us.hmf")
    if frame.fees:  # asked before, of another amount or another way
        return fee and frame.price is not None and (not frame.named_goods or _FEE.search(frame.text) is not None)
    ends = asks_ends(frame.text) and not _FEE_ITSELF.search(frame.text)
    whole = frame.named_goods and _WHOLE.search(frame.text) is not None  # of goods told all that is owed is asked
    on_amount = frame.price is not None and not frame.claim and not ends and not whole
    return fee and on_amount and says(frame.text, "fee_on")


def _us_intent(frame: Frame) -> Intent | None:
    text = frame.text
    if (says(text, "refund") and frame.price is None and not frame.named_goods) or says(text, "which_day"):
        return "policy"
    if says(text, "whose_origin") and frame.price is None:
        return "policy"
    if not frame.codes and not says(text, "exempt") and (says(text, "mends") or (says(text, "refund") and _MISTAKE.search(text))):  # fmt: skip
        return "policy"  # how an entry is put right
    if frame.acts or (any(is_measure(name) for name in frame.parameters) and frame.price is None):
        return "law"
    if asks_bare(frame) or asks_us_rate(frame):
        return "us_quote"
    bare = frame.price is None and not frame.named_goods and frame.mode is None and not frame.gift
    if bare and says(text, "moves") and not says(text, "exempt"):
        return "policy"  # how the law moves, told by the brief of what is scheduled
    if frame.price is not None and says(text, "exempt") and _RAISED.search(text):
        return "law"
    if frame.gift and not frame.codes:
        return "us_de_minimis"
    claimed = "program" in frame.slots.get("us_quote", {})
    if says(text, "exempt") and frame.named_goods and frame.price is None and (claimed or not _SMALL.search(text)):
        return "us_quote"  # exempt of a duty, not as of low value
    if frame.codes and not says(text, "exempt") and states_purchase(frame, "us"):
        return "us_quote"
    exemption = says(text, "exempt") or frame.gift or quotes_threshold(frame.quantities)
    if exemption and not (frame.price is not None and wants_us_quote(frame) and not says(text, "exempt")):
        return "us_de_minimis"
    if wants_us_quote(frame) or states_purchase(frame, "us"):
        return "us_quote"
    if (says(text, "us_act") or frame.names_law("us.section_")) and not exemption and questions(text):
        return None  # whether an act reaches goods that no line is held of
    owed = says(text, "tax_question") and _HOW_MUCH.search(text) and not exemption
    priced = frame.destination == "US" and frame.price is not None and not says(text, "what_is")
    if priced and (frame.origin or frame.mode or owed):
        return "us_quote" if owed else "us_de_minimis"
    told = frame.origin or frame.price is not None or frame.mode or frame.days or frame.destination == "US"
    if says(text, "us_act") and frame.price is None and not exemption:
        return None
    return "us_de_minimis" if told and says(text, "tax_question") and not says(text, "asks_rule") else None


_HOW_MUCH = re.compile(
    r"多少|[付繳課收](?:哪些|哪幾|什麼)|\bhow much\b|\bwh(?:ich|at) (?:taxes|duties|charges)\b", re.IGNORECASE
)
_SMALL = re.compile(r"小額|低價|小包|包裹|寄|800|321|門檻|de minimis|low[- ]value|parcel|package|\bmail|\bship|threshold|duty[- ]free|tax[- ]free", re.IGNORECASE)  # fmt: skip
_MISTAKE = re.compile(r"報錯|誤報|錯報|填錯|弄錯|多(?:繳|付|課)|報成|\b(?:by mistake|mistaken\w*|wrong(?:ly)?|erroneous\w*|in error|overpaid|overpayment|misdeclared|misclassified)\b", re.IGNORECASE)  # fmt: skip
#: since when a limit is what it is
_RAISED = re.compile(r"(?:哪一?年|何時|什麼時候).{0,24}(?:調|提高|升|改)|(?:when|what year).{0,40}(?:raised|increased|set|go up)", re.IGNORECASE)  # fmt: skip


def _figures(frame: Frame) -> bool:
    return any(q.kind in ("money", "number") for q in frame.quantities)


_EITHER = re.compile(r"還是|或是|\bor\b", re.IGNORECASE)


def compared(frame: Frame, places: Places) -> Comparison | None:
    """The fact whose several values a message wants compared, where it names them."""
    cheaper = says(frame.text, "compares")
    each = len(places.origins) > 1 and says(frame.text, "each_of")
    if not cheaper and not each and not (frame.price is not None and _EITHER.search(frame.text)):
        return None
    for slot in ("route", "mode"):
        values = frame.said.get(slot, ())
        if len(values) > 1 and (slot == "mode") == about_us(frame):
            return Comparison("route", values)
    if not cheaper and not each:
        return None
    if len(places.origins) > 1:
        return Comparison("origin", places.origins)
    if len(frame.days) > 1:
        return Comparison("day", frame.days)
    return None
