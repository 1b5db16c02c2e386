"""An answer on the page: text with numbered figures, receipts, sources, steps, and what a reader does with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import streamlit as st

from advisor.answer import Answer, Citation
from ui.web import export
from ui.web.history import Turn
from ui.web.receipts import LawRead, Receipt, marked, receipts
from ui.web.words import Words, begun, dollars, escaped, flowing

_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[A-Z\"'(])|\n+")
_STATUS = {"in_force": "green", "historical": "gray", "proposed": "orange", "superseded": "red"}
_CHIP = 24  # characters of a figure's name on its chip
_SIGN = re.compile("(?=[①-⑳㉑-㉟㊱-㊿])")
_LINK = re.compile(r"https?://\S+")


def answer_view(
    turn: Turn, key: str, *, judge: Callable[[int | None, str], None], quick: Callable[[str], None] | None
) -> None:
    """All of an answer.

    Args:
        key: of its widgets.
        judge: keeps a thumb and a comment.
        quick: takes a quick reply; None where it is no longer the last turn.
    """
    answer, words = turn.answer, Words(turn.answer.language)
    found = receipts(answer)
    st.markdown(pointed(flowing(dollars(marked(answer, found)))))
    if answer.composed_by == "fallback":
        st.warning(words("chat.fallback"))
    _questions(answer, words, key, quick)
    if found:
        st.caption(words("chat.receipts"))
        with st.container(horizontal=True, key=f"chips-{key}", gap="small"):
            for receipt in found:
                with st.popover(chip(receipt), width="content", key=f"chip-{key}-{receipt.number}"):
                    show_receipt(receipt, words)
    for citation in answer.citations:
        show_citation(citation, answer, words)
    _steps(answer, words)
    _actions(turn, words, key, judge)


def pointed(text: str) -> str:
    """The numbers of receipts held to their figures: a line does not begin with one."""
    return _SIGN.sub("\u2060", text)


def chip(receipt: Receipt) -> str:
    """The label of a figure's receipt: its number, what it is of, the figure."""
    name = "" if receipt.of in receipt.text else f"{begun(shortened(receipt.of))} "
    return f"{receipt.sign} {escaped(name + receipt.text)}"


def shortened(name: str) -> str:
    """A name short enough for a chip, cut between words.

    >>> shortened("total duties, taxes and fees"), shortened("營業稅")
    ('total duties, taxes and…', '營業稅')
    """
    if len(name) <= _CHIP:
        return name
    cut = name[:_CHIP]
    return (cut.rsplit(" ", 1)[0] if name.isascii() else cut).rstrip(" ,(") + "…"


def show_receipt(receipt: Receipt, words: Words) -> None:
    """One figure's receipt."""
    st.markdown(f"**{escaped(receipt.text)}** — {escaped(receipt.of)}")
    if receipt.formula:
        st.markdown(f"{words('receipt.formula')}  \n`{receipt.formula}`")
    for label, body in (("receipt.basis", receipt.basis), ("receipt.inputs", receipt.inputs)):
        if body:
            st.markdown(f"{words(label)}  \n{escaped(body)}")
    for read in receipt.laws:
        show_law(read, words)
    if receipt.origin:
        st.caption(words.labelled("receipt.origin", escaped(receipt.origin)))


