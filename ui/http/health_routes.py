"""`/healthz`, `/readyz` and `/metrics`: for those who watch the service."""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from ui.http.access import METRICS, AtDesk
from ui.http.problems import problems
from ui.http.shared import JSON, in_time

routes = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """What must work before a question can be answered. Without vectors the library is searched by words alone."""

    ready: bool
    database: bool
    library: bool
    vectors: bool


@routes.get("/healthz")
async def healthz() -> Health:
    """The process answers. Needs no key."""
    return Health(status="ok")


@routes.get(
    "/readyz",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "something does not work"}},
)
async def readyz(desk: AtDesk) -> Response:
    """Whether a question can be answered now. Needs no key."""
    state = await in_time(desk, desk.ready)
    whole = Readiness(ready=state["database"] and state["library"], **state)
    status = HTTPStatus.OK if whole.ready else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(whole.model_dump_json(), status, media_type=JSON)


@routes.get("/metrics", dependencies=METRICS, response_class=PlainTextResponse, responses=problems())
async def metrics(request: Request) -> Response:
    """Metrics of this worker, as Prometheus reads them."""
    return Response(generate_latest(request.app.state.meters.registry), media_type=CONTENT_TYPE_LATEST)
