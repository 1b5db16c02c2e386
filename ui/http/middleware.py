"""Around every request: its id, the size of its body, safe headers, a line in the log, and the metrics."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.http.problems import MEDIA_TYPE, Problem
from ui.http.tracing import Tracing

logger = logging.getLogger("customs.http")

_UNTRACED: AbstractContextManager[dict[str, object] | None] = nullcontext()
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


class Meters:
    """Metrics of one worker."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("customs_requests", "Requests", ["route", "status"], registry=self.registry)
        self.seconds = Histogram("customs_request_seconds", "Time to the last byte", ["route"], registry=self.registry)
        self.running = Gauge("customs_requests_running", "Requests being answered", registry=self.registry)
        self.answers = Counter("customs_answers", "Answers by status", ["status"], registry=self.registry)
        self._ends: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def told(self, route: str, status: int, seconds: float) -> None:
        """A request that ended."""
        ends = self._ends.get((route, status))
        if ends is None:
            ends = (self.requests.labels(route, str(status)), self.seconds.labels(route))
            self._ends[route, status] = ends
        ends[0].inc()
        ends[1].observe(seconds)


class Around:
    """ASGI middleware; streams pass through as they are.

    Args:
        app: what is served.
        meters: where requests are counted.
        tracing: where they are traced.
        limits: largest body in bytes by the beginning of a path; the longest beginning that fits rules.
    """

    def __init__(self, app: ASGIApp, meters: Meters, tracing: Tracing, limits: dict[str, int]) -> None:
        self._app, self._meters, self._tracing = app, meters, tracing
        self._limits = sorted(limits.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, begun = 0, False

        async def send_plain(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                names = {name for name, _ in message["headers"]}  # lower case, as the protocol asks
                more = [header for header in _HEADERS if header[0] not in names]
                message["headers"] = [*message["headers"], *more, (b"x-request-id", request_id.encode())]
            await send(message)

        async def sending(message: Message) -> None:
            if body.too_long and not begun:  # whatever the app makes of a body it could not read
                raise _TooLong
            await send_plain(message)

        most = next(size for prefix, size in self._limits if scope["path"].startswith(prefix))
        body = _Bounded(receive, most)
        self._meters.running.inc()
        try:
            with self._tracing.request(headers) if self._tracing.on else _UNTRACED as traced:
                scope["state"]["traced"] = traced
                try:
                    body.declared(headers.get(b"content-length", b""))
                    await self._app(scope, body.receive, sending)
                except _TooLong:
                    detail = f"the body is longer than {most} bytes"
                    await _refuse(send_plain, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, request_id)
                except Exception:
                    logger.exception("request %s failed", request_id)
                    if not begun:
                        status = HTTPStatus.INTERNAL_SERVER_ERROR
                        await _refuse(send_plain, status, "this is our fault; it was logged", request_id)
                if traced is not None:
                    traced.update(_attributes(scope, status, request_id))
        finally:
            self._meters.running.dec()
        self._told(scope, status, time.perf_counter() - started, request_id)

    def _told(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "none")
        self._meters.told(route, status, seconds)
        if not logger.isEnabledFor(logging.INFO):
            return
        state = scope["state"]
        told = {
            "request_id": request_id, "method": scope["method"], "route": route, "status": status,
            "seconds": f"{seconds:.3f}", "tenant": state.get("tenant", ""), "key": state.get("key_id", ""),
        }  # fmt: skip
        # made by hand: one line a request, and nobody asks from which line of this file it came
        record = logging.LogRecord(logger.name, logging.INFO, "", 0, "request", None, None)
        record.told = told
        logger.handle(record)


def _attributes(scope: Scope, status: int, request_id: str) -> dict[str, object]:
    route = getattr(scope.get("route"), "path", "none")
    return {
        "name": f"{scope['method']} {route}", "http.request.method": scope["method"], "http.route": route,
        "http.response.status_code": status, "customs.request_id": request_id,
        "customs.tenant": scope["state"].get("tenant", ""),
    }  # fmt: skip


class _TooLong(Exception):
    pass


class _Bounded:
    """The body of a request up to a size."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._seen = receive, most, 0
        self.too_long = False

    def declared(self, length: bytes) -> None:
        """Refuse a body that says itself that it is too long."""
        if length.isdigit() and int(length[:20]) > self._most:
            raise _TooLong

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._most:
            self.too_long = True
            raise _TooLong
        return message


async def _refuse(send: Send, status: HTTPStatus, detail: str, request_id: str) -> None:
    problem = Problem(title=status.phrase, status=status, detail=detail, request_id=request_id)
    body = json.dumps(problem.model_dump(exclude_none=True)).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
