"""`/v1/chat/completions` and `/v1/models`: the shapes of the OpenAI API, so that its clients work as they are.

Citations, numbers and tool results ride along in the message and in the last chunk. What a client says besides the
conversation (temperature, tools, system messages) is accepted and has no effect: rules and figures are not negotiable.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from http import HTTPStatus
from itertools import pairwise
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from advisor.advisor import QUESTION_LIMIT
from advisor.answer import Answer
from advisor.desk import Asked
from advisor.events import Done, Event, Sentence
from tools.errors import CustomsError, InputError
from tools.text.dates import parse_date
from tools.text.tokens import tokens
from ui.http.access import ASK, AtDesk, MayAsk
from ui.http.answer_routes import count
from ui.http.problems import problems
from ui.http.shared import EVENTS, IdempotencyKey, note, once, turn_of
from ui.http.streaming import HEADERS, MEDIA_TYPE, events_of, line, problem_of

routes = APIRouter(prefix="/v1", tags=["chat"])


class TextPart(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["text"]
    text: str = Field(max_length=QUESTION_LIMIT)


class ChatMessage(BaseModel):
    """One message. Those of `user` and `assistant` are the conversation; others are accepted and not read."""

    model_config = ConfigDict(extra="ignore")
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Annotated[str, Field(max_length=20_000)] | list[TextPart] | None = None

    def words(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")
    include_usage: bool = False


class ChatRequest(BaseModel):
    """A conversation whose last message is the question."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"model": "offline", "messages": [{"role": "user", "content": "台灣海關 X3 是什麼？"}]},
                {"model": "offline", "messages": [{"role": "user", "content": "MPF minimum?"}], "stream": True},
            ]
        },
    )
    model: str = Field(max_length=100, description="one of /v1/models")
    messages: list[ChatMessage] = Field(min_length=1, max_length=200)
    stream: bool = False
    stream_options: StreamOptions | None = None
    as_of: str | None = Field(None, max_length=40, description="ours: the day the law is read at")
    lang: Literal["zh-TW", "en"] | None = Field(None, description="ours: language of the answer")
    conversation_id: str | None = Field(
        None, max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="ours: keeps the answer in a conversation"
    )

    def asked(self) -> Asked:
        """The last message as a question, those before it as its history.

        Raises:
            InputError: the last message is none of the user's, or a day is none.
        """
        said = [(m.role, m.words()) for m in self.messages if m.role in ("user", "assistant") and m.words().strip()]
        if not said or said[-1][0] != "user":
            raise InputError("messages", "the last one is no question", "a last message of role user with text")
        history: list[tuple[str, str]] = []
        for (role, words), (following, reply) in pairwise(said):
            if role == "user":
                history.append((words, reply if following == "assistant" else ""))
        day = parse_date(self.as_of, "as_of") if self.as_of else None
        return Asked(said[-1][1], day, self.lang, self.conversation_id, self.model, history)


class Model(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "customs"


class Models(BaseModel):
    object: Literal["list"] = "list"
    data: list[Model]


class ChatReply(BaseModel):
    """A completion; the message carries what an answer carries besides its text."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]


@routes.get("/models", dependencies=ASK, responses=problems())
async def models(desk: AtDesk) -> Models:
    """The models that can be asked: the offline rules, and the configured model."""
    return Models(data=[Model(id=name) for name in dict.fromkeys(["offline", desk.settings.model])])


@routes.post(
    "/chat/completions",
    response_model=ChatReply,
    responses=problems(404, 409)
    | {
        int(HTTPStatus.OK): {
            "content": {MEDIA_TYPE: {"schema": EVENTS}},
            "description": "a completion, or its chunks",
        }
    },
)
async def completions(
    asked: ChatRequest, request: Request, desk: AtDesk, caller: MayAsk, key: IdempotencyKey = None
) -> Response:
    """Answer the last message of a conversation."""
    wanted = asked.asked()

    if asked.stream:
        turn = desk.stream(caller.tenant, wanted, note(caller, request, "chat"))
        told = events_of(desk, turn, turn_of(request, wanted))
        first = await anext(told)  # what cannot be answered at all is refused before a stream begins
        return StreamingResponse(_chunks(asked, first, told, request), media_type=MEDIA_TYPE, headers=HEADERS)

    def work() -> ChatReply:
        answer = desk.ask(caller.tenant, wanted, note(caller, request, "chat"))
        count(request, answer)
        return _reply(asked, answer)

    return await once(desk, caller, request, key, asked, work, turn_of(request, wanted))


def _beside(answer: Answer) -> dict[str, Any]:
    """What rides along with the text."""
    whole = answer.model_dump(mode="json")
    calculations = [c["result"] for c in whole["tool_calls"] if c["result"].get("receipt")]
    names = ("citations", "numbers", "identifiers", "follow_up", "warnings", "status", "as_of", "conversation_id")
    return {name: whole[name] for name in names} | {"answer_id": answer.id, "calculations": calculations}


def _usage(asked: ChatRequest, answer: Answer) -> dict[str, int]:
    """Tokens by our own cutting: characters and words; no model counts here."""
    before, after = sum(len(tokens(m.words())) for m in asked.messages), len(tokens(answer.answer))
    return {"prompt_tokens": before, "completion_tokens": after, "total_tokens": before + after}


def _reply(asked: ChatRequest, answer: Answer) -> ChatReply:
    message = {"role": "assistant", "content": answer.answer, "refusal": None} | _beside(answer)
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return ChatReply(
        id=f"chatcmpl-{answer.id}", created=int(time.time()), model=answer.model, choices=[choice],
        usage=_usage(asked, answer),
    )  # fmt: skip


async def _chunks(asked: ChatRequest, first: Event, told: AsyncIterator[Event], request: Request) -> AsyncIterator[str]:
    """Chunks as the checked text comes; what rides along follows when the answer was kept."""
    head: dict[str, Any] = {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": "chat.completion.chunk"}
    head |= {"created": int(time.time()), "model": asked.model}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return line(head | {"choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    try:
        async for event in _and_then(first, told):
            if isinstance(event, Sentence):
                yield chunk({"content": event.text})
            elif isinstance(event, Done):
                count(request, event.answer)
                yield chunk(_beside(event.answer), "stop")
                if asked.stream_options and asked.stream_options.include_usage:
                    yield line(head | {"choices": [], "usage": _usage(asked, event.answer)})
    except (CustomsError, TimeoutError) as error:
        problem = problem_of(error, request.state.request_id)
        yield line({"error": {"message": problem.detail, "type": problem.title, "param": problem.field, "code": None}})
        return
    yield "data: [DONE]\n\n"


async def _and_then(first: Event, told: AsyncIterator[Event]) -> AsyncIterator[Event]:
    yield first
    async for event in told:
        yield event
