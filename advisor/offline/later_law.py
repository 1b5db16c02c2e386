"""A later message on a rule just told: the same rule on another day, or what is reported of it."""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.asked import is_measure
from advisor.offline.frame import Frame
from advisor.offline.held_sum import again
from advisor.offline.topics import named_parameters

_NAME = re.compile(r"(?<![A-Za-z])[A-Z]{2,}\d?(?![A-Za-z])")
_LONG = 80  # characters of a message that only moves the day
_ASKS_FIGURE = re.compile(
    r"多少|幾|最[低高]|呢|一樣嗎|\b(?:how much|what was|what were|what is|minimum|maximum|lowest|highest|the same|floor|cap)\b",
    re.IGNORECASE,
)
_ENDS = {
    "minimum": re.compile(r"最低|下限|最少|\b(?:minimum|min|lowest|least|floor)\b", re.IGNORECASE),
    "maximum": re.compile(r"最高|上限|最多|\b(?:maximum|max|highest|most|cap)\b", re.IGNORECASE),
}


def moved_rule(frame: Frame, before: Frame) -> Frame | None:
    """A rule just told, on another day, on an amount or as it is reported; None where a message does something else."""
    return same_law_then(frame, before) or reported_rate(frame, before) or fee_on_amount(frame, before)


def same_law_then(frame: Frame, before: Frame) -> Frame | None:
    """The rule before on the day that a message names, where it names no rule, goods or place of its own."""
    if before.intent != "law" or not before.parameters or frame.intent not in ("law", "policy") or not frame.days:
        return None
    if before.general or any(
        is_measure(name) for name in before.parameters
    ):  # which measures there are goes by the day
        return None
    own = (
        named_parameters(frame.text)
        or frame.named_goods
        or frame.origin
        or frame.destination
        or frame.price is not None
        or frame.subject
        or frame.acts
        or set(_NAME.findall(frame.text)) - set(_NAME.findall(before.text))
    )
    if own or len(frame.text) > _LONG or not _ASKS_FIGURE.search(frame.text):
        return None
    ends = [end for end, words in _ENDS.items() if words.search(frame.text)]
    kept = tuple(n for n in before.parameters if n.rpartition(".")[2] in ends) if len(ends) == 1 else ()
    return replace(
        before, text=frame.text, lang=frame.lang, quantities=frame.quantities, days=frame.days, fiscal_year=None,
        parameters=kept or before.parameters, claim=frame.claim, aside=(), lean="",
    )  # fmt: skip


_FEES = ("us.mpf", "us.hmf")


def fee_on_amount(frame: Frame, before: Frame) -> Frame | None:
    """The fee just told on an amount named now, or another fee on the amount just computed; None where neither is meant."""
    other = {name for name in frame.parameters if not name.startswith(_FEES)}
    if other or frame.explain or frame.subject or frame.intent == "decline" or len(frame.text) > _LONG:
        return None
    of_fee = any(before.names_law(name) for name in _FEES)
    if before.intent == "law" and of_fee and frame.price is not None and not frame.claim and not frame.named_goods:
        told = {tool: said for tool, said in frame.slots.items() if said}
        return replace(
            frame, intent="us_quote", fees=True, parameters=frame.parameters or before.parameters, destination="US",
            slots={**before.slots, **told}, days=frame.days or before.days, origin=frame.origin or before.origin,
        )  # fmt: skip
    if before.intent == "us_quote" and before.price is not None and frame.parameters and _ONLY_NAMED.match(frame.text):
        return again(before, frame, parameters=frame.parameters, fees=True)
    own = frame.price is not None or frame.named_goods or frame.days or frame.origin
    if before.intent == "us_quote" and before.price is not None and not own and _WITH_FEES.search(frame.text):
        return again(before, frame, wants_quote=True, fees=False)
    return None


