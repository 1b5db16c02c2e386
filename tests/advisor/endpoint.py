"""An OpenAI-compatible server on loopback that says what a test wrote: whole, streamed, slowly, in part, or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.advisor.scripted import Call

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


@dataclass(frozen=True)
class Reply:
    """What the server does next.

    Args:
        status: 0 for a server that never answers.
        body: a JSON document, or raw text; for a streamed reply its chunks.
        headers: beside the usual ones.
        stream: the chunks are sent as events.
        gap: seconds between two chunks, cut short when the test is over.
        ending: `done` ends a stream as it should; `stop` closes it without a word; `drop` tears the connection.
    """

    status: int = 200
    body: Any = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: bool = False
    gap: float = 0
    ending: str = "done"


def _chunk(delta: Mapping[str, Any] | None, ended: str | None = None, usage: Any = None) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": dict(delta), "finish_reason": ended}]
    whole = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": choices}
    return whole | ({"usage": usage} if usage else {})


def completion(message: Mapping[str, Any], reason: str, usage: Any = USAGE) -> Reply:
    """A whole completion as one JSON document."""
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": reason}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": [choice]}
    return Reply(body=body | ({"usage": usage} if usage else {}))


def said(text: str) -> Reply:
    return completion({"content": text}, "stop")


def called(*wanted: Call, raw: str | None = None) -> Reply:
    return completion({"content": None, "tool_calls": _rows(wanted, raw)}, "tool_calls")


def streamed(text: str, *, size: int = 4, **more: Any) -> Reply:
    """A text as a stream of small pieces."""
    pieces = [_chunk({"content": text[n : n + size]}) for n in range(0, len(text), size)]
    begun, ended = _chunk({"role": "assistant", "content": ""}), _chunk({}, "stop")
    return Reply(body=[begun, *pieces, ended, _chunk(None, usage=USAGE)], stream=True, **more)


def streamed_calls(*wanted: Call, size: int = 12, **more: Any) -> Reply:
    """Parallel calls as a stream: the arguments of all of them come in small pieces, in turn."""
    rows = _rows(wanted, None)
    heads = [{"index": n, **row, "function": {"name": row["function"]["name"], "arguments": ""}} for n, row in enumerate(rows)]  # fmt: skip
    cut = [_cut(row["function"]["arguments"], size) for row in rows]
    turns = [(n, parts[i]) for i in range(max(map(len, cut))) for n, parts in enumerate(cut) if i < len(parts)]
    pieces = [_chunk({"tool_calls": [{"index": n, "function": {"arguments": part}}]}) for n, part in turns]
    begun, ended = _chunk({"role": "assistant", "content": None, "tool_calls": heads}), _chunk({}, "tool_calls")
    return Reply(body=[begun, *pieces, ended, _chunk(None, usage=USAGE)], stream=True, **more)


def _cut(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(0, len(text), size)]


def _rows(wanted: Sequence[Call], raw: str | None) -> list[dict[str, Any]]:
    return [
        {"id": f"h{n}", "type": "function", "function": {"name": name, "arguments": raw or json.dumps(arguments)}}
        for n, (name, arguments) in enumerate(wanted, start=1)
    ]


@dataclass
class Endpoint:
    """What the server says next, and what it was asked."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def next_reply(self) -> Reply:
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


@contextmanager
def serving() -> Iterator[Endpoint]:
    """A server on a free port of loopback."""
    state = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.paths.append(self.path)
            state.keys.append(self.headers["Authorization"])
            reply = state.next_reply()
            if reply.status == 0:
                state.released.wait(timeout=30)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.stream(reply) if reply.stream else self.whole(reply)

        def whole(self, reply: Reply) -> None:
            raw = (reply.body if isinstance(reply.body, str) else json.dumps(reply.body)).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def stream(self, reply: Reply) -> None:
            self.send_header("Content-Type", "text/event-stream")
            if reply.ending == "drop":  # more is announced than comes
                self.send_header("Content-Length", "1000000")
            self.end_headers()
            events = [f"data: {json.dumps(c)}\n\n" for c in reply.body]
            kept = events if reply.ending == "done" else events[: len(events) // 2]
            try:
                for event in kept:
                    self.wfile.write(event.encode())
                    self.wfile.flush()
                    if reply.gap:
                        state.released.wait(timeout=reply.gap)
                if reply.ending == "done":
                    self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                return  # the client has gone, as a test may want
            finally:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
