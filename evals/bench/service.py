"""Load on the service over loopback: a tool call, answers, streams; one worker and two; a bare endpoint in the same run.

Every answer is checked against what is right, and what is not is counted. Figures depend on the machine, so nothing is
asserted: the bare endpoint is the measure of it. The client takes a share of the processors; the processor time of the
workers themselves is told beside, and hardly depends on what else runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from evals.bench.wire import Call, Check, Load, call, press

ROOT = Path(__file__).resolve().parents[2]
_CLIENTS, _PATIENCE = 16, 120.0  # requests at once; seconds a service may take to start
_TICK = os.sysconf("SC_CLK_TCK")
_TOOL = {"name": "us.mpf.minimum", "on": "2026-11-21"}
_WATCH = {"route": "express", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}]}
#: mixed offline questions, the status each ends with, and what its answer says
_QUESTIONS = (
    ("從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？", "answered", "332"),
    ("台灣海關 X3 是什麼？", "answered", "X3"),
    ("MPF minimum?", "answered", "34.58"),
    ("從深圳寄包裹到美國還免稅嗎？", "answered", ""),
    ("快遞寄來台灣的東西要繳多少稅啊？", "needs_input", ""),
    ("明天台北會下雨嗎", "not_covered", ""),
)
_EVENTS = "text/event-stream"


@dataclass(slots=True)
class Server:
    """A server under load."""

    at: str
    process: subprocess.Popen[bytes]

    def _pids(self) -> list[int]:
        """The processes that answer: the workers, or the one there is."""
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
        spawned = [int(p) for p in children if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]
        return spawned or [parent]

    def busy(self) -> float:
        """Seconds of processor time the workers have used."""
        fields = [Path(f"/proc/{p}/stat").read_text("ascii").rpartition(")")[2].split() for p in self._pids()]
        return sum(int(f[11]) + int(f[12]) for f in fields) / _TICK

    def megabytes(self) -> float:
        """Resident memory of the workers."""
        rows = [Path(f"/proc/{p}/status").read_text("ascii").split("VmRSS:")[1].split()[0] for p in self._pids()]
        return sum(map(int, rows)) / 1024


def main(seconds: float, requests: int = 0) -> None:
    """Print what each endpoint does under load, with one worker and with two; or how memory goes over many requests."""
    with tempfile.TemporaryDirectory() as home:
        if requests:
            _long(home, requests)
            return
        for workers in (1, 2):
            print(f"{workers} worker{'s' if workers > 1 else ''}")
            with _bare(workers) as server:
                bare = _told("bare endpoint", server, [call("GET", "/bare", check=_status)], seconds)
            with _service(home, workers) as server:
                tool = _told("tool (law_lookup)", server, [_tool()], seconds)
                _told("quote, kept", server, [_quote(n) for n in range(400)], seconds)
                before = server.megabytes()
                answers, _ = _told("answers", server, _asked(), seconds)
                _told("answers, half the rate", server, _asked(), seconds, pace=answers.rate / 2)
                _told("answers as events", server, _asked(stream=True), seconds)
                after = server.megabytes()
            print(f"  tool to bare endpoint: {tool[0].rate / bare[0].rate:.0%} of its requests a second; "
                  f"{bare[1] / tool[1]:.0%} by processor time")  # fmt: skip
            print(f"  memory of the workers: {before:,.0f} MB before the answers, {after:,.0f} MB after")


def _told(name: str, server: Server, calls: Sequence[Call], seconds: float, pace: float = 0) -> tuple[Load, float]:
    """Press on a server and print what it came to; the load, and milliseconds of processor time a request."""
    asyncio.run(press(server.at, calls, clients=_CLIENTS, count=len(calls) + _CLIENTS))
    busy = server.busy()
    load = asyncio.run(press(server.at, calls, clients=_CLIENTS, seconds=seconds, pace=pace))
    each = (server.busy() - busy) / len(load.times) * 1e3
    print(f"  {name:24}{load.rate:9,.0f}/s  p50 {load.at(0.5):7,.1f} ms  p95 {load.at(0.95):7,.1f} ms  "
          f"{each:6.2f} ms of processor each  wrong {load.wrong.total()}", flush=True)  # fmt: skip
    for trouble, times in load.wrong.most_common(3):
        print(f"    {times} x {trouble}")
    return load, each


def _long(home: str, requests: int) -> None:
    """Mixed requests to two workers, and their memory after every tenth of them."""
    calls = [*_asked(), *_asked(stream=True), *(c for n in range(20) for c in (_tool(), _quote(n)))]
    with _service(home, 2) as server:
        wrong = 0
        for part in range(11):
            print(f"  {part * requests // 10:8,} requests  {server.megabytes():8,.1f} MB  wrong {wrong}", flush=True)
            if part < 10:
                load = asyncio.run(press(server.at, calls, clients=_CLIENTS, count=requests // 10))
                wrong += load.wrong.total()
                for trouble, times in load.wrong.most_common(3):
                    print(f"    {times} x {trouble}")


# ------------------------------------------------------------------------------------------------------- the calls


def _status(status: int, body: bytes) -> str:
    return "" if status == 200 else f"{status} {body[:120].decode('utf-8', 'replace')}"


def _says(*wanted: str) -> Check:
    parts = [w.encode() for w in wanted]

    def check(status: int, body: bytes) -> str:
        missing = [p.decode() for p in parts if p not in body]
        return _status(status, body) or (f"does not say {missing}" if missing else "")

    return check


def _tool() -> Call:
    return call("POST", "/v1/tools/law_lookup", _TOOL, check=_says('"34.58"'))


def _quote(number: int) -> Call:
    """3,000 with 50 of insurance and some freight: 5 % duty, and 5 % tax on that with the duty, each truncated."""
    value = 3050 + number
    duty = value * 5 // 100
    owed = duty + (value + duty) * 5 // 100
    return call("POST", "/v1/quotes/tw", _WATCH | {"freight": str(number)}, check=_says(f'"total":"{owed}"'))


def _asked(*, stream: bool = False) -> list[Call]:
    made = []
    for question, status, said in _QUESTIONS:
        wanted = json.dumps({"status": status})[1:-1]
        parts = [wanted if stream else wanted.replace(": ", ":"), said]
        parts += ["event: answer"] if stream else []
        accept = _EVENTS if stream else "*/*"
        made.append(call("POST", "/v1/answers", {"question": question}, check=_says(*parts), accept=accept))
    return made


# ----------------------------------------------------------------------------------------------------- the servers


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], environment: dict[str, str], at: str, ready: str) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait(f"{at}{ready}")
        yield Server(at, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


@contextmanager
def _service(home: str, workers: int) -> Iterator[Server]:
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port := _free_port()), "--workers", str(workers)]
    settings = {"CUSTOMS_HOME": home, "CUSTOMS_TODAY": "2026-11-21"}
    with _running(command, settings, f"http://127.0.0.1:{port}", "/readyz") as server:
        yield server


@contextmanager
def _bare(workers: int) -> Iterator[Server]:
    command = [sys.executable, "-m", "uvicorn", "ui.http.bare:app", "--port", str(port := _free_port())]
    command += ["--workers", str(workers), "--log-level", "error"]
    with _running(command, {}, f"http://127.0.0.1:{port}", "/bare") as server:
        yield server


def _wait(address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            if httpx.get(address, timeout=_PATIENCE).is_success:
                return
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
        time.sleep(0.1)
