"""What a tool can be told in a conversation: its slots, declared as data beside the tool.

A slot says how people give a fact (units, words, choices), how it is asked for in both languages, and what it changes.
Nothing here reads a message; the advisor does. No figure of the law stands in these files: a factor turns one unit into another.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from tools.errors import DataError
from tools.law.models import Localized, LocalizedList

Level = Literal["case", "goods", "quantity", "traveller"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Model):
    """One value of a slot: its name as a quick reply, and the words by which it is said."""

    value: str | bool
    name: Localized
    words: LocalizedList
    about: tuple[str, ...] = ()  # words one of which must stand in the message, "" for none


class Slot(_Model):
    """One fact a tool takes.

    Args:
        name: the input field.
        level: where in the input it stands.
        ask, fact, matters: how it is asked for, what it is called, what it can change.
        units: unit words and the factor that turns them into the field's unit; a measure only.
        before: words after which a bare figure is of this slot.
        near: words one of which must stand beside the figure, for units that mean several things.
        about: words one of which must stand in the message for the slot to apply at all.
        per_container: a figure of one bottle or can, to be multiplied by how many there are.
        whole: whole numbers only.
        counts: the figure is also the number of pieces bought, by which a price each is multiplied.
        choices: the values of a choice, in the order they are looked for.
    """

    name: str
    level: Level = "case"
    ask: Localized | None = None
    fact: Localized | None = None
    matters: Localized | None = None
    units: dict[str, Decimal] = {}
    before: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    per_container: bool = False
    whole: bool = False
    counts: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def is_measure(self) -> bool:
        return bool(self.units)


class Dialogue(_Model):
    """The slots of one tool, by name."""

    tool: str
    slots: dict[str, Slot]


@cache
def dialogues() -> dict[str, Dialogue]:
    """Every dialogue by tool.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    found: dict[str, Dialogue] = {}
    for path in sorted(Path(__file__).parent.glob("*/*.dialogue.toml")):
        raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        rows = {name: {"name": name, **slot} for name, slot in raw.pop("slots").items()}
        try:
            dialogue = Dialogue.model_validate({**raw, "slots": rows})
        except ValidationError as error:
            raise DataError(path.name, " ".join(str(error).split())[:300]) from error
        found[dialogue.tool] = dialogue
    return found
