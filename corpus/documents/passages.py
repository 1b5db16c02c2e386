"""Blocks to passages: along the structure of the document, small enough to be checked, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents.blocks import Block, Parsed

#: columns of a passage (a Chinese character takes two): what is aimed at, and the most
AIM, MOST = 760, 1_100
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
#: where a long run of text may be parted, the strongest first: law inside a line, then sentences, then clauses
_PARTS = (
    re.compile(r"(?<=\S) (?=第 ?\d+ ?類 )"),
    re.compile(r"(?=(?:^|(?<=[。 :：]))[一二三四五六七八九十]{1,3}、)"),
    re.compile(r"(?<=[。！？])|(?<=[.!?;])\s+(?=[A-Z(「\d])"),
    re.compile(r"(?<=[；;，,、 ])"),
)
_NAMED = re.compile(r"^第 ?\d+ ?類 [^ ]{2,60}")
_CONTENTS = re.compile(r"(?:\t|[.…·]{3,}|‥+)\s*\d{1,4}$")  # a line of a table of contents
_TITLE_AHEAD = re.compile(r"^([\u4e00-\u9fff]{2,8})[ :：]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage: its heading, its words, its span in the document's text, its page and first line."""

    heading: str
    text: str
    start: int
    end: int
    line: int
    page: int | None


def width(text: str) -> int:
    """Columns a text takes."""
    return len(text) + len(_CJK.findall(text))


def cut(parsed: Parsed) -> list[Cut]:
    """Every passage of a document, in order."""
    made: list[Cut] = []
    path: list[tuple[int, str]] = []
    pending: list[Block] = []
    for block in parsed.blocks:
        if _CONTENTS.search(block.text) and width(block.text) < 150:
            continue
        if block.kind == "heading":
            made.extend(_packed(pending, _name(path)))
            pending = []
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, block.text))
        else:
            pending.append(block)
    made.extend(_packed(pending, _name(path)))
    return made or [Cut(b.text, b.text, b.start, b.end, b.line, b.page) for b in parsed.blocks]


def _name(path: Sequence[tuple[int, str]]) -> str:
    return " › ".join(text for _, text in path[-2:])[:150]


def _packed(blocks: Sequence[Block], heading: str) -> Iterator[Cut]:
    """Blocks under one heading put together up to a passage's size; a table's header goes with each of its parts."""
    taken: list[Block] = []
    size = 0
    if not heading.strip(" 0123456789-") and blocks and (ahead := _TITLE_AHEAD.match(blocks[0].text)):
        heading = ahead[1]
    for block in (part for whole in blocks for part in _parted(whole)):
        turned = bool(taken) and block.page != taken[-1].page  # a passage has one page
        if taken and (turned or size + width(block.text) > AIM or _own_name(block.text)):
            yield _joined(taken, heading)
            taken, size = [], 0
        taken.append(block)
        size += width(block.text)
    if taken:
        yield _joined(taken, heading)


def _own_name(text: str) -> bool:
    return bool(re.match(r"第 ?\d+ ?類 ", text))


def _joined(blocks: Sequence[Block], heading: str) -> Cut:
    lines: list[str] = []
    header = ""
    for block in blocks:
        if block.header and block.header != header:
            lines.append(block.header)
        if block.kind == "row":
            header = block.header or block.text
        lines.append(block.text)
    if own := _NAMED.match(blocks[0].text):
        heading = own[0]
    first = blocks[0]
    return Cut(heading or first.text[:40], "\n".join(lines), first.start, blocks[-1].end, first.line, first.page)


def _parted(block: Block) -> Iterator[Block]:
    """A block that is too long for a passage in pieces, each with its own span."""
    if width(block.text) <= MOST:
        yield block
        return
    offset = 0
    exact = block.end - block.start == len(block.text)  # no line break was taken out: spans can be told exactly
    for piece in _pieces(block.text, 0):
        if not piece.strip():
            offset += len(piece)
            continue
        begin = block.start + (offset if exact else round(offset * (block.end - block.start) / len(block.text)))
        last = begin + len(piece) if exact else min(block.end, begin + len(piece))
        yield Block(block.kind, piece.strip(), begin, last, block.line, block.level, block.page, block.header)
        offset += len(piece)


def _pieces(text: str, strength: int) -> list[str]:
    """A text parted where its structure allows, whole parts kept together up to the aim."""
    if width(text) <= AIM:
        return [text]
    if strength == len(_PARTS):
        return [text[i : i + AIM // 2] for i in range(0, len(text), AIM // 2)]
    ends = [0, *(m.start() if m.start() == m.end() else m.end() for m in _PARTS[strength].finditer(text)), len(text)]
    parts = [text[a:b] for a, b in pairwise(ends) if b > a]
    if len(parts) == 1:
        return _pieces(text, strength + 1)
    if strength < 2:  # parts with a name of their own stand alone
        return [piece for part in parts for piece in _pieces(part, strength + 1)]
    out: list[str] = []
    for part in parts:
        if out and width(out[-1]) + width(part) <= AIM:
            out[-1] += part
        else:
            out.extend(_pieces(part, strength + 1) if width(part) > AIM else [part])
    return out
