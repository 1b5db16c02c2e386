"""`/mcp`: the tools for assistants over HTTP, behind the same keys as everything else. No session is kept, so any worker answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from advisor.desk import Desk
from tools.errors import CustomsError
from ui.http.access import Caller, Gate
from ui.http.problems import Problem, Refused, of_error, respond
from ui.mcp.server import Reader, create_server

MCP_PATH = "/mcp"
_LOCAL = ("127.0.0.1:*", "localhost:*", "[::1]:*")


class McpDoor:
    """An ASGI endpoint: who calls is known before the protocol is spoken.

    Args:
        desk: whose libraries are read.
        gate: keys and rates.
    """

    def __init__(self, desk: Desk, gate: Gate) -> None:
        self._desk, self._gate = desk, gate
        self._sessions: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Around the time in which requests come."""
        # without keys only programs of this machine may call, and no page in a browser that pretends to be one
        local = TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=list(_LOCAL),
            allowed_origins=[f"http://{host}" for host in _LOCAL],
        )
        anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        sessions = StreamableHTTPSessionManager(
            create_server(self._desk.settings, self._reader), stateless=True, json_response=True,
            security_settings=anywhere if self._gate.keyed else local,
        )  # fmt: skip
        async with sessions.run():
            before, self._sessions = self._sessions, sessions
            yield
            self._sessions = before

    def _reader(self, request: Any) -> Reader:
        caller: Caller = request.state.caller
        return Reader(lambda: self._desk.library(caller.tenant), caller.scopes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            caller = await self._gate.admit(request.headers.get("authorization", ""), None)
        except Refused as refused:
            status = refused.status
            problem = Problem(
                title=status.phrase, status=status, detail=refused.detail, request_id=request.state.request_id
            )
            await respond(request, problem, refused.headers)(scope, receive, send)
            return
        except CustomsError as error:
            await respond(request, of_error(error, request.state.request_id))(scope, receive, send)
            return
        request.state.caller, request.state.tenant, request.state.key_id = caller, caller.tenant, caller.key_id
        assert self._sessions is not None, "requests come while the application runs"
        await self._sessions.handle_request(scope, receive, send)
