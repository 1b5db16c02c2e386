"""What a conversation is about: the passage of the last question that had a subject, within which later ones are asked.

"How much is the fine?" has no subject of its own. It is answered from the brief of the question before, by the passage
of that brief which is nearest to it: an e-cigarette's own fine, not that of tobacco over the allowance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.offline.evasion import help_refused
from advisor.offline.frame import CALCULATED, Frame
from advisor.offline.goods import find_goods
from advisor.offline.plan_topic import leave_of, rule_of_spoken
from advisor.offline.queries import query
from advisor.offline.subjects import subjects
from advisor.offline.turns import OTHER_SIDE
from advisor.offline.wordings import (
    FAR,
    NEAR,
    PLAIN,
    has_no_subject,
    headed,
    matter_of,
    names_more,
    says_more,
    side_of,
    told_within,
    within,
    without_ways,
)
from tools.law.store import law
from tools.text.places import find_places

#: an interpretation rule by its number is a subject of its own
_RULE = re.compile(r"準則[一二三四五六1-6]|\b(?:rule|GIR|GRI) ?\d", re.IGNORECASE)
_LONGEST, _LONGEST_ENGLISH = 60, 96  # characters of a question that may have no subject of its own
_FEW_WORDS = 7  # of a message in English that may go on without pointing back
#: what is asked within a matter: whether to pay first, whom to ask, what it costs
_GOES_ON = re.compile(
    r"\b(?:do|does|must|should|can|could|may|will|is|what|who|where|how|when)\b.{0,24}\b(?:pay|file|apply|send|need|wait|appeal|object|ask|cost|form|first|then|myself|online|documents?|evidence|reply)\b",
    re.IGNORECASE,
)
_KEPT = 240  # characters of the questions before that are searched with it


def with_matter(frame: Frame, before: Frame | None) -> Frame:
    """The frame with what it is about; one that has no subject of its own leans on the question before."""
    if frame.talk is not None or frame.telling is not None:
        return replace(frame, matter=before.matter if before is not None else "")
    own = _own(frame)
    if (
        before is not None and frame.lean == "" and frame.text.endswith(f" {before.text}")
    ):  # read together with that before
        alone = frame.text.removesuffix(before.text).strip()
    else:
        alone = frame.text
    if before is None or not before.matter:
        return replace(frame, matter=own)
    other = frame.intent == "law" and before.intent == "policy" and not _of_side(frame, before.matter)
    ruled = frame.rule_first and frame.price is None and not frame.codes  # a rule, in words of a sum
    asks_on = (
        (frame.intent == "policy" or other or ruled)
        and not frame.subject
        and len(alone) < (_LONGEST_ENGLISH if frame.lang == "en" else _LONGEST)
    )
    goods = frame.named_goods and any(find_goods(without_ways(alone)).values())  # a suitcase is a way, too
    elsewhere = (
        OTHER_SIDE.search(alone)
        or goods
        or frame.days
        or frame.fiscal_year
        or find_places(alone)
        or _RULE.search(alone)
    )
    plain = says_more(alone, side_of(frame)) if asks_on else ""
    plain = "" if plain and told_within(alone, before.matter) else plain
    permit = frame.intent == "tool" and frame.tool is None and bool(frame.lean)
    if permit and has_no_subject(alone, before.text, before.matter):
        return replace(frame, matter=within(alone, frame.lean, before.matter))
    same_brief = own.partition("|")[0] == before.matter.partition("|")[0]
    if (
        own
        and same_brief
        and not _RULE.search(alone)
        and matter_of(without_ways(alone), side_of(frame), FAR)
        and asks_on
        and frame.intent == "policy"
        and frame.lean
        and not goods
    ):
        return replace(frame, text=alone, within=True, rule_first=False, matter=own)
    ruled_luggage = rule_of_spoken(frame) and before.matter.startswith(_OF_TRAVELLERS)
    goes_on = bool(frame.lean) or (len(alone.split()) <= _FEW_WORDS and _GOES_ON.search(alone) is not None)
    nothing_nearer = not own and goes_on and not names_more(alone, before.text)
    if not asks_on or elsewhere or plain or ruled_luggage or not (
        nothing_nearer or has_no_subject(alone, before.text, before.matter)
    ):  # fmt: skip
        leans_on = frame.lean or (frame.parameters and frame.parameters == before.parameters)
        return replace(frame, matter=own or (before.matter if leans_on else ""))
    lean = f"{before.text} {before.lean}".strip()[:_KEPT]
    return replace(
        frame,
        text=alone,
        intent="policy",
        lean=lean,
        within=True,
        rule_first=False,
        matter=within(alone, lean, before.matter),
    )


#: briefs on what a traveller carries, whose rules are told for whatever it is
_OF_TRAVELLERS = ("tw-traveller", "tw-cash", "tw-alcohol", "tw-tobacco")


def _of_side(frame: Frame, matter: str) -> bool:
    """Whether the law that a message was taken to name is that of the side spoken of."""
    return any(name.split(".")[0] == matter.split("-", maxsplit=1)[0] for name in frame.parameters)


def _own(frame: Frame) -> str:
    """The passage that the message itself is about; of goods that may not come in, that on their ban."""
    if frame.intent == "decline":
        refused = help_refused(frame.text)
        return headed(query("examined" if refused == "inspection" else "deceit", "zh-TW"))
    if frame.intent == "us_de_minimis":
        return headed(query("exemption_history", "zh-TW"))
    if frame.subject:
        return headed(subjects()[frame.subject].heading["zh-TW"])
    if frame.intent == "tool" and frame.tool is None:  # by whose leave goods come in
        return headed(leave_of(replace(frame, lang="zh-TW")))
    barred = [n for n in frame.parameters if n.startswith("tw.import_controls.")]
    text = law().parameter(barred[0]).label[frame.lang] if barred else ""
    side = side_of(frame)
    near = FAR if side == "tw" else NEAR
    if frame.intent in CALCULATED and not barred:  # goods and amounts are alike to many passages
        near = PLAIN
    return matter_of(f"{frame.text}\n{text}".rstrip(), side, near)
