"""The line to a hosted model: streamed, with one deadline for the whole turn, and without silent retries.

A time limit for each read would let a server that sends a byte now and then hold a turn for ever; the deadline is
of the turn. Some compatible servers answer a streaming request with one JSON document: that is read as a stream of one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx2 as httpx
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from openai import DefaultHttpxClient
from pydantic import SecretStr

_EVENTS = "text/event-stream"


class _Timed(httpx.SyncByteStream):
    """A response's bytes until the deadline."""

    def __init__(self, response: httpx.Response, deadline: float) -> None:
        self._response, self._deadline = response, deadline

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._response.iter_raw():
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the turn's time is over", request=self._response.request)
            yield piece

    def close(self) -> None:
        self._response.close()


class Line(DefaultHttpxClient):
    """The client library's own HTTP client, with the deadline of a turn."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._deadline = time.monotonic() + seconds

    def send(self, request: httpx.Request, *, stream: bool = False, **more: Any) -> httpx.Response:
        """Send a request; what comes back ends at the deadline.

        Raises:
            httpx.ReadTimeout: the deadline has passed.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("the turn's time is over", request=request)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), left)
        request.extensions = {**request.extensions, "timeout": limits}
        response = super().send(request, stream=True, **more)
        timed = httpx.Response(
            response.status_code, headers=response.headers, stream=_Timed(response, self._deadline), request=request
        )
        streamed = response.headers.get("content-type", "").startswith(_EVENTS)
        if stream and (streamed or not response.is_success):
            return timed
        body = timed.read()
        timed.close()
        if not stream:
            return timed
        return httpx.Response(
            response.status_code, headers={"content-type": _EVENTS}, content=_as_events(body), request=request
        )


def _as_events(body: bytes) -> bytes:
    """A whole completion as the stream of one chunk; anything else as it came, for the client library to refuse."""
    try:
        whole = json.loads(body)
    except ValueError:
        return body
    choices = whole.get("choices") if isinstance(whole, Mapping) else None
    if not isinstance(choices, list) or not all(isinstance(c, Mapping) and "message" in c for c in choices):
        return body
    turned = [{**{k: v for k, v in c.items() if k != "message"}, "delta": _delta(c["message"])} for c in choices]
    chunk = {**whole, "object": "chat.completion.chunk", "choices": turned}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\ndata: [DONE]\n\n".encode()


def _delta(message: Any) -> Any:
    calls = message.get("tool_calls") if isinstance(message, Mapping) else None
    if not isinstance(calls, list):
        return message
    return {**message, "tool_calls": [{"index": n, **call} for n, call in enumerate(calls)]}


class HostedModel(ChatOpenAI):
    """The client library's chat model, streamed, whose calls are taken whole or refused.

    The library mends arguments that are no JSON: of `{"price": "30` it makes a price of thirty, whatever was to follow.
    """

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any,
    ) -> ChatResult:  # fmt: skip
        said: ChatGenerationChunk | None = None
        for chunk in self._stream(messages, stop=stop, run_manager=run_manager, **kwargs):
            said = chunk if said is None else said + chunk
        if said is None:
            raise ValueError("the server said nothing")
        assert isinstance(said.message, AIMessageChunk)
        return ChatResult(generations=[ChatGeneration(message=_taken_whole(said.message, said.generation_info or {}))])


def _taken_whole(chunk: AIMessageChunk, told: Mapping[str, Any]) -> AIMessage:
    broken = [part for part in chunk.tool_call_chunks if not _is_object(part["args"])]
    return AIMessage(
        content=chunk.content, additional_kwargs=chunk.additional_kwargs, response_metadata={**told, **chunk.response_metadata},
        tool_calls=[] if broken else chunk.tool_calls, usage_metadata=chunk.usage_metadata,
        invalid_tool_calls=_refused(broken),
    )  # fmt: skip


def _is_object(arguments: str | None) -> bool:
    try:
        return isinstance(json.loads(arguments or ""), dict)
    except ValueError:
        return False


def _refused(parts: Sequence[ToolCallChunk]) -> list[Any]:
    return [{"type": "invalid_tool_call", "name": p["name"], "args": p["args"], "id": p["id"], "error": "no JSON object"} for p in parts]  # fmt: skip


def chat_model(name: str, base_url: str | None, api_key: str | None, seconds: float) -> BaseChatModel:
    """A hosted model behind any OpenAI-compatible address, for one turn.

    Args:
        name: as the server knows it.
        base_url: where it is; the client library's default when not given.
        api_key: what it is reached with.
        seconds: how long the turn may take, all its calls together.
    """
    return HostedModel(
        model=name, base_url=base_url, api_key=SecretStr(api_key or "none"), timeout=seconds, max_retries=0,
        stream_usage=True, use_responses_api=False, temperature=0, http_client=Line(seconds), http_socket_options=(),
    )  # fmt: skip
