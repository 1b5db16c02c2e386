"""Clients that send or read without end: how long the service waits for them.

A proxy usually stands before the service and does this too; a service reached directly must not be held up either.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 15  # from a connection, or the first byte of a request, to the end of its headers
BODY_SECONDS = 30  # from the headers to the end of the body
READ_SECONDS = 30  # a response is waiting and the client takes nothing of it
_PROBLEM = json.dumps(
    {
        "type": "about:blank",
        "title": HTTPStatus.REQUEST_TIMEOUT.phrase,
        "status": HTTPStatus.REQUEST_TIMEOUT,
        "detail": f"the body did not come within {BODY_SECONDS} s",
    }
).encode()
_LATE = b"\r\n".join((
    b"HTTP/1.1 408 Request Timeout", b"content-type: application/problem+json", b"connection: close",
    f"content-length: {len(_PROBLEM)}".encode(), b"", _PROBLEM,
))  # fmt: skip


class PatientProtocol(HttpToolsProtocol):
    """The protocol of the server, with an end to its patience: the connection is closed then."""

    _waiting: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._stop()
        self._waiting = self.loop.call_later(BODY_SECONDS, self._once_more, self._no_body)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop()
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        if self._unread is not None:
            self._unread.cancel()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._stop()
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._once_more, self.transport.close)

    def _once_more(self, end: Callable[[], None]) -> None:
        """A busy process may be late itself: what has come meanwhile is read before the end."""
        self._waiting = self.loop.call_later(1, end)

    def _no_body(self) -> None:
        """Told here, for the application waits for the body and would hear of it late."""
        if not self.cycle.response_started:
            self.transport.write(_LATE)
        self.transport.close()

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
