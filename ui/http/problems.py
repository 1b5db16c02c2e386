"""Errors as RFC 9457 problem details: what is wrong, the field, what is accepted, and the id of the request."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from advisor.store.database import StoreLost
from tools.errors import CustomsError, DataError, InputError, NotFound, ServiceError

logger = logging.getLogger("customs.http")

MEDIA_TYPE = "application/problem+json"
_STORE = "the database cannot be used now; nothing was kept; try again later"
_AGAIN = "5"  # seconds


class Problem(BaseModel):
    """RFC 9457 problem details, with the field that is wrong and what is accepted."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    accepted: str | None = None
    request_id: str | None = None


class Refused(Exception):
    """A request that is refused for a reason of the service's own.

    Args:
        status: the HTTP status.
        detail: one line: what is wrong and what to do.
        headers: sent beside it.
    """

    def __init__(self, status: HTTPStatus, detail: str, headers: dict[str, str] | None = None) -> None:
        self.status, self.detail, self.headers = status, detail, headers or {}
        super().__init__(detail)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem responses of a route, for OpenAPI; every route may refuse a key, a size, a rate, or run out of time."""
    always = (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(s): {"description": HTTPStatus(s).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for s in (*always, *statuses)
    }


def status_of(error: CustomsError) -> HTTPStatus:
    """The status an error of ours ends with."""
    if isinstance(error, ServiceError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, DataError):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return HTTPStatus.NOT_FOUND if isinstance(error, NotFound) else HTTPStatus.UNPROCESSABLE_ENTITY


def of_error(error: CustomsError, request_id: str | None) -> Problem:
    """An error of ours as a problem."""
    if isinstance(error, StoreLost):  # why is for the operator's log: it may name addresses
        logger.error("request %s: %s", request_id, error)
    field = error.field if isinstance(error, InputError) else None
    accepted = error.accepted if isinstance(error, InputError) else None
    return Problem(
        title=type(error).__name__, status=status_of(error), detail=_STORE if isinstance(error, StoreLost) else str(error), field=field, accepted=accepted,
        request_id=request_id,
    )  # fmt: skip


def handle_problems(app: FastAPI) -> None:
    """Every error of an app leaves as a problem."""
    app.add_exception_handler(CustomsError, _ours)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(TimeoutError, _late)


def respond(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    body = problem.model_dump(exclude_none=True)
    if request.url.path.startswith("/v1/chat"):  # clients of that API show what stands under `error`
        body["error"] = {"message": problem.detail, "type": problem.title, "param": problem.field, "code": None}
    return JSONResponse(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def _id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CustomsError)
    problem = of_error(error, _id(request))
    headers = {"Retry-After": _AGAIN} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return respond(request, problem, headers)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    problem = Problem(title=error.status.phrase, status=error.status, detail=error.detail, request_id=_id(request))
    return respond(request, problem, error.headers)


async def _late(request: Request, _error: Exception) -> JSONResponse:
    return respond(request, late(_id(request)))


def late(request_id: str | None) -> Problem:
    """A request out of time."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    detail = "the request took longer than this service allows; try again later"
    return Problem(title=status.phrase, status=status, detail=detail, request_id=request_id)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    place = [str(p) for p in first["loc"] if p not in ("body", "query", "path", "header")]
    field = ".".join(place) or "body"
    accepted = _accepted(request, place) or str(first["msg"])
    detail = f"{field}: {first['msg']}; accepted: {accepted}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return respond(
        request,
        Problem(
            title="InputError", status=status, detail=detail, field=field, accepted=accepted, request_id=_id(request)
        ),
    )


def _accepted(request: Request, place: list[str]) -> str | None:
    """What the body's model says of a field, or the fields it has."""
    route = request.scope.get("route")
    body = getattr(route, "body_field", None)
    model = getattr(getattr(body, "field_info", None), "annotation", None)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    known = model.model_fields.get(place[0]) if place else None
    return (known and known.description) or f"an object with {', '.join(model.model_fields)}"


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    problem = Problem(title=title, status=error.status_code, detail=str(error.detail), request_id=_id(request))
    return respond(request, problem, dict(error.headers or {}))
