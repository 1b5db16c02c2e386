"""Running the MCP server: on standard input and output, or as streamable HTTP on loopback."""

from __future__ import annotations

import sys
from functools import cache

import anyio
from mcp.server.stdio import stdio_server

from advisor.settings import Settings
from corpus.search import Library
from tools.errors import InputError
from ui.mcp.server import create_server

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(settings: Settings, host: str | None, port: int | None, *, http: bool) -> None:
    """Serve until the other side leaves, or until stopped.

    Raises:
        InputError: a host that is not loopback; assistants on other machines use the HTTP service and its keys.
    """

    @cache
    def library() -> Library:
        from corpus import open_library

        return open_library(settings.home, settings.stores)

    server = create_server(settings, library)
    if not http:

        async def talk() -> None:
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

        anyio.run(talk)
        return
    where, at = host or settings.host, port or settings.port
    if where not in _LOOPBACK:
        raise InputError("host", f"{where!r} is public, and this server has no keys", ", ".join(_LOOPBACK))
    import uvicorn

    print(f"customs: MCP on http://{where}:{at}/mcp", file=sys.stderr)
    uvicorn.run(server.streamable_http_app(host=where), host=where, port=at, log_level="warning")
