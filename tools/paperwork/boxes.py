"""What a box of CBP Form 7501 is, by any of the three numberings in circulation.

They are those of the 2024 form, of the form before it, and of an online guide of 36 fields whose numbers are no form's.

Source: `form_7501.toml` and `guide_7501.toml` beside this file. Nothing here fills a form in.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from tools.errors import DataError, InputError
from tools.law.bindings import render
from tools.law.models import Frozen, Localized
from tools.law.store import LawStore
from tools.law.store import law as shipped_law
from tools.paperwork.box_models import (
    Box,
    BoxGuide,
    BoxInput,
    BoxShown,
    FieldShown,
    Form,
    Guide,
    Numbering,
    Wrong,
)
from tools.paperwork.box_words import of_boxes, of_field
from tools.result import Figure, Message, ParameterUsed
from tools.text.values import said
from tools.united_states.money import whole_dollars

Held = TypeVar("Held", bound=Frozen)
_WHOLE = "36A"  # the box of whole dollars
_BOX = re.compile(r"^(?P<number>\d{1,2}) ?(?P<part>[A-D])?$", re.IGNORECASE)


@cache
def form() -> Form:
    """The form as held."""
    return _read("form_7501.toml", Form)


@cache
def guide() -> Guide:
    """The guide as held."""
    return _read("guide_7501.toml", Guide)


def _read(name: str, model: type[Held]) -> Held:
    try:
        return model.model_validate(tomllib.loads(Path(__file__).with_name(name).read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DataError(name, str(error).splitlines()[0]) from error


def explain_box(given: BoxInput, *, as_of: date, store: LawStore | None = None) -> BoxGuide:
    """The boxes a number or name stands for.

    Raises:
        InputError: neither a number nor a name, or a number that is none.
    """
    texts = _Texts(store or shipped_law(), given.on or as_of, given.value)
    if given.box is None and given.text is None:
        raise InputError("box", "is missing", "a number such as 29 or 33A, or text with the name of a box")
    if given.box is None:
        return _named(str(given.text), texts)
    match = _BOX.match(given.box.strip())
    if match is None:
        raise InputError("box", f"{said(given.box)} is no box", "a number such as 29 or 33A")
    number, part = str(int(match["number"])), (match["part"] or "").upper()
    wanted = [given.numbering] if given.numbering else ["2024", "before", "guide"]
    found = texts.on_form(number, part) if "2024" in wanted else ()
    old = texts.on_old_form(number, part) if "before" in wanted else ()
    in_guide = texts.in_guide(int(number)) if "guide" in wanted and int(number) <= guide().fields else None
    notes = _absent(int(number), wanted, bool(found), bool(old))
    if given.numbering is None and [b.number for b in old] == [b.number for b in found]:
        old = ()
    return texts.guide_of(f"{number}{part}", given.numbering, found, old, in_guide, notes)


def _absent(number: int, wanted: list[Numbering] | list[str], found: bool, old: bool) -> tuple[Message, ...]:
    """What is to be said of a number that a form does not have."""
    words = {"form": form().edition, "number": Localized.model_validate(str(number)), "boxes": Localized.model_validate(str(form().boxes)),
             "before": Localized.model_validate(str(form().boxes_before))}  # fmt: skip
    if "2024" in wanted and not found:
        return (Message(code="box_absent", words=words),)
    if wanted == ["before"] and not old:
        return (Message(code="box_absent_before", words=words),)
    if wanted == ["guide"] and number > guide().fields:
        return (Message(code="box_absent_guide", words={"number": words["number"]}),)
    return ()


def _named(text: str, texts: _Texts) -> BoxGuide:
    """Boxes whose name holds a text, in either language.

    Raises:
        InputError: no box has such a name.
    """
    wanted = text.strip().lower()
    hits = [b for b in form().box if wanted and any(wanted in n.lower() for n in b.name.as_dict().values())]
    if not hits:
        raise InputError("text", f"no box is named {said(text)}", "words of a box's name such as CHGS or surety")
    shown = tuple(texts.box(b, "2024", b.number) for b in hits[:3])
    return texts.guide_of(text, None, shown, (), None, ())


class _Texts:
    """The texts of the form rendered on one day, and the law they read."""

    def __init__(self, store: LawStore, on: date, value: Decimal | None) -> None:
        self.store, self.on, self.value = store, on, value
        self.read: dict[str, ParameterUsed] = {}

    def on_form(self, number: str, part: str) -> tuple[BoxShown, ...]:
        return tuple(self.box(b, "2024", b.number) for b in form().box if _is(b.number, number, part))

    def on_old_form(self, number: str, part: str) -> tuple[BoxShown, ...]:
        return tuple(self.box(b, "before", b.old) for b in form().box if b.old and _is(b.old, number, part))

    def in_guide(self, number: int) -> FieldShown:
        held = next((f for f in guide().field if f.number == number), None)
        by_number = {b.number: b for b in form().box}
        boxes = tuple(self.box(by_number[n], "2024", n) for n in held.boxes) if held else ()
        wrong = tuple(
            Wrong(id=e.id, says=self.text(e.says), right=self.text(e.right))
            for e in guide().error
            if number in e.fields
        )
        return FieldShown(number=number, name=held.name if held else None, boxes=boxes, wrong=wrong)

    def box(self, box: Box, numbering: Numbering, asked: str) -> BoxShown:
        return BoxShown(
            numbering=numbering, asked=asked, number=box.number, old=box.old, inferred=box.inferred, name=box.name,
            meaning=self.text(box.meaning), format=self.text(box.format), by=form().people[box.by],
            mistakes=self.text(box.mistakes) if box.mistakes else None,
        )  # fmt: skip

    def text(self, text: Localized) -> Localized:
        """A text with its figures of the day; what it read is kept."""
        zh, bound = render(text.zh_TW, self.store, self.on, "zh-TW")
        en, _ = render(text.en, self.store, self.on, "en")
        for read in bound:
            if read.value is not None:
                self.read[read.id] = ParameterUsed.of(read.id, read.unit, read.value)
        return Localized(**{"zh-TW": zh, "en": en})

    def guide_of(
        self, asked: str, numbering: Numbering | None, official: tuple[BoxShown, ...], before: tuple[BoxShown, ...],
        in_guide: FieldShown | None, notes: tuple[Message, ...],
    ) -> BoxGuide:  # fmt: skip
        parts = [*notes, *of_boxes(official, form().edition), *of_boxes(before, form().edition)]
        if self.value is not None and any(box.number == _WHOLE for box in official):
            whole = Decimal(whole_dollars(Fraction(self.value)))
            figures = {
                name: Figure(value=amount, unit="USD", of="entered_value")
                for name, amount in (("given", self.value), ("whole", whole))
            }
            parts.insert(len(notes), Message(code="box_whole_dollars", figures=figures))
        told = frozenset(box.number for box in (*official, *before)) if numbering != "guide" else frozenset()
        of_guide = list(of_field(in_guide, guide().name, form().edition, told)) if in_guide is not None else []
        return BoxGuide(
            asked=asked, numbering=numbering, on=self.on, official=official, before=before, guide=in_guide, notes=notes,
            said=tuple([*of_guide, *parts] if numbering == "guide" else [*parts, *of_guide]), citation=form().citation, parameters=tuple(self.read.values()),
        )  # fmt: skip


def _is(held: str, number: str, part: str) -> bool:
    """Whether a box is the one asked for; a number alone means all its parts."""
    return held == number + part if part else held.rstrip("ABCD") == number
