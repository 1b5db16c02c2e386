"""`/v1/answers`, `/v1/conversations` and `/v1/support/draft`: questions, in one piece or as events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from advisor.answer import Answer
from advisor.desk import Asked, Desk
from advisor.events import Step, sentences_of
from tools.errors import CustomsError
from ui.http.access import AtDesk, Caller, MayAsk
from ui.http.problems import Problem, of_error, problems
from ui.http.shared import EVENTS, After, IdempotencyKey, Limit, Listing, Question, in_time, listing, once

routes = APIRouter(prefix="/v1", tags=["answers"])
_EVENTS = "text/event-stream"
_STREAM_HEADERS = {"X-Accel-Buffering": "no"}

ConversationId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
AnswerId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class Conversation(BaseModel):
    """A conversation with its answers, the oldest first."""

    conversation_id: str
    answers: list[dict[str, Any]]


class DraftRequest(Question):
    """A customer's question to be answered by a support desk."""

    customer: str = Field("", max_length=100, description="name of the customer, for the greeting")


class Draft(BaseModel):
    """A reply for a person to read before it is sent."""

    subject: str
    body: str
    send_as_is: bool = Field(description="false where something is asked back, not covered, declined or warned of")
    answer: Answer


@routes.post(
    "/answers",
    response_model=Answer,
    responses=problems(404, 409)
    | {
        int(HTTPStatus.OK): {
            "content": {_EVENTS: {"schema": EVENTS}},
            "description": "the answer, or its events",
        }
    },
)
async def answers(
    asked: Question, request: Request, desk: AtDesk, caller: MayAsk, key: IdempotencyKey = None
) -> Response:
    """Answer one question.

    With `Accept: text/event-stream`: `step` events while tools run, `text` events of the checked text, then `answer`
    with the whole, or `problem`. No text is sent before it was checked.
    """
    wanted = asked.asked()
    if _EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(_events(desk, caller, wanted, request), media_type=_EVENTS, headers=_STREAM_HEADERS)
    return await once(desk, caller, request, key, asked, lambda: _ask(desk, caller, wanted, request))


def _ask(desk: Desk, caller: Caller, asked: Asked, request: Request) -> Answer:
    answer = desk.ask(caller.tenant, asked)
    told(desk, caller, request, "ask", answer)
    return answer


def told(desk: Desk, caller: Caller, request: Request, action: str, answer: Answer) -> None:
    """An answer in the metrics and in the audit log."""
    request.app.state.meters.answers.labels(answer.status).inc()
    desk.note(
        {
            "tenant": caller.tenant,
            "key_id": caller.key_id,
            "request_id": request.state.request_id,
            "action": action,
            "target": answer.id,
            "text": answer.question,
            "outcome": answer.status,
        }
    )


async def _events(desk: Desk, caller: Caller, asked: Asked, request: Request) -> AsyncIterator[str]:
    steps: asyncio.Queue[Step | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def watch(step: Step) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, step)

    def work() -> Answer:
        try:
            answer = desk.ask(caller.tenant, asked, watch)
            told(desk, caller, request, "ask", answer)
            return answer
        finally:
            loop.call_soon_threadsafe(steps.put_nowait, None)

    running = asyncio.ensure_future(in_time(desk, work))
    running.add_done_callback(lambda _: steps.put_nowait(None))
    while (step := await steps.get()) is not None:
        yield _event("step", step.model_dump(mode="json", exclude={"event"}))
    try:
        answer = await running
    except CustomsError as error:
        yield _event("problem", of_error(error, request.state.request_id).model_dump(exclude_none=True))
        return
    except TimeoutError:
        problem = Problem(title="Timeout", status=503, detail="the answer took too long; try again later")
        yield _event("problem", problem.model_dump(exclude_none=True))
        return
    for piece in sentences_of(answer.answer):
        yield _event("text", {"text": piece.text})
    yield _event("answer", answer.model_dump(mode="json"))


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@routes.get("/answers/{answer_id}", responses=problems(404))
async def answer(answer_id: AnswerId, desk: AtDesk, caller: MayAsk) -> dict[str, Any]:
    """A stored answer."""
    return await in_time(desk, desk.records.answer, caller.tenant, answer_id)


@routes.get("/conversations", responses=problems())
async def conversations(desk: AtDesk, caller: MayAsk, limit: Limit = 20, after: After = None) -> Listing:
    """Conversations, the one last spoken in first."""
    return listing(await in_time(desk, desk.records.conversations, caller.tenant, limit, after))


@routes.get("/conversations/{conversation_id}", responses=problems(404))
async def conversation(conversation_id: ConversationId, desk: AtDesk, caller: MayAsk) -> Conversation:
    """What was asked and answered in a conversation."""
    held = await in_time(desk, desk.records.conversation, caller.tenant, conversation_id)
    return Conversation(conversation_id=conversation_id, answers=held)


@routes.delete("/conversations/{conversation_id}", status_code=204, responses=problems(404))
async def forget(conversation_id: ConversationId, desk: AtDesk, caller: MayAsk, request: Request) -> Response:
    """Delete a conversation, its answers and their feedback; receipts stay."""
    await in_time(desk, desk.records.forget_conversation, caller.tenant, conversation_id)
    row = {"tenant": caller.tenant, "key_id": caller.key_id, "request_id": request.state.request_id}
    row |= {"action": "forget", "target": conversation_id, "text": "", "outcome": "done"}
    await in_time(desk, desk.note, row)
    return Response(status_code=204)


@routes.post("/support/draft", response_model=Draft, responses=problems(404, 409))
async def draft(
    asked: DraftRequest, request: Request, desk: AtDesk, caller: MayAsk, key: IdempotencyKey = None
) -> Response:
    """A reply to a customer, made from a checked answer, for a person to read before it is sent."""
    wanted = asked.asked()

    def work() -> Draft:
        answered = desk.ask(caller.tenant, wanted)
        told(desk, caller, request, "draft", answered)
        return Draft.model_validate(desk.draft(answered, " ".join(asked.customer.split())))

    return await once(desk, caller, request, key, asked, work)
