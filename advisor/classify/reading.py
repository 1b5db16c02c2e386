"""What a model is given to read: chapters with their headings, headings with their subheadings, and the notes we hold.

Each note has a name, `chapter:64#2`, by which it can be pointed at; its words are never taken from the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tools.errors import InputError
from tools.inputs import read_input
from tools.law.models import Localized
from tools.tariff.codes import compact, dotted
from tools.tariff.interpretation import Note, about, notes, place
from tools.tariff.search.corpus import codes
from tools.tariff.search.lexicon import entries
from tools.tariff.search.models import Found, SearchInput
from tools.tariff.search.search import engine, name_of, search
from tools.tariff.search.words import spelt

_CHAPTER, _HEADING, _FOUND, _ABOUT, _NOT = 2, 4, 8, 6, 6


class Shelf:
    """What one walk has read: headings that were opened, notes that were shown.

    Args:
        given: the look-up; its day and schedule hold for other wordings as well.
    """

    def __init__(self, given: SearchInput) -> None:
        self._given = given
        self.opened: set[str] = set()
        self.shown: dict[str, Note] = {}

    def begin(self, text: str, found: Found) -> dict[str, Any]:
        """The description as material, and what the search finds for it."""
        return {
            "description": text,
            "found": [_brief(found, number) for number in range(len(found.candidates[:_FOUND]))],
        }

    def searched(self, text: str, found: Found) -> dict[str, Any]:
        """What the search finds for another wording."""
        return {"searched": text, **{k: v for k, v in self.begin(text, found).items() if k == "found"}}

    def search(self, text: str) -> dict[str, Any]:
        """The search for another wording of the goods, by six digits.

        Raises:
            InputError: a text that cannot be searched.
        """
        wanted = read_input(SearchInput, {"text": text, "limit": _FOUND})
        assert isinstance(wanted, SearchInput)
        assert self._given.on is not None
        return self.searched(text, search(wanted, self._given.on))

    def read(self, wanted: Iterable[str]) -> list[dict[str, Any]]:
        """Chapters and headings, each with its notes and what stands below it.

        Raises:
            InputError, NotFound: there is no such chapter or heading.
        """
        return [self._read(compact(code)) for code in dict.fromkeys(wanted)]

    def _read(self, code: str) -> dict[str, Any]:
        digits = code[:_HEADING]
        if len(digits) not in (_CHAPTER, _HEADING) or not (digits.isascii() and digits.isdigit()):
            raise InputError("codes", f"{code!r} is no chapter or heading", "two or four digits, such as 64 or 6404")
        placed = place(digits)
        out: dict[str, Any] = {"chapter": f"{placed.chapter.code} {_both(placed.chapter.name)}"}
        out["notes"] = [row for note in placed.notes if (row := self._note(note))]
        if placed.heading is None:
            return out | {"headings": [f"{row.code} {_both(row.name)}" for row in placed.headings]}
        self.opened.add(digits)
        elsewhere = [row for note in about(digits)[:_ABOUT] if (row := self._note(note))]
        below = [self._below(code) for code in codes() if code.startswith(digits)]
        return out | {
            "heading": f"{digits} {_both(placed.heading.name)}", "notes_elsewhere": elsewhere, "subheadings": below,
        }  # fmt: skip

    def _note(self, note: Note) -> dict[str, Any] | None:
        """A note under its name; None where it was shown before."""
        name = name_of_note(note)
        if name in self.shown:
            return None
        self.shown[name] = note
        return {"id": name, "kind": note.kind, "about": list(note.see), "text": note.text.en}

    def _below(self, code: str) -> dict[str, Any]:
        entry = entries().get(code)
        row: dict[str, Any] = {"code": dotted(code), "name": _both(name_of(engine(), code))}
        if entry and entry.excluded:
            row["not_here"] = [f"{x.phrase} -> {x.see}" for x in entry.excluded[:_NOT]]
        return row


def name_of_note(note: Note) -> str:
    """The name a note is pointed at by: where it stands, and its place there."""
    same = [row for row in notes() if row.of == note.of]
    return f"{note.of}#{same.index(note) + 1}"


def concerns(note: Note, code: str) -> bool:
    """Whether a note speaks of a subheading: it stands in its section or chapter, or names its chapter or heading."""
    placed = place(code[:_HEADING])
    stands = note.of in (f"section:{placed.section.number}", f"chapter:{placed.chapter.code}")
    return stands or bool({code[:_CHAPTER], code[:_HEADING]} & set(note.see))


def told(text: str) -> str:
    """A text in one spelling, to see that a model asks for the same again."""
    return " ".join(spelt(text).split())


def _brief(found: Found, number: int) -> dict[str, Any]:
    candidate = found.candidates[number]
    above = " > ".join(level.name.en for level in candidate.path)
    return {"code": candidate.code, "name": _both(candidate.name), "under": above}


def _both(name: Localized) -> str:
    return f"{name.en} / {name.zh_TW}"
