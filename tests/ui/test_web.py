"""The page: starters, an answer with the receipt of each figure, both languages, a conversation, errors in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tools.law import law
from ui.web.answer_view import pointed
from ui.web.receipts import marked, receipts
from ui.web.words import dollars, flowing

SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕"
QUOTE = "從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"
_CHAT = "from ui.web.shell import show\nshow('chat')"
DOLLARS = "Headphones from Japan at NT$3,500, freight NT$300, insurance NT$50, 5% duty, courier to Taiwan. Tax?"


@pytest.fixture(scope="module")
def environment(fresh: None, home: Path) -> Iterator[None]:
    """The day of the tests and a history that is empty at first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUSTOMS_HOME", str(home))
        patch.setenv("CUSTOMS_TODAY", TODAY.isoformat())
        patch.delenv("CUSTOMS_MODEL", raising=False)
        (home / "chats.sqlite3").unlink(missing_ok=True)
        yield


def opened() -> AppTest:
    """The page as it opens."""
    page = AppTest.from_string(_CHAT, default_timeout=60).run()
    assert not page.exception
    return page


@pytest.fixture
def page(environment: None) -> AppTest:
    """A page of a test's own."""
    return opened()


@pytest.fixture(scope="module")
def answered(environment: None) -> Callable[[str], AppTest]:
    """A page on which one question was asked; tests that only look at it share it."""
    return cache(lambda question: ask(opened(), question))


@pytest.fixture(scope="module")
def in_language(environment: None) -> Callable[[str], AppTest]:
    """A page in a language, begun anew for every test."""
    pages: dict[str, AppTest] = {}

    def begun(lang: str) -> AppTest:
        if lang in pages:
            return pages[lang].button(key="new").click().run()
        pages[lang] = opened().radio[0].set_value(lang).run()
        return pages[lang]

    return begun


@pytest.fixture
def settings_read_anew() -> Iterator[None]:
    """For tests that change settings: no other test gets an advisor made under them."""
    streamlit.cache_resource.clear()
    yield
    streamlit.cache_resource.clear()


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def texts(block: Any) -> Iterator[tuple[str, str]]:
    """Kind and text of everything shown below a block, labels of popovers and expanders included."""
    for child in block.children.values():
        kind = str(getattr(child, "type", ""))
        proto = getattr(child, "proto", None)
        if kind in ("popover", "expander", "expandable"):
            yield kind, str(getattr(getattr(proto, kind, proto), "label", ""))
        shown = getattr(child, "value", None) if kind in ("markdown", "caption", "info", "error", "title") else None
        if isinstance(shown, str):
            yield kind, shown
        if getattr(child, "children", None):
            yield from texts(child)


def on_page(page: AppTest) -> str:
    """Everything the main part shows, as it reads."""
    return "\n".join(text for _, text in texts(page.main)).replace("\\", "")


def plain(shown: str) -> str:
    """What Markdown shows of an escaped text."""
    return shown.replace("\\", "")


def popovers(page: AppTest) -> dict[str, str]:
    """Label of each popover and all that it says."""
    found = {}
    for block in page.get("popover"):
        found[block.proto.popover.label.replace("\\", "")] = "\n".join(text for _, text in texts(block)).replace(
            "\\", ""
        )
    return {label: text for label, text in found.items() if not label[:1].isascii() and label[:1] in SIGNS}


def shown(page: AppTest) -> str:
    return "\n".join(text for message in page.chat_message for _, text in texts(message))


# ------------------------------------------------------------------------------------------------- opening


def test_the_page_opens_with_starters_in_chinese(page: AppTest) -> None:
    assert page.title[0].value == "海關進口顧問"
    starters = [b.label for b in page.button if b.key and b.key.startswith("starter")]
    assert len(starters) >= 3 and all(re.search("[一-鿿]", s) for s in starters)
    assert page.date_input[0].value == TODAY
    assert not page.chat_message


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_every_starter_is_answered(in_language: Callable[[str], AppTest], lang: str, number: int) -> None:
    page = in_language(lang)
    page.button(key=f"starter-{lang}-{number}").click().run()
    assert not page.exception and not page.error
    assert len(page.chat_message) == 2
    answer = page.session_state["turns"][0].answer
    assert answer.language == lang
    assert answer.status == (
        "answered"
        if number < 3 or any(v.holds(TODAY) for v in law().parameter("us.mpf.minimum").values)
        else "not_covered"
    )
    assert popovers(page) or answer.citations


