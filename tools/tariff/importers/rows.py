"""Rows of an official file before they become lines: placed by indent, checked, and given the rates they inherit.

A file is read whole or refused with the row that is wrong: codes stand once and ascend, indents lead somewhere, every
row read is a row kept. Where the official files themselves are irregular it is counted, not mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.errors import InputError
from tools.tariff.bundled import subheadings
from tools.tariff.codes import dotted
from tools.tariff.models import FULL, ScheduleName

_WIDEST_STEP = 2  # indents a row may go in at once: the official files skip one level in a dozen places
_NAMED = 12  # irregular rows named in a report


@dataclass(slots=True)
class SourceRow:
    """One row as the publisher wrote it.

    Args:
        number: where it stands in the file, counted from one, headers included.
        code: its digits; empty for a heading without a number.
        cells: rates by column, without the blanks around them.
        notes: footnotes that bear on the rates.
    """

    number: int
    code: str
    indent: int
    name_zh: str
    name_en: str
    units: tuple[str, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    additional: str | None = None
    levies: tuple[str, ...] = ()
    import_regulations: tuple[str, ...] = ()
    export_regulations: tuple[str, ...] = ()


@dataclass(slots=True)
class PlacedRow:
    """A row in its place: what it stands under, the rates that hold for it and whose they are."""

    row: SourceRow
    parent: str
    path: tuple[str, ...]
    rates: dict[str, str]
    inherited_from: str | None
    footnotes: tuple[str, ...]
    additional: str | None


@dataclass(slots=True)
class Counted:
    """What an import counted; every figure is of the file, none is expected."""

    rows: int = 0
    without_code: int = 0
    by_digits: dict[str, int] = field(default_factory=dict)
    own_rate: int = 0
    inherited_rate: int = 0
    without_rate: list[str] = field(default_factory=list)
    irregular: int = 0
    irregular_rows: list[str] = field(default_factory=list)

    def odd(self, what: str) -> None:
        """An irregularity of the file itself."""
        self.irregular += 1
        if len(self.irregular_rows) < _NAMED:
            self.irregular_rows.append(what)


def refuse(number: int, code: str, problem: str, accepted: str) -> InputError:
    """The one line that says which row is wrong."""
    return InputError("file", f"row {number}{f' ({dotted(code)})' if code else ''}: {problem}", accepted)


def place(rows: Iterable[SourceRow], schedule: ScheduleName, ruling: str) -> tuple[list[PlacedRow], Counted]:
    """Rows in their places.

    Args:
        rows: as read, in the file's order.
        schedule: whose they are.
        ruling: the column whose cell says that a row has rates of its own.

    Raises:
        InputError: naming the first row that is wrong, or what a truncated file lacks.
    """
    counted, placed, above = Counted(), [], list[PlacedRow]()
    last, full = "", max(FULL[schedule])
    for row in rows:
        _check(row, above, last, counted)
        del above[row.indent :]
        here = _placed(row, above, ruling)
        if schedule == "tw":  # the file is flat: a line's place is in its digits
            here.parent, here.path = row.code[:6], (row.code[:2], row.code[:4], row.code[:6])
        _pad(above, row.indent, here)
        placed.append(here)
        counted.rows += 1
        last = row.code or last
        if not row.code:
            counted.without_code += 1
            continue
        if here.parent and not row.code.startswith(here.parent):
            counted.odd(f"row {row.number} ({dotted(row.code)}) stands under {dotted(here.parent)}")
        counted.by_digits[str(len(row.code))] = counted.by_digits.get(str(len(row.code)), 0) + 1
        if ruling and len(row.code) == full:
            _count_rate(here, counted, ruling)
    _whole(placed, schedule)
    return placed, counted


def _check(row: SourceRow, above: list[PlacedRow], last: str, counted: Counted) -> None:
    if row.indent > len(above):
        if row.indent > len(above) + _WIDEST_STEP - 1:
            raise refuse(row.number, row.code, f"indent {row.indent} below nothing", f"at most {len(above)}")
        counted.odd(f"row {row.number} ({dotted(row.code) or row.name_en[:20]}): one indent is skipped")
    if row.code and last and row.code <= last:
        known = "stands twice" if row.code == last else f"comes after {dotted(last)}"
        raise refuse(row.number, row.code, known, "codes that stand once, in ascending order")
    if not row.name_en and not row.name_zh:
        raise refuse(row.number, row.code, "has no description", "a description on every row")


def _placed(row: SourceRow, above: list[PlacedRow], ruling: str) -> PlacedRow:
    coded = [p for p in above if p.row.code]
    chain = list(dict.fromkeys(p.row.code for p in coded))
    giver = None if row.cells.get(ruling) else next((p for p in reversed(above) if p.rates.get(ruling)), None)
    rates = {**giver.rates, **{k: v for k, v in row.cells.items() if v}} if giver else dict(row.cells)
    notes = dict.fromkeys((*row.notes, *(giver.footnotes if giver else ())))
    return PlacedRow(
        row=row, parent=chain[-1] if chain else "", path=tuple(chain), rates=rates,
        inherited_from=(giver.inherited_from or giver.row.code or None) if giver else None,
        footnotes=tuple(notes), additional=row.additional or (giver.additional if giver else None),
    )  # fmt: skip


def _pad(above: list[PlacedRow], indent: int, here: PlacedRow) -> None:
    """Stand a row at its indent; a skipped level is filled with the row above it, or with nothing at the top."""
    while len(above) < indent:
        above.append(above[-1] if above else _NOTHING)
    above.append(here)


_NOTHING = PlacedRow(SourceRow(0, "", 0, "", ""), "", (), {}, None, (), None)


def _count_rate(here: PlacedRow, counted: Counted, ruling: str) -> None:
    if here.row.cells.get(ruling):
        counted.own_rate += 1
    elif here.rates.get(ruling):
        counted.inherited_rate += 1
    else:
        counted.without_rate.append(here.row.code)


def _whole(placed: list[PlacedRow], schedule: ScheduleName) -> None:
    """Refuse a file that ends early: every chapter of the System must be there.

    Raises:
        InputError: naming the last row and the chapters that are missing.
    """
    held = {p.row.code[:2] for p in placed if p.row.code}
    national = {"98", "99"} if schedule == "us" else set()
    wanted = {code[:2] for code in subheadings() if code != "999999"} | national
    if missing := sorted(wanted - held):
        row = placed[-1].row if placed else None
        where = f"ends at row {row.number} ({dotted(row.code)})" if row else "holds no row"
        some = ", ".join(missing[:4]) + (" …" if len(missing) > 4 else "")
        raise InputError("file", f"{where} without chapter {some}", "the whole schedule, as published")
