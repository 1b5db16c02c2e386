"""A second look at a later message: where how it is put says plainly what it wants, and the rules took it for something else.

The rules of `understand` read a message by its cues, in an order; the model of `acts.py` by all its words. Where that is
sure that a fact is changed, that the reason is asked for, that two are compared or that a lie is wanted, its word counts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.acts import Act, later_act
from advisor.offline.asked import about_us
from advisor.offline.changes import other_goods
from advisor.offline.checks import arguments, remembered
from advisor.offline.cues import says
from advisor.offline.follow import merged
from advisor.offline.frame import Check, Comparison, Frame, Intent
from advisor.offline.held_sum import QUOTES, again
from advisor.offline.turns import OF_DUTY, OF_OTHER_TAX

#: how likely each must be
CHANGED, WHY, COMPARED, DECEIT = 0.6, 0.9, 0.8, 0.85
#: a charge paid apart is no lie: whether it belongs to the value is told
_CHARGE = re.compile(r"運費|FOB|freight|shipping", re.IGNORECASE)
#: what would come of it is no help asked for
_WHAT_IF = re.compile(
    r"會怎樣|怎麼罰|會被罰|會罰|\bwhat (?:if|happens|would happen)\b|\bpenalt|\bfine[ds]?\b", re.IGNORECASE
)
_BEFORE = (*QUOTES, "us_de_minimis")
#: what a reason asked for may have been taken for
_ASIDE = ("policy", "law", "not_covered")


def looked_at_again(told: Frame, frame: Frame, before: Frame) -> Frame:
    """What a later message wants, after a second look.

    Args:
        told: as the rules understood it.
        frame: the message by itself.
        before: what the conversation had settled.
    """
    part = told.one_sum and told.amounts == before.amounts  # of a sum whose other parts are asked for
    if told.intent == "decline" or told.bill or told.unplaced or told.beside or part:
        return told
    act = later_act(frame.text)
    if act.likely["deceit"] >= DECEIT and not (_CHARGE.search(frame.text) or _WHAT_IF.search(frame.text)):
        return replace(frame, intent="decline", past=None)
    if (owed := _total(told, frame, before)) is not None:
        return owed
    held = before if before.intent in _BEFORE else before.held
    return told if held is None or held.intent not in _BEFORE else _of_calculation(told, frame, held, act)


def _total(told: Frame, frame: Frame, before: Frame) -> Frame | None:
    """What goods told before come to, asked without a new fact but perhaps their rate; None where something else is asked."""
    other = frame.named_goods and other_goods(frame, before)
    own = other or frame.price is not None or frame.amounts.customs_value is not None or frame.days or frame.codes
    claimed = told.check is not None and told.check.percent is not None and _with_rate(frame).amounts.rate is not None
    unpriced = claimed or (told.intent in QUOTES and told.price is None and not told.items)
    if not (told.intent in _ASIDE or unpriced) or own or not _TOTAL.search(frame.text) or says(frame.text, "document"):
        return None
    goods = before if before.price is not None or before.items else before.held
    if goods is None or (goods.price is None and not goods.items) or goods.intent in ("decline", "not_covered"):
        return None
    if goods.destination not in (None, "TW", "US") or frame.destination not in (None, goods.destination):
        return None
    told_of = goods.named_goods or goods.codes or goods.items
    if not told_of and goods.amounts.rate is None and frame.amounts.rate is None:
        return None
    intent: Intent = "us_quote" if goods.destination == "US" or about_us(goods) else "taiwan_quote"
    rated = _with_rate(frame).amounts.rate
    amounts = goods.amounts if rated is None else replace(goods.amounts, rate=rated)
    return again(
        goods, frame, intent=intent, amounts=amounts, wants_quote=True, parameters=(), rule_first=False, check=None
    )


#: the sum of what is owed
_TOTAL = re.compile(
    r"落地|合計|總共|一共|總額|(?:到底|那|要|該)(?:要|是)?(?:繳|付|課)多少|關稅(?:到底)?(?:是)?多少|\btotal\b|\ball-in\b|\blanded cost\b|\baltogether\b|\bwhat do (?:i|we) (?:pay|owe)\b|\bhow much (?:do|will|would) (?:i|we) (?:pay|owe)\b|\bhow much(?: is it| will it be| then| exactly)?\W*$|^\W*(?:那|好|所以|這樣|到底)*(?:是|要|繳|付)*多少(?:錢|稅)?[呢啊？? ]*$",
    re.IGNORECASE,
)


def _of_calculation(told: Frame, frame: Frame, before: Frame, act: Act) -> Frame:
    if told.check is not None and (told.check.difference or told.check.fresh or _is_guess(told.check, frame)):
        return told
    anew = _computed_anew(told, before)
    if act.likely["change"] >= CHANGED and not anew:
        changed = merged(_with_rate(frame), before)
        if _computed_anew(changed, before):
            return remembered(changed, before)
    if (
        act.likely["why"] >= WHY
        and told.check is None
        and told.compare is None
        and not told.rule_first
        and anew
        and not _tells_sum(frame)
    ):
        return replace(before, text=frame.text, quantities=frame.quantities, explain=True, aside=(), lang=frame.lang)
    both = _between(before, told) if act.likely["compare"] >= COMPARED and anew else None
    return told if both is None or told.compare is not None else replace(told, compare=both)


def _is_guess(check: Check, frame: Frame) -> bool:
    """Whether an amount is put as a guess at the result (應該是 3,780 吧), and not as what the goods cost."""
    return check.amount is not None and _GUESSED.search(frame.text) is not None and not _OF_PRICE.search(frame.text)


_GUESSED = re.compile(r"[吧嗎][?？!！。~ ]*$|\b(?:right|correct|no) ?\?$", re.IGNORECASE)
_OF_PRICE = re.compile(r"價|貨|成本|賣|買|訂|\b(?:price|costs?|value|goods|worth|bought|paid)\b", re.IGNORECASE)


def _tells_sum(frame: Frame) -> bool:
    """Whether a message puts a sum in the place of one told, and asks for no reason: what it comes to now is wanted."""
    told = frame.amounts
    sums = (told.price, told.customs_value, told.freight, told.insurance, told.exchange_rate)
    return any(s is not None for s in sums) and not says(frame.text, "explains") and not says(frame.text, "differs", "later")  # fmt: skip


def _between(before: Frame, told: Frame) -> Comparison | None:
    """The one fact that was changed, before and after."""
    if told.origin and before.origin and told.origin != before.origin:
        return Comparison("origin", (before.origin, told.origin))
    return told.changed


def _computed_anew(told: Frame, before: Frame) -> bool:
    """Whether it is a calculation, and of other facts than the one before."""
    if told.intent not in _BEFORE or told.explain or told.check is not None:
        return False
    if told.intent != before.intent or told.compare != before.compare:
        return True
    return told.amounts != before.amounts if told.intent not in QUOTES else arguments(told) != arguments(before)


def _with_rate(frame: Frame) -> Frame:
    """The message with its one percentage taken for the rate of duty, where it is said to be one and nothing else is told."""
    percents = [q.value for q in frame.quantities if q.kind == "percent" and q.value is not None]
    of_duty = OF_DUTY.search(frame.text) and not OF_OTHER_TAX.search(frame.text)
    if len(percents) != 1 or not of_duty or frame.amounts.rate is not None or frame.amounts.any:
        return frame
    return replace(frame, amounts=replace(frame.amounts, rate=percents[0] / 100))
