"""A service over a database of its own, with two keys, and the same desk behind it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from advisor import Advisor, Settings
from advisor.desk import Desk
from advisor.store import open_database
from corpus import Library
from corpus.briefs_reader import shipped_briefs
from tests.conftest import BOTH, TODAY
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


@contextmanager
def served(home: Path, advisor: Callable[[Settings], Advisor], url: str | None) -> Iterator[Service]:
    """A service with keys of two tenants."""
    settings = Settings(home=home, today_override=TODAY)
    desk = Desk(settings, advisor(settings), open_database(home, url))
    ann, bob = (header(desk.keys.create(name, "test", rate="100000/minute")[1]) for name in ("ann", "bob"))
    with TestClient(create_app(settings, desk=desk, keyed=True), raise_server_exceptions=False) as client:
        yield Service(client, desk, ann, bob)


@pytest.fixture(scope="module", params=BOTH)
def small_service(
    library: Library, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Service]:
    """A service whose library is one brief, so that an index with documents beside it is built in no time."""
    briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    url = request.getfixturevalue("postgres").database() if request.param == "postgres" else None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("corpus.search.shipped_briefs", lambda: briefs)
        with served(tmp_path_factory.mktemp("small"), Advisor, url) as service:
            yield service


@pytest.fixture(scope="session", params=BOTH)
def service(
    library: Library, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Service]:
    url = request.getfixturevalue("postgres").database() if request.param == "postgres" else None
    with served(tmp_path_factory.mktemp("service"), lambda s: Advisor(s, library=library), url) as made:
        yield made


@pytest.fixture(scope="module")
def listening(service: Service) -> Iterator[str]:
    """The address of the same service, where it is asked over loopback and only with keys."""
    app = create_app(service.desk.settings, desk=service.desk, keyed=True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        thread.start()
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
