"""A client that costs little: requests made beforehand, connections kept open, answers cut by their length.

A full HTTP client would take more of the processors than the service it measures.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

#: status and body of an answer -> what is wrong with it, or nothing
Check = Callable[[int, bytes], str]
_PATIENCE = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Call:
    """One request as bytes, and what a right answer to it is."""

    raw: bytes
    check: Check


@dataclass(slots=True)
class Load:
    """What a load came to: requests a second, seconds of each, and what was wrong how often."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        """Milliseconds within which so much of the requests were answered."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))] * 1e3


def call(method: str, path: str, body: Any = None, *, check: Check, accept: str = "*/*") -> Call:
    """A request."""
    data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    kind = "Content-Type: application/json\r\n" if data else ""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{kind}Content-Length: {len(data)}\r\n\r\n"
    )
    return Call(head.encode() + data, check)


async def press(
    at: str, calls: Sequence[Call], *, clients: int, seconds: float = 0, count: int = 0, pace: float = 0
) -> Load:
    """Send calls in turn from several clients.

    Args:
        at: address of the service.
        calls: sent one after the other, again and again.
        clients: requests at once.
        seconds: for so long; or
        count: so many.
        pace: requests a second; as fast as it goes when 0.
    """
    load, sent = Load(), 0
    host, port = at.removeprefix("http://").split(":")
    begun = time.perf_counter()

    async def work() -> None:
        nonlocal sent
        reader, writer = await asyncio.open_connection(host, int(port))
        while sent < count if count else time.perf_counter() - begun < seconds:
            number, sent = sent, sent + 1
            if pace and (early := begun + number / pace - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            wanted, started = calls[number % len(calls)], time.perf_counter()
            writer.write(wanted.raw)
            try:
                status, body = await asyncio.wait_for(_answer(reader), _PATIENCE)
                trouble = wanted.check(status, body)
            except (OSError, EOFError) as error:
                trouble = f"the connection ended: {type(error).__name__}"
                reader, writer = await asyncio.open_connection(host, int(port))
            load.times.append(time.perf_counter() - started)
            if trouble:
                load.wrong[trouble] += 1
        writer.close()

    await asyncio.gather(*(work() for _ in range(clients)))
    load.seconds = time.perf_counter() - begun
    return load


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if b"transfer-encoding: chunked" in head:
        return status, await _chunks(reader)
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    return status, await reader.readexactly(int(length))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    whole = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        whole += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return whole
