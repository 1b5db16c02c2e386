"""Look-up of a tariff line by code or by everyday name, as a tool."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from tools.inputs import DateIn, Input
from tools.law.models import Localized, Source
from tools.registry import Tool
from tools.result import Message
from tools.tariff.names import find_lines
from tools.tariff.schedule import TariffLine, schedule


class TariffLineInput(Input):
    """A code or an everyday name."""

    text: str = Field(min_length=1, max_length=200, description="CCC code, or what the goods are called")
    on: DateIn | None = Field(None, description="day the schedule is read at")


class LineFound(Input):
    """One line with its rates as the schedule writes them."""

    code: str
    name: Localized
    rates: dict[str, str]
    levies: tuple[str, ...]
    import_regulations: tuple[str, ...]


class TariffLines(Input):
    """Candidate lines, most likely first. A candidate list, never a verdict."""

    text: str
    on: date
    revision: str
    source: Source
    frontier: date
    lines: tuple[LineFound, ...]
    notes: tuple[Message, ...] = ()


def look_up(given: TariffLineInput, as_of: date) -> TariffLines:
    """Lines of the Taiwan schedule held that carry a code or a name."""
    on = given.on or as_of
    held = schedule("tw")
    digits = "".join(c for c in given.text if c.isdigit())
    by_code = [held.lines[digits]] if digits in held.lines else []
    lines = by_code or [m.line for m in find_lines(given.text, held)]
    return TariffLines(
        text=given.text,
        on=on,
        revision=held.revision.id,
        source=held.revision.source,
        frontier=held.revision.frontier,
        lines=tuple(_shown(line) for line in lines if line.holds(on)),
    )


def _shown(line: TariffLine) -> LineFound:
    return LineFound(
        code=line.display_code, name=line.name, rates=line.rates, levies=line.levies,
        import_regulations=line.import_regulations,
    )  # fmt: skip


TOOL = Tool(
    name="tariff_line",
    use_when="Finds Taiwan tariff lines by CCC code or everyday name and shows their three rate columns and regulation codes.",
    not_for="a binding classification; computing what is owed.",
    next_step="taiwan_quote with the code; suggest an advance ruling where the line is doubtful.",
    input_model=TariffLineInput,
    run=look_up,
    clock="tw",
    triggers={
        "zh-TW": ("稅率多少", "關稅率多少", "稅率是多少", "稅則", "號列", "hs code", "稅率"),
        "en": ("duty rate", "tariff rate", "hs code", "tariff code", "ccc code"),
    },
    examples=(
        {"text": "石英錶"},
        {"text": "9102.11.00.00-6"},
        {"text": "headphones"},
        {"text": "棉T"},
        {"text": "wallet", "on": "2025-06-01"},
    ),
)
