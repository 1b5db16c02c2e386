"""The application served on loopback, Debian's Chromium, a place for pictures, and axe-core where npm brought it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walk import SCREENS, Walk, walking
from tools.law.models import Lang

_QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


@pytest.fixture(scope="session")
def served(root: Path) -> Callable[..., AbstractContextManager[str]]:
    """Serves the page over a state directory, under settings, on a free port of loopback; gives its address once it answers."""

    @contextmanager
    def serve(home: Path, **settings: str) -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = {"CUSTOMS_HOME": str(home), "CUSTOMS_TODAY": "2026-11-21", "PYTHONPATH": str(root)}
        environment = os.environ | own | settings
        command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port)]
        # a group of its own: the page is a child of the command
        with subprocess.Popen(command, cwd=root, env=environment, start_new_session=True) as page:
            url = f"http://127.0.0.1:{port}"
            try:
                for _ in range(600):
                    try:
                        urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                        break
                    except OSError:
                        assert page.poll() is None, "the page ended"
                        time.sleep(0.1)
                yield url
            finally:
                os.killpg(page.pid, 15)

    return serve


@pytest.fixture(scope="session")
def address(served: Callable[..., AbstractContextManager[str]], home: Path) -> Iterator[str]:
    """The page, served for all journeys."""
    with served(home) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=path, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def screens(root: Path) -> Path:
    """Where pictures go; git does not see it."""
    made = root / ".customs" / "screens"
    made.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The text of axe-core."""
    file = root / ".customs" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.skip("NOT CHECKED for accessibility: npm install --prefix .customs axe-core")
    return file.read_text("utf-8")


@pytest.fixture
def lang() -> Lang:
    """The language of a walk that is not about languages."""
    return "zh-TW"


@pytest.fixture
def screen() -> str:
    """The screen of a walk that is not about screens."""
    return "wide"


@pytest.fixture
def walk(address: str, browser: Browser, lang: Lang, screen: str) -> Iterator[Walk]:
    """A fresh session on a screen."""
    with walking(browser, address, lang, SCREENS[screen]) as made:
        yield made
