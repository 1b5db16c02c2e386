"""Clients that are half gone, very slow, very many or very long: others are answered meanwhile, and none is held for ever."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.running import PATIENCE, Running, running, total, until
from ui.http.patience import BODY_SECONDS, HEAD_SECONDS

pytestmark = pytest.mark.faults
QUOTE = json.dumps(
    {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": "3000", "rate": "5%"}]}
).encode()
HEAD = f"POST /v1/quotes/tw HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(QUOTE)}\r\n"
MANY = 2_000


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("clients")) as made:
        yield made


def opened(service: Running) -> socket.socket:
    host, port = service.at.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def others_are_answered(service: Running) -> float:
    begun = time.monotonic()
    for _ in range(10):
        response = httpx.post(f"{service.at}/v1/quotes/tw", content=QUOTE, timeout=PATIENCE)
        assert response.json()["totals"]["total"] == str(total(3_000))
    return (time.monotonic() - begun) / 10


def test_slow_and_half_closed_clients_hold_up_nobody_and_are_let_go(service: Running) -> None:
    head = (HEAD + "\r\n").encode()
    silent, headless, bodyless = opened(service), opened(service), opened(service)
    headless.sendall(HEAD.encode())
    bodyless.sendall(head + QUOTE[:10])
    half = opened(service)
    half.sendall(head + QUOTE[:10])
    half.shutdown(socket.SHUT_WR)
    gone = opened(service)
    gone.sendall(b"POST /v1/answers HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Length: 22\r\n\r\n"
                 b'{"question": "X3???"}\n')  # fmt: skip
    gone.close()
    trickling = [opened(service) for _ in range(100)]
    for number in range(40):
        for client in trickling:
            client.sendall(head[number : number + 1])
    seconds = others_are_answered(service)
    assert half.recv(4096) == b"", "closed: no request came"
    begun = time.monotonic()
    assert (silent.recv(4096), headless.recv(4096)) == (b"", b""), "closed after a while"
    assert time.monotonic() - begun < HEAD_SECONDS + 10
    assert bodyless.recv(4096).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - begun < BODY_SECONDS + 10
    assert [client.recv(4096) for client in trickling] == [b""] * len(trickling)
    print(f"slow clients: a quote beside them took {seconds * 1e3:.0f} ms")


def test_a_client_that_reads_nothing_is_let_go(service: Running) -> None:
    client = opened(service)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    ask = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
    client.settimeout(1)
    try:
        for _ in range(4_000):
            client.sendall(ask)
    except TimeoutError:
        pass  # neither side takes anything any more
    assert others_are_answered(service) < PATIENCE

    def let_go() -> bool:
        try:
            client.sendall(b"x")
        except (ConnectionError, BrokenPipeError):
            return True
        except TimeoutError:
            return False
        return False

    until(let_go, "the connection is closed", 90)


@pytest.mark.parametrize("declared", [True, False])
def test_ten_megabytes_are_no_question(service: Running, declared: bool) -> None:
    long, before = b'{"question": "' + b"x" * 10_000_000 + b'"}', service.megabytes()
    for _ in range(5):
        sent = long if declared else iter([long[n : n + 65_536] for n in range(0, len(long), 65_536)])
        try:
            response = httpx.post(f"{service.at}/v1/answers", content=sent, timeout=PATIENCE)
        except httpx.WriteError:
            continue  # refused while it was still being sent
        assert (response.status_code, response.json()["status"]) == (413, 413)
        assert "262144" in response.json()["detail"]
    assert service.megabytes() - before < 50
    others_are_answered(service)


def test_two_thousand_connections_at_once(service: Running) -> None:
    host, port = service.at.removeprefix("http://").split(":")

    async def one(gate: asyncio.Event, ready: asyncio.Semaphore) -> bytes:
        async with ready:
            reader, writer = await asyncio.open_connection(host, int(port))
        await gate.wait()
        writer.write((HEAD + "Connection: close\r\n\r\n").encode() + QUOTE)
        answer = await reader.read()
        writer.close()
        return answer

    async def all_of_them() -> list[bytes]:
        gate, ready = asyncio.Event(), asyncio.Semaphore(200)
        tasks = [asyncio.ensure_future(one(gate, ready)) for _ in range(MANY)]
        await asyncio.sleep(5)  # all are open before the first one asks
        gate.set()
        return await asyncio.gather(*tasks)

    begun = time.monotonic()
    answers = asyncio.run(all_of_them())
    right = f'"total":"{total(3_000)}"'.encode()
    assert [a[:80] for a in answers if not a.startswith(b"HTTP/1.1 200 ") or right not in a] == []
    print(f"{MANY} connections at once: all answered in {time.monotonic() - begun - 5:.1f} s")


def test_memory_stays_as_it_was(service: Running) -> None:
    """A proportional check; `bench service --requests 50000` is the long one."""
    questions = ("台灣海關 X3 是什麼？", "MPF minimum?", "快遞寄來台灣的東西要繳多少稅啊？")

    def ask(count: int) -> None:
        with httpx.Client(base_url=service.at, timeout=PATIENCE) as client:
            for number in range(count):
                assert client.post("/v1/quotes/tw", content=QUOTE).is_success
                if number % 10 == 0:
                    body = {"question": questions[number // 10 % len(questions)]}
                    assert client.post("/v1/answers", json=body).is_success

    ask(500)
    before = service.megabytes()
    ask(1_500)
    after = service.megabytes()
    print(f"memory of two workers: {before} MB, {after} MB after 1,650 more requests")
    assert after - before < 30
