"""What reading a trade paper gives: values with their evidence and place, and what has to be confirmed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.inputs import Input
from tools.result import Message

PaperKind = Literal["form_7501", "tw_tax_bill", "tw_declaration", "packing_list", "invoice", "bill", "unknown"]


class Evidence(Input):
    """Where a value stands, in the paper's own words."""

    text: str
    page: int
    line: int


class Value(Input):
    """One value as it was read.

    Args of note:
        sure: it stands alone beside its label and is of the right form; everything else is to be confirmed.
    """

    name: str
    value: str
    sure: bool
    evidence: Evidence


class GoodsRow(Input):
    """One row of a table of goods."""

    values: dict[str, str]
    sure: bool
    evidence: Evidence
    note: Message | None = None


class PaperRead(Input):
    """A paper as it was read."""

    file: str
    kind: PaperKind
    values: tuple[Value, ...]
    goods: tuple[GoodsRow, ...]
    to_confirm: tuple[str, ...] = Field(description="names of values that are not sure")
    notes: tuple[Message, ...]

    def sure_values(self) -> dict[str, str]:
        """Values that need no confirmation, by name."""
        return {value.name: value.value for value in self.values if value.sure}