def show_law(read: LawRead, words: Words) -> None:
    """A value of the law with its article, interval, certainty and source."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{escaped(read.name)} = **{escaped(read.value)}**  \n{escaped(read.basis)}")
        certainty = words.or_else(f"certainty.{read.certainty}", read.certainty)
        st.caption(
            f"{words('receipt.period')} {read.period} · {certainty} · {words('receipt.frontier', day=read.frontier)}"
        )
        if read.url:
            source_link(read.url, words)


def source_link(url: str, words: Words) -> None:
    """A link to where it stands; only web addresses are linked."""
    if _LINK.fullmatch(url):
        st.link_button(words("receipt.source"), url, icon=":material/open_in_new:")


def show_citation(citation: Citation, answer: Answer, words: Words) -> None:
    """A cited passage with what the answer took from it highlighted, and its standing."""
    status = words.or_else(f"status.{citation.status}", citation.status)
    section = citation.section.removeprefix(f"{citation.title} › ")
    with st.expander(f"{citation.marker} {escaped(f'{citation.title} — {section}')}"):
        st.markdown(
            f":{_STATUS.get(citation.status, 'gray')}-badge[{status}] "
            f":gray-badge[{words.or_else(f'authority.{citation.authority}', citation.authority)}] "
            f"{words.in_force(citation.effective_from, citation.effective_to)}"
        )
        st.markdown(highlighted(citation.passage, answer))
        st.caption(escaped(f"{citation.source.publisher} · {citation.source.citation}"))
        if citation.source.url:
            source_link(citation.source.url, words)


def highlighted(passage: str, answer: Answer) -> str:
    """A passage as Markdown, the sentences the answer repeats and the figures it took highlighted."""
    said = "".join(answer.answer.split())
    out = []
    for part in _SENTENCE.split(passage):
        bare = part.strip()
        taken = len(bare) > 1 and "".join(bare.split()) in said
        figures = any(n.grounding.kind == "passage" and len(n.text) > 1 and n.text in bare for n in answer.numbers)
        text = escaped(bare)
        out.append(f":orange-background[{text}]" if bare and (taken or figures) else text)
    return "  \n".join(line for line in out if line)


def _questions(answer: Answer, words: Words, key: str, quick: Callable[[str], None] | None) -> None:
    for at, asked in enumerate(answer.follow_up):
        st.info(
            f"{words.labelled('chat.needs', escaped(asked.question))}  \n{escaped(asked.matters)}",
            icon=":material/help:",
        )
        if quick and asked.choices:
            with st.container(horizontal=True, key=f"quick-{key}-{at}", gap="small"):
                for number, choice in enumerate(asked.choices):
                    if st.button(escaped(choice), key=f"quick-{key}-{at}-{number}"):
                        quick(choice)


def _steps(answer: Answer, words: Words) -> None:
    if not answer.tool_calls:
        return
    with st.expander(words("chat.steps", count=str(len(answer.tool_calls))), icon=":material/manufacturing:"):
        for call in answer.tool_calls:
            st.markdown(f"`{call.name}`")
            st.json(call.arguments, expanded=False)
            st.json(call.result, expanded=False)


def _actions(turn: Turn, words: Words, key: str, judge: Callable[[int | None, str], None]) -> None:
    answer = turn.answer
    seals = {c.result["receipt"]: c.result for c in answer.tool_calls if c.result.get("receipt")}
    with st.container(horizontal=True, vertical_alignment="center", key=f"do-{key}", gap="small"):
        with st.popover(words("chat.reply"), icon=":material/content_copy:", key=f"reply-{key}"):
            st.caption(words("chat.reply_help"))
            st.code(export.customer_reply(turn), language=None, wrap_lines=True)
        with st.popover(words("chat.export"), icon=":material/download:", key=f"export-{key}"):
            for seal, result in seals.items():
                st.download_button(
                    words("chat.receipt_json"), json.dumps(result, ensure_ascii=False, indent=2), f"{result['id']}.json",
                    "application/json", key=f"json-{key}-{seal}", help=seal,
                )  # fmt: skip
            st.download_button(
                "Markdown", export.markdown([turn]), f"{answer.id[:8]}.md", "text/markdown", key=f"md-{key}"
            )
            st.download_button(
                "PDF", lambda: export.pdf([turn]), f"{answer.id[:8]}.pdf", "application/pdf", key=f"pdf-{key}"
            )
        thumb = st.feedback("thumbs", key=f"thumb-{key}", default=turn.thumb)
        st.caption(f"{answer.as_of} · {answer.model} · {answer.elapsed_ms} ms")
    if thumb is not None:
        comment = st.text_input(words("chat.comment"), value=turn.comment, key=f"comment-{key}", max_chars=500)
        if (thumb, comment) != (turn.thumb, turn.comment):
            judge(thumb, comment)
