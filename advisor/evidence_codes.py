"""Evidence of the nomenclature and of a search for codes: names, notes and reasons are said as they stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.tariff.placing import Nomenclature
from tools.tariff.search.models import Found

if TYPE_CHECKING:
    from advisor.ledger import Ledger


def _said(ledger: Ledger, *texts: str) -> None:
    """Texts that may be said word for word, sentence by sentence: numbers in them divide goods, they are no amounts."""
    for text in texts:
        ledger.citations |= {text, *(part for part in _SENTENCES.split(text) if any(c.isdigit() for c in part))}


_SENTENCES = re.compile(r"[。；;]\s*|\.\s+")


def from_nomenclature(ledger: Ledger, ref: str, placed: Nomenclature) -> None:
    """Codes with their names, and the notes."""
    written = {"section": ("第 {} 類", "section {} "), "chapter": ("第 {} 章", "chapter {} ")}
    for level in placed.levels:
        ledger.identifiers.setdefault(level.code, ref)
        zh, en = written.get(level.level, ("{} ", "{} "))
        _said(ledger, zh.format(level.code) + level.name.zh_TW, en.format(level.code) + level.name.en)
        _said(ledger, *level.name.as_dict().values())
    for note in placed.notes:
        _said(ledger, *note.text.as_dict().values())


def from_search(ledger: Ledger, ref: str, found: Found) -> None:
    """Candidates with their names and reasons; what the search says of itself."""
    _said(ledger, found.query)
    messages = list(found.notes)
    for candidate in (*found.candidates, *(c for part in found.parts for c in part.candidates)):
        ledger.identifiers.setdefault(candidate.code, ref)
        _said(ledger, candidate.code, *candidate.name.as_dict().values())
        messages += [*candidate.why, *candidate.not_this_because]
    if found.question:
        messages += [found.question.question, found.question.matters]
    for message in messages:
        _said(ledger, *message.text.values())
