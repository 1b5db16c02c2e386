"""The HTTP service over one desk: routers, the gate, the middleware. Errors are RFC 9457 problem details."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from starlette.routing import Route

from advisor.advisor import Advisor
from advisor.desk import Desk
from advisor.settings import Settings
from tools.errors import CustomsError, ServiceError
from tools.registry import published
from ui.http import (
    answer_routes,
    chat_routes,
    document_routes,
    health_routes,
    law_routes,
    paperwork_routes,
    record_routes,
    tool_routes,
)
from ui.http.access import BEARER, Gate
from ui.http.mcp_door import MCP_PATH, McpDoor
from ui.http.middleware import Around, Meters
from ui.http.problems import Problem, handle_problems
from ui.http.shared import turns
from ui.http.tracing import Tracing

logger = logging.getLogger("customs.http")

_TEXT_BODY, _DOCUMENT_BODY = 256 * 1024, 20 * 1024 * 1024  # bytes
_ABOUT = (
    "Customs advice for imports into Taiwan and the United States: answers whose every figure has a receipt, the "
    "calculators behind them, and the law by day. Information, not filing."
)


def create_app(
    settings: Settings, advisor: Advisor | None = None, *, desk: Desk | None = None, keyed: bool = False,
    warm: bool = False,
) -> FastAPI:  # fmt: skip
    """The service.

    Args:
        settings: what the operator chose.
        advisor: an advisor to use instead of a new one.
        desk: a desk to use instead of a new one.
        keyed: whether a request without a key is refused.
        warm: whether all that questions need is loaded at once, beside the first requests.
    """
    served = desk or Desk(settings, advisor)

    gate, tracing = Gate(served, keyed=keyed), Tracing(settings.otlp_url)
    door = McpDoor(served, gate)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(lambda: served.advisor.library)
            if settings.retention_days:
                await run_in_threadpool(served.records.prune, settings.retention_days)
        except ServiceError as error:  # `/readyz` tells; the next question tries again
            logger.warning("started without all it needs: %s", error)
        if warm:
            threading.Thread(target=_warm, args=(served,), daemon=True).start()
        async with door.running():
            yield
        served.close()
        tracing.close()

    app = FastAPI(
        title="Customs advisor", version="1", description=_ABOUT, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.desk, app.state.meters = served, Meters()
    app.state.gate, app.state.turns = gate, turns(served)
    # the busiest first: routes are tried in this order
    routers = (
        tool_routes, answer_routes, chat_routes, law_routes, document_routes, paperwork_routes, record_routes, health_routes,
    )  # fmt: skip
    for module in routers:
        app.include_router(module.routes)
    app.router.routes.append(Route(MCP_PATH, endpoint=door))
    # the busiest route once more, before all others and without what the framework does for parameters it injects
    app.router.routes.insert(0, Route(tool_routes.CALL_PATH, tool_routes.call, methods=["POST"]))
    limits = {"": _TEXT_BODY, "/v1/documents": _DOCUMENT_BODY, "/v1/paperwork/read": _DOCUMENT_BODY}
    app.add_middleware(Around, meters=app.state.meters, tracing=tracing, limits=limits)
    handle_problems(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _warm(desk: Desk) -> None:
    try:
        desk.warm()
    except CustomsError as error:  # the first question will tell its asker
        logger.warning("not warm: %s", error)


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the inputs of the calculators and the form of every problem."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        made.setdefault("components", {})["securitySchemes"] = {"HTTPBearer": BEARER}
        schemas = made["components"].setdefault("schemas", {})
        ref = "#/components/schemas/{model}"
        schemas["Problem"] = Problem.model_json_schema(ref_template=ref)
        for tool in ("taiwan_quote", "us_quote"):
            schemas.update(published()[tool].input_model.model_json_schema(ref_template=ref).get("$defs", {}))
        for operations in made["paths"].values():
            for operation in operations.values():  # our 422 is a problem, whatever the framework would have said
                if "401" in operation.get("responses", {}):
                    operation["security"] = [{"HTTPBearer": []}]
                operation.get("responses", {}).get("422", {}).get("content", {}).pop("application/json", None)
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        app.openapi_schema = made
    return app.openapi_schema
