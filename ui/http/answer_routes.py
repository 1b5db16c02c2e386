"""`/v1/answers`, `/v1/conversations` and `/v1/support/draft`: questions, in one piece or as events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from advisor.answer import Answer
from advisor.desk import Asked, Desk
from advisor.events import Done, Sentence, Step
from tools.errors import CustomsError
from ui.http.access import AtDesk, Caller, MayAsk
from ui.http.problems import problems
from ui.http.shared import (
    EVENTS,
    After,
    IdempotencyKey,
    Limit,
    Listing,
    Question,
    in_time,
    listing,
    note,
    once,
    turn_of,
)
from ui.http.streaming import HEADERS, MEDIA_TYPE, events_of, line, problem_of
from ui.http.tracing import of_answer

routes = APIRouter(prefix="/v1", tags=["answers"])

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
            "content": {MEDIA_TYPE: {"schema": EVENTS}},
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
    if MEDIA_TYPE in request.headers.get("accept", ""):
        told = _told(desk, caller, wanted, request)
        return StreamingResponse(told, media_type=MEDIA_TYPE, headers=HEADERS)
    return await once(
        desk, caller, request, key, asked, lambda: _ask(desk, caller, wanted, request), turn_of(request, wanted)
    )


def _ask(desk: Desk, caller: Caller, asked: Asked, request: Request) -> Answer:
    answer = desk.ask(caller.tenant, asked, note(caller, request, "ask"))
    count(request, answer)
    return answer


def count(request: Request, answer: Answer) -> None:
    """An answer in the metrics and in the trace."""
    request.app.state.meters.answers.labels(answer.status).inc()
    if request.state.traced is not None:
        request.state.traced.update(of_answer(answer))


async def _told(desk: Desk, caller: Caller, asked: Asked, request: Request) -> AsyncIterator[str]:
    try:
        turn = desk.stream(caller.tenant, asked, note(caller, request, "ask"))
        async for event in events_of(desk, turn, turn_of(request, asked)):
            match event:
                case Step():
                    yield line(event.model_dump(mode="json", exclude={"event"}), "step")
                case Sentence():
                    yield line({"text": event.text}, "text")
                case Done():
                    count(request, event.answer)
                    yield line(event.answer.model_dump(mode="json"), "answer")
    except (CustomsError, TimeoutError) as error:
        problem = problem_of(error, request.state.request_id)
        yield line(problem.model_dump(exclude_none=True), "problem")


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
    row = {"tenant": caller.tenant, "target": conversation_id, "text": "", "outcome": "done"}
    await in_time(desk, desk.note, row | note(caller, request, "forget"))
    return Response(status_code=204)


@routes.post("/support/draft", response_model=Draft, responses=problems(404, 409))
async def draft(
    asked: DraftRequest, request: Request, desk: AtDesk, caller: MayAsk, key: IdempotencyKey = None
) -> Response:
    """A reply to a customer, made from a checked answer, for a person to read before it is sent."""
    wanted = asked.asked()

    def work() -> Draft:
        answered = desk.ask(caller.tenant, wanted, note(caller, request, "draft"))
        count(request, answered)
        return Draft.model_validate(desk.draft(answered, " ".join(asked.customer.split())))

    return await once(desk, caller, request, key, asked, work, turn_of(request, wanted))
