"""What is said of a box: sentences of the tool, each with its numbers on both forms, and what the online guide has wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tools.law.models import Localized
from tools.paperwork.box_models import BoxShown, FieldShown
from tools.result import Message


def _text(value: str) -> Localized:
    return Localized.model_validate(value)


def _code(box: BoxShown) -> str:
    if box.numbering == "before":
        return "box_before"
    if box.old is None:
        return "box_new"
    return "box_same" if box.old == box.number else "box_current"


def of_boxes(boxes: tuple[BoxShown, ...], edition: Localized) -> Iterator[Message]:
    """Boxes of a form, each with what goes wrong in it."""
    for box in boxes:
        words = {"form": edition, "number": _text(box.number), "old": _text(box.old or "—"), "name": box.name, "meaning": box.meaning,
                 "format": box.format, "by": box.by}  # fmt: skip
        yield Message(code=_code(box), words=words)
        if box.mistakes is not None:
            yield Message(code="box_mistakes", words={"mistakes": box.mistakes})
        if box.inferred:
            yield Message(code="box_inferred", words={"form": edition})


def of_field(field: FieldShown, guide: Localized, edition: Localized, told: frozenset[str]) -> Iterator[Message]:
    """A field of the guide: the official box, then what is wrong.

    Args:
        told: official boxes whose meaning has been said already.
    """
    words = {"guide": guide, "number": _text(str(field.number))}
    if field.name is None:
        yield Message(code="guide_field_untold", words=words)
    elif not field.boxes:
        yield Message(code="guide_field_none", words=words | {"name": field.name})
    else:
        first = field.boxes[0]
        more = {
            "name": field.name, "boxes": _text(first.number), "olds": _text(first.old or "—"), "official": first.name,
            "meaning": first.meaning,
            "form": edition,
        }  # fmt: skip
        yield Message(code="guide_field_told" if first.number in told else "guide_field", words=words | more)
    for wrong in field.wrong:
        yield Message(code="guide_wrong", words={"says": wrong.says, "right": wrong.right})
