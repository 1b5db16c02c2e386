"""Running the MCP server: on standard input and output, or as streamable HTTP with the keys of the service."""

from __future__ import annotations

from functools import cache

import anyio
from mcp.server.stdio import stdio_server

from advisor.settings import Settings
from corpus.search import Library
from ui.mcp.server import Reader, create_server


def run(settings: Settings, host: str | None, port: int | None, *, http: bool) -> None:
    """Serve until the other side leaves, or until stopped.

    Raises:
        InputError: over HTTP, a host that is not loopback while no key exists.
    """
    if http:
        from ui.http.serve import serve

        serve(settings, host, port)
        return

    @cache
    def library() -> Library:
        from corpus import open_library

        return open_library(settings.home, settings.stores)

    server = create_server(settings, lambda _request: Reader(library))

    async def talk() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(talk)
