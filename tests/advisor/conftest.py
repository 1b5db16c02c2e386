"""One state directory and one library for all tests of the advisor: the index is built once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from advisor import Advisor, Settings
from corpus.search import Library, open_library
from tests.advisor.scenes import SCENES
from tests.advisor.scripted import Turn, play

TODAY = date(2026, 11, 25)
Ask = Callable[..., Turn]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    return Settings(home=home, today_override=TODAY)


@pytest.fixture(scope="session")
def library(home: Path) -> Library:
    return open_library(home)


@pytest.fixture(autouse=True)
def nothing_said_before(home: Path) -> None:
    """Tests share a state directory and name their conversations alike: what an earlier test said is forgotten."""
    for file in home.glob("conversations.sqlite3*"):
        file.unlink()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second try comes at once."""
    monkeypatch.setattr("advisor.hosted.trouble._WAIT", 0)


@pytest.fixture
def ask(settings: Settings, library: Library) -> Ask:
    """Asks the watch's question, or another, of a model with a script."""

    def asked(*script: AIMessage | BaseException, question: str = SCENES["watch_zh"].question, **more: Any) -> Turn:
        return play(settings, library, question, script, **more)

    return asked


@pytest.fixture
def offline(settings: Settings, library: Library) -> Advisor:
    """An advisor as shipped, with its own model."""
    return Advisor(settings, library=library)
