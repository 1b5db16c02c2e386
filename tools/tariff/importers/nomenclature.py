"""The Harmonized System as CSV, two to six digits: `section,hscode,description,parent,level`, or with Chinese names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tools.tariff.importers.rows import SourceRow, refuse

_PLAIN = ["section", "hscode", "description", "parent", "level"]
_NAMED = ["hscode", "level", "description_en", "description_zh_hant", "zh_source"]
HEADERS = (_PLAIN, _NAMED)
_LEVELS = {"2": 0, "4": 1, "6": 2}
_TOTAL = "TOTAL"  # the sum of all goods: a row of statistics, not of the System


def read_csv(text: str) -> Iterator[SourceRow]:
    """Chapters, headings and subheadings.

    Raises:
        InputError: other columns, or a row whose code and level disagree.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [h.strip() for h in next(reader, [])]
        if header not in HEADERS:
            raise refuse(1, "", "has other columns", " or ".join(",".join(h) for h in HEADERS))
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                raise refuse(number, "", f"has {len(cells)} cells", f"{len(header)} cells")
            row = dict(zip(header, (c.strip() for c in cells), strict=True))
            if row["hscode"] != _TOTAL:
                yield _row(row, number)
    except csv.Error as error:
        raise refuse(reader.line_num, "", str(error), "CSV of the nomenclature") from error


def _row(row: dict[str, str], number: int) -> SourceRow:
    code, level = row["hscode"], row["level"]
    if not (code.isascii() and code.isdigit()) or level not in _LEVELS or len(code) != int(level):
        raise refuse(
            number, "", f"{code[:20]!r} at level {level[:10]!r} is no code", "2, 4 or 6 digits, as the level says"
        )
    english = row.get("description_en") or row.get("description") or ""
    return SourceRow(
        number=number, code=code, indent=_LEVELS[level], name_zh=row.get("description_zh_hant") or english,
        name_en=english,
    )  # fmt: skip
