"""One page: chat, and the receipt of every figure."""

from __future__ import annotations

import json

import streamlit as st

from advisor import Advisor, Answer, Settings
from tools.errors import CustomsError
from tools.law.models import Lang
from ui.web.receipts import Receipt, receipts

_TEXT: dict[Lang, dict[str, str]] = {
    "zh-TW": {
        "title": "海關進口顧問", "lead": "問臺灣與美國的進口稅費與規定。每個數字都附收據，可以點開核對。", "ask": "請輸入問題，例如：從日本買 3,000 元的石英錶要繳多少稅？",
        "as_of": "法規基準日", "lang": "語言", "receipts": "數字收據", "sources": "出處", "steps": "計算步驟", "formula": "計算式", "value": "數值", "basis": "依據",
        "from": "來源", "period": "適用期間", "needs": "還需要知道", "start": "可以這樣問", "working": "查詢中…", "info": "本頁提供資訊，不代辦報關，也不是海關的決定。", "new": "新對話", "download": "下載收據（JSON）",
    },
    "en": {
        "title": "Customs advisor", "lead": "Ask about import duties and rules of Taiwan and the United States. Every figure carries a receipt you can open.",
        "ask": "Your question, e.g. how much tax on a NT$3,000 watch from Japan?", "as_of": "Law as of", "lang": "Language", "receipts": "Receipts of the figures",
        "sources": "Sources", "steps": "Tool steps", "formula": "Formula", "value": "Value", "basis": "Legal basis", "from": "From", "period": "In force", "needs": "Still needed",
        "start": "Try", "working": "Looking it up…", "info": "Information only: nothing is filed here, and nothing here is a customs decision.", "new": "New chat", "download": "Download the receipt (JSON)",
    },
}  # fmt: skip
_STARTERS: dict[Lang, tuple[str, ...]] = {
    "zh-TW": ("台灣海關 X3 是什麼？", "從深圳寄包裹到美國還免稅嗎？", "MPF 最低最高是多少？"),
    "en": ("What is express class X3 in Taiwan?", "Is a parcel from Shenzhen still duty free in the US?", "What are the minimum and maximum MPF?"),
}  # fmt: skip


@st.cache_resource
def advisor() -> Advisor:
    """One advisor for every session of this process."""
    return Advisor(Settings.from_environment())


def show_receipt(receipt: Receipt, text: dict[str, str]) -> None:
    """One figure's receipt."""
    st.markdown(f"**{receipt.text}** — {receipt.of}")
    if receipt.formula:
        st.markdown(f"{text['formula']}: `{receipt.formula}`")
    for label, body in (
        (text["basis"], receipt.basis),
        (text["period"], receipt.period),
        (text["from"], receipt.origin),
    ):
        if body:
            st.caption(f"{label}: {body}")
    if receipt.url:
        st.link_button(text["sources"], receipt.url)


def _chip(receipt: Receipt) -> str:
    name = "" if receipt.of in receipt.text else f"{receipt.of[:14]} "
    return f"{name}{receipt.text}".replace("$", "\\$")


def show_answer(answer: Answer, text: dict[str, str]) -> None:
    """An answer, its questions, the receipt of each figure and its sources."""
    st.markdown(answer.answer.replace("$", "\\$"))
    for asked in answer.follow_up:
        st.info(f"{text['needs']}: {asked.question}  \n{asked.matters}")
    found = receipts(answer)
    if found:
        st.caption(text["receipts"])
        columns = st.columns(3)
        for number, receipt in enumerate(found):
            with columns[number % 3].popover(_chip(receipt), use_container_width=True):
                show_receipt(receipt, text)
    for citation in answer.citations:
        with st.expander(f"{citation.marker} {citation.title} — {citation.section}"):
            st.markdown(citation.passage.replace("$", "\\$"))
            st.caption(f"{citation.source.publisher}；{citation.source.citation}（{citation.status}）")
            if citation.source.url:
                st.link_button(text["sources"], citation.source.url)
    for call in answer.tool_calls:
        if seal := call.result.get("receipt"):
            st.download_button(
                text["download"], json.dumps(call.result, ensure_ascii=False, indent=2), f"{call.result['id']}.json",
                "application/json", key=f"{answer.id}-{call.id}", help=seal,
            )  # fmt: skip
    if answer.tool_calls:
        with st.expander(text["steps"]):
            for call in answer.tool_calls:
                st.markdown(f"`{call.name}`")
                st.json(call.arguments, expanded=False)


def main() -> None:
    """The page."""
    st.set_page_config(page_title="Customs advisor", page_icon="📦", layout="centered")
    try:
        advisor()
    except CustomsError as error:  # a setting that cannot be used
        st.error(str(error))
        st.stop()
    state = st.session_state
    state.setdefault("turns", [])
    state.setdefault("conversation", None)
    with st.sidebar:
        lang: Lang = st.radio("語言 / Language", ["zh-TW", "en"], horizontal=True, key="lang",
                              format_func=lambda code: "繁體中文" if code == "zh-TW" else "English")  # fmt: skip
        text = _TEXT[lang]
        as_of = st.date_input(text["as_of"], value=advisor().settings.today("tw"), key="as_of")
        if st.button(text["new"], use_container_width=True):
            state.turns, state.conversation = [], None
        st.caption(text["info"])
    st.title(text["title"])
    st.write(text["lead"])
    chosen: str | None = None
    if not state.turns:
        st.caption(text["start"])
        for number, starter in enumerate(_STARTERS[lang]):
            if st.button(starter, key=f"starter-{lang}-{number}"):
                chosen = starter
    for question, answer in state.turns:
        st.chat_message("user").markdown(question.replace("$", "\\$"))
        with st.chat_message("assistant"):
            show_answer(answer, _TEXT[answer.language])
    question = st.chat_input(text["ask"], max_chars=4000) or chosen
    if question:
        st.chat_message("user").markdown(question.replace("$", "\\$"))
        with st.chat_message("assistant"):
            try:
                with st.spinner(text["working"]):
                    day = as_of if as_of != advisor().settings.today("tw") else None
                    answer = advisor().ask(question, as_of=day, conversation_id=state.conversation)
            except CustomsError as error:
                st.error(str(error))
                return
            state.conversation = answer.conversation_id
            state.turns.append((question, answer))
            show_answer(answer, _TEXT[answer.language])


main()
