"""Subheadings that somebody else puts first, such as a model that read the notes: put into the same answer, checked.

Nothing of the proposer's wording is taken: codes that exist, notes that are held, and which of the questions held is open.
What was never measured makes nothing surer: only a first candidate that the search itself puts first keeps its confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from tools.inputs import refusal
from tools.law.models import Frozen, Localized
from tools.result import Message
from tools.tariff.interpretation import Note
from tools.tariff.search.corpus import codes
from tools.tariff.search.find import Engine
from tools.tariff.search.scoring import FEATURES, Asked, Scored, halved

#: what a question may be about: an attribute, a note that decides, or which of the candidates it is
About = Literal["material", "gender", "fabric", "power", "state", "note", "which"]
_CODES, _NOTES = 10, 3


class Put(Frozen):
    """One subheading, with the notes that speak for it or against it."""

    code: str = Field(pattern=r"^\d{6}$")
    notes: tuple[Note, ...] = Field((), max_length=_NOTES)


class Open(Frozen):
    """What cannot be told from the description and would separate the candidates."""

    about: About
    note: Note | None = None


class Proposal(Frozen):
    """Candidates in the proposer's order.

    Args:
        against: subheadings with the notes that exclude the goods there.
        notes: what is said of where the order comes from.
    """

    put: tuple[Put, ...] = Field(min_length=1, max_length=_CODES)
    against: tuple[Put, ...] = ()
    open: Open | None = None
    notes: tuple[Message, ...] = ()

    @model_validator(mode="after")
    def _codes_exist_once(self) -> Proposal:
        held = frozenset(codes())
        for code in (*self.codes, *(row.code for row in self.against)):
            if code not in held:
                raise refusal(f"{code} does not exist", "six digits of the System", "code")
        if len(set(self.codes)) < len(self.codes):
            raise refusal("a code stands twice", "each once", "code")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """The subheadings put first."""
        return tuple(row.code for row in self.put)


def in_its_order(proposal: Proposal, ranked: Sequence[Scored], shares: Sequence[float], engine: Engine, limit: int) -> tuple[list[Scored], list[float]]:  # fmt: skip
    """What is proposed first and then the search's own candidates, with shares that halve along the proposal.

    Args:
        ranked: every subheading the search scored.
        shares: of the first of them.
        limit: candidates at most.
    """
    known = {hit.code: hit for hit in ranked}
    places = engine.index.subheadings.codes
    first = [
        known.get(code) or Scored(places.index(code), code, 0, (0,) * len(FEATURES), None) for code in proposal.codes
    ]
    wanted = frozenset(proposal.codes)
    rest = [(hit, share) for hit, share in zip(ranked, shares, strict=False) if hit.code not in wanted]
    rest = rest[: max(0, limit - len(first))]
    return [*first, *(hit for hit, _ in rest)], halved(len(first), [share for _, share in rest])


def speaks_for(proposal: Proposal | None, code: str) -> tuple[Message, ...]:
    """That a candidate was proposed, and the notes it goes by."""
    row = next((row for row in proposal.put if row.code == code), None) if proposal else None
    return (Message(code="hs_why_put"), *(_note("hs_why_note", note) for note in row.notes)) if row else ()


def against(proposal: Proposal | None, engine: Engine, asked: Asked, hit: Scored) -> tuple[Message, ...]:
    """The notes that were named against a candidate; that none of its words are in the description."""
    if proposal is None:
        return ()
    said = [_note("hs_not_note", n) for row in proposal.against if row.code == hit.code for n in row.notes]
    if hit.code in proposal.codes and not [t for t in engine.words_at(asked, hit) if len(t) > 1]:
        said.append(Message(code="hs_not_words"))
    return tuple(said)


def _note(code: str, note: Note) -> Message:
    words = {"of": Localized.model_validate(note.of.replace(":", " ")), "text": note.text}
    return Message(code=code, words=words)
