"""Fields of the calculators: bound to the address, and further ones that appear when a result says they are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from tools.dialogue import dialogues
from tools.errors import NotFound
from tools.law.store import law
from tools.result import Missing
from tools.tariff.codes import compact, dotted
from tools.tariff.names import find_lines
from tools.tariff.schedule import ScheduleName, TariffLine, schedule
from tools.tariff.search.models import SearchInput
from tools.tariff.search.search import search
from tools.text.places import name_of
from tools.text.quantities import CURRENCIES
from ui.web import held
from ui.web.address import note, recall
from ui.web.conditions import ORIGINS
from ui.web.words import Words, escaped

_Left = TypeVar("_Left")
_Right = TypeVar("_Right")
_MOST = 6  # lines offered for a name
#: facts that a person at a calculator cannot tell, or that have a field of their own
_NOT_ASKED = ("list_membership.", "ccc_code", "hts_code", "freight", "insurance", "import_permitted", "quota_goods")


def amount(words: Words, label: str, key: str, *, none: str = "") -> str:
    """An amount as text, so that it is read exactly.

    Args:
        none: key of the text that says what an empty field means.
    """
    return st.text_input(
        words(label), key=key, bind="query-params", max_chars=40, placeholder=words(none) if none else ""
    ).strip()


def choice(words: Words, label: str, key: str, options: Iterable[str], prefix: str) -> str:
    """One of several values, named in words; the first where none is named."""
    held = list(options)
    recall(key, held, held[0])
    chosen: str = st.selectbox(words(label), held, key=key, format_func=lambda v: words.or_else(f"{prefix}.{v}", v))
    note(key, chosen, held[0])
    return chosen


def money_of(words: Words, key: str, home: str) -> str:
    """A currency whose customs rates are known; that of the country first."""
    return choice(words, "calc.currency", key, (home, *(c for c in CURRENCIES if c != home)), "currency")


def beside(left: Callable[[], _Left], right: Callable[[], _Right]) -> tuple[_Left, _Right]:
    """Two fields in a row, so that on a phone they follow each other."""
    first, second = st.columns(2)
    with first:
        one = left()
    with second:
        return one, right()


def switch(words: Words, label: str, key: str, options: Sequence[str], prefix: str, *, hidden: bool = False) -> str:
    """One of a few values side by side."""
    recall(key, options, options[0])
    chosen: str | None = st.segmented_control(
        words(label), options, required=True, key=key, format_func=lambda v: words(f"{prefix}.{v}"),
        label_visibility="collapsed" if hidden else "visible",
    )  # fmt: skip
    note(key, chosen or options[0], options[0])
    return chosen or options[0]


def several(
    words: Words, label: str, key: str, options: Sequence[str], default: Sequence[str], named: Callable[[str], str]
) -> list[str]:
    """Any number of values; none stands for all of them."""
    recall(key, options, list(default))
    chosen: list[str] = st.multiselect(words(label), options, key=key, format_func=named, placeholder=words("calc.all"))
    note(key, ",".join(chosen), ",".join(default))
    return chosen


def origin(words: Words, key: str, *, unknown: bool) -> str:
    """A country of origin; further codes may be typed.

    A field that takes new options keeps the words it showed, so each language has its own; what was chosen stands beside them.
    """
    options = [""] * unknown + list(ORIGINS)
    recall(key, None, options[0])
    if (kept := st.session_state[key]) not in options and len(kept) == 2:
        options.append(kept)
    field = f"{key}-{words.lang}"
    st.session_state.setdefault(field, kept)
    chosen: str | None = st.selectbox(
        words("bar.origin"), options, key=field, accept_new_options=True,
        format_func=lambda code: country(code, words) if code else words("calc.unknown"),
    )  # fmt: skip
    st.session_state[key] = chosen or ""
    note(key, chosen or "", options[0])
    return chosen or ""


def country(code: str, words: Words) -> str:
    """A country by name and code."""
    name = name_of(code, words.lang)
    return name if name == code else f"{name} {code}"


def code(words: Words, name: ScheduleName, key: str) -> str:
    """A tariff code: typed, or found by the everyday name of goods. What is found is offered, never chosen unseen."""
    typed = st.text_input(
        words("calc.goods"), key=key, bind="query-params", max_chars=100, help=words("calc.goods_help")
    ).strip()
    if not typed or typed.replace(".", "").replace("-", "").isdigit():
        return typed
    lines = [m.line for m in find_lines(typed, schedule(name)) if m.line.rates][:_MOST] or _likely(typed, name, words)
    if not lines:
        st.caption(words("calc.no_code"))
        return ""
    labels = {dotted(line.code): f"{dotted(line.code)} {line.name[words.lang]}" for line in lines}
    chosen: str = st.selectbox(
        words("calc.code"),
        ["", *labels],
        index=1,
        key=f"{key}_line",
        format_func=lambda c: labels.get(c, words("calc.unknown")),
    )
    return chosen


def _likely(typed: str, name: ScheduleName, words: Words) -> list[TariffLine]:
    """Lines below the candidates of a search, where no line has the name itself."""
    with st.spinner(words("chat.working")):
        held.tariff_words()
        today = held.settings().today("us" if name == "us" else "tw")
        found = search(SearchInput(text=typed, schedule=name, limit=_MOST, on=today), today)
    codes = [line.code for candidate in found.candidates for line in candidate.lines]
    lines = (schedule(name).find(compact(code), found.on) for code in codes)
    return [line for line in lines if line and line.rates][: 2 * _MOST]


def given_extras(prefix: str) -> dict[str, Any]:
    """Facts already given in the fields that a result asked for; `prefix` as `extras_of` gives it."""
    start = f"{prefix}:"
    return {
        key.removeprefix(start): value
        for key, value in st.session_state.items()
        if isinstance(key, str) and key.startswith(start) and value not in ("", None)
    }


def ask_extras(
    missing: Mapping[str, Missing], tool: str, models: tuple[type[BaseModel], ...], words: Words, *, line: int = 1
) -> None:
    """A field for every fact that is missing and can be told, and for those told before; of one line of goods."""
    prefix = extras_of(tool, line)
    wanted = [
        f
        for f in dict.fromkeys([*given_extras(prefix), *missing])
        if not f.startswith(_NOT_ASKED) and ask_able(f, models)
    ]
    if not wanted:
        return
    title = words("calc.extras") if line == 1 else words("calc.extras_of", number=str(line))
    st.markdown(f"**{title}**")
    for column, fact in side_by_side(wanted):
        why = missing[fact].why.render(words.lang) if fact in missing else ""
        with column:
            _extra(fact, f"{prefix}:{fact}", models, tool, words)
            if why:
                st.caption(escaped(why))


def side_by_side(fields: Sequence[str]) -> Iterator[tuple[DeltaGenerator, str]]:
    """Two fields a row, each with the column it stands in; on a phone they keep their order."""
    for at in range(0, len(fields), 2):
        yield from zip(st.columns(2), fields[at : at + 2], strict=False)


def extras_of(tool: str, line: int) -> str:
    """Under what the further facts of a line are kept; those of the whole are kept with the first."""
    return tool if line == 1 else f"{tool}#{line}"


def ask_able(fact: str, models: tuple[type[BaseModel], ...]) -> bool:
    """Whether there is a place in the input for a fact."""
    return fact.startswith(("quantities.", "facts.")) or any(fact in m.model_fields for m in models)


def fact_name(fact: str, tool: str, words: Words) -> str:
    """What a fact is called."""
    slots = dialogues()[tool].slots if tool in dialogues() else {}
    slot = slots.get(fact.removeprefix("quantities."))
    if slot and slot.fact:
        return slot.fact[words.lang]
    if fact.startswith("quantities."):
        return words("calc.quantity_of", unit=fact.removeprefix("quantities."))
    if fact.startswith("list_membership."):
        try:
            return law().parameter(f"us.{fact.removeprefix('list_membership.')}").label[words.lang]
        except NotFound:
            return fact.removeprefix("list_membership.")
    return words.or_else(f"fact.{fact.removeprefix('facts.')}", fact)


def _extra(fact: str, key: str, models: tuple[type[BaseModel], ...], tool: str, words: Words) -> None:
    label = fact_name(fact, tool, words)
    options = _options(fact, models)
    if not options:
        st.text_input(label, key=key, max_chars=60)
        return
    slot = dialogues()[tool].slots.get(fact) if tool in dialogues() else None
    named = {str(c.value): c.name[words.lang] for c in slot.choices} if slot else {}

    def shown(value: str) -> str:
        return named.get(value) or words.or_else(f"choice.{value}", value) if value else words("calc.unknown")

    st.selectbox(label, ["", *options], key=key, format_func=shown)


def _options(fact: str, models: tuple[type[BaseModel], ...]) -> list[str]:
    """The values a fact may take, where they can be counted."""
    if fact.startswith("facts."):
        return ["true", "false"]
    annotation = next((m.model_fields[fact].annotation for m in models if fact in m.model_fields), None)
    for inner in (annotation, *get_args(annotation)):
        if inner is bool:
            return ["true", "false"]
        if literals := [v for v in get_args(inner) if isinstance(v, str)]:
            return literals
    return []


def placed(
    extras: Mapping[str, Any], top: type[BaseModel], line: type[BaseModel]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Extra facts sorted into those of the whole input and those of its line; yes and no become truth."""
    whole: dict[str, Any] = {}
    goods: dict[str, Any] = {}
    for fact, raw in extras.items():
        value: Any = {"true": True, "false": False}.get(str(raw), raw)
        if fact.startswith(("quantities.", "facts.")):
            group, _, name = fact.partition(".")
            goods.setdefault(group, {})[name] = value
        elif fact in line.model_fields:
            goods[fact] = value
        elif fact in top.model_fields:
            whole[fact] = value
        else:
            whole.setdefault("traveller", {})[fact] = value
    return whole, goods
