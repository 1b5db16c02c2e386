"""Calculators, look-ups and policy search for assistants that speak MCP. Each tool says when, when not, and what next.

The schemas are those of the tools themselves, each with a day; an error says which argument to mend and what is
accepted. Nothing is kept, and nothing here answers a question: that is the assistant's part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from anyio.to_thread import run_sync
from mcp import types
from mcp.server import Server, ServerRequestContext
from pydantic import BaseModel, Field

from advisor.classify import looking
from advisor.settings import Settings
from corpus import scan_tool
from corpus.search import Library
from tools.errors import CustomsError, DataError, InputError
from tools.inputs import DateIn, Input, read_input, read_json
from tools.registry import published
from tools.tariff.search.models import SearchInput
from tools.text.dates import parse_date

INSTRUCTIONS = (
    "Customs duties, taxes and fees of imports into Taiwan and the United States, by day. Quote figures only from "
    "results, with their legal basis; name the facts listed in `missing` and ask for them; never fill them in. "
    "Results are information, not rulings or filings."
)
#: names under which the tools take the day themselves
_DAYS = ("as_of", "on", "entry_date")
_AS_OF = {
    "type": "string",
    "description": "the day the law is read at (ISO, such as 2026-11-21); today when not given",
}
_OF_THE_LIBRARY = ("policy_search", scan_tool.NAME)
_HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class PolicySearchInput(Input):
    """A search of the policy library."""

    query: str = Field(min_length=1, max_length=500, description="the topic in the person's own words")
    as_of: DateIn | None = Field(None, description="the day figures are rendered for; today when not given")
    lang: Literal["zh-TW", "en"] = Field("zh-TW", description="passages in this language are preferred")
    limit: int = Field(5, ge=1, le=20, description="most passages")
    jurisdiction: Literal["TW", "US", "APEC", "INTL"] | None = Field(None, description="only this jurisdiction")


_POLICY_SEARCH = (
    "Finds passages on rules, procedures, reports and documents, and says with `covered` whether they answer. Not for: "
    "computing amounts or reading one figure of the law. Next: cite the passages used by title and citation; law_lookup "
    "for a figure, taiwan_quote or us_quote for what is owed."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who calls: opens the library they read, and what their key is good for."""

    library: Callable[[], Library]
    scopes: frozenset[str] = frozenset({"ask", "compute", "library"})


class Toolset:
    """What is offered.

    Args:
        settings: whose today is taken where no day is named.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def tools(self) -> list[types.Tool]:
        """Every tool with its schema."""
        made = [self._tool(t.name, t.description, t.input_model) for t in published().values()]
        if self._settings.model != "offline":
            made.append(self._tool(looking.NAME, looking.DESCRIPTION, SearchInput))
        return [
            *made,
            self._tool("policy_search", _POLICY_SEARCH, PolicySearchInput),
            self._tool(scan_tool.NAME, scan_tool.DESCRIPTION, scan_tool.DocumentScanInput),
        ]

    def _tool(self, name: str, description: str, model: type[BaseModel]) -> types.Tool:
        schema = model.model_json_schema()
        if not _own_day(model):
            schema["properties"] = {**schema["properties"], "as_of": _AS_OF}
        return types.Tool(name=name, description=description, input_schema=schema, annotations=_HINTS)

    def call(self, name: str, arguments: Mapping[str, Any], reader: Reader) -> types.CallToolResult:
        """Run a tool; what can be mended is told, in one line and as a structure."""
        scope = "library" if name in _OF_THE_LIBRARY else "ask" if name == looking.NAME else "compute"
        try:
            if scope not in reader.scopes:
                raise InputError("key", f"it has no scope {scope}", f"a key with the scope {scope}")
            result = self._run(name, dict(read_json(json.dumps(arguments), "arguments")), reader)
        except DataError:
            raise
        except CustomsError as error:
            return _failed(error)
        structure = result.model_dump(mode="json", by_alias=True)
        text = types.TextContent(type="text", text=json.dumps(structure, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=structure)

    def _run(self, name: str, arguments: dict[str, Any], reader: Reader) -> BaseModel:
        if name == "policy_search":
            return self._search(read_input(PolicySearchInput, arguments), reader.library())
        if name == scan_tool.NAME:
            return scan_tool.scan_text(read_input(scan_tool.DocumentScanInput, arguments), self._settings.today("tw"))
        if name == looking.NAME and self._settings.model != "offline":
            return looking.asked(self._settings, arguments)
        if name not in published():
            raise InputError("name", f"{name!r} is no tool", ", ".join([*published(), *_OF_THE_LIBRARY]))
        tool = published()[name]
        day = None
        if not _own_day(tool.input_model) and (text := arguments.pop("as_of", None)) is not None:
            day = parse_date(str(text), "as_of")
        return tool.call(arguments, day or self._settings.today(tool.clock_for(arguments)))

    def _search(self, given: PolicySearchInput, library: Library) -> BaseModel:
        return library.search(
            given.query,
            as_of=given.as_of or self._settings.today("tw"),
            lang=given.lang,
            limit=given.limit,
            jurisdictions=[given.jurisdiction] if given.jurisdiction else [],
        )


def _own_day(model: type[BaseModel]) -> bool:
    return any(name in model.model_fields for name in _DAYS)


def _failed(error: CustomsError) -> types.CallToolResult:
    structure: dict[str, Any] = {"error": type(error).__name__, "message": str(error)}
    if isinstance(error, InputError):
        structure |= {"argument": error.field, "accepted": error.accepted}
        advice = f"Mend `{error.field}` and call again, or ask the person for it; do not guess it."
    else:
        advice = "Tell the person what is held, or call again with another name or day."
    text = types.TextContent(type="text", text=f"{error}. {advice}")
    return types.CallToolResult(content=[text], structured_content=structure | {"advice": advice}, is_error=True)


def create_server(settings: Settings, reader: Callable[[Any], Reader]) -> Server[Any]:
    """The server, for any transport.

    Args:
        settings: whose today is taken where no day is named.
        reader: who calls, by the HTTP request; by None where there is none.
    """
    toolset = Toolset(settings)

    async def list_tools(
        _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=toolset.tools())

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return await run_sync(toolset.call, params.name, params.arguments or {}, reader(context.request))

    return Server("customs", version="1", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)
