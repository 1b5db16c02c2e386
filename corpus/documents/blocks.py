"""What readers of every format make: one text, and the blocks it is made of, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tools.errors import InputError

Kind = Literal["heading", "text", "row"]
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")

#: what may be read, told in every refusal
ACCEPTED = "PDF with a text layer, DOCX, HTML, XML, Markdown, TXT, CSV or XLSX, up to 60 MB"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a row of a table.

    Args:
        kind: what it is; a row belongs to the table whose header stands in `header`.
        text: its words, hard line breaks unwrapped.
        start, end: its span in the text of the document.
        level: depth of a heading, 1 the highest.
        page: page of a paginated format, from 1.
        line: first line in the text of the document, from 1.
        header: header row of the table a row belongs to.
    """

    kind: Kind
    text: str
    start: int
    end: int
    line: int
    level: int = 0
    page: int | None = None
    header: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read: its text, its blocks, and what it says of itself."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    dated: str = ""
    publisher: str = ""
    url: str = ""


def refuse(name: str, problem: str) -> InputError:
    """The one clear line about a file that is not taken."""
    shown = "".join(c if c.isprintable() else "?" for c in name)[-120:]
    return InputError("path", f"{shown}: {problem}", ACCEPTED)


def width(text: str) -> int:
    """Columns a text takes: a Chinese character takes two."""
    return len(text) + len(CJK.findall(text))


class Builder:
    """Grows a text block by block, for formats whose text has to be put together."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length, self._line = 0, 1

    def add(self, kind: Kind, text: str, *, level: int = 0, page: int | None = None, header: str = "") -> None:
        """One block; empty ones are dropped."""
        text = text.strip()
        if not text:
            return
        self.blocks.append(Block(kind, text, self._length, self._length + len(text), self._line, level, page, header))
        self._pieces.append(text)
        self._length += len(text) + 1
        self._line += text.count("\n") + 1

    def parsed(self, title: str = "", publisher: str = "") -> Parsed:
        return Parsed("\n".join(self._pieces), tuple(self.blocks), title, publisher=publisher)
