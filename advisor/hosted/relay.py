"""An OpenAI-compatible endpoint on loopback at which a recording, or whoever types, plays the model.

It lets the hosted path be tried, shown and tested without a key: `CUSTOMS_MODEL=openai:relay` and the relay's address.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tools.errors import InputError

_PIECE = 16  # characters of one piece of a stream
_LARGEST = 4_000_000  # bytes of a request


class Call(BaseModel):
    """A tool called; text instead of an object is sent as it is, for calls that are no JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    arguments: dict[str, Any] | str = {}


class Said(BaseModel):
    """One reply of the model: words, calls, or an error.

    `stop` breaks a streamed reply off after half of it, without a word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    content: str | None = None
    tool_calls: tuple[Call, ...] = ()
    status: HTTPStatus = Field(default=HTTPStatus.OK)
    stop: bool = False


#: the next reply to a request's messages; None when there is none
Player = Callable[[Sequence[Mapping[str, Any]]], Said | None]


def recorded(file: Path) -> Player:
    """A recording, a reply a line; after its last line there is none.

    Raises:
        InputError: naming the line that cannot be read.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("recorded", f"{file} cannot be read", "a UTF-8 file, one JSON reply a line") from error
    replies = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            replies.append(Said.model_validate_json(line))
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(map(str, wrong["loc"])) or "it"
            raise InputError("recorded", f"line {number}: {where}: {wrong['msg']}", "content, tool_calls, status, stop") from error  # fmt: skip
    if not replies:
        raise InputError("recorded", f"{file} holds no reply", "one JSON reply a line")
    return replaying(replies)


def replaying(replies: Sequence[Said]) -> Player:
    """Replies in their order, whoever asks."""
    left, turn = iter(replies), threading.Lock()

    def play(_: Sequence[Mapping[str, Any]]) -> Said | None:
        with turn:
            return next(left, None)

    return play


class _Handler(BaseHTTPRequestHandler):
    player: Player

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not self.path.endswith("/chat/completions"):
            return self._json(HTTPStatus.NOT_FOUND, _error("only /v1/chat/completions is served"))
        if not length.isdigit() or int(length) > _LARGEST:
            return self._json(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _error("a request of known length is needed"))
        try:
            asked = json.loads(self.rfile.read(int(length)))
            messages = asked["messages"]
            streamed = bool(asked.get("stream"))
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._json(HTTPStatus.BAD_REQUEST, _error("not a chat completion request"))
        said = self.player(messages)
        if said is None:
            return self._json(HTTPStatus.SERVICE_UNAVAILABLE, _error("nobody plays the model any more"))
        if said.status is not HTTPStatus.OK:
            return self._json(said.status, _error(said.content or "as recorded"))
        return self._stream(said) if streamed else self._json(HTTPStatus.OK, _whole(said))

    def do_GET(self) -> None:
        self._json(HTTPStatus.OK, {"object": "list", "data": [{"id": "relay", "object": "model"}]})

    def _json(self, status: int, body: Mapping[str, Any]) -> None:
        raw = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, said: Said) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        chunks = list(_chunks(said))
        self.close_connection = True
        for chunk in chunks[: len(chunks) // 2] if said.stop else chunks:
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()
        if not said.stop:
            self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet: the terminal is the model's."""


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "relay"}}


def _rows(said: Said) -> list[dict[str, Any]]:
    return [
        {
            "index": n, "id": f"relay{n}", "type": "function",
            "function": {
                "name": call.name,
                "arguments": call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments),
            },
        }
        for n, call in enumerate(said.tool_calls)
    ]  # fmt: skip


def _frame(kind: str, choice: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "relay", "object": kind, "created": 0, "model": "relay", "choices": [{"index": 0, **choice}]}


def _whole(said: Said) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": said.content}
    if said.tool_calls:
        message["tool_calls"] = _rows(said)
    return _frame("chat.completion", {"message": message, "finish_reason": _ending(said)})


def _chunks(said: Said) -> Iterator[dict[str, Any]]:
    def chunk(delta: Mapping[str, Any], ending: str | None = None) -> dict[str, Any]:
        return _frame("chat.completion.chunk", {"delta": delta, "finish_reason": ending})

    yield chunk({"role": "assistant", "content": ""})
    text = said.content or ""
    for start in range(0, len(text), _PIECE):
        yield chunk({"content": text[start : start + _PIECE]})
    for row in _rows(said):
        arguments = row["function"]["arguments"]
        yield chunk({"tool_calls": [{**row, "function": {"name": row["function"]["name"], "arguments": ""}}]})
        for start in range(0, len(arguments), _PIECE):
            piece = {"index": row["index"], "function": {"arguments": arguments[start : start + _PIECE]}}
            yield chunk({"tool_calls": [piece]})
    yield chunk({}, _ending(said))


def _ending(said: Said) -> str:
    return "tool_calls" if said.tool_calls else "stop"


def relay_server(player: Player, port: int) -> ThreadingHTTPServer:
    """The endpoint, not yet serving. It listens on loopback alone, for it asks nobody who they are.

    Raises:
        InputError: the port cannot be used.
    """
    handler = type("Handler", (_Handler,), {"player": staticmethod(player)})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        raise InputError("port", f"{port} cannot be used", "a free port, 0 to 65535") from error
    server.daemon_threads = True
    return server


@contextmanager
def relaying(player: Player) -> Iterator[str]:
    """The base address of a relay that serves while the context lasts."""
    server = relay_server(player, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
