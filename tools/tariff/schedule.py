"""The schedules held, as of a day: official editions where they were imported, the bundled selection else.

Names and everyday words are our own, figures the schedule's. Where an edition was imported it rules the days it is
held for; the bundled lines still lend their names. Look-ups choose the edition by its interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from tools.errors import NotFound, NotInForce
from tools.tariff.bundled import LINES, BundledLines, bundled_lines, bundled_revision
from tools.tariff.codes import compact
from tools.tariff.models import Revision, ScheduleName, TariffLine
from tools.tariff.store import FILE, Store, open_store

__all__ = ["LINES", "Revision", "Schedule", "ScheduleName", "TariffLine", "schedule", "use_editions_in"]

#: fields an official edition rules; names, aliases and what a name stands for stay our own
_OFFICIAL = frozenset(TariffLine.model_fields) - {"name", "aliases", "default_for"}
_RATE_DIGITS, _FULL_DIGITS = 8, 10  # of a US number: eight fix the rate, the others report statistics


class Schedule:
    """Lines of one schedule, by code and day.

    Args:
        revision: the edition of the bundled lines.
        lines: bundled lines.
        store: imported editions, if any are held.
    """

    def __init__(
        self, revision: Revision, lines: Iterable[TariffLine] | Mapping[str, TariffLine], store: Store | None = None
    ) -> None:
        self._bundled_revision = revision
        self._bundled = lines if isinstance(lines, Mapping) else {line.code: line for line in lines}
        self.store = store
        self.editions = store.editions(revision.schedule) if store else ()
        self.name: ScheduleName = revision.schedule

    @property
    def revision(self) -> Revision:
        """The newest edition held."""
        newest = self.editions[-1] if self.editions else self._bundled_revision
        return self._bundled_revision if self._outdated(newest) else newest

    @cached_property
    def lines(self) -> Mapping[str, TariffLine]:
        """The lines that have everyday names, with the figures of the newest edition held."""
        if not self.editions or self._outdated(self.editions[-1]):
            return self._bundled
        return {code: self._official(self.editions[-1], code) or line for code, line in self._bundled.items()}

    def edition(self, as_of: date) -> Revision:
        """The edition whose figures rule a day: the latest imported that had begun, or the bundled selection."""
        begun = [e for e in self.editions if e.first_day <= as_of]
        return begun[-1] if begun else self._bundled_revision

    def revision_of(self, line: TariffLine) -> Revision:
        """The edition a line was read in."""
        return next((e for e in self.editions if e.id == line.revision), self._bundled_revision)

    def line(self, code: str, as_of: date) -> TariffLine:
        """The line of a full code on a day; eight US digits are enough, for they fix the rate.

        A US number of ten digits that is not held stands on its rate line, unless an edition says that it does not exist.

        Raises:
            NotFound: the code is not among the lines held; neighbours under the same heading are named.
            NotInForce: it is held, but not for that day.
        """
        digits = compact(code)
        if found := self.find(digits, as_of):
            return found
        if self.name == "us" and len(digits) == _FULL_DIGITS and not self.edition(as_of).settles(as_of):
            if found := self.find(digits[:_RATE_DIGITS], as_of):
                return found
        held = [line for line in self._any_day(digits) if not line.holds(as_of)]
        if held:
            spans = [(line.effective_from or line.evidenced_on, line.effective_to) for line in held]
            raise NotInForce(f"tariff line {held[0].display_code}", as_of, spans)
        near = [line.display_code for line in self.below(digits[:4], as_of, most=40) if line.rates]
        raise NotFound("tariff line", code, near[:4])

    def find(self, digits: str, as_of: date) -> TariffLine | None:
        """The row of a code at any level on a day, or None."""
        edition = self.edition(as_of)
        if edition not in self.editions:
            return self._selected(digits, as_of)
        begun = self._outdated(edition) and self._bundled_revision.first_day <= as_of
        newer = self._selected(digits, as_of) if begun else None
        return newer or self._row(digits, as_of, lambda code: self._official(edition, code))

    def _selected(self, digits: str, as_of: date) -> TariffLine | None:
        """A bundled line on a day; eight US digits are also known through a line below them."""
        found = self._row(digits, as_of, lambda code: self._of_day(code, as_of))
        return found or self._by_rate_line(digits, as_of)

    def _rows(self, code: str) -> tuple[TariffLine, ...]:
        """The bundled rows of a code, oldest first."""
        if isinstance(self._bundled, BundledLines):
            return self._bundled.rows(code) if code in self._bundled else ()
        found = self._bundled.get(code)
        return (found,) if found else ()

    def _of_day(self, code: str, as_of: date) -> TariffLine | None:
        """The bundled row of a code that holds a day."""
        return next((line for line in self._rows(code) if line.holds(as_of)), None)

    def _row(self, digits: str, as_of: date, held: Callable[[str], TariffLine | None]) -> TariffLine | None:
        for spelling in self._same_line(digits):
            line = held(spelling)
            if not line or not line.holds(as_of):
                continue
            if len(spelling) >= len(digits) or not self.children(spelling, as_of):
                return line
        return None

    def _outdated(self, edition: Revision) -> bool:
        """Whether the bundled lines were read in a later edition than an imported one."""
        return edition.first_day < self._bundled_revision.first_day

    def children(self, code: str, as_of: date) -> tuple[TariffLine, ...]:
        """Rows directly below a row on a day."""
        edition = self.edition(as_of)
        if self.store and edition in self.editions:
            return self.store.children(edition.id, code)
        return tuple(self._under(code, as_of))

    def below(self, digits: str, as_of: date, most: int) -> tuple[TariffLine, ...]:
        """Rows whose codes begin with some digits on a day."""
        edition = self.edition(as_of)
        if self.store and edition in self.editions:
            return self.store.below(edition.id, digits, most)
        return tuple(islice(self._under(digits, as_of), most))

    def _under(self, digits: str, as_of: date) -> Iterator[TariffLine]:
        """Bundled lines whose codes begin with some digits."""
        for code in self._bundled:
            if code.startswith(digits) and code != digits and (line := self._of_day(code, as_of)):
                yield line

    def _same_line(self, digits: str) -> tuple[str, ...]:
        """Spellings of one US line: a number stored with 00 at its end is that of its eight digits."""
        if self.name == "us" and len(digits) == _RATE_DIGITS:
            return digits, digits + "00"
        if self.name == "us" and len(digits) == _FULL_DIGITS and digits.endswith("00"):
            return digits, digits[:_RATE_DIGITS]
        return (digits,)

    def _official(self, edition: Revision, code: str) -> TariffLine | None:
        """A row of an imported edition, under our own name where we have one."""
        found = self.store.line(edition.id, code) if self.store else None
        ours = self._bundled.get(code) if found else None
        return ours.model_copy(update={k: getattr(found, k) for k in _OFFICIAL}) if found and ours else found

    def _by_rate_line(self, digits: str, as_of: date) -> TariffLine | None:
        """The rate line of eight US digits, known through a statistical line of the selection below it."""
        if self.name != "us" or len(digits) != _RATE_DIGITS:
            return None
        held = next(self._under(digits, as_of), None)
        return held.model_copy(update={"code": digits, "parent": digits[:6], "inherited_from": None}) if held else None

    def _any_day(self, digits: str) -> list[TariffLine]:
        """A code in every edition held and among the bundled lines."""
        found = [self._official(e, d) for e in self.editions for d in self._same_line(digits)]
        return [line for line in found if line] + [line for d in self._same_line(digits) for line in self._rows(d)]


_place: list[Path | None] = [None]


def use_editions_in(directory: Path | None) -> None:
    """Say once, at the door of the program, where imported editions are kept; None: only what is bundled."""
    _place[0] = directory / FILE if directory else None


def kept_in() -> Path | None:
    """The directory named by `use_editions_in`; what is derived from data held may be kept beside the editions."""
    return _place[0].parent if _place[0] else None


def schedule(name: ScheduleName) -> Schedule:
    """A schedule as it is held now: an import is seen by the next call."""
    return _schedule(name, open_store(_place[0]))


@lru_cache(maxsize=8)
def _schedule(name: ScheduleName, store: Store | None) -> Schedule:
    return Schedule(bundled_revision(name), bundled_lines(name), store)
