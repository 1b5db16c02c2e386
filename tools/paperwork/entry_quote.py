"""An entry summary recomputed: what the quote engine makes of the same lines, under the type written and under the one the value needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.errors import InputError
from tools.inputs import country_codes, read_input
from tools.law.store import LawStore
from tools.paperwork.entry_header import mode_of
from tools.paperwork.entry_inputs import EntryLine, EntrySummary
from tools.paperwork.findings import codes
from tools.result import Line, Result
from tools.tariff.codes import compact
from tools.tariff.schedule import Schedule
from tools.united_states import UsQuoteInput, quote

_HEADING = re.compile(r"9[89]\d{6}")
FEES = {"mpf": "499", "hmf": "501"}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The engine's result, and its lines by line of the summary."""

    result: Result

    def rows(self, number: int) -> list[Line]:
        """Duties of one line, in the order they are reported."""
        return [line for line in self.result.lines if line.line_no == number]

    def fee(self, key: str) -> Line | None:
        return next((line for line in self.result.lines if line.key == key), None)


def is_heading(code: str) -> bool:
    """Whether a number is of Chapter 98 or 99.

    >>> is_heading("9903.05.76"), is_heading("6109.10.00.12")
    (True, False)
    """
    return compact(code)[:2] in ("98", "99")


def base_code(line: EntryLine) -> str:
    """The base number of a line; empty where it has none."""
    return next((row.hts_code for row in reversed(line.tariffs) if not is_heading(row.hts_code)), "")


def recompute(
    summary: EntrySummary, values: Sequence[int], entry_type: str | None, *, store: LawStore, held: Schedule
) -> Recomputed | None:
    """The summary computed again.

    Args:
        values: whole-dollar value of each line.
        entry_type: the type to compute under; None for the one the value needs.

    Returns:
        None where a line has no origin, code or value to compute from.

    Raises:
        InputError: of the engine, such as a preference that does not cover the origin.
    """
    lines = [_line(summary, line, value) for line, value in zip(summary.lines, values, strict=True)]
    if any(line is None for line in lines):
        return None
    raw: dict[str, Any] = {
        "entry_date": summary.entry_date, "mode": codes()["engine_modes"].get(mode_of(summary), "air"), "lines": lines,
        "claim_exemption": False, "entry_type": entry_type, "loading_date": summary.loading_date,
        "express_facility": bool(summary.express_facility),
    }  # fmt: skip
    given = read_input(UsQuoteInput, {name: value for name, value in raw.items() if value is not None})
    return Recomputed(quote(given, as_of=summary.entry_date, store=store, held=held))


def _line(summary: EntrySummary, line: EntryLine, value: int) -> dict[str, Any] | None:
    code, origin = compact(base_code(line)), summary.origin_of(line)
    if origin not in country_codes():
        origin = summary.country_of_origin
    if origin not in country_codes() or len(code) not in (8, 10) or not code.isdigit() or value <= 0:
        return None
    headings = [compact(row.hts_code) for row in line.tariffs if is_heading(row.hts_code)]
    return {
        "hts_code": code, "country_of_origin": origin, "value": value, "quantities": dict(line.quantities),
        "chapter_99": [h for h in headings if _HEADING.fullmatch(h)], "facts": dict(line.facts),
        **({"program": line.program} if line.program else {}),
    }  # fmt: skip


def programme_problem(summary: EntrySummary, number: int, *, store: LawStore, held: Schedule) -> bool:
    """Whether the programme a line claims is refused for its origin."""
    line = summary.lines[number - 1]
    alone = summary.model_copy(update={"lines": (line,)})
    try:
        recompute(alone, [1], None, store=store, held=held)
    except InputError as error:
        return "program" in error.field
    return False


def known_headings(store: LawStore) -> frozenset[str]:
    """Every Chapter 99 heading of a measure held, on any day and for any origin."""
    return frozenset(
        heading
        for measure in store.measures("us")
        for value in measure.values
        for named in value.headings.values()
        for heading in named
    )


def fee_on(summary: EntrySummary, class_code: str) -> Decimal:
    """What the summary charges under a class."""
    return sum((fee.amount for fee in summary.fees if fee.class_code == class_code), Decimal(0))
