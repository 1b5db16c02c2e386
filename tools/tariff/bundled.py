"""The lines that come with the program: JSONL written here, reviewable in a diff, each read when it is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from tools.errors import DataError
from tools.tariff.models import Revision, ScheduleName, TariffLine

LINES = Path(__file__).parent / "lines"
_CODE = re.compile(r'\{"code": ?"(\d+)"')


class BundledLines(Mapping[str, TariffLine]):
    """Lines of a JSONL file by code; a row is validated on its first use, so that a cold start reads only its own.

    A code may have several rows, one for each time its rates changed, oldest first: by code alone the newest is given.

    Raises:
        DataError: naming the row that is wrong.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: dict[str, tuple[TariffLine, ...]] = {}
        self._rows: dict[str, list[str]] = {}
        try:
            rows = [row for row in file.read_text("utf-8").splitlines() if row.strip()] if file.exists() else []
            for row in rows:
                self._rows.setdefault(_code(row), []).append(row)
        except (OSError, ValueError, KeyError) as error:
            raise DataError(file.name, str(error).splitlines()[0]) from error

    def __getitem__(self, code: str) -> TariffLine:
        return self.rows(code)[-1]

    def rows(self, code: str) -> tuple[TariffLine, ...]:
        """Every row of a code, oldest first."""
        if code not in self._read:
            rows = self._rows[code]
            try:
                self._read[code] = tuple(TariffLine.model_validate_json(row) for row in rows)
            except ValidationError as error:
                raise DataError(self._file.name, f"{code}: {' '.join(str(error).split())}") from error
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _code(row: str) -> str:
    found = _CODE.match(row)
    return found[1] if found else str(json.loads(row)["code"])


@cache
def bundled_lines(name: ScheduleName) -> BundledLines:
    """Bundled lines of a schedule; none of the HS, whose subheadings are a list of codes."""
    return BundledLines(LINES / f"{name}.jsonl")


@cache
def bundled_revision(name: ScheduleName) -> Revision:
    """The edition the bundled lines were read in."""
    file = LINES / f"{name}.revision.json"
    try:
        return Revision.model_validate_json(file.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise DataError(file.name, str(error).splitlines()[0]) from error


@cache
def subheadings() -> frozenset[str]:
    """The six-digit codes of the Harmonized System held."""
    return _codes("hs2022.txt")


@cache
def whole_with_eight() -> frozenset[str]:
    """US numbers below chapter 99 that are whole with eight digits: no statistical line stands below them."""
    return _codes("us_eight_digits.txt")


def _codes(name: str) -> frozenset[str]:
    """Codes of a list: a heading, then the ends of those that stand under it."""
    rows = [row.split() for row in (LINES / name).read_text("utf-8").splitlines() if not row.startswith("#")]
    return frozenset(heading + end for heading, *ends in rows for end in ends)
