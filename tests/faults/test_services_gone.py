"""PostgreSQL and the Chroma server go and come back: clear errors meanwhile, nothing acknowledged is lost, nobody has to help."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.faults.running import PATIENCE, Writers, free_port, running, until
from tests.postgres import Postgres

pytestmark = pytest.mark.faults
#: its words are found, but not all of them: the vectors are asked
UNSURE = "海關查驗貨物要多久可以放行領貨"


def test_postgresql_started_anew_under_load(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.database()
    with running(tmp_path, DATABASE_URL=url) as service, Writers(service.at) as writers:
        for how in ("fast", "immediate"):
            seen = writers.acknowledged
            until(lambda seen=seen: writers.acknowledged > seen + 10, "work goes on")  # type: ignore[misc]
            postgres.stop(how)
            refused = sum(writers.refused.values())
            until(lambda refused=refused: sum(writers.refused.values()) > refused + 3, "refusals")  # type: ignore[misc]
            assert httpx.get(f"{service.at}/readyz", timeout=PATIENCE).status_code == 503
            assert httpx.get(f"{service.at}/healthz", timeout=PATIENCE).status_code == 200
            told = httpx.post(f"{service.at}/v1/answers", json={"question": "X3?"}, timeout=PATIENCE)
            assert (told.status_code, told.headers["retry-after"]) == (503, "5")
            assert "database" in told.json()["detail"] and "127.0.0.1" not in told.text
            postgres.start()
            print(f"PostgreSQL stopped ({how}) and started: ready again after {service.wait():.1f} s")
    assert set(writers.refused) == {503}
    writers.all_is_there(tmp_path, url)


class Chroma:
    """A Chroma server over a directory, which can be killed and started again."""

    def __init__(self, directory: Path) -> None:
        self.held, self.port, self._log = directory / "vectors", free_port(), directory / "chroma.log"
        self.at = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        program = str(Path(sys.executable).with_name("chroma"))
        command = [program, "run", "--path", str(self.held), "--host", "127.0.0.1", "--port", str(self.port)]
        with self._log.open("ab") as log:
            quiet = os.environ | {"ANONYMIZED_TELEMETRY": "False"}
            self._server = subprocess.Popen(command, env=quiet, stdout=log, stderr=log)
        until(self._answers, "the Chroma server")

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.at}/api/v2/heartbeat", timeout=5).is_success
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        self._server.kill()
        self._server.wait()


def _search(at: str) -> list[str]:
    response = httpx.post(f"{at}/v1/policy/search", json={"query": UNSURE, "limit": 3}, timeout=PATIENCE)
    assert response.status_code == 200, response.text
    return [p["id"] for p in response.json()["passages"]]


def test_a_chroma_server_that_goes_and_comes_back_even_empty(tmp_path: Path) -> None:
    chroma = Chroma(tmp_path)
    try:
        with running(tmp_path, workers=1, CHROMA_URL=chroma.at) as service:
            assert service.ready()["vectors"]
            whole = _search(service.at)
            chroma.kill()
            assert _search(service.at), "searched by words alone"
            assert service.ready() == {"ready": True, "database": True, "library": True, "vectors": False}
            chroma.start()
            until(lambda: service.ready()["vectors"], "vectors")
            assert _search(service.at) == whole
            chroma.kill()
            shutil.rmtree(chroma.held)
            chroma.start()
            until(lambda: _search(service.at) == whole and service.ready()["vectors"], "the index built again")
        assert "searched by words alone" in service.log.read_text("utf-8")
    finally:
        chroma.kill()
