"""The page in a real browser: an answer on a wide screen and on a phone, and the receipt of a figure."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

pytestmark = pytest.mark.browser
_SCREENS = {"wide": (1440, 900), "phone": (390, 844)}
_QUESTION = "從日本買一支 3,000 元的石英錶，運費 200、保險 50，關稅率 5%，快遞進口台灣要繳多少稅？"
_QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


@pytest.fixture(scope="module")
def address(root: Path, home: Path) -> Iterator[str]:
    """The page, served on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "CUSTOMS_HOME": str(home), "CUSTOMS_TODAY": "2026-11-21", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port)]
    # a group of its own: the page is a child of the command
    with subprocess.Popen(command, cwd=root, env=environment, start_new_session=True) as page:
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    assert page.poll() is None, "the page ended"
                    time.sleep(0.2)
            yield url
        finally:
            os.killpg(page.pid, 15)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=path, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.mark.parametrize("screen", _SCREENS)
def test_an_answer_and_its_receipts_are_seen(address: str, browser: Browser, screen: str, tmp_path: Path) -> None:
    width, height = _SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector("textarea")
    page.fill("textarea", _QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=應繳 332 元")
    page.locator("button:has-text('332 元')").first.click()
    page.wait_for_selector("text=計算式")
    page.screenshot(path=str(tmp_path / f"{screen}.png"), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "the page scrolls sideways"
    assert errors == []
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert outside == [], "the page asks another host"
    page.close()
