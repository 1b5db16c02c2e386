"""A message that holds facts of a calculation and asks about a rule: the passage first, then what the facts come to.

Rules of cues read the facts and take a sum for what is wanted; how the message is put decides (`acts.py`). Where no
passage plainly answers, the calculation is all there is to say, as before.
"""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.acts import KNOWLEDGE, act_of
from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.owed import asks_bare, asks_to_bring
from advisor.offline.plan_topic import topic_of
from advisor.offline.talk import bare
from advisor.offline.topics import without_worth
from advisor.offline.wordings import passages_of
from tools.text.quantities import Quantity

#: how likely a rule must be asked for to be told before a calculation; chosen by cross-validation
SURE = 0.8
#: digits of a bare number that is a sum rather than a count
_DIGITS = 3
#: characters of a message that only tells how many there were
_SHORT = 24
#: figures of a later message that change the calculation before it
_EDITS = ("money", "percent", "date", "year")
#: acts that the state of the exemption does not answer
_BESIDE_EXEMPTION = frozenset({"penalty", "procedure", "permit", "document"})
_COMPUTED = ("taiwan_quote", "us_quote", "us_de_minimis")


def rules_first(frame: Frame, *, later: bool) -> Frame:
    """The frame, marked where its words ask about a rule though its facts make a calculation.

    Args:
        frame: as understood.
        later: whether it goes on from a calculation.
    """
    plain = (
        frame.intent in _COMPUTED
        and not frame.explain
        and frame.compare is None
        and frame.check is None
        and not frame.within
        and not frame.fees
    )
    edits = later and any(q.kind in _EDITS or _is_sum(q) for q in frame.quantities)
    ranked = any(q.kind in ("ordinal", "count") for q in frame.quantities) and len(frame.text) < _SHORT
    edits = edits or (later and frame.used_exemptions is not None and ranked)  # 如果是第七次呢
    counted = frame.used_exemptions is not None and frame.price is not None and not _ASKS.search(frame.text)
    exemption = frame.intent == "us_de_minimis"
    whole = (
        frame.parcels or frame.items or (frame.price is not None and frame.amounts.rate is not None)
    )  # parcels or kinds of goods, each with its price
    if asks_bare(frame) or asks_to_bring(frame):  # what is owed of nothing told yet, what a traveller has free
        return frame
    own = not exemption and frame.price is not None and _OWN_SUM.search(frame.text) is not None
    if (
        not plain
        or own
        or edits
        or counted
        or whole
        or frame.rates
        or frame.aside
        or (exemption and says(frame.text, "exempt"))
    ):
        return frame
    if act_of(frame.text, later=later).share(_BESIDE_EXEMPTION if exemption else KNOWLEDGE) < SURE:
        return frame
    return replace(frame, rule_first=True, recomputes=not later)


#: a message that asks nothing only tells its case
_ASKS = re.compile(
    r"[?？嗎呢吧]|多少|幾|怎|如何|什麼|是否|哪|要不要|\b(?:how|what|which|when|why|who|do|does|is|are|can|will|should)\b",
    re.IGNORECASE,
)

#: whether what was told with its price is free is no question about a rule: is it free?
_OWN_SUM = re.compile(
    r"\b(?:is|are|was|will|would) (?:it|this|that|they|mine) (?:still |now |also |really )?(?:be )?(?:(?:tax|duty|vat)[- ])?(?:free|exempt|taxed|taxable)\b|免稅(?:嗎|吧)[？?]?$",
    re.IGNORECASE,
)


def _is_sum(quantity: Quantity) -> bool:
    """Whether a bare number is a sum rather than a count or a rank: of three digits or more."""
    many = quantity.value is not None and quantity.value >= 10**_DIGITS  # 24 萬
    return quantity.kind == "number" and (many or sum(c.isdigit() for c in quantity.text) >= _DIGITS)


def asked_of_rule(frame: Frame) -> str:
    """What is searched for."""
    return f"{bare(without_worth(frame.text))} {topic_of(frame) or ' '.join(passages_of(frame))}".rstrip()


def sum_follows(frame: Frame) -> bool:
    """Whether what the facts come to is told after the rule: it was not told before, and goods have their price."""
    told = frame.intent in ("taiwan_quote", "us_quote") and frame.price is not None and frame.named_goods
    return frame.recomputes and told and not frame.searched
