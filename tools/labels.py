"""What the figures of a calculation are called, in both languages: written from one table, read by the guard."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from tools.law.models import Frozen, Localized, LocalizedList

UnitKind = Literal["money", "rate", "number", "count", "ordinal", "date"]


class Label(Frozen):
    """Names of one concept; the first of each language is the one we write."""

    names: LocalizedList
    unit: UnitKind

    @property
    def shown(self) -> Localized:
        return Localized(**{"zh-TW": self.names.zh_TW[0], "en": self.names.en[0]})


@cache
def labels() -> dict[str, Label]:
    """Every concept by key."""
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        key: Label(
            names=LocalizedList(**{"zh-TW": tuple(row["zh-TW"]), "en": tuple(row["en"])}),
            unit=row["unit"],
        )
        for key, row in raw.items()
    }


def label(key: str) -> Localized:
    """The name we write for a concept."""
    return labels()[key].shown
