"""Evidence of papers: what the tools say of boxes, entry numbers, entries and bills is said in their own sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from advisor.guard.context import sentences
from tools.difference import Difference
from tools.paperwork.bill_models import BillCheck
from tools.paperwork.box_models import BoxGuide
from tools.paperwork.entry_check import EntryCheck
from tools.paperwork.entry_number import EntryNumber
from tools.paperwork.papers import Papers
from tools.result import Message, ParameterUsed, Result

if TYPE_CHECKING:
    from advisor.ledger import Ledger

OfMessage = Callable[["Ledger", str, Message], None]
OfLaw = Callable[["Ledger", str, ParameterUsed], None]
OfResult = Callable[["Ledger", str, Result], None]


def from_paper(
    ledger: Ledger, ref: str, paper: object, message: OfMessage, law: OfLaw, result: OfResult
) -> None:  # fmt: skip
    """The evidence of one paper.

    Args:
        message, law, result: how the ledger takes a sentence of a tool, a value of the law, and a calculation.
    """
    if isinstance(paper, BoxGuide):
        for used in paper.parameters:
            law(ledger, ref, used)
        ledger.citations |= {paper.citation.zh_TW, paper.citation.en}
        _said(ledger, ref, paper.said, message)
    elif isinstance(paper, EntryNumber):
        ledger.identifiers.setdefault(paper.number, ref)
        _said(ledger, ref, [paper.verdict], message)
    elif isinstance(paper, Papers):
        _said(ledger, ref, [*paper.said, paper.boundary], message)
    elif isinstance(paper, Difference):
        for number, one in enumerate(paper.results):
            result(ledger, f"{ref}.{number}", one)
        for sentence in paper.said:  # each of its figures has its ground, and its receipt
            message(ledger, ref, sentence)
    elif isinstance(paper, BillCheck):
        if paper.result is not None:  # what a mistake would come to is said in the tool's sentences alone
            result(ledger, ref, paper.result)
        _said(ledger, ref, [*paper.said, *paper.clocks, paper.boundary], message)
    elif isinstance(paper, EntryCheck):
        if paper.result is not None:
            result(ledger, ref, paper.result)
        _said(ledger, ref, [paper.verdict, paper.boundary, *(f.message for f in paper.findings)], message)
        for finding in paper.findings:
            for lang in ("zh-TW", "en"):
                _word_for_word(ledger, finding.said(lang))


def _said(ledger: Ledger, ref: str, said: Iterable[Message], message: OfMessage) -> None:
    """Messages, whole and sentence by sentence."""
    for one in said:
        message(ledger, ref, one)
        for text in one.text.values():
            _word_for_word(ledger, text)


def _word_for_word(ledger: Ledger, text: str) -> None:
    for sentence in sentences(text):
        ledger.formulas.setdefault(sentence.text.strip(), set())
        ledger.citations.add(sentence.text.strip())
