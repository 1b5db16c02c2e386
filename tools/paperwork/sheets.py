"""Findings as rows of a table, for CSV and worksheets. Text that a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tools.law.models import Lang
from tools.paperwork.bill_models import BillCheck
from tools.paperwork.entry_check import EntryCheck

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENTRY_COLUMNS = ("severity", "box_2024", "box_before", "field", "rule", "expected", "found", "message")


def entry_rows(check: EntryCheck, lang: Lang) -> list[tuple[str, ...]]:
    """The findings of an entry, under their column names."""
    rows: list[tuple[str, ...]] = [ENTRY_COLUMNS]
    rows += [
        (
            f.severity,
            f.box,
            f.box_before or "",
            f.field,
            f.rule,
            f.expected or "",
            f.found or "",
            f.message.render(lang),
        )
        for f in check.findings
    ]
    return rows


BILL_COLUMNS = ("label", "kind", "government", "billed", "computed", "difference")


def bill_rows(check: BillCheck, lang: Lang) -> list[tuple[str, ...]]:
    """The groups of government money of a bill, then the carrier's own lines."""
    rows: list[tuple[str, ...]] = [BILL_COLUMNS]
    for group in check.groups:
        amounts = (group.billed, group.computed, group.difference)
        rows.append((group.name[lang], group.kind, "yes", *("" if a is None else f"{a:f}" for a in amounts)))
    for line in check.lines:
        if line.government is not True:
            whose = "no" if line.government is False else "unknown"
            rows.append((line.label, line.kind or "", whose, f"{line.amount:f}", "", ""))
    return rows


def written_csv(rows: Sequence[Sequence[str]]) -> str:
    r"""Rows as CSV.

    >>> written_csv([("a", "=1+1")])
    "a,'=1+1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return out.getvalue()