def test_the_language_switches_the_page(page: AppTest) -> None:
    page.radio[0].set_value("en").run()
    assert page.title[0].value == "Customs advisor"
    own = [b.label for b in page.button if not str(b.key).startswith("chat-")]  # chats are named by what was asked
    assert not [label for label in own if re.search("[一-鿿]", label)]
    page.radio[0].set_value("zh-TW").run()
    assert page.title[0].value == "海關進口顧問"


# ------------------------------------------------------------------------------------------------- receipts


def test_a_quote_opens_the_receipt_of_each_figure(answered: Callable[[str], AppTest]) -> None:
    page = answered(QUOTE)
    assert "332 元" in shown(page)
    found = popovers(page)
    for figure, formula, article in (
        ("162 元", "3,250 × 5% = 162.5 → 162", "總則二"),
        ("170 元", "(3,250 + 162) × 5% = 170.6 → 170", "營業稅法"),
        ("3,250 元", "3,000 + 200 + 50 = 3,250", "第 29 條"),
    ):
        receipts = [text for label, text in found.items() if label.endswith((figure, figure.removesuffix(" 元")))]
        assert any(formula in text and article in text for text in receipts), (figure, found)
    (limit,) = [text for label, text in found.items() if label.endswith(" 2,000 元")]
    assert "關稅法第 49 條第 2 項" in limit and "2018-01-01" in limit
    for figure in ("332 元", "3,582 元"):
        assert any(label.endswith(figure) for label in found), figure


def test_a_figure_of_the_law_in_a_receipt_is_the_one_in_force(answered: Callable[[str], AppTest]) -> None:
    page = answered("2026年11月21日的 MPF 最低最高是多少？")
    found = popovers(page)
    for figure in ("34.58 美元", "670.86 美元"):
        receipts = [text for label, text in found.items() if label.endswith(figure)]
        assert any("2026-10-01" in text and "2026-15530" in text for text in receipts), (figure, found)


def test_a_receipt_names_its_figure_in_words(answered: Callable[[str], AppTest]) -> None:
    """No name of the inside of the program (`duty_working`) is shown to a person."""
    page = answered(QUOTE)
    names = {label: text.splitlines()[0] for label, text in popovers(page).items()}
    inner = {label: name for label, name in names.items() if re.search(r"— [a-z]+(?:_[a-z]+)*$", name)}
    assert not inner


def test_a_citation_opens_its_passage(answered: Callable[[str], AppTest]) -> None:
    page = answered("台灣海關 X3 是什麼？")
    answer = page.session_state["turns"][0].answer
    labels = [e.label for e in page.expander]
    for citation in answer.citations:
        assert any(
            label.startswith(citation.marker) and citation.section in label.replace("\\", "") for label in labels
        )
    assert "低價應稅" in shown(page)


def test_the_day_chosen_is_the_day_of_the_answer(page: AppTest) -> None:
    page.date_input[0].set_value("2017-06-01").run()
    ask(page, "台灣進口免稅門檻是多少？")
    answer = page.session_state["turns"][0].answer
    assert str(answer.as_of) == "2017-06-01"
    assert "3,000 元" in shown(page)


# ------------------------------------------------------------------------------------------------- conversation


def test_a_follow_up_stays_in_the_conversation_until_a_new_one_is_begun(page: AppTest) -> None:
    ask(page, "快遞寄來台灣的東西要繳多少稅啊？")
    assert page.info, "what is needed is not shown"
    ask(page, "是日本的布面運動鞋，2,600 元，運費 250，保險 50，賣家說關稅 7.5%")
    first, second = (turn.answer for turn in page.session_state["turns"])
    assert first.conversation_id == second.conversation_id == page.session_state["conversation"]
    assert len(page.chat_message) == 4
    assert "372 元" in shown(page)
    next(b for b in page.button if b.label == "新對話").click().run()
    assert not page.chat_message and page.session_state["conversation"] is None


def test_a_question_in_english_is_answered_in_english_on_the_chinese_page(answered: Callable[[str], AppTest]) -> None:
    page = answered("What are the minimum and maximum MPF on November 21, 2026?")
    answer = page.session_state["turns"][0].answer
    assert answer.language == "en"
    assert "34.58" in shown(page)


def test_the_bar_governs_an_answer_given_again(page: AppTest) -> None:
    """Asked for Japan; once the bar says Korea, the answer is given again for Korea, and says so."""
    ask(page, QUOTE)
    page.selectbox(key="origin").set_value("KR").run()
    assert any("南韓" in block.proto.popover.label for block in page.get("popover"))
    page.button(key="again").click().run()
    assert not page.exception and len(page.session_state["turns"]) == 1
    turn = page.session_state["turns"][0]
    assert turn.answer.tool_calls[0].arguments["goods"][0]["country_of_origin"] == "KR"
    assert any("原產地是南韓" in plain(c.value) for c in page.chat_message[0].caption)


