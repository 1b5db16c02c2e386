"""Pages of A4 with Chinese text: a font of this machine is embedded where there is one.

Without any, the text names a standard Chinese font that viewers bring along, and stays searchable (`plain_pdf.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools.law.models import Lang

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.enums import WrapMode

#: fonts with Traditional Chinese, the first that is there is taken: file, its number in a collection
FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 3),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 3),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/System/Library/Fonts/STHeiti Light.ttc", 0),
    ("C:/Windows/Fonts/msjh.ttc", 0),
)
_BODY, _SMALL, _HEAD, _TITLE = 10, 8, 12, 16  # points
_GAP, _LINE = 2, 5  # millimetres above and below a table, of a line in one
_FIGURE = re.compile(r"[\d,.]+|—")  # a column of nothing else stands to the right
_MARKS = re.compile(r"\*\*|`")
_RULE = re.compile(r"^\|[\s:|-]+\|$")


def font_here() -> tuple[str, int] | None:
    """A font of this machine that has Chinese."""
    return next(((file, number) for file, number in FONTS if Path(file).is_file()), None)


class Paper:
    """A document that is filled line by line.

    Args:
        title: over the first page.
        note: under every page.
        lang: of the text.
    """

    def __init__(self, title: str, note: str, lang: Lang) -> None:
        self._title, self._note, self._lang = title, note, lang
        self._lines: list[tuple[str, int, tuple[str, ...]]] = []  # kind, level, cells

    def markdown_line(self, line: str) -> None:
        """One line of Markdown of the kinds we write: headings, lists, tables, text."""
        text = _MARKS.sub("", line)
        if _RULE.match(line):
            return
        if line.startswith("|"):
            self.row([cell.strip() for cell in text.strip("|").split("|")])
        elif line.startswith("#"):
            self.heading(text.lstrip("# "))
        else:
            self.text(text)

    def heading(self, text: str) -> None:
        self._lines.append(("heading", 0, (text,)))

    def text(self, text: str) -> None:
        self._lines.append(("text", 0, (text,)))

    def row(self, cells: Sequence[str]) -> None:
        """A row of a table; rows that follow each other make the table."""
        self._lines.append(("row", 0, tuple(cells)))

    def made(self) -> bytes:
        """The document."""
        font = font_here()
        if font is None:
            from ui.web.plain_pdf import plain_pdf

            rows = [" | ".join(cells) if kind == "row" else cells[0] for kind, _, cells in self._lines]
            return plain_pdf(self._title, rows, self._note)
        return self._embedded(*font)

    def _embedded(self, file: str, number: int) -> bytes:
        import logging

        from fpdf import FPDF
        from fpdf.enums import WrapMode

        logging.getLogger("fontTools").setLevel(logging.ERROR)
        # Chinese breaks between any two characters, English between words
        note, wrap = self._note, WrapMode.CHAR if self._lang == "zh-TW" else WrapMode.WORD

        class Page(FPDF):
            def footer(self) -> None:
                self.set_y(-14)
                self.set_font("chinese", size=_SMALL)
                self.cell(0, 5, f"{note}    {self.page_no()}", align="C")

        page = Page(format="A4")
        page.set_lang(self._lang)
        page.set_title(self._title)
        page.add_font("chinese", fname=file, collection_font_number=number)
        page.set_auto_page_break(auto=True, margin=18)
        page.add_page()
        page.set_font("chinese", size=_TITLE)
        page.multi_cell(0, 9, self._title, new_x="LMARGIN", new_y="NEXT")
        page.ln(2)
        at = 0
        while at < len(self._lines):
            kind, _, cells = self._lines[at]
            if kind == "row":
                table = []
                while at < len(self._lines) and self._lines[at][0] == "row":
                    table.append(self._lines[at][2])
                    at += 1
                _table(page, table, wrap)
                continue
            page.set_font("chinese", size=_HEAD if kind == "heading" else _BODY)
            if kind == "heading":
                page.ln(2)
            page.multi_cell(0, 6, cells[0] or " ", new_x="LMARGIN", new_y="NEXT", wrapmode=wrap, align="L")
            at += 1
        return bytes(page.output())


def _table(page: FPDF, rows: list[tuple[str, ...]], wrap: WrapMode) -> None:
    width = max(len(row) for row in rows)
    page.set_font("chinese", size=_SMALL + 1)
    longest = [max(min(_width(row[i]), 34) if i < len(row) else 1 for row in rows) for i in range(width)]
    below = [[row[i] for row in rows[1:] if i < len(row)] for i in range(width)]
    sides = tuple("RIGHT" if cells and all(_FIGURE.fullmatch(cell) for cell in cells) else "LEFT" for cells in below)
    page.ln(_GAP)
    with page.table(
        col_widths=tuple(max(8, n) for n in longest), first_row_as_headings=False, wrapmode=wrap, text_align=sides,
        line_height=_LINE,
    ) as table:  # fmt: skip
        for row in rows:
            table.row([*row, *[""] * (width - len(row))])
    page.ln(_GAP)


def _width(text: str) -> int:
    """Width in Latin letters; a Chinese character takes two."""
    return sum(1 if c.isascii() else 2 for c in text)
