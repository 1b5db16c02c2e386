"""One state directory and one library for all tests of the advisor: the index is built once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor import Settings
from corpus.search import Library, open_library

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    return Settings(home=home, today_override=TODAY)


@pytest.fixture(scope="session")
def library(home: Path) -> Library:
    return open_library(home)
