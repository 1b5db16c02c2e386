"""What routes share: questions, pages, running beside the loop in time, and answering a request once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from advisor.advisor import QUESTION_LIMIT
from advisor.desk import Asked, Desk
from advisor.store.records import Page
from tools.errors import CustomsError, InputError
from tools.inputs import read_json
from tools.text.dates import parse_date
from ui.http.access import Caller
from ui.http.problems import Refused

JSON = "application/json"
#: one server-sent event, for OpenAPI
EVENTS = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
_ROWS = 99  # most rows of a page
_COMPUTED, _WAITED_FOR = 2, 8  # turns at once: where all of a turn is computed here, and where other servers are asked
T = TypeVar("T")
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        pattern=r"^[!-~]+$",
        description="a request sent again with the same key is answered as the first time, for 24 hours",
    ),
]
Limit = Annotated[int, Query(ge=1, le=_ROWS, description="rows of a page")]
After = Annotated[int | None, Query(ge=0, lt=2**31, description="`next` of the page before")]


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
        pattern=r"^[A-Za-z0-9_-]+$",
        description="of an earlier answer: letters, digits, - and _, at most 64",
    )
    model: str | None = Field(None, max_length=100, description="offline or openai:NAME")

    def asked(self) -> Asked:
        """The question as the desk takes it.

        Raises:
            InputError: a day that is none.
        """
        day = parse_date(self.as_of, "as_of") if self.as_of else None
        return Asked(self.question, day, self.lang, self.conversation_id, self.model)


class Listing(BaseModel):
    """One page, the newest first."""

    items: list[dict[str, Any]]
    next: str | None = Field(description="give it as `after` for the next page; null at the end")


def listing(page: Page) -> Listing:
    return Listing(items=list(page.items), next=page.next)


def note(caller: Caller, request: Request, action: str) -> dict[str, str]:
    """The beginning of a line of the audit log: who, by which request, did what."""
    return {"key_id": caller.key_id, "request_id": request.state.request_id, "action": action}


def turns(desk: Desk) -> anyio.CapacityLimiter:
    """How many turns by rules a worker works on at once; the others wait in the order they came.

    A process computes on one processor at a time: more of them slow each other down, and hold the database meanwhile.
    """
    stores = desk.settings.stores
    return anyio.CapacityLimiter(_WAITED_FOR if stores.hosted or stores.chroma_url else _COMPUTED)


def turn_of(request: Request, asked: Asked) -> anyio.CapacityLimiter | None:
    """What a turn waits for; None where a hosted model answers, for then nearly all its time is that model's."""
    limiter: anyio.CapacityLimiter = request.app.state.turns
    return limiter if request.app.state.desk.by_rules(asked) else None


async def in_time(desk: Desk, work: Callable[..., T], *args: Any, limiter: anyio.CapacityLimiter | None = None) -> T:
    """Run something long beside the loop, when the limiter has room.

    Raises:
        TimeoutError: it took longer than a request may, waiting counted.
    """
    with anyio.fail_after(desk.settings.request_seconds or None):
        return await run_sync(lambda: work(*args), abandon_on_cancel=True, limiter=limiter)


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object of a request, numbers read exactly.

    Raises:
        InputError: it is no JSON object.
    """
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("body", "is not text", "one JSON object in UTF-8") from error
    raw = read_json(text, "body")
    if not isinstance(raw, dict):
        raise InputError("body", "is not an object", "one JSON object")
    return raw


async def once(
    desk: Desk, caller: Caller, request: Request, key: str | None, asked: BaseModel, work: Callable[[], BaseModel],
    limiter: anyio.CapacityLimiter | None = None,
) -> Response:  # fmt: skip
    """Do a work and answer it as JSON, when the limiter has room; with a key, once.

    Raises:
        Refused: the key is in use for another request, or its first request is still running.
        CustomsError: of the work; the key may then be used again.
    """
    if key is None:
        return Response((await in_time(desk, work, limiter=limiter)).model_dump_json(), media_type=JSON)
    route = request.scope["route"].path
    digest = hashlib.sha256(f"{route} {asked.model_dump_json()}".encode("utf-8", "replace")).hexdigest()
    earlier = await in_time(desk, desk.once.begin, caller.tenant, key, digest)
    if earlier is not None:
        if earlier.state == "other":
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "Idempotency-Key: was used for another request")
        if earlier.state == "running":
            raise Refused(HTTPStatus.CONFLICT, "Idempotency-Key: its request is still running", {"Retry-After": "1"})
        replayed = {"Idempotency-Replayed": "true"}
        return Response(earlier.body, earlier.status, media_type=earlier.media_type, headers=replayed)

    def run() -> str:
        try:
            body = work().model_dump_json()
        except CustomsError:
            desk.once.give_up(caller.tenant, key)
            raise
        desk.once.finish(caller.tenant, key, HTTPStatus.OK, JSON, body)
        return body

    return Response(await in_time(desk, run, limiter=limiter), media_type=JSON)


def example_body(schema: dict[str, Any], examples: dict[str, Any]) -> dict[str, Any]:
    """`requestBody` of a route that reads its own JSON."""
    shown = {name: {"value": value} for name, value in examples.items()}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema, "examples": shown}}}}


def as_json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type=JSON)
