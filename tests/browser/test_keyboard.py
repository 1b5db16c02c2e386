"""By keyboard alone: every page reached, a question asked, a receipt opened and closed again."""

from __future__ import annotations

import pytest

from tests.browser.walk import QUOTE, Walk
from ui.web.shell import PAGES

pytestmark = pytest.mark.browser
_MOST = 60  # presses of the tab key until something must have been reached


def reached(walk: Walk, wanted: str) -> None:
    """Press Tab until what is focused fits a selector."""
    for _ in range(_MOST):
        walk.page.keyboard.press("Tab")
        if walk.page.evaluate("s => document.activeElement?.matches(s) ?? false", wanted):
            return
    pytest.fail(f"{wanted} is not reached in {_MOST} steps")


def test_every_page_is_reached(walk: Walk) -> None:
    walk.open()
    for name in PAGES:
        if name == "chat":
            continue
        reached(walk, f'[data-testid="stSidebarNavLink"][href$="/{name}"]')
        walk.page.keyboard.press("Enter")
        walk.page.locator("h1", has_text=walk.words(f"nav.{name}")).wait_for()
        walk.settled()


def test_a_question_is_asked_and_a_receipt_opened(walk: Walk) -> None:
    walk.open()
    reached(walk, "textarea")
    walk.page.keyboard.insert_text(QUOTE[walk.lang])
    walk.page.keyboard.press("Enter")
    walk.answered(1)
    reached(walk, '[class*="st-key-chip-"] button')
    label = walk.page.evaluate("document.activeElement.innerText")
    assert label.startswith("①")
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Enter")
    walk.sees("3,250 × 5% = 162.5 → 162")
    walk.page.keyboard.press("Escape")
    walk.page.locator('[data-testid="stPopoverBody"]').wait_for(state="hidden")
