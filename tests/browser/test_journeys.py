"""Journeys through the application in Chromium, in both languages, on a wide screen and on a phone.

Every journey ends with a picture in `.customs/screens/`, for somebody to look at.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pypdf
import pytest

from tests.browser.walk import QUOTE, SCREENS, Walk
from tools.law.models import Lang
from ui.web.words import Words

pytestmark = pytest.mark.browser
Look = Literal["light", "dark"]
WATCH = {
    "tw_price": "3000",
    "tw_goods": "9102.11.00.00-6",
    "tw_freight": "200",
    "tw_insurance": "50",
    "tw_origin": "JP",
}
SHIRTS = {
    "calc": "us",
    "us_value": "12500",
    "us_goods": "6109.10.00",
    "us_origin": "CN",
    "us_freight": "400",
    "us_insurance": "20",
}
HANDBAGS = {
    "bill_side": "us",
    "bill_us_goods": "42022240",
    "bill_us_value": "700",
    "bill_us_origin": "TW",
    "bill_us_day": "2026-10-05",
}
BILL = "Duty 314.30\nMerchandise Processing Fee 1.38\nDisbursement Fee 15.00\nTotal 330.68"
NO_ROUTE = {
    "zh-TW": "從日本買一支 3,000 元的石英錶，運費 200、保險 50，要繳多少稅？",
    "en": "Quartz watch from Japan to Taiwan, NT$3,000, freight 200, insurance 50, how much tax?",
}
FOLLOW_UP = {"zh-TW": "改成 5,000 元呢？", "en": "And if it costs NT$5,000?"}
ROUTE = {"zh-TW": "郵寄", "en": "by post"}


def ask_and_open_a_receipt(walk: Walk) -> None:
    walk.open()
    walk.ask(QUOTE[walk.lang])
    walk.answered(1)
    walk.press("②")
    walk.sees(walk.words("receipt.formula"))
    walk.sees("3,250 × 5% = 162.5 → 162")


def follow_up(walk: Walk) -> None:
    walk.open()
    walk.ask(QUOTE[walk.lang])
    walk.answered(1)
    walk.ask(FOLLOW_UP[walk.lang])
    walk.answered(2)
    walk.sees("5,250")


def quick_reply(walk: Walk) -> None:
    walk.open()
    walk.ask(NO_ROUTE[walk.lang])
    walk.answered(1)
    walk.press(ROUTE[walk.lang])
    walk.answered(2)


def result_to_pdf(walk: Walk) -> None:
    walk.open("calculators", **WATCH)
    walk.sees("NT$3,582")
    with walk.page.expect_download() as got:
        walk.press("PDF")
    pages = pypdf.PdfReader(io.BytesIO(Path(got.value.path()).read_bytes())).pages
    text = "".join("".join(page.extract_text() for page in pages).replace("\0", "").split())
    assert "3,582" in text and "".join(walk.words("pdf.title").split()) in text


def duty_over_dates(walk: Walk) -> None:
    walk.open("calculators", **SHIRTS)
    walk.sees("US$4,621.43")
    walk.tab("calc.dates")
    walk.sees(walk.words("calc.moves"))
    walk.chart()


def origins_side_by_side(walk: Walk) -> None:
    walk.open("calculators", **SHIRTS)
    walk.sees("US$4,621.43")
    walk.tab("calc.compare")
    walk.sees("2,121.43")
    walk.chart()


def several_goods(walk: Walk) -> None:
    shirts = {"tw_lines": "2", "tw_goods_2": "6109.10.00.00-6", "tw_price_2": "2000", "tw_origin_2": "VN"}
    walk.open("calculators", **WATCH | {"tw_freight": "0", "tw_insurance": "0"}, **shirts)
    walk.sees("NT$628")
    walk.sees("3,000 × 5% + 2,000 × 10.5% = 360")
    walk.page.locator('[data-testid="stMetric"]').first.scroll_into_view_if_needed()


def money_under_doubt(walk: Walk) -> None:
    walk.open("tariff", q="手提包" if walk.lang == "zh-TW" else "handbag", doubt_value="10000")
    walk.sees("NT$1,193 – ")
    walk.page.locator('[data-testid="stMetricValue"]').scroll_into_view_if_needed()


def search_to_a_code(walk: Walk) -> None:
    walk.open("tariff")
    field = walk.page.get_by_role("textbox", name=walk.words("tariff.search"))
    field.fill("石英錶" if walk.lang == "zh-TW" else "quartz watch")
    field.press("Enter")
    walk.page.locator('[class*="st-key-hit-tw-"] button').first.click()
    walk.sees(walk.words("column.column_1"))


def timeline_of_a_topic(walk: Walk) -> None:
    walk.open("timeline", side="us", topic="us.section_301_china")
    walk.page.locator("canvas, svg.marks").first.wait_for()
    walk.sees(walk.words("timeline.how"))


def upload_of_a_file(walk: Walk) -> None:
    walk.open("calculators", calc="batch")
    data = "id,route,price,rate,freight,insurance\nA,express,3000,5%,200,50\nB,express,-1,5%,0,0\n"
    walk.page.set_input_files(
        'input[type="file"]', {"name": "parcels.csv", "mimeType": "text/csv", "buffer": data.encode()}
    )
    walk.sees(walk.words("batch.summary", rows="2", bad="1"))
    with walk.page.expect_download() as got:
        walk.press(walk.words("batch.download"))
    assert "332" in Path(got.value.path()).read_text("utf-8")


def upload_and_scan(walk: Walk) -> None:
    walk.open("library", show="scan")
    text = (
        "臺灣海關的低價免稅門檻為新臺幣 3,000 元。"
        if walk.lang == "zh-TW"
        else "Taiwan's de minimis threshold is NT$3,000."
    )
    picked = {"name": "guide.txt", "mimeType": "text/plain", "buffer": text.encode()}
    walk.page.set_input_files('input[type="file"]', picked)
    walk.sees(walk.words("documents.found", count="1", day="2026-11-21"))
    walk.page.get_by_text("1: ", exact=False).last.scroll_into_view_if_needed()


def export_of_a_chat(walk: Walk) -> None:
    walk.open()
    walk.ask(QUOTE[walk.lang])
    walk.answered(1)
    walk.press(walk.words("chat.export"))
    with walk.page.expect_download() as got:
        walk.page.locator('[data-testid="stPopoverBody"] button', has_text="Markdown").click()
    kept = Path(got.value.path()).read_text("utf-8")
    assert "332" in kept and "sha256:" in kept and "①" in kept


def pdf_of(walk: Walk) -> str:
    """The text of the PDF that the page gives, without spaces."""
    with walk.page.expect_download() as got:
        walk.press("PDF")
    pages = pypdf.PdfReader(io.BytesIO(Path(got.value.path()).read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).replace("\0", "").split())


def bill_to_letter(walk: Walk) -> None:
    walk.open("papers", **HANDBAGS)
    field = walk.page.locator("textarea").first
    field.fill(BILL)
    field.press("Control+Enter")
    walk.sees("244.30")
    walk.sees(walk.words("paper.letter"))
    assert "sha256:" in walk.page.locator("pre:visible").first.inner_text()
    text = pdf_of(walk)
    assert "244.30" in text and "".join(walk.words("paper.not_for_filing").split()) in text


def entry_checked(walk: Walk) -> None:
    walk.open("papers", paper="form", form_part="check")
    walk.press(walk.words("paper.example"))
    walk.sees("entry_number")
    text = pdf_of(walk)
    assert "ABC-1234567-5" in text and "".join(walk.words("paper.not_for_filing").split()) in text
    number = walk.page.locator('[class*="st-key-f_entry_number"] input')
    number.fill("ABC-1234567-6")
    number.press("Enter")
    walk.sees("沒有不符之處" if walk.lang == "zh-TW" else "nothing is out of order")
    walk.page.get_by_text("PDF").last.scroll_into_view_if_needed()


def box_of_a_guide(walk: Walk) -> None:
    walk.open("papers", paper="form", form_box="29")
    walk.sees("Ultimate Consignee" if walk.lang == "en" else "最終收貨人")
    walk.sees("34.58")


def wrong_input(walk: Walk) -> None:
    walk.open("calculators", **(WATCH | {"tw_price": "-5"}))
    walk.sees("accepted: 0 or more")


def language_switch(walk: Walk) -> None:
    walk.open("calculators", **WATCH)
    walk.sees("NT$3,582")
    if walk.page.locator('[data-testid="stExpandSidebarButton"]').is_visible():
        walk.page.locator('[data-testid="stExpandSidebarButton"]').click()
    other = Words("en" if walk.lang == "zh-TW" else "zh-TW")
    walk.page.locator("label", has_text={"en": "English", "zh-TW": "繁體中文"}[other.lang]).first.click()
    walk.page.locator("h1", has_text=other("nav.calculators")).wait_for()
    walk.sees("NT$3,582")
    assert ("lang=en" in walk.page.url) == (other.lang == "en")


JOURNEYS: tuple[Callable[[Walk], None], ...] = (
    ask_and_open_a_receipt, follow_up, quick_reply, result_to_pdf, duty_over_dates, origins_side_by_side, several_goods, money_under_doubt, search_to_a_code,
    timeline_of_a_topic, upload_of_a_file, upload_and_scan, export_of_a_chat, bill_to_letter, entry_checked, box_of_a_guide,
    wrong_input, language_switch,
)  # fmt: skip


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: j.__name__)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_journey(walk: Walk, journey: Callable[[Walk], None], screen: str, lang: Lang, screens: Path) -> None:
    journey(walk)
    walk.settled()
    walk.page.screenshot(path=str(screens / f"{journey.__name__}-{lang}-{screen}.png"))
    walk.page.emulate_media(color_scheme="dark")
    walk.page.wait_for_timeout(800)  # colours fade
    walk.page.screenshot(path=str(screens / f"{journey.__name__}-{lang}-{screen}-dark.png"))


@pytest.mark.parametrize("screen", ["wide"])
@pytest.mark.parametrize("lang", ["zh-TW"])
@pytest.mark.parametrize("name", ["", "calculators", "papers", "papers form", "tariff", "timeline", "library", "evals"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_serious_in_our_content(
    walk: Walk, name: str, look: Look, axe: str, lang: Lang, screen: str
) -> None:
    """Rules of axe-core over the main part; nothing of Streamlit's own had to be left out."""
    walk.page.emulate_media(color_scheme=look)
    page, _, part = name.partition(" ")
    filled = {"calculators": WATCH, "tariff": {"code": "61091000"}}.get(page, {})
    walk.open(page, **({"paper": part, "form_part": "check"} if part else filled))
    if part:
        walk.press(walk.words("paper.example"))
    if not name:
        walk.ask(QUOTE[walk.lang])
        walk.answered(1)
    walk.settled()
    walk.page.evaluate(axe)
    found = walk.page.evaluate(
        "async () => (await axe.run('[data-testid=\"stAppViewContainer\"]')).violations.map(v => ({id: v.id, impact: v.impact,"
        " where: v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.failureSummary || '').slice(0, 200))}))"
    )
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert not serious, serious
