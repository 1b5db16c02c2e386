"""Workers killed in the middle of their writing, fifty times: what was acknowledged is there, and nobody has to help."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.conftest import BOTH
from tests.faults.running import Writers, running, until

pytestmark = pytest.mark.faults
KILLS = 50


def test_a_worker_killed_while_it_is_asked_for_its_health_is_replaced_at_once(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        until(lambda: len(service.workers()) == 2, "two workers")
        dead = service.workers()[0]
        os.kill(dead, signal.SIGSTOP)
        time.sleep(3)  # it is asked every half second, and waited for
        os.kill(dead, signal.SIGKILL)
        until(lambda: len(set(service.workers()) - {dead}) == 2, "a new worker", seconds=20)


@pytest.mark.parametrize("kind", BOTH)
def test_a_worker_killed_while_it_writes_loses_nothing_acknowledged(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres").database() if kind == "postgres" else None
    chance, settings = random.Random(1), {"DATABASE_URL": url} if url else {}
    with running(tmp_path, **settings) as service:
        with Writers(service.at) as writers:
            for _ in range(KILLS):
                until(lambda: len(service.workers()) == 2, "two workers")
                seen = writers.acknowledged
                until(lambda seen=seen: writers.acknowledged > seen, "work goes on")  # type: ignore[misc]
                time.sleep(chance.random() * 0.05)
                os.kill(chance.choice(service.workers()), signal.SIGKILL)
        healed = service.wait()
        assert service.process.poll() is None
    writers.all_is_there(tmp_path, url)
    print(f"{kind}: {KILLS} kills, {writers.acknowledged} acknowledged, {writers.cut} connections cut, "
          f"{dict(writers.refused)} refused, ready again after {healed:.1f} s")  # fmt: skip
    assert writers.acknowledged > KILLS and writers.cut > 0
    if url is None:
        with sqlite3.connect(tmp_path / "service.sqlite3") as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
