"""HTTP over the advisor: `POST /v1/answers` and `GET /healthz`. Errors are RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from advisor.advisor import QUESTION_LIMIT, Advisor
from advisor.answer import Answer
from advisor.settings import Settings
from tools.errors import CustomsError, DataError, InputError, NotFound, ServiceError
from tools.text.dates import parse_date


class Question(BaseModel):
    """What is asked of the advisor."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "台灣海關 X3 是什麼？", "as_of": "2026-11-21", "lang": "zh-TW"}]},
    )
    question: str = Field(
        min_length=1,
        max_length=QUESTION_LIMIT,
        description=f"text in Chinese or English, 1 to {QUESTION_LIMIT} characters",
    )
    as_of: str | None = Field(None, max_length=40, description="the day the law is read at, such as 2026-11-21")
    lang: Literal["zh-TW", "en"] | None = Field(None, description="language of the answer: zh-TW or en")
    conversation_id: str | None = Field(
        None,
        max_length=64,
        pattern=r"^[\w-]+$",
        description="of an earlier answer: letters, digits, - and _, at most 64",
    )
    model: str | None = Field(None, max_length=100, description="offline or openai:NAME")


class Health(BaseModel):
    """Whether the service can answer."""

    status: Literal["ok"]


class Problem(BaseModel):
    """RFC 9457 problem details, with the field that is wrong and what is accepted."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    accepted: str | None = None


def create_app(settings: Settings, advisor: Advisor | None = None) -> FastAPI:
    """The service.

    Args:
        settings: what the operator chose.
        advisor: an advisor to use instead of a new one.
    """
    served = advisor or Advisor(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(lambda: served.library)
        yield

    app = FastAPI(title="Customs advisor", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.get("/healthz")
    async def healthz() -> Health:
        """The service is up and its library is open."""
        return Health(status="ok")

    @app.post("/v1/answers", responses={422: {"model": Problem}, 503: {"model": Problem}})
    async def answers(asked: Question) -> Answer:
        """Answer one question."""
        day = parse_date(asked.as_of, "as_of") if asked.as_of else None
        return await run_in_threadpool(
            served.ask,
            asked.question,
            as_of=day,
            lang=asked.lang,
            conversation_id=asked.conversation_id,
            model=asked.model,
        )

    app.add_exception_handler(CustomsError, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    return app


async def _problem(_: Request, error: Exception) -> JSONResponse:
    status = 503 if isinstance(error, ServiceError) else 500 if isinstance(error, DataError) else 404 if isinstance(
        error, NotFound
    ) else 422  # fmt: skip
    field = error.field if isinstance(error, InputError) else None
    accepted = error.accepted if isinstance(error, InputError) else None
    return _respond(
        Problem(title=type(error).__name__, status=status, detail=str(error), field=field, accepted=accepted)
    )


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    field = ".".join(str(p) for p in first["loc"] if p != "body") or "body"
    known = Question.model_fields.get(field)
    accepted = (known and known.description) or f"an object with {', '.join(Question.model_fields)}"
    detail = f"{field}: {first['msg']}; accepted: {accepted}"
    return _respond(Problem(title="InputError", status=422, detail=detail, field=field, accepted=accepted))


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _respond(Problem(title="HTTPException", status=error.status_code, detail=str(error.detail)))


def _respond(problem: Problem) -> JSONResponse:
    return JSONResponse(
        problem.model_dump(exclude_none=True), status_code=problem.status, media_type="application/problem+json"
    )
