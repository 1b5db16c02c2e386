"""Assistants that call over HTTP bring the key of the service: its tenant, its scopes, its rate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.ui.service.conftest import Service, header

WATCH = {"route": "express", "freight": "200", "insurance": "50", "goods": [{"price": 3000, "rate": 0.05}]}


@pytest.fixture(scope="module")
def address(listening: str) -> str:
    return f"{listening}/mcp"


def talk(address: str, headers: dict[str, str], what: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with (
            httpx2.AsyncClient(headers=headers, timeout=120) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            return await what(client)

    return anyio.run(session)


def call(address: str, headers: dict[str, str], name: str, arguments: dict[str, Any]) -> Any:
    return talk(address, headers, lambda client: client.call_tool(name, arguments))


def test_with_a_key_the_tools_are_there_and_compute(service: Service, address: str) -> None:
    names = {t.name for t in talk(address, service.ann, lambda client: client.list_tools()).tools}
    assert {"taiwan_quote", "us_quote", "law_lookup", "hs_search", "policy_search", "document_scan"} <= names
    assert call(address, service.ann, "taiwan_quote", WATCH).structured_content["totals"]["total"] == "332"
    found = call(address, service.ann, "hs_search", {"text": "石英錶"}).structured_content
    assert found["candidates"][0]["code"].startswith("91")


def test_without_a_usable_key_the_protocol_is_not_spoken(service: Service, address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for headers, status in (({}, 401), (header("ck_nonsense"), 401)):
        refused = httpx2.post(address, json=body, headers={"Accept": "application/json, text/event-stream", **headers})
        assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    _, slow = service.desk.keys.create("ann", "slow", rate="1/hour")
    statuses = [httpx2.post(address, json=body, headers=header(slow)).status_code for _ in range(2)]
    assert statuses[0] != 429 and statuses[1] == 429


def test_a_key_is_good_for_its_scopes_only(service: Service, address: str) -> None:
    _, text = service.desk.keys.create("ann", "computes", ["compute"])
    assert not call(address, header(text), "taiwan_quote", WATCH).is_error
    refused = call(address, header(text), "policy_search", {"query": "X3"})
    assert refused.is_error and "scope library" in refused.content[0].text
