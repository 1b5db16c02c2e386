"""`/v1/tools` and `/v1/quotes`: the calculators and look-ups as they are published. Numbers are read exactly."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from pydantic_core import to_json

from advisor.desk import Desk
from tools.errors import NotFound
from tools.registry import Tool, published
from tools.result import Result
from tools.text.dates import parse_date
from ui.http.access import COMPUTE, AtDesk, MayCompute, admitted
from ui.http.problems import problems
from ui.http.shared import JSON, example_body, in_time, note, read_body

routes = APIRouter(prefix="/v1", tags=["tools"])
CALL_PATH = "/v1/tools/{name}"
_ANY = {"type": "object"}


class _Call:
    path = CALL_PATH


_CALL = _Call()


class ToolShown(BaseModel):
    """A tool: when to use it, when not, what next, and what it takes."""

    name: str
    use_when: str
    not_for: str
    next_step: str
    input_schema: dict[str, Any]
    examples: list[dict[str, Any]]


def _shown(tool: Tool) -> ToolShown:
    return ToolShown(
        name=tool.name, use_when=tool.use_when, not_for=tool.not_for, next_step=tool.next_step,
        input_schema=tool.input_model.model_json_schema(), examples=[dict(e) for e in tool.examples],
    )  # fmt: skip


@routes.get("/tools", dependencies=COMPUTE, responses=problems())
async def tools() -> list[ToolShown]:
    """Every tool."""
    return [_shown(tool) for tool in published().values()]


def _parameter(name: str, where: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 64}
    return {"name": name, "in": where, "required": where == "path", "description": description, "schema": schema}


@routes.post(
    "/tools/{name}",  # noqa: FAST003 — read from the request
    response_class=Response,
    responses=problems(404)
    | {int(HTTPStatus.OK): {"description": "the tool's result", "content": {JSON: {"schema": _ANY}}}},
    openapi_extra=example_body(_ANY, {name: dict(tool.examples[0]) for name, tool in published().items()})
    | {
        "parameters": [
            _parameter("name", "path", "of the tool, as /v1/tools lists it"),
            _parameter("as_of", "query", "the day, where the input names none"),
        ]
    },
)
async def call(request: Request) -> Response:
    """Call a tool with its input. Nothing is kept.

    The route programs call most: it takes the request as it is, for parameters that are injected cost more than
    most calculations.
    """
    request.scope["route"] = _CALL  # for the log and the metrics, whichever way the request came
    await admitted(request, "compute")
    name = request.path_params["name"]
    as_of = request.query_params.get("as_of") if request.scope["query_string"] else None
    if name not in published():
        raise NotFound("tool", name[:64], tuple(published()))
    day = parse_date(as_of[:64], "as_of") if as_of else None
    desk: Desk = request.app.state.desk
    result = desk.call(name, await read_body(request), day)
    return Response(to_json(result, by_alias=True), media_type=JSON)  # bytes, and no text between


def _quote_route(country: str, tool: str) -> None:
    shown = published()[tool]
    examples = {f"example {n}": dict(e) for n, e in enumerate(shown.examples, start=1)}
    schema = shown.input_model.model_json_schema(ref_template="#/components/schemas/{model}")

    @routes.post(
        f"/quotes/{country}",
        response_model=Result,
        name=f"quote_{country}",
        responses=problems(404),
        openapi_extra=example_body(schema, examples),
        description=shown.use_when,
        tags=["quotes"],
    )
    async def quote(request: Request, desk: AtDesk, caller: MayCompute) -> Response:
        given = await read_body(request)
        result = await in_time(desk, desk.quote, caller.tenant, tool, given, note(caller, request, "quote"))
        return Response(result.model_dump_json(), media_type=JSON)


_quote_route("tw", "taiwan_quote")
_quote_route("us", "us_quote")
