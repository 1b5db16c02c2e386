"""A bill as text, pasted or read from a file: lines with their amounts and the place they stand, and what has to be confirmed.

Nothing is guessed: an amount without a label that is known stays an open line, and a line with several amounts is marked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pydantic import Field

from tools.inputs import Input
from tools.paperwork.bill_lines import kind_of, kinds
from tools.paperwork.bill_models import BillLine, Carrier
from tools.result import Amount
from tools.text.normalise import normalise

_MONEY = r"(?:NT\$|US\$|NTD|TWD|USD|\$|新?[臺台]幣|美金)?\s*(?<![\d-])(?P<amount>(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,2})?)(?![\d%]|[.,]\d| ?%)\s*(?:元整?|美元|美金|塊|USD|TWD|NTD?)?"
_AMOUNT = re.compile(_MONEY)
#: a piece of running text: words, then one amount
_PIECE = re.compile(
    rf"(?P<label>[^\d，,;；、。？?！!:：\n$]{{2,60}}?)\s*[:：]?\s*{_MONEY}(?=\s*(?:$|[，,;；、。.？?！!)）」』”\"'\n]|and\b)|\s+[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_ROW = re.compile(rf"^(?P<label>[\d\s.,$:：]*[^\d\s.,$:：].*?)\s*[:：]?\s*{_MONEY}\s*$")
_TOTAL = re.compile(r"\btotal\b|amount due|balance due|合計|總計|總共|一共|共計|應付|總金額", re.IGNORECASE)
_CARRIERS: tuple[tuple[Carrier, re.Pattern[str]], ...] = (
    ("ups", re.compile(r"\bUPS\b|優比速")),
    ("fedex", re.compile(r"\bfed ?ex\b|聯邦快遞", re.IGNORECASE)),
    ("dhl", re.compile(r"\bDHL\b|洋基通運")),
    ("usps", re.compile(r"\bUSPS\b|美國郵政")),
    ("tw_post", re.compile(r"中華郵政|郵局|郵包|chunghwa post", re.IGNORECASE)),
    ("ems", re.compile(r"\bEMS\b")),
    ("tw_courier", re.compile(r"快遞|宅配|順豐|\bSF\b|黑貓|集運", re.IGNORECASE)),
)
#: who made the bill, before what its first line is called: the broker's bill says duty
_SAYS = re.compile(
    r"^.*?(?:\b(?:bill|invoice|notice|statement)\b(?: \w+)? (?:says?|shows?|lists?|reads?|has|is for|for|with)\b:?|(?:帳單|稅單|繳款單|請款單)(?:上面?|裡)?(?:寫|列|是|說|有)(?:了|著)?)\s*(?=\S)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"為什麼|為何|怎麼|不是|\bwhy\b|\bnot\b|n't\b|\bhow come\b", re.IGNORECASE)
_RATE = re.compile(r"率 ?(?:是|為)?\s*$|\brate\s*(?:is|of)?\s*$", re.IGNORECASE)
_OF_IT = re.compile(r"\s*的? ?\d+(?:\.\d+)? ?[%％]")
_LABEL = 190  # characters of a label that are kept
_TOO_LONG = 400  # characters of a line that is no line of a bill


#: words that say a text is of a bill
_BILL = re.compile(r"帳單|繳款單|稅單|請款單|\bbill(?:ed)?\b|\binvoice\b|charged me", re.IGNORECASE)
#: amounts of these are facts of the shipment where a person tells it in words
_OF_SHIPMENT = frozenset({"delivery", None})


class TextLine(Input):
    """One amount of a text.

    Args of note:
        evidence: the words it was read from.
        line: its line in the text, from 1.
        sure: the label is known and stands with one amount alone.
    """

    label: str
    amount: Amount
    kind: str | None
    evidence: str
    line: int
    sure: bool


class BillText(Input):
    """What a text says of a bill."""

    carrier: Carrier | None
    lines: tuple[TextLine, ...]
    total: Amount | None
    total_evidence: str | None
    to_confirm: tuple[str, ...] = Field(description="evidence of what is not sure")

    def as_lines(self) -> list[BillLine]:
        """The lines as the check takes them."""
        return [BillLine(label=line.label, amount=line.amount, kind=line.kind) for line in self.lines]


def carrier_in(text: str) -> Carrier | None:
    """The carrier a text names."""
    return next((name for name, words in _CARRIERS if words.search(text)), None)


def read_bill_text(text: str) -> BillText:
    """The lines of a bill in a text: one a row where rows end in an amount, else piece by piece of running text."""
    lines: list[TextLine] = []
    total: tuple[Decimal, str] | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        row = normalise(raw).text.strip()
        if not row or len(row) > _TOO_LONG:
            continue
        for label, amount, sure in _pieces(row):
            if _TOTAL.search(label):
                total = (amount, row)
                continue
            kind = kind_of(label)
            lines.append(
                TextLine(label=label, amount=amount, kind=kind, evidence=row, line=number, sure=sure and kind is not None)
            )  # fmt: skip
    return BillText(
        carrier=carrier_in(text), lines=tuple(lines), total=total[0] if total else None,
        total_evidence=total[1] if total else None,
        to_confirm=tuple(dict.fromkeys(line.evidence for line in lines if not line.sure)),
    )  # fmt: skip


def split_bill(text: str) -> tuple[tuple[BillLine, ...], Decimal | None, str]:
    """The lines of a bill told in words, its total, and the rest of the message, which is of the shipment.

    No lines where the message is of no bill, or names no government money.
    """
    if not _BILL.search(text):
        return (), None, text
    lines: list[BillLine] = []
    total, rest = None, text
    for match in _PIECE.finditer(text):
        label = _SAYS.sub("", match["label"])
        kind = kind_of(label)
        if _ASKED.search(label) or _RATE.search(label) or _OF_IT.match(text[match.end() :]):
            continue  # why it is not 5% of 8,000, or at which rate: no line of the bill
        if _TOTAL.search(match["label"]):
            total = _decimal(match["amount"])
        elif kind in _OF_SHIPMENT:
            continue
        else:
            lines.append(BillLine(label=_label(label), amount=_decimal(match["amount"]), kind=kind))
        rest = rest.replace(match[0], " ", 1)
    lines = _without_sums(lines)
    told = {x.amount for x in lines} | {_of_government(lines)}
    rest = _AMOUNT.sub(lambda m: " " if _decimal(m["amount"]) in told else m[0], rest)  # spoken of again
    taxed = any(line.kind and kinds()[line.kind].government for line in lines)
    return (tuple(lines), total, rest) if taxed else ((), None, text)


def _without_sums(lines: list[BillLine]) -> list[BillLine]:
    """The lines without those that only say what government money before them comes to: 海關稅單只有 332."""
    kept: list[BillLine] = []
    for line in lines:
        if not kept[1:] or line.amount != _of_government(kept):
            kept.append(line)
    return kept


def _of_government(lines: list[BillLine]) -> Decimal:
    """What the lines of government money come to."""
    return sum((x.amount for x in lines if x.kind and kinds()[x.kind].government), Decimal(0))


def _pieces(row: str) -> list[tuple[str, Decimal, bool]]:
    """Labels with amounts in one row, and whether each stands alone with its amount."""
    found = list(_PIECE.finditer(row))
    known = [m for m in found if kind_of(m["label"]) or _TOTAL.search(m["label"])]
    if len(known) > 1 or (known and len(found) > 1):
        return [(_label(m["label"]), _decimal(m["amount"]), True) for m in known]
    match = _ROW.match(row)
    if match is not None and (len(row.split()) > 1 or kind_of(match["label"])):
        alone = len(_AMOUNT.findall(row)) == 1
        return [(_label(match["label"]), _decimal(match["amount"]), alone)]
    return [(_label(m["label"]), _decimal(m["amount"]), len(found) == 1) for m in known]


def _label(text: str) -> str:
    """A label as it stands on the bill: what is quoted of the words before an amount."""
    text = _BEFORE.sub("", text)
    return text.strip(" -–—•·*|.\t:：「『“\"'")[:_LABEL] or "?"


_BEFORE = re.compile(r"^[^「『“\"]*[「『“\"](?=[^」』”\"]+$)|^\s*(?:and|plus|以及|還有|另外)\s+", re.IGNORECASE)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
