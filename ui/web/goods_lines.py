"""Further lines of goods in a calculator: as many as wanted, kept in the address, each asked only for what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from pydantic import BaseModel

from tools.result import Missing, Result
from ui.web.address import note, recall
from ui.web.fields import ask_extras
from ui.web.words import Words

_MOST = 12  # lines of a calculator; more go into a file
Numbered = tuple[int, dict[str, Any]]


def further(
    words: Words, key: str, amount_of: str, ask: Callable[[str, int], dict[str, Any]]
) -> list[tuple[int, dict[str, Any]]]:
    """The lines after the first, with their numbers; a line without its amount is left out and says so.

    Args:
        key: where their count is kept.
        amount_of: the field without which a line counts for nothing.
        ask: draws the fields of a line; given what is added to the key of each, and the number of the line.
    """
    recall(key, [str(n) for n in range(1, _MOST + 1)], "1")
    count = int(st.session_state[key])
    note(key, str(count), "1")
    given: list[Numbered] = []
    for number in range(2, count + 1):
        with st.container(border=True):
            st.markdown(f"**{words('calc.line', number=str(number))}**")
            line = {k: v for k, v in ask(f"_{number}", number).items() if v not in ("", None)}
            if line.get(amount_of):
                given.append((number, line))
            else:
                st.caption(words("calc.line_open"))
    with st.container(horizontal=True, key=f"{key}-count", gap="small"):
        st.button(words("calc.line_add"), key=f"{key}-add", icon=":material/add:", disabled=count == _MOST,
                  on_click=_count, args=(key, count + 1))  # fmt: skip
        if count > 1:
            st.button(words("calc.line_drop"), key=f"{key}-drop", icon=":material/remove:",
                      on_click=_count, args=(key, count - 1))  # fmt: skip
    return given


def _count(key: str, count: int) -> None:
    st.session_state[key] = str(count)


def ask_missing(
    result: Result | None,
    numbers: Sequence[int],
    alone: Callable[[int], Result],
    tool: str,
    models: tuple[type[BaseModel], ...],
    words: Words,
) -> None:
    """Fields for what a result lacks: of the whole, and with several lines for each what it lacks by itself.

    Args:
        numbers: of the lines that were computed, in order; one line needs no second calculation.
        alone: quotes the line at a place of `numbers` by itself.
        models: of the line first, then of the whole.
    """
    missing = {m.fact: m for m in result.missing} if result else {}
    if result is None or len(numbers) == 1:
        ask_extras(missing, tool, models, words)
        return
    whole = {fact: m for fact, m in missing.items() if not _of_a_line(fact, models[0])}
    for at, number in enumerate(numbers):
        own: dict[str, Missing] = {m.fact: m for m in alone(at).missing if _of_a_line(m.fact, models[0])}
        ask_extras(whole | own if number == 1 else own, tool, models, words, line=number)


def _of_a_line(fact: str, line: type[BaseModel]) -> bool:
    return fact.startswith(("quantities.", "facts.")) or fact in line.model_fields
