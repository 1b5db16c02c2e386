"""The MCP server as assistants meet it: the SDK's own client, in memory, over stdio and over HTTP."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
import uvicorn
from mcp import Client, StdioServerParameters

from advisor.settings import Settings
from corpus import Library
from tests.conftest import TODAY
from tools.errors import InputError
from tools.registry import published
from ui.mcp.run import run
from ui.mcp.server import Reader, create_server

ROOT = Path(__file__).resolve().parents[3]
WATCH = {
    "route": "express", "freight": "200", "insurance": "50",
    "goods": [{"price": 3000, "rate": 0.05, "country_of_origin": "JP"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def server(home: Path, library: Library) -> Any:
    return create_server(Settings(home=home, today_override=TODAY), lambda _: Reader(lambda: library))


def talk(server: Any, what: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(server) as client:
            return await what(client)

    return anyio.run(session)


def call(server: Any, name: str, arguments: dict[str, Any]) -> Any:
    return talk(server, lambda client: client.call_tool(name, arguments))


def test_every_tool_says_when_when_not_and_what_next_and_takes_a_day(server: Any) -> None:
    listed = talk(server, lambda client: client.list_tools()).tools
    assert {t.name for t in listed} == {*published(), "policy_search", "document_scan"}
    for tool in listed:
        assert "Not for:" in tool.description and "Next:" in tool.description, tool.name
        assert {"as_of", "on", "entry_date"} & tool.input_schema["properties"].keys(), tool.name
        assert tool.annotations is not None and tool.annotations.read_only_hint


def test_the_examples_of_every_tool_run(server: Any) -> None:
    async def all_of_them(client: Client) -> list[tuple[str, bool]]:
        runs = [(t.name, await client.call_tool(t.name, dict(t.examples[0]))) for t in published().values()]
        return [(name, bool(result.is_error)) for name, result in runs]

    assert [name for name, failed in talk(server, all_of_them) if failed] == []


def test_a_quote_comes_as_a_structure_with_its_receipt(server: Any) -> None:
    result = call(server, "taiwan_quote", WATCH).structured_content
    assert result["totals"]["total"] == "332"  # 3250 x 5 % = 162; 3412 x 5 % = 170
    assert result["receipt"].startswith("sha256:")


def test_the_day_asked_for_is_the_day_of_the_law(server: Any) -> None:
    found = call(server, "law_lookup", {"name": "us.mpf.minimum", "on": "2026-03-01"}).structured_content
    assert found["entries"][0]["in_force"]["value"] == "33.58"


def test_policy_search_says_whether_it_covers_the_question(server: Any) -> None:
    assert call(server, "policy_search", {"query": "快遞 X3 低價應稅"}).structured_content["covered"]
    assert not call(server, "policy_search", {"query": "今晚適合看什麼電影"}).structured_content["covered"]


def test_a_document_is_read_against_the_law(server: Any) -> None:
    text = "# 進口須知\n\n台灣進口低價免稅門檻為新臺幣 3,000 元。\n"
    found = call(server, "document_scan", {"text": text, "on": "2026-11-21"}).structured_content
    assert [f["claim"] for f in found["findings"]], "the limit is 2,000 since 2018"


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown argument": ("taiwan_quote", WATCH | {"frieght": 1}, "frieght"),
    "bad day": ("us_de_minimis", {"origin": "CN", "mode": "express", "on": "2026-02-30"}, "on"),
    "unknown tool": ("duty", {}, "name"),
    "no query": ("policy_search", {}, "query"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_says_what_to_mend(server: Any, name: str) -> None:
    tool, arguments, argument = WRONG[name]
    result = call(server, tool, arguments)
    assert result.is_error and result.structured_content["argument"] == argument
    assert argument in result.content[0].text and "do not guess" in result.content[0].text


def test_what_is_not_held_is_told_with_what_is_near(server: Any) -> None:
    result = call(server, "law_lookup", {"name": "us.mpf.minimun"})
    assert result.is_error and "us.mpf.minimum" in result.content[0].text


def test_over_standard_input_and_output(home: Path) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "CUSTOMS_HOME": str(home)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "ui.cli", "mcp"], env=environment, cwd=str(ROOT)
    )
    assert call(command, "taiwan_quote", WATCH | {"as_of": "2026-11-21"}).structured_content["totals"]["total"] == "332"


def test_over_streamable_http(server: Any) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        running = uvicorn.Server(uvicorn.Config(server.streamable_http_app(), log_level="error"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            result = call(f"http://127.0.0.1:{port}/mcp", "taiwan_quote", WATCH)
        finally:
            running.should_exit = True
            thread.join(10)
    assert result.structured_content["totals"]["total"] == "332"


def test_it_listens_on_loopback_only(home: Path) -> None:
    with pytest.raises(InputError, match="host"):
        run(Settings(home=home), "0.0.0.0", 8000, http=True)
