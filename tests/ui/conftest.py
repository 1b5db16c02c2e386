"""The pages of the application as their addresses open them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import TODAY

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="module")
def fresh() -> Iterator[None]:
    """Settings and advisor are made once a process: none of another module's are used, none are left behind."""
    import streamlit

    streamlit.cache_resource.clear()
    yield
    streamlit.cache_resource.clear()


@pytest.fixture
def opened(fresh: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Opens a page by its name and the fields of its address."""
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("CUSTOMS_HOME", str(home))
    monkeypatch.setenv("CUSTOMS_TODAY", TODAY.isoformat())
    monkeypatch.delenv("CUSTOMS_MODEL", raising=False)

    def go(name: str, **address: str) -> AppTest:
        page = AppTest.from_string(f"from ui.web.shell import show\nshow({name!r})", default_timeout=60)
        for key, value in address.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception, page.exception[0].stack_trace
        return page

    return go
