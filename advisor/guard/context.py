"""Where a figure stands: its sentence or table row, its clause, the times beside it, the header of its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from advisor.guard.labels import wording
from advisor.ledger import Ledger
from tools.text.dates import us_fiscal_year
from tools.text.quantities import Quantity

CLAUSE_BREAK = re.compile(r"[，,。；;、|（(）)\n]|：(?!\s*\d)")
_MARKER = re.compile(r"\[(\d{1,2})\]")
_ONLY_TIME = re.compile(
    r"^\W*(?:自|從|由|在|到|至|since|from|as of|until|on|before|after|by|in).{4,24}(?:起|止|以前|之前|後)?\s*$",
    re.IGNORECASE,
)
_ASIDE = 24  # characters of "the report says" between a time and what it is the time of
_NO_YEAR = 4  # the year that stands in for one not said


@dataclass(frozen=True, slots=True)
class Violation:
    """Why an answer may not be shown."""

    code: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or table row with its place, the markers of its paragraph and, for a row, the header above it."""

    text: str
    start: int
    markers: frozenset[str]
    header: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences and table rows of an answer, remembered: every check reads them."""
    out: list[Sentence] = []
    header: tuple[str, ...] = ()
    before = ""
    for block in re.finditer(r"[^\n]+", text):
        line = block[0]
        row = line.lstrip().startswith("|")
        if row and re.fullmatch(r"[\s|:-]+", line):
            header = tuple(cell.strip() for cell in before.strip().strip("|").split("|"))
        elif not row:
            header = ()
        before = line
        markers = frozenset(_MARKER.findall(line))
        pieces = [line] if row else re.split(
            r"(?<=[。！？])(?!\[)|(?<=[。！？]\])|(?<=[.!?])\s+(?=[A-Z\"'(])|(?<=\*\*) +(?=[A-Z0-9\u4e00-\u9fff])", line
        )  # fmt: skip
        offset = block.start()
        for piece in filter(None, pieces):
            at = text.index(piece, offset)
            out.append(Sentence(piece, at, markers, header if row else ()))
            offset = at + len(piece)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Context:
    """One quantity where it stands."""

    sentence: Sentence
    quantity: Quantity
    others: list[Quantity]
    ledger: Ledger
    formulas: list[tuple[int, int, set[str]]]
    verbatim: str | None

    @property
    def before(self) -> str:
        return self.sentence.text[: self.quantity.start]

    @property
    def after(self) -> str:
        return self.sentence.text[self.quantity.end :]

    @property
    def clause(self) -> str:
        """The stretch between two breaks in which the figure stands."""
        breaks = [m.end() for m in CLAUSE_BREAK.finditer(self.before)]
        following = CLAUSE_BREAK.search(self.after)
        end = self.quantity.end + (following.start() if following else len(self.after))
        return self.sentence.text[breaks[-1] if breaks else 0 : end]

    @property
    def column(self) -> str:
        """Header of the figure's column, in a table that has one."""
        cell = self.before.count("|") - (1 if self.sentence.text.lstrip().startswith("|") else 0)
        return self.sentence.header[cell] if 0 <= cell < len(self.sentence.header) else ""

    def nearest_time(self) -> Quantity | None:
        """The time said of the figure: of its clause where one is said there, else the nearest of the sentence."""
        return min(self.times_in_clause() or self._dated(), key=self._distance, default=None)

    def times_in_clause(self) -> list[Quantity]:
        """Times said in the figure's clause, or in a clause before it that says nothing but a time (自 … 起，)."""
        breaks = list(CLAUSE_BREAK.finditer(self.before))
        since = breaks[-1].end() if breaks else 0
        for at in range(len(breaks) - 1, -1, -1):
            earlier = breaks[at - 1].end() if at else 0
            clause = self.sentence.text[earlier : breaks[at].start()]
            if _ONLY_TIME.match(clause):
                since = earlier
            elif len(clause) > _ASIDE or not wording().attributes(clause):
                break
        following = CLAUSE_BREAK.search(self.after)
        until = self.quantity.end + (following.start() if following else len(self.after))
        return [o for o in self._dated() if since <= o.start < until]

    def _dated(self) -> list[Quantity]:
        """Days, years and fiscal years of the sentence, those without a year left out."""
        return [
            o
            for o in self.others
            if (o.day is not None and o.day.year > _NO_YEAR)
            or (o.kind in ("year", "fiscal_year") and o.value is not None)
        ]

    def _distance(self, other: Quantity) -> int:
        return min(abs(other.start - self.quantity.end), abs(self.quantity.start - other.end))


def within(time: Quantity, interval: tuple[date | None, date | None]) -> bool:
    """Whether a time said lies in an interval of the law."""
    first, last = interval[0] or date.min, interval[1] or date.max
    if time.kind == "fiscal_year" and time.value is not None:
        begins, ends = us_fiscal_year(int(time.value))
        return first <= ends and begins <= last
    if time.day is not None:
        return first <= time.day <= last or time.day in interval
    return time.value is not None and first.year <= int(time.value) <= last.year
