"""A service of its own processes, writers that remember what was acknowledged to them, and the check that all of it is there."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from advisor.store import open_database
from advisor.store.records import Records

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds a busy machine may take


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Wait for something; how long it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


class Running:
    """A running service: its address, its workers, its log."""

    def __init__(self, process: subprocess.Popen[bytes], at: str, log: Path) -> None:
        self.process, self.at, self.log = process, at, log

    def workers(self) -> list[int]:
        """The processes that answer; the first one of the command only watches them."""
        return [pid for pid in _children(self.process.pid) if b"spawn_main" in _command(pid)]

    def ready(self) -> dict[str, bool]:
        """What `/readyz` says; nothing when nobody answers."""
        try:
            state: dict[str, bool] = httpx.get(f"{self.at}/readyz", timeout=PATIENCE).json()
        except (httpx.TransportError, ValueError):
            return {}
        return state

    def wait(self) -> float:
        return until(lambda: self.ready().get("ready", False), "ready")

    def megabytes(self) -> int:
        """Resident memory of the workers."""
        pids = self.workers() or [self.process.pid]
        rows = [Path(f"/proc/{pid}/status").read_text("ascii").split("VmRSS:")[1].split()[0] for pid in pids]
        return sum(map(int, rows)) // 1024


def _children(pid: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def running(home: Path, workers: int = 2, **settings: str) -> Iterator[Running]:
    """A service on loopback; settings without their `CUSTOMS_`."""
    port, log = free_port(), home / "service.log"
    chosen = {"HOME": str(home), "TODAY": "2026-11-21", **settings}
    environment = os.environ | {f"CUSTOMS_{k}": v for k, v in chosen.items()} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with log.open("ab") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=err, start_new_session=True)
    service = Running(process, f"http://127.0.0.1:{port}", log)
    try:
        service.wait()
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def total(price: int) -> int:
    """What the watch of `Writers` owes: 5 % duty on price, freight and insurance, 5 % tax on that with the duty."""
    value = price + 200 + 50
    duty = value * 5 // 100
    return duty + (value + duty) * 5 // 100


class Writers:
    """Threads that write without a pause, and remember what was acknowledged."""

    def __init__(self, at: str, threads: int = 6) -> None:
        self._at, self._stop = at, threading.Event()
        self.answers: dict[str, dict[str, Any]] = {}
        self.receipts: dict[str, int] = {}
        self.wrong: list[str] = []
        self.refused: Counter[int] = Counter()
        self.cut = 0
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(threads)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def acknowledged(self) -> int:
        return len(self.answers) + len(self.receipts)

    def _work(self, number: int) -> None:
        chance = random.Random(number)
        while not self._stop.is_set():
            with httpx.Client(base_url=self._at, timeout=PATIENCE) as client:
                try:
                    while not self._stop.is_set():
                        (self._quote if chance.random() < 0.7 else self._ask)(client, chance.randint(3_000, 9_000))
                except httpx.TransportError:
                    self.cut += 1
                    time.sleep(0.02)

    def _good(self, response: httpx.Response) -> bool:
        if response.status_code == 200:
            return True
        self.refused[response.status_code] += 1
        if response.headers.get("content-type") != "application/problem+json":
            self.wrong.append(f"{response.status_code} {response.text[:200]}")
        time.sleep(0.02)
        return False

    def _quote(self, client: httpx.Client, price: int) -> None:
        goods = [{"price": str(price), "rate": "5%"}]
        body = {"route": "express", "freight": "200", "insurance": "50", "goods": goods}
        response = client.post("/v1/quotes/tw", json=body)
        if self._good(response):
            found = response.json()
            if found["totals"]["total"] != str(total(price)):
                self.wrong.append(f"{price}: {found['totals']}")
            self.receipts[found["receipt"]] = price

    def _ask(self, client: httpx.Client, price: int) -> None:
        question = f"從日本買一支 {price} 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"
        response = client.post("/v1/answers", json={"question": question})
        if self._good(response):
            found = response.json()
            if str(total(price)) not in [n["value"] for n in found["numbers"] if n["of"] == "total"]:
                self.wrong.append(f"{price}: {found['answer'][:200]}")
            self.answers[found["id"]] = found

    def all_is_there(self, home: Path, url: str | None = None) -> None:
        """Every acknowledged answer with its line in the audit log, every receipt, as they were told; and no wrong answer."""
        assert not self.wrong, self.wrong[:5]
        database = open_database(home, url)
        try:
            records = Records(database)
            noted = {row["target"] for row in records.noted(10**6)}
            for name, told in self.answers.items():
                assert records.answer("local", name) == told
            for name, price in self.receipts.items():
                assert records.receipt("local", name)["totals"]["total"] == str(total(price))
            missing = (self.answers.keys() | self.receipts.keys()) - noted
            assert not missing, f"{len(missing)} of {self.acknowledged} have no line in the audit log"
        finally:
            database.close()
