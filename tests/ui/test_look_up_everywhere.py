"""One look-up, the same answer on every way in: command line, batch, HTTP, MCP, the agent's tools; with a model as well."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client
from typer.testing import CliRunner

from advisor import Advisor, Settings
from advisor.classify.looking import walker
from advisor.hosted.choice import hosted_model
from advisor.hosted.meter import meter_of
from advisor.toolbox import Reader as AgentReader
from advisor.toolbox import toolbox
from corpus import Library
from tests.advisor.endpoint import Endpoint, called, serving
from tests.conftest import TODAY
from tools.inputs import read_input
from tools.tariff.schedule import use_editions_in
from tools.tariff.search.models import Found, SearchInput
from tools.tariff.search.search import search
from ui.cli.main import app
from ui.http.app import create_app
from ui.mcp.server import Reader, create_server

GIVEN: dict[str, Any] = {"text": "棉質針織T恤", "schedule": "tw", "limit": 3, "value": "1000"}
READ, PUT = ("read", {"codes": ["6109"]}), ("propose", {"candidates": [{"code": "610990"}, {"code": "610910"}]})
WALK = (called(READ), called(PUT))
NAME = "openai:test"
Way = Callable[[Settings, Library, str | None, Path], Any]


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CUSTOMS_HOME", str(home))
    monkeypatch.setenv("CUSTOMS_TODAY", TODAY.isoformat())
    use_editions_in(home)
    return Settings(home=home, today_override=TODAY)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as state:
        monkeypatch.setenv("CUSTOMS_OPENAI_BASE_URL", state.url)
        yield state


def _asked() -> SearchInput:
    given = read_input(SearchInput, GIVEN)
    assert isinstance(given, SearchInput)
    return given


def by_command(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    more = ["--model", model] if model else []
    given = ["--schedule", "tw", "--limit", "3", "--value", "1000", "--json", *more]
    done = CliRunner().invoke(app, ["hs", "search", GIVEN["text"], *given])
    assert done.exit_code == 0, done.stderr
    return _named(json.loads(done.stdout), None)


def by_batch(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    file = tmp / "goods.jsonl"
    file.write_text(json.dumps({"id": 7, **GIVEN}), "utf-8")
    done = CliRunner().invoke(app, ["hs", "search", "--batch", str(file), *(["--model", model] if model else [])])
    return _named(json.loads(done.stdout), 7)


def _named(row: dict[str, Any], name: Any) -> dict[str, Any]:
    """A row without the name the caller gave it."""
    assert row.pop("id") == name
    return row


def by_http(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    with TestClient(create_app(settings, Advisor(settings, library=library))) as client:
        response = client.get("/v1/tariff/search", params=GIVEN | ({"model": model} if model else {}))
    assert response.status_code == 200, response.text
    return response.json()


def by_tool_route(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    with TestClient(create_app(settings, Advisor(settings, library=library))) as client:
        return client.post("/v1/tools/hs_search", json=GIVEN).json()


def by_mcp(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    server = create_server(settings, lambda _: Reader(lambda: library))

    async def session() -> Any:
        async with Client(server) as client:
            return await client.call_tool("hs_walk" if model else "hs_search", GIVEN)

    return anyio.run(session).structured_content


def by_agent(settings: Settings, library: Library, model: str | None, tmp: Path) -> Any:
    walk = walker(settings, NAME, hosted_model(settings, NAME, 20), meter_of(settings)) if model else None
    reader = AgentReader(lambda: library, settings.today, walk=walk)
    tools = {tool.name: tool for tool in toolbox(reader, walks=walk is not None)}
    call = {"type": "tool_call", "id": "1", "name": "hs_walk" if model else "hs_search", "args": GIVEN}
    message = tools[str(call["name"])].invoke(call)
    assert isinstance(message.artifact, Found)
    told = json.loads(message.content)  # what the model reads is whole, and nothing else than the answer
    assert [c["code"] for c in told["candidates"]] == [c.code for c in message.artifact.candidates]
    return json.loads(message.artifact.model_dump_json())


OFFLINE: dict[str, Way] = {
    "command": by_command, "batch": by_batch, "http": by_http, "tool route": by_tool_route, "mcp": by_mcp, "agent": by_agent,
}  # fmt: skip
WITH_MODEL = {name: way for name, way in OFFLINE.items() if way is not by_tool_route}  # tools themselves know no model


@pytest.mark.parametrize("way", OFFLINE)
def test_offline_the_answer_is_the_same_everywhere(
    settings: Settings, library: Library, way: str, tmp_path: Path
) -> None:
    wanted = json.loads(search(_asked(), TODAY).model_dump_json())
    assert OFFLINE[way](settings, library, None, tmp_path) == wanted
    assert wanted["candidates"] and wanted["doubt"]


@pytest.mark.parametrize("way", WITH_MODEL)
def test_with_a_model_the_answer_is_the_same_everywhere_and_of_the_same_shape(
    settings: Settings, library: Library, endpoint: Endpoint, way: str, tmp_path: Path
) -> None:
    endpoint.replies = list(WALK)
    chosen = replace(settings, model=NAME, base_url=endpoint.url)
    found = WITH_MODEL[way](chosen, library, NAME, tmp_path)
    assert [c["code"] for c in found["candidates"]][:2] == ["6109.90", "6109.10"]
    by_rules = json.loads(search(_asked(), TODAY).model_dump_json())
    assert _shape(found) == _shape(by_rules)
    assert [note["code"] for note in found["notes"]][:2] == ["hs_model", "hs_model_used"]


def _shape(found: dict[str, Any]) -> Any:
    """The keys of an answer and of its candidates."""
    return sorted(found), [sorted(candidate) for candidate in found["candidates"]]


def test_a_model_that_is_not_reachable_is_refused_by_name(settings: Settings, library: Library) -> None:
    with TestClient(create_app(settings, Advisor(settings, library=library)), raise_server_exceptions=False) as client:
        told = client.get("/v1/tariff/search", params={"text": "red wine", "model": "gpt"})
        unset = client.get("/v1/tariff/search", params={"text": "red wine", "model": NAME})
    assert told.status_code == 422 and "model" in told.json()["detail"]
    assert unset.status_code >= 500 and "CUSTOMS_OPENAI_BASE_URL" in unset.json()["detail"]


def test_the_tool_that_asks_a_model_is_offered_only_where_one_is_configured(
    settings: Settings, library: Library
) -> None:
    def names(chosen: Settings) -> set[str]:
        server = create_server(chosen, lambda _: Reader(lambda: library))

        async def session() -> Any:
            async with Client(server) as client:
                return await client.list_tools()

        return {tool.name for tool in anyio.run(session).tools}

    assert "hs_walk" not in names(settings) and "hs_walk" in names(replace(settings, model=NAME))
