"""Checks of the lines of an entry summary: codes and units against the schedule, Chapter 99 and duties against the recomputation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tools.law.store import LawStore
from tools.paperwork.entry_inputs import EntryLine, EntrySummary, TariffRow
from tools.paperwork.entry_quote import Recomputed, base_code, is_heading, known_headings
from tools.paperwork.findings import Findings, codes
from tools.result import Line
from tools.tariff.codes import compact, dotted
from tools.tariff.existence import judge
from tools.tariff.notation import Rate, RateRefused, parse_rate, quantity_key
from tools.tariff.schedule import Schedule
from tools.united_states.money import dollars, rate_cents, whole_dollars

_DIGITS = 10


def check_line(
    summary: EntrySummary, number: int, computed: Recomputed | None, value: int, found: Findings, *, store: LawStore,
    held: Schedule,
) -> Decimal | None:  # fmt: skip
    """All checks of one line.

    Args:
        value: its whole-dollar value, as corrected where the summary itself gives another one.

    Returns:
        The duty the line should have, where it can be told.
    """
    line, at = summary.lines[number - 1], f"lines.{number}"
    if line.line_no and line.line_no != (wanted := f"{number:03d}"):
        found.add(f"{at}.line_no", "line_number", expected=wanted, found=line.line_no)
    if line.relationship and line.relationship not in ("Y", "N"):
        found.add(f"{at}.relationship", "relationship_code", found=line.relationship)
    _order(line, at, found)
    _code(summary, line, at, found, held)
    _metal(line, at, found)
    _units(summary, line, at, found, held)
    rows = computed.rows(number) if computed else []
    if not rows or any(row.applies == "if" for row in rows):
        if computed is not None and not computed.result.complete:
            needs = ", ".join(dict.fromkeys(m.fact for m in computed.result.missing))
            found.add(f"{at}.tariffs", "not_computed", found=needs, severity="note")
        _alone(line, at, value, found)
        return None
    _headings(line, at, rows, found, store)
    _duties(line, at, rows, found)
    return sum((row.amount for row in rows), Decimal(0))


def _order(line: EntryLine, at: str, found: Findings) -> None:
    kinds = [is_heading(row.hts_code) for row in line.tariffs]
    if kinds != sorted(kinds, reverse=True):
        found.add(f"{at}.tariffs", "chapter_99_order")
    if all(kinds):
        found.add(f"{at}.tariffs", "base_missing")


def _code(summary: EntrySummary, line: EntryLine, at: str, found: Findings, held: Schedule) -> None:
    """Whether the base number exists on the day: yes, no, short, or not to be told from what is held."""
    for place, row in enumerate(line.tariffs, start=1):
        digits, field = compact(row.hts_code), f"{at}.tariffs.{place}.hts_code"
        if is_heading(row.hts_code):
            continue
        if not digits.isdigit() or len(digits) > _DIGITS:
            found.add(field, "hts_absent", found=row.hts_code)
            continue
        verdict = judge(digits, held, summary.entry_date).exists
        if verdict == "no":
            found.add(field, "hts_absent", found=row.hts_code)
        elif len(digits) < _DIGITS:
            found.add(field, "hts_short", found=row.hts_code)
        elif verdict != "yes":
            found.add(field, "code_not_verifiable", found=row.hts_code, severity="note")


def _metal(line: EntryLine, at: str, found: Findings) -> None:
    chapter, metals = compact(base_code(line))[:2], codes()["metals"]
    if chapter in metals["steel"] and not line.melt_and_pour:
        found.add(f"{at}.melt_and_pour", "melt_missing", severity="warning")
    if chapter in metals["aluminum"] and not (line.primary_smelt and line.cast):
        found.add(f"{at}.primary_smelt", "melt_missing", severity="warning")


def _units(summary: EntrySummary, line: EntryLine, at: str, found: Findings, held: Schedule) -> None:
    digits = compact(base_code(line))
    row = held.find(digits, summary.entry_date) or held.find(digits[:8], summary.entry_date) if digits else None
    given = {quantity_key(unit) for unit in line.quantities}
    if row is not None and any(quantity_key(unit) not in given for unit in row.units):
        found.add(f"{at}.quantities", "unit_missing", expected=", ".join(row.units), found=", ".join(line.quantities))


def _headings(line: EntryLine, at: str, rows: Sequence[Line], found: Findings, store: LawStore) -> None:
    """Chapter 99 headings written against those that apply."""
    due = {row.heading: row for row in rows if row.heading and is_heading(row.heading)}
    written = {
        dotted(compact(row.hts_code)): place
        for place, row in enumerate(line.tariffs, start=1)
        if is_heading(row.hts_code)
    }
    missing = [heading for heading in due if heading not in written]
    extra = [heading for heading in written if heading not in due]
    for heading in list(extra):
        if heading not in known_headings(store):
            extra.remove(heading)
            field = f"{at}.tariffs.{written[heading]}.hts_code"
            found.add(field, "heading_not_verifiable", found=heading, severity="note")
    for wanted, instead in zip(missing, extra, strict=False):
        field = f"{at}.tariffs.{written[instead]}.hts_code"
        found.add(field, "chapter_99_wrong", expected=wanted, found=instead, name=due[wanted].label)
    for wanted in missing[len(extra) :]:
        found.add(f"{at}.tariffs", "chapter_99_missing", expected=wanted, name=due[wanted].label)
    for heading in extra[len(missing) :]:
        found.add(f"{at}.tariffs.{written[heading]}.hts_code", "chapter_99_not_due", found=heading)


def _duties(line: EntryLine, at: str, rows: Sequence[Line], found: Findings) -> None:
    """Rate and duty of each number against the recomputation."""
    due = {compact(row.heading or ""): row for row in rows}
    base = next((row for row in rows if not (row.heading and is_heading(row.heading))), None)
    whole = sum((row.amount for row in rows), Decimal(0))
    written = sum((row.duty or Decimal(0) for row in line.tariffs), Decimal(0))
    for place, row in enumerate(line.tariffs, start=1):
        expected = due.get(compact(row.hts_code)) if is_heading(row.hts_code) else base
        field = f"{at}.tariffs.{place}"
        if expected is None or found.has(f"{field}.hts_code"):
            continue
        _rate(row, expected, field, found)
        if row.duty is not None and row.duty != expected.amount and written != whole:
            found.add(
                f"{field}.duty", "duty_arithmetic", expected=expected.amount, found=row.duty,
                formula=expected.formula,
            )  # fmt: skip


def _rate(row: TariffRow, expected: Line, field: str, found: Findings) -> None:
    if not row.rate or expected.rate is None:
        return
    rule = "rate_of_measure" if is_heading(row.hts_code) else "rate_of_schedule"
    printed = _read(row.rate)
    if printed is None:
        found.add(f"{field}.rate", "rate_unreadable", found=row.rate, severity="note")
        return
    wanted = _read(expected.rate)
    free = printed.ad_valorem == 0 and not expected.amount
    if wanted is not None and printed.tree != wanted.tree and not free:
        found.add(f"{field}.rate", rule, expected=expected.rate, found=row.rate)


def _alone(line: EntryLine, at: str, value: int, found: Findings) -> None:
    """Arithmetic of rows by their own printed percentages, where nothing can be recomputed."""
    for place, row in enumerate(line.tariffs, start=1):
        rate = _read(row.rate) if row.rate else None
        if rate is None or rate.ad_valorem is None or row.duty is None or is_heading(row.hts_code):
            continue
        amount = dollars(rate_cents(rate.ad_valorem, value))
        if amount != row.duty:
            formula = f"{value:,} × {row.rate} = {amount:,}"
            found.add(f"{at}.tariffs.{place}.duty", "duty_arithmetic", expected=amount, found=row.duty, formula=formula)


def _read(text: str) -> Rate | None:
    try:
        return parse_rate(text, "us")
    except RateRefused:
        return None


def whole_value(line: EntryLine) -> int:
    """The value of a line in whole dollars."""
    return whole_dollars(Fraction(line.entered_value))
