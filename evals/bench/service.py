"""Load on the service over loopback: a tool call, answers, streams; one worker and two; a bare endpoint in the same run.

Figures depend on the machine, so nothing is asserted: the bare FastAPI endpoint is the measure of it. The client runs on
the same processors and takes its share of them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
_CLIENTS, _PATIENCE = 16, 60.0  # requests at once; seconds a service may take to start
_TOOL = {"name": "us.mpf.minimum", "on": "2026-11-21"}
_WATCH = {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}]}
_QUESTIONS = (
    "從日本買一支 3,000 元的石英錶，運費 200，保險 50，關稅率 5%，快遞要繳多少稅？",
    "台灣海關 X3 是什麼？",
    "MPF minimum?",
    "從深圳寄包裹到美國還免稅嗎？",
    "快遞寄來台灣的東西要繳多少稅啊？",
    "明天台北會下雨嗎",
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to: requests a second, and times in milliseconds."""

    rate: float
    middle: float
    p95: float
    failed: int


def main(seconds: float) -> None:
    """Print what each endpoint does under load, with one worker and with two."""
    with tempfile.TemporaryDirectory() as home:
        for workers in (1, 2):
            with _bare(workers) as at:
                bare = asyncio.run(_press(at, _get, seconds))
            with _service(home, workers) as (at, process):
                tool = asyncio.run(_press(at, _tool, seconds))
                quote = asyncio.run(_press(at, _quote, seconds))
                before = _memory(process)
                answers = asyncio.run(_press(at, _ask(stream=False), seconds))
                half = asyncio.run(_press(at, _ask(stream=False), seconds, pace=answers.rate / 2))
                streams = asyncio.run(_press(at, _ask(stream=True), seconds))
                after = _memory(process)
            print(f"{workers} worker{'s' if workers > 1 else ''}")
            for name, load in (
                ("bare endpoint", bare),
                ("tool (law_lookup)", tool),
                ("quote, kept", quote),
                ("answers", answers),
                ("answers, half the rate", half),
                ("answers as events", streams),
            ):
                print(
                    f"  {name:24}{load.rate:9,.0f}/s  p50 {load.middle:7,.1f} ms  p95 {load.p95:7,.1f} ms  failed {load.failed}"
                )
            print(f"  tool to bare endpoint {tool.rate / bare.rate:11.0%}")
            print(f"  memory of the workers {before:,} MB before the answers, {after:,} MB after")


# ---------------------------------------------------------------------------------------------------- the servers


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], environment: dict[str, str], at: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait(at)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


@contextmanager
def _service(home: str, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    at = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with _running(command, {"CUSTOMS_HOME": home, "CUSTOMS_TODAY": "2026-11-21"}, f"{at}/readyz") as process:
        yield at, process


@contextmanager
def _bare(workers: int) -> Iterator[str]:
    at = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "uvicorn", "ui.http.bare:app", "--port", str(port), "--workers", str(workers)]
    with _running([*command, "--log-level", "error"], {}, f"{at}/bare"):
        yield at


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


def _memory(process: subprocess.Popen[bytes]) -> int:
    """Resident megabytes of a process and its children, where the system tells."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, row.split())) for row in listed.stdout.splitlines()]
    return sum(rss for pid, parent, rss in rows if process.pid in (pid, parent)) // 1024


# ------------------------------------------------------------------------------------------------------- the load


async def _press(
    at: str, send: Callable[[httpx.AsyncClient, int], Awaitable[bool]], seconds: float, pace: float | None = None
) -> Load:
    """Send from several clients for so long, as fast as it goes or at a pace in requests a second."""
    times: list[float] = []
    failed = sent = 0
    async with httpx.AsyncClient(base_url=at, timeout=_PATIENCE) as client:
        await asyncio.gather(*(send(client, n) for n in range(_CLIENTS)))
        begun = time.perf_counter()

        async def work() -> None:
            nonlocal failed, sent
            while (now := time.perf_counter()) - begun < seconds:
                number, sent = sent, sent + 1
                if pace is not None and (early := begun + number / pace - now) > 0:
                    await asyncio.sleep(early)
                started = time.perf_counter()
                failed += not await send(client, number)
                times.append(time.perf_counter() - started)

        await asyncio.gather(*(work() for _ in range(_CLIENTS)))
        spent = time.perf_counter() - begun
    times.sort()
    return Load(len(times) / spent, times[len(times) // 2] * 1e3, times[int(len(times) * 0.95)] * 1e3, failed)


async def _get(client: httpx.AsyncClient, _number: int) -> bool:
    return (await client.get("/bare")).is_success


async def _tool(client: httpx.AsyncClient, _number: int) -> bool:
    return (await client.post("/v1/tools/law_lookup", json=_TOOL)).is_success


async def _quote(client: httpx.AsyncClient, number: int) -> bool:
    body: dict[str, Any] = _WATCH | {"freight": str(number % 997)}
    return (await client.post("/v1/quotes/tw", json=body)).is_success


def _ask(*, stream: bool) -> Callable[[httpx.AsyncClient, int], Awaitable[bool]]:
    headers = {"Accept": "text/event-stream"} if stream else {}

    async def send(client: httpx.AsyncClient, number: int) -> bool:
        body = {"question": _QUESTIONS[number % len(_QUESTIONS)]}
        response = await client.post("/v1/answers", json=body, headers=headers)
        return response.is_success and (not stream or "event: answer" in response.text)

    return send
