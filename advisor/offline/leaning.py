"""Whether a short question about a rule takes its subject from the one before it."""

from __future__ import annotations

import re

from advisor.offline.cues import says
from advisor.offline.frame import Frame
from advisor.offline.topics import named_parameters
from advisor.offline.turns import OTHER_SIDE, back_to_today
from corpus.sentences import question_words

SHORT, LONG = 14, 48  # characters of a message that only changes one fact; of one that is no question of its own yet
POINTS_BACK = re.compile(
    r"(?:^|[，,。；;！!] ?)(?:改(?:買|成|用|走|寄)|換(?:成|買|走)|這樣就|那就)|\b(?:redo|recalculate|re-?compute) (?:it|this|that)\b"
    r"|^(?:那|那麼|如果|若|假如|改|換|要是|還是|可是|不對|不是|更正|抱歉|喔|哦|對了|我是說|所以)|呢[？?]?$"
    r"|^(?:and|what if|what about|how about|if|sorry|ok(?:ay)?,? but|turns out|no[,，]|not|actually|instead|then|but|oh|i meant|make that|same)\b",
    re.IGNORECASE,
)


_NAMES = re.compile(r"[A-Z]{2,}|\b[A-Z]\d|\d{4}|第 ?\d")
_LEANING = re.compile(
    r"^(?:那|那麼|以前|之前|當時|這|其中|如果|若|超過|要是|還有|多少|幾|可以|需要|什麼時候|何時|為什麼)|[它其]|也(?:可以|能|要|算|是|會|得)|呢[？?]?$|部分|(?:什麼時候|何時|哪天|哪年)(?:才)?(?:改|變|開始|停|結束|取消|降|調)|從(?:什麼時候|何時|哪天)|到(?:什麼時候|何時|哪天)"
    r"|^(?:and|what about|how about|what's the|what is the|its|their|if|then|so|how many|how long|how much|when|why|does it|is it|can i)\b"
    r"|\b(?:it|its|they|them|that|those|there|since when|until when|what was)\b",
    re.IGNORECASE,
)
_FEW_WORDS, _FEW_CHARACTERS = 12, 22


#: words of its own up to which a message without a name goes on from the one before, and up to which it may
FEW_OWN, SOME_OWN = 4, 8


def own_words(frame: Frame) -> int:
    """How many words of its own a message has; a message that names its subject has more than any that goes on."""
    figures = any(q.kind in ("percent", "date", "year") for q in frame.quantities)
    named = figures or frame.named_goods or _NAMES.search(frame.text) or named_parameters(frame.text)
    return SOME_OWN + 1 if named or says(frame.text, "what_is") else len(question_words(frame.text))


def leans(frame: Frame, before: Frame) -> bool:
    """Whether a short question about a rule has no subject of its own and takes it from the one before.

    A name (X4, EZ WAY, 2024) is a subject.
    """
    text = frame.text
    if before.intent == "law" and back_to_today(frame, before):
        return False
    allowances = before.intent == "taiwan_quote" and before.route == "traveller" and before.price is None
    allowances = allowances or (before.intent == "tool" and before.tool is None)  # by whose leave goods come in
    if OTHER_SIDE.search(text) and frame.intent == before.intent == "policy":
        return True
    if frame.intent not in ("policy", "law") or not (before.intent in ("policy", "law") or allowances):
        return False
    rules = frame.intent == before.intent == "policy"
    of_held = before.held is not None and frame.amounts.any  # a fact of the calculation before the rule
    if (
        rules and not of_held and POINTS_BACK.search(text) and len(text) < 2 * LONG
    ):  # the same question with one thing changed
        return True
    if frame.named_goods or frame.amounts.any or frame.days or frame.origin or frame.fiscal_year:
        return False
    if frame.said and not rules:
        return False
    short = len(text.split()) <= _FEW_WORDS and len(re.findall(r"[\u4e00-\u9fff]", text)) <= _FEW_CHARACTERS
    named = _NAMES.search(text) or named_parameters(text)
    return bool(short and not named and (_LEANING.search(text) or len(text) <= SHORT))
