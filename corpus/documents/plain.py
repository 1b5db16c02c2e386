"""Markdown and plain text: hard line breaks unwrapped, headings and tables seen, places kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents.blocks import CJK, Block, Parsed, width

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(
    r"^(title|date|source_url|publisher|法規名稱|出國報告名稱|修正日期|法規網址|報告日期)\s*[:：]\s*(.+(?:\n  +.+)*)$",
    re.MULTILINE,
)
_HASH = re.compile(r"^(#{1,6}) +(.+?) *#*$")
_ARTICLE = re.compile(
    r"^ *(?:第 ?[\d一二三四五六七八九十百千]+(?:-\d+)? ?[編章節條](?:之[\d一二三四五六七八九十]+)?)(?:[ 　].{0,40})?$"
    r"|^(?:§ ?\d[\w.-]*|(?:Section|Sec\.|Article|Art\.|SECTION|ARTICLE) \d+[A-Za-z]?)\b.{0,90}$"
)
_SPLIT_ARTICLE = re.compile(
    r"^(第 ?[\d一二三四五六七八九十百]+(?:-\d+)? ?條(?:之[\d一二三四五六七八九十]+)?)[ 　]+(.+)$"
)
_NUMBERED = re.compile(
    r"^ *(?:[壹貳參肆伍陸柒捌玖拾]+、|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、)] ?|Q\d+[:：.]"
    r"|問[:：]|[IVX]{1,4}\. |[A-H]\. )[ 　]?\S.*$"
)
_ITEM = re.compile(
    r"^ *(?:[-*•‧・○●]|\d{1,2}[.、)]|[(（][\w一二三四五六七八九十]{1,3}[)）]|[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十]{1,3}、|第 ?[\d一二三四五六七八九十百]+(?:-\d+)? ?[編章節條項款目]|Q\d|[A-Z]\.)"
)
_BULLET = re.compile(r"^[-*•‧・○●]")
_ENDS = re.compile(r"[。！？：；.!?:;」』）)]\s*$")
_CELLS = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:=-]+$")
_FIELD_HEAD = re.compile(r"(?:編號|號碼|項目|欄位|名稱|No\.|Item|Number)")
_SPACED_ROW = re.compile(r"^\d{1,2}(?:-\d{1,2})? +\S")
_LONGEST_HEADING = 45
#: how deep a numbered heading is, by how it is numbered
_DEPTHS = (
    (3, re.compile(r"[壹貳參肆伍陸柒捌玖拾]|[IVX]{1,4}\. ")),
    (4, re.compile(r"[一二三四五六七八九十]{1,3}、|[A-H]\. ")),
    (5, re.compile(r"[(（][一二三四五六七八九十]")),
)
_LABEL = re.compile(r"^.{1,10}[:：]")
_LONG = 90  # columns from which a line is a paragraph


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    number: int
    after_blank: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_plain(text: str) -> Parsed:
    """Blocks of a text file; offsets are those of the file as decoded."""
    front = _FRONT.match(text)
    head = front[1] if front else text[:2400]
    fields = {m[1]: " ".join(m[2].split()).strip("'\" ") for m in _FIELD.finditer(head)}
    lines = list(_lines(text, front.end() if front else 0))
    blocks = list(_blocks(lines))
    return Parsed(
        text, tuple(blocks), fields.get("title") or fields.get("法規名稱") or fields.get("出國報告名稱") or "",
        fields.get("date") or fields.get("修正日期") or fields.get("報告日期") or "",
        fields.get("publisher", ""), fields.get("source_url") or fields.get("法規網址") or "",
    )  # fmt: skip


def _lines(text: str, begin: int) -> Iterator[_Line]:
    start, blank = 0, True
    for number, raw in enumerate(text.split("\n"), start=1):
        kept = raw.rstrip()
        if start >= begin:
            if kept.strip():
                lead = len(kept) - len(kept.lstrip(" \u3000\x0c"))
                yield _Line(kept[lead:], start + lead, number, blank)
            blank = not kept.strip()
        start += len(raw) + 1


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    widths = Counter(width(line.text) // 3 for line in lines)
    usual = max((w for w in widths if 10 <= w <= 43), key=lambda w: sum(widths[w + i] for i in (-1, 0, 1)), default=0)
    near = sum(widths[usual + i] for i in (-1, 0, 1))
    wrapped = usual > 0 and near * 4 >= len(lines) > 8  # many lines end at one width: the file was broken to it
    wrap = usual * 3
    full = wrap * 0.72 if wrapped else 0.0
    at = 0
    while at < len(lines):
        line = lines[at]
        if _CELLS.match(line.text):
            rows, at = _table(lines, at)
            yield from rows
            continue
        if _spaced_table(lines, at):
            header = line.text
            at += 1
            while at < len(lines) and _SPACED_ROW.match(lines[at].text):
                row = lines[at]
                yield Block("row", row.text, row.start, row.end, row.number, header=header)
                at += 1
            continue
        if (article := _SPLIT_ARTICLE.match(line.text)) and len(line.text) > _LONGEST_HEADING:
            yield Block("heading", article[1], line.start, line.start + len(article[1]), line.number, 3)
            begin = line.start + article.start(2)
            yield Block("text", article[2], begin, line.end, line.number)
            at += 1
            continue
        if level := _heading(line, lines[at + 1] if at + 1 < len(lines) else None, full):
            found = _HASH.match(line.text)
            yield Block(
                "heading", found[2] if found else line.text.strip("* "), line.start, line.end, line.number, level
            )
            at += 1
            continue
        words, last = line.text, line
        at += 1
        while at < len(lines) and (_goes_on(last, lines[at], wrap) if wrapped else _torn(last, lines[at])):
            words, last = joined(words, lines[at].text), lines[at]
            at += 1
        yield Block("text", words, line.start, last.end, line.number)


def joined(one: str, other: str) -> str:
    """Two halves of a broken line as one: no space inside Chinese or after a hyphen."""
    if one.endswith("-") or CJK.match(one[-1:]) or CJK.match(other[:1]):
        return one + other
    return f"{one} {other}"


def _goes_on(last: _Line, line: _Line, wrap: int) -> bool:
    """Whether a line continues the one before: that one is full, and nothing new begins."""
    if _ITEM.match(line.text) or _HASH.match(line.text) or _CELLS.match(line.text) or _ARTICLE.match(line.text):
        return False
    full = width(last.text) >= wrap * 0.72
    ended = bool(_ENDS.search(last.text))
    return (full and not ended) if line.after_blank else (full or not ended)


def _torn(last: _Line, line: _Line) -> bool:
    """Whether a page break tore a paragraph: a long line stops inside a sentence, and the next one goes on with it."""
    if width(last.text) < _LONG or _ENDS.search(last.text) or not line.after_blank:
        return False
    new = any(p.match(line.text) for p in (_ITEM, _HASH, _CELLS, _ARTICLE, _NUMBERED, _LABEL))
    goes_on = line.text[:1].islower() or (CJK.match(line.text[:1]) and CJK.match(last.text[-1:]))
    return not new and bool(goes_on) and (width(line.text) >= _LONG or bool(_ENDS.search(line.text)))


def _heading(line: _Line, following: _Line | None, full: float) -> int:
    """Depth of a heading, 0 when the line is none; a line as wide as `full` goes on in the next one."""
    text = line.text.strip("* ")
    if found := _HASH.match(line.text):
        return len(found[1])
    depth = _depth(text)
    if (
        depth
        and following is not None
        and following.after_blank
        and depth < _depth(following.text)
        and "。" not in text
    ):
        return depth  # however long: the next line is numbered one level below
    if _ARTICLE.match(line.text):
        return 2 if re.match(r"^ *第 ?\S+ ?[編章節]", line.text) else 3
    if (
        len(text) > _LONGEST_HEADING
        or (full and width(text) >= full)
        or _BULLET.match(text)
        or re.search(r"[。；;，,]\s*$|[。；].", text)
    ):
        return 0
    if _NUMBERED.match(text) and not text.endswith((".", "：", ":")):
        return depth or 6
    bold = line.text.startswith("**") and line.text.endswith("**")
    capitals = text.isupper() and len(text.split()) > 1 and len(text) > 8 and not text.endswith(".")
    question = text.endswith(("?", "？")) and line.after_blank
    return 6 if bold or capitals or question or _stands_over(line, following, full) else 0


def _depth(text: str) -> int:
    """How deep a numbered heading is, 0 when it is numbered otherwise or not at all."""
    return next((depth for depth, mark in _DEPTHS if mark.match(text)), 0)


def _stands_over(line: _Line, following: _Line | None, full: float) -> bool:
    """A short line without an end, over a long one: the name of what follows."""
    if following is None or _ENDS.search(line.text) or _ITEM.match(line.text):
        return False
    if full:
        return line.after_blank and following.after_blank and len(line.text) <= 20 and width(following.text) >= full
    return width(following.text) >= max(60, 2 * width(line.text))


def _spaced_table(lines: list[_Line], at: int) -> bool:
    """A header of names and rows that begin with numbers, cells set apart by spaces."""
    rows = lines[at + 1 : at + 3]
    return (
        len(lines[at].text.split()) >= 3
        and len(_FIELD_HEAD.findall(lines[at].text)) >= 2
        and len(rows) == 2
        and all(_SPACED_ROW.match(row.text) for row in rows)
    )


def _table(lines: list[_Line], at: int) -> tuple[list[Block], int]:
    """Rows of a table drawn with bars; the first row is the header of the others."""
    rows: list[_Line] = []
    while at < len(lines) and _CELLS.match(lines[at].text):
        rows.append(lines[at])
        at += 1
    cells = [" | ".join(c.strip() for c in row.text.strip().strip("|").split("|")) for row in rows]
    if len(rows) > 2 and _RULE.match(rows[1].text):
        return [
            Block("row", text, row.start, row.end, row.number, header=cells[0])
            for row, text in zip(rows[2:], cells[2:], strict=True)
        ], at
    return [
        Block("row", t, r.start, r.end, r.number) for r, t in zip(rows, cells, strict=True) if not _RULE.match(t)
    ], at
