"""A service over a database of its own, with two keys, and the same desk behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor, Settings
from advisor.desk import Desk
from advisor.store import open_database
from corpus import Library
from ui.http.app import create_app


@dataclass(frozen=True)
class Service:
    """A running service: its client, its desk, and headers of two tenants."""

    client: TestClient
    desk: Desk
    ann: dict[str, str]
    bob: dict[str, str]

    def ask(
        self, question: str = "台灣海關 X3 是什麼？", who: dict[str, str] | None = None, **more: Any
    ) -> dict[str, Any]:
        response = self.client.post("/v1/answers", json={"question": question, **more}, headers=who or self.ann)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer


def header(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture(scope="session")
def service(home: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings(home=home, today_override=date(2026, 11, 21))
    desk = Desk(settings, Advisor(settings, library=library), open_database(tmp_path_factory.mktemp("store")))
    ann, bob = (header(desk.keys.create(name, "test", rate="100000/minute")[1]) for name in ("ann", "bob"))
    with TestClient(create_app(settings, desk=desk, keyed=True), raise_server_exceptions=False) as client:
        yield Service(client, desk, ann, bob)
