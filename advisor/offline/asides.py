"""Several questions in one message: what stands on its own is answered on its own."""

from __future__ import annotations

import re

from advisor.offline.cues import says
from advisor.offline.queries import query
from advisor.offline.topics import named_parameters
from tools.law.models import Lang
from tools.text.quantities import find_quantities

_END = re.compile(
    r"(?<=[？?])\s*|(?<=[。！;；])\s*|(?<!\s)\s*(?:[，,]\s*)?(?=(?:另外|還有|然後|順便|再來|also,|and also|one more|another question)(?:想)?(?:問)?)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?:另外|還有|然後|順便|再來|also|and|one more(?: thing)?|another question)[,，:：]?\s*(?:想)?(?:請)?(?:問)?(?:一下)?[,，:：]?\s*", re.IGNORECASE)  # fmt: skip
_SUM = re.compile(r"\btotals?\b|合計|總共|一共|總額", re.IGNORECASE)
_LEAST, _MOST = 4, 2  # characters of a question, questions answered beside the main one


def split_asides(text: str) -> tuple[str, tuple[str, ...]]:
    """The main question, and questions about a rule or a word that give no fact of it.

    >>> split_asides("X3 是什麼？然後 3,000 元的鞋要繳多少")
    ('3,000 元的鞋要繳多少', ('X3 是什麼？',))
    """
    pieces = [_LEAD.sub("", p).strip() for p in _END.split(text) if p and p.strip()]
    if len(pieces) < 2:
        return text, ()
    asides = [p for p in pieces if _stands_alone(p)]
    rest = [p for p in pieces if p not in asides]
    if not asides or not any(says(p, "tax_question") or says(p, "asks_amount") for p in rest):
        return text, ()
    return " ".join(rest), tuple(asides[:_MOST])


def _stands_alone(piece: str) -> bool:
    """Whether a piece asks what something is or how a rule goes, and names no amount that a calculation needs."""
    if len(piece) < _LEAST or not (says(piece, "what_is") or says(piece, "asks_rule")):
        return False
    if any(name.startswith("tw.import_controls.") for name in named_parameters(piece)):
        return False  # what may not come in has no tax beside it
    if says(piece, "explains") or says(piece, "asks_amount") or _SUM.search(piece):
        return False
    return not any(q.kind in ("money", "percent", "number", "count") for q in find_quantities(piece))


#: what a price or a bill is said to hold beside the tax, and the heading that tells of it
_BESIDE = (
    ("prepaid", re.compile(r"含稅|包稅|稅(?:金|費)?(?:已經?|都)(?:含|付|繳)|(?<![A-Za-z])DDP(?![A-Za-z])|\b(?:tax|dut)(?:es|ies|y)?(?: (?:is|are|was|were))?(?: already)? (?:included|prepaid|paid)\b|\bprepaid (?:tax|dut)", re.IGNORECASE)),
    ("joined", re.compile(r"合併(?:課|算|計|報)|併(?:在一起|計)|\b(?:counted|added|taxed|put) together\b|\bcombined?\b", re.IGNORECASE)),
    ("whose_lines", re.compile(r"代墊|手續費|處理費|報關費|倉租|\b(?:disbursement|handling|brokerage|processing|advanc\w+) (?:fee|charge|it|the (?:tax|dut))|\bfee for advancing", re.IGNORECASE)),
)  # fmt: skip
_ASKED = re.compile(r"[?？嗎]|是不是|合理|正常|還要|要不要|\b(?:do|will|should|is|normal|fair|why)\b", re.IGNORECASE)


def beside(text: str, lang: Lang) -> tuple[str, ...]:
    """Headings of passages told beside a calculation: of a price that holds the tax, of a carrier's own charges."""
    if not _ASKED.search(text):
        return ()
    return tuple(query(name, lang) for name, words in _BESIDE if words.search(text))
