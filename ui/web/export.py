"""A chat as Markdown, as PDF, and an answer as a message to a customer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.law.models import Lang
from ui.web.history import Turn
from ui.web.receipts import Receipt, marked, receipts
from ui.web.words import Words

_CITATION = re.compile(r"\s?\[\d{1,2}\]")
_RULE = re.compile(r"^\|[\s:|-]+\|$")


def markdown(turns: Sequence[Turn]) -> str:
    """A chat with the receipts and sources of every answer."""
    words = Words(turns[0].answer.language)
    parts = [f"# {words('nav.title')}", words("nav.info")]
    for turn in turns:
        answer, words = turn.answer, Words(turn.answer.language)
        found = receipts(answer)
        parts += [f"## {turn.question}", f"{words('bar.as_of')}: {answer.as_of} · {turn.conditions}".rstrip(" ·")]
        parts.append(marked(answer, found))
        if found:
            parts += [f"### {words('chat.receipts')}", "\n".join(f"- {receipt_line(r)}" for r in found)]
        if answer.citations:
            cited = [
                f"- {c.marker} {c.title} — {c.section} ({c.source.publisher}; {c.source.citation}) {c.source.url or ''}"
                for c in answer.citations
            ]
            parts += [f"### {words('receipt.source')}", "\n".join(cited)]
        seals = [c.result["receipt"] for c in answer.tool_calls if c.result.get("receipt")]
        parts += [f"`{seal}`" for seal in seals]
    return "\n\n".join(parts) + "\n"


def receipt_line(receipt: Receipt) -> str:
    """A receipt on one line."""
    law = "; ".join(f"{x.name} = {x.value} ({x.basis}, {x.period})" for x in receipt.laws)
    facts = [receipt.formula, receipt.basis, law]
    return f"{receipt.sign} {receipt.of} {receipt.text}: " + (" · ".join(f for f in facts if f) or receipt.origin)


def pdf(turns: Sequence[Turn]) -> bytes:
    """A chat for paper."""
    from ui.web.pdf import Paper

    lang: Lang = turns[0].answer.language
    words = Words(lang)
    paper = Paper(words("nav.title"), words("nav.info"), lang)
    for line in markdown(turns).splitlines()[3:]:
        paper.markdown_line(line)
    return paper.made()


def customer_reply(turn: Turn) -> str:
    """An answer as plain text for a customer: no markers, tables as lines, the day and a word on what it is."""
    words = Words(turn.answer.language)
    lines = [_plain(line) for line in _CITATION.sub("", turn.answer.answer).splitlines() if not _RULE.match(line)]
    sources = dict.fromkeys(c.source.citation for c in turn.answer.citations)
    closing = [words("reply.as_of", day=str(turn.answer.as_of))]
    if sources:
        closing.append(
            words("reply.sources", sources="；".join(sources) if words.lang == "zh-TW" else "; ".join(sources))
        )
    return "\n".join([*lines, "", *closing, words("nav.info")]).strip()


def _plain(line: str) -> str:
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        line = " / ".join(cell for cell in cells if cell)
    return line.replace("**", "").replace("`", "")