#: the whole is asked for, the fees counted in
_WITH_FEES = re.compile(
    r"(?:加上?|連同?|含|算上|包括|包含)(?:了|進|入)?\s?(?:mpf|hmf|規費|商品處理費|貨物處理費|港口維護費)[^。？?]{0,16}(?:總|共|多少|合計)"
    r"|\b(?:with|plus|including|add\w*|incl)\b.{0,16}\b(?:mpf|hmf|fees)\b.{0,30}\b(?:total|altogether|in all|how much|comes? to)\b"
    r"|\b(?:total|altogether|in all|how much)\b.{0,30}\b(?:with|plus|including|incl|counting)\b.{0,12}\b(?:mpf|hmf|fees)\b",
    re.IGNORECASE,
)


#: nothing but a fee is named: and the MPF?
_ONLY_NAMED = re.compile(
    r"^(?:那|and|what about|how about|,|\s|the|a|is|what's)*(?:mpf|hmf|商品處理費|港口維護費|(?:merchandise )?processing fee|harbou?r maintenance fee)"
    r"(?:是|要|多少|幾|呢|錢|how much|\s)*[?？.]*$",
    re.IGNORECASE,
)


def reported_rate(frame: Frame, before: Frame) -> Frame | None:
    """The duty on all goods of an origin just told, with the rate that is reported instead; None where none is."""
    percents = [q for q in frame.quantities if q.kind == "percent"]
    if not before.general or before.intent != "law" or frame.intent not in ("law", "policy") or len(percents) != 1:
        return None
    own = named_parameters(frame.text) or frame.named_goods or frame.price is not None or frame.days or frame.subject
    if own or frame.acts or len(frame.text) > _LONG or not _REPORTED.search(frame.text):
        return None
    return replace(
        before, text=frame.text, lang=frame.lang, quantities=frame.quantities, days=(), claim=True, aside=(), lean=""
    )


_REPORTED = re.compile(
    r"新聞|報導|媒體|網路|網上|聽說|聽到|看到|讀到|據說|說|講|\b(?:news|reports?|reported|papers?|press|media|article|says?|said|heard|read|saw|told|claims?|thought|believe)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from|as of|starting|effective)\s*$|(?:自|從|打從)\s*$", re.IGNORECASE)  # before a day
_ON = re.compile(r"^\s*(?:\d* ?日)?(?:份)?(?:之後|以後|以來|開始|起|就)", re.IGNORECASE)  # behind it


def dated_by_ruling(frame: Frame) -> bool:
    """Whether the one day told is that of a ruling, after which it is asked how things stand now."""
    dated = [q for q in frame.quantities if q.kind in ("date", "month")]
    if len(frame.days) != 1 or len(dated) != 1 or not _AGAIN.search(frame.text):
        return False
    before, after = (_CLAUSE.split(part)[at] for part, at in ((frame.text[: dated[0].start], -1), (frame.text[dated[0].end :], 0)))  # fmt: skip
    return _RULED.search(f"{before} {after}") is not None and _ENTERED.search(f"{before} {after}") is None


_CLAUSE = re.compile(r"[,，.。;；:：?？!！]| and ")
_RULED = re.compile(r"法院|判決|裁定|\b(?:court|ruling|struck down|ruled)\b", re.IGNORECASE)
_ENTERED = re.compile(
    r"進口|報關|寄|買|到貨|\b(?:enter\w*|entry|import\w*|ship\w*|bought|arriv\w*|sent|paid)\b", re.IGNORECASE
)
_AGAIN = re.compile(r"恢復|又(?:可以|能|有)|還(?:是|能|可以)?.{0,6}免|\b(?:again|back|still|now)\b", re.IGNORECASE)


def reported_since(frame: Frame) -> bool:
    """Whether a rate is reported to hold since a day: it is held against the law of today, not of that day."""
    if len(frame.days) != 1 or frame.price is not None or frame.named_goods or not _REPORTED.search(frame.text):
        return False
    if not any(q.kind == "percent" for q in frame.quantities):
        return False
    dated = [q for q in frame.quantities if q.kind in ("date", "month")]
    return any(_SINCE.search(frame.text[: q.start]) or _ON.match(frame.text[q.end :]) for q in dated)
