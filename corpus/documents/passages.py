"""Blocks to passages: along the structure of the document, small enough to be checked, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.documents.blocks import Block, Parsed, width

#: columns of a passage (a Chinese character takes two): what is aimed at, and the most
AIM, MOST = 760, 1_100
_LONGEST_NAME, _OVER = 150, 3  # characters of a passage's heading, and how many headings it tells
_LEAD = 120  # columns of a line that only announces what follows
#: where a long run of text may be parted, the strongest first: law inside a line, then sentences, then clauses
_PARTS = (
    re.compile(r"(?<=\S) (?=第 ?\d+ ?類 )"),
    re.compile(r"(?=(?:^|(?<=[。 :：]))[一二三四五六七八九十]{1,3}、)"),
    re.compile(r"(?<=[。！？])|(?<=[.!?;])\s+(?=[A-Z(「\d])"),
    re.compile(r"(?<=[；;，,、 ])"),
)
_NAMED = re.compile(r"^第 ?\d+ ?類 [^ ]{2,60}")
_CONTENTS = re.compile(r"(?:\t|[.…·]{3,}|‥+)\s*\d{1,4}$")  # a line of a table of contents
#: how an item begins, outermost first; and the first clause of one, which says what it is about
_LEVELS = tuple(
    re.compile(rf"^(?:[-*•] )?{mark}")
    for mark in (
        r"[一二三四五六七八九十]{1,3}、",
        r"\d{1,2}[.、] ",
        r"[(（][\d一二三四五六七八九十]{1,2}[)）]",
        r"[-*•‧・○●] ?",
    )
)
_CLAUSE = re.compile(r"^.{6,60}?(?=[，。；：,;:（(]|$)")
_ASIDE = re.compile(r" ?[(（][^)）]{30,}[)）]$")  # a translation behind a heading
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


def cut(parsed: Parsed) -> list[Cut]:
    """Every passage of a document, in order; a heading over nothing is a line of a list, and kept as one."""
    made: list[Cut] = []
    path: list[Block] = []
    pending: list[Block] = []  # what stands under `path`, without the heading that has nothing under it yet
    bare: Block | None = None
    for block in parsed.blocks:
        if _CONTENTS.search(block.text) and width(block.text) < 150:
            continue
        if block.kind != "heading":
            if bare is not None:
                made.extend(_packed(pending, _name(path)))
                path, pending, bare = [*path, bare], [], None
            pending.append(block)
            continue
        if bare is not None and block.level <= bare.level:
            pending.append(replace(bare, kind="text"))
        else:
            made.extend(_packed(pending, _name(path)))
            path, pending = [*path, *([bare] if bare else [])], []
        outer = [b for b in path if b.level < block.level]
        if len(outer) < len(path):
            made.extend(_packed(pending, _name(path)))
            path, pending = outer, []
        bare = block
    made.extend(_packed([*pending, *([replace(bare, kind="text")] if bare else [])], _name(path)))
    return made or [Cut(b.text, b.text, b.start, b.end, b.line, b.page) for b in parsed.blocks]


def _name(path: Sequence[Block]) -> str:
    """The headings over a passage, as many of the inner ones as there is room for."""
    name = ""
    for text in (_ASIDE.sub("", b.text) or b.text for b in reversed(path[-_OVER:])):
        if name and len(text) + len(name) > _LONGEST_NAME:
            break
        name = f"{text} › {name}" if name else text[:_LONGEST_NAME]
    return name


def _packed(blocks: Sequence[Block], heading: str) -> Iterator[Cut]:
    """Blocks under one heading put together up to a passage's size; a table's header goes with each of its parts."""
    taken: list[Block] = []
    size = 0
    if not heading.strip(" 0123456789-") and blocks and (title := _TITLE_AHEAD.match(blocks[0].text)):
        heading = title[1]
    named = heading
    for block, above in _with_what_is_above(blocks):
        turned = bool(taken) and block.page != taken[-1].page  # a passage has one page
        if taken and (turned or size + width(block.text) > AIM or _own_name(block.text)):
            ahead_of = [taken.pop()] if len(taken) > 1 and _leads_in(taken[-1]) and not turned else []
            yield _joined(taken, named)
            taken = ahead_of
            size = sum(width(b.text) for b in taken)
            named = _under(heading, above)
        if not taken:
            named = _under(heading, above)
        taken.append(block)
        size += width(block.text)
    if taken:
        yield _joined(taken, named)


def _leads_in(block: Block) -> bool:
    """Whether a block only announces the next one."""
    return block.kind == "text" and width(block.text) <= _LEAD and block.text.endswith(("：", ":"))


def _under(heading: str, above: str) -> str:
    return " › ".join(part for part in (heading[: _LONGEST_NAME - len(above)], above) if part)


def _with_what_is_above(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Blocks in passage sizes, each with what it belongs to: the item it is listed under, or whose rest it is."""
    path: list[tuple[int, str]] = []
    for whole in blocks:
        level = next((n for n, mark in enumerate(_LEVELS) if mark.match(whole.text)), None)
        if level is not None:
            path = [(n, text) for n, text in path if n < level]
        elif path and path[0][0] < 0:  # a list that a sentence opened ends with it; else it is the rest of an item
            path = []
        above = " › ".join(text for _, text in path[-1:])
        own = found[0].strip("-*• ") if level is not None and (found := _CLAUSE.match(whole.text)) else ""
        for number, part in enumerate(_parted(whole)):
            yield part, own if number and own else above
        if own:
            path.append((level or 0, own))
        elif level is None and _leads_in(whole):
            path.append((-1, whole.text[: _LEAD // 2].rstrip(":：")))


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
