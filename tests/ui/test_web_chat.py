"""What stands around the chat: history, export, customer reply, PDF with and without a font, text made harmless."""

from __future__ import annotations

import io
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pypdf
import pytest

from advisor.answer import Answer, Citation, CitationSource, Grounding, Number
from advisor.events import Done, Event, Sentence, Step
from tests.conftest import TODAY
from tools.errors import InputError
from ui.web import export, pdf
from ui.web.answer_view import highlighted
from ui.web.conditions import Conditions, language_of
from ui.web.history import History, Turn
from ui.web.receipts import Receipt, marked, receipts
from ui.web.turns import told
from ui.web.words import dollars, escaped

DAY = TODAY


def number(text: str, value: str, of: str, kind: str = "tool") -> Number:
    return Number(text=text, value=value, unit="TWD", of=of, grounding=Grounding(kind=kind, ref="t1"))


def turn(chat: str = "c1", question: str = "手錶要繳多少稅？") -> Turn:
    text = "**應繳 332 元**。X3 的上限見規定。 [1]\n\n| 項目 | 計算式 | 金額 |\n|---|---|---|\n| 關稅 | 3,250 × 5% = 162 | 162 元 |"
    cited = Citation(
        marker="[1]", document_id="d", title="快遞", section="類別", passage="無關。X3 的上限見規定。<img src=x> $5", status="in_force",
        source=CitationSource(publisher="財政部", citation="辦法第 11 條", url="https://example.test/"), authority="user",
        effective_from=None, effective_to=None,
    )  # fmt: skip
    return Turn(
        question=question, conditions="走快遞。",
        answer=Answer(
            id="a" * 32, conversation_id=chat, question=question, language="zh-TW", as_of=DAY, model="offline", composed_by="offline",
            status="answered", answer=text, citations=(cited,), elapsed_ms=5,
            numbers=(number("332 元", "332", "total"), number("3,250", "3250", "customs_value"), number("5%", "0.05", "duty_rate"),
                     number("162", "162", "duty"), number("162 元", "162", "duty")),
        ),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------- history


def test_chats_are_kept_found_renamed_and_forgotten(tmp_path: Path) -> None:
    history = History(tmp_path)
    assert history.chats() == []
    history.keep("c1", 0, turn())
    history.keep("c2", 0, turn("c2", "MPF 是什麼？"))
    history.keep("c1", 1, turn(question="改成郵寄呢？"))
    assert [c.name for c in history.chats()] == ["手錶要繳多少稅？", "MPF 是什麼？"]
    assert [c.id for c in history.chats("郵寄")] == ["c1"] and history.chats("_") == []
    assert [t.question for t in history.turns("c1")] == ["手錶要繳多少稅？", "改成郵寄呢？"]
    history.judge("c1", 1, 0, "運費錯了")
    assert [(t.thumb, t.comment) for t in history.turns("c1")] == [(None, ""), (0, "運費錯了")]
    history.rename("c1", " 手錶 ")
    assert history.chats("手錶")[0].name == "手錶"
    with pytest.raises(InputError, match="name"):
        history.rename("c1", "  ")
    history.forget("c1")
    assert [c.id for c in history.chats()] == ["c2"] and history.turns("c1") == []


def test_a_history_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError, match="CUSTOMS_HOME"):
        History(tmp_path / "file").keep("c1", 0, turn())


# ------------------------------------------------------------------------------------------------- a turn as it happens


def going(events: list[Event], ended: list[bool]) -> Generator[Event, None, None]:
    try:
        yield from events
    finally:
        ended.append(True)


def test_a_turn_is_told_in_order_and_its_error_is_raised() -> None:
    events: list[Event] = [
        Step(what="called", tool="t", call_id="1"),
        Sentence(text="應繳 332 元。"),
        Done(answer=turn().answer),
    ]
    ended: list[bool] = []
    with ThreadPoolExecutor(1) as pool:
        assert list(told(lambda: going(events, ended), pool, idle=lambda: None)) == events
        assert ended == [True]

        def refused() -> Generator[Event, None, None]:
            yield events[0]
            raise InputError("question", "is empty", "a question")

        reading = told(refused, pool, idle=lambda: None)
        assert next(reading) == events[0]
        with pytest.raises(InputError, match="question"):
            next(reading)


