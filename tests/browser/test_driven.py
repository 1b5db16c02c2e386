"""What people do around an answer, done in Chromium on the wide screen: judged, sent on, stopped, found again, set against a document.

Everything here works over a state directory of its own, because it writes into it.
"""

from __future__ import annotations

import csv
import io
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walk import PATIENCE, QUOTE, SCREENS, Walk, walking
from tools.law.models import Lang

pytestmark = pytest.mark.browser
Served = Callable[..., AbstractContextManager[str]]
GUIDE = "# 三重倉庫入倉須知\n\n## 預約\n\n貨櫃進倉須於 3 個工作天前以表單 W-17 向倉庫辦公室預約，逾時不受理。\n"


@pytest.fixture(scope="module")
def own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory that may be written into."""
    made = tmp_path_factory.mktemp("driven") / "home"
    shutil.copytree(home, made)
    return made


@pytest.fixture(scope="module")
def address(served: Served, own: Path) -> Iterator[str]:
    """The page over it."""
    with served(own) as url:
        yield url


def kept(own: Path, sql: str) -> list[Any]:
    """Rows of the chats that are kept, the latest chat first."""
    with closing(sqlite3.connect(own / "chats.sqlite3")) as rows:
        return rows.execute(sql).fetchall()


def asked(walk: Walk) -> None:
    walk.open()
    walk.ask(QUOTE[walk.lang])
    walk.answered(1)


def test_a_thumb_and_its_comment_are_kept(walk: Walk, own: Path) -> None:
    asked(walk)
    walk.page.locator('[data-testid="stFeedback"] button').nth(1).click()
    field = walk.page.get_by_role("textbox", name=walk.words("chat.comment"))
    field.fill("運費算錯了")
    field.press("Enter")
    walk.sees(walk.words("chat.thanks"))
    walk.settled()
    assert kept(own, "SELECT thumb, comment FROM turns ORDER BY rowid DESC LIMIT 1") == [(0, "運費算錯了")]


def test_an_answer_is_copied_as_a_reply_to_a_customer(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked(walk)
    walk.press(walk.words("chat.reply"))
    shown = walk.page.locator('[data-testid="stPopoverBody"] [data-testid="stCode"]')
    shown.hover()
    shown.locator("button").first.click()
    copied = walk.page.evaluate("navigator.clipboard.readText()")
    assert "332 元" in copied and "2026-11-21" in copied
    assert not [mark for mark in ("①", "**", "[1]", "|---") if mark in copied], copied


def test_an_answer_is_given_again_in_the_place_of_the_last(walk: Walk, own: Path) -> None:
    asked(walk)
    ids = "SELECT json_extract(answer, '$.id') FROM turns WHERE chat = (SELECT id FROM chats ORDER BY changed DESC LIMIT 1)"
    before = kept(own, ids)
    walk.press(walk.words("chat.again"))
    walk.page.wait_for_timeout(500)
    walk.settled()
    expect(walk.page.locator('[data-testid="stChatMessage"]')).to_have_count(2, timeout=PATIENCE)
    after = kept(own, ids)
    assert len(before) == len(after) == 1 and before != after


def test_a_chat_is_found_renamed_and_exported(walk: Walk, own: Path) -> None:
    asked(walk)
    side = walk.page.locator('[data-testid="stSidebar"]')
    side.get_by_text(walk.words("history.this"), exact=True).click()
    name = side.get_by_role("textbox", name=walk.words("history.name"))
    name.fill("給王小姐的手錶")
    name.press("Enter")
    side.get_by_role("button", name=walk.words("history.rename")).click()
    walk.settled()
    with walk.page.expect_download() as got:
        side.locator("button", has_text="Markdown").click()
    assert "3,250 × 5% = 162.5 → 162" in Path(got.value.path()).read_text("utf-8")
    walk.press(walk.words("chat.new"))
    walk.settled()
    side.get_by_text(walk.words("history.title"), exact=True).click()
    search = side.get_by_role("textbox", name=walk.words("history.search"))
    search.fill("王小姐")
    search.press("Enter")
    walk.settled()
    found = side.locator('[class*="st-key-chat-"] button')
    assert found.all_inner_texts() == ["給王小姐的手錶"]
    found.first.click()
    walk.answered(1)
    walk.sees(QUOTE[walk.lang])


def test_the_timeline_is_filtered_zoomed_and_leads_to_the_brief(walk: Walk) -> None:
    walk.open("timeline", side="us", topic="us.section_301_china")
    drawn = walk.page.locator('[data-testid="stVegaLiteChart"] :is(canvas, svg.marks)').first
    drawn.wait_for()
    walk.settled()
    whole = drawn.bounding_box()
    field = walk.page.get_by_role("textbox", name=walk.words("timeline.filter"))
    field.fill("清單 1")
    field.press("Enter")
    walk.settled()
    box = drawn.bounding_box()
    assert whole and box and box["height"] < whole["height"], "the filter left every row"
    drawn.scroll_into_view_if_needed()
    before = drawn.screenshot()
    drawn.hover(position={"x": box["width"] * 0.7, "y": box["height"] / 2})
    walk.page.mouse.wheel(0, -400)
    walk.page.wait_for_timeout(600)
    assert drawn.screenshot() != before, "nothing was zoomed"
    walk.page.locator('[data-testid="stVegaLiteChart"] .mark-rect.role-mark path').first.click()
    walk.page.get_by_text(walk.words("receipt.frontier", day="2026"), exact=False).first.wait_for(timeout=PATIENCE)
    walk.page.locator('[class*="st-key-brief-"] button').first.click()
    walk.page.locator("h4").first.wait_for(timeout=PATIENCE)


def test_a_file_of_many_lines_tells_the_status_of_every_row(walk: Walk) -> None:
    walk.open("calculators", calc="batch")
    rows = ["A,express,3000,5%,200,50", "B,express,-1,5%,0,0", "C,post,1800,5%,,"]
    data = "\n".join(["id,route,price,rate,freight,insurance", *rows])
    picked = {"name": "parcels.csv", "mimeType": "text/csv", "buffer": data.encode("big5")}
    walk.page.set_input_files('input[type="file"]', picked)
    walk.sees(walk.words("batch.summary", rows="3", bad="1"))
    walk.sees("is negative")
    with walk.page.expect_download() as got:
        walk.press(walk.words("batch.download"))
    done = list(csv.DictReader(io.StringIO(Path(got.value.path()).read_text("utf-8-sig"))))
    assert [(row["id"], row["status"]) for row in done] == [("A", "done"), ("B", "error"), ("C", "open")]
    assert done[0]["total"] == "332" and done[2]["low"] != done[2]["high"]


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_result_on_paper_can_be_read(walk: Walk, lang: Lang, screens: Path) -> None:
    """The first page is drawn for somebody to look at; every sign of its text has a glyph of an embedded font."""
    walk.open(
        "calculators", tw_price="3000", tw_goods="9102.11.00.00-6", tw_freight="200", tw_insurance="50", tw_origin="JP"
    )
    walk.sees("NT$3,582")
    with walk.page.expect_download() as got:
        walk.press("PDF")
    paper = pypdfium2.PdfDocument(Path(got.value.path()))
    paper[0].render(scale=1.5).to_pil().save(screens / f"paper-{lang}.png")
    text = paper[0].get_textpage().get_text_bounded()
    assert "3,582" in text and "\ufffd" not in text and walk.words("pdf.result") in text


def test_a_document_put_into_the_library_answers_with_its_passage(walk: Walk, screens: Path) -> None:
    walk.open("library", show="mine")
    picked = {"name": "warehouse.md", "mimeType": "text/markdown", "buffer": GUIDE.encode()}
    walk.page.set_input_files('input[type="file"]', picked)
    walk.press(walk.words("documents.add"))
    walk.sees(walk.words("documents.added"))
    walk.open()
    walk.ask("三重倉庫貨櫃進倉要幾個工作天前預約？")
    walk.answered(1)
    walk.sees("W-17")
    cited = walk.page.locator('[data-testid="stExpander"]', has_text="三重倉庫入倉須知").first
    cited.locator("summary").click()
    marked = cited.locator('span[style*="background"], .stMarkdownColoredBackground', has_text="W-17").first
    marked.wait_for(timeout=PATIENCE)
    cited.get_by_text(walk.words("authority.user")).wait_for()
    cited.scroll_into_view_if_needed()
    walk.page.screenshot(path=str(screens / "cited-passage.png"))


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a model that takes a question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        for one in taken:
            one.close()


def test_a_configured_model_is_offered_and_its_answer_can_be_stopped(
    served: Served, own: Path, browser: Browser, silent: str
) -> None:
    hosted = {"CUSTOMS_MODEL": "openai:silent", "CUSTOMS_OPENAI_BASE_URL": silent, "CUSTOMS_OPENAI_API_KEY": "none"}
    with served(own, **hosted) as url, walking(browser, url, "zh-TW", SCREENS["wide"]) as walk:
        walk.open()
        chosen = walk.page.locator('[class*="st-key-model"] input')
        assert chosen.input_value() == "openai:silent"
        turns = kept(own, "SELECT count(*) FROM turns")
        walk.ask(QUOTE[walk.lang])
        walk.page.locator(
            '[data-testid="stChatInputStopButton"], [data-testid="stChatInputSubmitButton"]'
        ).first.wait_for()
        walk.page.wait_for_timeout(1500)
        walk.page.locator('[data-testid^="stChatInput"] button').last.click()
        walk.settled()
        assert walk.page.locator('[class*="st-key-do-"]').count() == 0
        assert kept(own, "SELECT count(*) FROM turns") == turns
        chosen.click()
        walk.page.get_by_role("option", name="offline").click()
        walk.ask(QUOTE[walk.lang])
        walk.answered(1)
        walk.sees("3,582")
