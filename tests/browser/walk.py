"""A walk through the application: a page with its language, what is done on it, and what went wrong behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from tools.law.models import Lang
from ui.web.words import Words

PATIENCE = 60_000  # milliseconds; how long people wait is measured in test_speed.py
SCREENS = {"wide": (1440, 900), "phone": (390, 844)}
QUOTE = {
    "zh-TW": "從日本買一支 3,000 元的石英錶，運費 200、保險 50，快遞要繳多少稅？",
    "en": "Quartz watch from Japan to Taiwan by courier, NT$3,000, freight 200, insurance 50: how much tax?",
}


@dataclass
class Walk:
    """A page with its language, and what went wrong behind it."""

    page: Page
    url: str
    words: Words
    errors: list[str]
    outside: list[str]

    @property
    def lang(self) -> Lang:
        return self.words.lang

    def open(self, name: str = "", **address: str) -> None:
        query = urlencode({**address, **({"lang": "en"} if self.lang == "en" else {})})
        self.page.goto(f"{self.url}/{name}?{query}")
        self.page.wait_for_selector("h1")

    def ask(self, question: str) -> None:
        self.page.fill("textarea", question)
        self.page.keyboard.press("Enter")

    def answered(self, number: int) -> None:
        """Wait until so many answers stand whole, and the page has moved to the last question."""
        self.page.locator('[class*="st-key-do-"]').nth(number - 1).wait_for(timeout=PATIENCE)
        self.settled()

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=PATIENCE)

    def press(self, text: str) -> None:
        self.page.locator("button:visible", has_text=text).first.click()

    def settled(self) -> None:
        """Wait until nothing runs any more and nothing fades: what is out of date is drawn pale."""
        self.page.wait_for_timeout(600)
        self.page.locator('[data-testid="stStatusWidget"]').wait_for(state="detached", timeout=PATIENCE)
        self.page.wait_for_timeout(800)

    def chart(self) -> None:
        """Wait for the chart in sight and bring it there."""
        drawn = self.page.locator('[role="tabpanel"]:visible canvas, [role="tabpanel"]:visible svg.marks').first
        drawn.wait_for()
        drawn.scroll_into_view_if_needed()

    def sound(self) -> None:
        """Nothing went wrong: no exception box, no sideways scrolling, no error in the console, no other host asked."""
        assert self.page.locator('[data-testid="stException"]').count() == 0
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        assert self.errors == []
        assert self.outside == [], "the page asks another host"

    def tab(self, key: str) -> None:
        self.page.get_by_role("tab", name=self.words(key), exact=True).click()


@contextmanager
def walking(browser: Browser, address: str, lang: Lang, size: tuple[int, int]) -> Iterator[Walk]:
    """A fresh session on a screen; afterwards nothing may have gone wrong behind it."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    made = Walk(page, address, Words(lang), [], [])
    # on the address of a page Streamlit first asks for its own files beside that page, and is told 404
    page.on(
        "console",
        lambda said: (
            made.errors.append(said.text) if said.type == "error" and "/_stcore/" not in said.location["url"] else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            made.outside.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None
        ),
    )
    try:
        yield made
        made.sound()
    finally:
        page.close()