def test_a_chat_is_renamed_found_opened_and_forgotten(page: AppTest) -> None:
    ask(page, "台灣海關 X3 是什麼？")
    chat = page.session_state["conversation"]
    page.text_input(key=f"name-{chat}").set_value("快遞類別").run()
    page.button(key=f"rename-{chat}").click().run()
    page.button(key="new").click().run()
    page.text_input(key="history-search").set_value("快遞類別").run()
    (found,) = [b for b in page.button if str(b.key).startswith("chat-")]
    assert found.label == "快遞類別"
    found.click().run()
    assert len(page.chat_message) == 2 and page.session_state["conversation"] == chat
    page.button(key=f"forget-{chat}").click().run()
    assert not page.chat_message
    assert not [b for b in page.button if b.label == "快遞類別"]


@pytest.mark.usefixtures("settings_read_anew")
def test_a_model_is_chosen_where_one_is_configured(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [box for box in page.selectbox if box.key == "model"]
    monkeypatch.setenv("CUSTOMS_MODEL", "openai:some-model")
    monkeypatch.setenv("CUSTOMS_OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    streamlit.cache_resource.clear()
    page.run()
    assert page.selectbox(key="model").value == "openai:some-model"
    page.selectbox(key="model").set_value("offline").run()
    ask(page, "X3 是什麼？")
    assert page.session_state["turns"][0].answer.model == "offline"


# ------------------------------------------------------------------------------------------------- errors and dollars


@pytest.mark.usefixtures("settings_read_anew")
def test_an_error_is_one_line_and_the_page_goes_on(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTOMS_MODEL", "openai:some-model")
    streamlit.cache_resource.clear()
    ask(page, "X3 是什麼？")
    assert len(page.error) == 1
    assert len(page.error[0].value.splitlines()) == 1 and "CUSTOMS_OPENAI_API_KEY" in plain(page.error[0].value)
    monkeypatch.delenv("CUSTOMS_MODEL")
    streamlit.cache_resource.clear()
    ask(page, "X3 是什麼？")
    assert not page.error and len(page.session_state["turns"]) == 1


@pytest.mark.usefixtures("settings_read_anew")
@pytest.mark.parametrize(("variable", "value"), [("CUSTOMS_TODAY", "tomorrow"), ("CUSTOMS_HOME", "")])
def test_a_setting_that_cannot_be_used_is_one_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("CUSTOMS_HOME", str(tmp_path))
    monkeypatch.setenv(variable, value or str(tmp_path / "file" / "home"))
    page = AppTest.from_string(_CHAT, default_timeout=60).run()
    if page.chat_input:
        page.chat_input[0].set_value("X3 是什麼？").run()
    assert not page.exception
    assert [variable in plain(e.value) and len(e.value.splitlines()) == 1 for e in page.error] == [True]


def _mathematics(text: str) -> bool:
    """Whether Streamlit would set a part of a text as LaTeX: two dollars that are neither escaped nor in code."""
    bare = re.sub(r"`[^`]*`", "", text)
    return len(re.findall(r"(?<!\\)\$", bare)) > 1


@pytest.mark.parametrize("question", [DOLLARS, "How much is the 3,000 article wrong? It says NT$3,333.", "What are the minimum and maximum MPF?",
                                      "Is a US$600 parcel from Shenzhen duty free in the US, or is it over US$800?"])  # fmt: skip
def test_dollars_are_never_set_as_mathematics(answered: Callable[[str], AppTest], question: str) -> None:
    page = answered(question)
    everything = [(kind, text) for message in page.chat_message for kind, text in texts(message)]
    assert any("$" in text for _, text in everything)
    assert not [(kind, text[:120]) for kind, text in everything if _mathematics(text)]


def test_the_answer_and_the_labels_escape_every_dollar(answered: Callable[[str], AppTest]) -> None:
    page = answered(DOLLARS)
    answer = page.session_state["turns"][0].answer
    bodies = [m.value for m in page.chat_message[1].markdown]
    assert pointed(flowing(dollars(marked(answer, receipts(answer))))) in bodies
    labels = [text for kind, text in texts(page.chat_message[1]) if kind == "popover"]
    assert labels and not [label for label in labels if re.search(r"(?<!\\)\$", label)]


def test_a_figure_of_the_past_in_a_receipt_is_the_one_of_its_day(answered: Callable[[str], AppTest]) -> None:
    page = answered("What was the minimum MPF on March 1, 2025?")
    (receipt,) = [text for label, text in popovers(page).items() if label.endswith("US$32.71")]
    assert "89 FR 59126" in receipt and "2024-10-01" in receipt and "34.58" not in receipt
