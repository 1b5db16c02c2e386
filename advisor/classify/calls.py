"""The four calls a model may make while it looks for a code, and how what it hands in is checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.classify.reading import Shelf, concerns
from tools.errors import CustomsError, InputError
from tools.inputs import read_input
from tools.tariff.codes import compact
from tools.tariff.interpretation import Note
from tools.tariff.search.corpus import codes
from tools.tariff.search.proposal import About, Proposal

_SIX = 6
Code = Annotated[str, Field(max_length=12, description="six digits of a subheading that was read")]
NoteId = Annotated[str, Field(max_length=24, description="id of a note that was read, such as chapter:64#2")]


class _Call(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Search(_Call):
    """Candidates for another wording of the goods: their name elsewhere, their material, their use."""

    text: str = Field(min_length=1, max_length=200)


class Read(_Call):
    """Chapters and headings with their notes and what stands below them."""

    codes: list[Annotated[str, Field(max_length=12)]] = Field(
        min_length=1, max_length=6, description="two or four digits each"
    )


class Put(_Call):
    """A subheading with the notes that speak for it, or exclude the goods there."""

    code: Code
    notes: list[NoteId] = Field(default=[], max_length=3)


class Propose(_Call):
    """Hand in the candidates, the likeliest first."""

    candidates: list[Put] = Field(min_length=1, max_length=8)
    against: list[Put] = Field(default=[], max_length=8, description="codes that a note excludes, with that note")


class Ask(Propose):
    """Hand in the candidates with the one question that separates them, where the description does not say."""

    candidates: list[Put] = Field(min_length=2, max_length=8)
    about: About = Field(
        description="what decides: an attribute of the goods, a note, or which of the candidates it is"
    )
    note: NoteId | None = Field(None, description="the note that decides, where it is about a note")


Name = Literal["search", "read", "propose", "ask"]
_CALLS: Mapping[str, type[_Call]] = {"search": Search, "read": Read, "propose": Propose, "ask": Ask}


def offered() -> list[dict[str, Any]]:
    """The calls as an OpenAI-compatible server is told of them."""
    return [
        {"type": "function", "function": {"name": name, "description": model.__doc__ or "", "parameters": model.model_json_schema()}}
        for name, model in _CALLS.items()
    ]  # fmt: skip


def taken(name: str, arguments: Mapping[str, Any]) -> _Call:
    """A call, whole.

    Raises:
        InputError: no such call, or arguments that do not fit; what is wrong with them.
    """
    model = _CALLS.get(name)
    if model is None:
        raise InputError("call", f"there is no {name[:24]!r}", ", ".join(_CALLS))
    try:
        return model.model_validate(dict(arguments))
    except ValidationError as error:
        wrong = error.errors()[0]
        raise InputError(".".join(map(str, wrong["loc"])) or "arguments", wrong["msg"], "as described") from error


def handed_in(call: Propose, shelf: Shelf) -> Proposal:
    """What a model hands in, checked: codes that exist under headings it read, notes it was shown and that speak of the code.

    Args:
        call: `propose` or `ask`.
        shelf: what it has read.

    Raises:
        InputError: naming what is wrong, for the model to mend.
    """
    given: dict[str, Any] = {
        "put": [_put(row, shelf, "candidates") for row in call.candidates],
        "against": [_put(row, shelf, "against") for row in call.against if row.notes],
    }
    if isinstance(call, Ask):
        decides = _note(call.note, shelf) if call.note else None
        if call.about == "note" and decides is None:
            raise InputError("note", "is not named", "the id of the note that decides")
        given["open"] = {"about": call.about, "note": decides}
    checked = read_input(Proposal, given)
    assert isinstance(checked, Proposal)
    return checked


def _put(row: Put, shelf: Shelf, field: str) -> dict[str, Any]:
    code = compact(row.code)
    if len(code) != _SIX or code not in _held():
        raise InputError(field, f"{row.code[:12]!r} does not exist", "six digits of a subheading that was read")
    if field == "candidates" and code[:4] not in shelf.opened:
        raise InputError(field, f"heading {code[:4]} was not read", "read it first, then hand in again")
    named = [_note(name, shelf) for name in dict.fromkeys(row.notes)]
    for name, note in zip(row.notes, named, strict=False):
        if not concerns(note, code):
            raise InputError(
                "notes", f"{name} does not speak of {code}", "a note of its section or chapter, or one that names it"
            )
    return {"code": code, "notes": named}


def _note(name: str, shelf: Shelf) -> Note:
    if name not in shelf.shown:
        raise InputError("notes", f"{name[:24]!r} was not shown", "the id of a note that was read")
    return shelf.shown[name]


@cache
def _held() -> frozenset[str]:
    return frozenset(codes())


def wrong(error: CustomsError) -> dict[str, str]:
    """What a model is told of a call that was not taken."""
    return {"refused": str(error)}
