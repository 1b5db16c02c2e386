"""Several questions in one message: where each stands, so that each is read in the light of the one before it."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"(?:(?<=^)|(?<=[\s，,。:：;；？?！!、]))(?:[（(]?(?P<digit>[1-9])(?:[.．](?!\d)|[)）、]|[:：](?= ?\S))|第(?P<nth>[一二三四五六])(?:個(?:問題)?|題)?[，,、:：]?(?=[^章類條款節欄項])|(?P<zh>[一二三四五六])(?:、|是(?=[^種樣個]))|[Qq](?P<q>[1-9])[.:：)、]?|(?P<round>[①②③④⑤⑥]))\s*"
)
_MARKS_ORDER = {c: n for row in ("一二三四五六", "①②③④⑤⑥", "123456789") for n, c in enumerate(row, 1)}
_END = re.compile(r"(?<=[？?])\s*|\n+")
_ASKS = re.compile(
    r"[？?]|嗎|呢|怎樣|會不會|多少|幾|什麼|怎麼|如何|是否|哪|誰|要不要|可不可以|能不能|有沒有|\b(?:what|how|which|who|when|where|why|is|are|do|does|can|could|should|will|would)\b",
    re.IGNORECASE,
)
#: what only bears on the question before it
_TAG = re.compile(
    r"^(?:(?:這樣|是|請問)?(?:對|正確|是|可以|行|好)(?:嗎|不對|吧)|還是|或是?|或者|有差嗎|真的嗎|為什麼|怎麼會|怎麼辦|所以|or\b|right|correct|true|is (?:that|this|it) (?:right|true|correct|ok)|really|yes|no|why|how come|thanks|.{0,40}\bwhat (?:should|do|can|shall) (?:i|we) (?:tell|say|answer|reply|do)\b|.{0,12}(?:該|要)?(?:怎麼|如何)(?:回|跟(?:他|她|客)))",
    re.IGNORECASE,
)
#: another day for the question before it, and nothing else
_DAY_ALONE = re.compile(
    r"^(?:and|or|what about|how about|那麼?|如果是)?\s*(?:on|in)?\s*(?:\d{4}-\d{1,2}-\d{1,2}|\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?[日號])?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4})\s*呢?$",
    re.IGNORECASE,
)
_LEAST, _MOST = 4, 5  # characters of a question, questions answered at once


def split_questions(text: str) -> tuple[bool, str, tuple[str, ...]]:
    """Whether a message numbers its questions, what it tells before them, and these; none where it asks one.

    >>> split_questions("請問 1) X3 是什麼 2) 營業稅幾 %")
    (True, '請問', ('X3 是什麼', '營業稅幾 %'))
    >>> split_questions("關稅 1.5% 對嗎？")
    (False, '', ())
    """
    marks = _numbered(text)
    if marks:
        ends = [m.start() for m in marks[1:]] + [len(text)]
        pieces = [text[m.end() : end].strip(" \n，,;；") for m, end in zip(marks, ends, strict=True)]
        if all(len(p) > 1 for p in pieces) and sum(_ASKS.search(p) is not None for p in pieces) > len(pieces) / 2:
            return True, text[: marks[0].start()].strip(), tuple(pieces[:_MOST])
    return False, "", _asked(text)


def _numbered(text: str) -> list[re.Match[str]]:
    """Marks that count 1, 2, 3 in one style."""
    for style in ("digit", "zh", "nth", "q", "round"):
        found: list[re.Match[str]] = []
        for match in _MARK.finditer(text):
            if match[style] and _MARKS_ORDER[match[style]] == len(found) + 1:
                found.append(match)
        if len(found) > 1:
            return found
    return []


def _asked(text: str) -> tuple[str, ...]:
    """Questions that each end in a mark or a line of their own; what bears on the one before stays with it."""
    pieces: list[str] = []
    lead = ""
    for piece in filter(None, (p.strip() for p in _END.split(text))):
        bare = piece.strip("？?。.!！ ")
        if not pieces and not _ASKS.search(piece):
            lead += piece + " "
            continue
        if pieces and (len(bare) < _LEAST or _TAG.match(bare) or _DAY_ALONE.match(bare) or not _ASKS.search(piece)):
            pieces[-1] += " " + piece
        else:
            pieces.append(lead + piece)
            lead = ""
    if (
        len(pieces) < 2
        or len(pieces) > _MOST
        or not all(p.rstrip().endswith(("?", "？")) or "\n" in text for p in pieces[:2])
    ):
        return ()
    return tuple(pieces)
