"""Where vectors are kept and what makes them, by settings: a Chroma server and an OpenAI-compatible embedding, on loopback."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus import open_library
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Shelf
from corpus.stores import Stores, client
from tools.errors import ServiceError

TODAY = date(2026, 11, 21)
SOP = "第 1 條\n斑馬紋貨櫃應於週三送往第七碼頭查驗。\n\n第 2 條\n藍鯨倉庫的鑰匙由值班主管保管。\n"
#: words found, yet not sure enough to leave the vectors out
UNSURE = "斑馬紋貨櫃週末可以提前送去別的碼頭嗎"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small collection: an index is built in no time."""
    briefs = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    monkeypatch.setattr("corpus.search.shipped_briefs", lambda: briefs)


class _Endpoint(BaseHTTPRequestHandler):
    """Embeds a text by counting eight of its characters, and remembers what it was asked."""

    asked: list[dict[str, Any]]
    keys: list[str]

    def do_POST(self) -> None:  # the name is http.server's
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        self.keys.append(self.headers.get("Authorization", ""))
        rows = [
            {"index": i, "embedding": [float(t.count(c)) + 0.1 for c in "貨快遞關稅櫃碼頭"]}
            for i, t in enumerate(body["input"])
        ]
        data = json.dumps({"data": rows[::-1]}).encode()  # an order is not promised
        self.send_response(200 if self.path == "/v1/embeddings" else 404)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def endpoint() -> Iterator[tuple[str, type[_Endpoint]]]:
    handler = type("Endpoint", (_Endpoint,), {"asked": [], "keys": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1", handler
    server.shutdown()
    server.server_close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server."""
    port, program = _free_port(), Path(sys.executable).with_name("chroma")
    command = [
        str(program),
        "run",
        "--path",
        str(tmp_path_factory.mktemp("chroma")),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        for _ in range(400):
            if _answers(port):
                break
            assert server.poll() is None, "chroma run ended"
            threading.Event().wait(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/v2/heartbeat")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_a_hosted_embedding_makes_the_vectors_and_the_index_remembers_it(
    tmp_path: Path, endpoint: tuple[str, type[_Endpoint]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.ranking._CLOSE", 0.0)  # the words always leave the order open
    url, handler = endpoint
    Shelf(tmp_path).put("sop.txt", SOP.encode(), TODAY)
    stores = Stores(embedding="openai:small", base_url=url, api_key="k-1")
    library = open_library(tmp_path, stores)
    assert {a["model"] for a in handler.asked} == {"small"} and set(handler.keys) == {"Bearer k-1"}
    assert sum(len(a["input"]) for a in handler.asked) == library.size
    built = len(handler.asked)
    found = library.search(UNSURE, as_of=TODAY, lang="zh-TW")
    assert "第七碼頭" in found.passages[0].text
    assert len(handler.asked) > built  # the question was embedded there too
    again = len(handler.asked)
    open_library(tmp_path, stores)
    assert len(handler.asked) == again  # the index fits: nothing is embedded anew
    generation = (tmp_path / "index" / "current").read_text("utf-8")
    open_library(tmp_path, Stores(embedding="openai:large", base_url=url))
    assert (tmp_path / "index" / "current").read_text("utf-8") != generation
    current = tmp_path / "index" / (tmp_path / "index" / "current").read_text("utf-8")
    assert json.loads((current / "manifest.json").read_bytes())["embedding"] == "openai:large"


def test_an_embedding_that_is_not_there_is_told_by_its_setting(tmp_path: Path) -> None:
    stores = Stores(embedding="openai:small", base_url=f"http://127.0.0.1:{_free_port()}/v1")
    with pytest.raises(ServiceError, match="CUSTOMS_EMBEDDING"):
        open_library(tmp_path, stores)


def test_vectors_are_kept_on_a_chroma_server_and_older_ones_swept(tmp_path: Path, chroma: str) -> None:
    stores, home = Stores(chroma_url=chroma), tmp_path / "home"
    Shelf(home).put("sop.txt", SOP.encode(), TODAY)
    library = open_library(home, stores)
    found = library.search(UNSURE, as_of=TODAY, lang="zh-TW")
    assert "第七碼頭" in found.passages[0].text
    server = client(tmp_path, chroma)
    (held,) = [c for c in server.list_collections() if c.name.startswith("customs-")]
    assert held.count() == library.size
    assert not list((home / "index").rglob("chroma.sqlite3"))
    for number in range(2):
        Shelf(home).put(f"more{number}.txt", f"第 {number} 條\n橘色棧板放在第三月台。\n".encode(), TODAY)
        assert library.search("橘色棧板放在哪", as_of=TODAY, lang="zh-TW").covered
    names = [c.name for c in server.list_collections() if c.name.startswith("customs-")]
    assert len(names) == 2 and held.name not in names  # the one in use and the one before


def test_a_chroma_server_that_is_not_there_is_told_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="CUSTOMS_CHROMA_URL"):
        open_library(tmp_path, Stores(chroma_url=f"http://127.0.0.1:{_free_port()}"))
