"""Money under doubt: goods whose code is not settled, computed under every code that they may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

import streamlit as st
from annotated_types import MaxLen
from pydantic import BaseModel

from tools.errors import CustomsError
from tools.inputs import read_input
from tools.result import Missing, Result
from tools.taiwan import TaiwanGoods, TaiwanQuoteInput
from tools.taiwan import quote as quote_tw
from tools.tariff.codes import compact
from tools.tariff.models import ScheduleName
from tools.tariff.search.models import Candidate, LineBelow
from tools.united_states import UsLine, UsQuoteInput
from tools.united_states import quote as quote_us
from ui.web.fields import amount, money_of, origin
from ui.web.given import problem
from ui.web.result_view import alternatives_view, headline
from ui.web.words import Words

_MODELS: dict[str, type[BaseModel]] = {"tw": TaiwanGoods, "us": UsLine}
_OWN = {"tw": "TWD", "us": "USD"}


def codes_in_doubt(candidates: Sequence[Candidate], most: int) -> list[str]:
    """National codes under the candidates: of each candidate in turn one of every rate, the likeliest candidates first.

    Args:
        candidates: likeliest first.
        most: codes that a quote takes.
    """
    by_candidate = [list({str(sorted(line.rates.items())): line for line in c.lines}.values()) for c in candidates]
    turns: list[LineBelow] = [line for turn in zip_longest(*by_candidate) for line in turn if line is not None]
    return list(dict.fromkeys(compact(line.code) for line in turns))[:most]


def most_codes(side: ScheduleName) -> int:
    """How many codes the quote of a side takes."""
    field = _MODELS[side].model_fields["candidate_codes"]
    return next(m.max_length for m in field.metadata if isinstance(m, MaxLen))


def money_view(candidates: Sequence[Candidate], side: ScheduleName, on: date, words: Words) -> None:
    """Between what and what the duty lies, what each code comes to, and the fact that decides."""
    with st.expander(
        words("tariff.doubt"), icon=":material/balance:", expanded=bool(st.query_params.get("doubt_value"))
    ):
        codes = codes_in_doubt(candidates, most_codes(side))
        if not codes:
            st.caption(words("tariff.doubt_none"))
            return
        st.caption(words("tariff.doubt_help"))
        left, middle, right = st.columns(3)
        with left:
            value = amount(words, "tariff.doubt_value", "doubt_value")
        with middle:
            money = money_of(words, f"doubt_currency_{side}", _OWN[side])
        with right:
            made_in = origin(words, f"doubt_origin_{side}", unknown=side == "tw")
        every = {compact(line.code) for candidate in candidates for line in candidate.lines}
        st.caption(words("tariff.doubt_codes", count=str(len(codes)), all=str(len(every))))
        if not value:
            st.info(words("tariff.doubt_begin"))
            return
        try:
            result = _quoted(side, codes, value, money, made_in, on)
        except CustomsError as error:
            st.error(problem(error, words))
            return
        once: dict[str, Missing] = {}
        for missing in result.missing:  # what several codes ask for is told once
            once.setdefault(missing.fact, missing)
        headline(result.model_copy(update={"missing": tuple(once.values())}), words)
        alternatives_view(result, words)


def _quoted(side: ScheduleName, codes: list[str], value: str, money: str, made_in: str, on: date) -> Result:
    """Ordinary cargo of one line whose code is open; the value holds freight and insurance."""
    code = {"candidate_codes": codes} if len(codes) > 1 else {"ccc_code" if side == "tw" else "hts_code": codes[0]}
    line: dict[str, Any] = {**code, **({"country_of_origin": made_in} if made_in else {})}
    whole: dict[str, Any] = {"currency": money, "freight": "0", "insurance": "0"}
    if side == "us":
        given = whole | {"mode": "ocean", "entry_date": on.isoformat(), "lines": [line | {"value": value}]}
        return quote_us(read_input(UsQuoteInput, given), as_of=on)
    given = whole | {
        "route": "cargo",
        "importer": "company",
        "as_of": on.isoformat(),
        "goods": [line | {"price": value}],
    }
    return quote_tw(read_input(TaiwanQuoteInput, given), as_of=on)
