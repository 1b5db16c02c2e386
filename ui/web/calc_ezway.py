"""The EZ WAY check: a notice set against the order, before anybody taps."""

from __future__ import annotations

import streamlit as st

from tools.errors import CustomsError
from tools.inputs import read_input
from tools.taiwan.ezway import EzWayCheck, EzWayInput, check_notice
from ui.web import held
from ui.web.fields import amount, code, money_of
from ui.web.given import problem
from ui.web.result_view import headline, money
from ui.web.words import Words, dollars, escaped

_SIGNS = {"match": st.success, "mismatch": st.error, "unclear": st.warning, "not_ordered": st.error}


def calculator(words: Words) -> None:
    """What the notice shows, what was ordered, and what follows."""
    st.write(words("ezway.lead"))
    today = held.settings().today("tw")
    notice_side, order_side = st.columns(2)
    with notice_side:
        st.markdown(f"**{words('ezway.notice')}**")
        notice = _side(words, "ez_n")
    with order_side:
        st.markdown(f"**{words('ezway.order')}**")
        nothing = st.checkbox(words("ezway.nothing"), key="ez_nothing", bind="query-params")
        ordered = {} if nothing else _side(words, "ez_o")
    with st.expander(words("ezway.tax")):
        ccc = code(words, "tw", "ez_goods")
        rate = amount(words, "calc.rate", "ez_rate", none="calc.unknown")
        freight = amount(words, "calc.freight", "ez_freight", none="calc.unknown")
        insurance = amount(words, "calc.insurance", "ez_insurance", none="calc.unknown")
        used = amount(words, "ezway.used", "ez_used", none="calc.unknown")
    given = {
        "notice": notice, "ordered": ordered or None, "freight": freight, "insurance": insurance, "ccc_code": ccc, "rate": rate,
        "exempt_imports_this_half_year": used,
    }  # fmt: skip
    if not (notice.keys() & {"amount", "goods"}) or not (nothing or ordered):
        st.info(words("ezway.begin"))
        return
    try:
        found = check_notice(
            read_input(EzWayInput, {k: v for k, v in given.items() if v not in ("", None)}), as_of=today
        )
    except CustomsError as error:
        st.error(problem(error, words))
        return
    _verdict(found, words)


def _side(words: Words, key: str) -> dict[str, str]:
    goods = st.text_input(words("ezway.goods"), key=f"{key}_what", bind="query-params", max_chars=200).strip()
    quantity = amount(words, "calc.quantity", f"{key}_count", none="calc.one")
    paid = amount(words, "calc.amount", f"{key}_amount")
    money = money_of(words, f"{key}_currency", "TWD")
    sender = st.text_input(words("ezway.sender"), key=f"{key}_sender", bind="query-params", max_chars=200).strip()
    side = {"goods": goods, "quantity": quantity, "amount": paid, "sender": sender}
    filled = {k: v for k, v in side.items() if v}
    return filled | {"currency": money} if filled else {}


def _verdict(found: EzWayCheck, words: Words) -> None:
    lang = words.lang
    _SIGNS[found.verdict](f"**{words(f'ezway.{found.verdict}')}**")
    for difference in found.differences:
        st.markdown(f"- {dollars(difference.message.render(lang))}")
    if found.tax:
        st.markdown(f"**{words('ezway.true_tax')}**")
        headline(found.tax, words)
    if found.tax_as_declared and found.tax_as_declared.totals.total is not None:
        st.markdown(words.labelled("ezway.declared_tax", escaped(money(found.tax_as_declared.totals.total, "tw"))))
    left, right = st.columns(2)
    for column, title, said in (
        (left, "ezway.confirming", found.confirming),
        (right, "ezway.refusing", found.refusing),
    ):
        with column, st.container(border=True):
            st.markdown(f"**{words(title)}**")
            for message in said:
                st.markdown(dollars(message.render(lang)))
    st.caption(words("ezway.words"))
    st.code(found.words_to_seller.render(lang), language=None, wrap_lines=True)
