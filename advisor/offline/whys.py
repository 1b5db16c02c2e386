"""Whether a later message asks why the answer before is what it is."""

from __future__ import annotations

import re

from advisor.offline.cues import says
from advisor.offline.frame import Frame

_SHORT, _LONG, _LONG_ENGLISH = 14, 48, 96  # characters; English takes twice as many
#: what was computed, set against what was expected of it
_OF_FIGURE = re.compile(
    r"\b(?:fees?|dut(?:y|ies)|tax(?:es)?|totals?|amounts?|bill|mpf|hmf|charges?)\b.{0,60}\b(?:over|more|higher|bigger|larger|jump\w*|went up|go(?:es)? up|rise|rose|same|so (?:much|high|low)|double\w*|triple\w*|only|just|though|although)\b"
    r"|\b(?:so much|so high|way|far|a lot) ?(?:more|higher|bigger|larger)?\b.{0,40}\b(?:than|over|above)\b.{0,40}\b(?:dut(?:y|ies)|tax|vat)\b"
    r"|\b(?:don'?t|isn'?t|aren'?t|not) .{0,24}\b(?:pay|charged?|owe|taxed) (?:\w+ ){0,3}?(?:on|for) (?:\w+ ){0,2}?(?:full|whole|entire|all)\b"
    r"|\b(?:only|just|merely)\b.{0,30}\bmore\b.{0,60}\b(?:fees?|dut(?:y|ies)|tax|total|mpf)\b|(?:規費|mpf|關稅|稅|費用|總額).{0,16}(?:多|高|跳|漲|變|增|翻)",
    re.IGNORECASE,
)
_NOT_EXEMPT = re.compile(r"不是.{0,16}免(?:稅|繳)|isn't .{0,24}(?:free|exempt)|(?:thought|supposed).{0,40}(?:free|exempt)", re.IGNORECASE)  # fmt: skip


#: a part of what was computed, asked for by its name
_PART = re.compile(
    r"^(?:那|所以)?(?:其中)?(?:的)?(?:關稅|營業稅|貨物稅|菸酒稅|酒稅|推貿費|推廣貿易服務費|規費|mpf|hmf|商品處理費|港口維護費)(?:部分)?(?:是|要|呢|有|占)?(?:多少|幾|不用)?(?:嗎|呢|錢)?[？?]?$"
    r"|\b(?:how much of (?:that|it|this) is|what(?:'s| is) the) (?:the )?(?:duty|vat|business tax|mpf|hmf|merchandise processing fee|harbor maintenance fee)(?: part| share| portion)?(?: of (?:it|that|this))?[?]?$",
    re.IGNORECASE,
)


#: another amount or day supposed in the same breath: and at $2,501? why does it jump
_SUPPOSES = re.compile(
    r"(?:變成?|改成?|換成?|買到?|漲到|降到|調到|提高到|如果是?|若是?|那)\s*(?:NT\$|US\$|\$|美金|台幣)?\s*\d[\d,.]*(?! ?%)|\b(?:and|what if|if|but|so) (?:it(?:'s| is| was| were)? |we |i )?(?:at|for|with|declare|paid|pay|goes? to|went to|make it|raise it to)? ?(?:NT|US)?\$? ?\d[\d,.]{2,}(?! ?%)",
    re.IGNORECASE,
)
_APART = re.compile(r"差|多|少|貴|便宜|跳|漲|\b(?:more|less|jump\w*|differ\w*|higher|lower|cheaper|expensive|change[sd]?|up|down)\b", re.IGNORECASE)  # fmt: skip


def supposes(frame: Frame, before: Frame) -> bool:
    """Whether a message puts another amount or day in the place of the one computed, and asks why that differs."""
    if frame.named_goods or before.intent not in ("taiwan_quote", "us_quote") or _APART.search(frame.text) is None:
        return False
    amount = frame.price is not None and frame.price != before.price and _SUPPOSES.search(frame.text) is not None
    day = bool(frame.days) and frame.days != (before.days or (frame.today,))
    return amount or day


def asks_why(frame: Frame) -> bool:
    """Whether a figure or a part of the answer before is to be explained."""
    if _NOT_EXEMPT.search(frame.text) and len(frame.text) < _LONG:
        return True
    if _PART.search(frame.text) and len(frame.text) < _SHORT * 3 and not frame.amounts.any:
        return True
    most = _LONG_ENGLISH if _OF_FIGURE.search(frame.text) else _LONG
    return says(frame.text, "explains") and not frame.named_goods and frame.origin is None and len(frame.text) < most
