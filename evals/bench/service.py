"""Load on the service over loopback: a tool call, answers, streams; one worker and two; a bare endpoint in the same run.

Every answer is checked against what is right, and what is not is counted. At the end each target is told with what was
measured, met or not. Figures depend on the machine, so nothing is asserted: the bare endpoint is the measure of it. The client takes a share of the processors; the processor time of the
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
_TOOL_SHARE, _ANSWERS, _P95 = 0.35, 40, 400  # of the bare endpoint's rate; a second on two workers; ms at half the rate
_GROWTH = 0.02  # of the memory there is after a tenth of the requests
#: prices of a watch asked about; freight, insurance and rate stay
_PRICES = range(3000, 3400, 20)
#: mixed offline questions, the status each ends with, and what its answer says
_QUESTIONS = (
    ("台灣海關 X1 是什麼？", "answered", "X1"),
    ("台灣海關 X3 是什麼？", "answered", "X3"),
    ("MPF minimum?", "answered", "34.58"),
    ("What is the minimum merchandise processing fee?", "answered", "34.58"),
    ("從深圳寄包裹到美國還免稅嗎？", "answered", ""),
    ("從大阪寄包裹到美國還免稅嗎？", "answered", ""),
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


@dataclass(frozen=True, slots=True)
class Target:
    """What the service must reach, and what it did."""

    name: str
    got: str
    met: bool

    def __str__(self) -> str:
        return f"{'met    ' if self.met else 'NOT met'}  {self.name}: {self.got}"


def main(seconds: float, requests: int = 0) -> None:
    """Print what each endpoint does under load, with one worker and with two; or how memory goes over many requests."""
    with tempfile.TemporaryDirectory() as home:
        found = _long(home, requests) if requests else [t for n in (1, 2) for t in _short(home, n, seconds)]
    print(*found, f"load of this machine now: {os.getloadavg()[0]:.1f}", sep="\n")


def _short(home: str, workers: int, seconds: float) -> list[Target]:
    """Every load with so many workers, and the targets it bears on."""
    named = f"{workers} worker{'s' if workers > 1 else ''}"
    print(named)
    with _bare(workers) as server:
        bare = _told("bare endpoint", server, [call("GET", "/bare", check=_status)], seconds)
    with _service(home, workers) as server:
        quote, _ = _told("quote, kept", server, [_quote(n) for n in range(400)], seconds)
        answers, _ = _told("answers", server, _asked(), seconds)
        pace = max(answers.rate, _ANSWERS) / 2 if workers > 1 else answers.rate / 2
        half, _ = _told(f"answers at {pace:.0f}/s", server, _asked(), seconds, pace=pace)
        events, _ = _told("answers as events", server, _asked(stream=True), seconds)
        tool = _told("tool (law_lookup)", server, [_tool()], seconds)  # last: workers load what questions need at first
    share, wrong = tool[0].rate / bare[0].rate, sum(x.wrong.total() for x in (tool[0], quote, answers, half, events))
    told = [
        Target(f"tool call at least {_TOOL_SHARE:.0%} of the bare endpoint's rate, {named}",
               f"{share:.0%} ({bare[1] / tool[1]:.0%} by processor time)", share >= _TOOL_SHARE),
        Target(f"no wrong answer, {named}", f"{wrong} wrong", not wrong),
    ]  # fmt: skip
    if workers > 1:
        told += [
            Target(f"answers at least {_ANSWERS}/s, {named}", f"{answers.rate:.0f}/s", answers.rate >= _ANSWERS),
            Target(f"p95 under {_P95} ms at {pace:.0f}/s, {named}", f"{half.at(0.95):.0f} ms", half.at(0.95) < _P95),
        ]
    return told


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


def _long(home: str, requests: int) -> list[Target]:
    """Mixed requests to two workers, and their memory after every tenth of them."""
    calls = [*_asked(), *_asked(stream=True), *(c for n in range(130) for c in (_tool(), _quote(n)))]
    held, wrong = [], 0
    with _service(home, 2) as server:
        for part in range(11):
            held.append(server.megabytes())
            print(f"  {part * requests // 10:8,} requests  {held[-1]:8,.1f} MB  wrong {wrong}", flush=True)
            if part < 10:
                load = asyncio.run(press(server.at, calls, clients=_CLIENTS, count=requests // 10))
                wrong += load.wrong.total()
                for trouble, times in load.wrong.most_common(3):
                    print(f"    {times} x {trouble}")
    grown = max(held[2:]) - held[1]
    return [
        Target(f"memory within {_GROWTH:.0%} of what it is after {requests // 10:,} requests, up to {requests:,}",
               f"{held[1]:,.0f} MB, then {grown:+.1f} MB at most", grown <= held[1] * _GROWTH),
        Target("no wrong answer", f"{wrong} wrong", not wrong),
    ]  # fmt: skip


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
    """3,000 with 50 of insurance and some freight."""
    wanted = _says(f'"total":"{_owed(3050 + number)}"')
    return call("POST", "/v1/quotes/tw", _WATCH | {"freight": str(number)}, check=wanted)


def _owed(value: int) -> int:
    """5 % duty on a value, and 5 % tax on that with the duty, each truncated."""
    duty = value * 5 // 100
    return duty + (value + duty) * 5 // 100


def _asked(*, stream: bool = False) -> list[Call]:
    """Questions whose answers differ, a watch at another price between any two."""
    made = []
    for number, price in enumerate(_PRICES):
        watch = f"從日本買一支 {price} 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？"
        for question, status, said in (
            (watch, "answered", str(_owed(price + 250))),
            _QUESTIONS[number % len(_QUESTIONS)],
        ):
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
