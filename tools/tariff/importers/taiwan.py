"""Taiwan's schedule as Customs publishes it (海關進口稅則資料): XLS or CSV, and the lists of its regulation codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.errors import InputError
from tools.tariff.codes import CccCode
from tools.tariff.importers.rows import SourceRow, refuse

HEADER = (
    "貨品分類號列", "中文貨名", "英文貨名", "第一欄稅率", "第二欄稅率", "第三欄稅率", "統計數量單位", "統計重量單位",
    "稽徵規定", "輸入規定", "輸出規定",
)  # fmt: skip
#: first column of a list of codes -> the list's name in the store
LISTS = {"稽徵規定": "levy", "輸入規定代號": "import", "輸出規定代號": "export"}


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a levy or regulation code stands for."""

    code: str
    name_zh: str
    name_en: str
    effective_from: str | None


def read_xls(content: bytes) -> Iterator[SourceRow]:
    """Rows of the workbook.

    Raises:
        InputError: no workbook, or a row that is not as Customs writes them.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
        sheet = book.sheet_by_index(0)
        table = [[str(cell) for cell in sheet.row_values(at)] for at in range(sheet.nrows)]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, IndexError, ValueError, AssertionError, KeyError) as error:
        raise InputError("file", "cannot be opened as a workbook", "the XLS that Customs publishes, whole") from error
    except OSError as error:
        raise InputError("file", f"cannot be read: {error}", "the XLS that Customs publishes") from error
    return _rows(table)


def read_csv(text: str) -> Iterator[SourceRow]:
    """Rows of the CSV.

    Raises:
        InputError: other columns, or a row that is not as Customs writes them.
    """
    return _rows(_table(text))


def read_list(text: str) -> tuple[str, list[CodeMeaning]]:
    """A list of codes, and which it is.

    Raises:
        InputError: a row without a code or its meaning, or a code that stands twice.
    """
    table = iter(_table(text))
    kind = LISTS[next(table)[0].strip()]
    found: dict[str, CodeMeaning] = {}
    for number, cells in enumerate(table, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        code, zh, *rest = [*(cell.strip() for cell in cells), "", ""]
        if not code or not zh:
            raise refuse(number, "", "has no code or no meaning", "a code, its meaning in Chinese and in English")
        if code in found:
            raise refuse(number, "", f"{code!r} stands twice", "each code once")
        english, day = (", ".join(t for t in rest if t), None) if kind == "levy" else (rest[0], rest[1] or None)
        found[code] = CodeMeaning(code, zh, english or zh, day)
    return kind, list(found.values())


def _table(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise refuse(reader.line_num, "", str(error), "CSV as Customs publishes it") from error


def _rows(table: Iterable[list[str]]) -> Iterator[SourceRow]:
    for number, cells in enumerate(table, start=1):
        if number == 1:
            if tuple(c.strip() for c in cells) != HEADER:
                raise refuse(1, "", "has other columns", "、".join(HEADER))
            continue
        if len(cells) != len(HEADER):
            raise refuse(number, "", f"has {len(cells)} cells", f"{len(HEADER)} cells")
        yield _row([cell.strip() for cell in cells], number)


def _row(cells: list[str], number: int) -> SourceRow:
    code, name_zh, name_en, first, second, third, count, weight, levies, imports, exports = cells
    try:
        digits = CccCode.parse(code).digits
    except InputError as error:
        raise refuse(number, "", error.problem, error.accepted) from error
    if not first or not third:
        raise refuse(number, digits, "has an empty first or third column", "a rate in both")
    return SourceRow(
        number=number, code=digits, indent=0, name_zh=name_zh, name_en=name_en,
        units=tuple(unit for unit in (count, weight) if unit),
        cells={"column_1": first, "column_2": second, "column_3": third}, levies=tuple(levies.split()),
        import_regulations=tuple(imports.split()), export_regulations=tuple(exports.split()),
    )  # fmt: skip