def test_a_turn_that_nobody_reads_to_its_end_is_stopped() -> None:
    ended: list[bool] = []
    go_on = threading.Event()

    def slow() -> Generator[Event, None, None]:
        yield Sentence(text="1")
        go_on.wait(5)
        yield from going([Sentence(text="2"), Sentence(text="3")], ended)
        ended.append(False)

    with ThreadPoolExecutor(1) as pool:
        reading = told(slow, pool, idle=lambda: None)
        assert next(reading) == Sentence(text="1")
        reading.close()
        go_on.set()
    assert ended == [True], "the turn went on though nobody read it"


# ------------------------------------------------------------------------------------------------- export


def test_figures_are_numbered_outside_formulas_and_else_once() -> None:
    answer = turn().answer
    text = marked(answer, receipts(answer))
    assert "應繳 332 元①" in text
    assert "| 3,250② × 5%③ = 162 | 162 元④ |" in text


def test_an_export_holds_question_conditions_receipts_and_sources() -> None:
    text = export.markdown([turn()])
    for part in (
        "## 手錶要繳多少稅？",
        DAY.isoformat(),
        "走快遞。",
        "① 稅費合計 332 元",
        "辦法第 11 條",
        "https://example.test/",
    ):
        assert part in text, part


def test_a_reply_to_a_customer_is_plain_text_with_its_day() -> None:
    text = export.customer_reply(turn())
    assert "應繳 332 元" in text and DAY.isoformat() in text and "辦法第 11 條" in text
    assert not {"**", "[1]", "|---", "①"} & {m for m in ("**", "[1]", "|---", "①") if m in text}


def read(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text() for page in pages).replace("\0", "").split())


def test_a_pdf_holds_chinese_with_a_font_of_the_machine() -> None:
    if pdf.font_here() is None:
        pytest.skip("NOT CHECKED: no font with Traditional Chinese here; apt-get install fonts-noto-cjk")
    assert "應繳332元" in read(export.pdf([turn()]))


def test_a_pdf_holds_chinese_without_any_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", ())
    data = export.pdf([turn()])
    assert data.startswith(b"%PDF") and "應繳 332 元".encode("utf-16-be").hex().encode() in data
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1


# ------------------------------------------------------------------------------------------------- the bar, and harmless text


@pytest.mark.parametrize(("question", "said"), [
    ("手錶要繳多少稅？", "寄到臺灣。走快遞。原產地是南韓。"),
    ("How much tax?", "Shipped to Taiwan. By courier. Country of origin: South Korea."),
])  # fmt: skip
def test_the_bar_speaks_the_language_of_the_question(question: str, said: str) -> None:
    bar = Conditions(DAY, DAY, "TW", "express", "KR")
    assert bar.said(language_of(question)) == said
    assert bar.day is None and Conditions(date(2017, 1, 1), DAY, "", "", "").day == date(2017, 1, 1)
    assert Conditions(DAY, DAY, "", "", "").said("zh-TW") == ""


@pytest.mark.parametrize(("text", "shown"), [
    ("<script>", "\\<script\\>"), ("$1 and $2", "\\$1 and \\$2"), ("![x](http://a)", "!\\[x\\](http\\://a)"), ("# h", "\\# h"),
    ("1. one", "1\\. one"), ("a|b", "a\\|b"), (":red[x]", "\\:red\\[x\\]"), ("0.04%", "0.04%"),
])  # fmt: skip
def test_text_from_outside_shows_exactly_its_characters(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_no_picture_of_an_answer_is_fetched() -> None:
    assert dollars("![x](http://a/b.png) $5") == "\\![x](http://a/b.png) \\$5"


def test_what_an_answer_took_from_a_passage_is_highlighted_and_the_rest_is_harmless() -> None:
    answer = turn().answer
    text = highlighted(answer.citations[0].passage, answer)
    assert ":orange-background[X3 的上限見規定。]" in text
    assert "\\<img src=x\\>" in text and "\\$5" in text
    assert ":orange-background[無關" not in text


def test_every_figure_has_a_number_of_its_own_however_many_there_are() -> None:
    signs = [Receipt(n, "1 元", "total", ("1", "total")).sign for n in range(1, 61)]
    assert all(signs) and len(set(signs)) == len(signs)
